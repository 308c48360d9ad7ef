"""What the pages beneath ``/records/`` share: which version, and who reads it."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.access.services import Actor
from apps.publish import services as publish
from apps.publish.models import Submission, Version
from apps.search import services as search
from apps.search.errors import NoSuchIndex
from apps.search.models import Index
from apps.web import viewing
from apps.web.pages import Page


class VersionPage(Page):
    """``reader`` is whose view the page shows; ``index`` is None where they may know of none."""

    shown: publish.Shown
    index: Index | None
    reader: Actor
    changes: ClassVar[bool] = False

    def dispatch(
        self, request: HttpRequest, *args: object, submission_id: UUID, number: int | None = None, **parts: object
    ) -> HttpResponseBase:
        index = publish.index_of(submission_id, number)
        self.reader = viewing.reader_at(request, index)
        self.shown = publish.get_version(submission_id, number, actor=self.reader)
        self.index = self._known(index)
        if index and self.changes:
            viewing.refuse_changes(request, index)
        return super().dispatch(request, *args, **parts)

    def _known(self, index: Index | None) -> Index | None:
        try:
            return search.get_index(name=str(index.pk), actor=self.reader) if index else None
        except NoSuchIndex:
            return None

    @property
    def version(self) -> Version:
        return self.shown.version

    @property
    def submission(self) -> Submission:
        return self.shown.version.submission

    @property
    def actor(self) -> Actor:
        """Who looks as somebody else asks as they would, and changes nothing."""
        return self.reader
