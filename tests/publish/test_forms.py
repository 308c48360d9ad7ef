"""Forms are data: checked whole, kept in versions, and acting in the name of who wrote them."""

import pytest

from apps.common.errors import NotAllowed
from apps.publish import services as publish
from apps.publish.errors import InvalidForm, NoSuchForm

CHOICE_OF_BOB = {"name": "bob", "title": "Bob", "visible_to": ["bob"]}


def pointers(document, actor):
    return {fault.pointer for fault in publish.check_form(document, actor=actor)}


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"schema": {"type": "string"}}, "/schema/type"),
        ({"schema": {"type": "object", "properties": {"a": {"type": "texts"}}}}, "/schema/properties/a/type"),
        ({"path": "/{protein}/{id}"}, "/path"),
        ({"path": "/chips"}, "/path"),
        ({"name": "{title"}, "/name"),
        ({"restricted": {}}, "/schema/properties/notes/x-restricted"),
        (
            {"visibility": {"choices": [CHOICE_OF_BOB]}},
            "/visibility/choices/0/visible_to/0",
        ),
        ({"index": "no-such"}, "/index"),
        ({"collection": "no-such"}, "/collection"),
        ({"colour": "red"}, ""),
    ],
)
def test_each_fault_is_told_with_its_place(document, dana, said, pointer):
    assert pointer in pointers({**document, **said}, dana)


def test_nobody_publishes_to_what_is_not_theirs(document, alice):
    assert pointers(document, alice) == {"/index", "/collection"}

    with pytest.raises(InvalidForm):
        publish.create_form(actor=alice, told=publish.FormChanges(document=document))


def test_a_change_is_a_new_version_and_drafts_go_on_with_theirs(form, draft, dana, document):
    publish.change_form(form=form, actor=dana, told=publish.FormChanges(document={**document, "title": "Chips"}))

    assert publish.get_form("runs", actor=dana).version.number == 2
    assert publish.get_submission(draft.pk, actor=draft.author).document["title"] == "Runs"


def test_those_who_may_not_submit_do_not_find_it(make_form, alice, charlie, nobody, team_urn):
    form = make_form(submitters=[team_urn])

    assert list(publish.find_forms(actor=alice)) == [form]
    for stranger in (charlie, nobody):
        assert list(publish.find_forms(actor=stranger)) == []
        with pytest.raises(NoSuchForm):
            publish.get_form(form.slug, actor=stranger)


def test_only_administrators_change_it(form, alice, document):
    with pytest.raises(NotAllowed):
        publish.change_form(form=form, actor=alice, told=publish.FormChanges(is_open=False))
