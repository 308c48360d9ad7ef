"""What was published, as each caller may see it."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps.access.services import Actor
from apps.common.parsing import id_in
from apps.publish import services as publish
from apps.publish.api import answers
from apps.publish.api.base import PublishView
from apps.publish.api.told import told
from apps.publish.errors import NoSuchSubmission, NoSuchVersion
from apps.publish.forms.base import read
from apps.publish.forms.reviews import Asked
from apps.publish.models import Submission


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def shown_at(submission_id: str, number: str, actor: Actor) -> publish.Shown:
    """
    Raises:
        NoSuchVersion: there is none of this number, or the actor sees nothing of it.
    """
    if not is_number(number):
        raise NoSuchVersion
    return publish.get_version(id_in(submission_id, NoSuchVersion), int(number), actor=actor)


class Versions(PublishView):
    """The versions of a submission."""

    @told("list_versions", answers.VersionsTold)
    def get(self, request: Request, submission_id: str) -> Response:
        """All that were published of which you see something, the newest first; without their content."""
        found = publish.versions_of(self._submission(submission_id), actor=self.actor)
        told = [answers.version(one, sees_main=publish.sees_main(one, self.actor)) for one in found]
        return Response({"versions": told})

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
        shown = shown_at(submission_id, number, self.actor)
        entries = shown.record.entries if shown.record else ()
        told = answers.version(shown.version, sees_main=shown.main is not None)
        content = [{"entry_id": one.entry_id, "content": one.content} for one in entries]
        return Response({**told, "is_newest": shown.is_newest, "entries": content})


class Requests(PublishView):
    """Asking for files."""

    @told("request_files", None, asks=Asked, status=204, fails=(409, 503))
    def post(self, request: Request, submission_id: str, number: str) -> Response:
        """Write to the authors that you ask for the files of a version that you see and may not read, and why. They
        answer you themselves. Once a day for each record."""
        user, asked = self.user, read(Asked, request.data)
        shown = shown_at(submission_id, number, user)
        publish.request_files(version=shown.version, actor=user, text=asked["text"])
        return Response(status=204)
