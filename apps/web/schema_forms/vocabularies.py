"""Controlled vocabularies: lists of terms from which a text is chosen.

A schema names one by ``"x-vocabulary": "<name>"``. Who shows the form gives what the names mean:
``SchemaForm(schema, user, vocabularies={"proteins": Terms((Term("PDL1"), …), url="/terms/proteins/")})``. A vocabulary
of another kind (a table, a service) has the three things of the protocol. Where it has a ``url``, a script asks it with
``?q=`` for what is written so far; the view there answers with ``answer(vocabulary, request)``. Without a script the
button Find beside the field does the same, and a short list stands beside the field as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.common.errors import Invalid

MOST_FOUND = 20
FEW = 50
"""So many terms stand beside the field, without a search."""
LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Term:
    """``value`` is what is written into the field; the label is what it reads as, if that is more."""

    value: str
    label: str = ""
    detail: str = ""

    @property
    def words(self) -> str:
        return self.label or self.value


class Vocabulary(Protocol):
    """``is_open``: what is not in it may be written too."""

    @property
    def is_open(self) -> bool: ...

    @property
    def url(self) -> str: ...

    def find(self, text: str, most: int) -> Sequence[Term]:
        """Terms that go with what is written, the likeliest first; with nothing written, the first of all."""
        ...

    def has(self, value: str) -> bool: ...


Vocabularies = Mapping[str, Vocabulary]


@dataclass(frozen=True)
class Terms:
    """A vocabulary that is held whole."""

    terms: tuple[Term, ...]
    is_open: bool = False
    url: str = ""

    def find(self, text: str, most: int) -> list[Term]:
        words = text.casefold().split()
        found = [one for one in self.terms if all(word in _said(one) for word in words)]
        start = text.strip().casefold()
        return sorted(found, key=lambda one: not one.words.casefold().startswith(start))[:most]

    def has(self, value: str) -> bool:
        return any(one.value == value for one in self.terms)


def _said(term: Term) -> str:
    return f"{term.value} {term.label} {term.detail}".casefold()


def checked(vocabulary: Vocabulary, text: str) -> str:
    """The term that is meant: written as its value, or as its label if that is one's only.

    Raises:
        Invalid: there is none, and the vocabulary is closed.
    """
    if vocabulary.is_open or vocabulary.has(text):
        return text
    meant = [one.value for one in vocabulary.find(text, MOST_FOUND) if one.words.casefold() == text.casefold()]
    if len(meant) == 1:
        return meant[0]
    raise Invalid("This is not in the list. Look for the term that is, and choose it.")


def answer(vocabulary: Vocabulary, request: HttpRequest) -> HttpResponse:
    """The options that go with what is written, for the script."""
    asked = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUESTION]
    return render(request, "web/schema_forms/_terms.html", {"terms": vocabulary.find(asked, MOST_FOUND)})
