"""Items are read out of files and folders, as the person who started the run may."""

import gzip
import json

import pytest

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.flows.actions.objects import list_objects, reading, streams
from apps.flows.models import Action
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath

pytestmark = pytest.mark.django_db
GET, LIST = "/api/actions/collection/get_object", "/api/actions/collection/list_objects"
CSV = {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}
GIVEN = {**CSV, "CSVHeaderLocation": "GIVEN"}
JSON, JSONL = {"InputType": "JSON"}, {"InputType": "JSONL"}

READ = [
    ("n,c\n1,red\n2,blue\n", CSV, [{"n": "1", "c": "red"}, {"n": "2", "c": "blue"}]),
    ('n,c\r\n1,"a, ""b""\r\nc"\r\n', CSV, [{"n": "1", "c": 'a, "b"\r\nc'}]),
    ("\ufeffn\n1\n", CSV, [{"n": "1"}]),
    ("n,c\n\n1\n2,blue,more\n", CSV, [{"n": "1", "c": ""}, {"n": "2", "c": "blue"}]),
    ("1;2\n", {**GIVEN, "CSVHeaders": ["a", "b"], "CSVDelimiter": "SEMICOLON"}, [{"a": "1", "b": "2"}]),
    ("a\tb\n1\t2\n", {**CSV, "CSVDelimiter": "TAB"}, [{"a": "1", "b": "2"}]),
    ("n\n1\n2\n3\n", {**CSV, "MaxItems": 2}, [{"n": "1"}, {"n": "2"}]),
    ("", CSV, []),
    ('{"a": 1}\n\n[2]\n"x"', JSONL, [{"a": 1}, [2], "x"]),
    ('{"a": 1}\nrubbish', {**JSONL, "MaxItems": 1}, [{"a": 1}]),
    ("[1, [2]]", JSON, [1, [2]]),
    ("[1, 2, 3]", {**JSON, "MaxItems": 2}, [1, 2]),
    ('{"all": [1]}', JSON, {"all": [1]}),
    ('{"all": [{"a/b": [1]}]}', {**JSON, "ItemsPointer": "/all/0/a~1b"}, [1]),
]
REFUSED = [
    ("a,a\n1,2\n", CSV, "Two columns"),
    ("[1", JSON, "line 1, column 3"),
    ('{"a": 1}', {**JSON, "ItemsPointer": "/b"}, "nothing at '/b'"),
    ('{"a": 1}\nrubbish', JSONL, "Line 2"),
    ("[" * 100_000, JSON, "nested too deep"),
    ("[NaN]", JSON, "NaN"),
    (b"\xff\xfe", CSV, "no text in UTF-8"),
    ("[]", {"InputType": "MANIFEST"}, "no manifest"),
    ("{}", {"InputType": "MANIFEST"}, "no manifest"),
    ("n\n" + "x" * 200_000, CSV, "cannot be read"),
]


@pytest.fixture
def items(done, source, here):
    """What is read of a file with these contents."""

    def items(contents, config, name="told"):
        (here / name).write_bytes(contents if isinstance(contents, bytes) else contents.encode())
        return done(GET, {"Bucket": str(source.pk), "Key": name, "ReaderConfig": config})["items"]

    return items


@pytest.mark.parametrize(("contents", "config", "expected"), READ)
def test_items_are_read_out_of_a_file(items, contents, config, expected):
    assert items(contents, config) == expected


@pytest.mark.parametrize(("contents", "config", "words"), REFUSED)
def test_what_cannot_be_read_is_a_failure_that_says_where(act, source, here, contents, config, words):
    (here / "told").write_bytes(contents if isinstance(contents, bytes) else contents.encode())

    run = act(GET, {"Bucket": str(source.pk), "Key": "/told", "ReaderConfig": config})

    assert run.status == "FAILED"
    assert words in run.error_cause


def test_a_packed_file_is_unpacked_and_read_no_further_than_may_be(act, items, monkeypatch):
    assert items(gzip.compress(b"n\n1\n"), CSV, "told.csv.gz") == [{"n": "1"}]
    monkeypatch.setattr(streams, "MOST_MIB", 1)
    bomb = gzip.compress(b'"' + b"x" * (2 << 20) + b'"')

    with pytest.raises(AssertionError, match="1 MiB"):
        items(bomb, JSON, "bomb.gz")


def test_more_items_than_a_map_can_hold_are_refused_and_fewer_asked_for(items, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ITEMS", 3)

    with pytest.raises(AssertionError, match="Say MaxItems"):
        items("[1, 2, 3, 4]", JSON)

    assert items("[1, 2, 3, 4]", {**JSON, "MaxItems": 3}) == [1, 2, 3]


def test_an_inventory_is_read_with_the_files_that_it_lists(items, here):
    (here / "one.csv").write_text('"b","x/1",10\n')
    (here / "two.csv.gz").write_bytes(gzip.compress(b'"b","x/2",20\n'))
    manifest = {"fileFormat": "CSV", "fileSchema": "Bucket, Key, Size"}
    manifest["files"] = [{"key": "one.csv"}, {"key": "two.csv.gz"}]

    found = items(json.dumps(manifest), {"InputType": "MANIFEST"})

    assert found == [{"Bucket": "b", "Key": "x/1", "Size": "10"}, {"Bucket": "b", "Key": "x/2", "Size": "20"}]


@pytest.fixture
def tree(here):
    for name in ("run/b.csv", "run/a.csv", "run/deep/c.csv", "runway.csv", "other/d.csv"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(f"name\n{name}\n")


@pytest.mark.parametrize(
    ("prefix", "keys"),
    [
        ("run/", ["run/a.csv", "run/b.csv", "run/deep/c.csv"]),
        ("run", ["run/a.csv", "run/b.csv", "run/deep/c.csv", "runway.csv"]),
        ("/run/d", ["/run/deep/c.csv"]),
        ("", ["other/d.csv", "run/a.csv", "run/b.csv", "run/deep/c.csv", "runway.csv"]),
        ("nothing/here", []),
    ],
)
def test_files_are_listed_by_what_their_paths_begin_with(done, source, tree, prefix, keys):
    told = done(LIST, {"Bucket": "source", "Prefix": prefix})

    assert [one["Key"] for one in told["items"]] == keys


def test_what_is_in_all_files_of_a_folder_is_one_list(done, source, tree):
    config = {**CSV, "Transformation": "LOAD_AND_FLATTEN", "MaxItems": 2}

    told = done(LIST, {"Bucket": "source", "Prefix": "run/", "ReaderConfig": config})

    assert told["items"] == [{"name": "run/a.csv"}, {"name": "run/b.csv"}]


def test_too_many_files_are_refused(act, source, tree, monkeypatch):
    monkeypatch.setattr(list_objects, "MOST_LOOKED_AT", 2)

    assert "longer prefix" in act(LIST, {"Bucket": "source"}).error_cause


@pytest.mark.parametrize("url", [GET, LIST])
def test_who_may_not_read_reads_no_items(act, source, tree, bob, url):
    body = {"Bucket": str(source.pk), **({"Key": "runway.csv", "ReaderConfig": CSV} if url == GET else {})}

    run = act(url, body, actor=bob)

    assert (run.status, Action.objects.get().details["code"]) == ("FAILED", "PermissionDenied")


def test_who_may_read_a_folder_lists_no_more(alice, bob, act, source, tree):
    reader = {"principal": identity_urn(accounts.known_by(bob).pk), "path": FilePath.parse("/run/"), "permissions": "r"}
    storage.add_rule(collection=source, actor=alice, **reader)

    run = act(LIST, {"Bucket": "source"}, actor=bob)

    keys = [one["Key"] for one in run.output["done"]["details"]["items"]]
    assert keys == ["run/a.csv", "run/b.csv", "run/deep/c.csv"]


def test_a_name_that_two_collections_have_is_refused(act, source, make_place, tmp_path):
    make_place("other")
    Collection.objects.update(name="beamline")

    assert "Several collections" in act(LIST, {"Bucket": "beamline"}).error_cause
    assert "no collection" in act(LIST, {"Bucket": "nowhere"}).error_cause
