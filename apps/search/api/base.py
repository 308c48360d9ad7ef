"""What the views of the search API share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings

from apps.access.services import Actor
from apps.accounts.models import User
from apps.common.api import ApiView, NoSuchRoute
from apps.common.http import ErrorShape
from apps.search import services as search
from apps.search.api import shapes
from apps.search.forms import json_text
from apps.search.models import Index


class SearchView(ApiView):
    """A view of ``/api/search/``: errors are GErrors, bodies are JSON whatever their content type says."""

    error_shape: ClassVar[ErrorShape] = staticmethod(shapes.error)

    @property
    def actor(self) -> Actor:
        return self.request.user

    def require_user(self) -> User:
        """Who asks; nobody is a 401."""
        return self.require_caller()  # type: ignore[no-any-return]  # a User: the settings name no other

    def index(self, name: str) -> Index:
        return search.get_index(name=name, actor=self.actor)

    def own_index(self, name: str) -> Index:
        """The index of a request that changes something: who asks must be told who they are before anything else."""
        self.require_user()
        return self.index(name)

    def document(self) -> Any:  # Any: JSON, whatever was sent
        """The body, read strictly."""
        return json_text.parse(self.request.body, most_bytes=settings.INGEST_MAX_BYTES)


class NoSuchSearchRoute(NoSuchRoute):
    """A GError for what is none of the addresses."""

    error_shape: ClassVar[ErrorShape] = staticmethod(shapes.error)
