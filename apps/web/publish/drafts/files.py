"""The files of a draft: chosen from any collection that one may read, or dropped onto the page."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.common.errors import Invalid, PortalError
from apps.publish import services as publish
from apps.publish.errors import DraftChanged
from apps.publish.types import Chosen
from apps.storage import services as storage
from apps.storage.errors import IllegalPath
from apps.storage.models import Collection
from apps.storage.types import FilePath
from apps.web.context import Link
from apps.web.files import words
from apps.web.files.address import path_in
from apps.web.files.chosen import name_of
from apps.web.publish.drafts.base import DraftPage
from apps.web.publish.drafts.browsing import Browsed, browse
from apps.web.values import plural

MOST_FOUND = 30
MOST_TEXT = 255
UNSEEN = "a collection that you may not see"


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """``number`` is what the button that removes it sends."""

    number: int
    name: str
    collection: str
    problem: str = ""


class DraftFiles(DraftPage):
    """``collection`` and ``path`` in the address are the folder that is looked into."""

    step = "Files"
    template = "web/publish/drafts/files.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        verb, _, number = request.POST.get("do", "").partition(":")
        files = list(self.draft.files)
        try:
            if verb == "remove" and number.isdecimal() and len(number) < 6:
                files = files[: int(number)] + files[int(number) + 1 :]
            elif verb in {"add", "folder"}:
                files += self._picked(is_folder=verb == "folder")
            saved = publish.choose_files(submission=self.draft, actor=self.user, revision=self.revision, files=files)
        except DraftChanged:
            return self.shown(problem="The draft was saved elsewhere meanwhile. Choose again.", status=409)
        except (Invalid, IllegalPath) as error:
            return self.shown(problem=error.message, status=400)
        self.tell(_told(len(self.draft.files), len(saved.files), len(saved.proposed)))
        return redirect(request.get_full_path())

    def _picked(self, *, is_folder: bool) -> list[Chosen]:
        collection = self.request.POST.get("collection", "")
        folder = path_in(self.request.POST.get("path", ""))
        if is_folder:
            return [Chosen(collection, folder)]
        keys = self.request.POST.getlist("chosen")
        if not keys:
            raise Invalid("Tick files or folders first.")
        return [Chosen(collection, folder / name_of(key)) for key in keys]

    def shown(self, *, problem: str = "", status: int = 200) -> HttpResponse:
        given = self.request.GET
        find = given.get("find", "").replace("\0", "").strip()[:MOST_TEXT]
        browsed = self._browsed(given.get("collection", ""))
        return self.page(
            chosen=[self._line(number, one) for number, one in enumerate(self.draft.files)],
            browsed=browsed,
            find=find,
            collections=[] if browsed else self._collections(find),
            may_write_somewhere=any(storage.may(self.user, "rw", one, FilePath()) for one in self._first(find)),
            proposed=len(self.draft.proposed),
            problem=problem,
            status=status,
        )

    def _line(self, number: int, chosen: Chosen) -> ChosenLine:
        name = words.readable(str(chosen.path))
        try:
            collection = storage.get_collection(uuid.UUID(chosen.collection), actor=self.user)
        except (ValueError, PortalError):
            return ChosenLine(number, name, UNSEEN)
        problem = "" if storage.may(self.user, "r", collection, chosen.path) else "You may not read it."
        return ChosenLine(number, name, collection.name, problem)

    def _browsed(self, collection_id: str) -> Browsed | None:
        if not collection_id:
            return None
        return browse(self.user, collection_id, self.request.GET, self.url("files"))

    def _collections(self, find: str) -> list[Link]:
        return [
            Link(one.name, f"{self.url('files')}?{urlencode({'collection': str(one.pk)})}") for one in self._first(find)
        ]

    def _first(self, find: str) -> list[Collection]:
        return list(storage.find_collections(self.user, text=find)[:MOST_FOUND])


def _told(before: int, after: int, proposed: int) -> str:
    changed = after - before
    said = {True: f"{plural(changed, 'is', 'are')} chosen.", False: "It is not chosen any more."}[changed > 0]
    said = "They are chosen already." if changed == 0 else said
    return f"{said} {plural(proposed, 'value is', 'values are')} proposed in the form." if proposed else said
