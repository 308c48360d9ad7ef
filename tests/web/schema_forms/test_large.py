"""Three large schemas of real use: DataCite's, that of a run, and the input of a flow."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from apps.common.json_formats import FORMATS
from apps.common.places import at
from apps.web.schema_forms.form import SchemaForm
from apps.web.schema_forms.spelling import same
from tests.web.schema_forms.browser import read_page, round_trip

HERE = Path(__file__).parent
FLOWS = HERE.parents[2] / "apps/flows/ready_made"
DATACITE = {
    "doi": "10.5281/zenodo.1234",
    "titles": [{"title": "Bounce 7"}, {"title": "Time-resolved", "titleType": "Subtitle", "lang": "en"}],
    "creators": [
        {"nameType": "Personal", "familyName": "Sample", "orcid": "0000-0002-1825-0097"},
        {"nameType": "Organizational", "name": "Beamline 7", "affiliation": [{"name": "CERN"}]},
    ],
    "contributors": [{"nameType": "Personal", "familyName": "Bob", "contributorType": "DataCurator"}],
    "publisher": {"name": "Vitrine"},
    "publicationYear": 2027,
    "types": {"resourceTypeGeneral": "Dataset"},
    "subjects": [{"subject": "PDL1"}],
    "dates": [
        {"date": "2021-04-21", "dateType": "Collected"},
        {"date": "2021-04-21/2021-04-23", "dateType": "Valid"},
        {"date": "2021", "dateType": "Issued"},
    ],
    "relatedIdentifiers": [
        {"relatedIdentifierType": "DOI", "relatedIdentifier": "10.1000/456", "relationType": "Cites"},
        {
            "relatedIdentifierType": "URL",
            "relatedIdentifier": "x",
            "relationType": "HasMetadata",
            "schemeUri": "urn:x:y",
        },
    ],
    "rightsList": [{"rightsIdentifier": "cc0-1.0"}],
    "descriptions": [{"description": "One.\n\nTwo.", "descriptionType": "Abstract"}],
    "geoLocations": [{"geoLocationPoint": {"pointLongitude": -1.3, "pointLatitude": 51.57}}],
    "fundingReferences": [
        {"funderName": "A", "funderIdentifierType": "ROR", "funderIdentifier": "https://ror.org/04wxnsj81"},
        {"funderName": "B", "funderIdentifierType": "Other", "funderIdentifier": "x-1"},
    ],
}
RUN = {
    "title": "Bounce 7, images",
    "date": "2021-04-21",
    "instrument": "bl7",
    "proposal": "mx25260-12",
    "people": [{"family": "Sample", "given": "Alice", "mail": "alice@example.org"}, {"family": "Bob"}],
    "beam": {"energy": 12.663, "flux": 5e12, "size": [8, 8.5]},
    "detector": {"name": "Pilatus 6M", "distance": 200, "images": 37400, "bad_pixels": [[1, 2], [3, 4]]},
    "delivery": {"kind": "tape", "delay": None},
    "sample": {
        "protein": "PDL1",
        "space_group": "P 43 21 2",
        "cell": {"a": 42.1, "b": 42.1, "c": 88},
        "is_ligand_bound": True,
        "ligand": "BMS-202",
        "soak": 5,
        "conditions": {"buffer": "HEPES", "pH": "7.5"},
    },
    "techniques": ["time-resolved", "ligand screening"],
    "notes": "Soak of 5 minutes was too short.",
}
PLACE = {"id": "6c54cade-bde5-45c1-bdea-f4bd71dba2cc", "path": "/run/"}
FLOW = {"source": PLACE, "destination": PLACE, "search_index": PLACE["id"], "files": ["a.cbf", "b.cbf"], "count": 2}


def schema_of(name):
    if name == "flow":
        return json.loads((FLOWS / "serial_crystallography.json").read_text())["input_schema"]
    return json.loads((HERE / "schemas" / f"{name}.json").read_text())


LARGE = [("datacite", DATACITE), ("crystallography", RUN), ("flow", FLOW)]
WRONG = [
    ("datacite", DATACITE, "/creators/0/orcid", "0000-0002-1825-0098", "The last digit does not fit the others."),
    ("datacite", DATACITE, "/creators/1/name", 7, "This must be a text."),
    ("datacite", DATACITE, "/fundingReferences/0/funderIdentifier", "x", "Write an identifier of ROR"),
    ("datacite", DATACITE, "/relatedIdentifiers/0/relatedIdentifier", "x", "Write a DOI"),
    ("datacite", DATACITE, "/geoLocations/0/geoLocationPoint/pointLatitude", 91, "It must be at most 90."),
    ("datacite", DATACITE, "/publicationYear", "soon", "This must be a whole number."),
    ("crystallography", RUN, "/beam/energy", 0, "It must be more than 0."),
    ("crystallography", RUN, "/beam/size/1", "wide", "This must be a number."),
    ("crystallography", RUN, "/sample/ligand", "x", "Write at least 2 signs."),
    ("crystallography", RUN, "/people/1/mail", "bob", "Write an e-mail address"),
    ("crystallography", RUN, "/title", "Run", "Write at least 5 signs."),
    ("flow", FLOW, "/count", 0, "It must be at least 1."),
    ("flow", FLOW, "/files/1", "", "Fill this in."),
]


def changed(value, place, new):
    """The value with something else at a place."""
    value = deepcopy(value)
    above, _, key = place.rpartition("/")
    inside = at(value, above)
    inside[int(key) if isinstance(inside, list) else key] = new
    return value


@pytest.mark.parametrize(("name", "value"), LARGE)
def test_a_whole_value_comes_back_the_same(alice, name, value):
    schema = schema_of(name)

    found = round_trip(SchemaForm(schema, alice), value)

    assert same(found.value, value), found.value
    assert found.faults == {}
    assert Draft202012Validator(schema, format_checker=FORMATS).is_valid(value)


@pytest.mark.parametrize(("name", "value", "place", "new", "words"), WRONG)
def test_what_is_wrong_is_told_at_its_field_and_nowhere_else(alice, name, value, place, new, words):
    form = SchemaForm(schema_of(name), alice)

    found = round_trip(form, changed(value, place, new))

    assert list(found.faults) == [place], found.faults
    assert found.faults[place].startswith(words)
    assert same(found.value, changed(value, place, new))


@pytest.mark.parametrize("name", ["datacite", "crystallography", "flow"])
def test_a_form_that_is_begun_says_all_that_is_missing(alice, name):
    form = SchemaForm(schema_of(name), alice)

    found = form.read(form.typed())

    view = form.shown(form.typed(), found.faults)
    assert len(view.wrong) == len(found.faults) > 2
    assert {one.anchor for one in view.wrong} <= read_page(view).ids
