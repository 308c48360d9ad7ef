"""What is done with files one by one: X13 to X16."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps.storage import services as storage
from apps.storage.forms import listing
from apps.transfer import forms
from apps.transfer.api.base import TransferView
from apps.transfer.forms import documents


class Listing(TransferView):
    """X13: what is in a folder."""

    def get(self, request: Request, collection_id: str) -> Response:
        asked = request.query_params
        collection = self.collection(collection_id)
        path = forms.path_of(asked.get("path") or "/", "path")
        wanted = listing(
            filters=asked.getlist("filter"),
            orderby=asked.get("orderby", ""),
            show_hidden=asked.get("show_hidden", "1"),
            limit=asked.get("limit"),
            offset=asked.get("offset"),
        )
        with storage.opened(collection, actor=self.user) as files:
            entries, total = wanted.of(files.list(path))
        return Response(documents.listing(collection, path, entries, total=total, offset=wanted.offset))


class MakeFolder(TransferView):
    """X14."""

    def post(self, request: Request, collection_id: str) -> Response:
        collection = self.collection(collection_id)
        path = forms.path_of(self.document("mkdir").get("path"), "path")
        with storage.opened(collection, actor=self.user) as files:
            files.make_folder(path)
        return self.done("DirectoryCreated", "The folder was made.", kind="mkdir_result")


class Rename(TransferView):
    """X15."""

    def post(self, request: Request, collection_id: str) -> Response:
        collection = self.collection(collection_id)
        asked = self.document("rename")
        old, new = (forms.path_of(asked.get(name), name) for name in ("old_path", "new_path"))
        with storage.opened(collection, actor=self.user) as files:
            files.rename(old, new)
        return self.done("FileRenamed", "The file or folder was renamed.")


class Stat(TransferView):
    """X16: one file or folder."""

    def get(self, request: Request, collection_id: str) -> Response:
        collection = self.collection(collection_id)
        path = forms.path_of(request.query_params.get("path") or "/", "path")
        with storage.opened(collection, actor=self.user) as files:
            return Response(documents.entry(files.stat(path)))
