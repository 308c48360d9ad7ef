"""A record in another format, at the address of its page: by name (``?format=ris``), or by what the visitor accepts."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from apps.web import links
from apps.web.context import Link
from apps.web.record import bibtex, signposting
from apps.web.record.description import Description
from apps.web.record.formats import FORMATS, Format

_PAGE = "text/html"
_LINKSET = Format("Linkset", signposting.TYPE, "json", signposting.linkset)
_ALL = {**FORMATS, signposting.NAME: _LINKSET}


def asked(request: HttpRequest) -> Format | None:
    """None for the page itself, also where a name is not known."""
    if (name := request.GET.get("format")) is not None:
        return _ALL.get(name)
    by_type = {format_.accepted: format_ for format_ in _ALL.values()}
    return by_type.get(request.get_preferred_type([_PAGE, *by_type]) or _PAGE)


def answer(description: Description, format_: Format) -> HttpResponse:
    """What browsers cannot show they keep under a name that says whose it is."""
    answer = HttpResponse(format_.write(description), content_type=format_.content_type)
    filename = f"{bibtex.key(description.work)}.{format_.ending}"
    is_archive = format_.media_type == "application/zip"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=is_archive, filename=filename) or "inline"
    answer["Link"] = signposting.header_of_format(description, format_)
    return answer


def menu(*, sees_all: bool) -> tuple[Link, ...]:
    """A link for each, from the page of a record."""
    carried = links.bypassing(sees_all=sees_all)
    return tuple(Link(one.label, f"?{urlencode({'format': name, **carried})}") for name, one in FORMATS.items())
