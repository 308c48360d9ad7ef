"""A form's document as it is written, with all that is found wrong with it, and the form that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.accounts.models import User
from apps.flows.language.documents import BadSyntax, Place, parse
from apps.publish import services as publish
from apps.publish.types import Fault
from apps.web.editors.findings import FindingView, line_of, places_of, unreadable
from apps.web.schema_forms.form import FormView, SchemaForm
from apps.web.who import Who

OWN = {"", "check", "confirm", "save", "try"}
"""Buttons that are not of the form that is shown."""


@dataclass(frozen=True, slots=True)
class Checked:
    """``document`` is None where it cannot be read; ``view`` is the form of a schema without faults."""

    document: Any
    findings: tuple[FindingView, ...]
    view: FormView | None

    @property
    def errors(self) -> int:
        return len(self.findings)

    @property
    def warnings(self) -> int:
        return 0


def checked(text: str, user: User, sent: Mapping[str, str]) -> Checked:
    """``sent`` is all that the page sent: what is written into the form that is shown is kept, and its buttons work."""
    try:
        document = parse(text)
    except BadSyntax as error:
        return Checked(None, (unreadable(error, "text"),), None)
    faults = publish.check_form(document, actor=user)
    places = places_of(text)
    is_shown = not any(fault.pointer in {"", "/schema"} or fault.pointer.startswith("/schema/") for fault in faults)
    view = _view(document, user, sent) if is_shown else None
    return Checked(document, tuple(_finding(one, places) for one in faults), view)


def _view(document: Mapping[str, Any], user: User, sent: Mapping[str, str]) -> FormView:
    form = SchemaForm(document["schema"], user, audiences=_audiences(document))
    typed, button = form.sent(sent) or form.typed(), sent.get("do", "")
    if button not in OWN:
        return form.after(typed, button)
    return form.shown(typed, form.read(typed).faults if button == "try" else {})


def _audiences(document: Mapping[str, Any]) -> dict[str, Who]:
    """In the words of the document: who they are is known of a submission only."""
    return {name: Who("private", one["title"]) for name, one in document.get("restricted", {}).items()}


def _finding(fault: Fault, places: Mapping[str, Place]) -> FindingView:
    return FindingView(fault.message, fault.pointer, line_of(fault.pointer, places), "text")
