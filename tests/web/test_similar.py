"""Records like one: those that share most come first, and only those that the reader sees."""

import pytest

from apps.search.backends import engine
from apps.search.errors import EngineUnavailable
from apps.web.links import record_url
from tests.web.conftest import entry


def similar(client, subject):
    return [(one.card.subject, one.shared) for one in client.get(record_url("crystals", subject)).context["similar"]]


def test_records_that_share_a_value_are_similar_and_say_which(client, index, put, alice):
    put(
        index,
        alice,
        entry("a", protein="PDL1", title="Humid chip"),
        entry("b", protein="PDL1", title="Humid helium"),
        entry("c", protein="PDL1", title="Other"),
        entry("d", protein="KRAS", title="Humid again"),
        entry("e", protein="KRAS", title="Nothing"),
    )

    assert similar(client, "a") == [
        ("b", "Same protein"),
        ("c", "Same protein"),
        ("d", "Words of the title in common"),
    ]


def test_what_is_hidden_is_similar_to_nothing(client, shelf, bob, alice):
    def subjects(user):
        client.force_login(user) if user else client.logout()
        return [subject for subject, _ in similar(client, "a")]

    assert [subjects(user) for user in (None, bob, alice)] == [[], ["d"], ["d"]]


def test_a_record_like_no_other_has_no_such_part(client, index, put, alice):
    put(index, alice, entry("r", protein="PDL1"))

    assert "Similar records" not in client.get(record_url("crystals", "r")).content.decode()


def test_the_record_stands_while_the_engine_is_away(client, shelf, monkeypatch):
    def away(*_, **__):
        raise EngineUnavailable

    monkeypatch.setattr(type(engine()), "search", away)
    answer = client.get(record_url("crystals", "a"), {"from": "q=run", "at": "1"})

    assert answer.status_code == 200
    assert "cannot be reached now" in answer.content.decode()
    assert answer.context["trail"].back_url == "/crystals/?q=run"


@pytest.mark.parametrize("title", ["", "*", "???", '"', "10.1000/a-b (c) [d] AND NOT", "ü日本" * 90, "a" * 3000])
def test_any_title_can_be_asked_for(client, index, put, alice, title):
    put(index, alice, entry("r", title=title), entry("s", title=title))

    assert client.get(record_url("crystals", "r")).status_code == 200
