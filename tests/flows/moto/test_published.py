"""Whatever the published language has is taken, and it is known where it is shown to work: nothing is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apps.flows.language.checking import check
from apps.flows.language.checking.fields import JSONPATH
from apps.flows.language.checking.handling import CATCHER, RETRIER
from apps.flows.language.checking.items import BATCHER, CONFIG, READER, WRITER, WRITER_CONFIG
from apps.flows.language.checking.state_fields import SHAPES
from apps.flows.language.documents import parse
from tests.flows.language.makers import machine, task
from tests.flows.moto.cases import all_cases

FOLDER = Path(__file__).parent
PUBLISHED = parse((FOLDER / "published.yaml").read_text())
OURS = {
    "Task": {"ActionUrl", "ActionScope", "Handler", "RunAs", "WaitTime", "ExceptionOnActionFailure"},
    "Catcher": {"Comment"},
    "Retrier": {"Comment"},
}
"""Of Globus Flows, besides."""
INNER = {
    **dict.fromkeys(("ItemProcessor", "Iterator"), "ItemProcessor"),
    **{name: name for name in ("ItemReader", "ReaderConfig", "ItemBatcher", "ResultWriter", "WriterConfig")},
    **{"Retry": "Retrier", "Catch": "Catcher", "Choices": "Rule", "And": "Rule", "Or": "Rule", "Not": "Rule"},
}
ALL = {
    **{kind: shape for kind, shape in SHAPES.items() if kind in PUBLISHED},
    **{"Retrier": RETRIER, "Catcher": CATCHER, "ItemBatcher": BATCHER, "ItemReader": READER, "ReaderConfig": CONFIG},
    **{"ResultWriter": WRITER, "WriterConfig": WRITER_CONFIG},
}


def fields_of(kind: str) -> set[str]:
    return {name for names in PUBLISHED[kind].values() for name in names}


def used_in(value: Any, kind: str = "") -> Iterator[tuple[str, str]]:
    """What of it is used by cases, with what it is of."""
    if isinstance(value, list):
        for each in value:
            yield from used_in(each, kind)
    if not isinstance(value, dict):
        return
    is_machine = "States" in value and "StartAt" in value
    kind = kind if kind else "Machine" if is_machine else str(value.get("Type", ""))
    for name, inner in value.items():
        yield kind, name
        if name == "States" and is_machine:
            yield from (pair for state in inner.values() for pair in used_in(state))
        elif name == "Branches":
            yield from used_in(inner)
        elif name in INNER:
            yield from used_in(inner, INNER[name])


@pytest.fixture(scope="module")
def used():
    found = defaultdict(set)
    for case in all_cases():
        for kind, name in used_in(case.definition):
            found[kind].add(name)
    return found


@pytest.mark.parametrize("kind", ALL)
def test_all_that_is_published_is_taken_and_nothing_else_but_what_is_of_globus(kind):
    taken = {name for name, field in ALL[kind].fields.items() if field.languages & JSONPATH}

    assert taken - OURS.get(kind, set()) == fields_of(kind)


@pytest.mark.parametrize("kind", PUBLISHED)
def test_what_is_said_to_be_shown_is_shown_there(kind, used):
    for where, names in PUBLISHED[kind].items():
        if where == "cases":
            assert set(names) - used[kind] == set()
        elif where != "warned":
            text = (FOLDER.parent / where).read_text()
            assert [name for name in names if name not in text] == [], where


@pytest.mark.parametrize("name", [name for places in PUBLISHED.values() for name in places.get("warned", ())])
def test_what_has_no_effect_is_warned_of(name):
    found = check(machine(A=task(**{name: {}})))

    assert [(finding.pointer, finding.code) for finding in found] == [(f"/States/A/{name}", "ignored-field")]
