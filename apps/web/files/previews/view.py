"""The page of one file: what is known of it, and a look into it."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.common.errors import PortalError
from apps.storage import services as storage
from apps.storage.types import Entry, FilePath
from apps.web.files import words
from apps.web.files.address import manager_url
from apps.web.files.base import FilesPage
from apps.web.files.listing import file_url
from apps.web.files.previews import kinds
from apps.web.files.previews.kinds import Preview, is_tree
from apps.web.values import size


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a file without opening it. ``target`` is where a link points to."""

    name: str
    size: str
    exact: str
    kind: str
    changed: datetime | None
    target: str
    checksums: tuple[tuple[str, str], ...]


class OneFile(FilesPage):
    template = "web/files/preview.html"

    @property
    def home(self) -> FilePath:
        return self.path.parent

    def get(self, request: HttpRequest) -> HttpResponse:
        with storage.opened(self.collection, actor=self.actor) as files:
            entry = files.stat(self.path)
            if entry.is_folder:
                return redirect(manager_url(self.collection.pk, self.path))
            files.require("r", self.path)
            try:
                preview = kinds.preview(files, entry)
            except PortalError as error:  # What is known of the file is told all the same.
                preview = Preview("none", note=error.message)
        url = file_url(self.collection, self.path)
        return self.page(
            about=_about(entry),
            preview=preview,
            url=url,
            download_url=f"{url}?download" if entry.is_file else "",
            folder_url=manager_url(self.collection.pk, self.path.parent),
            rename_url=self._rename_url() if files.rights.may("rw", self.path) else "",
        )

    def _rename_url(self) -> str:
        return f"{reverse('web:files:rename', args=[self.collection.pk])}?{self.request.GET.urlencode()}"


def _about(entry: Entry) -> About:
    guessed = "HDF5" if is_tree(entry) else mimetypes.guess_type(entry.path.name)[0] or "not known"
    kind = {"link": "A link", "other": "No file that can be read"}.get(entry.kind.value, guessed)
    return About(
        name=words.readable(entry.path.name),
        size=size(entry.size) if entry.is_file else "",
        exact=f"{entry.size:,} bytes" if entry.is_file and entry.size >= 1000 else "",
        kind=kind,
        changed=entry.modified_at,
        target=words.readable(entry.target),
        checksums=tuple(sorted(entry.checksums.items())),
    )
