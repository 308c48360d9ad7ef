"""What the views of the search API share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings

from apps.access.services import Actor
from apps.accounts.models import User
from apps.accounts.services import scopes
from apps.common.api import ApiView, NoSuchRoute
from apps.common.http import ErrorShape
from apps.search import services as search
from apps.search.api import shapes
from apps.search.forms import json_text
from apps.search.models import Index


class SearchView(ApiView):
    """A view of ``/api/search/``: errors are GErrors, bodies are JSON whatever their content type says."""

    resource_server = scopes.SEARCH
    scopes_to_read = (scopes.urn(scopes.SEARCH, "search"), scopes.urn(scopes.SEARCH, "all"))
    scopes_to_write: ClassVar[tuple[str, ...]] = (scopes.urn(scopes.SEARCH, "all"),)
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


class WritingView(SearchView):
    """One that publishes metadata."""

    scopes_to_write = (scopes.urn(scopes.SEARCH, "ingest"), scopes.urn(scopes.SEARCH, "all"))


class TaskView(WritingView):
    """One that tells whoever publishes what became of it."""

    scopes_to_read = WritingView.scopes_to_write


class NoSuchSearchRoute(NoSuchRoute):
    """A GError for what is none of the addresses."""

    resource_server = scopes.SEARCH
    error_shape: ClassVar[ErrorShape] = staticmethod(shapes.error)
