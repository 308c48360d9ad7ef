"""A search of a page as a call of the API: by URL, by document, from the shell and from Python."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pprint import pformat

from apps.search.forms import url_document
from apps.search.forms.url_state import FacetAsk, UrlState
from apps.web import links

_PYTHON = """\
import globus_sdk

client = globus_sdk.SearchClient(
    base_url={base!r},
    authorizer=globus_sdk.AccessTokenAuthorizer(TOKEN),
)
found = client.post_search({index!r}, {document})
for record in found["gmeta"]:
    print(record["subject"])
"""


@dataclass(frozen=True, slots=True)
class ApiCall:
    href: str
    url: str
    document: str
    curl: str
    python: str


def build(index_id: str, state: UrlState, facets: Sequence[str]) -> ApiCall:
    """The same question, with the facets of values that the page shows."""
    asked = replace(state, facets=tuple(FacetAsk(path) for path in facets), others=())
    href = links.api_search_url(index_id, asked.query_string())
    url = links.absolute(href)
    document = url_document.document(asked)
    return ApiCall(
        href=href,
        url=url,
        document=json.dumps(document, ensure_ascii=False, indent=2),
        curl=f'curl -H "Authorization: Bearer $TOKEN" {shlex.quote(url)}',
        python=_PYTHON.format(
            base=links.absolute("/api/search/"), index=index_id, document=pformat(document, width=88, sort_dicts=False)
        ),
    )
