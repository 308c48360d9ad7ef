"""What a check of a definition finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from apps.common.errors import Invalid


class Severity(StrEnum):
    ERROR = "error"  # such a definition is not saved
    WARNING = "warning"  # legal, and usually wrong


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """``pointer`` is the JSON pointer of the place, ``code`` stays the same from release to release, and ``message``
    says what is wrong and what to do next."""

    pointer: str
    code: str
    message: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


class InvalidDefinition(Invalid):
    """The definition is not valid. Correct what the findings name and save it again."""

    code = "flows.invalid_definition"

    def __init__(self, findings: Sequence[Finding]) -> None:
        """``findings`` holds at least one error; the message is that of the first."""
        self.findings = list(findings)
        first = next(finding for finding in findings if finding.is_error)
        super().__init__(first.message, place=first.pointer)


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_error]
