"""A Python function in a process of its own, within its limits."""

import pytest

from apps.common.confined.errors import CannotStart, NeededTooMuchMemory, Raised, TookTooLong
from apps.common.confined.running import call
from apps.common.confined.types import Limits, Setting

HERE = "tests.common.confined.functions"


def bounded(**limits):
    return Setting(Limits(**limits))


def test_what_it_returns_comes_back_and_what_it_prints_does_not():
    assert call(f"{HERE}:add", [2, 3], {"times": 4}) == 20


@pytest.mark.parametrize(
    ("function", "limits", "error", "told"),
    [
        ("hang", {"seconds": 0.5}, TookTooLong, "longer than 0.5 s"),
        ("spin", {"cpu_s": 1}, TookTooLong, "more than 1 s of a processor"),
        ("eat", {"memory_mib": 300}, NeededTooMuchMemory, "more than 300 MiB of memory"),
        ("no_json", {}, Raised, "The function returned what is no JSON"),
        ("nothing_like_it", {}, CannotStart, "has no attribute 'nothing_like_it'"),
    ],
)
def test_what_goes_wrong_is_said(function, limits, error, told):
    with pytest.raises(error, match=told):
        call(f"{HERE}:{function}", setting=bounded(**limits))


def test_an_error_that_it_raises_is_told_with_its_place():
    with pytest.raises(Raised) as caught:
        call(f"{HERE}:refuse", ["tea"])

    assert str(caught.value) == "ValueError: no tea here"
    assert caught.value.details["kind"] == "ValueError"
    assert "in refuse" in caught.value.details["said"]


def test_what_it_printed_before_it_failed_is_told():
    with pytest.raises(Raised) as caught:
        call(f"{HERE}:print_and_refuse")

    assert caught.value.details["said"].startswith("step 1\nstep 2")


def test_one_that_is_shut_opens_nothing(tmp_path):
    (tmp_path / "plan.txt").write_text("nobody knows")

    with pytest.raises(Raised, match="Too many open files"):
        call(f"{HERE}:open_a_file", [str(tmp_path / "plan.txt")], is_shut=True)


def test_it_may_write_where_it_works_as_much_as_is_allowed(tmp_path):
    setting = Setting(Limits(file_bytes=1000), folder=tmp_path)

    assert call(f"{HERE}:write", [1000], setting=setting) == str(tmp_path)
    with pytest.raises(Raised, match="File too large"):
        call(f"{HERE}:write", [1001], setting=setting)
