"""How a submission differs from what was published last."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.places import NOTHING
from apps.publish import services as publish
from apps.publish.api.answers import Answer
from apps.publish.api.base import PublishView
from apps.publish.api.told import told
from apps.publish.comparing import Kind


class DifferenceTold(Answer):
    """`pointer` is into what is there now, of what was removed into what was there before; `before` is null of what was
    added, `after` of what was removed."""

    kind = serializers.ChoiceField(choices=[one.value for one in Kind])
    pointer = serializers.CharField(allow_blank=True)
    label = serializers.CharField(  # type: ignore[assignment]  # declared fields are no attributes
        allow_blank=True, help_text="What people call the place."
    )
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class DifferencesTold(Answer):
    """Between two versions, by their numbers; `before` is null where nothing was published."""

    before = serializers.IntegerField(allow_null=True)
    after = serializers.IntegerField()
    differences = DifferenceTold(many=True)


def difference(one: publish.Difference) -> dict[str, Any]:
    values = {"before": one.before, "after": one.after}
    told = {name: None if value is NOTHING else value for name, value in values.items()}
    return {"kind": one.kind.value, "pointer": one.pointer, "label": one.label, **told}


class Differences(PublishView):
    """What is new in a submission."""

    @told("compare_submission", DifferencesTold)
    def get(self, request: Request, submission_id: str) -> Response:
        """How it differs from the version that was published last, field by field; 500 at most. For who may see it."""
        one = self.submission(submission_id)
        compared = publish.compare_with_last(one, actor=self.user)
        found = [difference(each) for each in compared.differences] if compared else []
        before = compared.version.number if compared else None
        return Response({"before": before, "after": one.number, "differences": found})
