"""Documents that the API answers with, of forms and submissions."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.publish import services as publish
from apps.publish.forms.fields import Content
from apps.publish.models import Event, Form, Submission, Version
from apps.publish.types import Identifiers

Answer = serializers.Serializer[Any]


class FaultTold(Answer):
    """What is wrong, and where: a JSON pointer, "" for the whole."""

    pointer = serializers.CharField(allow_blank=True)
    message = serializers.CharField()


class Faults(Answer):
    faults = FaultTold(many=True)


class ErrorTold(Answer):
    """Why something was not done. `code` stays the same, `message` is for people."""

    status = serializers.IntegerField()
    code = serializers.CharField()
    message = serializers.CharField()
    request_id = serializers.CharField()
    place = serializers.CharField(required=False)
    details = Content(required=False)
    authorization_parameters = Content(required=False)


class FaultyTold(ErrorTold):
    """All that is wrong with a document, or keeps a submission from being published."""

    faults = FaultTold(many=True)


class NamedTold(Answer):
    """A choice of who will see it, or a restricted section."""

    name = serializers.CharField()
    title = serializers.CharField()


class FormTold(Answer):
    """A form, as those see it who fill it in."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    is_open = serializers.BooleanField(help_text="Whether it takes submissions now.")
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
    needs_files = serializers.BooleanField()
    may_embargo = serializers.BooleanField()
    identifier = serializers.ChoiceField(choices=[one.value for one in Identifiers])
    choices = NamedTold(many=True)
    sections = NamedTold(many=True)
    may_submit = serializers.BooleanField(help_text="Whether you may publish with it.")


class FileTold(Answer):
    collection = serializers.CharField()
    path = serializers.CharField()


class VisibilityTold(Answer):
    choice = serializers.CharField(allow_blank=True)
    embargo = serializers.CharField(allow_blank=True)


class FormNamed(Answer):
    """The form of a submission, and which of its versions."""

    id = serializers.UUIDField(source="form.pk")
    slug = serializers.CharField(source="form.slug")
    title = serializers.CharField(source="form.title")
    version = serializers.IntegerField(source="form_version.number")


class SubmissionNamed(Answer):
    """A submission in a list."""

    id = serializers.UUIDField()
    form = FormNamed(source="*")
    state = serializers.ChoiceField(choices=Submission.State.choices)
    number = serializers.IntegerField(help_text="The version that is prepared, or was published last.")
    name = serializers.CharField(allow_blank=True)
    revision = serializers.IntegerField()
    author = serializers.CharField(source="author_urn")
    created_at = serializers.DateTimeField()
    saved_at = serializers.DateTimeField()
    saved_by = serializers.CharField()
    sent_at = serializers.DateTimeField(allow_null=True)


class SubmissionTold(SubmissionNamed):
    """A submission. `proposed` are values that files proposed and nobody accepted yet, by JSON pointer."""

    content = Content()
    typed = Content(help_text="By JSON pointer, what was typed and cannot be read as what the form asks for.")
    proposed = Content()
    files = FileTold(many=True)
    visibility = VisibilityTold(source="wanted_json")
    note = serializers.CharField(allow_blank=True)


class SharedTold(Answer):
    editor = serializers.ListField(child=serializers.CharField())
    viewer = serializers.ListField(child=serializers.CharField())


class RowTold(Answer):
    """What became of a row: a draft with what is still wrong in it, or none, and why."""

    line = serializers.IntegerField()
    submission = serializers.UUIDField(allow_null=True)
    faults = FaultTold(many=True)
    problem = serializers.CharField(allow_blank=True)


class RowsTold(Answer):
    rows = RowTold(many=True)


class RunTold(Answer):
    id = serializers.UUIDField()
    status = serializers.CharField()


class EventTold(Answer):
    """A line of its history. `by` is a principal, "" the portal itself."""

    kind = serializers.ChoiceField(choices=Event.Kind.choices)
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)


class DelayTold(Answer):
    """Why what is being taken back, or withdrawn, cannot go on now. `helpers` are principals who can do something."""

    why = serializers.CharField()
    since = serializers.DateTimeField()
    helpers = serializers.ListField(child=serializers.CharField())


class StatusTold(Answer):
    """How it goes. `trouble` is why it was not published last time, "" if it was."""

    state = serializers.ChoiceField(choices=Submission.State.choices)
    number = serializers.IntegerField()
    revision = serializers.IntegerField()
    trouble = serializers.CharField(allow_blank=True)
    delay = DelayTold(allow_null=True, help_text="What it waits for; null while it goes on.")
    run = RunTold(allow_null=True, help_text="The run that publishes it, if you may see it.")
    history = EventTold(many=True)


class EntryTold(Answer):
    entry_id = serializers.CharField(allow_blank=True)
    content = Content()


class VersionNamed(Answer):
    """A version that was published, or withdrawn since."""

    submission = serializers.UUIDField(source="submission_id")
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Version.State.choices)
    name = serializers.CharField(allow_blank=True, help_text="Empty to those who see restricted sections alone.")
    subject = serializers.CharField()
    url = serializers.SerializerMethodField(help_text="Where it can be cited.")
    identifier = serializers.CharField(allow_blank=True)
    identifier_link = serializers.CharField(allow_blank=True)
    published_at = serializers.DateTimeField(allow_null=True)
    opens_at = serializers.DateTimeField(allow_null=True, help_text="When its embargo lifts.")
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)

    def get_url(self, version: Version) -> str:
        return publish.url_of(version.submission_id, version.number)


class VersionsTold(Answer):
    versions = VersionNamed(many=True)


class VersionTold(VersionNamed):
    """A version with what of it you may see; nothing of one that was withdrawn."""

    is_newest = serializers.BooleanField()
    entries = EntryTold(many=True)


def form(one: Form, *, may_submit: bool) -> dict[str, Any]:
    document = publish.document_of(one)
    assert one.version is not None  # every form has one
    told = {
        **{name: getattr(one, name) for name in ("id", "slug", "title", "is_open", "updated_at")},
        **{name: getattr(document, name) for name in ("description", "needs_files", "may_embargo", "identifier")},
        **{"choices": document.choices, "sections": document.sections, "version": one.version.number},
        "may_submit": may_submit,
    }
    return dict(FormTold(told).data)


def version(one: Version, *, sees_main: bool) -> dict[str, Any]:
    """``sees_main``: who sees restricted sections alone is not told the name, which the rest of it holds."""
    return {**VersionNamed(one).data, **({} if sees_main else {"name": ""})}
