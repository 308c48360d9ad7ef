"""The file of a search: the same address as its page, with ``as=csv`` or another format."""

from __future__ import annotations

from itertools import chain, islice

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from apps.common.errors import Invalid
from apps.search import services as search
from apps.search.forms import url
from apps.web import viewing
from apps.web.downloads import formats
from apps.web.downloads.formats import Layout
from apps.web.failures import as_pages
from apps.web.results import asking, columns
from apps.web.results.named import for_visitor
from apps.web.results.visit import Visit


@require_safe
@as_pages
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """Every record that the visitor finds, in the order of subjects.

    What of the address cannot be read is an error here (400): a file has no place for a message.
    """
    index, reader = viewing.enter(request, name)
    state = url.parse(request.META.get("QUERY_STRING", ""), is_page=True)
    format_ = formats.FORMATS.get("".join(state.own(formats.NAME)))
    if format_ is None:
        raise Invalid(f"Choose one of {', '.join(formats.FORMATS)}.", place=formats.NAME)
    presentation = search.presentation(index=index, actor=reader)
    records = search.export(index=index, request=asking.question(state, presentation), actor=reader)
    first = list(islice(records, 1))  # What is wrong with the question is said before the file begins.
    named = for_visitor(Visit(reader, index, state, presentation, {}))
    layout = Layout(index.slug, presentation.title, columns.chosen(state, named))
    answer = StreamingHttpResponse(format_.write(chain(first, records), layout), content_type=format_.content_type)
    filename = f"{index.slug}-{timezone.localdate():%Y-%m-%d}.{format_.ending}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
    patch_vary_headers(answer, ["Cookie"])
    return answer
