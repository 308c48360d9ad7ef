"""What may be typed into the search box. Each line is tried by a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.search.types import Kind, Presentation, Shown


@dataclass(frozen=True, slots=True)
class Line:
    """What is typed, and what it finds."""

    typed: str
    finds: str


@dataclass(frozen=True, slots=True)
class Help:
    """``advanced`` is for those who asked for it; ``fields`` are what may stand before a colon there."""

    simple: tuple[Line, ...]
    advanced: tuple[Line, ...]
    fields: tuple[Shown, ...]
    is_advanced: bool = False


SIMPLE = (
    Line("soaked chip", "both words, anywhere in the record"),
    Line('"soaked chip"', "side by side, in this order"),
    Line("lyso*", "words that begin so"),
    Line("CAFE", "café, Café: capitals and accents do not matter"),
    Line("10.1000/a-b", "identifiers, paths and addresses as they are"),
    Line("soaked AND (chip)", "the word “and” too: no other sign or word is special"),
    Line("*", "all records, as an empty box does"),
)
STEMMED = Line("soak", "soaked and soaking too: words of one stem")
ADVANCED = (
    Line("lysozyme OR kras", "one of both, or both"),
    Line("soaked NOT lysozyme", "without the second word"),
    Line("soaked -lysozyme", "the same"),
    Line("(lysozyme OR kras) chip", "parentheses first"),
    Line("lys?zyme", "any one letter; * is any number of them"),
    Line("lysozime~", "words spelt alike; ~1 or ~2 says how many letters may differ"),
    Line('"soaked chip"~3', "in this order, with up to three words between"),
    Line("lysozyme^3 OR kras", "either; the first word counts three times as much"),
    Line("10.1000\\/a\\-b", "a backslash makes a sign plain"),
)
FIELD_ADVANCED: Mapping[Kind, tuple[Line, ...]] = {
    Kind.STRING: (
        Line("{path}:lysozyme", "the word in this field alone"),
        Line('{path}:"soaked chip"', "the words side by side in this field"),
        Line("_exists_:{path}", "records in which the field is given"),
    ),
    Kind.NUMBER: (
        Line("{path}:[5 TO 20]", "from 5 to 20, both included; {{5 TO 20}} leaves the ends out"),
        Line("{path}:>=5", "5 or more; also >, <, <="),
    ),
    Kind.DATE: (Line("{path}:[2021-01-01 TO *]", "since that day"),),
}


def build(presentation: Presentation, *, is_stemmed: bool, is_advanced: bool) -> Help:
    """With the fields of this index in the examples."""
    fields = tuple(presentation.known.values())
    first = {kind: next((one.path for one in fields if one.kind is kind), "") for kind in FIELD_ADVANCED}
    named = [
        Line(line.typed.format(path=written(first[kind])), line.finds.format())
        for kind, lines in FIELD_ADVANCED.items()
        if first[kind]
        for line in lines
    ]
    return Help(
        simple=(*SIMPLE, STEMMED) if is_stemmed else SIMPLE,
        advanced=(*ADVANCED, *named),
        fields=fields,
        is_advanced=is_advanced,
    )


def written(path: str) -> str:
    """A path as the advanced text takes it: signs that mean something there are plain behind a backslash."""
    return "".join(f"\\{sign}" if sign in ' +-!(){}[]^"~*?:/' else sign for sign in path)
