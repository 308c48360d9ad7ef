"""What a harvester asks for: its arguments, held to the protocol, and the token by which it goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apps.search.services import Mark, Span
from apps.search.services.sealing import seal, unseal
from apps.web.harvest.errors import ProtocolError, bad_argument

_LISTS = (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}))
ARGUMENTS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset()),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": _LISTS,
    "ListRecords": _LISTS,
}
"""Of each verb: those that it needs, and those that it takes."""
RESUMED = {"ListSets", "ListIdentifiers", "ListRecords"}
TOKEN = "resumptionToken"  # noqa: S105  # the name of an argument
_DAY, _SECOND = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """``told`` are the arguments as they came; ``after`` and ``at`` are where an earlier answer ended."""

    verb: str
    told: Mapping[str, str]
    after: Mark | None = None
    at: int = 0

    @property
    def span(self) -> Span:
        """Both ends belong to it, to the second or to the day."""
        since, until = self.told.get("from", ""), self.told.get("until", "")
        if since and until and len(since) != len(until):
            raise bad_argument("Write from and until alike: both as days, or both to the second.")
        first, last = _instant("from", since), _instant("until", until)
        if first and last and first > last:
            raise bad_argument("from is later than until.")
        step = timedelta(days=1) if len(until) == len("2026-01-01") else timedelta(seconds=1)
        return Span(first, last + step if last else None)

    def token(self, after: Mark, *, at: int) -> str:
        """What asks for the rest; it is sealed, because an entry's number tells how many there are."""
        return seal(json.dumps([self.verb, dict(self.told), after, at]).encode())


def read(sent: Mapping[str, Sequence[str]]) -> Asked:
    """
    Raises:
        ProtocolError: the protocol does not allow to ask so.
    """
    verb = _verb(sent)
    told = {name: values[0] for name, values in sent.items() if name != "verb"}
    if again := [name for name, values in sent.items() if len(values) > 1]:
        raise bad_argument(f"{again[0]} stands there more than once.")
    if TOKEN in told and verb in RESUMED:
        if len(told) > 1:
            raise bad_argument("A resumptionToken stands alone: it holds all other arguments.")
        return _resumed(verb, told[TOKEN])
    needed, taken = ARGUMENTS[verb]
    if strange := sorted(told.keys() - needed - taken):
        raise bad_argument(f"{verb} takes no argument {strange[0]!r}."[:200])
    if missing := sorted(needed - told.keys()):
        raise bad_argument(f"{verb} needs the argument {missing[0]}.")
    return Asked(verb, told)


def _verb(sent: Mapping[str, Sequence[str]]) -> str:
    verbs = sent.get("verb", [])
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise ProtocolError("badVerb", f"Ask with one verb of {', '.join(ARGUMENTS)}.")
    return verbs[0]


def _resumed(verb: str, token: str) -> Asked:
    try:
        of_verb, told, after, at = json.loads(unseal(token))
        if of_verb != verb:
            raise ValueError("of another verb")
        return Asked(verb, told, (after[0], after[1], after[2]), at)
    except ValueError as error:
        raise ProtocolError("badResumptionToken", "This is no token of an answer to this verb.") from error


def _instant(name: str, text: str) -> datetime | None:
    if not text:
        return None
    try:
        if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
            raise ValueError(text)
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError as error:
        raise bad_argument(f"{name} is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.") from error
