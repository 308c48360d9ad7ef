"""The page of bookmarks, and the forms that make, rename and delete one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common.errors import Invalid, PortalError
from apps.storage import services as storage
from apps.storage.types import FilePath
from apps.transfer import services as transfer
from apps.transfer.errors import BookmarkTaken, InvalidTask
from apps.transfer.models import Bookmark
from apps.web.bookmarks.links import bookmark_links
from apps.web.tasks.base import TasksPage
from apps.web.tasks.places import folder_url


class NameForm(forms.Form):
    name = forms.CharField(max_length=Bookmark.LONGEST_NAME, required=False)


class FolderForm(NameForm):
    """``path`` is written as addresses of the file manager have it."""

    collection = forms.UUIDField()
    path = forms.CharField(required=False, strip=False)


class BookmarksPage(TasksPage):
    """Whoever is signed in has bookmarks."""

    def tell(self, problem: PortalError) -> None:
        messages.error(self.request, problem.message)


class Bookmarks(BookmarksPage):
    template = "web/bookmarks/bookmarks.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page(bookmarks=bookmark_links(self.actor))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one, and go back to its folder. Without a name it has that of the folder."""
        form = FolderForm(request.POST)
        if not form.is_valid():
            raise Invalid("Send the form of a folder's page.")
        told = form.cleaned_data
        collection = storage.get_collection(told["collection"], actor=self.actor)
        path = FilePath.from_key(told["path"] or "/")
        name = told["name"] or path.name[: Bookmark.LONGEST_NAME].strip() or collection.name[: Bookmark.LONGEST_NAME]
        try:
            transfer.add_bookmark(actor=self.actor, name=name, collection=collection, path=path)
        except (BookmarkTaken, InvalidTask) as error:
            self.tell(error)
        else:
            messages.success(request, f"The folder is bookmarked as “{name}”.")
        return redirect(folder_url(collection.pk, path))


class Rename(BookmarksPage):
    def post(self, request: HttpRequest, bookmark_id: UUID) -> HttpResponse:
        bookmark, form = transfer.get_bookmark(bookmark_id, actor=self.actor), NameForm(request.POST)
        try:
            transfer.change_bookmark(bookmark=bookmark, name=form.cleaned_data["name"] if form.is_valid() else "")
        except (BookmarkTaken, InvalidTask) as error:
            self.tell(error)
        else:
            messages.success(request, "The bookmark was renamed.")
        return redirect("web:bookmarks:bookmarks")


class Remove(BookmarksPage):
    def post(self, request: HttpRequest, bookmark_id: UUID) -> HttpResponse:
        transfer.remove_bookmark(transfer.get_bookmark(bookmark_id, actor=self.actor))
        messages.success(request, "The bookmark was deleted. The folder is where it was.")
        return redirect("web:bookmarks:bookmarks")
