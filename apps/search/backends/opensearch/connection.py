"""One way to speak to OpenSearch, and what its errors mean to the portal."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from typing import Any

from opensearchpy import OpenSearch, exceptions

from apps.common import quick_json
from apps.common.errors import PortalError
from apps.search import analysis
from apps.search.backends.base import NoSuchStore
from apps.search.errors import EngineUnavailable, QueryTooExpensive

logger = logging.getLogger(__name__)

Json = dict[str, Any]
"""A JSON object of the engine's; ``Any`` because its shape is the engine's business."""

_TOO_MUCH = (
    "too_many_clauses",
    "maxClauseCount",
    "Determinizing automaton",
    "automaton is too large",
    "too_complex",
    "exceeded the allowed maximum",
    "Result window is too large",
    "[request] Data too large",
    "Time exceeded",
    "task_cancelled",
)
_BUSY = (429, 502, 503, 504)
GRACE_S = 5
"""The engine gives up at the time limit by itself; only when it cannot even say so, the connection is given up."""


class Refused(Exception):
    """The engine refuses what it was sent, for a reason that has no other name here."""


class TooManyBuckets(QueryTooExpensive):
    """The facets have more buckets than the engine counts. Ask for fewer, for longer intervals or narrower bounds."""


class Connection:
    """A pool of connections, opened by the first request of each process: a fork never shares a socket."""

    def __init__(self, *, url: str, username: str, password: str, timeout_s: float, verify_certs: bool) -> None:
        self._timeout_s = timeout_s
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
        params: dict[str, str | float] | None = None,
        when_late: type[PortalError] = EngineUnavailable,
    ) -> Any:  # Any: JSON of many shapes
        """Send one request and give its JSON back; True or False for HEAD. ``when_late`` is for no answer in time.

        Raises:
            EngineUnavailable: no connection, no answer in time, or the engine is too busy.
            NoSuchStore: the index in the path is not there.
            QueryTooExpensive: the engine refuses what it is asked because of its limits.
            Refused: it refuses for another reason; then the portal is at fault.
        """
        sent = encoded(body) if isinstance(body, dict) else body
        try:
            return self._transport().perform_request(method, path, params=dict(params or {}), body=sent)
        except exceptions.ConnectionTimeout as error:
            raise when_late from error
        except exceptions.ConnectionError as error:
            raise EngineUnavailable from error
        except exceptions.TransportError as error:
            raise meaning(int(error.status_code), str(error.info)) from error

    def search(self, index: str, bodies: Sequence[Json], options: dict[str, str]) -> list[Json]:
        """The answers to searches that travel together, complete or not at all.

        Raises:
            QueryTooExpensive: one of them would take too long, or goes beyond the engine's limits.
        """
        options = {"allow_partial_search_results": "false", **options}
        late: dict[str, str | float] = {"request_timeout": self._timeout_s + GRACE_S}
        if len(bodies) == 1:
            params = {**options, **late}
            answers = [self.ask("POST", f"/{index}/_search", bodies[0], params=params, when_late=QueryTooExpensive)]
        else:
            head = encoded(options)
            lines = b"".join(b"%b\n%b\n" % (head, encoded(body)) for body in bodies)
            together = self.ask("POST", f"/{index}/_msearch", lines, params=late, when_late=QueryTooExpensive)
            answers = together["responses"]
        for answer in answers:
            if "error" in answer:
                raise meaning(answer["status"], str(answer["error"]))
            if answer["timed_out"]:
                raise QueryTooExpensive
        return answers

    def _transport(self) -> Any:  # Any: opensearch-py leaves its transport untyped
        if self._client is None or self._client[0] != os.getpid():
            self._client = (os.getpid(), OpenSearch(**self._options))
        return self._client[1].transport


def encoded(body: Json) -> bytes:
    """JSON in UTF-8; half a surrogate pair, which only a question can hold, matches nothing."""
    try:
        return quick_json.dumps(body)
    except UnicodeEncodeError:
        return analysis.encodable(json.dumps(body, ensure_ascii=False, separators=(",", ":"))).encode()


def meaning(status: int, told: str) -> Exception:
    """The portal's error for the engine's. Who asks reads that it is busy; the log says of what."""
    if "too_many_buckets" in told:
        return TooManyBuckets()
    if any(sign in told for sign in _TOO_MUCH):
        return QueryTooExpensive()
    if status in _BUSY:
        logger.warning("The search engine is too busy (%s): %.500s", status, told)
        return EngineUnavailable()
    if status == 404 and "index_not_found" in told:
        return NoSuchStore(told)
    if status in (401, 403):
        return EngineUnavailable(
            "The search engine refuses the portal's user name or password. Tell the administrator."
        )
    return Refused(told)
