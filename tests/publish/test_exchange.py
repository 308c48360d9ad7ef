"""Forms are taken elsewhere and brought in as one document; where they publish to is of one portal."""

import json

import pytest

from apps.common.errors import Invalid, NotAllowed
from apps.publish import services as publish
from apps.publish.errors import InvalidForm, NoSuchForm
from tests.publish.conftest import SCHEMA, urn


def test_what_is_exported_is_imported_the_same_but_closed(make_form, dana, charlie):
    form = make_form(reviewers=[urn(charlie)])
    told = json.loads(json.dumps(publish.export_form(form, actor=dana)))

    copy = publish.import_form(told, actor=dana)

    assert (copy.slug, copy.is_open, copy.version.document) == ("runs-2", False, form.version.document)
    again = publish.export_form(copy, actor=dana)
    assert again == {**told, "slug": "runs-2"}
    assert again["roles"] == {"reviewer": [urn(charlie)], "submitter": ["all_authenticated_users"]}


def test_where_it_may_not_publish_to_is_left_out(form, dana, alice):
    copy = publish.import_form(publish.export_form(form, actor=dana), actor=alice)

    assert not {"index", "collection"} & set(copy.version.document)
    assert publish.may_form(alice, "owner", copy)


def test_only_administrators_export(form, alice, nobody):
    with pytest.raises(NotAllowed):
        publish.export_form(form, actor=alice)
    with pytest.raises(NoSuchForm):
        publish.export_form(form, actor=nobody)


def test_a_document_alone_will_do(alice):
    assert publish.import_form({"title": "Mine", "schema": SCHEMA | {"properties": {}}}, actor=alice).slug == "mine"


@pytest.mark.parametrize(
    "told",
    [
        [],
        "form",
        {"document": 1},
        {"document": {}, "slug": 1},
        {"document": {}, "roles": {"owner": ["public"]}},
        {"document": {}, "roles": {"submitter": "public"}},
        {"document": {}, "roles": {"submitter": [1]}},
    ],
)
def test_what_is_no_form_is_refused(alice, told):
    with pytest.raises(Invalid):
        publish.import_form(told, actor=alice)


def test_faults_are_told_by_place(alice):
    with pytest.raises(InvalidForm) as caught:
        publish.import_form({"document": {"title": "x", "schema": {"type": "string"}}}, actor=alice)

    assert [fault.pointer for fault in caught.value.faults] == ["/schema/type"]


@pytest.mark.parametrize("slug", ["new", "drafts", "A form", "../x", "x" * 81])
def test_no_form_stands_where_a_page_is(alice, slug):
    with pytest.raises(Invalid):
        publish.create_form(
            actor=alice, told=publish.FormChanges(document={"title": "x", "schema": {"type": "object"}}, slug=slug)
        )
