"""The evaluator keeps the contract that it judges the engines by."""

import pytest

from tests.search.contract import SearchBackendContract
from tests.search.matching import edits
from tests.search.memory import MemoryBackend


class TestEvaluator(SearchBackendContract):
    # It has no scores.
    test_the_better_match_comes_first = None
    test_what_is_identified_and_boosted_comes_first = None
    test_a_boost_lifts_where_the_words_stand_in_its_path = None
    test_a_hit_explains_its_score_when_asked = None

    @pytest.fixture
    def backend(self):
        return MemoryBackend()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("", "", 0), ("a", "", 1), ("abc", "acb", 1), ("ca", "abc", 3), ("kitten", "sitting", 3), ("ab", "ba", 1)],
)
def test_edits_are_counted(one, other, expected):
    assert edits(one, other) == edits(other, one) == expected
