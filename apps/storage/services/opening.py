"""From a collection to the storage that its files are on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.module_loading import import_string

from apps.common.vault import seal, unseal
from apps.storage.backends.base import Storage
from apps.storage.errors import InvalidCollection, SignInFailed
from apps.storage.models import Collection
from apps.storage.types import FilePath

Kind = Collection.Kind
BACKENDS: dict[str, str] = {
    Kind.POSIX: "apps.storage.backends.posix.PosixStorage",
    Kind.S3: "apps.storage.backends.s3.S3Storage",
    Kind.SFTP: "apps.storage.backends.sftp.SftpStorage",
    Kind.HTTP: "apps.storage.backends.http.HttpStorage",
    Kind.WEBDAV: "apps.storage.backends.webdav.WebdavStorage",
    Kind.GCS: "apps.storage.backends.gcs.GcsStorage",
    Kind.AZURE: "apps.storage.backends.azure.AzureStorage",
    Kind.IRODS: "apps.storage.backends.irods.IrodsStorage",
    Kind.DRIVE: "apps.storage.backends.rclone.DriveStorage",
    Kind.BOX: "apps.storage.backends.rclone.BoxStorage",
}
"""Each is called with the collection's settings and credentials by their names. Read when it is needed: most portals
have not installed the libraries of all."""


def place_of(collection: Collection) -> tuple[Collection, FilePath]:
    """The collection that has the storage, which a guest collection has not, and where on it this one's root is."""
    top, base = collection, collection.base
    while top.parent is not None:
        top = top.parent
        base = base.below(top.base)
    return top, base


def is_encrypted(collection: Collection) -> bool:
    """Whether nobody on the way to the storage could read what is sent."""
    settings = place_of(collection)[0].settings
    return not any(isinstance(told, str) and told.lower().startswith("http://") for told in settings.values())


def up_from(collection: Collection) -> Iterator[Collection]:
    """The collection, that of which it is a folder, and so on to the one that has a storage."""
    above: Collection | None = collection
    while above is not None:
        yield above
        above = above.parent


def open_storage(collection: Collection) -> tuple[Storage, FilePath]:
    """The storage beneath a collection, a guest's too, and where on it the collection's root is.

    Raises:
        InvalidCollection: its settings do not fit its kind, or the library of its kind is not installed.
        SignInFailed: its credentials were sealed with another secret key.
    """
    top, base = place_of(collection)
    try:
        make = import_string(BACKENDS[top.kind])
        storage: Storage = make(**top.settings, **credentials_of(top))
    except ImportError as error:
        raise InvalidCollection(f"The library for {top.get_kind_display()} is not installed: {error}.") from error
    except TypeError as error:
        raise InvalidCollection(f"The settings of “{top.name}” do not fit: {error}.") from error
    return storage, base


def seal_credentials(credentials: dict[str, Any]) -> str:
    """How they are kept; "" if there are none."""
    return seal(json.dumps(credentials)) if credentials else ""


def credentials_of(collection: Collection) -> dict[str, Any]:
    if not collection.sealed:
        return {}
    try:
        return dict(json.loads(unseal(collection.sealed)))
    except ValueError as error:
        raise SignInFailed("The credentials cannot be read with this portal's secret key. Give them anew.") from error
