"""The pages of groups in a real browser: readable at any width, and all steps by keyboard and forms."""

import pytest
from playwright.sync_api import expect

from apps.accounts import services as accounts
from apps.accounts.models import Group, Membership
from tests.browser.conftest import faults, give_password


@pytest.fixture
def full(team, alice, bob, charlie):
    """Alice's team with all that a page of a group can show."""
    Group.objects.filter(pk=team.pk).update(
        joining="request", visibility="authenticated", terms_and_conditions="Be kind."
    )
    Membership.objects.create(group=team, identity=accounts.identities_of(charlie)[0], status="pending")
    dora = accounts.make_user(username="dora", name="Dora", password=None)
    accounts.invite(group=team, identity=accounts.identities_of(dora)[0], actor=alice, role="manager")
    accounts.make_group(owner=alice, name="Below the team", parent=team)
    other = accounts.make_group(owner=charlie, name="Charlie's own")
    accounts.invite(group=other, identity=accounts.identities_of(alice)[0], actor=charlie)
    return team


@pytest.fixture
def groups_of_alice(visit):
    """Alice's browser, and the address of her groups."""

    def groups_of_alice(**how):
        page = visit("/account/login/?next=/account/groups/", **how)
        give_password(page, "alice")
        page.wait_for_url("**/account/groups/")
        return page, page.url

    return groups_of_alice


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 320])
def test_axe_finds_nothing_wrong_on_pages_of_groups(groups_of_alice, full, width, scheme):
    page, groups = groups_of_alice(width=width, scheme=scheme)

    for path in ("", f"{full.pk}/", f"{full.pk}/settings/", f"{full.pk}/delete/", "find/?q=a"):
        page.goto(f"{groups}{path}")

        assert (path, faults(page)) == (path, [])


def test_a_group_is_asked_to_join_and_a_request_approved_without_scripts(groups_of_alice, full, charlie):
    page, groups = groups_of_alice(script=False)
    page.goto(f"{groups}{full.pk}/")

    page.get_by_role("button", name="Approve charlie@vitrine.local").click()

    expect(page.get_by_text("charlie@vitrine.local is in the group now.")).to_be_visible()
    assert accounts.role_in(charlie, full) == "member"
