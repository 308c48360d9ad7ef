"""What the pages of a collection share: which collection, which path, who asks, and the way back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.web.files import words
from apps.web.files.address import folder_key, manager_url, path_in
from apps.web.pages import Page


class FilesPage(Page):
    """A page about a path of a collection. ``actor`` may be nobody: a rule may let everybody in."""

    collection: Collection
    path: FilePath

    def dispatch(self, request: HttpRequest, *args: object, collection_id: UUID, **parts: object) -> HttpResponseBase:
        self.collection = storage.get_collection(collection_id, actor=self.actor)
        self.path = path_in(request.GET.get("path", ""))
        return super().dispatch(request, *args, **parts)

    def page(self, *, template: str = "", status: int = 200, **values: object) -> HttpResponse:
        shared = {
            "collection": self.collection,
            "place": words.readable(str(self.path)),
            "path": self.path.key,
            "folder": folder_key(self.path),
            "back": self.back,
            "here": self.request.get_full_path(),
        }
        return super().page(template=template, status=status, **{**shared, **values})

    @property
    def back(self) -> str:
        """The page that one came from, as it was left; an address elsewhere is not believed."""
        asked = self.request.POST.get("back") or self.request.GET.get("back", "")
        is_ours = asked.startswith(("/collections/", "/publish/")) and url_has_allowed_host_and_scheme(
            asked, allowed_hosts=None
        )
        return asked if is_ours else manager_url(self.collection.pk, self.home)

    @property
    def home(self) -> FilePath:
        """The folder that one comes back to."""
        return self.path

    def go_back(self) -> HttpResponse:
        return redirect(self.back)
