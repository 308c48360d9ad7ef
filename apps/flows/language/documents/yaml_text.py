"""YAML, read and written with PyYAML's parser and emitter, and with types of YAML 1.2: those that JSON has.

PyYAML's own loaders are not used: they build by recursion, follow aliases without end, and take ``no`` for a boolean
and ``2026-01-01`` for a date.
"""

from __future__ import annotations

import re
from typing import Any  # Any: JSON

import yaml

from apps.flows.language.documents.composing import Composer
from apps.flows.language.documents.errors import BadSyntax, Place
from apps.flows.language.documents.scalars import FLOAT, WHOLE, WORDS

_ENDS_OF_LINES = re.compile("[\x85\u2028\u2029]")
_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where PyYAML was built so
_Emitter = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def from_yaml(text: str) -> tuple[Any, dict[str, Place]]:
    """The document, and where each part of it begins, by JSON pointer.

    Raises:
        BadSyntax: it cannot be read.
    """
    composer = Composer()
    try:
        for event in yaml.parse(text, Loader=_Parser):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        raise BadSyntax(f"This is no YAML: {error.problem or error.context}.", place) from error
    except yaml.reader.ReaderError as error:
        raise BadSyntax("A character stands here that no text may hold.", _place(text, error.position)) from error
    return composer.document, composer.places


def to_yaml(document: Any) -> str:
    """In the order of the document. ``from_yaml`` reads it back the same."""
    return yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=1_000_000
    )


class _Dumper(_Emitter):  # type: ignore[misc, valid-type]  # in C or in Python
    """Puts in quotes what YAML 1.1 or 1.2 would take for something else than text."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _text(dumper: Any, text: str) -> Any:
    """Some ends of lines are none in JSON; PyYAML's emitter in Python writes them as if they were."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _ENDS_OF_LINES.search(text) else None)


_Dumper.add_representer(str, _text)
for _tag, _pattern in (("int", WHOLE), ("float", FLOAT), ("null", re.compile("|".join(WORDS)))):
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern.pattern})$"), None)


def _place(text: str, position: int) -> Place:
    return Place(text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))
