"""Words are the same whichever way they are found."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from apps.search import analysis


@given(st.text(st.characters(max_codepoint=127)))
@example("Dr. X-42's\tREADME_v2.txt\x1fend")
@example(f"{'a' * 255} {'b' * 256} {'c' * 257}")
def test_the_words_of_plain_text_are_those_that_the_analyser_finds(text):
    assert analysis.words(text) == analysis.analyser(stemmed=False).analyze(text)
