"""Documents of forms: checked, with the place of each fault, and read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from apps.access.errors import InvalidPrincipal
from apps.access.types import parse_principal
from apps.common.json_schema import Unjudgeable, require_schema
from apps.common.places import pointer_to
from apps.publish import fitting, patterns, sections
from apps.publish.types import AUTHORS, REVIEWERS, Choice, Fault, FormDocument, Identifiers, Section

_FILE = Path(__file__).with_name("form.schema.json")
MOST_FAULTS = 100
DEFAULT_CHOICES = [
    {"name": "public", "title": "Everyone", "visible_to": ["public"]},
    {"name": "authors", "title": "Only the authors", "visible_to": [AUTHORS]},
]


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a document."""
    told: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return told


def faults_in(document: Any) -> list[Fault]:
    """All that is wrong with a document, by JSON pointer. Anything at all may be asked about."""
    found = [
        Fault(pointer_to("", *error.absolute_path), f"{error.message[:300]}.")
        for error in _checker().iter_errors(document)
    ]
    if found:
        return found[:MOST_FAULTS]
    return [
        *_of_schema(document["schema"]),
        *_of_patterns(document),
        *_of_principals(document),
        *_of_sections(document),
        *_of_proposals(document),
    ]


def read(document: Mapping[str, Any]) -> FormDocument:
    """A document without faults."""
    told = {key: value for key, value in document.items() if key not in {"visibility", "restricted", "files"}}
    visibility, files = document.get("visibility", {}), document.get("files", {})
    choices = visibility.get("choices") or DEFAULT_CHOICES
    restricted = document.get("restricted", {})
    return FormDocument(
        **{
            **told,
            "index": told.get("index", ""),
            "collection": told.get("collection", ""),
            "identifier": Identifiers(told.get("identifier", "none")),
            "proposals": tuple(told.get("proposals", ())),
        },
        choices=tuple(Choice(**{**one, "visible_to": tuple(one["visible_to"])}) for one in choices),
        may_embargo=visibility.get("may_embargo", True),
        sections=tuple(
            Section(name=name, title=one["title"], visible_to=tuple(one["visible_to"]))
            for name, one in restricted.items()
        ),
        needs_files=files.get("required", False),
        files_at=files.get("at", "files"),
    )


@cache
def _checker() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _of_schema(told: Mapping[str, Any]) -> Iterator[Fault]:
    try:
        require_schema(told)
    except Unjudgeable as error:
        yield Fault("/schema", error.message)
        return
    except SchemaError as error:
        yield Fault(pointer_to("/schema", *error.absolute_path), f"This is no JSON Schema: {error.message[:300]}.")
        return
    if told.get("type") != "object":
        yield Fault("/schema/type", 'What a form asks for is an object. Write `"type": "object"`.')


def _of_patterns(document: Mapping[str, Any]) -> Iterator[Fault]:
    for place in ("path", "subject", "name"):
        pattern = document.get(place, "")
        if patterns.has_stray_brace(pattern):
            yield Fault(f"/{place}", "A brace stands alone. Write `{name}`, with a name of the form.")
        members = document["schema"].get("properties", {})
        for name in patterns.names_in(pattern):
            if name not in patterns.FACTS and name.split(".")[0] not in members:
                known = ", ".join(sorted({*members, *patterns.FACTS}))
                yield Fault(f"/{place}", f"`{{{name}}}` is nothing that the form asks for. There are: {known}.")
    if not document.get("path", "/").startswith("/"):
        yield Fault("/path", "A path begins with a slash.")
    if "{id}" not in document.get("path", "{id}"):
        yield Fault("/path", "Two submissions must not go to one folder. Put `{id}` into the path.")


def _of_principals(document: Mapping[str, Any]) -> Iterator[Fault]:
    lists = [
        (f"/visibility/choices/{number}/visible_to", one["visible_to"])
        for number, one in enumerate(document.get("visibility", {}).get("choices", ()))
    ] + [(f"/restricted/{name}/visible_to", one["visible_to"]) for name, one in document.get("restricted", {}).items()]
    for place, principals in lists:
        for number, one in enumerate(principals):
            try:
                if one not in {AUTHORS, REVIEWERS}:
                    parse_principal(one)
            except InvalidPrincipal as error:
                yield Fault(f"{place}/{number}", error.message)


def _of_sections(document: Mapping[str, Any]) -> Iterator[Fault]:
    told, named = document["schema"], document.get("restricted", {})
    for pointer in sections.astray(told):
        yield Fault(f"/schema{pointer}", "Only members of objects can be restricted, and not those of lists.")
    for place, name in sections.marked(told):
        if name not in named:
            where = "/".join(("properties", *"/properties/".join(place).split("/")))
            yield Fault(f"/schema/{where}/{sections.MARK}", f"Say under `restricted` who may see “{name}”.")


def _of_proposals(document: Mapping[str, Any]) -> Iterator[Fault]:
    for number, rule in enumerate(document.get("proposals", ())):
        place = f"/proposals/{number}"
        if fitting.schema_at(document["schema"], rule["at"]) is None:
            yield Fault(f"{place}/at", f"{rule['at']} is nothing that the form asks for.")
        if len({"header", "path", "count", "bytes"} & set(rule)) != 1:
            yield Fault(place, "Say one of `header`, `path`, `count` and `bytes`.")
        try:
            has_value = "value" in re.compile(rule.get("path", "(?P<value>)")).groupindex
        except re.error as error:
            yield Fault(f"{place}/path", f"This is no regular expression: {error}.")
        else:
            if not has_value:
                yield Fault(f"{place}/path", "Name what is proposed: `(?P<value>…)`.")
