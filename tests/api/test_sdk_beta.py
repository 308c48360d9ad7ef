"""S24 to S26: the mapping and the field budget, which no client has a method for."""

import pytest

pytestmark = pytest.mark.usefixtures("shelf")


@pytest.fixture
def beta(sdk, alice, index):
    client = sdk(alice)
    return lambda rest: client.get(f"/beta/index/{index.pk}/{rest}").data


def test_the_mapping_names_each_path_and_its_type(beta):
    types = beta("mapping")["mappings"]

    assert types["rate"] == "double"
    assert (types["made"], types["title"], types["is_good"]) == ("date", "text", "boolean")


def test_one_path_is_asked_for_alone(beta):
    assert beta("mapping/rate") == {"mappings": {"rate": "double"}}


def test_the_budget_counts_paths(beta, index):
    used = len(beta("mapping")["mappings"])

    assert beta("field_budget") == {
        "budget": index.field_budget,
        "used": used,
        "remaining": index.field_budget - used,
    }
