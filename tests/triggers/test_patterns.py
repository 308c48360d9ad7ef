"""Patterns of paths, and what they catch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.triggers.errors import InvalidTrigger
from apps.triggers.patterns import Pattern, name_marked


@pytest.mark.parametrize(
    ("glob", "path", "caught"),
    [
        ("*", "a/b/c.cbf", {}),
        ("*.cbf", "deep/down/x.cbf", {}),
        ("*.cbf", "x.cbf.tmp", None),
        ("raw/*.cbf", "raw/x.cbf", {}),
        ("raw/*.cbf", "raw/deep/x.cbf", None),
        ("raw/**/*.cbf", "raw/x.cbf", {}),
        ("raw/**/*.cbf", "raw/a/b/x.cbf", {}),
        ("chip_{chip}/*_{number:int}.cbf", "chip_A1/img_00512.cbf", {"chip": "A1", "number": "00512"}),
        ("chip_{chip}/*_{number:int}.cbf", "chip_A1/img_last.cbf", None),
        ("x[0-9]?.h5", "x1b.h5", {}),
        ("x[!0-9].h5", "x1.h5", None),
        ("a+b(c).[.]h5", "a+b(c)..h5", {}),
        ("[{]x[}]", "{x}", {}),
    ],
)
def test_globs_fit_paths_and_catch_names(glob, path, caught):
    assert Pattern(glob).match(path) == caught


def test_a_regular_expression_catches_its_named_groups():
    pattern = Pattern(r"(?P<protein>[a-z]+)/chip(?P<chip>\w)(/run(?P<run>\d+))?/.*\.cbf", is_regex=True)

    assert pattern.match("lysozyme/chipA/run7/x.cbf") == {"protein": "lysozyme", "chip": "A", "run": "7"}
    assert pattern.match("lysozyme/chipA/x.cbf") == {"protein": "lysozyme", "chip": "A"}


@pytest.mark.parametrize(
    ("text", "is_regex"), [("", False), ("{a}_{a}", False), ("{1}", False), ("x[", False), ("x}", False), ("(", True)]
)
def test_what_is_no_pattern_is_told_with_its_place(text, is_regex):
    with pytest.raises(InvalidTrigger) as told:
        Pattern(text, is_regex=is_regex)

    assert told.value.place == "pattern"


@given(st.text(alphabet="ab*?[]!{}/.-\\^$+()|:i", min_size=1, max_size=30), st.text(alphabet="ab/.*", max_size=30))
def test_any_text_is_a_pattern_or_refused(text, path):
    try:
        pattern = Pattern(text)
    except InvalidTrigger:
        return

    assert pattern.match(path) is None or set(pattern.match(path)) <= set(pattern.names)


@given(st.text(alphabet="ab.[]+*/", min_size=1, max_size=12).filter(lambda name: not set(name) & set("[]*")))
def test_plain_text_fits_itself_alone(text):
    assert Pattern(text).match(text) is not None or "/" not in text
    assert Pattern(f"/{text}").match(f"/{text}x") is None


def test_a_marker_names_the_file_that_is_whole():
    assert name_marked("{name}.done", "x.cbf.done") == "x.cbf"
    assert name_marked(".{name}.ok", ".x.cbf.ok") == "x.cbf"
    assert name_marked("{name}.done", "x.cbf") is None
    assert name_marked("{name}.done", ".done") is None
