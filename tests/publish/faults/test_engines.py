"""The engine of the index is away: OpenSearch does not answer, or the embedded one's folder may not be written to."""

from functools import partial

import pytest

from apps.publish.models import Submission
from apps.search.backends import engine
from tests.publish.faults.broken import read_only, shut
from tests.survival.gate import Gate

State = Submission.State
DAY_S = 86_400 + 60


@pytest.fixture
def engine_goes(settings, away, tmp_path, monkeypatch):
    """Lets the engine that the settings name be away, until ``away`` ends. It is this test's: ask for it first."""
    options = settings.SEARCH_BACKENDS[settings.SEARCH_BACKEND][1]
    if settings.SEARCH_BACKEND == "opensearch":
        gate = Gate(options["url"])
        monkeypatch.setitem(options, "url", gate.url)
        broken = partial(shut, gate)
    else:
        folder = tmp_path / "engine"
        folder.mkdir()
        monkeypatch.setitem(options, "folder", folder)
        broken = partial(read_only, folder)
    engine.cache_clear()
    yield lambda: away.begin(broken())
    engine.cache_clear()


def test_an_engine_that_is_away_is_waited_for(engine_goes, away, sent, work, at):
    at("ingest", engine_goes)

    waits = work(sent(), rounds=4)
    assert waits.state == State.PUBLISHING
    away.end()

    assert work(waits, each_s=10).state == State.PUBLISHED


@pytest.mark.parametrize("step", ["permit", "ingest"])
def test_undoing_waits_for_an_engine_that_is_away(engine_goes, away, sent, work, undone, at, cancel, step):
    at(step, lambda: (engine_goes(), cancel()))

    waits = work(sent(), rounds=6, each_s=10)
    assert waits.state == State.UNDOING
    away.end()

    assert undone(work(waits, each_s=10))


def test_what_waits_for_an_engine_all_day_is_undone(engine_goes, away, sent, work, undone, at, clock):
    at("ingest", engine_goes)
    waits = work(sent(), rounds=4)

    clock.forward(DAY_S)
    assert work(waits, rounds=4).state == State.UNDOING
    clock.forward(-DAY_S)
    away.end()

    assert undone(work(waits, each_s=10))
