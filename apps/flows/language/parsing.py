"""Reads expressions: once, within bounds, and only what values need.

Nothing is evaluated here. What is let through holds no more than values, operators, conditions, comprehensions, calls
of known functions and methods; so there are no lambdas, no assignments, no attributes of Python.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.flows.language.failures import ErrorName, StateFailure, shown
from apps.flows.language.methods import METHODS
from apps.flows.language.paths import check_path
from apps.flows.language.remembering import remembered

MAX_LENGTH = 8_000
MAX_DEPTH = 120  # simpleeval takes some five frames a level, of Python's thousand

FUNCTIONS = frozenset({"pathsplit", "is_present", "getattr", "str", "int", "float", "bool", "len", "list"})

_PATH_NAME = "path_in_quotes_"
_PIECE = re.compile(
    r"""(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|`(?P<path>[^`]*)`|(?P<end>[\r\n]+)""", re.DOTALL
)
_METHODS = frozenset[str]().union(*METHODS.values())
_ALLOWED = (
    *(ast.Name, ast.Constant, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Subscript),
    *(ast.Slice, ast.Attribute, ast.JoinedStr, ast.FormattedValue, ast.Dict, ast.List, ast.Tuple, ast.Starred),
    *(ast.ListComp, ast.DictComp, ast.GeneratorExp, ast.comprehension),
    *(ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context),
)


@dataclass(frozen=True)
class Expression:
    """An expression that was read. ``paths`` are those in back-quotes, by the names that stand for them in the tree."""

    tree: ast.expr
    paths: Mapping[str, str]


@remembered
def parsed(text: str) -> Expression:
    """Read an expression. Raises StateFailure, ``States.Runtime``, with what is wrong."""
    if not isinstance(text, str):
        raise StateFailure(ErrorName.RUNTIME, f"An expression is a string, not {shown(text)}.")
    if len(text) > MAX_LENGTH:
        raise _wrong(text, f"it is longer than {MAX_LENGTH} characters")
    plain, paths = _without_back_quotes(text)
    for path in paths.values():
        if trouble := check_path(path):
            raise StateFailure(ErrorName.RUNTIME, trouble)
    tree = _tree(plain.strip(), text)
    for node in _nodes(tree, text):
        if trouble := _trouble(node):
            raise _wrong(text, trouble)
    return Expression(tree, paths)


def _wrong(text: str, trouble: str) -> StateFailure:
    return StateFailure(ErrorName.RUNTIME, f"{shown(text)} is not an expression: {trouble}.")


def _without_back_quotes(text: str) -> tuple[str, dict[str, str]]:
    """The expression on one line, with a name for each path in back-quotes.

    Within strings, back-quotes are characters, and so are the ends of lines: JSON's ``\\n`` has become one.
    """
    paths: dict[str, str] = {}

    def replace(found: re.Match[str]) -> str:
        if found["string"]:
            return found[0].replace("\n", "\\n").replace("\r", "\\r")
        if found["end"]:
            return " "
        given = f"{_PATH_NAME}{len(paths)}"
        paths[given] = found["path"].strip()
        return f" {given} "

    return _PIECE.sub(replace, text), paths


def _tree(plain: str, text: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes such as `\d`, which Python lets pass so far
            return ast.parse(plain, mode="eval").body
    except SyntaxError as error:
        raise _wrong(text, f"{error.msg} at character {error.offset}") from error
    except (ValueError, MemoryError, RecursionError) as error:  # null characters; brackets without end
        raise _wrong(text, "it cannot be read") from error


def _nodes(tree: ast.expr, text: str) -> Iterator[ast.AST]:
    """All nodes, by depth, which is bounded."""
    level: list[ast.AST] = [tree]
    for _ in range(MAX_DEPTH):
        yield from level
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return
    raise _wrong(text, f"it is nested deeper than {MAX_DEPTH}")


def _trouble(node: Any) -> str | None:
    match node:
        case ast.Constant(value=value) if not isinstance(value, str | int | float | bool | None):
            return f"{shown(repr(value))} is no value of JSON"
        case ast.Constant(value=int() as value) if value.bit_length() > 4096:
            return "it holds a number that is too large"
        case ast.Call(keywords=[_, *_]):
            return "functions take no named arguments"
        case ast.Call(args=arguments) if any(isinstance(each, ast.Starred) for each in arguments):
            return "functions take no lists of arguments"
        case ast.Call(func=ast.Name(id=name)):
            return None if name in FUNCTIONS else f"there is no function {shown(name)}"
        case ast.Call(func=ast.Attribute(attr=name)):
            return None if name in _METHODS else f"there is no method {shown(name)}"
        case ast.Call():
            return "only functions and methods can be called"
        case ast.FormattedValue(conversion=conversion) if conversion not in (-1, ord("s")):
            return "there are no conversions but `!s`"
        case ast.comprehension(target=target):
            return _trouble_of_target(target)
    return None if isinstance(node, _ALLOWED) else f"it may not hold {shown(type(node).__name__)}"


def _trouble_of_target(target: ast.expr) -> str | None:
    inner = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return None if all(isinstance(each, ast.Name) for each in inner) else "a comprehension names what it goes through"
