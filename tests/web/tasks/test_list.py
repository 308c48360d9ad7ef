"""The list of tasks: one's own, searched and narrowed."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def names(answer):
    return [line.name for line in answer.context["lines"]]


@pytest.fixture
def two(submit, delete, moved):
    """A transfer that failed, and a delete that waits."""
    failed = moved(submit())
    failed.label = "Night of 21 November"
    failed.save()
    return failed, delete("/old")


def test_one_sees_ones_own_tasks_the_newest_first(mine, two):
    assert names(mine.get("/tasks/")) == ["Delete in destination", "Night of 21 November"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("label=night", ["Night of 21 November"]),
        ("state=failed", ["Night of 21 November"]),
        ("state=active", ["Delete in destination"]),
        ("state=canceled", []),
        ("type=DELETE", ["Delete in destination"]),
        ("type=nonsense&state=1&page=x", ["Delete in destination", "Night of 21 November"]),
    ],
)
def test_the_list_is_narrowed(mine, two, query, found):
    assert names(mine.get(f"/tasks/?{query}")) == found


def test_others_have_lists_of_their_own_but_administrators_may_ask_for_everybodys(mine, browser, bob, two):
    assert names(browser(bob).get("/tasks/?whose=everybody")) == []
    assert len(names(mine.get("/tasks/?whose=everybody"))) == 2


def test_nobody_is_asked_to_sign_in(client, two):
    assert client.get("/tasks/").url.startswith("/account/login/?next=/tasks/")


def test_only_a_list_with_something_to_wait_for_is_followed(mine, two):
    assert "data-follow" in mine.get("/tasks/").content.decode()
    assert "data-follow" not in mine.get("/tasks/?state=failed").content.decode()
