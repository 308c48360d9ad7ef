"""Advanced text: Lucene syntax into the same clauses as everything else, so that both engines answer it alike.

``a b`` is AND unless the query says OR; ``+a b`` under OR lets ``b`` raise the score alone. A field is a path: ``\\.``
in it is a dot of a key. Ranges and wildcards as in Lucene; regular expressions are refused. Words of signs alone are
left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from luqum import tree

from apps.search import analysis, paths
from apps.search.forms import bounds, leaves, lucene
from apps.search.forms.limits import MAX_BOOST, MAX_CLAUSES, MAX_TEXT_DEPTH
from apps.search.forms.simple import Operator, Text, clean, join
from apps.search.types import (
    And,
    Boosted,
    Clause,
    Everything,
    Exists,
    Fuzzy,
    Match,
    Not,
    Nothing,
    Or,
    Phrase,
)

Node = Any  # luqum is not typed


def read(text: str, operator: Operator = Operator.AND) -> Text:
    """Raises:
    InvalidQuery: not Lucene syntax, or too deep, too long, too much; the message says where.
    """
    text = clean(text)
    if not text:
        return Text(Everything())
    clause = _Reader(operator).clause(lucene.parse(text), None, 0)
    return Text(clause or Nothing(), tuple(dict.fromkeys(plain_words(clause or Nothing()))))


def plain_words(clause: Clause) -> Iterator[str]:
    """The words that a clause asks to be there."""
    match clause:
        case Phrase(text=text):
            yield from analysis.words(text)
        case Fuzzy(word=word):
            yield word
        case Boosted(clause=inner):
            yield from plain_words(inner)
        case And(clauses=inner) | Or(clauses=inner):
            for each in inner:
                yield from plain_words(each)


class _Reader:
    """Walks luqum's tree. A method gives None for what holds no word, so that it can be left out."""

    def __init__(self, operator: Operator) -> None:
        self._operator = operator
        self._count = 0

    def clause(self, node: Node, path: str | None, depth: int) -> Clause | None:
        self._count += 1
        if depth > MAX_TEXT_DEPTH or self._count > MAX_CLAUSES:
            raise lucene.wrong(f"The text has more than {MAX_CLAUSES} parts, or {MAX_TEXT_DEPTH} levels", node.pos)
        match node:
            case tree.SearchField():
                return self._field(node, depth)
            case tree.UnknownOperation():
                return self._implicit(node.operands, path, depth)
            case tree.AndOperation():
                return self._joined(Operator.AND, node.operands, path, depth)
            case tree.OrOperation():
                return self._joined(Operator.OR, node.operands, path, depth)
            case tree.Not() | tree.Prohibit():
                inner = self.clause(node.a, path, depth + 1)
                return Not(inner) if inner else None
            case tree.Plus():
                return self.clause(node.a, path, depth + 1)
            case tree.BaseGroup():
                return self.clause(node.expr, path, depth + 1)
            case tree.Boost():
                return self._boosted(node, path, depth)
        return leaves.clause(node, path)

    def _joined(self, operator: Operator, nodes: Sequence[Node], path: str | None, depth: int) -> Clause | None:
        clauses = [clause for node in nodes if (clause := self.clause(node, path, depth + 1))]
        return join(operator, clauses) if clauses else None

    def _implicit(self, nodes: Sequence[Node], path: str | None, depth: int) -> Clause | None:
        if self._operator is Operator.AND:
            return self._joined(Operator.AND, nodes, path, depth)
        marks = tree.Plus | tree.Not | tree.Prohibit
        must = [node for node in nodes if isinstance(node, marks)]
        may = self._joined(Operator.OR, [node for node in nodes if not isinstance(node, marks)], path, depth)
        if may and any(isinstance(node, tree.Plus) for node in must):
            may = Or((may, Everything()))
        required = self._joined(Operator.AND, must, path, depth)
        both = [clause for clause in (required, may) if clause]
        return join(Operator.AND, both) if both else None

    def _boosted(self, node: Node, path: str | None, depth: int) -> Clause | None:
        factor = float(node.force)
        if not 0 < factor <= MAX_BOOST:
            raise lucene.wrong(f"A boost (^) must be above 0 and at most {MAX_BOOST:g}", node.pos)
        inner = self.clause(node.expr, path, depth + 1)
        return Boosted(inner, factor) if inner else None

    def _field(self, node: Node, depth: int) -> Clause | None:
        expr = node.expr
        if node.name == "_exists_":
            if not isinstance(expr, tree.Term):
                raise lucene.wrong("Write _exists_:path", node.pos)
            return Exists(_path(expr.value.strip('"'), node))
        if node.name == "*":
            return self.clause(expr, None, depth + 1)
        path = _path(node.name, node)
        if isinstance(expr, tree.Prohibit) and isinstance(expr.a, tree.Word):
            negative = bounds.number(f"-{expr.a.value}")  # `x:-5` is a number and no prohibition
            if negative is not None:
                return Match(path, (f"-{expr.a.value}", negative))
        return self.clause(expr, path, depth + 1)


def _path(name: str, node: Node) -> str:
    if len(name) > paths.MAX_PATH_CHARACTERS:
        raise lucene.wrong(f"The name of a field is at most {paths.MAX_PATH_CHARACTERS} characters long", node.pos)
    return paths.normalise(name)
