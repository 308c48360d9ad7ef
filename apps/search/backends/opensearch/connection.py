"""One way to speak to OpenSearch, and what its errors mean to the portal."""

from __future__ import annotations

import json
import os
from typing import Any

from opensearchpy import OpenSearch, exceptions

from apps.common.errors import PortalError
from apps.search.backends.base import NoSuchStore
from apps.search.errors import EngineUnavailable, QueryTooExpensive

Json = dict[str, Any]
"""A JSON object of the engine's; ``Any`` because its shape is the engine's business."""

_TOO_MUCH = (
    "too_many_clauses",
    "maxClauseCount",
    "too_many_buckets",
    "Determinizing automaton",
    "too_complex",
    "exceeded the allowed maximum",
    "Result window is too large",
    "[request] Data too large",
    "Time exceeded",
    "task_cancelled",
)
_BUSY = (429, 502, 503, 504)


class Connection:
    """A pool of connections, opened by the first request of each process: a fork never shares a socket."""

    def __init__(self, *, url: str, username: str, password: str, timeout_s: float, verify_certs: bool) -> None:
        self._options: Json = {
            "hosts": url.split(","),
            "http_auth": (username, password) if username else None,
            "timeout": timeout_s,
            "verify_certs": verify_certs,
            "ssl_show_warn": False,
            "max_retries": 1,
        }
        self._client: tuple[int, OpenSearch] | None = None

    def ask(
        self,
        method: str,
        path: str,
        body: Json | bytes | None = None,
        *,
        params: dict[str, str] | None = None,
        timeout_s: float | None = None,
        when_late: type[PortalError] = EngineUnavailable,
    ) -> Any:  # Any: JSON of many shapes
        """Send one request and give its JSON back; True or False for HEAD. ``when_late`` is for no answer in time.

        Raises:
            EngineUnavailable: no connection, no answer in time, or the engine is too busy.
            NoSuchStore: the index in the path is not there.
            QueryTooExpensive: the engine refuses what it is asked because of its limits.
        """
        options: Json = dict(params or {})
        sent = encoded(body) if isinstance(body, dict) else body
        if timeout_s is not None:
            options["request_timeout"] = timeout_s
        try:
            return self._transport().perform_request(method, path, params=options, body=sent)
        except exceptions.ConnectionTimeout as error:
            raise when_late from error
        except exceptions.ConnectionError as error:
            raise EngineUnavailable from error
        except exceptions.TransportError as error:
            raise _meaning(error) from error

    def _transport(self) -> Any:  # Any: opensearch-py leaves its transport untyped
        if self._client is None or self._client[0] != os.getpid():
            self._client = (os.getpid(), OpenSearch(**self._options))
        return self._client[1].transport


def encoded(body: Json) -> bytes:
    """JSON in UTF-8. Half a surrogate pair, which no UTF-8 can hold, becomes a question mark."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _meaning(error: exceptions.TransportError) -> Exception:
    """The portal's error for the engine's; the engine's own where there is none, for then the portal is at fault."""
    told = str(error.info)
    if any(sign in told for sign in _TOO_MUCH):
        return QueryTooExpensive()
    if error.status_code in _BUSY:
        return EngineUnavailable()
    if error.status_code == 404 and "index_not_found" in told:
        return NoSuchStore(str(error.error))
    if error.status_code in (401, 403):
        return EngineUnavailable(
            "The search engine refuses the portal's user name or password. Tell the administrator."
        )
    return error
