"""Forms by HTTP: what is needed to fill them in is for those who may, the rest for administrators."""

from tests.publish.conftest import SCHEMA


def test_forms_are_told_to_those_who_may_see_them(ask, form, dana, alice):
    [told] = ask(alice, "get", "forms?role=submitter")["forms"]

    assert (told["slug"], told["is_open"], told["may_submit"]) == (form.slug, True, True)
    assert [one["name"] for one in told["choices"]] == ["public", "team", "authors"]
    assert ask(None, "get", "forms")["forms"] == []
    assert ask(alice, "get", "forms?role=administrator")["forms"] == []
    ask(alice, "get", "forms?role=king", status=400)
    ask(None, "get", f"forms/{form.slug}", status=404)


def test_a_form_tells_what_it_asks_for(ask, form, alice):
    assert ask(alice, "get", f"forms/{form.pk}/schema") == SCHEMA


def test_where_a_form_publishes_to_is_for_its_administrators(ask, form, dana, alice, archive):
    assert ask(dana, "get", f"forms/{form.slug}/document")["collection"] == str(archive.pk)
    assert str(archive.pk) not in str(ask(alice, "get", f"forms/{form.slug}"))
    ask(alice, "get", f"forms/{form.slug}/document", status=403)
    ask(None, "get", f"forms/{form.slug}/document", status=404)


def test_a_draft_begins_with_a_record(ask, form, draft, published, index, bob):
    version = published(draft)
    record = {"index": str(index.pk), "subject": version.subject}

    made = ask(bob, "post", "submissions", {"form": form.slug, "record": record}, status=201)

    assert made["content"]["title"] == "Lysozyme on a chip"
    both = {"form": form.slug, "record": record, "note": "And this"}
    assert ask(bob, "post", "submissions", both, status=422)["faults"][0]["pointer"] == "/record"
