"""What becomes a task: transfers to the other pane, and deletions."""

from uuid import uuid4

import pytest

from apps.storage.types import FilePath
from apps.transfer.models import Task
from apps.transfer.types import Options
from tests.web.files.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bobs(client, bob, shared):
    client.force_login(bob)
    return client


@pytest.fixture
def across(at, shared):
    return lambda old, new: f"{at('transfer/', old)}&pane=a&to={shared.pk}&to-path={new}"


def items(task):
    return [(one.source_key, one.destination_key) for one in task.items.order_by("number")]


def test_deleting_is_asked_about_first(bobs, at, root):
    (root / "open" / "run7" / "a <b>.txt").touch()
    asked = bobs.post(at("delete/", "/open/run7/"), {"a-chosen": ["a <b>.txt"]})
    assert "a &lt;b&gt;.txt" in asked.content.decode()
    assert not Task.objects.exists()

    done = bobs.post(at("delete/", "/open/run7/"), {"chosen": ["a <b>.txt"], "confirmed": "yes"})

    task = Task.objects.get()
    assert (done["Location"], task.task_type) == (f"/tasks/{task.pk}/", Task.Type.DELETE)
    assert items(task) == [("", "/open/run7/a <b>.txt")]
    assert Options.from_json(task.options_json) == Options(is_recursive=True)


def test_a_second_click_makes_no_second_task(bobs, at):
    told = {"chosen": ["x"], "confirmed": "yes", "submission": str(uuid4())}

    places = {bobs.post(at("delete/", "/open/run7/"), told)["Location"] for _ in range(2)}
    bobs.post(at("delete/", "/open/run7/"), told | {"chosen": ["y"]})

    assert (len(places), Task.objects.count()) == (1, 2)


def test_what_is_chosen_is_sent_to_the_other_pane(bobs, across, root):
    told = {"a-chosen": ["read me.txt", "page.html"], "label": "Notes", "sync": "3", "verify": "on"}

    done = bobs.post(across("/open/", "/open/run7/"), told)

    task = Task.objects.get()
    assert (done["Location"], task.label) == (f"/tasks/{task.pk}/", "Notes")
    assert items(task) == [
        ("/open/read me.txt", "/open/run7/read me.txt"),
        ("/open/page.html", "/open/run7/page.html"),
    ]
    assert Options.from_json(task.options_json) == Options(sync_level=3)


@pytest.mark.parametrize(
    ("old", "new", "told", "why"),
    [
        ("/open/", "/open/", {"a-chosen": ["page.html"]}, "You may not write"),
        ("/secret/", "/open/run7/", {"a-chosen": ["plan.txt"]}, "You may not read"),
        ("/open/", "/open/run7/", {}, "Choose files or folders first"),
        ("/open/", "/open/run7/", {"a-chosen": ["run7"]}, "onto or into itself"),
        ("/open/", "/open/run7/", {"a-chosen": ["page.html"], "label": "x" * 200}, "too long"),
    ],
)
def test_what_cannot_be_sent_is_told_in_the_file_manager(bobs, across, old, new, told, why):
    page = bobs.post(across(old, new), told, follow=True)

    assert why in text_of(page)
    assert not Task.objects.exists()


def test_a_collection_that_one_is_not_told_of_takes_nothing(bobs, at):
    page = bobs.post(f"{at('transfer/', '/open/')}&to={uuid4()}", {"a-chosen": ["page.html"]}, follow=True)

    assert "There is no such collection" in text_of(page)


def test_only_where_one_may_write_a_transfer_is_offered(bobs, shared):
    def offered(left, right):
        asked = {"path": left, "beside": str(shared.pk), "beside-path": right}
        return [one.pane for one in bobs.get(f"/collections/{shared.pk}/", asked).context["crossings"]]

    assert offered("/open/", "/open/run7/") == ["a"]
    assert offered("/open/run7/", "/open/") == ["b"]
    assert offered("/open/", "/") == []


def test_nobody_submits_a_task(client, at, shared, alice):
    from apps.storage import services as storage

    rule = {"principal": "public", "path": FilePath(), "permissions": "rw"}
    storage.add_rule(collection=shared, actor=alice, **rule)

    assert client.post(at("delete/"), {"chosen": ["open"], "confirmed": "yes"}).status_code == 401
    assert "Delete what is chosen" not in text_of(client.get(at("")))
