"""Whatever a definition holds, its evaluation ends soon: in a value or in a failure, never in memory or a hang."""

import time
from contextlib import suppress

import pytest

from apps.flows.language.expressions import evaluate
from apps.flows.language.failures import StateFailure
from apps.flows.language.intrinsics import call
from apps.flows.language.paths import find
from apps.flows.language.scene import Scene
from apps.flows.language.templates import fill

LIMIT_S = 6  # of processor time: others use the machine, too. The slowest takes two


@pytest.fixture(scope="module")
def large():
    """A state of some MB, as wide as it may be."""
    return Scene({"list": [{"a": at, "b": [1, 2, 3], "c": "x" * 20} for at in range(50_000)], "text": "ab" * 500_000})


@pytest.fixture(autouse=True)
def quickly():
    begun = time.thread_time()
    yield
    assert time.thread_time() - begun < LIMIT_S


@pytest.mark.parametrize(
    "text",
    [
        *("'a' * 10**9", "10**9 * 'a'", "[0] * 10**9", "'' * 10**30", "10**10**10", "9**9**9**9", "2**4096 * 2**4096"),
        *("1 << 10**9", "1 << 10**30", "'%999999999d' % 1", "'%*d' % (10**9, 1)", "f'{1:999999999}'", "f'{1:{10**9}}'"),
        *("'a'.center(10**9)", "'a'.ljust(10**12)", "'1'.zfill(10**9)", "'\\t'.expandtabs(10**9)", "'{}'.format(1)"),
        *("('a' * 1000).replace('a', 'b' * 100000)", "('a' * 100000).replace('', 'b' * 1000)", "str(text * 30)"),
        *("''.join(['a' * 1000000] * 100)", "('x' * 100000).join(['a'] * 100000)", "[['x' * 100000] * 100] * 100"),
        *("[x for x in [0] * 100000 for y in [0] * 100000]", "[a for a in list for b in list if a == b]"),
        *("[1 for a in list if a in list]", "[1 for a in list if text.count('b') > 5]", "[list for a in list]"),
        *(
            "[text + text for a in list]",
            "[list + list for a in list]",
            "[text[1:] for a in list]",
            "[list(text) for a in text]",
        ),
        *(
            "[is_present('list..' + str(a.a)) for a in list]",
            "[`$..a` for a in list for b in list]",
            "int('9' * 100000)",
        ),
    ],
)
def test_no_expression_grows_or_runs_without_end(text, large):
    with pytest.raises(StateFailure):
        evaluate(text, large)


def test_what_is_shared_is_weighed_as_often_as_it_is_written(large):
    """Doubling forty times takes no memory, and would take all of it once written down."""
    doubled = "[1]"
    for name in "abcdefghijklmnopqrstuvwxyzabcdefghijklmn":
        doubled = f"[[{name}, {name}] for {name} in {doubled}]"

    with pytest.raises(StateFailure):
        evaluate(doubled, large)
    with pytest.raises(StateFailure):
        fill({f"p{at}.$": "$" for at in range(1000)}, large)
    with pytest.raises(StateFailure):
        call("States.JsonToString(States.Array(" + ", ".join(["$"] * 1000) + "))", large)
    with pytest.raises(StateFailure):
        call("States.Format('" + "{}" * 1000 + "', " + ", ".join(["$.text"] * 1000) + ")", large)


@pytest.mark.parametrize(
    "path",
    [
        *("$..*..*..*..*..nothing", "$.list[*,*][*,*,*,*,*,*,*,*]", "$.list[?@..*[?@..*]]", "$.list[?count($..*) > 1]"),
        *("$.list[?$.list == $.list]", "$.list[" + ",".join(["?1 == 2"] * 200) + "]", "$..[?@..[?@..[?@..a]]]"),
        *("$" + "[?@" * 200 + "]" * 200, "$.list[?search(@.c, '(x+x+)+y')]", "$.list[?@.c =~ /(x+x+)+y/]", "$" * 5000),
    ],
)
def test_no_path_visits_without_end(path, large):
    with suppress(StateFailure):  # some are seen through, and answered
        assert isinstance(find(path, large), list)


def nested(depth, make):
    value = 1
    for _ in range(depth):
        value = make(value)
    return value


@pytest.mark.parametrize("make", [lambda inner: [inner], lambda inner: {"a": inner}])
def test_values_nested_without_end_are_no_recursion_error(make):
    deep = nested(50_000, make)
    scene = Scene({"deep": deep})

    assert find("$.deep", scene) is deep
    assert fill({"a.$": "$.deep", "b.$": "$.deep"}, scene)["a"] is deep
    for attempt in (
        lambda: find("$..a", scene),
        lambda: evaluate("str(deep)", scene),
        lambda: evaluate("deep", scene),
        lambda: call("States.JsonToString($.deep)", scene),
        lambda: call("States.ArrayUnique(States.Array($.deep))", scene),
        lambda: call("States.StringToJson($.text)", Scene({"text": "[" * 100_000 + "]" * 100_000})),
        lambda: fill(deep, scene),
    ):
        with pytest.raises(StateFailure):
            attempt()
