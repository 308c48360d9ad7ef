"""Spans of time are read and written as ISO 8601 does."""

from datetime import timedelta

import pytest

from apps.common.durations import duration_in, duration_text
from apps.common.errors import Invalid

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("P30D", 30 * DAY),
        ("PT1H30M", timedelta(minutes=90)),
        ("P1Y2M3W4DT5S", 365 * DAY + 85 * DAY + timedelta(seconds=5)),
    ],
)
def test_what_is_written_is_read(text, span):
    assert duration_in(text, "release_after") == span


@pytest.mark.parametrize("text", ["", "P", "PT", "30D", "P-1D", "P30D ", "P1S", f"P{'9' * 9}Y", "٣"])
def test_what_is_no_span_is_refused_with_its_place(text):
    with pytest.raises(Invalid) as refused:
        duration_in(text, "release_after")

    assert refused.value.place == "release_after"


@pytest.mark.parametrize(("seconds", "text"), [(30 * 86_400, "P30D"), (0, "P0D"), (90_000, "PT90000S")])
def test_what_is_written_can_be_read_again(seconds, text):
    assert duration_text(seconds) == text
    assert duration_in(text, "") == timedelta(seconds=seconds)
