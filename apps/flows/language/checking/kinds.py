"""What the value of a field may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any  # Any: JSON
from urllib.parse import urlsplit

from apps.flows.language.checking.codes import Code
from apps.flows.language.checking.spot import Kind, Spot
from apps.flows.language.checking.suggestions import did_you_mean, listed
from apps.flows.language.definition import QueryLanguage
from apps.flows.language.failures import shown
from apps.flows.language.finding import Finding
from apps.flows.language.moments import moment

_NAMES = {bool: "a boolean", str: "a string", list: "a list", dict: "an object", type(None): "null"}


def kind_of(value: Any) -> str:
    return _NAMES.get(type(value), "a number")


def wrong(spot: Spot, wanted: str, value: Any) -> Finding:
    holder, _, name_ = spot.pointer.rpartition("/")
    if not name_:
        subject = "A definition"
    elif name_.isdecimal() and not holder.endswith("/States"):
        subject = f"Each part of `{spot.at(holder).name}`"
    else:
        subject = f"`{spot.name}`"
    return spot.error(Code.WRONG_KIND, f"{subject} must be {wanted}, not {kind_of(value)}.")


def anything(_value: Any, _spot: Spot) -> Iterator[Finding]:
    yield from ()


def text(value: Any, spot: Spot) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield wrong(spot, "a string", value)


def comment(value: Any, spot: Spot) -> Iterator[Finding]:
    """Gladier writes null where it has nothing to say."""
    if value is not None:
        yield from text(value, spot)


def name(value: Any, spot: Spot) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield wrong(spot, "a string", value)
    elif not value:
        yield spot.error(Code.EMPTY, f"`{spot.name}` is empty. Write a name.")


def boolean(value: Any, spot: Spot) -> Iterator[Finding]:
    if not isinstance(value, bool):
        yield wrong(spot, "true or false (without quotes)", value)


def thing(value: Any, spot: Spot) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield wrong(spot, "an object", value)


def number(least: float, most: float | None = None, *, is_whole: bool = True) -> Kind:
    """In JSONata, also an expression."""
    wanted = "a whole number" if is_whole else "a number"

    def check(value: Any, spot: Spot) -> Iterator[Finding]:
        if is_jsonata(value, spot):
            return
        if isinstance(value, bool) or not isinstance(value, int | float) or (is_whole and value != int(value)):
            yield wrong(spot, wanted, value) if not isinstance(value, float) else _not_whole(spot, value)
        elif value < least or (most is not None and value > most):
            limit = f"from {least:,} to {most:,}" if most is not None else f"{least:,} or more"
            yield spot.error(Code.OUT_OF_RANGE, f"`{spot.name}` must be {limit}, not {value:,}.")

    return check


def _not_whole(spot: Spot, value: float) -> Finding:
    return spot.error(Code.WRONG_KIND, f"`{spot.name}` must be a whole number, not {value:,}.")


def one_of(*words: str) -> Kind:
    def check(value: Any, spot: Spot) -> Iterator[Finding]:
        if value not in words:
            told = shown(value) if isinstance(value, str) else kind_of(value)
            hint = did_you_mean(value, words) if isinstance(value, str) else ""
            yield spot.error(Code.WRONG_WORD, f"`{spot.name}` must be {listed(words)}, not {told}.{hint}")

    return check


def timestamp(value: Any, spot: Spot) -> Iterator[Finding]:
    if is_jsonata(value, spot):
        return
    if not isinstance(value, str) or moment(value, spot.dialect) is None:
        told = shown(value) if isinstance(value, str) else kind_of(value)
        yield spot.error(Code.WRONG_KIND, f"`{spot.name}` must be a time such as `2026-03-14T01:59:00Z`, not {told}.")


def action_url(value: Any, spot: Spot) -> Iterator[Finding]:
    """An address, or the path of an action of this portal."""
    if not isinstance(value, str):
        yield wrong(spot, "a string", value)
    elif not (_is_web(value) or (value.startswith("/") and not value.startswith("//"))):
        yield spot.error(
            Code.BAD_URL, f"{shown(value)} is no address of an action. Write one that begins with `https://`."
        )


def resource(value: Any, spot: Spot) -> Iterator[Finding]:
    """Any URI: Step Functions names its tasks by ``arn:…``."""
    if not isinstance(value, str):
        yield wrong(spot, "a string", value)
    elif not (":" in value or value.startswith("/")) or _has_blank(value):
        yield spot.error(
            Code.BAD_URL, f"{shown(value)} is no URI. Write the address of an action, such as `https://…`."
        )


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not _has_blank(address)
    except ValueError:
        return False


def _has_blank(address: str) -> bool:
    return any(character.isspace() for character in address)


def is_jsonata(value: Any, spot: Spot) -> bool:
    return spot.language is QueryLanguage.JSONATA and isinstance(value, str) and value.startswith("{%")


def run_as(value: Any, spot: Spot) -> Iterator[Finding]:
    """``User``, ``Flow``, or any name of a role; these two are often written small."""
    if not isinstance(value, str):
        yield wrong(spot, "a string", value)
    elif value not in ("User", "Flow") and value.strip().lower() in ("", "user", "flow"):
        hint = did_you_mean(value, ("User", "Flow"))
        yield spot.error(
            Code.UNKNOWN_RUN_AS, f"{shown(value)} is nobody to run as.{hint} Write `User`, `Flow` or a role."
        )
