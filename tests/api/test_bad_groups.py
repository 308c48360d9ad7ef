"""What should never be sent to Groups is refused with the place that is wrong, and changes nothing."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts import services as accounts
from apps.accounts.models import Group, Membership
from tests.api.oracle import UUID
from tests.api.rubbish import BODIES

FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = [[], {}, 10**400, "x" * 5000, "\ud800", "a\0b"]


@pytest.fixture
def refused(api, alice, team):
    """Sends, as the group's admin, what must be refused; gives the error."""
    client = api(alice)

    def refused(method, url, body, place=""):
        before = held()
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = client.generic(method, f"/api/groups/v2/{url}", raw, content_type="application/json")
        told = answer.json()
        assert answer.status_code == 422, (url, body, told)
        assert set(told) == {"code", "detail"}
        assert place in told["detail"], told
        assert len(answer.content) < 5000
        assert held() == before
        return told

    return refused


def held():
    return list(Group.objects.values()), list(Membership.objects.values())


@pytest.mark.parametrize("name", BODIES)
def test_no_body_that_is_none_is_taken(refused, team, name):
    if name not in ("nothing", "a key twice, the last one wrong"):
        for method, url in (
            ("PUT", f"groups/{team.pk}"),
            ("PUT", f"groups/{team.pk}/policies"),
            ("POST", f"groups/{team.pk}"),
        ):
            refused(method, url, BODIES[name])
    refused("POST", "groups", BODIES[name])


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({}, "name"), ({"name": None}, "name"), ({"name": ""}, "name"), ({"name": " "}, "name"),
        ({"name": "x" * 151}, "name"),
        *(({"name": wrong}, "name") for wrong in TEXTS),
        *(({"name": "a", "description": wrong}, "description") for wrong in TEXTS),
        ({"name": "a", "parent_id": "x"}, "parent_id"), ({"name": "a", "parent_id": []}, "parent_id"),
        ({"name": "a", "terms_and_conditions": "x" * 20_001}, "terms_and_conditions"),
        ({"name": "a", "policies": 1}, "policies"),
        ({"name": "a", "policies": {"joining": "free"}}, "policies.joining"),
        ({"name": "a", "nmae": "b"}, "nmae"),
    ],
)  # fmt: skip
def test_a_wrong_part_of_a_new_group_is_named(refused, document, place):
    refused("POST", "groups", document, place)


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"name": ""}, "name"), ({"name": None}, "name"), ({"description": []}, "description"),
        ({"title": "x"}, "title"),
        ({"parent_id": UUID}, "parent_id"),
        ({"subscription_admin_verified_id": UUID}, "subscription_admin_verified_id"),
    ],
)  # fmt: skip
def test_a_wrong_part_of_a_change_is_named(refused, team, document, place):
    refused("PUT", f"groups/{team.pk}", document, place)


@pytest.mark.parametrize(
    ("key", "values"),
    {
        "group_visibility": ["public", None, 1, []],
        "group_members_visibility": ["all", None, {}],
        "join_requests": ["maybe", None, [], 7],
        "joining": ["free", None, 1],
        "is_high_assurance": ["x", None, {}],
        "signup_fields": ["city", None, ["shoe_size"], [1], [[]], {"a": 1}, ["city"] * 51],
        "authentication_assurance_timeout": [0, -1, "x", 10**400, 2**31, 1.5, []],
        "visibility": ["private"],
    }.items(),
)
def test_a_wrong_policy_is_named(refused, team, key, values):
    for value in values:
        refused("PUT", f"groups/{team.pk}/policies", {key: value}, key)


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"promote": []}, "promote"), ({"add": 1}, "add"), ({"add": {}}, "add"), ({"add": [1]}, "add"),
        ({"add": [{}]}, "add.0.identity_id"),
        ({"add": [{"identity_id": "x"}]}, "add.0.identity_id"), ({"add": [{"identity_id": None}]}, "identity_id"),
        ({"add": [{"identity_id": UUID, "role": "king"}]}, "role"),
        ({"change_role": [{"identity_id": UUID}]}, "change_role"),
        ({"add": [{"identity_id": UUID, "rôle": "admin"}]}, "rôle"),
        ({"add": [{"identity_id": UUID}] * 501}, "500"),
        ({step: [{"identity_id": UUID}] * 300 for step in ("add", "invite")}, "500"),
    ],
)  # fmt: skip
def test_a_wrong_part_of_a_batch_is_named_and_none_of_it_is_done(refused, team, charlie, document, place):
    good = {"invite": [{"identity_id": str(accounts.identity_ids_of(charlie)[0])}]}

    refused("POST", f"groups/{team.pk}", good | document, place)


@pytest.mark.parametrize("query", ["include=people", "include=memberships,%00"])
def test_what_cannot_be_included_is_named(refused, team, query):
    refused("GET", f"groups/{team.pk}?{query}", b"", "include")


def test_a_status_that_there_is_not_is_named(refused):
    refused("GET", "groups/my_groups?statuses=active,dead", b"", "statuses")


@pytest.mark.parametrize("name", ["none", "%00", "..", "-1", "0" * 31, "x" * 10_000, "a%2Fb", "%ED%A0%80"])
def test_what_is_no_group_is_not_found(api, alice, name):
    for rest in ("", "/policies"):
        answer = api(alice).get(f"/api/groups/v2/groups/{name}{rest}")

        assert (answer.status_code, set(answer.json())) == (404, {"code", "detail"})


@pytest.mark.parametrize("step", ["PATCH", "TRACE", "RUBBISH"])
def test_a_method_that_there_is_not_is_refused(api, alice, team, step):
    answer = api(alice).generic(step, f"/api/groups/v2/groups/{team.pk}", b"{}", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (405, "METHOD_NOT_ALLOWED")


values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6),
        st.sampled_from(["member", "admin", "open", "private", "active", UUID]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["identity_id", "role", "joining", "name", "x"]), inner, max_size=3),
    ),
    max_leaves=8,
)  # fmt: skip
KEYS = """name description parent_id policies terms_and_conditions joining join_requests group_visibility signup_fields
add remove change_role leave join is_high_assurance authentication_assurance_timeout"""
keys = st.sampled_from(KEYS.split())


@FEW
@given(document=st.dictionaries(keys, values, max_size=4))
def test_no_document_makes_it_fail(api, bob, team, document):
    client, body = api(bob), json.dumps(document).replace("NaN", "1e999")

    for method, url in (("POST", ""), ("POST", f"/{team.pk}"), ("PUT", f"/{team.pk}"), ("PUT", f"/{team.pk}/policies")):
        answer = client.generic(method, f"/api/groups/v2/groups{url}", body, content_type="application/json")

        assert answer.status_code < 500
