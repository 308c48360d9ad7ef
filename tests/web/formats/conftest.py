"""Records to be written in every format: one that tells all, one like the sample's, one that tells next to nothing."""

import pytest

from tests.web.conftest import entry, index, put

__all__ = ["index", "put"]

ORCID = "https://orcid.org/0000-0002-1825-0097"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
SUM = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FULL = {
    "titles": [{"title": "Chip 7 <of> {12} & more"}],
    "creators": [
        {
            "name": "Curie, Marie",
            "nameType": "Personal",
            "familyName": "Curie",
            "givenName": "Marie",
            "nameIdentifiers": [{"nameIdentifier": ORCID, "nameIdentifierScheme": "ORCID"}],
            "affiliation": [
                {"name": "Sorbonne", "affiliationIdentifier": "https://ror.org/02en5vm52"},
                "Institut du Radium",
            ],
        },
        {"name": "Beamline 7", "nameType": "Organizational"},
    ],
    "contributors": [{"name": "Doe, Jane", "contributorType": "DataCurator"}, {"name": "x", "contributorType": "Cat"}],
    "publicationYear": 2021,
    "publisher": {"name": "Glass House"},
    "doi": "10.5072/ex.7",
    "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Diffraction images"},
    "subjects": [{"subject": "crystals"}, {"subject": "proteins"}],
    "dates": [
        {"date": "2021-04-20", "dateType": "Issued"},
        {"date": "2021-04-01/2021-04-03", "dateType": "Collected"},
        {"date": "in spring", "dateType": "Created"},
    ],
    "language": "en",
    "version": "2",
    "descriptions": [{"description": "All of chip 7.\nTwice.", "descriptionType": "Abstract"}],
    "rightsList": [{"rights": "CC BY 4.0", "rightsUri": LICENSE, "rightsIdentifier": "CC-BY-4.0"}],
    "relatedIdentifiers": [
        {"relatedIdentifier": "10.5072/ex.6", "relatedIdentifierType": "DOI", "relationType": "IsNewVersionOf"},
        {"relatedIdentifier": "https://example.org/paper", "relatedIdentifierType": "URL", "relationType": "IsCitedBy"},
        {"relatedIdentifier": "here", "relatedIdentifierType": "Shelf", "relationType": "IsCitedBy"},
    ],
    "fundingReferences": [
        {
            "funderName": "Fund",
            "funderIdentifier": "https://ror.org/00k4n6c32",
            "funderIdentifierType": "ROR",
            "awardNumber": "777",
            "awardUri": "https://example.org/award/777",
            "awardTitle": "Light",
        }
    ],
}
FILES = [
    {
        "filename": "a.cbf",
        "url": "https://data.example.org/a.cbf",
        "mime_type": "image/x-cbf",
        "length": 1200,
        "sha256": SUM,
    },
    {"filename": "b.txt", "url": "https://data.example.org/b%20b.txt", "mime_type": "text/plain", "length": 34},
    {"filename": "no address"},
]
LIKE_THE_SAMPLES = {
    "dc": {
        "titles": [{"title": "Agate_1_images"}],
        "creators": [{"name": "Alice (sample)"}],
        "publicationYear": "2020",
        "publisher": {"name": "Beamline 7 (example)"},
        "dates": [{"dateType": "Created", "date": "2020-02-11T09:14:03.123456Z"}],
        "version": "1",
    },
    "files": [{"filename": "x.json", "url": "globus://6f1d/x.json", "mime_type": "application/json", "length": 6000}],
}
CONTENTS = {
    "full": {**FULL, "files": FILES},
    "sample": LIKE_THE_SAMPLES,
    "bare": {},
    "odd": {"title": "\x01\ud7ff\ufffe<&>", "creator": [7, ""], "description": "\x0b]]>", "files": [{"url": 5}, "x"]},
}


@pytest.fixture(params=CONTENTS)
def kind(request):
    return request.param


@pytest.fixture
def fetch(client, index, put, alice):
    """What a visitor is answered who asks for a record in a format."""

    def fetch(kind, name, **more):
        put(index, alice, entry(kind, **CONTENTS[kind]))
        return client.get(f"/crystals/detail/{kind}/", {"format": name}, **more)

    return fetch
