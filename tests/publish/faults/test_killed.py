"""The worker is killed at each step: another publishes what it began, or leaves nothing of it.

``VITRINE_PUBLISH_KILLS`` is at how many moments besides: so many of its writes to the database are done then.
"""

import os
from datetime import timedelta
from itertools import product

import pytest
from celery import Task
from django.utils import timezone

from apps.flows import services as flows
from apps.flows.models import Identifier, Run
from apps.publish import services as publish
from apps.publish.models import Event, Submission
from apps.search.models import Entry
from apps.storage.models import AccessRule
from tests.flows.survival.account import complaints
from tests.publish.conftest import next_of
from tests.publish.faults.conftest import BOTH
from tests.publish.faults.worker import FORKS
from tests.publish.faults.worker import work as work_elsewhere
from tests.publish.states import STEPS
from tests.transfer.survival.conftest import database

__all__ = ["database"]
FORKS.set_forkserver_preload([work_elsewhere.__module__])
State = Submission.State
MOST_WRITES = 120
"""What publishing takes, and undoing."""
KILLS = int(os.environ.get("VITRINE_PUBLISH_KILLS", "0"))
STEP_BY_STEP = [" ".join(moment) for moment in product(STEPS, ["asked", "done"])]
BOTH_WAYS = pytest.mark.parametrize("moments", ["steps", *(["writes"] if KILLS else [])], indirect=True)
LEASES_S = 600
"""As long as any, and longer."""


def writes(count):
    return [str(MOST_WRITES * number // count) for number in range(count)]


@pytest.fixture
def moments(request):
    return STEP_BY_STEP if request.param == "steps" else writes(KILLS)


@pytest.fixture(autouse=True)
def _shared(database, monkeypatch):
    """What others connect to, from the beginning; messages are lost."""
    monkeypatch.setattr(Task, "apply_async", lambda *_, **__: None)


@pytest.fixture(params=BOTH)
def another(request, make_form, draft_of, published, alice):
    """Makes drafts that could be published, one after the other."""
    form = make_form(identifier="local")
    if request.param == BOTH[0]:
        return lambda: draft_of(form)
    first = published(draft_of(form))

    def again():
        submission = Submission.objects.get(pk=first.submission_id)
        newest = submission.versions.first()
        return submission if submission.state == State.DRAFT else next_of(newest, request.param, alice)

    return again


@pytest.fixture
def died(database, clock):
    """Lets a worker die of a submission; then as another finds it, by whose clock all that the dead held is free.

    Time never goes back: whoever comes next has a later clock.
    """

    def died(submission, moment):
        has_died = work_elsewhere(database, submission.pk, moment, since=clock.now)
        clock.now = max(clock.now, timezone.now()) + timedelta(seconds=LEASES_S)
        assert has_died or moment.isdecimal(), f"it did not die: {moment}"
        return Submission.objects.get(pk=submission.pk)

    return died


def sent(draft):
    return publish.submit(submission=draft, actor=draft.author, revision=draft.revision)


def account(submission, root):
    """What is left of a publication, in words that are the same for two of them."""
    version, run = submission.versions.first(), Run.objects.get(pk=submission.run_id)
    folder = root / str(version.folder)[1:]
    entries = Entry.objects.filter(subject=version.subject)
    return {
        "run": (run.status, complaints(run), {(one.state_name, one.status) for one in run.actions.all()}),
        "events": [event.kind for event in submission.events.filter(number=version.number)],
        "files": sorted((one.name, one.read_text()) for one in folder.rglob("*") if one.is_file()),
        "rules": sorted(rule.permissions for rule in AccessRule.objects.all() if rule.place == version.folder),
        "entries": sorted((one.entry_id, sorted(one.content), one.visible_to) for one in entries),
        "identifier": Identifier.objects.get(name=version.identifier).state,
        "state": (submission.state, version.state, submission.due_at, submission.trouble),
    }


@BOTH_WAYS
def test_another_worker_publishes_what_it_began(another, died, work, carry, published, tmp_path, moments):
    calm = account(published(another()).submission, tmp_path / "archive")

    for moment in moments:
        done = work(died(sent(another()), moment))
        carry(Run.objects.get(pk=done.run_id))  # of what was published when the other died
        assert account(done, tmp_path / "archive") == calm, moment


@BOTH_WAYS
def test_what_is_canceled_then_leaves_nothing(another, died, work, state_of, alice, moments):
    for moment in moments:
        draft = another()
        before = state_of(draft)

        left = died(sent(draft), moment)
        if left.state == State.PUBLISHING and moment != "release done":
            flows.cancel_run(run=Run.objects.get(pk=left.run_id), actor=alice)
            assert work(left).events.last().kind == Event.Kind.UNDONE, moment
            assert state_of(draft) == before, moment


def test_another_worker_undoes_what_it_undid_a_part_of(another, died, work, state_of, alice):
    """All was done but the last step, when it was canceled."""
    for moment in writes(KILLS or 3):
        draft = another()
        before = state_of(draft)
        left = died(sent(draft), "release asked")
        flows.cancel_run(run=Run.objects.get(pk=left.run_id), actor=alice)

        left = died(left, moment)

        assert work(left).events.last().kind == Event.Kind.UNDONE, moment
        assert state_of(draft) == before, moment
