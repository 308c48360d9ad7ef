"""The door of OAI-PMH, version 2.0: ``/oai``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps.common import xml
from apps.common.xml import element
from apps.web import links
from apps.web.harvest import arguments, verbs
from apps.web.harvest.errors import ProtocolError
from apps.web.harvest.prefixes import XSI
from apps.web.harvest.records import stamp

OAI = "http://www.openarchives.org/OAI/2.0/"
_UNTOLD = {"badVerb", "badArgument"}


@csrf_exempt  # It changes nothing, and who asks has no session.
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """A protocol error is an answer like another, with 200."""
    sent = dict((request.POST if request.method == "POST" else request.GET).lists())
    return HttpResponse(xml.document(_answer(sent)), content_type="text/xml; charset=utf-8")


def _answer(sent: Mapping[str, Sequence[str]]) -> Element:
    now, base_url = timezone.now(), links.absolute("/oai")
    told = {name: values[0] for name, values in sent.items() if len(values) == 1}
    try:
        answer = verbs.answer(arguments.read(sent), base_url=base_url, now=now)
    except ProtocolError as error:
        answer = element("error", error.message, {"code": error.code})
        told = {} if error.code in _UNTOLD else told
    return element(
        "OAI-PMH",
        "",
        {"xmlns": OAI, "xmlns:xsi": XSI, "xsi:schemaLocation": f"{OAI} {OAI}OAI-PMH.xsd"},
        element("responseDate", stamp(now)),
        element("request", base_url, told),
        answer,
    )
