"""Definitions as text: JSON, or YAML as its version 1.2 has it (``no`` is a word, ``2026-01-01`` is text).

``parse`` reads either and tells where it cannot; ``to_yaml`` writes what ``parse`` reads back the same.
"""

from __future__ import annotations

import json
from typing import Any  # Any: JSON

from apps.flows.language.documents.errors import MOST_BYTES, BadSyntax, Place
from apps.flows.language.documents.json_text import NotJSON, from_json
from apps.flows.language.documents.yaml_text import from_yaml, to_yaml

__all__ = ["MOST_BYTES", "BadSyntax", "Place", "parse", "places_in", "text_of", "to_json", "to_yaml"]


def parse(text: str | bytes) -> Any:
    """The document in ``text``. What looks like JSON and is none is read as YAML, which forgives a trailing comma.

    Raises:
        BadSyntax: it is neither, or too large; says where.
    """
    told = text_of(text)
    if not told.lstrip().startswith(("{", "[")):
        return from_yaml(told)[0]
    try:
        return from_json(told)
    except NotJSON as error:
        try:
            return from_yaml(told)[0]
        except BadSyntax:
            raise error from None


def places_in(text: str | bytes) -> dict[str, Place]:
    """Where each part of a document begins, by its JSON pointer: so are findings shown beside the text.

    Raises:
        BadSyntax: it cannot be read.
    """
    return from_yaml(text_of(text).replace("\t", " "))[1]


def to_json(document: Any) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def text_of(text: str | bytes) -> str:
    """What was read from a file, as text.

    Raises:
        BadSyntax: it is too large, or not in UTF-8.
    """
    if len(text) > MOST_BYTES:
        raise BadSyntax(f"The text is larger than {MOST_BYTES // 1_000_000} MB.", Place(1, 1))
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = text[: error.start].decode("utf-8", "replace")
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise BadSyntax("The text is not in UTF-8. Save it in UTF-8.", place) from error
