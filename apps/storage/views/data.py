"""Files by HTTPS (H1, H2): for browsers by their session, for programs by a token of the collection's own.

Files are users' own and may hold anything: none is ever given in a way that lets it run as a page of the portal.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from apps.storage.errors import NotAFile
from apps.storage.services import uploads
from apps.storage.views import giving, taking
from apps.storage.views.door import FileView


class Data(FileView):
    """``/files/<collection>/<path>``: one file. With ``?upload=``, one that is on its way in."""

    def get(self, request: Request, **_: Any) -> HttpResponseBase:
        with ExitStack() as until_sent:
            files = until_sent.enter_context(self.opened())
            files.require("r", self.path)
            entry = files.stat(self.path)
            if not entry.is_file:
                raise NotAFile("This is a folder. List it by the Transfer API.", place="path")
            return giving.kept_open(giving.given(request, files, entry), until_sent)

    head = get

    def put(self, request: Request, **_: Any) -> HttpResponse:
        with self.opened() as files:
            if upload_id := request.query_params.get("upload"):
                incoming = uploads.get_upload(files, self.path, upload_id, actor=request.user)
                return taking.piece(request, files, incoming)
            self._require_no_folder(request)
            return taking.whole(request, files, self.path)

    def post(self, request: Request, **_: Any) -> HttpResponse:
        self._require_no_folder(request)
        with self.opened() as files:
            return taking.begun(request, files, self.path, address=self.address)

    def delete(self, request: Request, **_: Any) -> HttpResponse:
        with self.opened() as files:
            if upload_id := request.query_params.get("upload"):
                uploads.give_up(uploads.get_upload(files, self.path, upload_id, actor=request.user))
            else:
                files.require("rw", self.path)
                entry = files.stat(self.path)
                if entry.is_folder:
                    raise NotAFile("This is a folder. Delete it by the Transfer API.", place="path")
                taking.conditions_of(request).require(entry)
                files.delete(self.path)
        return HttpResponse(status=204)

    def _require_no_folder(self, request: Request) -> None:
        if request.path.endswith("/"):
            raise NotAFile("What ends with / is the name of a folder. Leave it out.", place="path")
