"""Files that nginx itself sends, by the configuration in ``deploy/``, when the portal has looked at the rules."""

from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from django.conf import settings as django_settings

from apps.storage.services import elsewhere
from apps.storage.views import giving
from tests.storage.servers.nginx import proxy

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLE = Path(django_settings.BASE_DIR, "deploy", "nginx.conf").read_text()


@pytest.fixture
def front(server, root, settings, tmp_path_factory):
    """The address of nginx before the portal."""
    settings.NGINX_FILES = {str(root): "/_files/beamline"}
    with proxy(tmp_path_factory.mktemp("nginx"), EXAMPLE, upstream=server.url, folder=root) as address:
        yield address


@pytest.fixture
def get(front, shared, token, bob):
    """Bob asks for a file."""
    program = {"Authorization": f"Bearer {token(bob)}"}

    def get(path, method="GET", **headers):
        told = program | {name.replace("_", "-"): value for name, value in headers.items()}
        return requests.request(method, f"{front}/files/{shared.pk}{path}", headers=told, timeout=30)

    return get


@pytest.fixture
def portal(server, shared, token, bob):
    """What the portal itself answers to Bob."""
    program = {"Authorization": f"Bearer {token(bob)}"}
    return lambda path: requests.get(f"{server.url}/files/{shared.pk}{path}", headers=program, timeout=30)


def test_nginx_sends_the_file_and_the_portal_its_location(get, portal):
    told = portal("/open/read%20me.txt")
    given = get("/open/read%20me.txt")

    assert (told.headers["X-Accel-Redirect"], told.content) == ("/_files/beamline/open/read%20me.txt", b"")
    assert (given.status_code, given.content) == (200, b"Hello, beamline")
    assert given.headers["Content-Length"] == "15"
    assert "X-Accel-Redirect" not in given.headers


@pytest.mark.parametrize("path", ["/open/page.html", "/open/read%20me.txt", "/open/read%20me.txt?download"])
def test_what_makes_a_file_harmless_is_said_by_nginx_too(get, portal, path):
    told, given = portal(path).headers, get(path).headers
    own = {"Allow", "Connection", "Content-Length", "Date", "Server", "X-Accel-Redirect", "X-Request-Id"}
    kept = set(told) - own

    assert {"Content-Security-Policy", "Content-Disposition", "X-Content-Type-Options", "ETag"} <= kept
    assert {name: given.get(name) for name in kept} == {name: told[name] for name in kept}


def test_parts_and_conditions_are_met(get):
    etag = get("/open/read%20me.txt").headers["ETag"]

    part = get("/open/read%20me.txt", Range="bytes=7-10")
    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, b"beam", "bytes 7-10/15")
    assert get("/open/read%20me.txt", Range="bytes=-4", If_Range=etag).content == b"line"
    assert get("/open/read%20me.txt", Range="bytes=-4", If_Range='"old"').content == b"Hello, beamline"
    assert get("/open/read%20me.txt", Range="bytes=99-").status_code == 416
    assert get("/open/read%20me.txt", If_None_Match=etag).status_code == 304
    assert get("/open/read%20me.txt", If_None_Match='"old"').status_code == 200
    assert get("/open/read%20me.txt", If_Match=etag).content == b"Hello, beamline"
    assert get("/open/read%20me.txt", If_Match='"old"').status_code == 412
    head = get("/open/read%20me.txt", "HEAD")
    assert (head.status_code, head.headers["Content-Length"], head.headers["ETag"]) == (200, "15", etag)


def test_the_rules_are_met_and_the_location_is_nobodys(get, front, shared):
    assert get("/secret/plan.txt").status_code == 403
    assert get("/open/run7").status_code == 409
    assert get("/open/none.txt").status_code == 404
    assert get("/open/%2e%2e/secret/plan.txt").status_code in {400, 403}
    assert requests.get(f"{front}/_files/beamline/open/page.html", timeout=30).status_code == 404
    nobody = requests.get(f"{front}/files/{shared.pk}/open/page.html", allow_redirects=False, timeout=30)
    assert nobody.status_code == 302


@pytest.mark.parametrize("name", ["a b%?#.txt", "\n", "ü", "100%25", "a\\b", "x" * 255])
def test_hard_names_are_found(get, root, name):
    (root / "open" / name).write_text(name)

    assert get(f"/open/{quote(name)}").text == name


@pytest.mark.parametrize(("there", "target"), [("open/run7", "secret"), ("open/run7/plan.txt", "secret/plan.txt")])
def test_a_link_that_is_put_there_after_the_look_is_not_followed(get, root, monkeypatch, there, target):
    (root / "open/run7/plan.txt").write_text("ours")

    def swap(files, path):
        """The portal has looked; nginx has not yet."""
        (root / there).rename(root / "aside")
        (root / there).symlink_to(root / target)
        return elsewhere.location_of(files, path)

    monkeypatch.setattr(giving, "location_of", swap)
    answer = get("/open/run7/plan.txt")

    assert answer.status_code in {403, 404}
    assert "nobody knows" not in answer.text


def test_a_file_is_put_through_nginx_of_any_size(get, front, shared, token, bob, root):
    size = 12 << 20
    address = f"{front}/files/{shared.pk}/open/run7/large.dat"
    answer = requests.put(address, bytes(size), headers={"Authorization": f"Bearer {token(bob)}"}, timeout=60)

    assert (answer.status_code, (root / "open/run7/large.dat").stat().st_size) == (201, size)
    assert get("/open/run7/large.dat").headers["ETag"] == answer.headers["ETag"]
