"""Tables in text, and JSON."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "data", "columns", "rows"),
    [
        ("a.csv", b"run,energy,note\n1,9.5,ok\n2,9.6,\n", {"run": "integer", "energy": "number", "note": "text"}, 2),
        ("a.tsv", b"\xef\xbb\xbfrun\tat\r\n1\t2026-11-23\r\n", {"run": "integer", "at": "text"}, 1),
        ("a.csv", b'a;b\n"1;2\n3";4\n5;6\n', {"a": "text", "b": "integer"}, 2),
        ("a.csv", b"x,y\n1\n2,3,4\n", {"x": "integer", "y": "integer"}, 2),
        ("a.csv", b"x,y\n\xff\xfe,1\n", {"x": "text", "y": "integer"}, 1),
    ],
)
def test_columns_and_rows_of_a_table(contents, put, name, data, columns, rows):
    put(name, data)
    told = contents(name)

    assert {column["name"]: column["kind"] for column in told["columns"]} == columns
    assert (told["rows"], told["has_header"], told["is_cut"]) == (rows, True, False)


def test_a_table_without_a_head_has_columns_without_names(contents, put):
    put("a.csv", b"1,2\n3,4\n")

    assert contents("a.csv")["columns"] == [{"name": "", "kind": "integer"}] * 2
    assert contents("a.csv")["rows"] == 2


def test_a_large_table_is_counted_as_far_as_it_is_read(contents, put):
    put("large.csv", b"a,b\n" + b"1,2\n" * (9 << 20))
    told = contents("large.csv")

    assert told["is_cut"] is True
    assert told["rows"] == (32 << 20) // 4 - 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"a": 1, "b": [], "c": null}', {"type": "object", "keys": {"a": "number", "b": "array", "c": "null"}}),
        (b"[1, 2, 3]", {"type": "array", "length": 3}),
        (b'"word"', {"type": "string"}),
        (b'{"\\u0000k": "\\ud800"}', {"type": "object", "keys": {"k": "string"}}),
    ],
)
def test_the_top_of_a_json_document(contents, put, data, told):
    put("a.json", data)

    assert contents("a.json").items() >= told.items()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.json", b"[" * 500_000),
        ("cut.json", b'{"a": '),
        ("no.json", bytes(100)),
        ("one.csv", b"no columns at all\n"),
        ("zeros.csv", b"a,b\n" + bytes(1 << 20)),
    ],
)
def test_what_is_broken_ends_in_a_sentence(describe, put, name, data):
    put(name, data)

    assert describe(name)["trouble"].startswith("It cannot be read as ")
