"""A fault at each step of a publication: afterwards files, rules, entries, identifiers and the draft are as before."""

import pytest

from apps.access import services as access
from apps.access.types import identity_urn
from apps.common.errors import Unavailable
from apps.flows import services as flows
from apps.flows.actions import provider_named
from apps.flows.actions.identifier.local import LocalMinter
from apps.flows.models import Action, Run
from apps.flows.types import Progress, Status
from apps.publish import services as publish
from apps.publish.actions.permit import Permit
from apps.publish.engine import publishing
from apps.publish.errors import WrongState
from apps.publish.models import Event, Submission, Version
from tests.publish.states import STEPS


def failing(monkeypatch, step):
    """Let a step fail after it has done what it does, as when what it needs breaks in the middle."""
    provider = provider_named(f"publication/{step}")
    begin = type(provider).begin

    def breaks(self, order):
        begin(self, order)
        raise WrongState("It broke.")

    if step == "release":  # what is released stays: it breaks before
        monkeypatch.setattr(LocalMinter, "publish", lambda *_: (_ for _ in ()).throw(WrongState("It broke.")))
    else:
        monkeypatch.setattr(type(provider), "begin", breaks)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_breaks_leaves_nothing(ready, state_of, work, monkeypatch, step):
    before = state_of(ready)
    failing(monkeypatch, step)

    done = work(publish.submit(submission=ready, actor=ready.author, revision=ready.revision))

    assert done.trouble.endswith("It broke.")
    assert done.events.last().kind == Event.Kind.UNDONE
    assert state_of(ready) == before
    assert not Version.objects.filter(state="coming").exists()


@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_is_canceled_by_hand_leaves_nothing(ready, state_of, work, monkeypatch, alice, step):
    before = state_of(ready)
    provider = type(provider_named(f"publication/{step}"))
    begin = provider.begin

    def canceled(self, order):
        told = begin(self, order) if step != "release" else None
        flows.cancel_run(run=Run.objects.get(pk=order.origin.run_id), actor=alice)
        return told or Progress(status=Status.ACTIVE)

    monkeypatch.setattr(provider, "begin", canceled)
    done = work(publish.submit(submission=ready, actor=ready.author, revision=ready.revision))

    assert done.events.last().kind == Event.Kind.UNDONE
    assert state_of(ready) == before


def test_a_right_that_is_withdrawn_on_the_way_leaves_nothing(ready, state_of, work, monkeypatch, dana, index):
    before = state_of(ready)
    begin = Permit.begin

    def withdrawn(self, order):
        told = begin(self, order)
        dana.is_superuser = False
        dana.save()
        for role in access.roles_on(index.resource):
            access.withdraw(role.pk, resource=index.resource)
        return told

    monkeypatch.setattr(Permit, "begin", withdrawn)
    sent = publish.submit(submission=ready, actor=ready.author, revision=ready.revision)
    assert work(sent, rounds=5).state == Submission.State.UNDOING  # what it may not undo it does not forget
    dana.is_superuser = True
    dana.save()
    access.grant(index.resource, "owner", identity_urn(str(dana.identities.get().pk)))

    assert "MINTERS" in work(sent).trouble
    assert state_of(ready) == before


def test_a_service_of_identifiers_that_is_away_is_waited_for(ready, state_of, work, monkeypatch):
    away = Unavailable("The service is away.")
    monkeypatch.setattr(LocalMinter, "reserve", lambda *_: (_ for _ in ()).throw(away))
    sent = work(publish.submit(submission=ready, actor=ready.author, revision=ready.revision), rounds=5)

    assert sent.state == Submission.State.PUBLISHING
    monkeypatch.undo()
    Action.objects.filter(run=sent.run_id).update(due_at="2000-01-01T00:00Z")
    assert work(sent).state == Submission.State.PUBLISHED


def test_an_identifier_that_is_found_is_never_taken_back(ready, work, monkeypatch):
    """The process dies between the answer of the service and what is written of it: then it goes forwards."""
    monkeypatch.setattr(publishing, "finish", lambda *_: (_ for _ in ()).throw(WrongState("It broke.")))
    sent = work(publish.submit(submission=ready, actor=ready.author, revision=ready.revision), rounds=4)
    monkeypatch.undo()

    assert work(sent).state == Submission.State.PUBLISHED
    assert sent.versions.first().state == Version.State.PUBLISHED
