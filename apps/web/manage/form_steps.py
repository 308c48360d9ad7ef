"""One step of work on a presentation by form: a row up, down, away, or in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from apps.search.types import PROPOSED
from apps.web.manage.form_parts import BY_NAME, Part, Row

Document = dict[str, Any]  # Any: JSON


@dataclass(frozen=True, slots=True)
class Step:
    """What a button says: ``up:facets:1``. An unknown one does nothing."""

    verb: str
    part: str = ""
    at: int = 0

    @classmethod
    def read(cls, text: str) -> Step:
        verb, part, at = (*text.split(":"), "", "")[:3]
        return cls(verb, part if part in BY_NAME else "", int(at) if at.isdecimal() and len(at) < 4 else -1)


def taken(document: Document, step: Step, proposed: Mapping[str, list[Row]]) -> tuple[Document, Step]:
    """The document after the step, and the step as it would be done again: where the hands are now.

    ``proposed`` are the rows that the index proposes, by part.
    """
    if not step.part:
        return document, step
    rows = list(document.get(step.part, []))
    match step.verb:
        case "up" | "down":
            to = step.at + (1 if step.verb == "down" else -1)
            if 0 <= step.at < len(rows) and 0 <= to < len(rows):
                rows.insert(to, rows.pop(step.at))
                step = replace(step, at=to)
        case "remove":
            rows = [row for at, row in enumerate(rows) if at != step.at]
        case "declare":
            rows = proposed.get(step.part, [])
        case "propose" if BY_NAME[step.part].takes_proposed and PROPOSED not in rows:
            rows.append(PROPOSED)
        case "leave":
            return {name: value for name, value in document.items() if name != step.part}, step
        case _:
            return document, step
    return {**document, step.part: rows}, step


def added(document: Document, part: Part, row: dict[str, Any], proposed: Mapping[str, list[Row]]) -> Document:
    """With a row more. Where nothing was declared, what is proposed stays before it."""
    before = [PROPOSED] if part.takes_proposed else proposed.get(part.name, [])
    told = {key: value for key, value in row.items() if key in part.keys}
    if part.name == "charts":
        types = {"date": "years", "number": "histogram"}
        told = {"type": types.get(row.get("kind", ""), "bars"), **told}
    return {**document, part.name: [*document.get(part.name, before), told]}
