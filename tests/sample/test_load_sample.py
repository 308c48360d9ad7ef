"""``manage.py load_sample`` fills a portal once; real people then find different things."""

from io import StringIO

import pytest
from django.core.management import call_command

from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.search.models import Entry, Index, Task


def load():
    said = StringIO()
    call_command("load_sample", runs=40, stdout=said)
    return said.getvalue()


@pytest.fixture
def sample(transactional_db, settings, tmp_path):
    settings.HOME, settings.DEMO_PASSWORD = tmp_path, ""
    return load()


def test_it_makes_people_with_one_password_that_it_tells(sample, settings):
    password = (settings.HOME / "demo_password").read_text()

    assert {user.username for user in User.objects.all()} == {"admin", "alice", "bob", "charlie"}
    assert all(user.check_password(password) for user in User.objects.all())
    assert [user.username for user in User.objects.filter(is_superuser=True)] == ["admin"]
    assert sample.endswith(f"Sign in as admin, alice, bob or charlie; the password is {password}\n")
    assert (settings.HOME / "demo_password").stat().st_mode & 0o777 == 0o600


def test_bob_is_in_the_group_that_alice_owns_and_charlie_is_not(sample):
    groups = {user.username: [group.name for group in accounts.groups_of(user)] for user in User.objects.all()}

    assert groups == {"admin": [], "alice": ["SSX beamline"], "bob": ["SSX beamline"], "charlie": []}


def test_a_second_call_changes_nothing(sample):
    before = Task.objects.count(), Entry.objects.count(), Index.objects.count()

    said = load()

    assert (Task.objects.count(), Entry.objects.count(), Index.objects.count()) == before
    assert said.splitlines() == [sample.splitlines()[-1]]


def test_a_password_that_was_set_counts_for_people_who_are_there_already(sample, settings):
    settings.DEMO_PASSWORD = "seen-through-glass"

    load()

    assert all(user.check_password("seen-through-glass") for user in User.objects.all())
