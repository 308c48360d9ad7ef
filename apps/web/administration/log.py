"""The audit log as a page and as files, for the whole portal or for one index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Protocol
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict, StreamingHttpResponse
from django.utils import timezone

from apps.accounts.models import AuditEvent
from apps.accounts.services import AuditQuestion
from apps.common.errors import Invalid
from apps.web import csv_lines
from apps.web.context import Link

SIZE = 50
FILES = {"csv": ("CSV", "text/csv; charset=utf-8"), "ndjson": ("NDJSON", "application/x-ndjson")}
COLUMNS = ("at", "actor_name", "actor_id", "action", "target_kind", "target_name", "target_id")
LAST_COLUMNS = ("details", "via", "address", "request_id")
_KEY_DIGITS = 18


class LogForm(forms.Form):
    """What is looked for; each field alone may be empty."""

    person = forms.CharField(label="Who", max_length=255, required=False)
    action = forms.CharField(label="Did", max_length=64, required=False)
    target = forms.CharField(label="To what", max_length=255, required=False)
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, given: QueryDict) -> None:
        super().__init__(given)
        for name, field in self.fields.items():
            field.widget.attrs |= {"class": "input small", "autocomplete": "off"}
            if name == "action":
                field.widget.attrs["placeholder"] = "role.granted"

    @property
    def question(self) -> AuditQuestion:
        """What is meant. A field that cannot be read asks for nothing."""
        self.is_valid()
        given: dict[str, Any] = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        return AuditQuestion(
            person=given.get("person", "").strip(),
            action=given.get("action", "").strip(),
            target=given.get("target", "").strip(),
            since=_midnight(since) if since else None,
            until=_midnight(until + timedelta(days=1)) if until else None,
        )


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    who: str
    action: str
    target: str
    target_id: str
    kind: str
    details: tuple[str, ...]
    via: str
    address: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """``older_url`` and ``newest_url`` are "" where there is nothing more."""

    form: LogForm
    lines: tuple[Line, ...]
    older_url: str
    newest_url: str
    files: tuple[Link, ...]
    is_asked: bool


class Look(Protocol):
    """Reads the log: at most so many lines before the one with this key, the newest first."""

    def __call__(self, asked: AuditQuestion, *, before: int | None, most: int) -> list[AuditEvent]: ...


def build(given: QueryDict, look: Look, *, tells_addresses: bool) -> LogPage:
    form, before = LogForm(given), _key(given.get("before", ""))
    found = look(asked=form.question, before=before, most=SIZE + 1)
    asked = {name: given[name] for name in form.fields if given.get(name)}
    older = {**asked, "before": found[SIZE - 1].pk} if len(found) > SIZE else {}
    return LogPage(
        form=form,
        lines=tuple(_line(one, tells_addresses=tells_addresses) for one in found[:SIZE]),
        older_url=f"?{urlencode(older)}" if older else "",
        newest_url=f"?{urlencode(asked)}" if before is not None else "",
        files=tuple(Link(label, f"?{urlencode({**asked, 'as': name})}") for name, (label, _) in FILES.items()),
        is_asked=bool(asked),
    )


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _KEY_DIGITS else None


def _line(one: AuditEvent, *, tells_addresses: bool) -> Line:
    return Line(
        at=one.at,
        who=one.actor_name or ("a command" if one.via == "command" else "nobody"),
        action=one.action,
        target=one.target_name or one.target_id or "nobody known",
        target_id=one.target_id,
        kind=one.target_kind,
        details=tuple(f"{name}: {_text(value)}" for name, value in one.details.items()),
        via=one.via,
        address=(one.address or "") if tells_addresses else "",
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def file(
    given: QueryDict, read: Callable[[AuditQuestion], Iterator[AuditEvent]], *, name: str, tells_addresses: bool
) -> StreamingHttpResponse:
    """All that is asked for, line by line.

    Raises:
        Invalid: the format is none, or a date cannot be read: a file has no place for a message.
    """
    format_, form = "".join(given.getlist("as")), LogForm(given)
    write = {"csv": _csv, "ndjson": _ndjson}.get(format_)
    if write is None:
        raise Invalid(f"Choose one of {', '.join(FILES)}.", place="as")
    if not form.is_valid():
        place, messages = next(iter(form.errors.items()))
        raise Invalid(str(messages[0]), place=place)
    rows = (_row(one, tells_addresses=tells_addresses) for one in read(form.question))
    answer = StreamingHttpResponse(write(rows), content_type=FILES[format_][1])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{format_}"'
    return answer


def _row(one: AuditEvent, *, tells_addresses: bool) -> dict[str, Any]:
    row = {column: getattr(one, column) for column in (*COLUMNS, *LAST_COLUMNS)}
    row["at"] = one.at.isoformat()
    if not tells_addresses:
        del row["address"]
    return row


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    names: list[str] = []
    for row in rows:
        if not names:
            yield csv_lines.line(names := list(row))
        yield csv_lines.line(csv_lines.harmless(_text(value) if value is not None else "") for value in row.values())
    if not names:
        yield csv_lines.line(COLUMNS)


def _ndjson(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"
