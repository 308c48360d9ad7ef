"""The formats of JSON Schema that are checked here: those that jsonschema knows, and what the field adds.

``orcid``, ``ror`` and ``doi`` are written as their names or as the addresses at which they are found.
"""

from __future__ import annotations

import re
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_ROR = re.compile(r"(?:https?://ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
CHECKER = FormatChecker()
CHECKER.checkers = dict(Draft202012Validator.FORMAT_CHECKER.checkers)


def orcid(text: str) -> str | None:
    """The sixteen digits with hyphens; None if it is none, which its last digit tells (ISO 7064, mod 11-2)."""
    found = _ORCID.fullmatch(text.strip())
    return found[1] if found and _last_digit(found[1]) == found[1][-1] else None


def ror(text: str) -> str | None:
    """The nine signs; None if it is none."""
    found = _ROR.fullmatch(text.strip().lower())
    return found[1] if found else None


def doi(text: str) -> str | None:
    """``10.…/…``, as it is written; None if it is none."""
    found = _DOI.fullmatch(text.strip())
    return found[1] if found else None


def _last_digit(told: str) -> str:
    total = 0
    for digit in told.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


@CHECKER.checks("orcid")
def _is_orcid(told: Any) -> bool:
    return not isinstance(told, str) or orcid(told) is not None


@CHECKER.checks("ror")
def _is_ror(told: Any) -> bool:
    return not isinstance(told, str) or ror(told) is not None


@CHECKER.checks("doi")
def _is_doi(told: Any) -> bool:
    return not isinstance(told, str) or doi(told) is not None
