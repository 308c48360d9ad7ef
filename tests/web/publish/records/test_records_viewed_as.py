"""Who administers an index looks at what was published to it as somebody else would, at its own addresses, too."""

import pytest

from apps.publish.models import Submission
from tests.web.publish.records.conftest import page_of, record_of
from tests.web.publish.records.test_records_told import shut
from tests.web.test_view_as import browser, content

BANNER = "You look at"


@pytest.fixture
def seeing(version, index, dana):
    """A browser of Dana, who looks at the index as somebody."""

    def seeing(user):
        made = browser(dana)
        given = {"kind": "person", "username": user.username} if user else {"kind": "nobody"}
        assert made.post(f"/{index.slug}/manage/view-as/", given).status_code == 302
        return made

    return seeing


@pytest.mark.parametrize("name", ["alice", "bob", "charlie", "nobody"])
def test_each_page_is_theirs_byte_for_byte(version, seeing, alice, bob, charlie, name):
    user = {"alice": alice, "bob": bob, "charlie": charlie, "nobody": None}[name]
    danas, theirs = seeing(user), browser(user)

    for url in (page_of(version), record_of(version), f"{page_of(version)}?format=csl", f"{page_of(version)}request/"):
        told, expected = danas.get(url), theirs.get(url)
        assert (told.status_code, content(told)) == (expected.status_code, content(expected)), url
    assert BANNER in danas.get(page_of(version)).text


def test_so_is_the_page_that_asks_for_files(version, archive, dana, seeing, charlie):
    shut(archive, dana)

    told, expected = (made.get(f"{page_of(version)}request/") for made in (seeing(charlie), browser(charlie)))

    assert (told.status_code, content(told)) == (200, content(expected))


def test_what_somebody_does_not_see_is_not_there(version, revised, seeing, charlie):
    second = revised(version, "authors")

    assert seeing(charlie).get(page_of(second)).status_code == 404
    assert seeing(charlie).get(f"/records/{version.submission_id}/")["Location"] == page_of(version)


def test_nothing_is_changed_meanwhile(version, seeing, alice):
    danas = seeing(alice)

    for act in ("revise", "withdraw"):
        assert danas.post(f"/records/{version.submission_id}/{act}/", {"text": "x"}).status_code == 403
    assert danas.post(f"{page_of(version)}request/", {"text": "x"}).status_code == 403
    assert Submission.objects.get().state == "published"
