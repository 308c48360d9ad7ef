"""Clauses on exact values, on identity and on places, and how clauses are put together."""

from apps.search import paths
from apps.search.types import (
    And,
    Boosted,
    Box,
    Everything,
    Exists,
    Identified,
    InSet,
    Like,
    Match,
    Not,
    Nothing,
    Or,
    Phrase,
    SubjectIn,
)
from tests.search.makers import record

ODD_KEYS = [
    "",
    ".",
    "a.b",
    "https://schema.org/name#type",
    'quo"te',
    "it's",
    "a b",
    " ",
    "ba\\ck",
    "\\",
    "a/b",
    "a:b",
    "a*",
    "a?",
    "(a)",
    "[a]",
    "{a}",
    "-a",
    "_a_",
    "_",
    "é",
    "日本",
    "🐟",
    "a\nb",
    "a\0b",
    "A",
    "x" * 400,
]


class ClausePromises:
    def test_values_match_exactly(self, shelf):
        shelf.put(
            record("a", {"name": "Lysozyme C"}), record("b", {"name": "lysozyme c"}), record("c", {"name": "Lysozyme"})
        )

        assert shelf.found(Match("name", ("Lysozyme C",))) == ["a"]
        assert shelf.found(Match("name", ("Lysozyme", "lysozyme c", "other"))) == ["b", "c"]
        assert shelf.found(Match("name", ("LYSOZYME",))) == []
        assert shelf.found(Match("name", ())) == []

    def test_a_string_a_number_and_a_boolean_are_three_values(self, shelf):
        shelf.put(
            record("1 word", {"x": "1"}),
            record("2 number", {"x": 1}),
            record("3 flag", {"x": True}),
            record("4", {"x": "true"}),
        )

        assert shelf.found(Match("x", ("1",))) == ["1 word"]
        assert shelf.found(Match("x", (1,))) == ["2 number"]
        assert shelf.found(Match("x", (1.0,))) == ["2 number"]
        assert shelf.found(Match("x", (True,))) == ["3 flag"]
        assert shelf.found(Match("x", ("true", 1))) == ["2 number", "4"]
        assert shelf.found(Match("x", (0, False, "True", "1.0"))) == []

    def test_numbers_match_as_doubles(self, shelf):
        numbers = [0, -0.0, -1.5e-7, 0.1 + 0.2, 1e300, 5e-324, 2**53, 2**53 + 2, -17, 123456789]
        shelf.put(*(record(f"{i}", {"x": number}) for i, number in enumerate(numbers)))

        assert shelf.found(Match("x", (0,))) == shelf.found(Match("x", (-0.0,))) == ["0", "1"]
        assert [shelf.found(Match("x", (number,))) for number in numbers[2:]] == [[f"{i}"] for i in range(2, 10)]
        assert shelf.found(Match("x", (0.3,))) == []

    def test_numbers_that_no_double_holds_match_nothing(self, shelf):
        shelf.put(record("a", {"x": 1}), record("b", {"x": 1.7976931348623157e308}))

        assert shelf.found(Match("x", (10**400, -(10**400), float("nan"), float("inf"), float("-inf")))) == []

    def test_each_value_of_an_array_matches(self, shelf):
        shelf.put(record("a", {"x": ["red", "blue", ["green"], 7, None, True]}), record("b", {"x": [[], {}, None]}))

        for value in ("red", "blue", "green", 7, True):
            assert shelf.found(Match("x", (value,))) == ["a"]
        assert shelf.found(And((Match("x", ("red",)), Match("x", (7,))))) == ["a"]
        assert shelf.found(Exists("x")) == ["a"]

    def test_odd_strings_match(self, shelf):
        odd = [
            "",
            " ",
            "a  b",
            "a*",
            'say "no"',
            "back\\slash",
            "x:y",
            "[1 TO 2]",
            "ünïcode",
            "日本語",
            "🐟",
            "a\nb",
            "a\tb",
            "a\0b",
        ]
        odd += ["AND", "*", "-", "2020-01-01", "null", "NaN", "</a>", "é", "e\u0301", "x" * 1000]
        shelf.put(*(record(f"{i:02}", {"x": value}) for i, value in enumerate(odd)))

        assert [shelf.found(Match("x", (value,))) for value in odd] == [[f"{i:02}"] for i in range(len(odd))]

    def test_odd_keys_are_paths(self, shelf):
        shelf.put(*(record(f"{i:02}", {key: {"in": f"value {i}"}}) for i, key in enumerate(ODD_KEYS)))

        for i, key in enumerate(ODD_KEYS):
            path = paths.join((key, "in"))
            assert shelf.found(Match(path, (f"value {i}",))) == [f"{i:02}"]
            assert shelf.found(Exists(paths.join((key,)))) == [f"{i:02}"]
            assert shelf.found(Phrase(f"value {i}", path=path)) == [f"{i:02}"]

    def test_a_dot_in_a_key_is_no_step(self, shelf):
        shelf.put(record("key", {"a.b": 1}), record("steps", {"a": {"b": 1}}), record("leaf", {"a": 1}))

        assert shelf.found(Match(r"a\.b", (1,))) == ["key"]
        assert shelf.found(Match("a.b", (1,))) == ["steps"]
        assert shelf.found(Match("a", (1,))) == ["leaf"]
        assert shelf.found(Exists("a")) == ["leaf", "steps"]

    def test_a_path_may_be_of_another_kind_in_each_record(self, shelf):
        shelf.put(
            record("a", {"x": 5}),
            record("b", {"x": "five"}),
            record("c", {"x": False}),
            record("d", {"x": "2020-05-05"}),
        )

        assert shelf.found(Exists("x")) == ["a", "b", "c", "d"]
        assert shelf.found(Match("x", (5, "five", False, "2020-05-05"))) == ["a", "b", "c", "d"]

    def test_a_path_that_nobody_has_matches_nothing(self, shelf):
        shelf.put(record("a", {"x": 1}))

        clauses = (Match("y", (1,)), Exists("y"), Like("y", "*"), Phrase("one", path="y"), Exists("x.y"), Exists(""))

        assert [shelf.found(clause) for clause in clauses] == [[]] * 6

    def test_a_path_exists_where_it_or_one_beneath_has_a_value(self, shelf):
        shelf.put(
            record("deep", {"a": {"b": [{"c": 0}]}}),
            record("empty", {"a": {"b": []}, "x": None}),
            record("false", {"a": False}),
            record("blank", {"a": ""}),
            record("alike", {"ab": 1}),
        )

        assert shelf.found(Exists("a")) == ["blank", "deep", "false"]
        assert shelf.found(Exists("a.b")) == shelf.found(Exists("a.b.c")) == ["deep"]
        assert shelf.found(Exists("x")) == []

    def test_long_strings_exist_and_hold_words_but_do_not_match(self, shelf):
        long = "word " * 200 + "end"
        shelf.put(record("long", {"x": long}), record("short", {"x": long[:1000]}))

        assert shelf.found(Exists("x")) == ["long", "short"]
        assert shelf.found(Match("x", (long, long[:1000]))) == ["short"]
        assert shelf.found(Like("x", "word*")) == ["short"]
        assert shelf.found(Phrase("word end", path="x")) == shelf.found(Phrase("word end")) == ["long"]

    def test_very_long_strings_harm_nothing(self, shelf):
        shelf.put(record("a", {"x": "y" * 70_000, "name": "é" * 40_000}), record("b", {"x": "y"}))

        assert shelf.found(Exists("x")) == ["a", "b"]
        assert shelf.found(Match("x", ("y" * 70_000,))) == []

    def test_like_knows_stars_and_question_marks(self, shelf):
        shelf.put(*(record(name, {"x": name}) for name in ("run", "run 1", "run 12", "Run 1", "rerun 1", "r\nn")))

        assert shelf.found(Like("x", "run*")) == ["run", "run 1", "run 12"]
        assert shelf.found(Like("x", "run ?")) == ["run 1"]
        assert shelf.found(Like("x", "*run 1")) == ["rerun 1", "run 1"]
        assert shelf.found(Like("x", "r?n")) == ["r\nn", "run"]
        assert shelf.found(Like("x", "*")) == ["Run 1", "r\nn", "rerun 1", "run", "run 1", "run 12"]
        assert shelf.found(Like("x", "run")) == ["run"]

    def test_all_other_signs_of_like_are_plain(self, shelf):
        odd = ["a.c", "abc", "a\\c", "a\\*c", "[ab]c", "(a|b)", "a+", "^a$", "{2}", "a~1", '"q"', "a#b", "@&<>", "é🐟"]
        shelf.put(*(record(f"{i:02}", {"x": value}) for i, value in enumerate(odd)))

        assert [shelf.found(Like("x", value)) for value in odd[:3]] == [["00"], ["01"], ["02"]]
        assert shelf.found(Like("x", "a\\*c")) == ["02", "03"]
        assert [shelf.found(Like("x", value + "*")) for value in odd[4:]] == [[f"{i:02}"] for i in range(4, 14)]
        assert shelf.found(Like("x", "é?")) == ["13"]

    def test_like_sees_strings_alone(self, shelf):
        shelf.put(record("a", {"x": 12}), record("b", {"x": "12"}), record("c", {"x": True}), record("d", {"x": ""}))

        assert shelf.found(Like("x", "*")) == ["b", "d"]
        assert shelf.found(Like("x", "1*")) == ["b"]
        assert shelf.found(Like("x", "")) == ["d"]

    def test_a_subject_is_identified_by_its_last_part_its_names_and_itself(self, shelf):
        shelf.put(
            record("https://a.b/runs/Run-7", {"title": "x"}, exact=["10.5072/Vit-Rine", "Crystals at dawn"]),
            record("run 77", {"title": "run 7"}),
        )

        for text in ("https://a.b/runs/Run-7", "run 7", "RUN-7", "10.5072/vit-rine", "crystals at DAWN!"):
            assert shelf.found(Identified(text)) == ["https://a.b/runs/Run-7"]
        assert shelf.found(Identified("crystals")) == shelf.found(Identified("")) == shelf.found(Identified("*")) == []

    def test_subjects_are_chosen_exactly(self, shelf):
        shelf.put(record("A", {}), record("a", {}), record("b", {}))

        assert shelf.found(SubjectIn(("a", "b", "c"))) == ["a", "b"]
        assert shelf.found(SubjectIn(())) == []
        assert shelf.found(SubjectIn((*(f"{i}" for i in range(3000)), "A"))) == ["A"]

    def test_principal_sets_hold_tokens(self, shelf):
        shelf.put(
            record("a", {}, sets=("admin\0alice", "monitor\0bob")),
            record("b", {}, sets=("admin\0bob",)),
            record("c", {}),
        )

        assert shelf.found(InSet(("admin\0bob", "admin\0carol"))) == ["b"]
        assert shelf.found(InSet(("admin\0alice", "admin\0bob"))) == ["a", "b"]
        assert shelf.found(InSet(("admin", "bob"))) == shelf.found(InSet(())) == []

    def test_a_box_holds_points(self, shelf):
        shelf.put(
            record("Hamburg", {"at": (53.55, 9.99)}),
            record("Suva", {"at": (-18.14, 178.44)}),
            record("Apia", {"at": (-13.83, -171.77)}),
            record("both", {"at": [(53.0, 9.0), (-18.0, 179.0)]}),
            record("mixed", {"at": [(53.0, 100.0), (10.0, 9.5)]}),
        )

        assert shelf.found(Box("at", top=54, left=9, bottom=53, right=10)) == ["Hamburg", "both"]
        assert shelf.found(Box("at", top=0, left=170, bottom=-20, right=-170)) == ["Apia", "Suva", "both"]
        assert shelf.found(Box("at", top=90, left=-180, bottom=-90, right=180)) == [
            "Apia",
            "Hamburg",
            "Suva",
            "both",
            "mixed",
        ]
        assert shelf.found(Box("at", top=53.55, left=9.99, bottom=53.55, right=9.99)) == ["Hamburg"]
        assert shelf.found(Box("at", top=54, left=9, bottom=52, right=10)) == ["Hamburg", "both"]
        assert shelf.found(Exists("at")) == ["Apia", "Hamburg", "Suva", "both", "mixed"]

    def test_clauses_are_put_together(self, shelf):
        shelf.put(*(record(f"{n}", {"n": n, "even": n % 2 == 0}) for n in range(6)))
        even, three = Match("even", (True,)), Match("n", (3,))

        assert shelf.found(Or((even, three))) == ["0", "2", "3", "4"]
        assert shelf.found(And((even, Not(Match("n", (2, 4)))))) == ["0"]
        assert shelf.found(Not(Or((even, three)))) == ["1", "5"]
        assert shelf.found(Not(And((Not(even), Not(three))))) == ["0", "2", "3", "4"]
        assert shelf.found(Or((Not(even), And((even, Not(Not(Match("n", (0,))))))))) == ["0", "1", "3", "5"]

    def test_empty_clauses_mean_what_logic_says(self, shelf):
        shelf.put(record("a", {}), record("b", {}))

        assert shelf.found(And(())) == shelf.found(Not(Or(()))) == shelf.found(Not(Nothing())) == ["a", "b"]
        assert shelf.found(Or(())) == shelf.found(Not(And(()))) == shelf.found(Not(Everything())) == []
        assert shelf.found(Or((Nothing(), Everything()))) == ["a", "b"]
        assert shelf.found(And((Everything(), Nothing()))) == []

    def test_clauses_may_be_nested_deep(self, shelf):
        shelf.put(record("a", {"x": 1}), record("b", {"x": 2}))
        clause = Match("x", (1,))

        for _ in range(15):
            clause = Not(And((Not(Or((clause,))),)))

        assert shelf.found(clause) == ["a"]

    def test_a_boost_changes_no_match(self, shelf):
        shelf.put(record("a", {"x": 1}), record("b", {"x": 2}))

        assert shelf.found(Boosted(Match("x", (1,)), 10)) == ["a"]
        assert shelf.found(Not(Boosted(Match("x", (1,)), 0.1))) == ["b"]
        assert shelf.found(Boosted(Not(Boosted(Everything(), 3)), 2)) == []
