"""Schemas that others wrote: nothing that they name is fetched, and what cannot be judged is told."""

import http.server
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.json_formats import is_orcid, orcid_digit
from apps.common.json_schema import Unjudgeable, errors_in, judge_of, require_schema


@pytest.fixture
def bystander():
    """A server of this machine that nobody should ask; its address, and who asked."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/secret", asked
        server.shutdown()
        thread.join()


def test_nothing_is_fetched(bystander):
    url, asked = bystander

    for act in (lambda: list(errors_in({"$ref": url}, 1)), lambda: require_schema({"$ref": url})):
        with pytest.raises(Unjudgeable, match="secret"):
            act()
    assert asked == []


@pytest.mark.parametrize(
    "schema",
    [{"$ref": "#/$defs/none"}, {"properties": {"a": {"items": {"$ref": "other.json"}}}}, {"$ref": "#anchor"}],
)
def test_what_a_schema_refers_to_is_in_it(schema):
    with pytest.raises(Unjudgeable):
        require_schema(schema)


def test_a_schema_may_refer_to_itself_and_to_its_own_language():
    tree = {"properties": {"next": {"$ref": "#"}, "schema": {"$ref": "https://json-schema.org/draft/2020-12/schema"}}}

    require_schema(tree)

    assert list(errors_in(tree, {"next": {"next": {}}})) == []
    assert {error.absolute_path[0] for error in errors_in(tree, {"schema": 1})} == {"schema"}


def test_one_without_end_is_told():
    with pytest.raises(Unjudgeable, match="without end"):
        list(errors_in({"$ref": "#"}, 1))


@given(st.text("0123456789", min_size=15, max_size=15))
def test_of_all_last_digits_of_an_orcid_one_is_right(digits):
    written = "-".join([digits[:4], digits[4:8], digits[8:12], digits[12:]])

    right = [digit for digit in "0123456789X" if is_orcid(written + digit)]

    assert right == [orcid_digit(written)]
    assert judge_of({"format": "orcid"}).is_valid(written + right[0])
