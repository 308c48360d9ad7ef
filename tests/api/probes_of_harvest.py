"""What a curious caller asks of harvesting, and of a record in its formats, to find what is hidden."""

from __future__ import annotations

from urllib.parse import quote

from tests.api.probe import Probe, get

FORMATS = ("apa", "bibtex", "ris", "csl", "jsonld", "datacite-xml", "datacite-json", "dcat", "linkset")
"""Not RO-Crate, which is compressed: tests/web/formats looks into it."""
_SUBJECTS = ("sub/1", "secret/hyperborea", "secret/7", "none")
_NAMES = [f"oai:127.0.0.1:mirror/{quote(subject, safe='')}" for subject in _SUBJECTS]
_PREFIXES = ("oai_dc", "oai_datacite", "datacite")
_SPANS: tuple[dict[str, str], ...] = (
    {},
    {"set": "mirror"},
    {"set": "clandestine"},
    {"set": "none"},
    {"until": "2000-01-01"},
)
_FEEDS: tuple[dict[str, object], ...] = (
    {},
    *({"q": word} for word in ("lysozyme", "zyzzogeton", "xenodo*", "secret/hyperborea", "777.125")),
    *({"filter.kind": kind} for kind in ("run", "Borborygmus", "Apricity")),
    {"filter-not.kind": "Borborygmus"},
    {"filter-exists.quixotrope": "true"},
    {"bypass_visible_to": "true"},
    {"filter_principal_sets": "ultracrepid"},
)


def _oai(verb: str, **parameters: object) -> Probe:
    return get("/oai", verb=verb, **parameters)


OF_HARVEST = {
    "oai": [
        *(_oai(verb) for verb in ("Identify", "ListSets", "ListMetadataFormats", "Steal")),
        *(
            _oai(f"List{what}", metadataPrefix="oai_dc", **span)
            for what in ("Records", "Identifiers")
            for span in _SPANS
        ),
        *(_oai("ListRecords", metadataPrefix=prefix) for prefix in _PREFIXES[1:]),
        *(_oai("GetRecord", metadataPrefix=prefix, identifier=name) for prefix in _PREFIXES for name in _NAMES),
        *(_oai("ListMetadataFormats", identifier=name) for name in _NAMES),
        _oai("GetRecord", metadataPrefix="oai_dc", identifier="oai:127.0.0.1:clandestine/sub%2F1"),
        Probe("POST", "/oai", "verb=ListRecords&metadataPrefix=oai_dc", "application/x-www-form-urlencoded"),
    ],
    "robots.txt": [get("/robots.txt")],
    "sitemap.xml": [get("/sitemap.xml")],
    "<str:name>/sitemap-<int:number>.xml": [
        get(f"/{slug}/sitemap-{number}.xml") for slug in ("{slug}", "clandestine", "none") for number in (1, 2)
    ],
    "<str:name>/feed/": [
        *(get("/{slug}/feed/", **link) for link in _FEEDS),
        *(get(f"/{slug}/feed/") for slug in ("clandestine", "none")),
    ],
}
