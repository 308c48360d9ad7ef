"""A form's field as ``templates/accounts/_field.html`` draws it, whoever made the form."""

from __future__ import annotations

from typing import Any

from django import forms, template

register = template.Library()


@register.inclusion_tag("accounts/_field.html")
def field(bound: forms.BoundField, label: str = "", hint: str | None = None) -> dict[str, Any]:
    """``label`` and ``hint`` replace those of the form; an empty hint leaves it out.

    The widget points at the hint and the errors by the ids that Django gives them.
    """
    is_choice = isinstance(bound.field.widget, forms.CheckboxInput)
    if hint is not None:
        bound.help_text = hint
    return {
        "field": bound,
        "label": label or bound.label,
        "is_choice": is_choice,
        "is_optional": not (bound.field.required or is_choice or _is_always_said(bound.field.widget)),
        "widget": bound.as_widget(attrs={"placeholder": False} | ({} if is_choice else {"class": "input"})),
    }


def _is_always_said(widget: forms.Widget) -> bool:
    """One of a list is chosen from the beginning; where that is nothing, it says so."""
    return isinstance(widget, forms.Select) and not widget.allow_multiple_selected
