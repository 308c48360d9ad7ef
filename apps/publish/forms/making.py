"""Forms as they are made and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from apps.publish.forms.base import Document
from apps.publish.forms.fields import Content, Count, Flag, PrincipalName, Text
from apps.publish.services import GIVEN, FormChanges

MOST_HOLDERS = 500
MOST_SLUG = 80
LONGEST_WHY = 200


def _principals() -> serializers.ListField:
    return serializers.ListField(child=PrincipalName(max_length=100), required=False, max_length=MOST_HOLDERS)


class FormRoles(Document):
    """Principals by role, exactly these; one that is left out stays as it is. Without reviewers, what is sent in is
    published at once."""

    administrator = _principals()
    reviewer = _principals()
    submitter = _principals()
    viewer = _principals()


class CheckedForm(Document):
    """What a form could be made of."""

    document = Content(help_text="All that a form is: its schema, where it publishes to, who will see what.")


class NewForm(CheckedForm):
    """A form that is made: closed, unless it is said to be open."""

    slug = Text(max_length=MOST_SLUG, required=False, help_text="What stands in its address; made from the title.")
    is_open = Flag(required=False)
    note = Text(max_length=LONGEST_WHY, required=False, help_text="Why it was made, or changed.")
    roles = FormRoles(required=False)


class ChangedForm(Document):
    """What is changed of a form. Another document is a new version: say which one it follows."""

    document = Content(required=False)
    version = Count(required=False, help_text="The version that you saw. `If-Match`, with its ETag, says the same.")
    is_open = Flag(required=False, help_text="Whether it takes submissions.")
    note = Text(max_length=LONGEST_WHY, required=False, help_text="Why it was changed.")


class GivenRole(Document):
    """A role that somebody is given."""

    role = serializers.ChoiceField(choices=GIVEN)
    principal = PrincipalName(max_length=100)


def form_changes(told: Mapping[str, Any], *, after: int | None = None) -> FormChanges:
    return FormChanges(
        document=told.get("document"),
        after=after,
        slug=told.get("slug") or None,
        is_open=told.get("is_open"),
        note=told.get("note", ""),
        roles=told.get("roles", {}),
    )
