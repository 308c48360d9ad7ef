"""What was published, as each caller may see it."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.parsing import id_in
from apps.publish import services as publish
from apps.publish.api import answers
from apps.publish.api.base import PublishView
from apps.publish.api.told import told
from apps.publish.errors import NoSuchSubmission, NoSuchVersion
from apps.publish.models import Submission


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


class Versions(PublishView):
    """The versions of a submission."""

    @told("list_versions", answers.VersionsTold)
    def get(self, request: Request, submission_id: str) -> Response:
        """All that were published of which you see something, the newest first; without their content."""
        found = publish.versions_of(self._submission(submission_id), actor=self.actor)
        return Response(answers.VersionsTold({"versions": found}).data)

    def _submission(self, submission_id: str) -> Submission:
        """One that the caller may see, or whose newest version they may."""
        found = id_in(submission_id, NoSuchVersion)
        try:
            return publish.get_submission(found, actor=self.actor)
        except NoSuchSubmission:
            return publish.get_version(found, None, actor=self.actor).version.submission


class OneVersion(PublishView):
    """One version."""

    @told("get_version", answers.VersionTold)
    def get(self, request: Request, submission_id: str, number: str) -> Response:
        """With what of it you may see."""
        if not is_number(number):
            raise NoSuchVersion
        shown = publish.get_version(id_in(submission_id, NoSuchVersion), int(number), actor=self.actor)
        entries = shown.record.entries if shown.record else ()
        told = answers.VersionNamed(shown.version).data
        content = [{"entry_id": one.entry_id, "content": one.content} for one in entries]
        return Response({**told, "is_newest": shown.is_newest, "entries": content})
