"""A record as CSL JSON, from which citation processors write any style."""

from __future__ import annotations

import json
from typing import Any

from apps.web.record import bibtex
from apps.web.record.description import Description
from apps.web.record.linked_data import told
from apps.web.record.work import Creator, Work

_KINDS = {"": "dataset", "Dataset": "dataset", "Software": "software"}


def write(description: Description) -> str:
    """A list, as CSL's own schema wants it."""
    return json.dumps([_item(description.work)], ensure_ascii=False, indent=2)


def _item(work: Work) -> dict[str, Any]:
    return told(
        {
            "id": bibtex.key(work),
            "type": _KINDS.get(work.kind, "document"),
            "title": work.title,
            "author": [_name(creator) for creator in work.creators],
            "issued": {"date-parts": [[int(part) for part in work.issued.split("-")]]} if work.issued else None,
            "publisher": work.publisher,
            "version": work.version,
            "language": work.language,
            "keyword": ", ".join(work.keywords),
            "abstract": work.description,
            "DOI": work.doi,
            "URL": work.address,
        }
    )


def _name(creator: Creator) -> dict[str, str]:
    is_parted = creator.family and not creator.is_organisation
    return told({"family": creator.family, "given": creator.given}) if is_parted else {"literal": creator.name}
