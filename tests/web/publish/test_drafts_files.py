"""Files are chosen from what one may read, and propose values."""

import pytest

from apps.publish import services as publish
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.publish.conftest import urn
from tests.web.flows.conftest import text
from tests.web.publish.test_drafts import now, url


@pytest.fixture
def empty(form, alice):
    return publish.begin_draft(form=form, actor=alice)


def choose(browser, draft, collection, do="add", **said):
    told = {"revision": now(draft).revision, "collection": str(collection.pk), "path": "/chip/", "do": do, **said}
    return browser.post(url(draft, "files/"), told)


def paths(draft):
    return [str(one.path) for one in now(draft).files]


def test_files_and_folders_are_chosen_and_removed(mine, empty, staging):
    page = mine.get(url(empty, "files/"), {"collection": str(staging.pk), "path": "/chip/"})
    assert "image_0.txt" in text(page)

    choose(mine, empty, staging, chosen=["image_0.txt", "image_2.txt"])
    choose(mine, empty, staging, "folder")
    assert paths(empty) == ["/chip/image_0.txt", "/chip/image_2.txt", "/chip"]

    choose(mine, empty, staging, "remove:1")
    assert paths(empty) == ["/chip/image_0.txt", "/chip"]


def test_what_files_say_is_proposed_in_the_form(mine, make_form, alice, staging):
    form = make_form(proposals=[{"at": "/energy", "file": "*.txt", "count": True}])
    draft = publish.begin_draft(form=form, actor=alice)

    choose(mine, draft, staging, "folder")

    assert "Proposed from 3 files" in text(mine.get(url(draft)))


def test_one_chooses_only_what_one_may_read(browser, mine, empty, staging, alice, charlie, archive):
    publish.share_submission(submission=empty, actor=alice, roles={"editor": [urn(charlie)]})

    for browsing, collection in ((browser(charlie), staging), (mine, archive)):
        assert choose(browsing, empty, collection, "folder").status_code == 400
        page = browsing.get(url(empty, "files/"), {"collection": str(collection.pk)})
        assert collection.name not in text(page)
    assert paths(empty) == []


def test_a_co_author_is_not_told_where_files_are_that_they_may_not_see(browser, draft, alice, charlie):
    publish.share_submission(submission=draft, actor=alice, roles={"editor": [urn(charlie)]})

    for page in ("files/", "plan/"):
        told = text(browser(charlie).get(url(draft, page)))
        assert "a collection that you may not see" in told
        assert "staging" not in told


@pytest.mark.parametrize(
    "said",
    [
        {"do": "add"},
        {"do": "add", "chosen": ["../x"]},
        {"do": "add", "chosen": ["a/b"]},
        {"do": "folder", "path": "chip"},
    ],
)
def test_what_is_no_choice_is_refused(mine, empty, staging, said):
    assert choose(mine, empty, staging, **said).status_code == 400


def test_an_older_page_chooses_nothing(mine, draft, staging):
    assert choose(mine, draft, staging, "folder", revision=0).status_code == 409


def test_where_to_upload_is_offered_to_those_who_may_write(browser, mine, empty, staging, dana, alice, charlie):
    page = mine.get(url(empty, "files/"), {"collection": str(staging.pk), "path": "/chip/"})
    assert f'data-put="/files/{staging.pk}/chip"' in page.content.decode()

    publish.share_submission(submission=empty, actor=alice, roles={"editor": [urn(charlie)]})
    storage.add_rule(collection=staging, actor=dana, principal=urn(charlie), path=FilePath(("chip",)), permissions="r")
    his = browser(charlie).get(url(empty, "files/"), {"collection": str(staging.pk), "path": "/chip/"})
    assert "You may look here, and not write" in text(his)
    assert "You have no collection here to upload" in text(browser(charlie).get(url(empty, "files/")))
