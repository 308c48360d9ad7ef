"""Files by HTTPS: for browsers, for programs, for anybody if a rule says so."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from apps.accounts.models import Application, Grant, Token
from apps.accounts.services.secrets import hash_of
from apps.storage import services as storage
from apps.storage.types import FilePath

pytestmark = pytest.mark.django_db


def read(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def url(shared):
    return lambda path: f"/files/{shared.pk}{path}"


@pytest.fixture
def signed_in(client, bob):
    client.force_login(bob)
    return client


def test_a_file_is_given_whole_and_in_parts(signed_in, url):
    whole = signed_in.get(url("/open/read me.txt"))
    part = signed_in.get(url("/open/read me.txt"), headers={"Range": "bytes=7-10"})

    assert (whole.status_code, read(whole), whole["Content-Length"]) == (200, b"Hello, beamline", "15")
    assert (part.status_code, read(part), part["Content-Range"]) == (206, b"beam", "bytes 7-10/15")
    assert signed_in.get(url("/open/read me.txt"), headers={"Range": "bytes=99-"}).status_code == 416
    head = signed_in.head(url("/open/read me.txt"))
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", "15")


def test_who_has_the_file_is_not_sent_it_again(signed_in, url):
    etag = signed_in.get(url("/open/read me.txt"))["ETag"]

    assert signed_in.get(url("/open/read me.txt"), headers={"If-None-Match": etag}).status_code == 304
    stale = signed_in.get(url("/open/read me.txt"), headers={"Range": "bytes=0-1", "If-Range": '"old"'})
    assert (stale.status_code, read(stale)) == (200, b"Hello, beamline")


def test_a_page_of_somebody_never_runs_as_one_of_the_portal(signed_in, url):
    page = signed_in.get(url("/open/page.html"))

    assert page["Content-Disposition"].startswith("attachment")
    assert "sandbox" in page["Content-Security-Policy"]
    assert page["X-Content-Type-Options"] == "nosniff"
    assert signed_in.get(url("/open/read me.txt"))["Content-Disposition"].startswith("inline")
    assert signed_in.get(url("/open/read me.txt?download"))["Content-Disposition"].startswith("attachment")


def test_rules_are_met_here_too(signed_in, client, url, charlie):
    assert signed_in.get(url("/secret/plan.txt")).status_code == 403
    assert signed_in.get(url("/open/../secret/plan.txt")).status_code == 400
    assert signed_in.get(url("/open/none.txt")).status_code == 404
    assert signed_in.get(url("/open/run7")).status_code == 409
    client.force_login(charlie)
    assert client.get(url("/open/read me.txt")).status_code == 403


def test_nobody_is_led_to_sign_in_and_a_script_is_told(client, url, shared):
    told = client.get(url("/open/read me.txt"))
    asked = parse_qs(urlsplit(told["Location"]).query)

    assert (told.status_code, asked["client_id"]) == (302, [str(shared.pk)])
    led = client.get(told["Location"])
    assert led["Location"].startswith("/account/login/?next=%2Ffiles%2F")
    assert client.get(url("/open/x"), headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 401


def test_what_a_rule_makes_public_needs_no_sign_in(client, url, shared, alice):
    storage.add_rule(collection=shared, actor=alice, principal="public", path=FilePath.parse("/open/"), permissions="r")

    assert read(client.get(url("/open/read me.txt"))) == b"Hello, beamline"
    assert client.get(url("/secret/plan.txt")).status_code == 302


@pytest.mark.parametrize(
    ("server", "suffix", "status"), [("own", "https", 200), ("own", "data_access", 403), ("other", "https", 401)]
)
def test_a_token_is_good_for_the_collection_that_it_names(client, url, shared, bob, server, suffix, status):
    application = Application.objects.create(name="any", kind="native")
    grant = Grant.objects.create(user=bob, application=application, created_at=timezone.now())
    name = str(shared.pk) if server == "own" else "00000000-0000-4000-8000-00000000dead"
    scope = f"https://auth.globus.org/scopes/{name}/{suffix}"
    lasting = {"expires_at": timezone.now() + timedelta(hours=1)}
    told = {"kind": "access", "user": bob, "application": application, "grant": grant}
    Token.objects.create(hash=hash_of("secret"), resource_server=name, scope=scope, **told, **lasting)

    assert client.get(url("/open/read me.txt"), headers={"Authorization": "Bearer secret"}).status_code == status


def test_nobody_can_tell_whether_there_is_such_a_collection_or_file(client, shared, url, charlie):
    shared.visible_to = []
    shared.save()
    none = "/files/00000000-0000-4000-8000-00000000dead/open/x"
    for path in (none, url("/open/read me.txt"), url("/open/none")):
        assert client.get(path).status_code == 302

    client.force_login(charlie)
    answers = {client.get(path).status_code for path in (none, url("/open/read me.txt"), url("/open/none"))}
    assert answers == {404}


def test_a_range_is_of_what_is_sent_and_a_condition_of_all(signed_in, url):
    etag = signed_in.get(url("/open/read me.txt"))["ETag"]
    head = signed_in.head(url("/open/read me.txt"), headers={"Range": "bytes=0-1"})

    assert (head.status_code, head["Content-Length"], head["Accept-Ranges"]) == (200, "15", "bytes")
    assert signed_in.get(url("/open/read me.txt"), headers={"If-Match": '"old"'}).status_code == 412
    part = signed_in.get(url("/open/read me.txt"), headers={"If-Match": etag, "Range": "bytes=0-1"})
    assert (part.status_code, read(part)) == (206, b"He")


def test_a_name_that_no_header_can_hold_is_told_as_far_as_it_can_be(signed_in, url, root):
    (root / "open" / "two\nlines").write_text("x")

    answer = signed_in.get(url("/open/two%0Alines"))

    assert (answer.status_code, read(answer)) == (200, b"x")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''two%EF%BF%BDlines"


def test_who_signs_in_comes_back_to_the_very_file(client, url):
    where = url("/open/a%25%3F.txt")

    asked = parse_qs(urlsplit(client.get(f"{where}?download").get("Location")).query)

    assert asked["redirect_uri"][0].endswith(f"{where}?download")
