"""What a record can be had as. Each writer is a pure function from one description; ``FORMATS`` names them all.

A format is asked for by name (``?format=ris``) or by its media type (``Accept``) at the address of the record's page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from apps.web.record import bibtex, citation, linked_data
from apps.web.record.description import Description
from apps.web.record.formats import csl, datacite, datacite_xml, dcat, ris, ro_crate


@dataclass(frozen=True, slots=True)
class Format:
    """``ending`` is that of a file; ``profile`` is what the document keeps to beside its media type."""

    label: str
    media_type: str
    ending: str
    write: Callable[[Description], str | bytes]
    profile: str = ""
    is_metadata: bool = True

    @property
    def accepted(self) -> str:
        """By what it is asked for: of two of one media type, one is told by its profile."""
        return f'{self.media_type};profile="{self.profile}"' if self.profile else self.media_type

    @property
    def content_type(self) -> str:
        is_plain = self.media_type.startswith(("text/", "application/x-"))
        return f"{self.media_type}; charset=utf-8" if is_plain else self.accepted


def _apa(description: Description) -> str:
    return citation.text(description.work) + "\n"


def _bibtex(description: Description) -> str:
    return bibtex.entry(description.work) + "\n"


def _schema_org(description: Description) -> str:
    return json.dumps(linked_data.document(description), ensure_ascii=False)


DATACITE = "application/vnd.datacite.datacite"
FORMATS = {
    "apa": Format("APA", "text/x-bibliography", "txt", _apa, is_metadata=False),
    "bibtex": Format("BibTeX", "application/x-bibtex", "bib", _bibtex),
    "ris": Format("RIS", "application/x-research-info-systems", "ris", ris.write),
    "csl": Format("CSL JSON", "application/vnd.citationstyles.csl+json", "json", csl.write),
    "jsonld": Format("schema.org", linked_data.TYPE, "jsonld", _schema_org),
    "datacite-xml": Format("DataCite XML", f"{DATACITE}+xml", "xml", datacite_xml.write),
    "datacite-json": Format("DataCite JSON", f"{DATACITE}+json", "json", datacite.write),
    "dcat": Format("DCAT-AP", linked_data.TYPE, "jsonld", dcat.write, profile=dcat.PROFILE),
    "ro-crate": Format("RO-Crate", "application/zip", "zip", ro_crate.write, profile=ro_crate.VERSION),
}
"""By the word in the address."""
