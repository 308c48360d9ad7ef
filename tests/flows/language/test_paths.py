"""Paths: what they find, where they put a result, what they refuse."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.flows.language.dialect import Dialect
from apps.flows.language.failures import StateFailure
from apps.flows.language.paths import check_path, check_reference_path, find, is_there, put
from apps.flows.language.scene import Scene

DATA = {
    "title": "Röntgen",
    "größe": 3,
    "my-key": 4,
    "a.b": 5,
    "it's": 6,
    "dc:title": 7,
    "@type": 8,
    "null": None,
    "list": [10, 20, {"size": 30}],
    "films": [{"name": "A", "year": 1999}, {"name": "B", "year": 2020}],
    "limit": 2000,
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$", DATA),
        ("$.title", "Röntgen"),
        ("$.größe", 3),
        ("$.my-key", 4),
        ("$['a.b']", 5),
        ('$["a.b"]', 5),
        (r"$['it\'s']", 6),
        ("$.dc:title", 7),
        ("$.@type", 8),
        ("$.null", None),
        ("$.list[0]", 10),
        ("$.list[-1].size", 30),
        ("$['list'][ 1 ]", 20),
    ],
)
def test_a_definite_path_gives_the_value_itself(path, value):
    assert find(path, Scene(DATA)) == value


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("$.list[1:]", [20, {"size": 30}]),
        ("$.list[-2:]", [20, {"size": 30}]),
        ("$.list[:1]", [10]),
        ("$.list[::2]", [10, {"size": 30}]),
        ("$.list[0,1]", [10, 20]),
        ("$.films[*].name", ["A", "B"]),
        ("$..year", [1999, 2020]),
        ("$.films[?(@.year > 2000)].name", ["B"]),
        ("$.films[?@.year < $.limit].name", ["A"]),
        ("$.films[?(@.name == ']')]", []),
        ("$['title','my-key']", ["Röntgen", 4]),
        ("$.films[0].*", ["A", 1999]),
        ("$.list[5:]", []),
        ("$.nowhere[*]", []),
        ("$.title[*]", []),
        ("$.films[*].nothing", []),
    ],
)
def test_a_path_that_may_match_many_gives_a_list_even_of_none(path, values):
    assert find(path, Scene(DATA)) == values


@pytest.mark.parametrize("path", ["$.nowhere", "$.title.x", "$.title[0]", "$.list[3]", "$.list.x", "$.null.x", "$$.x"])
def test_a_definite_path_without_a_match_fails_by_the_name_that_the_caller_gives(path):
    with pytest.raises(StateFailure) as told:
        find(path, Scene(DATA))
    with pytest.raises(StateFailure) as told_otherwise:
        find(path, Scene(DATA), missing="States.ParameterPathFailure")

    assert told.value.error == "States.Runtime"
    assert told_otherwise.value.error == "States.ParameterPathFailure"


def test_roots_are_the_data_the_context_the_run_and_variables():
    scene = Scene({"_context": "mine"}, context={"Map": 1}, run={"run_id": "r"}, variables={"x": {"y": 2}})
    asl = Scene({"_context": "mine"}, run={"run_id": "r"}, dialect=Dialect.ASL)

    assert [find(path, scene) for path in ("$$", "$$.Map", "$._context.run_id", "$x.y")] == [{"Map": 1}, 1, "r", 2]
    assert find("$._context", asl) == "mine"


def test_null_is_there_and_what_matches_nothing_is_not():
    scene = Scene(DATA)

    assert [is_there(path, scene) for path in ("$.null", "$.list[*]", "$.x", "$.x[*]", "$.list[3]")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "path",
    [
        *("", "a", "$.", "$.a.", "$.a[", "$.a b", "$.a + 1", "$...a", "$.a[]", "$['a", 5, None, ["$"]),
        *("$.a[?match(@,'x')]", "$.a" * 2000, "$" + ".a" * 101, "$" + "[*]" * 102, "$" + "[?@" * 300 + "]" * 300),
        *("$.x[99999999999999999999:]", "$['\\u12']", "$.a[?@.b =~ /x/]", "$.a.length()"),
    ],
)
def test_what_is_no_path_is_told_in_a_sentence(path):
    trouble = check_path(path)

    assert trouble
    assert trouble.endswith(".")
    assert len(trouble) < 400


def test_a_forgotten_dot_is_told_to_who_writes_for_globus():
    assert "Write `$.input`" in check_path("$input", Dialect.GLOBUS)
    assert check_path("$input", Dialect.ASL) is None


@pytest.mark.parametrize("path", ["$$.a", "$.a[*]", "$..a", "$.a[1:]", "$.a[0,1]", "$x", "$._context.run_id"])
def test_a_result_is_put_only_at_one_place_of_the_data(path):
    assert check_reference_path(path, Dialect.GLOBUS)


def test_putting_makes_what_is_missing_and_changes_nothing_of_the_old():
    old = {"a": {"b": 1}, "list": [1, {"x": 2}], "none": None}

    assert put("$", old, 5) == 5
    assert put("$.a.c.d", old, 5) == {**old, "a": {"b": 1, "c": {"d": 5}}}
    assert put("$.list[-1].x", old, 5) == {**old, "list": [1, {"x": 5}]}
    assert put("$.none.x", old, 5) == {**old, "none": {"x": 5}}
    assert put("$.a", None, 5) == {"a": 5}
    assert old == {"a": {"b": 1}, "list": [1, {"x": 2}], "none": None}


@pytest.mark.parametrize("path", ["$.a.b.c", "$.list[2]", "$.list.x", "$.a[0]", "$.new[0]"])
def test_a_result_that_cannot_be_put_fails(path):
    with pytest.raises(StateFailure) as told:
        put(path, {"a": {"b": 1}, "list": [1, 2]}, 5)

    assert told.value.error == "States.ResultPathMatchFailure"


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
plain = st.recursive(st.none() | st.booleans() | st.integers() | names, lambda inner: st.dictionaries(names, inner))


def can_be_put(keys, data):
    for key in keys:
        if data is None or (isinstance(data, dict) and key not in data):
            return True
        if not isinstance(data, dict):
            return False
        data = data[key]
    return True


def quoted(keys):
    return "$" + "".join("['" + key.translate(ESCAPES) + "']" for key in keys)


ESCAPES = {ord("'"): "\\'", ord("\\"): "\\\\"}


@given(st.lists(names, min_size=1, max_size=5), st.dictionaries(names, plain), plain)
def test_what_was_put_is_found(keys, data, value):
    """In any document, under any names whatever, so long as nothing but objects is in the way."""
    path = quoted(keys)
    assume(can_be_put(keys, data))

    changed = put(path, data, value)

    assert find(path, Scene(changed, dialect=Dialect.ASL)) == value
    untouched = {key: each for key, each in changed.items() if key != keys[0]}
    assert untouched == {key: each for key, each in data.items() if key != keys[0]}


@given(plain, st.lists(names, max_size=5))
def test_a_definite_path_finds_what_python_finds(data, keys):
    expected = data
    for key in keys:
        expected = expected[key] if isinstance(expected, dict) and key in expected else "nothing"

    scene = Scene(data, dialect=Dialect.ASL)

    assert (find(quoted(keys), scene) if is_there(quoted(keys), scene) else "nothing") == expected


ends = st.none() | st.integers(-6, 6)


@given(st.lists(plain, max_size=5), ends, ends, ends.filter(lambda step: step != 0))
def test_a_slice_is_that_of_python(values, start, stop, step):
    first, last, by = ("" if end is None else end for end in (start, stop, step))

    assert find(f"$.list[{first}:{last}:{by}]", Scene({"list": values})) == values[start:stop:step]


def all_named(name, value):
    """Depth first: what has the name here, then what has it within each member."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    here = [value[name]] if isinstance(value, dict) and name in value else []
    return here + [found for each in inner for found in all_named(name, each)]


nested = st.recursive(
    st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from("ab"), nested))
def test_a_descent_finds_all_of_a_name_at_any_depth(data):
    assert find("$..a", Scene(data)) == all_named("a", data)
