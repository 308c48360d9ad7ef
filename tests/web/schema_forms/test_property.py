"""Any value that a schema accepts comes back from its form as it was. What it refuses comes back too, as it was.

``VITRINE_FORM_CASES`` says how many are drawn: what 300 do not find, thousands may.
"""

import os

from hypothesis import HealthCheck, given, settings

from apps.web.schema_forms.form import SchemaForm
from apps.web.schema_forms.spelling import same
from tests.web.schema_forms.browser import round_trip
from tests.web.schema_forms.drawing import JSON, pairs

CASES = int(os.environ.get("VITRINE_FORM_CASES") or min(int(os.environ.get("VITRINE_PROPERTY_CASES", "60")), 300))
IS_SAME_EACH_TIME = os.environ.get("VITRINE_PROPERTY_DERANDOMIZE", "0") == "1"
HOW = settings(
    max_examples=CASES,
    deadline=None,
    derandomize=IS_SAME_EACH_TIME,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@HOW
@given(pairs())
def test_what_is_accepted_comes_back_the_same(pair):
    schema, value = pair

    found = round_trip(SchemaForm(schema, None), value)

    assert (same(found.value, value), found.faults) == (True, {}), found.value


@HOW
@given(pairs(), JSON)
def test_what_is_of_another_kind_comes_back_the_same(pair, value):
    schema, _ = pair

    found = round_trip(SchemaForm(schema, None), value)

    assert is_in(value, found.value) or "Fill this in." in found.faults.values(), found


def is_in(value, found):
    """Whether nothing was lost. A box that is not ticked is a no, and what may be nothing is nothing."""
    if isinstance(value, dict) and isinstance(found, dict):
        nothing = all(is_nothing(found[key]) for key in found.keys() - value.keys())
        return nothing and all(key in found and is_in(value[key], found[key]) for key in value)
    if isinstance(value, list) and isinstance(found, list):
        return len(value) == len(found) and all(map(is_in, value, found))
    return same(found, value)


def is_nothing(found):
    """Or a part that must be there, and holds nothing."""
    if isinstance(found, dict):
        return all(map(is_nothing, found.values()))
    return found in (False, None, [])
