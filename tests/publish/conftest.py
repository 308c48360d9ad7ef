"""Dana runs the facility: its archive, its index and its forms are hers. Alice publishes what she measured."""

from functools import partial

import pytest

from apps.access.types import identity_urn
from apps.accounts import services as accounts
from apps.flows import services as flows
from apps.publish import services as publish
from apps.publish.models import Submission
from apps.publish.types import Chosen, Wanted
from apps.search import services as search
from apps.storage import services as storage
from apps.storage.types import FilePath
from tests.flows.conftest import carry, clock
from tests.publish import states
from tests.publish.working import goes_on

# What tests elsewhere take as a whole: `from tests.publish.conftest import *`.
__all__ = [
    "archive",
    "carry",
    "clock",
    "dana",
    "document",
    "draft",
    "draft_of",
    "form",
    "index",
    "installed",
    "make_form",
    "make_place",
    "published",
    "staging",
    "team_urn",
    "work",
]

SCHEMA = {
    "type": "object",
    "required": ["title"],
    "properties": {
        "title": {"type": "string", "minLength": 1, "title": "Title"},
        "energy": {"type": "number", "minimum": 0, "x-unit": "keV"},
        "sample": {"type": "object", "properties": {"protein": {"type": "string"}}},
        "notes": {"type": "string", "x-restricted": "team"},
    },
}


def urn(user):
    return identity_urn(accounts.known_by(user).pk)


@pytest.fixture
def dana(db):
    dana = accounts.make_user(username="dana", email="dana@example.org", name="Dana", password=None)
    dana.is_superuser = True
    dana.save(update_fields=["is_superuser"])
    return dana


@pytest.fixture
def make_place(dana, tmp_path):
    def make(name):
        (tmp_path / name).mkdir()
        return storage.create_collection(
            actor=dana, name=name, kind="posix", settings={"root": str(tmp_path / name)}, visible_to=[urn(dana)]
        )

    return make


@pytest.fixture
def staging(make_place, dana, alice, tmp_path):
    """Where Alice measures: three files in a folder, which she may read."""
    staging = make_place("staging")
    storage.add_rule(collection=staging, actor=dana, principal=urn(alice), path=FilePath(), permissions="rw")
    folder = tmp_path / "staging" / "chip"
    folder.mkdir()
    for number in range(3):
        (folder / f"image_{number}.txt").write_text(f"image {number}")
    return staging


@pytest.fixture
def archive(make_place):
    return make_place("archive")


@pytest.fixture
def index(dana):
    return search.create_index(actor=dana, display_name="Runs", slug="runs")


@pytest.fixture
def team_urn(team):
    return f"urn:globus:groups:id:{team.pk}"


@pytest.fixture
def document(index, archive, team_urn):
    """A form with a public part and a restricted one."""
    return {
        "title": "Runs",
        "schema": SCHEMA,
        "index": str(index.pk),
        "collection": str(archive.pk),
        "path": "/{sample.protein}/{id}",
        "visibility": {
            "choices": [
                {"name": "public", "title": "Everyone", "visible_to": ["public"]},
                {"name": "team", "title": "The team", "visible_to": [team_urn]},
                {"name": "authors", "title": "Only the authors", "visible_to": ["authors"]},
            ]
        },
        "restricted": {"team": {"title": "Notes of the team", "visible_to": [team_urn]}},
    }


@pytest.fixture
def installed(db):
    """The flow that publishes."""
    return {flow.builtin: flow for flow, _ in flows.install_flows()}["publication"]


@pytest.fixture
def make_form(dana, document, installed):
    def make(*, reviewers=(), submitters=("all_authenticated_users",), **said):
        roles = {"submitter": list(submitters), "reviewer": list(reviewers)}
        told = publish.FormChanges(document={**document, **said}, is_open=True, roles=roles)
        return publish.create_form(actor=dana, told=told)

    return make


@pytest.fixture
def form(make_form):
    return make_form()


@pytest.fixture
def draft(form, draft_of):
    return draft_of(form)


@pytest.fixture
def draft_of(alice, staging):
    """Of Alice's, and ready to be published: for all but the notes, which are the team's."""

    def draft_of(form):
        content = {"title": "Lysozyme on a chip", "sample": {"protein": "Lysozyme"}, "notes": "soaked too long"}
        told = publish.DraftChanges(
            content=content,
            files=[Chosen(str(staging.pk), FilePath(("chip",)))],
            wanted=Wanted(choice="public"),
        )
        return publish.begin_draft(form=form, actor=alice, told=told)

    return draft_of


@pytest.fixture(params=["the first version", "the second version", "the second version, with other files"])
def ready(request, make_form, draft_of, published, alice):
    """A draft that could be published, with an identifier."""
    draft = draft_of(make_form(identifier="local"))
    return draft if request.param == "the first version" else next_of(published(draft), request.param, alice)


def next_of(version, which, alice):
    """A draft of the version after it."""
    again = publish.revise(submission=version.submission, actor=alice)
    told = publish.DraftChanges(
        content={**again.content, "title": "Better", "notes": "none"},
        files=version.submission.files if "other files" in which else None,
        wanted=Wanted(choice="team"),
    )
    return publish.save_draft(submission=again, actor=alice, revision=again.revision, told=told)


@pytest.fixture
def state_of(tmp_path, index, alice, bob, charlie, nobody):
    """All that a publication touches, whole."""
    return partial(states.state_of, root=tmp_path / "archive", index=index, people=[alice, bob, charlie, nobody])


@pytest.fixture
def work(clock, django_capture_on_commit_callbacks):
    """Do all that is due, as workers and sweepers would, until nothing of the submission goes on; then as it is."""

    def work(submission, *, rounds=30, each_s=0):
        """``each_s``: how much later each round is than the one before."""
        for _ in range(rounds):
            clock.forward(each_s)
            with django_capture_on_commit_callbacks(execute=True):
                if not goes_on(submission.pk, clock):
                    break
        return Submission.objects.get(pk=submission.pk)

    return work


@pytest.fixture
def published(work):
    """Send it in, and carry it to its end; the version that it became."""

    def published(draft):
        sent = publish.submit(submission=draft, actor=draft.author, revision=draft.revision)
        done = work(sent)
        assert done.state == Submission.State.PUBLISHED, done.trouble
        return done.versions.first()

    return published
