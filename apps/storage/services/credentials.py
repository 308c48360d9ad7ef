"""What a collection signs in to its storage with: asked for by name, given anew, never shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from apps.accounts.models import User
from apps.common.errors import NotAllowed, PortalError
from apps.storage.errors import AccessDenied, InvalidCollection, SignInFailed, StorageAway
from apps.storage.models import Collection
from apps.storage.services.collections import tell
from apps.storage.services.opening import open_storage, seal_credentials
from apps.storage.services.rules import require_administration

Kind = Collection.Kind


@dataclass(frozen=True, slots=True)
class Credential:
    """One of those that a kind of storage takes. A document is JSON, and says as well which hosts are asked."""

    name: str
    label: str
    has_lines: bool = False
    is_document: bool = False


_WEB = (
    Credential("username", "Username"),
    Credential("password", "Password"),
    Credential("token", "Token, instead of both"),
)
_TAKEN: dict[str, tuple[Credential, ...]] = {
    Kind.S3: (
        Credential("access_key", "Access key"),
        Credential("secret_key", "Secret key"),
        Credential("session_token", "Session token, of temporary keys"),
    ),
    Kind.SFTP: (
        Credential("password", "Password"),
        Credential("private_key", "Private key", has_lines=True),
        Credential("passphrase", "Passphrase of the private key"),
    ),
    Kind.HTTP: _WEB,
    Kind.WEBDAV: _WEB,
    Kind.GCS: (Credential("service_account", "Key of a service account, as JSON", has_lines=True, is_document=True),),
    Kind.AZURE: (
        Credential("account_key", "Key of the account"),
        Credential("sas_token", "SAS token, instead of the key"),
    ),
    Kind.IRODS: (Credential("password", "Password"),),
    Kind.DRIVE: (
        Credential(
            "service_account_credentials", "Key of a service account, as JSON", has_lines=True, is_document=True
        ),
    ),
    Kind.BOX: (Credential("config_credentials", "config.json of the app", has_lines=True, is_document=True),),
}


def credentials_taken(collection: Collection, *, actor: User) -> tuple[Credential, ...]:
    """Those that the actor may give anew; a guest collection has none of its own."""
    found = _TAKEN.get(collection.kind, ())
    return tuple(one for one in found if actor.is_superuser or not one.is_document)


def change_credentials(*, collection: Collection, actor: User, told: Mapping[str, str]) -> None:
    """Put others in the place of all that were there. They are tried first: what does not work changes nothing.

    Raises:
        AccessDenied: the actor does not administer the collection.
        NotAllowed: only administrators of the portal give these.
        InvalidCollection: its kind of storage does not take them. SignInFailed, StorageAway: they do not work.
    """
    require_administration(actor, collection)
    taken = {one.name: one for one in _TAKEN.get(collection.kind, ())}
    if not told or not taken.keys() >= told.keys():
        raise InvalidCollection(f"{collection.get_kind_display()} takes other credentials.", place="credentials")
    if not actor.is_superuser and any(taken[name].is_document for name in told):
        raise NotAllowed("Only administrators of the portal give these: they name hosts that it calls.")
    collection.sealed = seal_credentials({name: _read(taken[name], text) for name, text in told.items()})
    _try(collection)
    collection.save(update_fields=["sealed"])
    tell("credentials_changed", collection, actor)


def _read(one: Credential, text: str) -> Any:
    """rclone takes its documents as text, Google's library as an object."""
    if not one.is_document:
        return text
    try:
        document = json.loads(text)
    except ValueError as error:
        raise InvalidCollection(f"{one.label}: this is no JSON: {error}.", place=one.name) from error
    return document if one.name == "service_account" else text


def _try(collection: Collection) -> None:
    """Look into its folder. That it is empty, or cannot be listed, says nothing about the credentials."""
    storage, base = open_storage(collection)
    try:
        list(islice(storage.list(base), 1))
    except (SignInFailed, StorageAway, AccessDenied, InvalidCollection):
        raise
    except PortalError:
        return
    finally:
        storage.close()
