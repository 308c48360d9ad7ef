"""The parts of a page that are written without a template say what they are given, and no markup of a record's."""

from apps.web import markup
from apps.web.charts.figure import Row
from apps.web.charts.shapes import Bar
from apps.web.facets.facet import Option
from apps.web.record.readable import Fact
from apps.web.results.hits import HitCard, Piece, Snippet, Thumbnail
from apps.web.results.table import Cell, Heading
from apps.web.results.table import Row as ResultRow
from apps.web.values import value
from apps.web.who import Who

FOUL = '"><script>alert(1)</script>'


def test_no_text_of_a_record_is_markup_in_a_facet_or_a_table():
    foul = Option(FOUL, FOUL, FOUL, FOUL, 3, exclude_url=f"/?q={FOUL}")
    written = [
        markup.options([foul]),
        markup.rows([Row(FOUL, f"/?q={FOUL}", (Bar(FOUL, 1, f"/?q={FOUL}"),))]),
        markup.pieces([Piece(FOUL), Piece(FOUL, is_marked=True)]),
        markup.facts([Fact(FOUL, (value(FOUL),), FOUL)]),
        markup.hit(_hit(FOUL), why=FOUL),
        markup.hit_rows([_hit_row(FOUL)], has_snippets=True),
    ]

    assert "<script>" not in "".join(written)
    assert "&quot;&gt;&lt;script&gt;" in written[0]


def test_a_result_has_the_parts_that_there_are():
    bare = markup.hit(HitCard("s", "/x/", (Piece("Title"),), snippets=(), facts=(), who=()))
    full = markup.hit(_hit("Onyx"), why="new today")

    assert '<h3><a href="/x/">Title</a></h3>' in bare
    assert not any(part in bare for part in ("<img", "snippet", "<dl", 'class="who"', "why"))
    assert all(part in full for part in ("<img", "Onyx:</span> Onyx", "<dt>Onyx</dt>", 'data-who="Onyx"', "new today"))


def test_a_row_of_results_says_what_is_missing_and_where_a_word_stands():
    heading, hit = Heading("Rate", "%", is_number=True), _hit("Onyx")
    blank = markup.hit_rows([ResultRow(hit, (Cell(heading, None),), None)], has_snippets=True)
    full = markup.hit_rows([ResultRow(hit, (Cell(heading, hit.facts[0]),), hit.snippets[0])], has_snippets=True)

    assert '<td class="num" data-label="Rate"><span class="none">none</span></td><td class="s"></td></tr>' in blank
    assert 'data-label="Rate">Onyx<span class="unit fold-only"> %</span></td>' in full
    assert '<td class="s"><span class="dim">Onyx:</span> Onyx</td>' in full


def _hit_row(text: str) -> ResultRow:
    hit = _hit(text)
    return ResultRow(hit, (Cell(Heading(text, text), hit.facts[0]),), hit.snippets[0])


def _hit(text: str) -> HitCard:
    """A result that says this everywhere."""
    piece, fact = Piece(text), Fact(text, (value(text),))
    snippet, picture = Snippet(text, (piece,)), Thumbnail(text, text)
    return HitCard(text, text, (piece,), (snippet,), (fact,), (Who(text, text),), picture)


def test_a_value_has_a_box_or_the_way_back_to_it():
    ticked = markup.options([Option("f1", "filter.protein", "KRAS", "KRAS", 1200, share=50, is_chosen=True)])
    excluded = markup.options([Option("f1", "filter.protein", "KRAS", "KRAS", 3, is_excluded=True, exclude_url="/x/")])

    assert 'name="filter.protein" value="KRAS" data-apply checked>' in ticked
    assert '<data value="1200">1,200</data>' in ticked
    assert "<input" not in excluded
    assert "<s>KRAS</s>" in excluded
    assert "Include KRAS" in excluded
