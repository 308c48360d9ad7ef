"""Groups by their pages: made, found, joined, filled, changed and deleted, by plain forms."""

import re

import pytest

from apps.accounts import services as accounts
from apps.accounts.models import Group, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client, alice):
    client.force_login(alice)
    return client


def identity(user):
    return accounts.identities_of(user)[0]


def step(browser, team, user, name, **values):
    """Take a step, and read the page on which it ends."""
    url = f"/account/groups/{team.pk}/members/{identity(user).pk}/{name}/"
    return browser.post(url, values, follow=True).text


def role_of(user, team):
    return accounts.role_in(user, team)


def test_a_group_is_made_and_filled(browser, alice, bob):
    made = browser.post("/account/groups/", {"name": "Beamline 7", "description": "Staff <b>"})["Location"]

    browser.post(made, {"identity": "bob", "role": "manager"})

    (group,) = accounts.groups_of(bob)
    assert accounts.membership_of(bob, group.pk).role == Membership.Role.MANAGER
    page = browser.get(made).text
    assert "bob@vitrine.local" in page
    assert "Staff &lt;b&gt;" in page


@pytest.mark.parametrize(
    ("name", "complaint"), [("zelda", "Nobody here"), ("bob", "in the group already"), ("", "required")]
)
def test_adding_somebody_who_cannot_be_added_says_why(browser, team, name, complaint):
    answer = browser.post(f"/account/groups/{team.pk}/", {"identity": name, "role": "member"})

    assert complaint in answer.text
    assert team.memberships.count() == 2


def test_a_strangers_group_is_not_there(client, team, charlie, bob):
    client.force_login(charlie)
    page = f"/account/groups/{team.pk}/"

    assert client.get(page).status_code == 404
    assert client.post(page, {"identity": "charlie", "role": "admin"}).status_code == 404
    assert client.post(f"{page}members/{identity(bob).pk}/remove/").status_code == 404
    assert [client.get(f"{page}{more}").status_code for more in ("settings/", "delete/")] == [404, 404]
    assert "team" not in client.get("/account/groups/").text
    assert team.memberships.count() == 2


def test_a_plain_member_sees_people_and_changes_nothing(client, team, alice, bob, charlie):
    client.force_login(bob)
    Group.objects.filter(pk=team.pk).update(members_visibility="members")
    page = f"/account/groups/{team.pk}/"

    assert "alice@vitrine.local" in client.get(page).text
    assert "Add somebody" not in client.get(page).text
    assert client.post(page, {"identity": "charlie"}).status_code == 403
    assert client.post(f"{page}members/{identity(alice).pk}/remove/").status_code == 403


def test_a_manager_chooses_no_role(client, team, bob, charlie):
    team.memberships.filter(identity=identity(bob)).update(role=Membership.Role.MANAGER)
    client.force_login(bob)

    client.post(f"/account/groups/{team.pk}/", {"identity": "charlie", "role": "admin"})

    assert accounts.membership_of(charlie, team.pk).role == Membership.Role.MEMBER


def test_the_last_admin_is_told_why_they_stay_and_a_member_may_go(browser, team, alice, bob):
    page = f"/account/groups/{team.pk}/"

    stays = browser.post(f"{page}members/{identity(alice).pk}/leave/", follow=True)
    assert "last admin" in stays.text
    browser.force_login(bob)
    left = browser.post(f"{page}members/{identity(bob).pk}/leave/", follow=True)

    assert "You left “team”" in left.text
    assert accounts.groups_of(bob) == []


def test_an_invitation_is_sent_read_and_accepted(browser, team, charlie):
    browser.post(f"/account/groups/{team.pk}/", {"identity": "charlie", "role": "manager", "is_asked": "on"})
    browser.force_login(charlie)

    listed = browser.get("/account/groups/").text
    assert re.search(r"Invitations.*team.*as manager.*from alice@vitrine.local", listed, re.DOTALL)
    assert "You are in “team” now." in step(browser, team, charlie, "accept")
    assert role_of(charlie, team) == "manager"


def test_one_who_declines_sees_the_private_group_no_more(client, team, alice, charlie):
    accounts.invite(group=team, identity=identity(charlie), actor=alice)
    client.force_login(charlie)
    assert "You are invited" in client.get(f"/account/groups/{team.pk}/").text

    page = step(client, team, charlie, "decline")

    assert "<h1>Groups</h1>" in page
    assert client.get(f"/account/groups/{team.pk}/").status_code == 404


def test_a_group_is_found_asked_and_let_in(client, team, alice, charlie):
    Group.objects.filter(pk=team.pk).update(
        visibility="authenticated", joining="request", terms_and_conditions="Be kind."
    )
    client.force_login(charlie)
    assert f"/account/groups/{team.pk}/" in client.get("/account/groups/find/?q=TEA").text
    assert f"/account/groups/{team.pk}/" not in client.get("/account/groups/find/?q=x").text
    assert "Be kind." in client.get(f"/account/groups/{team.pk}/").text

    assert "You asked to join" in step(client, team, charlie, "request")
    assert "You asked to join" in client.get("/account/groups/").text
    client.force_login(alice)
    assert "They ask to join" in client.get(f"/account/groups/{team.pk}/").text
    step(client, team, charlie, "approve")

    assert role_of(charlie, team) == "member"


def test_an_open_group_is_joined_at_once(client, team, charlie):
    Group.objects.filter(pk=team.pk).update(visibility="authenticated", joining="open")
    client.force_login(charlie)
    page = client.get(f"/account/groups/{team.pk}/").text

    assert ">Join<" in page
    assert ">Ask to join<" not in page
    step(client, team, charlie, "join")
    assert role_of(charlie, team) == "member"


def test_what_cannot_be_done_is_said_in_words(client, team, charlie, alice):
    Group.objects.filter(pk=team.pk).update(visibility="authenticated")
    client.force_login(charlie)

    assert "Its managers can invite you." in client.get(f"/account/groups/{team.pk}/").text
    assert "One cannot come into this group like that." in step(client, team, charlie, "join")
    client.force_login(alice)
    assert "This person is not in the group." in step(client, team, charlie, "approve")


def test_an_admin_changes_roles_and_removes(browser, team, bob):
    step(browser, team, bob, "role", role="manager")
    assert role_of(bob, team) == "manager"

    assert "is not in the group any more" in step(browser, team, bob, "remove")
    assert role_of(bob, team) is None


@pytest.mark.parametrize(("name", "values"), [("rule", {}), ("role", {"role": "king"}), ("role", {})])
def test_what_is_no_step_or_role_is_not_found(browser, team, bob, name, values):
    url = f"/account/groups/{team.pk}/members/{identity(bob).pk}/{name}/"

    assert browser.post(url, values).status_code == 404
    assert browser.get(url).status_code == 405


def test_settings_are_changed_and_what_pages_do_not_show_stays(browser, team):
    Group.objects.filter(pk=team.pk).update(signup_fields=["city"])
    asked = {"name": "crew", "joining": "open", "visibility": "authenticated", "members_visibility": "members"}

    browser.post(f"/account/groups/{team.pk}/settings/", asked | {"terms_and_conditions": "Be kind."})

    team.refresh_from_db()
    assert {name: getattr(team, name) for name in asked} == asked
    assert (team.terms_and_conditions, team.signup_fields) == ("Be kind.", ["city"])


@pytest.mark.parametrize("wrong", [{"name": ""}, {"joining": "free"}, {"visibility": ""}, {"name": "a\0"}])
def test_settings_with_a_mistake_change_nothing(browser, team, wrong):
    asked = {"name": "crew", "joining": "open", "visibility": "authenticated", "members_visibility": "members"}

    answer = browser.post(f"/account/groups/{team.pk}/settings/", asked | wrong)

    assert 'class="error"' in answer.text
    assert Group.objects.get().name == "team"


def test_a_group_below_is_made_and_leads_up(browser, team):
    made = browser.post(f"/account/groups/{team.pk}/subgroups/", {"name": "below"})["Location"]

    assert "Who is in this group is in" in browser.get(made).text
    assert "below" in browser.get(f"/account/groups/{team.pk}/").text


def test_a_group_that_would_stand_too_deep_is_refused_in_words(browser, team, alice):
    for _ in range(4):
        team = accounts.make_group(owner=alice, name="below", parent=team)

    assert "at most 5 layers" in browser.post(f"/account/groups/{team.pk}/subgroups/", {"name": "x"}).text


def test_a_group_is_deleted_after_a_question(browser, team, alice):
    below = accounts.make_group(owner=alice, name="below", parent=team)
    assert "2 people are in it" in browser.get(f"/account/groups/{team.pk}/delete/").text
    assert "groups below this one" in browser.post(f"/account/groups/{team.pk}/delete/", follow=True).text

    for one in (below, team):
        browser.post(f"/account/groups/{one.pk}/delete/")

    assert not Group.objects.exists()


@pytest.mark.parametrize("more", ["settings/", "delete/"])
def test_a_manager_does_not_change_the_group_itself(client, team, bob, more):
    team.memberships.update(role="manager")
    client.force_login(bob)

    assert client.get(f"/account/groups/{team.pk}/{more}").status_code == 403
    assert client.post(f"/account/groups/{team.pk}/{more}").status_code == 403
    assert client.post(f"/account/groups/{team.pk}/subgroups/", {"name": "x"}).status_code == 403


def test_a_plain_member_sees_only_themself_if_the_group_says_so(client, team, bob):
    client.force_login(bob)

    page = client.get(f"/account/groups/{team.pk}/").text

    assert "alice@vitrine.local" not in page
    assert "Only its managers see who else" in page


def test_many_people_and_groups_come_in_pages(browser, team, alice):
    for number in range(60):
        user = accounts.make_user(username=f"u{number:02}", password=None)
        Membership.objects.create(group=team, identity=identity(user))
    Group.objects.bulk_create(Group(name=f"g{number:02}", visibility="authenticated") for number in range(25))

    assert "1 to 50 of 62" in browser.get(f"/account/groups/{team.pk}/").text
    assert "u59@" in browser.get(f"/account/groups/{team.pk}/?page=2").text
    assert "21 to 25 of 25" in browser.get("/account/groups/find/?page=99&q=g").text
    assert "?q=g&amp;page=1" in browser.get("/account/groups/find/?page=2&q=g").text


def test_a_page_of_people_takes_few_questions(browser, team, django_assert_max_num_queries):
    for number in range(30):
        user = accounts.make_user(username=f"u{number}", password=None)
        Membership.objects.create(group=team, identity=identity(user))

    with django_assert_max_num_queries(22):
        browser.get(f"/account/groups/{team.pk}/")


def test_each_page_of_a_group_has_one_heading_and_nothing_inline(browser, team):
    for more in (f"{team.pk}/", f"{team.pk}/settings/", f"{team.pk}/delete/", "find/"):
        answer = browser.get(f"/account/groups/{more}")

        assert answer.status_code == 200
        assert answer.text.count("<h1>") == 1
        assert not re.search(r"<script>|style=|javascript:| on\w+=", answer.text)
