"""The service of identifiers answers nothing, or the wrong thing, or does what it was asked and does not say so."""

import pytest

from apps.flows.actions.identifier import datacite as minter
from apps.publish.models import Submission, Version

State = Submission.State
PASSING = ["away", "failing", "hanging", "babbling", "losing"]
"""What passes by itself."""


@pytest.fixture
def kind(datacite, monkeypatch):
    monkeypatch.setattr(minter, "TIMEOUT_S", 0.2)
    return "datacite"


@pytest.fixture
def state_of(state_of, datacite):
    return lambda submission: {**state_of(submission), "dois": {**datacite.dois}}


@pytest.fixture
def sulks(datacite, at):
    """From a step on it answers like this; to questions, too, or to what changes something alone."""

    def sulks(mood, step="reserve", asked=("GET", "POST", "PUT", "DELETE"), and_then=lambda: None):
        def begin():
            datacite.mood, datacite.moody = mood, set(asked)
            and_then()

        at(step, begin)

    return sulks


@pytest.mark.parametrize("step", ["reserve", "release"])
@pytest.mark.parametrize("mood", PASSING)
def test_what_passes_is_waited_for(sent, work, sulks, datacite, mood, step):
    sulks(mood, step)

    waits = work(sent(), rounds=6, each_s=40)
    assert waits.state == State.PUBLISHING
    datacite.mood = ""

    done = work(waits, each_s=40)
    assert done.state == State.PUBLISHED
    assert [one["state"] for one in datacite.dois.values()] == ["findable"] * done.number


@pytest.mark.parametrize("mood", PASSING)
def test_a_reserved_name_is_given_back_when_the_service_is_there_again(
    sent, work, undone, at, sulks, datacite, cancel, mood
):
    at("ingest", cancel)
    sulks(mood, "ingest")

    waits = work(sent(), rounds=6, each_s=40)
    assert waits.state == State.UNDOING
    datacite.mood = ""

    assert undone(work(waits, each_s=40))


@pytest.mark.parametrize("mood", ["away", "losing"])
def test_a_name_that_nobody_was_told_of_is_given_back(sent, work, undone, sulks, datacite, cancel, mood):
    """It was reserved, or not, when the connection broke; then somebody cancels."""
    sulks(mood, asked=["POST"])

    waits = work(sent(), rounds=4)
    cancel()
    datacite.mood = ""

    assert undone(work(waits, each_s=40))


@pytest.mark.parametrize("step", ["reserve", "release"])
def test_a_service_that_refuses_leaves_nothing(sent, work, undone, sulks, step):
    sulks("refusing", step, ["POST", "PUT"])

    done = work(sent())

    assert undone(done)
    assert "DataCite refused it" in done.trouble


def test_an_account_that_was_closed_is_waited_for(sent, work, undone, at, datacite):
    """Neither may a name be released then, nor given back."""
    expects = datacite.expects
    at("release", lambda: setattr(datacite, "expects", "another account"))

    waits = work(sent(), rounds=6, each_s=40)
    assert waits.state == State.UNDOING
    datacite.expects = expects

    assert undone(work(waits, each_s=40))


def test_what_was_released_is_published_though_nobody_was_told(sent, work, sulks, datacite, cancel):
    """Who cancels it then is too late: the name is found for ever."""
    sulks("losing", "release", ["PUT"])

    waits = work(sent(), rounds=4)
    cancel()
    datacite.mood = ""

    done = work(waits, each_s=40)
    assert done.state == State.PUBLISHED
    assert done.versions.first().state == Version.State.PUBLISHED
