"""What is done to an index, and who looked at all of it, stands in the audit log."""

import pytest

from apps.access.types import PUBLIC
from apps.accounts.models import AuditEvent
from apps.search import services as search


def told(index):
    found = AuditEvent.objects.filter(target_kind="index", target_id=index.pk).order_by("pk")
    return [(one.action, one.actor_name, one.details) for one in found]


def test_the_life_of_an_index_is_told(index, alice, bob, urn_of):
    search.update_index(index=index, actor=alice, display_name="Runs", visible_to=())
    role = search.grant_role(index=index, actor=alice, role_name="writer", principal=urn_of(bob))
    search.withdraw_role(index=index, actor=alice, role_id=role.pk)
    search.present(index=index, actor=alice, document={})
    search.delete_index(index=index, actor=alice)
    search.reopen_index(index=index, actor=alice)

    actions = [action for action, actor, _ in told(index) if actor == "alice@vitrine.local"]
    assert actions == [
        *("index.made", "role.granted", "index.changed", "role.granted", "role.withdrawn"),
        *("index.presented", "index.deleted", "index.reopened"),
    ]
    granted = next(details for action, _, details in reversed(told(index)) if action == "role.granted")
    assert granted == {"role": "writer", "principal": urn_of(bob), "person": "bob@vitrine.local"}
    changed = next(details for action, _, details in told(index) if action == "index.changed")
    assert changed == {"before": {"visible_to": [PUBLIC]}, "after": {"visible_to": []}}


def test_settings_that_stay_as_they_are_leave_no_line(index, alice):
    before = told(index)

    search.update_index(index=index, actor=alice, display_name="Runs", visible_to=(PUBLIC,), is_strict=False)

    assert told(index) == before


@pytest.mark.parametrize("sees_all", [True, False])
def test_looking_at_all_of_an_index_is_told(api, index, alice, sees_all):
    document = {"q": "*", "bypass_visible_to": sees_all}
    api(alice).post(f"/api/search/v1/index/{index.pk}/search", document, format="json")

    assert (told(index)[-1][:2] == ("visibility.bypassed", "alice@vitrine.local")) is sees_all


def test_a_page_of_all_of_an_index_is_one_look(client, index, alice):
    client.force_login(alice)

    client.get("/runs/?bypass_visible_to=true")

    assert [action for action, _, _ in told(index)].count("visibility.bypassed") == 1
