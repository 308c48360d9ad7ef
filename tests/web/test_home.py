"""Home lists what a visitor may see, with the numbers that are theirs."""

from apps.search import services as search
from tests.web.conftest import entry


def test_each_visitor_reads_the_count_of_records_that_they_see(client, shelf, alice, bob, charlie):
    def count(user):
        client.force_login(user) if user else client.logout()
        return client.get("/").context["page"].indexes[0].count

    assert [count(user) for user in (None, charlie, bob, alice)] == ["3", "3", "5", "6"]


def test_an_index_that_is_not_theirs_is_not_listed(client, alice, charlie):
    search.create_index(actor=alice, display_name="Secret plans", slug="plans", visible_to=())

    client.force_login(charlie)

    assert "Secret plans" not in client.get("/").content.decode()


def test_a_visitor_who_sees_nothing_is_told_to_sign_in(client, db):
    html = client.get("/").content.decode()

    assert "Nothing is public" in html
    assert "/account/login/?next=%2F" in html


def test_a_search_from_home_goes_on_to_the_index(client, index):
    answer = client.get("/", {"index": "crystals", "q": "lyso zyme"})

    assert answer["Location"] == "/crystals/?q=lyso+zyme"


def test_the_theme_of_the_cookie_is_on_the_page_and_nonsense_is_not(client, db):
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get("/").content.decode()

    client.cookies["theme"] = 'x"onload="'
    assert "data-theme=" not in client.get("/").content.decode()


def test_what_is_new_is_what_the_visitor_sees_and_no_day_to_come(client, shelf, put, alice, bob):
    put(shelf, alice, entry("g", made="2999-01-01"))

    def new(user):
        client.force_login(user) if user else client.logout()
        return [(one.card.subject, one.day) for one in client.get("/").context["page"].new]

    assert new(None) == [("b", "2021-12-31"), ("c", "2021-06-01"), ("a", "2020-03-01")]
    assert new(bob)[0] == ("e", "2022-01-02")


def test_the_last_change_of_an_index_is_told_to_those_with_a_role(client, shelf, alice, bob):
    def changed(user):
        client.force_login(user)
        return bool(client.get("/").context["page"].indexes[0].changed)

    assert [changed(alice), changed(bob)] == [True, False]
