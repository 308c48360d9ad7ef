"""Two interpreters make the same of the same definition, or it stands in ``differences.yaml`` why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apps.flows import actions
from apps.flows.language.documents import parse
from apps.flows.language.finding import InvalidDefinition
from apps.storage import services as storage
from tests.flows.moto.cases import BUCKET, KEY, Case, all_cases
from tests.flows.moto.double import Double
from tests.flows.moto.ended import Ended
from tests.flows.moto.second import run as second

CASES = all_cases()
REASONS = parse((Path(__file__).parent / "differences.yaml").read_text())
DIFFERENCES = {name: ours for cases in REASONS.values() for name, ours in cases.items()}
MOST_WAKES = 60
_BRANCHES = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
"""Of moto's: its branches go on for a moment when one of them has failed, and stumble over the end of the others."""
pytestmark = [pytest.mark.slow, _BRANCHES]


@pytest.fixture
def double(settings):
    """The double is one of the portal's actions."""
    caches = (actions.providers, actions._by_url)
    settings.FLOW_ACTIONS = [*settings.FLOW_ACTIONS, f"{Double.__module__}.{Double.__name__}"]
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


@pytest.fixture
def bucket(alice, tmp_path):
    """A collection of the name of a bucket."""

    def bucket(file):
        (tmp_path / KEY).write_text(file)
        alice.is_superuser = True  # she makes a collection
        alice.save(update_fields=["is_superuser"])
        storage.create_collection(actor=alice, name=BUCKET, kind="posix", settings={"root": str(tmp_path)})

    return bucket


@pytest.fixture
def first(double, start, carry, clock, bucket):
    """Run a case on the portal's engine, which sleeps by moving its clock."""

    def run(case: Case) -> Ended:
        if case.file is not None:
            bucket(case.file)
        told = {name: value for name, value in case.definition.items() if name not in {"States", "StartAt"}}
        try:
            run = start(case.definition["States"], case.input, start_at=case.definition["StartAt"], **told)
        except InvalidDefinition:
            return Ended(status="REFUSED")
        for _ in range(MOST_WAKES):
            run = carry(run)
            if run.is_over:
                break
            clock.now = max(clock.now, run.due_at)
        told = {"output": run.output, "error": run.error_name, "cause": run.error_cause}
        return Ended.of(status=run.status, pauses=pauses_of(run), **told)

    return run


def pauses_of(run):
    """How long it waited, by its log."""
    for entry in run.log.filter(code__in=["Waiting", "RetryScheduled"]):
        until = entry.details.get("until") or entry.details["at"]
        yield (type(entry.at).fromisoformat(until) - entry.at).total_seconds()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_come_to_the_same_end(case, first):
    ours, theirs = first(case), second(case.definition, case.input, case.file)

    if case.name not in DIFFERENCES:
        assert ours == theirs, json.dumps(case.definition)
    else:
        assert ours != theirs, "they agree: take it out of differences.yaml"
        assert shortly(ours) == DIFFERENCES[case.name]


def shortly(ended):
    if ended.status == "SUCCEEDED":
        return {"output": json.loads(ended.output)}
    return {"error": ended.error} if ended.error else {"status": ended.status}


def test_there_are_many_cases_and_each_difference_is_one_of_them():
    names = {case.name for case in CASES}

    assert len(names) == len(CASES) >= 600
    assert set(DIFFERENCES) <= names
