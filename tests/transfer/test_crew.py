"""Hands that work on stacks of lines, in threads of this process."""

import threading
from queue import SimpleQueue

import pytest

from apps.transfer.models import File
from apps.transfer.mover.crew import MOST_LINES, Threads


@pytest.fixture
def crew():
    """Makes one that does this; closed at the end."""
    made = []

    def make(do, hands=4):
        made.append(Threads(do, hands, SimpleQueue()))
        return made[-1]

    yield make
    for one in made:
        one.close()


def landed(crew, number):
    landings = [crew.landed.get(timeout=30) for _ in range(number)]
    for landing in landings:
        crew.give_back(landing)
    return landings


def test_each_stack_lands_once_with_what_went_wrong_in_it(crew):
    def do(line):
        if line.pk % 3 == 0:
            raise OSError(line.pk)

    crew = crew(do)
    for first in range(0, 40, 2):
        crew.take([File(pk=first), File(pk=first + 1)])

    told = {line.pk: error for one in landed(crew, 20) for line, error in zip(one.stack, one.errors, strict=True)}
    assert [pk for pk in sorted(told) if told[pk]] == list(range(0, 40, 3))
    assert (crew.under_way, crew.landed.empty()) == (0, True)


def test_who_waits_leaves_the_processor_to_the_others(crew):
    together = threading.Barrier(4)
    crew = crew(lambda line: together.wait(30))

    for number in range(8):
        crew.take([File(pk=number)])

    assert [landing.errors for landing in landed(crew, 8)] == [[None]] * 8


def test_stacks_grow_while_files_are_quick(crew):
    crew = crew(lambda line: None, hands=1)

    for _ in range(10):
        crew.take([File()] * crew.lines)
        landed(crew, 1)

    assert crew.lines == MOST_LINES
