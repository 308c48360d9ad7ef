"""Expressions in both forms: what they are worth, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.flows.language.dialect import Dialect
from apps.flows.language.expressions import check_expression, evaluate
from apps.flows.language.failures import StateFailure
from apps.flows.language.scene import Scene

DATA = {
    "foo": "bar",
    "list_val": [1, 2, 3],
    "object_val": {"sub_val1": "embedded", "items": 5, "__class__": "a member"},
    "input": {"path": "/a/b/", "name": "x", "tags": ["a", "b"]},
    "my-key": 1,
    "nothing": None,
    "files": [{"path": "a", "size": 1}, {"path": "b", "size": 20}],
    "_private": {"token": "t"},
}
RUN = {"run_id": "r", "action_id": "r", "identities": ["i"]}
SCENE = Scene(DATA, run=RUN)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("foo + ' ' + object_val.sub_val1", "bar embedded"),
        ("[list_val[0], list_val[-1], list_val[1:], input['name']]", [1, 3, [2, 3], "x"]),
        ("list_val + [4]", [1, 2, 3, 4]),
        ("(1 + 2 * 3 - 4 / 2) ** 2 % 7 // 1", 4.0),
        ("input.path.rstrip('/') + '/' + input.name", "/a/b/x"),
        ("', '.join([tag.upper() for tag in input.tags])", "A, B"),
        ("[f.path for f in files if f.size > 5]", ["b"]),
        ("{f.path: f.size for f in files}", {"a": 1, "b": 20}),
        ("[[x, y] for x, y in [(1, 2), (3, 4)]]", [[1, 2], [3, 4]]),
        ("foo if is_present('foo') else 10", "bar"),
        ("nope if is_present('nope') else 10", 10),
        ("nothing or foo", "bar"),
        ("foo and list_val", [1, 2, 3]),
        ("not foo or 1 < 2 <= 2", True),
        ("'a' in input.tags and 'c' not in input.tags", True),
        ("nothing is None", True),
        ("str(list_val[0]) + str(2.5) + str(True)", "12.5True"),
        ("int('7') + float('0.5') + len(list_val)", 10.5),
        ("'%s-%03d' % (foo, 7)", "bar-007"),
        ("f'{foo}/{list_val[0]:03d}'", "bar/001"),
        ("{'a': [foo, None], 'b': {'c': -1}}", {"a": ["bar", None], "b": {"c": -1}}),
        ("(1, 2)", [1, 2]),
        ("object_val.items", 5),
        ("object_val.__class__", "a member"),
        ("_private.token", "t"),
        ("input.get('none', 'd')", "d"),
        ("_context.run_id", "r"),
        ("is_present('files[0].path') and not is_present('files[9]')", True),
        ("is_present('my-key')", True),
        (
            "[getattr('files[1].path'), getattr('nope'), getattr('nope', 5), getattr('nothing', 5)]",
            ["b", None, 5, None],
        ),
        ("getattr('label', 'Run ' + _context.run_id)", "Run r"),
    ],
)
def test_an_expression_is_worth_what_python_makes_of_it(text, value):
    assert check_expression(text) is None
    assert evaluate(text, SCENE) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[`$.input.path`]", ["/a/b/"]),
        ("`$.input.path` + '/' + `$.files[0].path`", "/a/b//a"),
        ("'Run ' + `$._context.action_id`", "Run r"),
        ("`$.my-key` + 1", 2),
        ("`$.files[*].size`", [1, 20]),
        ("foo + `$.foo`", "barbar"),
        ("'not `$.foo` in a string'", "not `$.foo` in a string"),
        ("[x + `$.foo` for x in `$.input.tags`]", ["abar", "bbar"]),
        ("'.crate' if`$.foo`else''", ".crate"),
        ("'Failed:\n' +\n  ` $.foo `", "Failed:\nbar"),
    ],
)
def test_the_old_form_puts_paths_into_back_quotes(text, value):
    assert check_expression(text) is None
    assert evaluate(text, SCENE) == value


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/foo/bar/blech", ["/foo/bar", "blech"]),
        ("/~/path", ["/~/", "path"]),
        ("/~/a/b", ["/~/a", "b"]),
        ("/~/", ["/~/", ""]),
        ("/~", ["/~/", ""]),
        ("/foo", ["/", "foo"]),
        ("foo", ["", "foo"]),
        ("/foo/bar/", ["/foo/bar", ""]),
        ("", ["", ""]),
    ],
)
def test_a_path_is_split_before_its_last_name_but_its_root_never(path, parts):
    assert evaluate("pathsplit(`$`)", Scene(path)) == parts


def test_the_run_is_seen_in_the_dialect_of_globus_alone():
    with pytest.raises(StateFailure):
        evaluate("_context.run_id", Scene({}, run=RUN, dialect=Dialect.ASL))

    assert evaluate("_context", Scene({"_context": 1}, run=RUN)) == RUN
    assert evaluate("_context", Scene({"_context": 1}, dialect=Dialect.ASL)) == 1


@pytest.mark.parametrize(
    "text",
    ["nope", "input.nope", "foo.x", "files[9]", "input['nope']", "`$.nope`", "nope + 1", "str", "[str for x in foo]"],
)
def test_what_leads_nowhere_is_a_failure_of_a_path(text):
    with pytest.raises(StateFailure) as told:
        evaluate(text, SCENE)

    assert told.value.error == "States.ParameterPathFailure"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "foo + 1",
            "1 / 0",
            "int('x')",
            "1e308 * 10",
            "(-1) ** 0.5",
            "{1: 2}",
            "len(5)",
            "is_present(5)",
            "foo.rstrip(5)",
        ),
        *("foo < 1", "[x for x in 5]", "[1][foo]", "str(1, 2, 3)", "'a' % 1", "float('nan')", "foo.join(5)", "-foo"),
        *("is_present('a b')", "list_val.upper()", "'%q' % 1", "f'{foo:q}'", "f'{list_val:3}'", "list_val * list_val"),
    ],
)
def test_what_has_no_value_fails_at_run_time(text):
    assert check_expression(text) is None
    with pytest.raises(StateFailure) as told:
        evaluate(text, SCENE)

    assert told.value.error == "States.Runtime"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "a b",
            "a =",
            "x = 1",
            "x := 1",
            "import os",
            "lambda: 0",
            "(lambda: 0)()",
            "{1, 2}",
            "b'x'",
            "1j",
            "...",
        ),
        *(
            "open('/etc/passwd')",
            "__import__('os')",
            "eval('1')",
            "''.format(1)",
            "foo.encode()",
            "str(*foo)",
            "str(object=1)",
        ),
        *(
            "`$.a",
            "`a`",
            "`$.a b`",
            "(yield)",
            "await x",
            "*foo",
            "f'{foo!r}'",
            "a[0]()",
            "[x for x.y in foo]",
            "\0",
            5,
            None,
        ),
        *("x" * 9000, "(" * 5000 + ")" * 5000, "-" * 5000 + "1", "+".join(["1"] * 500), "[" * 199 + "]" * 199),
        *("foo.__class__()", "().__class__.__bases__[0].__subclasses__()", "getattr(foo, 'x').mro()", "9" * 5000),
    ],
)
def test_what_is_no_expression_is_told_in_a_sentence(text):
    trouble = check_expression(text)

    assert trouble.endswith(".")
    assert len(trouble) < 400


numbers = st.integers(-20, 20).map(str) | st.sampled_from(["0.5", "n", "list_val[1]"])
sums = st.recursive(
    numbers,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "==", "<", "and", "or"]), inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("[{}, {}][{} > 0]".format, inner, inner, inner),
    ),
    max_leaves=12,
)


@given(sums)
def test_arithmetic_and_conditions_agree_with_python(text):
    names = {"n": 3, "list_val": [4, 5]}

    assert evaluate(text, Scene(names)) == eval(text, dict(names))
