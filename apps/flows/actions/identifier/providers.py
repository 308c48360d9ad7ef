"""The action providers: ours for all that one does with identifiers, and the hosted one that mints a DOI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings

from apps.access import services as access
from apps.access.services import Actor
from apps.common.errors import Invalid, NotAllowed
from apps.flows.actions.base import Asking, hosted
from apps.flows.actions.identifier.datacite import DataCiteMinter
from apps.flows.actions.identifier.local import LocalMinter
from apps.flows.actions.identifier.minters import Minter, Named, Wish
from apps.flows.types import Order, Progress

MAKES = {"mint", "reserve"}
TEXT = {"type": "string"}


class Identifiers(Asking):
    """``mint`` publishes a new identifier at once; ``reserve`` keeps one, which ``publish`` then lets be found."""

    name: ClassVar[str] = "identifier"
    title: ClassVar[str] = "Identifier"
    subtitle: ClassVar[str] = "Reserves, publishes, changes or hides a DOI, or a name of the portal's own."
    is_synchronous: ClassVar[bool] = True

    @property
    def input_schema(self) -> Mapping[str, Any]:
        acts = ["mint", "reserve", "publish", "update", "hide", "delete"]
        return {
            "type": "object",
            "properties": {
                "service": {"enum": ["datacite", "local"], "title": "Whose identifier"},
                "operation": {"enum": acts, "default": "mint"},
                "identifier": {**TEXT, "title": "Which one", "description": "Of all operations but mint and reserve."},
                "url": {**TEXT, "format": "uri", "title": "Where it leads"},
                "metadata": {"type": "object", "title": "Metadata of DataCite, in JSON"},
            },
            "additionalProperties": False,
        }

    def begin(self, order: Order) -> Progress:
        """
        Raises:
            NotAllowed: the administrator has not said that this person (or flow) may.
        """
        require_minter(order.actor)
        body = order.body
        operation, minter = body.get("operation", "mint"), minter_of(body.get("service", ""))
        name = minter.name_for(order.request_id) if operation in MAKES else body.get("identifier", "")
        if not name:
            raise Invalid("Say which identifier with `identifier`.", place="identifier")
        url = body.get("url", "")
        if operation in {"mint", "publish"} and not url:
            raise Invalid("An identifier that is found has to lead somewhere. Say where with `url`.", place="url")
        if url and not url.startswith(("https://", "http://")):
            raise Invalid("An identifier leads to an address of the web: https://…", place="url")
        wish = Wish(
            name=name,
            by=order.creator,
            now=order.now,
            url=url,
            metadata=body.get("metadata", {}),
        )
        return _told(_done(minter, operation, wish), name)


class DataCiteMint(Asking):
    """The hosted one: a whole ``Doi`` document, and the repository account to mint it with. The account is used for
    this and kept in the action alone; name it in ``__Private_Parameters``."""

    name: ClassVar[str] = "datacite/mint/basic_auth"
    title: ClassVar[str] = "DataCite: mint a DOI"
    subtitle: ClassVar[str] = "Publishes a DOI at DataCite with an account of one's own."
    is_synchronous: ClassVar[bool] = True
    aliases: ClassVar[tuple[str, ...]] = hosted("datacite/mint/basic_auth")

    @property
    def input_schema(self) -> Mapping[str, Any]:
        doi = {"type": "object", "properties": {"id": TEXT, "attributes": {"type": "object"}}}
        return {
            "type": "object",
            "properties": {
                "as_test": {"type": "boolean", "default": False},
                "username": TEXT,
                "password": TEXT,
                "Doi": {**doi, "required": ["attributes"]},
            },
            "required": ["username", "password", "Doi"],
        }

    def begin(self, order: Order) -> Progress:
        body = order.body
        attributes = dict(body["Doi"]["attributes"])
        told = attributes.pop("doi", "") or body["Doi"].get("id", "")
        prefix = attributes.pop("prefix", "") or told.split("/")[0]
        minter = DataCiteMinter(
            username=body["username"],
            password=body["password"],
            prefix=prefix,
            is_test=body.get("as_test", False),
        )
        name = told if "/" in told else minter.name_for(order.request_id)
        url = attributes.pop("url", "")
        wish = Wish(name=name, by=order.creator, now=order.now, url=url, metadata=attributes)
        return _told(minter.publish(wish) if url else minter.reserve(wish), name)


def require_minter(actor: Actor) -> None:
    """
    Raises:
        NotAllowed: it is nobody who may make identifiers: they stay for ever, and cost.
    """
    if getattr(actor, "is_superuser", False) or access.principals_of(actor).intersection(settings.MINTERS):
        return
    raise NotAllowed("You may not make identifiers here. The administrator names who may in `VITRINE_MINTERS`.")


def minter_of(service: str = "") -> Minter:
    """``local`` or ``datacite``; "" is DataCite where the portal has an account there.

    Raises:
        NotSetUp: it has none, and DataCite was asked for.
    """
    if service == "local" or (not service and not settings.DATACITE_PREFIX):
        return LocalMinter()
    return DataCiteMinter()


def _done(minter: Minter, operation: str, wish: Wish) -> Named | None:
    match operation:
        case "reserve":
            return minter.reserve(wish)
        case "mint" | "publish":
            return minter.publish(wish)
        case "update":
            return minter.update(wish)
        case "hide":
            return minter.hide(wish)
    minter.delete(wish)
    return None


def _told(named: Named | None, name: str) -> Progress:
    if named is None:
        return Progress(details={"identifier": name, "state": "deleted"})
    return Progress(details={"identifier": named.name, "link": named.link, "state": named.state, "url": named.url})
