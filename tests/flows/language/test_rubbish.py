"""Whatever is written in a definition: it is read or refused in a sentence, and gives a value or a failure."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.flows.language.choices import check_rule, holds, read_rule
from apps.flows.language.dialect import dialect_of
from apps.flows.language.expressions import check_expression, evaluate
from apps.flows.language.failures import StateFailure
from apps.flows.language.finding import InvalidDefinition, errors_in
from apps.flows.language.intrinsics import call, check_intrinsic
from apps.flows.language.jsonata import check_query
from apps.flows.language.jsonata import evaluate as query
from apps.flows.language.paths import check_path, find, put
from apps.flows.language.scene import Scene
from apps.flows.language.templates import check_template, fill, private_names, without_private

DATA = {"a": {"b": [1, "x", None, {"c": 2.5}]}, "s": "text", "n": 3, "t": True, "e": {}, "_p": "p"}
SCENE = Scene(DATA, context={"x": 1}, run={"run_id": "r"}, variables={"v": [1]})


def sentences(words):
    """Texts of these words in any order, with some of any characters between them."""
    return st.lists(st.sampled_from(words) | st.text(max_size=2), max_size=12).map("".join)


PATHS = [
    "$",
    "$.",
    "$$",
    ".a",
    "['a']",
    "[0]",
    "[-1]",
    "[*]",
    "[1:]",
    "..",
    "[?(",
    "@.c",
    ">",
    "2)]",
    "]",
    "'",
    "\\",
    "_context",
]
WORDS = [
    "a",
    ".b",
    "[0]",
    "[1:]",
    "s",
    "n",
    " + ",
    " * ",
    " if ",
    " else ",
    " or ",
    " for x in ",
    "'q'",
    "`$.a`",
    "`",
    "(",
    ")",
]
WORDS += [
    "[",
    "]",
    "{",
    "}",
    ", ",
    ": ",
    "str(",
    "getattr('a.b')",
    "is_present('",
    "')",
    ".upper()",
    "1",
    "0.5",
    "**",
    "f'{",
    "%",
]
CALLS = [
    "States.",
    "Format(",
    "Array(",
    "MathAdd(",
    "StringToJson(",
    "'{}'",
    "'",
    "\\",
    "$.a",
    "$.n",
    ", ",
    ")",
    "1",
    "null",
    "-",
]
QUERIES = [
    "$states.input",
    ".a",
    "$sum(",
    ")",
    "[",
    "]",
    "{",
    "}",
    " & ",
    " + ",
    "1",
    "'x'",
    "function($x){",
    "$x",
    "/a/",
    "?",
    ":",
    "*",
]


def outcome(attempt):
    """The value, which JSON can write; or None, if it failed as it may."""
    try:
        value = attempt()
    except StateFailure:
        return None
    json.dumps(value, allow_nan=False)
    return value


@pytest.mark.parametrize(
    ("check", "value_of", "words"),
    [
        (check_path, lambda text: find(text, SCENE), PATHS),
        (check_path, lambda text: put(text, DATA, 1), PATHS),
        (check_expression, lambda text: evaluate(text, SCENE), WORDS),
        (check_intrinsic, lambda text: call(text, SCENE), CALLS),
    ],
)
def test_any_text_is_refused_or_read(check, value_of, words):
    @given(sentences(words) | st.text())
    def any_text(text):
        trouble = check(text)

        assert trouble is None or 0 < len(trouble) < 600
        assert outcome(lambda: value_of(text)) is None or trouble is None

    any_text()


@given(sentences(QUERIES))
def test_any_query_is_refused_or_read(text):
    written = "{% " + text + " %}"

    assert outcome(lambda: query(written, {"states": {"input": DATA}})) is None or check_query(written) is None


KEYS = [
    "a.$",
    "b.=",
    "c",
    "__Private_Parameters",
    ".$",
    "And",
    "Or",
    "Not",
    "Variable",
    "StringEquals",
    "IsNull",
    "Next",
]
KEYS += ["NumericLessThanPath", "StringMatches", "TimestampEquals", "States", "Type", "Branches", "QueryLanguage"]
documents = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["$.a", "$.n", "s + 'x'", "States.UUID()", "*\\", "Task"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(documents)
@example({"And": [{"Variable": "$.n", "IsNull": False}]})
def test_any_document_is_refused_or_used(document):
    wrong = {finding.code for finding in errors_in(check_template(document, "/P"))}

    assert outcome(lambda: fill(document, SCENE)) is None or wrong <= {"duplicate-parameter", "wrong-kind"}
    assert private_names(document) >= private_names(without_private(document))
    assert dialect_of(document)
    try:
        rule = read_rule(document)
    except InvalidDefinition:
        assert check_rule(document, "")
    else:
        assert outcome(lambda: holds(rule, SCENE)) in (True, False, None)
