"""DOIs at DataCite, by its REST API and its own library for Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

from apps.common.errors import Conflict, PortalError, Unavailable
from apps.flows.actions.identifier.minters import Named, Wish, suffix_for

try:
    from datacite import errors as datacite

    from apps.flows.actions.identifier.datacite_client import Client
except ImportError:  # the extra "datacite" is not installed
    Client = None  # type: ignore[assignment,misc]  # then there is none

TIMEOUT_S = 20
RESOLVER = "https://doi.org/"
TEST_RESOLVER = "https://handle.test.datacite.org/"
Result = TypeVar("Result")


class NotSetUp(PortalError):
    """DOIs are not set up here. The administrator sets `VITRINE_DATACITE_PREFIX`, `…_USERNAME` and `…_PASSWORD`."""

    code = "flows.datacite_not_set_up"


class DataCiteMinter:
    """With the repository account of the settings, or with another one that is told."""

    def __init__(
        self, *, username: str = "", password: str = "", prefix: str = "", url: str = "", is_test: bool = False
    ) -> None:
        """
        Raises:
            NotSetUp: there is no account, or the library is missing.
        """
        self.prefix = prefix or settings.DATACITE_PREFIX
        username, password = username or settings.DATACITE_USERNAME, password or settings.DATACITE_PASSWORD
        if Client is None:
            raise NotSetUp("DOIs need the package “datacite”. The administrator installs `vitrine[datacite]`.")
        if not (self.prefix and username and password):
            raise NotSetUp
        self.is_test = is_test or "test" in settings.DATACITE_URL
        self._client: Any = Client(
            username,
            password,
            self.prefix,
            test_mode=is_test,
            url=None if is_test else url or settings.DATACITE_URL,
            timeout=TIMEOUT_S,
        )

    def name_for(self, request_id: str) -> str:
        return f"{self.prefix}/{suffix_for(request_id)}"

    def reserve(self, wish: Wish) -> Named:
        self._once(wish, lambda: self._client.draft_doi(metadata=_attributes(wish), doi=wish.name))
        return self._named(wish.name)

    def publish(self, wish: Wish) -> Named:
        """A reserved one, or a new one."""
        if self._state(wish.name) is None:
            self._once(wish, lambda: self._client.public_doi(_attributes(wish), wish.url, doi=wish.name))
        else:
            told = {"attributes": {**_attributes(wish), "event": "publish"}}
            self._call(lambda: self._client.put_doi(wish.name, told))
        return self._named(wish.name)

    def update(self, wish: Wish) -> Named:
        self._call(lambda: self._client.put_doi(wish.name, {"attributes": _attributes(wish)}))
        return self._named(wish.name)

    def hide(self, wish: Wish) -> Named:
        self._call(lambda: self._client.hide_doi(wish.name))
        return self._named(wish.name)

    def delete(self, wish: Wish) -> None:
        state = self._state(wish.name)
        if state not in {None, "draft"}:
            raise Conflict(f"{wish.name} was published, and stays for ever. Hide it instead.")
        if state == "draft":
            self._call(lambda: self._client.delete_doi(wish.name))

    def _once(self, wish: Wish, make: Callable[[], Any]) -> None:
        """A name that is there already was made by this request, before a crash."""
        if self._state(wish.name) is None:
            self._call(make)

    def _named(self, name: str) -> Named:
        told = self._told(name) or {}
        resolver = TEST_RESOLVER if self.is_test else RESOLVER
        return Named(name=name, link=resolver + name, state=told.get("state", "draft"), url=told.get("url") or "")

    def _state(self, name: str) -> str | None:
        told = self._told(name)
        return None if told is None else str(told["state"])

    def _told(self, name: str) -> dict[str, Any] | None:
        """What DataCite knows of it; None if it knows none. The library's own question leaves the state out."""
        request = self._client._create_request()
        answer = self._call(lambda: request.get(f"dois/{name}"))
        if answer.status_code == 404:
            return None
        if answer.status_code != 200:
            raise _error(datacite.DataCiteError.factory(answer.status_code, answer.text))
        attributes: dict[str, Any] = answer.json()["data"]["attributes"]
        return attributes

    def _call(self, act: Callable[[], Result]) -> Result:
        try:
            return act()
        except (datacite.DataCiteError, datacite.HttpError, ValueError) as error:
            raise _error(error) from error


def _attributes(wish: Wish) -> dict[str, Any]:
    """DataCite's metadata in JSON, as of its schema 4.5."""
    return {**json.loads(json.dumps(dict(wish.metadata))), **({"url": wish.url} if wish.url else {})}


def _error(error: Exception) -> PortalError:
    if isinstance(error, datacite.DataCiteServerError | datacite.HttpError):
        return Unavailable(f"DataCite cannot be reached now: {error}")
    return PortalError(f"DataCite refused it: {' '.join(str(error).split())[:1000]}")
