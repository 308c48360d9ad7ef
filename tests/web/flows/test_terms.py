"""What a flow is told by its id is found by its name on the form that starts it: indexes and collections."""

from uuid import uuid4

import pytest

from apps.access.types import ALL_AUTHENTICATED
from apps.accounts import services as accounts
from apps.flows.models import Run
from apps.search import services as search
from apps.storage import services as storage
from tests.web.flows.conftest import HELLO, text

pytestmark = pytest.mark.django_db
SCHEMA = {
    "type": "object",
    "properties": {
        "index": {"type": "string", "format": "uuid", "x-vocabulary": "indexes", "title": "Index"},
        "staging": {"type": "string", "format": "globus-collection-id", "title": "Staging"},
    },
}


@pytest.fixture
def page(make_flow):
    return f"/flows/{make_flow({'Hello': HELLO}, schema=SCHEMA, roles={'starter': [ALL_AUTHENTICATED]}).pk}/start/"


@pytest.fixture
def chips(alice):
    return search.create_index(actor=alice, display_name="Chips of S12", visible_to=())


@pytest.fixture
def staging(alice, tmp_path):
    admin = accounts.make_user(username="admin", password=None, is_admin=True)
    return storage.create_collection(
        actor=admin, owner=alice, name="Staging", kind="posix", settings={"root": str(tmp_path)}, visible_to=[]
    )


def test_an_index_and_a_collection_are_chosen_by_their_names(page, mine, chips, staging):
    assert f'<option value="{chips.pk}">Chips of S12</option>' in text(mine.get(page))

    mine.post(page, {"input/index": "chips of s12", "input/staging": staging.name, "do": "start"})

    assert Run.objects.get().input == {"index": str(chips.pk), "staging": str(staging.pk)}


def test_an_id_is_told_with_its_name(page, mine, chips):
    shown = mine.post(page, {"input/index": str(chips.pk), "do": "look:input/index"})

    assert 'id="input/index?place">Chips of S12' in text(shown)


def test_any_id_may_be_written_and_no_other_word(page, mine):
    other = str(uuid4())

    assert "This is not in the list" in text(mine.post(page, {"input/index": "none", "do": "start"}))
    mine.post(page, {"input/index": other, "do": "start"})

    assert Run.objects.get().input == {"index": other}


def test_nobody_finds_what_they_may_not_see(browser, chips, staging, alice, charlie):
    def found(user, name):
        return browser(user).get(f"/flows/terms/{name}/")

    assert [str(chips.pk) in text(found(user, "indexes")) for user in (alice, charlie)] == [True, False]
    assert [str(staging.pk) in text(found(user, "collections")) for user in (alice, charlie)] == [True, False]
    assert (found(None, "indexes").status_code, found(alice, "secrets").status_code) == (302, 404)


def test_indexes_that_one_may_write_to_come_first(mine, chips, bob):
    read = search.create_index(actor=bob, display_name="A")

    told = text(mine.get("/flows/terms/indexes/"))

    assert 0 < told.index(str(chips.pk)) < told.index(str(read.pk))
