"""Cryo-EM from end to end, with a person's decision in the middle."""

import pytest
from django.core import mail

from apps.access.types import group_urn
from apps.common.errors import NotFound
from apps.flows import services as flows
from apps.flows.models import WebInput
from apps.flows.ready_made.functions.making import write_movies
from tests.flows.ready_made.conftest import at
from tests.transfer.conftest import tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(go, source, destination, team, index, here):
    """A run of Alice's that waits for Bob's team."""
    write_movies(here / "raw", "movie", range(3), drift=0.5)
    asked = {
        "source": at(source, "/raw"),
        "destination": at(destination, "/session1"),
        "search_index": str(index.pk),
        "reviewers": [group_urn(team.pk)],
        "readers": group_urn(team.pk),
        "files": [f"movie_{number:03}.mrc" for number in range(3)],
    }
    return go("cryo_em_session", asked)


@pytest.fixture
def decide(go_on, bob):
    """Bob says what is to be done; the run after it."""

    def decide(run, name):
        question = WebInput.objects.get(action__run=run, status="open")
        flows.respond(question=question, actor=bob, value=str(question.options.get(name=name).pk), comment="sharp")
        return go_on(run)

    return decide


def test_who_decides_gets_a_mail_that_says_what_was_measured(session):
    assert (session.status, session.error_cause) == ("ACTIVE", "")
    assert sorted(one.to[0] for one in mail.outbox) == ["alice@example.org", "bob@example.org"]
    assert "3 of 3 movies moved by no more than 5 Å (mean 3.8" in " ".join(mail.outbox[0].body.split())


def test_what_is_to_be_published_is_found_by_everybody(session, decide, entries, bob, charlie, there):
    run = decide(session, "Publish")

    assert run.status == "SUCCEEDED", run.error_cause
    record = entries("/session1", charlie)[""]
    assert record["project_metadata"]["motion"]["good"] == 3
    assert {one["filename"] for one in record["files"]} == {"motion.json", "motion.png"}
    assert entries("/session1", bob)["notes"]["comment"] == "sharp"
    assert (there / "session1" / "movies" / "movie_002.mrc").exists()


def test_what_is_rejected_leaves_no_copies_and_no_record(session, decide, entries, charlie, there, here):
    run = decide(session, "Reject")

    assert run.status == "SUCCEEDED", run.error_cause
    assert tree(there) == {"session1": None}
    assert (here / "raw" / "movie_002.mrc").exists()
    with pytest.raises(NotFound):
        entries("/session1", charlie)


def test_again_measures_again_and_asks_again(session, decide, here):
    write_movies(here / "raw", "movie", range(3), drift=4)
    run = decide(session, "Again")

    question = WebInput.objects.get(action__run=run, status="open")
    assert question.text.startswith("0 of 3 movies moved")


def test_movies_that_cannot_be_copied_are_not_asked_about(go, source, destination, index):
    told = {"source": at(source, "/none"), "destination": at(destination, "/session1"), "files": ["a.mrc"]}
    run = go("cryo_em_session", told | {"search_index": str(index.pk)})

    assert (run.error_name, WebInput.objects.count()) == ("StageFailed", 0)
