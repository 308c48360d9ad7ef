"""What a schema says about a field besides its kind: words, units, who sees it, how it is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.web.schema_forms.fields import ABSENT, Section
from apps.web.values import label as label_of

MOST_EXAMPLE = 80
MOST_EXAMPLES = 3
RESTRICTED = "restricted"
"""Who sees what is restricted without a name for it."""
WIDGETS = {"textarea", "radio", "markdown"}


def about(schema: Any, key: str, *, is_required: bool, restricted: str = "") -> dict[str, Any]:
    """What a Field takes. ``restricted`` is what the part around it is."""
    told = schema if isinstance(schema, Mapping) else {}
    layout = layout_of(told)
    widget = str(layout.get("widget", ""))
    return {
        "key": key,
        "label": text_in(told, "title") or (label_of(key) if key else ""),
        "hint": " ".join(filter(None, (text_in(told, "description"), _examples(told)))),
        "is_required": is_required,
        "default": told.get("default", ABSENT),
        "is_read_only": told.get("readOnly") is True,
        "is_write_only": told.get("writeOnly") is True,
        "is_deprecated": told.get("deprecated") is True,
        "unit": text_in(told, "x-unit"),
        "widget": widget if widget in WIDGETS else "",
        "width": "half" if layout.get("width") == "half" else "",
        "restricted": _restricted(told.get("x-restricted")) or restricted,
    }


def layout_of(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    told = schema.get("x-layout")
    return told if isinstance(told, Mapping) else {}


def sections_of(schema: Mapping[str, Any]) -> tuple[Section, ...]:
    told = layout_of(schema).get("sections")
    listed = [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []
    return tuple(
        Section(
            text_in(one, "title"),
            text_in(one, "description"),
            tuple(map(str, one.get("fields") or ())),
            one.get("folded") is True,
        )
        for one in listed
    )


def ordered(members: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    """As the layout or ``propertyOrder`` says: that of the object, or a number of each member; the rest as written."""
    order = layout_of(schema).get("order", schema.get("propertyOrder"))
    listed = [key for key in order if key in members] if isinstance(order, list) else []
    rest = [key for key in members if key not in listed]

    def number(key: str) -> float:
        told = members[key].get("propertyOrder") if isinstance(members[key], Mapping) else None
        return float(told) if isinstance(told, int | float) else float("inf")

    return [*dict.fromkeys(listed), *sorted(rest, key=number)]


def text_in(schema: Mapping[str, Any], word: str) -> str:
    told = schema.get(word)
    return told.strip() if isinstance(told, str) else ""


def _restricted(told: Any) -> str:
    return told if isinstance(told, str) else RESTRICTED if told is True else ""


def _examples(schema: Mapping[str, Any]) -> str:
    told = schema.get("examples")
    written = [_example(one) for one in (told if isinstance(told, list) else ()) if isinstance(one, str | int | float)]
    short = [one for one in written if 0 < len(one) <= MOST_EXAMPLE]
    return f"For example {' or '.join(short[:MOST_EXAMPLES])}." if short else ""


def _example(told: str | float) -> str:
    """As one would write it: 5e+12 rather than all of its zeros."""
    brief = f"{told:g}" if isinstance(told, float) else ""
    return brief if brief and float(brief) == told else str(told)
