"""Tests of search. The promises are asserted outside of test files, and pytest is told so before they are imported."""

import pytest

pytest.register_assert_rewrite("tests.search.promises", "tests.search.shelf", "tests.search.agreement")
