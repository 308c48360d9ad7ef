"""Date and time as the clock on a wall shows them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

_WRITTEN = "%Y-%m-%dT%H:%M"
WRONG = "Write it as 2027-01-31T12:00."


class WallTimeField(forms.Field):
    """In no zone yet: another field says which. ``wanted`` is said where nothing is filled in."""

    def __init__(self, *, wanted: str = "", **how: Any) -> None:  # what Django's fields take
        shown = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_WRITTEN)
        super().__init__(widget=shown, error_messages={"required": wanted}, **how)

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            read = datetime.fromisoformat(str(value))
        except ValueError as error:
            raise forms.ValidationError(WRONG) from error
        if read.tzinfo is not None:
            raise forms.ValidationError(WRONG)
        return read


def on_the_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """As the clock there shows it, to the minute."""
    return moment.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)


def moment_of(told: datetime, zone: ZoneInfo) -> datetime:
    """The first moment at which the clock there shows it.

    Raises:
        ValidationError: it never does.
    """
    try:
        found = told.replace(tzinfo=zone).astimezone(UTC)
        shown = found.astimezone(zone).replace(tzinfo=None)
    except OverflowError as error:
        raise forms.ValidationError("Choose a year in which calendars are kept.") from error
    if shown != told:
        raise forms.ValidationError(f"Clocks go forward over this time in {zone.key}. Choose one an hour later.")
    return found
