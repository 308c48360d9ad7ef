"""One bucket of Google Cloud Storage, and the errors of its library in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from google.api_core import exceptions as theirs
from google.auth.credentials import AnonymousCredentials
from google.auth.exceptions import GoogleAuthError
from google.cloud.storage import Bucket, Client
from google.cloud.storage.exceptions import DataCorruption
from google.oauth2.service_account import Credentials
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException

from apps.common.errors import PortalError
from apps.storage.backends.per_process import PerProcess
from apps.storage.errors import (
    AccessDenied,
    Changed,
    ChecksumMismatch,
    InvalidCollection,
    NoSuchFile,
    QuotaExceeded,
    SignInFailed,
    StorageAway,
    Unsupported,
)

MOST_CONNECTIONS = 64
SCOPES = ["https://www.googleapis.com/auth/devstorage.read_write"]
ERRORS: list[tuple[type[Exception], type[PortalError]]] = [
    (theirs.NotFound, NoSuchFile),
    (theirs.Unauthorized, SignInFailed),
    (GoogleAuthError, SignInFailed),
    (theirs.Forbidden, AccessDenied),
    (theirs.PreconditionFailed, Changed),
    (theirs.Conflict, Changed),
    (DataCorruption, ChecksumMismatch),
    (theirs.ResourceExhausted, QuotaExceeded),
    (theirs.TooManyRequests, StorageAway),
    (theirs.ServerError, StorageAway),
    (theirs.RetryError, StorageAway),
    (theirs.GoogleAPICallError, Unsupported),
    (RequestException, StorageAway),
    (ConnectionError, StorageAway),
]
"""The first that fits counts."""


class GcsClient:
    def __init__(self, *, bucket: str, endpoint_url: str, service_account: dict[str, str]) -> None:
        self._name, self._endpoint_url = bucket, endpoint_url
        self._account = service_account
        self._client = PerProcess(self._make)

    @property
    def bucket(self) -> Bucket:
        return self._client.get().bucket(self._name)

    def _make(self) -> Client:
        # Without an account nothing is signed: that of the machine that the portal runs on is nobody's to use.
        credentials: Any = AnonymousCredentials()  # type: ignore[no-untyped-call]  # google-auth is typed in part
        if self._account:
            try:
                credentials = Credentials.from_service_account_info(self._account, scopes=SCOPES)  # type: ignore[no-untyped-call]  # as above
            except ValueError as error:
                raise SignInFailed(f"This is no key of a service account: {error}. Give it anew.") from error
        options = {"api_endpoint": self._endpoint_url} if self._endpoint_url else None
        project = self._account.get("project_id", "none")
        client = Client(project=project, credentials=credentials, client_options=options)
        for scheme in ("https://", "http://"):
            client._http.mount(scheme, HTTPAdapter(pool_connections=4, pool_maxsize=MOST_CONNECTIONS))
        return client

    def close(self) -> None:
        if client := self._client.made:
            client.close()


@contextmanager
def in_our_words() -> Iterator[None]:
    """
    Raises:
        PortalError: one of those in ``ERRORS``.
    """
    try:
        yield
    except tuple(kind for kind, _ in ERRORS) as error:
        ours = next(ours for kind, ours in ERRORS if isinstance(error, kind))
        if "bucket does not exist" in str(error):
            raise InvalidCollection("There is no such bucket. Correct the collection.") from error
        if "match calculated MD5" in str(error):  # a bad request like any other, but for its words
            raise ChecksumMismatch from error
        raise ours() from error
