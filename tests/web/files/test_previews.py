"""A look into a file: bounded, of what one may read, believing nothing of it."""

import pytest

from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.web.files.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client, bob, at, root):
    """Writes a file where Bob may read, and opens its page."""
    client.force_login(bob)

    def look(name, data):
        (root / "open" / name).write_bytes(data)
        return client.get(at("preview", f"/open/{name}"))

    return look


def test_a_picture_is_shown_from_where_its_bytes_are(look, shared):
    page = look("hits #1.png", b"\x89PNG")

    assert f'<img src="/files/{shared.pk}/open/hits%20%231.png"' in page.content.decode()
    assert "img" not in page.context["preview"].text
    assert look("drawing.svg", b"<svg onload='alert(1)'/>").context["preview"].shape == "text"


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (b"plain", "plain", ""),
        ("µm".encode() * 40_000, "µmµm", "The first 65.5 kB of 120 kB."),
        ("\ufeffGröße".encode("utf-16-le"), "Größe", "The text is UTF-16."),
        ("Größe".encode("cp1252"), "Größe", "The text is not UTF-8; it is read as Windows-1252."),
        (b"\xef\xbb\xbfa", "a", ""),
    ],
)
def test_text_is_shown_and_its_encoding_told(look, data, text, note):
    preview = look("log.txt", data).context["preview"]

    assert (preview.shape, preview.note) == ("text", note)
    assert text in preview.text
    assert "�" not in preview.text


@pytest.mark.parametrize("data", [b"", b"\0\1\2", bytes(range(256)) * 10])
def test_what_is_no_text_is_told_and_can_be_downloaded(look, data):
    page = look("data.bin", data)

    assert page.context["preview"].shape == "none"
    assert "data.bin?download" in page.content.decode()


def test_what_a_file_says_is_never_a_part_of_the_page(look):
    page = look("note.txt", b"</pre><script>alert(1)</script>")

    assert "<script>alert" not in page.content.decode()
    assert "</pre><script>alert(1)</script>" in page.context["preview"].text


def test_a_table_is_shown_whatever_divides_its_cells(look):
    semicolons = look("a.csv", b"image;hits\n1;2\n3\n").context["preview"].table
    tabs = look("a.tsv", b"a,b\tc\n1\t2\n").context["preview"].table

    assert (semicolons.head, semicolons.rows, semicolons.note) == (
        ("image", "hits"),
        (("1", "2"), ("3", "")),
        "2 rows.",
    )
    assert tabs.head == ("a,b", "c")


def test_a_long_and_wide_table_is_cut(look):
    long = look("a.csv", b"n\n" + b"1\n" * 500).context["preview"].table
    wide = look("b.csv", b",".join(b"c%d" % n for n in range(99)) + b"\n").context["preview"].table

    assert (len(long.rows), long.note) == (200, "The first 200 rows.")
    assert (len(wide.head), wide.note) == (60, "0 rows. The first 60 of 99 columns.")
    assert look("c.csv", b'"' + b"x" * 200_000).context["preview"].shape in {"text", "table"}


def test_json_is_indented_and_otherwise_left_as_it_is(look):
    preview = look("run.json", b'{"rate":1.0e5,"n":12345678901234567890123,"tags":[]}').context["preview"]

    assert preview.text == '{\n  "rate": 1.0e5,\n  "n": 12345678901234567890123,\n  "tags": []\n}'
    assert look("broken.json", b'{"a":').context["preview"].text == '{"a":'


@pytest.mark.parametrize(
    "data", [b"[" * 200_000, b'{"a":' * 40_000 + b"1" + b"}" * 40_000, b'"' + b'\\"' * 100_000, b"[" * 60 + b"]" * 60]
)
def test_json_that_was_made_to_hurt_is_shown_as_text(look, data):
    preview = look("evil.json", data).context["preview"]

    assert preview.shape == "text"
    assert len(preview.text) <= 65_536


def test_a_preview_is_asked_of_the_rules(client, at, shared, alice, bob, charlie):
    answers = {}
    for person in (alice, bob, charlie):
        client.force_login(person)
        answers[person.username] = [
            client.get(at("preview", p)).status_code for p in ("/open/read me.txt", "/secret/plan.txt")
        ]
    client.logout()

    assert answers == {"alice": [200, 200], "bob": [200, 403], "charlie": [403, 403]}
    assert client.get(at("preview", "/open/read me.txt")).status_code == 404
    storage.add_rule(collection=shared, actor=alice, principal="public", path=FilePath.parse("/open/"), permissions="r")
    assert "Hello, beamline" in text_of(client.get(at("preview", "/open/read me.txt")))


def test_links_and_folders_are_not_looked_into(client, at, bob, root):
    client.force_login(bob)
    (root / "open" / "way").symlink_to("/etc/passwd")

    assert "Links are not followed." in text_of(client.get(at("preview", "/open/way")))
    assert client.get(at("preview", "/open/run7"))["Location"].endswith("/?path=%2Fopen%2Frun7%2F")
    assert client.get(at("preview", "/open/none")).status_code == 404
