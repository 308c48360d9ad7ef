"""How a content becomes typed leaves: nothing is refused for its shape."""

from __future__ import annotations

from apps.search.projection import leaves
from apps.search.types import Kind


def test_each_value_goes_to_the_leaf_of_its_own_kind():
    found = leaves({"a": [1, "word", True, "2021-04-30", None]})

    assert found.numbers == {"a": [1.0]}
    assert found.strings == {"a": ["word", "2021-04-30"]}
    assert found.booleans == {"a": [True]}
    assert found.dates == {"a": [1619740800000]}


def test_a_key_with_dots_is_not_a_path_of_keys():
    found = leaves({"a.b": 1, "a": {"b": 2}})

    assert found.numbers == {"a\\.b": [1.0], "a.b": [2.0]}


def test_objects_in_arrays_give_their_values_to_one_path():
    found = leaves({"dates": [{"date": "2020-01-01", "type": "Created"}, {"date": "2020-01-02"}]})

    assert found.strings["dates.date"] == ["2020-01-01", "2020-01-02"]
    assert found.paths == {"dates", "dates.date", "dates.type"}


def test_a_numeric_string_is_a_string():
    found = leaves({"x": "12.663", "pdb": "1E10"})

    assert (found.numbers, found.dates) == ({}, {})


def test_a_lone_year_in_a_record_is_no_date():
    assert leaves({"publicationYear": "2021"}).dates == {}


def test_an_empty_object_and_null_are_no_values():
    assert leaves({"a": {}, "b": None, "c": []}).paths == set()


def test_a_number_beyond_all_doubles_is_kept_as_the_greatest():
    assert leaves({"n": 10**400}).numbers == {"n": [1.7976931348623157e308]}


def test_declared_points_are_read_in_all_their_forms():
    forms = [{"lat": 51.5, "lon": -1.3}, "51.5,-1.3", {"type": "Point", "coordinates": [-1.3, 51.5]}]

    found = [leaves({"place": form}, {"place": "geo_point"}).points for form in forms]

    assert found == [{"place": [(51.5, -1.3)]}] * 3


def test_kinds_tell_which_kinds_stand_at_a_path():
    assert leaves({"a": [1, "x"]}).kinds() == {"a": [Kind.STRING, Kind.NUMBER]}
