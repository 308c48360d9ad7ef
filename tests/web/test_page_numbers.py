"""The number of a page in an address."""

import pytest

from apps.web.results import pager


@pytest.mark.parametrize(
    ("text", "number"), [("", 1), ("3", 3), ("0", 1), ("-2", 1), ("99", 9), ("x", 1), ("²", 1), ("1" * 12, 1)]
)
def test_a_page_number_is_read_or_is_the_first(text, number):
    assert pager.number_in(text, most=9) == number
