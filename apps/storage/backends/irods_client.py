"""One zone of iRODS as its own library speaks to it, and the errors of this in our words."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from typing import Any

from irods import exception as theirs
from irods.auth import ClientAuthError
from irods.connection import PlainTextPAMPasswordError
from irods.session import iRODSSession

from apps.common.errors import PortalError
from apps.storage.backends.per_process import PerProcess
from apps.storage.errors import (
    AccessDenied,
    AlreadyThere,
    Changed,
    ChecksumMismatch,
    FolderNotEmpty,
    IllegalPath,
    InvalidCollection,
    NoSuchFile,
    QuotaExceeded,
    SignInFailed,
    StorageAway,
    Unsupported,
)

PATIENCE_S = 60
IDLE_S = 120
"""Connections that are older are not used again: firewalls forget them."""
ENCRYPTED = {
    "client_server_policy": "CS_NEG_REQUIRE",
    "encryption_algorithm": "AES-256-CBC",
    "encryption_key_size": 32,
    "encryption_num_hash_rounds": 16,
    "encryption_salt_size": 8,
}
_WORDS: dict[type[PortalError], str] = {
    NoSuchFile: "DoesNotExist CAT_NO_ROWS_FOUND CAT_UNKNOWN_COLLECTION CAT_UNKNOWN_FILE OBJ_PATH_DOES_NOT_EXIST "
    "USER_FILE_DOES_NOT_EXIST CAT_NOT_A_DATAOBJ_AND_NOT_A_COLLECTION SYS_REPLICA_DOES_NOT_EXIST",
    AlreadyThere: "CATALOG_ALREADY_HAS_ITEM_BY_THAT_NAME CAT_NAME_EXISTS_AS_COLLECTION CAT_NAME_EXISTS_AS_DATAOBJ "
    "OVERWRITE_WITHOUT_FORCE_FLAG SAME_SRC_DEST_PATHS_ERR",
    FolderNotEmpty: "CAT_COLLECTION_NOT_EMPTY SYS_COLLECTION_NOT_EMPTY",
    IllegalPath: "USER_PATH_EXCEEDS_MAX USER_INPUT_PATH_ERR USER_STRLEN_TOOLONG CAT_RECURSIVE_MOVE",
    AccessDenied: "CAT_NO_ACCESS_PERMISSION CAT_INSUFFICIENT_PRIVILEGE_LEVEL USER_ACCESS_DENIED SYS_NO_API_PRIV "
    "SYS_NOT_ALLOWED",
    SignInFailed: "CAT_INVALID_AUTHENTICATION CAT_INVALID_USER CAT_INVALID_CLIENT_USER CAT_PASSWORD_EXPIRED "
    "PAM_AUTH_PASSWORD_FAILED REMOTE_SERVER_AUTHENTICATION_FAILURE SYS_USER_NOT_ALLOWED_TO_CONN",
    QuotaExceeded: "SYS_RESC_QUOTA_EXCEEDED",
    ChecksumMismatch: "USER_CHKSUM_MISMATCH",
    Changed: "LOCKED_DATA_OBJECT_ACCESS HIERARCHY_ERROR",
    StorageAway: "NetworkException SYS_RESC_IS_DOWN CAT_CONNECT_ERR CATALOG_NOT_CONNECTED SYS_SOCK_READ_TIMEDOUT "
    "SYS_SVR_TO_SVR_CONNECT_FAILED SYS_EXCEED_CONNECT_CNT",
}
ERRORS: list[tuple[type[Exception], type[PortalError]]] = [
    *((getattr(theirs, name), error) for error, names in _WORDS.items() for name in names.split()),
    (ClientAuthError, SignInFailed),
    (PlainTextPAMPasswordError, SignInFailed),
    (OSError, StorageAway),
]
"""The first that fits counts. An object that another client writes is locked, of which iRODS 4.3 says that its
hierarchy is in error."""


class IrodsClient:
    def __init__(
        self,
        *,
        host: str,
        port: int,
        zone: str,
        username: str,
        password: str,
        authentication: str,
        is_encrypted: bool,
        ca_certificate: str,
    ) -> None:
        try:
            trust = ssl.create_default_context(cadata=ca_certificate or None) if is_encrypted else None
        except ssl.SSLError as error:
            raise InvalidCollection("The certificate cannot be read. Give it as PEM.") from error
        self._asked = {
            "host": host,
            "port": port,
            "user": username,
            "zone": zone,
            "password": password,
            "authentication_scheme": authentication,
            "connection_timeout": PATIENCE_S,
            "refresh_time": IDLE_S,
            "auto_cleanup": False,
            "application_name": "vitrine",
            "client_server_negotiation": "request_server_negotiation",
        } | (ENCRYPTED | {"ssl_context": trust} if is_encrypted else {"client_server_policy": "CS_NEG_REFUSE"})
        self._session: PerProcess[Any] = PerProcess(lambda: iRODSSession(**self._asked))

    @property
    def session(self) -> Any:
        """For any number of threads: each request has a connection of its own as long as it lasts."""
        return self._session.get()

    @contextmanager
    def one_connection(self) -> Iterator[Any]:
        """A session for one thread. An answer of several pages goes on where it began, which is on one connection, and
        the library would take any."""
        session = iRODSSession(**self._asked)
        try:
            yield session
        finally:
            session.cleanup()

    def close(self) -> None:
        if session := self._session.made:
            session.cleanup()


@contextmanager
def in_our_words() -> Iterator[None]:
    """
    Raises:
        PortalError: one of those in ``ERRORS``.
    """
    try:
        yield
    except (
        theirs.PycommandsException,
        theirs.iRODSException,
        ClientAuthError,
        PlainTextPAMPasswordError,
        OSError,
    ) as error:
        raise _told(error) from error


def _told(error: Exception) -> PortalError:
    # Behind the code of a failure of a file stands that of the operating system.
    if -getattr(error, "code", 0) % 1000 in {ENOSPC, EDQUOT}:
        return QuotaExceeded()
    known = next((ours for kind, ours in ERRORS if isinstance(error, kind)), None)
    if known is StorageAway:
        return StorageAway(f"iRODS cannot be reached now: {error}. Try again in a little while.")
    return known() if known else Unsupported(f"iRODS refuses this: {type(error).__name__} {error}".rstrip())
