"""What buttons of a form do with what is typed: items come, go and change places. Each sends the whole form, so that
no script is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from apps.web.schema_forms.fields import ABSENT, Field, Kind, Typed, inside, member, variant
from apps.web.schema_forms.reading import MOST_ITEMS, count_in
from apps.web.schema_forms.spelling import spelled


@dataclass(frozen=True, slots=True)
class Step:
    """``name`` is the input that it is about; ``more`` what else the button says."""

    verb: str = ""
    name: str = ""
    more: str = ""

    @classmethod
    def read(cls, text: str) -> Step:
        """``add:input/a`` or ``remove:input/a:2``."""
        verb, _, rest = text.partition(":")
        name, _, more = rest.partition(":")
        return cls(verb, name, more)

    @property
    def at(self) -> int | None:
        """The place of an item."""
        return _number(self.more)


def taken(asked: Field, typed: Typed, step: Step) -> dict[str, str]:
    """What is typed after the step; the same if it is none of a list."""
    field = next((one for name, one in lists(asked, "input", typed) if name == step.name), None)
    if field is None:
        return dict(typed)
    number, at = count_in(typed, step.name), step.at
    if step.verb == "add" and number < (MOST_ITEMS if field.most is None else min(field.most, MOST_ITEMS)):
        added = spelled(field.at(number), ABSENT, inside(step.name, number))
        return {**typed, **added, f"{step.name}?count": str(number + 1)}
    if at is None or not field.fixed <= at < number:
        return dict(typed)
    match step.verb:
        case "remove":
            gone = _moved(typed, step.name, lambda place: None if place == at else place - (place > at))
            return {**gone, f"{step.name}?count": str(number - 1)}
        case "up" if at > field.fixed:
            return _moved(typed, step.name, _exchanged(at, at - 1))
        case "down" if at < number - 1:
            return _moved(typed, step.name, _exchanged(at, at + 1))
    return dict(typed)


def lists(field: Field, name: str, typed: Typed) -> Iterator[tuple[str, Field]]:
    """All lists that the form shows, by their names."""
    return ((at, one) for at, one in everything(field, name, typed) if one.kind in {Kind.LIST, Kind.MAP})


def everything(field: Field, name: str, typed: Typed) -> Iterator[tuple[str, Field]]:
    """All fields that the form shows, by their names."""
    yield name, field
    match field.kind:
        case Kind.GROUP:
            for one in field.members:
                yield from everything(one, member(one, name)[0], typed)
        case Kind.VARIANTS:
            for at, one in enumerate(field.fields):
                yield from everything(one, variant(name, at), typed)
        case Kind.LIST | Kind.MAP:
            for at in range(count_in(typed, name)):
                yield from everything(field.at(at), inside(name, at), typed)


def _exchanged(one: int, other: int) -> Callable[[int], int]:
    return lambda place: {one: other, other: one}.get(place, place)


def _moved(typed: Typed, name: str, to: Callable[[int], int | None]) -> dict[str, str]:
    """Each item at the place that it is given; at none it is gone."""
    found = {}
    for key, text in typed.items():
        rest = key.removeprefix(f"{name}/")
        number = _leading(rest) if rest != key else None
        if number is None:
            found[key] = text
        elif (place := to(number)) is not None:
            found[inside(name, place) + rest[len(str(number)) :]] = text
    return found


def _leading(text: str) -> int | None:
    """The number that a part of a name begins with."""
    return _number(text.replace("?", "/").partition("/")[0])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
