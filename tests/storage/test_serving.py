"""Ranges and conditions, held to a plain reading of RFC 9110."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.storage.services.serving import SHOWN, NotSatisfiable, Part, is_known, part_of, still_holds

AT = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
HTTP_AT = "Mon, 23 Nov 2026 12:00:00 GMT"


@given(st.integers(0, 50), st.integers(0, 60), st.integers(0, 60))
def test_a_range_is_what_a_slice_is(size, first, last):
    data = bytes(range(size))
    wanted = data[first : last + 1] if first <= last else data
    try:
        part = part_of(f"bytes={first}-{last}", size) or Part(0, size)
    except NotSatisfiable:
        assert first >= size
        return
    assert data[part.start : part.start + part.length] == wanted


@given(st.integers(0, 50), st.integers(0, 60))
def test_the_end_and_the_beginning_of_a_file(size, count):
    data = bytes(range(size))
    for header, wanted in ((f"bytes=-{count}", data[-count:] if count else b""), (f"bytes={count}-", data[count:])):
        try:
            part = part_of(header, size)
        except NotSatisfiable:
            assert wanted == b""
        else:
            assert part is not None
            assert data[part.start : part.start + part.length] == wanted


@pytest.mark.parametrize(
    "header", ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=1-2,4-5", "bytes=5-2"]
)
def test_what_is_no_single_range_is_the_whole_file(header):
    assert part_of(header, 100) is None


def test_who_has_the_file_is_not_sent_it_again():
    assert is_known('"v1"', '"v0", W/"v1"', AT, "")
    assert is_known('"v1"', "*", AT, "")
    assert not is_known('"v1"', '"v2"', AT, HTTP_AT)
    assert is_known('"v1"', "", AT, HTTP_AT)
    assert not is_known('"v1"', "", AT, "Mon, 23 Nov 2026 11:59:59 GMT")
    assert not is_known('"v1"', "", AT, "nonsense")


def test_a_range_goes_with_the_same_file_alone():
    assert still_holds('"v1"', AT, "")
    assert still_holds('"v1"', AT, '"v1"')
    assert not still_holds('"v1"', AT, '"v2"')
    assert not still_holds('"v1"', AT, 'W/"v1"')
    assert still_holds('"v1"', AT, HTTP_AT)
    assert not still_holds('"v1"', AT.replace(microsecond=1), HTTP_AT)


def test_nothing_that_could_run_is_shown():
    assert SHOWN.isdisjoint({"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "text/javascript"})
