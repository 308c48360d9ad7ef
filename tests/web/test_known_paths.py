"""The paths that an index shows, as everybody looks them up."""

from apps.search.types import Presentation, Shown, ShownFacet


def test_a_path_that_is_shown_in_several_ways_is_known_as_the_facet_that_it_is():
    facet, rate = ShownFacet("protein", "Protein"), Shown("rate", "Rate", "%")

    shown = Presentation(facets=(facet,), summary=(rate, Shown("protein", "What")), columns=(Shown("rate", "R"),))

    assert shown.known == {"protein": facet, "rate": rate}
