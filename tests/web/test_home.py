"""Home lists what a visitor may see, with the numbers that are theirs."""

from apps.search import services as search


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
