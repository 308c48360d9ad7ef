"""One web server, as the storages over HTTP speak to it.

Redirects are followed within the server only, for one to elsewhere could lead into the portal's own network. So could a
name that an administrator wrote in good faith: the address is looked at after the connection is made, when no DNS
answer can change any more, and those at which clouds keep their machines' secrets are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import socket
from typing import Any, Protocol
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from apps.common.errors import PortalError
from apps.storage.errors import (
    AccessDenied,
    Changed,
    InvalidCollection,
    NoSuchFile,
    NotAFile,
    QuotaExceeded,
    SignInFailed,
    StorageAway,
    Unsupported,
)
from apps.storage.types import FilePath

PIECE = 256 * 1024
MOST_REDIRECTS = 5
_CONNECTIONS = 16
_ERRORS: dict[int, type[PortalError]] = {
    HTTPStatus.UNAUTHORIZED: SignInFailed,
    HTTPStatus.FORBIDDEN: AccessDenied,
    HTTPStatus.NOT_FOUND: NoSuchFile,
    HTTPStatus.GONE: NoSuchFile,
    HTTPStatus.METHOD_NOT_ALLOWED: Unsupported,
    HTTPStatus.NOT_IMPLEMENTED: Unsupported,
    HTTPStatus.CONFLICT: NoSuchFile,  # WebDAV: the folder above is not there
    HTTPStatus.PRECONDITION_FAILED: Changed,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: QuotaExceeded,
    HTTPStatus.INSUFFICIENT_STORAGE: QuotaExceeded,
}
_REFUSED = [
    ip_network(network)
    for network in (
        "169.254.0.0/16",  # link-local, where AWS, Google and Azure keep them
        "fe80::/10",
        "fd00:ec2::254/128",  # AWS
        "100.100.100.200/32",  # Alibaba
        "192.0.0.192/32",  # Oracle
        "0.0.0.0/8",
        "::/128",
        "224.0.0.0/4",
        "ff00::/8",
    )
]


class Sized(Protocol):
    """A body that is sent in pieces and whose length is known."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[bytes]: ...


class RefusedAddress(requests.RequestException):
    """The name leads to an address that storages are not reached at."""


class WebServer:
    """Serves several threads at once."""

    def __init__(
        self,
        *,
        url: str,
        username: str = "",
        password: str = "",
        token: str = "",
        timeout_s: float = 30.0,
        verify_tls: bool = True,
        allowed_networks: Sequence[str] = (),
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.username:
            raise InvalidCollection(
                "Give the address of a folder, such as https://data.example.org/pub/, with no name, password or query.",
                place="url",
            )
        self.origin = (parts.scheme, parts.netloc)
        self._url = url.rstrip("/")
        self._timeout_s = timeout_s
        self._session = requests.Session()
        self._session.trust_env = False  # else a `.netrc` of the portal's account is sent to whoever asks for it
        self._session.verify = verify_tls
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers["Accept-Encoding"] = "identity"
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"
        elif username:
            self._session.auth = HTTPBasicAuth(username.encode(), password.encode())
        adapter = _Adapter(_networks(allowed_networks))
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def address_of(self, path: FilePath, *, is_folder: bool = False) -> str:
        names = "".join("/" + quote(name.encode(errors="surrogateescape"), safe="") for name in path.names)
        return self._url + names + ("/" if is_folder or not names else "")

    def path_of(self, path: FilePath) -> bytes:
        """As the server knows it, with no `/` at the end."""
        return unquote_to_bytes(urlsplit(self.address_of(path)).path).rstrip(b"/")

    @contextmanager
    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: bytes | Sized | None = None,
        may: Iterable[int] = (),
    ) -> Iterator[requests.Response]:
        """The answer, its body not read yet. ``may`` are the failures that the caller looks at itself.

        Raises:
            NotAFile: the server says that it is a folder, by asking for a `/` at the end.
        """
        try:
            with self._send(method, url, headers or {}, data) as response:
                if response.status_code >= 400 and response.status_code not in may:
                    raise _failure(response)
                yield response
        except (requests.RequestException, HTTPError) as error:
            raise StorageAway(f"{self.origin[1]} cannot be reached: {error}.") from error

    def _send(self, method: str, url: str, headers: Mapping[str, str], data: bytes | Sized | None) -> requests.Response:
        for _ in range(MOST_REDIRECTS):
            response = self._session.request(
                method, url, headers=headers, data=data, timeout=self._timeout_s, stream=True, allow_redirects=False
            )
            if not response.is_redirect:
                return response
            response.close()
            url = self._redirected(url, response.headers["Location"])
        raise StorageAway(f"{self.origin[1]} redirects in a circle.")

    def _redirected(self, url: str, location: str) -> str:
        target = urljoin(url, location)
        parts = urlsplit(target)
        if parts.path == urlsplit(url).path + "/":
            raise NotAFile(f"{url} is a folder.")
        if (parts.scheme, parts.netloc) != self.origin:
            raise StorageAway(
                f"{url} redirects to another server, {parts.scheme}://{parts.netloc}. If the files are there, give that"
                " address as `url`."
            )
        return target

    def close(self) -> None:
        self._session.close()


def pieces_of(response: requests.Response, *, start: int, length: int | None) -> Iterator[bytes]:
    """The bytes that were asked for, of a server that knows ranges or not."""
    skip = 0 if response.status_code == HTTPStatus.PARTIAL_CONTENT else start
    left = length
    for piece in response.raw.stream(PIECE, decode_content=False):
        skip, part = max(skip - len(piece), 0), piece[skip:]
        part = part if left is None else part[:left]
        if part:
            yield part
        if left is not None:
            left -= len(part)
            if left == 0:
                return


def range_header(start: int, length: int | None) -> dict[str, str]:
    if not start and length is None:
        return {}
    return {"Range": f"bytes={start}-{'' if length is None else start + length - 1}"}


def _failure(response: requests.Response) -> PortalError:
    status = response.status_code
    kind = _ERRORS.get(status, StorageAway)
    return kind(f"{response.request.method} {response.url} was answered with {status} {response.reason}.")


def _networks(texts: Sequence[str]) -> list[Any]:
    try:
        return [ip_network(text) for text in texts]
    except ValueError as error:
        raise InvalidCollection(f"{error}.", place="allowed_networks") from error


class _Adapter(HTTPAdapter):
    """Connections whose other end was looked at."""

    def __init__(self, allowed: list[Any]) -> None:
        self._allowed = allowed
        super().__init__(pool_connections=1, pool_maxsize=_CONNECTIONS)

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        allowed = self._allowed

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket:
                return _looked_at(super()._new_conn(), allowed)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket:
                return _looked_at(super()._new_conn(), allowed)

        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": Plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": Secure}),
        }


def _looked_at(connection: socket, allowed: list[Any]) -> socket:
    address = ip_address(connection.getpeername()[0].partition("%")[0])
    if is_refused(address) and not any(address in network for network in allowed):
        connection.close()
        raise RefusedAddress(f"{address} is no address of a storage; `allowed_networks` can allow it")
    return connection


def is_refused(address: IPv4Address | IPv6Address) -> bool:
    """Also as an IPv6 address that carries one of IPv4."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in _REFUSED)
