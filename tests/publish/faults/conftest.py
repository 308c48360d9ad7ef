"""A draft that is about to be published, and moments at which something happens to what that needs."""

import pytest

from apps.access import services as access
from apps.flows import services as flows
from apps.flows.actions import provider_named
from apps.flows.models import Run
from apps.publish import services as publish
from apps.publish.models import Event, Submission
from tests.flows.datacite_fake import datacite as fake
from tests.publish.conftest import next_of, urn
from tests.publish.faults.broken import Away

BOTH = ["the first version", "the second version, with other files"]


@pytest.fixture
def kind():
    """Of the identifiers that are given."""
    return "local"


@pytest.fixture(params=BOTH)
def ready(request, make_form, draft_of, published, alice, kind):
    draft = draft_of(make_form(identifier=kind))
    return draft if request.param == BOTH[0] else next_of(published(draft), request.param, alice)


@pytest.fixture
def sent(ready):
    """Sends it in."""
    return lambda: publish.submit(submission=ready, actor=ready.author, revision=ready.revision)


@pytest.fixture
def at(monkeypatch):
    """Lets something happen when a step is about to be done, once."""

    def at(step, happens):
        provider = type(provider_named(f"publication/{step}"))
        begin, left = provider.begin, [happens]

        def begun(self, order):
            while left:
                left.pop()()
            return begin(self, order)

        monkeypatch.setattr(provider, "begin", begun)

    return at


@pytest.fixture
def away():
    """Something that is broken for a while, and whole again at the end of the test."""
    away = Away()
    yield away
    away.end()


@pytest.fixture
def cancel(ready, alice):
    """Cancels the run that publishes, by hand."""

    def cancel():
        run_id = Submission.objects.get(pk=ready.pk).run_id
        flows.cancel_run(run=Run.objects.get(pk=run_id), actor=alice)

    return cancel


@pytest.fixture
def dana_may(dana, index, archive):
    """Takes all that the form publishes with away from who made it, or gives it back."""

    def dana_may(everything):
        dana.is_superuser = everything
        dana.save(update_fields=["is_superuser"])
        for one in (index, archive):
            for role in access.roles_on(one.resource):
                access.withdraw(role.pk, resource=one.resource)
        if everything:
            access.grant(index.resource, "owner", urn(dana))
            access.grant(archive.resource, "admin", urn(dana))

    return dana_may


@pytest.fixture
def datacite(settings):
    """The service that gives DOIs, and how it answers."""
    settings.DATACITE_PREFIX, settings.DATACITE_USERNAME, settings.DATACITE_PASSWORD = "10.5072", "FAC.LAB", "sesame"
    with fake("FAC.LAB", "sesame") as server:
        settings.DATACITE_URL = f"http://127.0.0.1:{server.server_port}"
        yield server


@pytest.fixture
def undone(ready, state_of):
    """Whether nothing is left of it, once it was sent in: asked before, told after."""
    before = state_of(ready)

    def undone(submission):
        assert submission.events.last().kind == Event.Kind.UNDONE, submission.trouble
        assert submission.trouble
        assert state_of(submission) == before
        return True

    return undone
