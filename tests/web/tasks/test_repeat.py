"""A task is done again, whole or as far as it failed; what is there is not sent twice."""

import pytest

from apps.transfer import services as transfer
from apps.transfer.models import Task
from tests.transfer.conftest import fill, tree, wish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def again(mine, moved):
    """Presses the button, and lets the new task be done."""

    def again(task, what="all", **more):
        answer = mine.post(f"/tasks/{task.pk}/repeat/", {"what": what, **more})
        return moved(Task.objects.get(pk=answer.url.strip("/").split("/")[-1]))

    return again


def test_what_failed_is_done_again_alone(here, there, submit, moved, again):
    fill(here, a=10)
    task = moved(submit(wish("/a"), wish("/late"), delete_destination_extra=True))
    fill(here, late=5)

    new = again(task, "failed")

    assert (new.status, new.files, new.options.delete_destination_extra) == ("SUCCEEDED", 1, False)
    assert tree(there) == tree(here)


def test_all_of_it_is_done_again_and_what_is_there_is_left_alone(here, submit, moved, again):
    fill(here / "run", a=10, b=10)
    task = moved(submit())
    fill(here / "run", b=10)

    new = again(task)

    assert (new.status, new.files_done, new.files_same) == ("SUCCEEDED", 1, 1)


def test_a_delete_is_done_again_without_complaint_about_what_is_gone(there, delete, moved, again):
    fill(there, a=1, b=1)
    task = moved(delete("/a"))

    assert again(task).status == "SUCCEEDED"
    assert list(tree(there)) == ["b"]


def test_a_button_pressed_twice_submits_once(submit, moved, alice, again):
    task = moved(submit())
    sent = {"submission_id": str(transfer.new_submission_id())}

    assert again(task, **sent) == again(task, **sent)
    assert transfer.tasks_of(alice).count() == 2


def test_where_nothing_failed_by_itself_there_is_nothing_to_do_again(mine, here, submit, moved):
    fill(here / "run", a=1)
    task = moved(submit())

    assert mine.post(f"/tasks/{task.pk}/repeat/", {"what": "failed"}).status_code == 400
    assert mine.post(f"/tasks/{task.pk}/repeat/", {"submission_id": "x"}).status_code == 400
