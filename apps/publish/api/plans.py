"""The plan of a submission as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rest_framework import serializers

from apps.publish.api.answers import Answer, FaultTold
from apps.publish.forms.fields import Content
from apps.publish.services import Plan
from apps.publish.types import Identifiers


class PlaceTold(Answer):
    collection = serializers.CharField()
    path = serializers.CharField()


class CopyTold(Answer):
    """A file or folder on its way. `is_cut`: there is more than was counted."""

    source = PlaceTold()  # type: ignore[assignment]  # declared fields are no attributes
    target = PlaceTold()
    is_folder = serializers.BooleanField()
    files = serializers.IntegerField()
    bytes = serializers.IntegerField()
    is_cut = serializers.BooleanField()


class RuleTold(Answer):
    """Who may read the files, from now on (`opens_at` null) or from then on."""

    principal = serializers.CharField()
    permissions = serializers.CharField()
    collection = serializers.CharField()
    path = serializers.CharField()
    opens_at = serializers.DateTimeField(allow_null=True)


class PartTold(Answer):
    """An entry as it will be in the index: who sees it now, and who when the embargo has lifted."""

    entry_id = serializers.CharField(allow_blank=True)
    visible_to = serializers.ListField(child=serializers.CharField())
    opens_to = serializers.ListField(child=serializers.CharField())
    content = Content()


class IdentifierTold(Answer):
    service = serializers.ChoiceField(choices=[one.value for one in Identifiers])
    name = serializers.CharField(allow_blank=True)


class PlanTold(Answer):
    """What will happen when it is published, as things stand. With faults it will not."""

    number = serializers.IntegerField()
    name = serializers.CharField()
    url = serializers.CharField()
    index = serializers.UUIDField(allow_null=True)
    subject = serializers.CharField(allow_blank=True)
    copies = CopyTold(many=True)
    keeps_files_of = serializers.IntegerField(allow_null=True, help_text="The version whose files it keeps.")
    rules = RuleTold(many=True)
    entries = PartTold(many=True)
    opens_at = serializers.DateTimeField(allow_null=True)
    identifier = IdentifierTold()
    supersedes = serializers.IntegerField(allow_null=True, help_text="The version that it takes the place of.")
    flow = serializers.UUIDField(allow_null=True)
    faults = FaultTold(many=True)


def plan(one: Plan) -> dict[str, Any]:
    told = {
        **{name: getattr(one, name) for name in ("number", "name", "url", "subject", "opens_at", "faults")},
        "index": one.index.pk if one.index else None,
        "copies": list(_copies(one)),
        "keeps_files_of": one.keeps_files_of.number if one.keeps_files_of else None,
        "rules": list(_rules(one)),
        "entries": one.parts,
        "identifier": {"service": one.service, "name": one.identifier},
        "supersedes": one.supersedes.number if one.supersedes else None,
        "flow": one.flow.pk if one.flow else None,
    }
    return dict(PlanTold(told).data)


def _copies(one: Plan) -> Iterator[dict[str, Any]]:
    for copy in one.copies:
        yield {
            "source": {"collection": copy.chosen.collection, "path": str(copy.chosen.path)},
            "target": {"collection": str(one.collection.pk) if one.collection else "", "path": str(copy.target)},
            **{"is_folder": copy.is_folder, "files": copy.files, "bytes": copy.size, "is_cut": copy.is_cut},
        }


def _rules(one: Plan) -> Iterator[dict[str, Any]]:
    if one.folder is None or one.collection is None:
        return
    place = {"permissions": "r", "collection": str(one.collection.pk), "path": str(one.folder)}
    yield from ({"principal": principal, "opens_at": None, **place} for principal in one.readers)
    yield from ({"principal": principal, "opens_at": one.opens_at, **place} for principal in one.later)
