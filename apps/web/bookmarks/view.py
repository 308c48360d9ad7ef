"""The page of bookmarks, and the forms that make, rename and delete one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from apps.common.errors import Invalid
from apps.storage import services as storage
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.transfer import services as transfer
from apps.transfer.errors import BookmarkTaken, InvalidTask
from apps.transfer.models import Bookmark
from apps.web.bookmarks.forms import FolderForm, NameForm
from apps.web.bookmarks.links import bookmark_links
from apps.web.pages import SignedInPage
from apps.web.tasks.places import folder_url, shown

REFUSALS = (BookmarkTaken, InvalidTask)


class Bookmarks(SignedInPage):
    template = "web/bookmarks/bookmarks.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.page(bookmarks=bookmark_links(self.user))


class NewBookmark(SignedInPage):
    """Of the folder that the address names. It leads back there."""

    template = "web/bookmarks/new.html"
    collection: Collection
    path: FilePath

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        self._find()
        name = shown(self.path).rpartition("/")[2] or self.collection.name
        return self._asked(NameForm(initial={"name": name[: Bookmark.LONGEST_NAME]}))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        self._find()
        form = NameForm(request.POST)
        if not form.is_valid():
            return self._asked(form, status=400)
        name = form.cleaned_data["name"]
        try:
            transfer.add_bookmark(actor=self.user, name=name, collection=self.collection, path=self.path)
        except REFUSALS as error:
            form.refuse(error.message)
            return self._asked(form, status=400)
        self.tell(f"The folder is bookmarked as “{name}”.")
        return redirect(folder_url(self.collection.pk, self.path))

    def _find(self) -> None:
        """
        Raises:
            Invalid, IllegalPath: the address names no folder. NoSuchCollection: the actor is not told of it.
        """
        told = FolderForm(self.request.GET)
        if not told.is_valid():
            raise Invalid("Open a folder of a collection, and bookmark it there.")
        self.collection = storage.get_collection(told.cleaned_data["collection"], actor=self.user)
        self.path = FilePath.from_key(told.cleaned_data["path"] or "/")

    def _asked(self, form: NameForm, *, status: int = 200) -> HttpResponse:
        place = {
            "name": self.collection.name,
            "path": shown(self.path),
            "url": folder_url(self.collection.pk, self.path),
        }
        return self.page(form=form, place=place, status=status)


class Rename(SignedInPage):
    def post(self, request: HttpRequest, bookmark_id: UUID) -> HttpResponse:
        bookmark, form = transfer.get_bookmark(bookmark_id, actor=self.user), NameForm(request.POST)
        try:
            transfer.change_bookmark(bookmark=bookmark, name=form.cleaned_data["name"] if form.is_valid() else "")
        except REFUSALS as error:
            self.tell_problem(error.message)
        else:
            self.tell("The bookmark was renamed.")
        return redirect("web:bookmarks:bookmarks")


class Remove(SignedInPage):
    def post(self, _request: HttpRequest, bookmark_id: UUID) -> HttpResponse:
        transfer.remove_bookmark(transfer.get_bookmark(bookmark_id, actor=self.user))
        self.tell("The bookmark was deleted. The folder is where it was.")
        return redirect("web:bookmarks:bookmarks")
