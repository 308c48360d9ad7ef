"""Downloads of what was chosen: a file as it is, several files and folders as one ZIP archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from apps.common.errors import PortalError
from apps.storage import services as storage
from apps.web.files import archive, words
from apps.web.files.chosen import ChosenPage
from apps.web.files.listing import file_url


class Download(ChosenPage):
    def post(self, request: HttpRequest) -> HttpResponseBase:
        chosen = self.chosen()
        if not chosen:
            return self.ask_again()
        with ExitStack() as until_sent:
            files = until_sent.enter_context(storage.opened(self.collection, actor=self.actor))
            try:
                found = [files.stat(path) for path in chosen]
                if len(found) == 1 and found[0].is_file:
                    return redirect(f"{file_url(self.collection, found[0].path)}?download")
                wanted = archive.entries_of(files, found)
            except PortalError as error:
                self.tell_problem(error.message)
                return self.go_back()
            pieces = archive.zipped(files, wanted, within=self.path)
            answer = StreamingHttpResponse(_sent(pieces, until_sent.pop_all()), content_type="application/zip")
        name = chosen[0].name if len(chosen) == 1 else self.path.name or self.collection.name
        answer["Content-Disposition"] = content_disposition_header(True, f"{words.readable(name)}.zip") or "attachment"
        answer.is_as_stored = True  # type: ignore[attr-defined]  # ``Compress`` leaves it alone
        return answer


def _sent(pieces: Iterator[bytes], then: ExitStack) -> Iterator[bytes]:
    """An archive that breaks off has no directory at its end, which every program notices."""
    with then:
        try:
            yield from pieces
        except PortalError as error:
            raise ConnectionAbortedError(str(error)) from error
