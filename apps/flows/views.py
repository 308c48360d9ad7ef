"""Where the portal's own identifiers lead."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.views.decorators.http import require_safe

from apps.flows import services as flows


@require_safe
def identifier(_request: HttpRequest, name: str) -> HttpResponseRedirect:
    """One that was published, or hidden later, leads on; a reserved one does not exist yet."""
    url = flows.url_of_identifier(name)
    if url is None:
        raise Http404
    return HttpResponseRedirect(url)
