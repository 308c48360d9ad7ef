"""JSONata: what expressions are worth, what they may not do, and what is told where it is not installed."""

import sys
import time
from copy import deepcopy

import pytest

from apps.flows.language.failures import StateFailure
from apps.flows.language.jsonata import check_query, evaluate

STATES = {"input": {"name": "Ada", "empty": None, "list": [3, None, 1], "files": [{"size": 1}, {"size": 20}]}}
KNOWN = {"states": STATES, "number": 5, "nothing": None, "text": "ab" * 500_000, "many": [[at] for at in range(20_000)]}


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("{% $states.input.name & '!' %}", "Ada!"),
        ("{% $number + 1 %}", 6),
        ("{%$sum($states.input.files.size)%}", 21),
        ("{% $states.input.files[size > 5] %}", {"size": 20}),
        ("{% $states.input.files.size %}", [1, 20]),
        ("{% $states.input.empty %}", None),
        ("{% $states.input.list %}", [3, None, 1]),
        ("{% $nothing %}", None),
        ("{% [null, 7/2, 6/2, true, 'x'] %}", [None, 3.5, 3, True, "x"]),
        ("{% $exists($states.input.nope) %}", False),
        ("{% $map([1..3], function($x) { $x * 2 }) %}", [2, 4, 6]),
        ("{% $replace('aaa', /a{2}/i, 'b') %}", "ba"),
        ("{% $match('ab12', /[0-9]+/).match %}", "12"),
        ("{% $partition([1..5], 2) %}", [[1, 2], [3, 4], [5]]),
        ("{% $range(0, 9, 3) %}", [0, 3, 6, 9]),
        ("{% $hash('input data', 'MD5') %}", "812f45842bc6d66ee14572ce20db8e86"),
        ("{% $parse('{\"a\": [1]}').a %}", [1]),
        ("{% $random(3) = $random(3) and $random() < 1 %}", True),
        ("{% $length($uuid()) %}", 36),
        ("{% $states.input ~> |$|{'new': 1}| ~> $keys() ~> $count() %}", 5),
    ],
)
def test_an_expression_has_the_value_that_jsonata_gives(query, value):
    before = deepcopy(STATES)

    assert check_query(query) is None
    assert evaluate(query, KNOWN) == value
    assert before == STATES


def test_a_template_keeps_its_shape_and_its_constants():
    template = {"{% x %}": ["{% $number %}", "plain {% $number %}", 5, None, {"a": "{% [1..2] %}"}]}

    assert evaluate(template, KNOWN) == {"{% x %}": [5, "plain {% $number %}", 5, None, {"a": [1, 2]}]}


@pytest.mark.parametrize(
    "query",
    [
        *("{% $states.input.nope %}", "{% $nope %}", "{% nope %}", "{% 1/0 %}", "{% $error('boo') %}", "{% $sum %}"),
        *(
            "{% [$sum] %}",
            "{% {'f': function($x) { $x }} %}",
            "{% $nope(1) %}",
            "{% $eval('1') %}",
            "{% $parse('x') %}",
        ),
        *("{% $power(10, 400) %}", "{% 'a' + 1 %}", "{% $range(1, 5000, 1) %}", "{% $partition(1) %}", "{% /a/ %}"),
    ],
)
def test_what_gives_nothing_or_fails_is_an_error_of_the_query(query):
    assert check_query(query) is None
    with pytest.raises(StateFailure) as told:
        evaluate(query, KNOWN)

    assert told.value.error == "States.QueryEvaluationError"
    assert told.value.cause.endswith(".")


@pytest.mark.parametrize(
    "query",
    [
        "{% ( %}",
        "{% %}",
        "{%%}",
        "{%",
        "{% 1",
        "{% 1 + %}",
        "{% /(?=a)/ %}",
        "{% " + "(" * 5000 + " %}",
        "{%" + "1" * 20_000 + "%}",
    ],
)
def test_what_cannot_be_read_is_told_before(query):
    assert check_query(query).endswith(".")
    with pytest.raises(StateFailure):
        evaluate(query, KNOWN)


@pytest.mark.parametrize(
    "query",
    [
        "{% ($f := function($n) { $f($n + 1) }; $f(0)) %}",
        "{% ($f := function($n) { 1 + $f($n + 1) }; $f(0)) %}",
        "{% ($f := function($s) { $f($s & $s) }; $f('ab')) %}",
        "{% ($f := function($a) { $f([$a, $a]) }; $f([1])) %}",
        "{% ($f := function($x) { $f($x * $x) }; $f(3)) %}",
        "{% [1..10000000] %}",
        "{% $count([1..100000].[1..100000]) %}",
        "{% $pad('a', 1000000000) %}",
        "{% $replace($text, 'a', $text) %}",
        "{% $replace($text, /[ab]/, $text) %}",
        "{% $join($many.'a', $text) %}",
        "{% $distinct($many) %}",
        "{% $many.$string($many) %}",
        "{% $reduce([1..100], function($a, $b) { [$a, $a] }) %}",
    ],
)
def test_no_expression_grows_or_runs_without_end(query):
    begun = time.thread_time()

    with pytest.raises(StateFailure):
        evaluate(query, KNOWN)

    assert time.thread_time() - begun < 5


def test_patterns_take_time_in_proportion_to_the_text():
    begun = time.thread_time()

    assert evaluate("{% $contains($text & '!', /(a+b+)+(a|b|ab)*c$/) %}", KNOWN) is False

    assert time.thread_time() - begun < 5


def test_the_library_does_not_change_how_deep_python_recurses():
    limit = sys.getrecursionlimit()

    evaluate("{% 1 %}", {})

    assert sys.getrecursionlimit() == limit < 10_000


def test_where_the_library_is_missing_what_to_install_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "jsonata.jsonata", None)
    monkeypatch.delitem(sys.modules, "apps.flows.language.queried", raising=False)

    assert "vitrine[jsonata]" in check_query("{% 1 %}")
    with pytest.raises(StateFailure) as told:
        evaluate("{% 1 %}", {})
    assert "vitrine[jsonata]" in told.value.cause
