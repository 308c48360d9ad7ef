"""One container of Azure Blob as Azure's library speaks to it, and the errors of this in our words."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from azure.core.credentials import AzureNamedKeyCredential, AzureSasCredential
from azure.core.exceptions import AzureError, HttpResponseError
from azure.core.pipeline.transport import RequestsTransport
from azure.storage.blob import BlobClient, BlobSasPermissions, ContainerClient, LinearRetry, generate_blob_sas
from requests.adapters import HTTPAdapter

from apps.common.errors import PortalError
from apps.storage.backends.per_process import PerProcess
from apps.storage.errors import (
    AccessDenied,
    Changed,
    ChecksumMismatch,
    IllegalPath,
    InvalidCollection,
    NoSuchFile,
    QuotaExceeded,
    SignInFailed,
    StorageAway,
    Unsupported,
)

MOST_CONNECTIONS = 64
LARGEST_PUT = 4000 << 20
"""What Azure takes in one request. The library would cut a body into blocks of its own before that."""


class PastTheEnd(Unsupported):
    """The range begins behind the last byte of the file. Ask for one within it."""


_WORDS: dict[type[PortalError], str] = {
    NoSuchFile: "BlobNotFound ResourceNotFound CannotVerifyCopySource 404",
    PastTheEnd: "InvalidRange 416",
    Changed: "ConditionNotMet SourceConditionNotMet TargetConditionNotMet InvalidBlobOrBlock BlobOverwritten 409 412",
    ChecksumMismatch: "Md5Mismatch InvalidMd5 InvalidBlockList",
    QuotaExceeded: "507",
    AccessDenied: "AuthorizationPermissionMismatch AuthorizationResourceTypeMismatch AuthorizationServiceMismatch "
    "InsufficientAccountPermissions UnauthorizedBlobOverwrite BlobImmutableDueToPolicy 403",
    SignInFailed: "AuthenticationFailed AuthorizationFailure AuthorizationProtocolMismatch AccountIsDisabled "
    "AuthorizationSourceIPMismatch InvalidAuthenticationInfo NoAuthenticationInformation PublicAccessNotPermitted 401",
    IllegalPath: "InvalidResourceName InvalidUri RequestUrlFailedToParse",
    InvalidCollection: "ContainerNotFound ContainerDisabled ContainerBeingDeleted",
    StorageAway: "InternalError ServerBusy OperationTimedOut 408 429",
}
ERRORS = {code: error for error, codes in _WORDS.items() for code in codes.split()}
"""What the codes of Azure mean; the numbers, those of HTTP, count where there is no code or another one."""


class AzureClient:
    def __init__(self, *, account: str, container: str, endpoint_url: str, account_key: str, sas_token: str) -> None:
        try:
            base64.b64decode(account_key, validate=True)
        except binascii.Error as error:
            raise InvalidCollection("This is no key of a storage account: it is not Base64. Copy it anew.") from error
        self._account, self._container, self._key = account, container, account_key
        self._url = endpoint_url or f"https://{account}.blob.core.windows.net"
        self._sas = sas_token.removeprefix("?")
        self._client = PerProcess(self._make)

    @property
    def container(self) -> ContainerClient:
        return self._client.get()

    def _make(self) -> ContainerClient:
        session = requests.Session()
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(pool_maxsize=MOST_CONNECTIONS))
        return ContainerClient(
            self._url,
            self._container,
            credential=self._credential(),
            transport=RequestsTransport(session=session),
            retry_policy=LinearRetry(backoff=1, retry_total=3, random_jitter_range=1),
            max_single_put_size=LARGEST_PUT,
            connection_timeout=10,
            read_timeout=60,
        )

    def _credential(self) -> Any:
        # Without one nothing is signed: that of the machine that the portal runs on is nobody's to use.
        if self._key:
            return AzureNamedKeyCredential(self._account, self._key)
        return AzureSasCredential(self._sas) if self._sas else None

    def blob(self, key: str) -> BlobClient:
        return self.container.get_blob_client(key)

    @property
    def can_sign(self) -> bool:
        return bool(self._key)

    def readable_url(self, key: str, *, seconds: int, disposition: str = "") -> str:
        """An address at which this blob may be read for so long; if only a token is known, for as long as this is
        good."""
        url = self.blob(key).url
        if not self._key:
            return f"{url}?{self._sas}" if self._sas else url
        signature = generate_blob_sas(
            self._account,
            self._container,
            key,
            account_key=self._key,
            permission=BlobSasPermissions(read=True),
            expiry=datetime.now(UTC) + timedelta(seconds=seconds),
            content_disposition=disposition or None,
        )
        return f"{url}?{signature}"

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
    except AzureError as error:
        raise _told(error) from error


def _told(error: AzureError) -> PortalError:
    status = error.status_code if isinstance(error, HttpResponseError) else None
    if status is None:
        return StorageAway(f"Azure cannot be reached now: {_first_line(error)}. Try again in a little while.")
    named = getattr(error, "error_code", None)
    code = str(getattr(named, "value", named))  # one of the library's own names, or text if it has none for it
    known = ERRORS.get(code) or ERRORS.get(str(status))
    if known is InvalidCollection:
        return known(f"The container cannot be used: {code}. Correct the collection.")
    if known is not None:
        return known()
    if "contentMD5 doesn't match" in str(error):  # Azurite has no code of its own for it, as Azure has
        return ChecksumMismatch()
    return StorageAway() if status >= 500 else Unsupported(f"Azure refuses this: {_first_line(error)}")


def _first_line(error: AzureError) -> str:
    return str(error.message).partition("\n")[0]
