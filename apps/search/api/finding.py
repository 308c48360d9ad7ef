"""Questions about records (S10 to S12, S14, S16), suggestions and exports."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request as HttpRequest
from rest_framework.response import Response

from apps.common import quick_json
from apps.search import services as search
from apps.search.api.base import SearchView
from apps.search.forms import answers, document, gmeta, parameters, url, url_query
from apps.search.models import Index
from apps.search.types import Record, Request

NDJSON = "application/x-ndjson"


class Search(SearchView):
    """S10 and S11: one question, by URL or by document. ``format=ndjson`` answers with every record, one a line."""

    reads = SearchView.reads | {"POST"}

    def get(self, request: HttpRequest, index_id: str) -> HttpResponseBase:
        return self._answer(
            request, self.index(index_id), url_query.request(url.parse(request.META.get("QUERY_STRING", "")))
        )

    def post(self, request: HttpRequest, index_id: str) -> HttpResponseBase:
        return self._answer(request, self.index(index_id), document.search(self.document()))

    def _answer(self, request: HttpRequest, index: Index, asked: Request) -> HttpResponseBase:
        if request.query_params.get("format") == "ndjson":
            return self._lines(search.export(index=index, request=asked, actor=self.actor))
        found = search.find(index=index, request=asked, actor=self.actor)
        return Response(answers.page(found, asked))

    def _lines(self, records: Iterator[Record]) -> StreamingHttpResponse:
        first = list(itertools.islice(records, 1))  # What is wrong with the question is said before the answer begins.
        lines = (quick_json.dumps(gmeta.record(one)) + b"\n" for one in itertools.chain(first, records))
        return StreamingHttpResponse(lines, content_type=NDJSON)


class Scroll(SearchView):
    """S12: all that matches, in the order of subjects, page after page, for ever."""

    reads = SearchView.reads | {"POST"}

    def post(self, request: HttpRequest, index_id: str) -> Response:
        asked = document.scroll(self.document())
        found = search.find(index=self.index(index_id), request=asked, actor=self.actor)
        return Response(answers.scroll(found, asked))


class Suggest(SearchView):
    """Words that begin like the last word of ``q``, with the number of subjects that the caller sees them in."""

    def get(self, request: HttpRequest, index_id: str) -> Response:
        asked = parameters.suggestion(request.query_params)
        found = search.suggest(index=self.index(index_id), prefix=asked.prefix, actor=self.actor, size=asked.size)
        return Response({"suggestions": [{"value": word, "count": count} for word, count in found]})


def record(view: SearchView, request: HttpRequest, index_id: str, *, is_entry: bool) -> Response:
    """A subject (S14), or one entry of it (S16)."""
    asked = parameters.record(request.query_params, is_entry=is_entry)
    found = search.record(
        index=view.index(index_id),
        subject=asked.subject,
        actor=view.actor,
        sees_all=asked.sees_all,
        entry_id=asked.entry_id if is_entry else None,
    )
    return Response(gmeta.record(replace(found, highlights=())))
