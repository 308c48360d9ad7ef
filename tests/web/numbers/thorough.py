"""How often pages are asked, by whom, and how a difference is told.

``VITRINE_PAGE_CASES`` says how many questions; each is asked as four callers. With
``VITRINE_PROPERTY_DERANDOMIZE=1`` they are the same ones each time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.web.numbers.asking import Asked, pages
from tests.web.numbers.meaning import Views
from tests.web.numbers.records import CALLERS, Records

CASES = int(os.environ.get("VITRINE_PAGE_CASES", "25"))
AT_ONCE = 5
"""So many questions are about the same records, because writing those takes longest."""

thorough = settings(
    max_examples=max(1, CASES // AT_ONCE),
    deadline=None,
    derandomize=os.environ.get("VITRINE_PROPERTY_DERANDOMIZE", "0") == "1",
    database=None,  # A failure tells its case whole; nothing is left in the tree.
    print_blob=False,
    report_multiple_bugs=False,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[  # The fixtures give people and a library, which no question changes.
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)
questions = st.lists(pages, min_size=AT_ONCE, max_size=AT_ONCE)


def each_time(records: Records, questions: Sequence[Asked]) -> Iterator[tuple[str, Views, Asked]]:
    """Each question with who asks it and what they see. To see all is for Alice alone."""
    for asked in questions:
        for name, principals in CALLERS.items():
            if name == "alice" or not asked.sees_all:
                yield name, records.seen_by(None if asked.sees_all else principals), asked


def assert_none(differences: list[str], asked: Asked, name: str, records: Records) -> None:
    case = [f"  to {asked.pairs}", f"  asked by {name}", f"  of {records!r}"]
    assert not differences, "\n".join(["", *differences, *case])
