"""What buttons of a form do with what is typed: items come and go. Each sends the whole form, so that no script is
needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.web.schema_forms.fields import Field, Kind, Typed, below, variant
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
        """``add:input/a`` or ``remove:input/a:2``; colons of names are escaped by whoever writes the button."""
        verb, _, rest = text.partition(":")
        name, _, more = rest.partition(":")
        return cls(verb, name.replace("~3", ":"), more)


def taken(asked: Field, typed: Typed, step: Step) -> dict[str, str]:
    """What is typed after the step; the same if it is none of a list."""
    field = next((one for name, one in lists(asked, "input", typed) if name == step.name), None)
    if field is None or field.item is None:
        return dict(typed)
    number = count_in(typed, step.name)
    match step.verb:
        case "add" if number < min(field.most or MOST_ITEMS, MOST_ITEMS):
            added = spelled(field.item, name=below(step.name, number))
            return {**typed, **added, f"{step.name}?count": str(number + 1)}
        case "remove" if step.more.isascii() and step.more.isdecimal() and int(step.more[:6]) < number:
            return {**_without(typed, step.name, int(step.more)), f"{step.name}?count": str(number - 1)}
    return dict(typed)


def lists(field: Field, name: str, typed: Typed) -> Iterator[tuple[str, Field]]:
    """All lists that the form shows, by their names."""
    match field.kind:
        case Kind.GROUP:
            for one in field.fields:
                yield from lists(one, below(name, one.key), typed)
        case Kind.VARIANTS:
            for at, one in enumerate(field.fields):
                yield from lists(one, variant(name, at), typed)
        case Kind.LIST:
            yield name, field
            assert field.item is not None  # a list is of something
            for at in range(count_in(typed, name)):
                yield from lists(field.item, below(name, at), typed)


def _without(typed: Typed, name: str, gone: int) -> dict[str, str]:
    """Those behind the one that goes move up."""
    found = {}
    for key, text in typed.items():
        rest = key.removeprefix(f"{name}/")
        number = _leading(rest) if rest != key else None
        if number is None or number < gone:
            found[key] = text
        elif number > gone:
            found[below(name, number - 1) + rest[len(str(number)) :]] = text
    return found


def _leading(text: str) -> int | None:
    """The number that a part of a name begins with."""
    head = text.replace("?", "/").partition("/")[0]
    return int(head) if head.isascii() and head.isdecimal() and len(head) < 6 else None
