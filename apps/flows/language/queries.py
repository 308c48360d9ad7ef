"""Paths that may match many values: wildcards, slices, descents and filters of JSONPath (RFC 9535), metered.

``python-jsonpath`` reads and walks them. What it is kept from: regular expressions, whose cost can be exponential, and
work without end, since ``$..*..*[?@..*]`` asks for more than there are atoms. Every value that it visits is paid for.
(``jsonpath-ng`` was refused: it has no bound at all, and reads filters in a grammar of its own.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jsonpath import JSONPath, JSONPathEnvironment, JSONPathMatch
from jsonpath.exceptions import JSONPathError
from jsonpath.filter import BaseExpression, FilterQuery
from jsonpath.parse import Parser
from jsonpath.stream import TokenStream

from apps.flows.language.failures import ErrorName, StateFailure
from apps.flows.language.meter import Meter

_VISIT = 64  # on the meter's scales, where a step of an expression is 32: the library takes some µs for each
_BUDGET = 500_000 * _VISIT  # two seconds at worst; a state of 5 MB hardly holds as many values

_meter: ContextVar[Meter] = ContextVar("meter")


@contextmanager
def paid_by(meter: Meter) -> Iterator[None]:
    """Within this, queries spend from one meter, however many they are."""
    token = _meter.set(meter)
    try:
        yield
    finally:
        _meter.reset(token)


class _Visit(JSONPathMatch):
    """A value on the way. It is paid for, and keeps neither its place nor its children: only values are asked for."""

    __slots__ = ()

    def __init__(self, *, obj: Any, root: Any) -> None:
        _meter.get().spend(_VISIT)
        super().__init__(filter_context={}, obj=obj, parent=None, path="", parts=(), root=root)

    def add_child(self, *children: JSONPathMatch) -> None:
        pass

    def new_child(self, obj: object, key: int | str) -> JSONPathMatch:  # noqa: ARG002 - as the library calls it
        return _Visit(obj=obj, root=self.root)


class _Query(JSONPath):
    """A query whose visits are paid for: the library's own ``finditer`` begins with a match that is not."""

    __slots__ = ()

    def finditer(self, data: Any, *, filter_context: Any = None) -> Iterable[JSONPathMatch]:  # noqa: ARG002 - likewise
        return self.matches(data, root=data)

    def matches(self, value: Any, *, root: Any) -> Iterable[JSONPathMatch]:
        found: Iterable[JSONPathMatch] = [_Visit(obj=value, root=root)]
        for segment in self.segments:
            found = segment.resolve(found)
        return found


class _Parser(Parser):
    """Makes the queries within filters metered, too."""

    def parse_relative_query(self, stream: TokenStream) -> BaseExpression:
        return _metered(super().parse_relative_query(stream))

    def parse_absolute_query(self, stream: TokenStream) -> BaseExpression:
        return _metered(super().parse_absolute_query(stream))


def _metered(expression: BaseExpression) -> BaseExpression:
    if isinstance(expression, FilterQuery):
        expression.path = _Query(env=expression.path.env, segments=expression.path.segments)
    return expression


class _Environment(JSONPathEnvironment):
    parser_class = _Parser

    def setup_function_extensions(self) -> None:
        super().setup_function_extensions()
        for name in set(self.function_extensions) - {"length", "count", "value"}:
            del self.function_extensions[name]

    def is_truthy(self, obj: object) -> bool:
        _meter.get().spend(_VISIT)
        return super().is_truthy(obj)

    def compare(self, left: object, operator: str, right: object) -> bool:
        _meter.get().weigh(left)
        return super().compare(left, operator, right)


_environment = _Environment(strict=True)


class Query:
    """The part of a path that may match many values."""

    def __init__(self, text: str) -> None:
        """Read it from ``text``, which begins with ``$``. Raises ValueError with what is wrong."""
        try:
            read = _environment.compile(text)
        except (JSONPathError, RecursionError) as error:
            raise ValueError(_first_line(error)) from error
        if not isinstance(read, JSONPath):
            raise ValueError("two paths cannot be joined")
        self._query = _Query(env=_environment, segments=read.segments)

    def find(self, value: Any, root: Any) -> list[Any]:
        """All that matches below ``value``, in the order of the document. ``root`` is what ``$`` is within filters."""
        if not isinstance(value, Mapping | Sequence) or isinstance(value, str):
            return []
        meter = _meter.get(None) or Meter(_BUDGET, "The path visits too many values")
        try:
            with paid_by(meter):
                return [match.obj for match in self._query.matches(value, root=root)]
        except (JSONPathError, RecursionError) as error:
            raise StateFailure(ErrorName.RUNTIME, f"A path cannot be followed: {_first_line(error)}.") from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0] or "it is nested too deeply"
