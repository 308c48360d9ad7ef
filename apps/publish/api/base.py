"""What the views of ``/api/publish/`` share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from rest_framework.exceptions import NotAcceptable, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.api import ApiView, NoSuchRoute
from apps.common.errors import Invalid, PortalError, PreconditionFailed
from apps.common.http import ErrorShape, plain_shape
from apps.common.parsing import StrictJSONParser, id_in
from apps.publish import services as publish
from apps.publish.errors import DraftChanged, FormChanged, NoSuchSubmission, Unprocessable
from apps.publish.models import Form, Submission
from apps.publish.services.scopes import PUBLISH_ID, scope
from apps.publish.types import Fault

_ETAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')
"""Weak ones are the same: what is sent compressed is told as one."""


def error(problem: PortalError, status: int, request_id: str) -> dict[str, Any]:
    """The common shape; all faults of a document stand in ``faults``."""
    body = plain_shape(problem, status, request_id)
    if "faults" in problem.details:
        body |= {"status": int(HTTPStatus.UNPROCESSABLE_ENTITY), "faults": problem.details["faults"]}
        body.pop("details")
    return body


class PublishView(ApiView):
    """A view of the API of publishing. What is wrong with a document, or a draft, is a 422 with all faults."""

    resource_server = PUBLISH_ID
    scopes_to_read: ClassVar[tuple[str, ...]] = tuple(map(scope, ("view", "manage", "review", "forms", "all")))
    scopes_to_write: ClassVar[tuple[str, ...]] = (scope("manage"), scope("all"))
    parser_classes: Sequence[type[BaseParser]] = [StrictJSONParser]
    most_body = 16 << 20
    """Twice what any document may hold that is kept, and the signs that JSON writes it with."""
    error_shape: ClassVar[ErrorShape] = staticmethod(error)

    @property
    def actor(self) -> Actor:
        return self.request.user

    @property
    def user(self) -> User:
        """Who asks.

        Raises:
            NotAuthenticated: nobody does.
        """
        return self.require_caller()  # type: ignore[no-any-return]  # a User: the settings name no other

    def form(self, slug: str) -> Form:
        return publish.get_form(slug, actor=self.actor)

    def submission(self, submission_id: str) -> Submission:
        user = self.user
        return publish.get_submission(id_in(submission_id, NoSuchSubmission), actor=user)

    def revision(self, told: Mapping[str, Any]) -> int:
        """The revision that the caller saw, by the document or by ``If-Match``.

        Raises:
            Unprocessable: neither says it, or they say two.
            DraftChanged: ``If-Match`` is none of our ETags.
        """
        return self._said(self.seen(told, "revision", DraftChanged), "revision")

    def version(self, told: Mapping[str, Any]) -> int:
        """The same of a version of a form.

        Raises:
            Unprocessable, FormChanged: likewise.
        """
        return self._said(self.seen(told, "version", FormChanged), "version")

    def seen(self, told: Mapping[str, Any], name: str, changed: type[PreconditionFailed]) -> int | None:
        """What ``revision`` tells; None if nothing is said."""
        tag, said = self.request.headers.get("If-Match"), told.get(name)
        if tag is None:
            return said
        found = _ETAG.fullmatch(tag.strip())
        if found is None:
            raise changed(f"If-Match names no {name}. Send the ETag as it was answered, with its quotes.")
        if said not in {None, int(found[1])}:
            raise Unprocessable([Fault(f"/{name}", "If-Match names another one. Say it once.")])
        return int(found[1])

    def _said(self, found: int | None, name: str) -> int:
        if found is None:
            raise Unprocessable([Fault(f"/{name}", f"Say which {name} you saw: here, or its ETag as If-Match.")])
        return found

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Invalid) and exc.place and "faults" not in exc.details and self.request.method != "GET":
            exc = Unprocessable([Fault("/" + exc.place.lstrip("/").replace(".", "/"), exc.message)])
        if isinstance(exc, UnsupportedMediaType):
            taken = " or ".join(str(one.media_type) for one in self.parser_classes)
            exc = UnsupportedMediaType("", detail=f"Send the body as {taken}, and say so by Content-Type.")
        if isinstance(exc, NotAcceptable):
            exc = NotAcceptable("Only JSON is spoken here. Send Accept: application/json, or no Accept at all.")
        response = super().handle_exception(exc)
        if isinstance(response.data, dict) and "faults" in response.data:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class ReviewView(PublishView):
    """One where reviewers decide."""

    scopes_to_write = (scope("review"), scope("all"))


class FormsView(PublishView):
    """One where forms are made and changed: a token for submissions is not enough."""

    scopes_to_write = (scope("forms"), scope("all"))


class TalkView(PublishView):
    """One for who writes a submission and for who reviews it alike."""

    scopes_to_write = (scope("manage"), scope("review"), scope("all"))


class AskingView(PublishView):
    """One that is asked by POST and changes nothing."""

    scopes_to_write = PublishView.scopes_to_read


class NoSuchPublishRoute(NoSuchRoute):
    """What none of the addresses takes."""

    resource_server = PUBLISH_ID
    schema = None
    error_shape: ClassVar[ErrorShape] = staticmethod(error)
