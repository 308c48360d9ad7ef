"""Uploads by a form, for where no script runs: the files come in one request, and each is written as by PUT."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from apps.common.errors import NotAllowed, PortalError
from apps.storage import services as storage
from apps.storage.services import uploads
from apps.storage.services.conditions import ANY, Conditions
from apps.storage.services.files import OpenCollection
from apps.storage.services.receiving import Body
from apps.web.files import words
from apps.web.files.base import FilesPage
from apps.web.values import plural


class Upload(FilesPage):
    template = "web/files/upload.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        storage.require(self.actor, "rw", self.collection, self.path)
        return self.page()

    def post(self, request: HttpRequest) -> HttpResponse:
        given = request.FILES.getlist("files")
        if not given:
            return self.page(problems=["Choose files first."], status=400)
        conditions = Conditions(if_none_match="" if "replace" in request.POST else ANY)
        problems, done = [], 0
        with storage.opened(self.collection, actor=self.actor) as files:
            for file in given:
                try:
                    self._write(files, file, conditions)
                    done += 1
                except NotAllowed:
                    raise
                except PortalError as error:
                    problems.append(f"{words.readable(file.name or '')}: {error.message}")
        if done:
            self.tell(f"{plural(done, 'file is', 'files are')} uploaded.")
        return self.page(problems=problems, status=400) if problems else self.go_back()

    def _write(self, files: OpenCollection, file: UploadedFile[bytes], conditions: Conditions) -> None:
        path = self.path / (file.name or "")
        body = Body(file, file.size or 0)
        uploads.put(files, path, body, actor=self.actor, conditions=conditions, now=timezone.now())
