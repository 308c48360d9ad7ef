"""A document is put together from the events of YAML, without recursion and within bounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any  # Any: JSON, and the events of PyYAML, which have no types

import yaml

from apps.common.places import pointer_to
from apps.flows.language.documents.errors import MOST_BYTES, MOST_LEVELS, BadSyntax, Place
from apps.flows.language.documents.scalars import value_of
from apps.flows.language.failures import shown

_TEXT = ("!", "tag:yaml.org,2002:str")
_MERGE = "<<"
_MOST_PLACES = 20_000  # pointers are long, and nobody shows more findings than this


@dataclass(slots=True)
class _Holder:
    """A list or an object that is being filled. ``weight``: about the bytes of what is in it, aliases written out."""

    made: Any
    pointer: str
    anchor: str | None
    weight: int = 2
    name: str | None = None  # what was named in an object, and has no value yet
    is_merge: bool = False  # that name is a ``<<`` without quotes
    merged: list[dict[str, Any]] = field(default_factory=list)

    @property
    def takes_name(self) -> bool:
        return isinstance(self.made, dict) and self.name is None


class Composer:
    """``places``: where each part of the document begins, by its JSON pointer."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self._results: list[Any] = []
        self._open: list[_Holder] = []
        self._anchors: dict[str, tuple[Any, int]] = {}

    @property
    def document(self) -> Any:
        if not self._results:
            raise BadSyntax("There is no definition in this text. Write one.", Place(1, 1))
        return self._results[0]

    def take(self, event: Any) -> None:
        """
        Raises:
            BadSyntax: what comes cannot be taken.
        """
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open_holder(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close_holder(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self._results:
            raise BadSyntax("There is a second document in this text. Put each in a text of its own.", _place(event))

    def _scalar(self, event: Any) -> None:
        if self._open and self._open[-1].takes_name:
            self._name(event)
        else:
            self._put(self._value(event), len(event.value) + 3, event.anchor, event)

    def _value(self, event: Any) -> Any:
        is_plain = event.tag is None and event.implicit[0]
        if event.tag not in (None, *_TEXT):
            raise BadSyntax(f"Tags such as {shown(event.tag)} mean nothing here. Remove it.", _place(event))
        try:
            return value_of(event.value) if is_plain else event.value
        except ValueError as error:
            message = f"{shown(event.value)} is too large a number. Write it as a string, in quotes."
            raise BadSyntax(message, _place(event)) from error

    def _name(self, event: Any) -> None:
        holder, name = self._open[-1], event.value
        if name in holder.made:
            message = f"{shown(name)} is named twice in one object. Remove one of them."
            raise BadSyntax(message, _place(event))
        holder.name, holder.is_merge = name, name == _MERGE and event.implicit[0]
        holder.weight += len(name) + 4
        self._keep_place(pointer_to(holder.pointer, name), event)

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            message = f"There is no {shown('&' + event.anchor)} before this, or it is still open."
            raise BadSyntax(message, _place(event))
        self._put(*self._anchors[event.anchor], None, event)

    def _open_holder(self, event: Any) -> None:
        if len(self._open) >= MOST_LEVELS:
            raise BadSyntax(f"The document is nested more than {MOST_LEVELS} levels deep. Flatten it.", _place(event))
        if self._open and self._open[-1].takes_name:
            raise BadSyntax("The name of a field is text; here stands a list or an object.", _place(event))
        made: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Holder(made, self._next_pointer(event), event.anchor))

    def _close_holder(self, event: Any) -> None:
        holder = self._open.pop()
        for other in holder.merged:
            holder.made.update({name: value for name, value in other.items() if name not in holder.made})
        self._put(holder.made, holder.weight, holder.anchor, event)

    def _next_pointer(self, event: Any) -> str:
        """Of what comes next. In an object, its place is that of its name."""
        if not self._open:
            pointer = ""
        elif isinstance(self._open[-1].made, dict):
            pointer = pointer_to(self._open[-1].pointer, str(self._open[-1].name))
        else:
            pointer = pointer_to(self._open[-1].pointer, len(self._open[-1].made))
        self._keep_place(pointer, event)
        return pointer

    def _keep_place(self, pointer: str, event: Any) -> None:
        if len(self.places) < _MOST_PLACES:
            self.places.setdefault(pointer, _place(event))

    def _put(self, value: Any, weight: int, anchor: str | None, event: Any) -> None:
        if anchor is not None:
            self._anchors[anchor] = (value, weight)
        if not self._open:
            self._keep_place("", event)
            self._results.append(value)
            return
        holder = self._open[-1]
        if isinstance(holder.made, list):
            self._next_pointer(event)
        holder.weight += weight
        if holder.weight > MOST_BYTES:
            raise BadSyntax("With its aliases written out, the document is too large.", _place(event))
        if isinstance(holder.made, list):
            holder.made.append(value)
            return
        name, holder.name = str(holder.name), None
        if holder.is_merge and (others := _objects(value)):
            holder.merged += others
        else:
            holder.made[name] = value


def _objects(value: Any) -> list[dict[str, Any]]:
    """What ``<<`` takes in: an object, or a list of them. Nothing, if it is neither."""
    listed = value if isinstance(value, list) else [value]
    return listed if all(isinstance(each, dict) for each in listed) else []


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
