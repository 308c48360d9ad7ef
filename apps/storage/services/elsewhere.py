"""Who else may send the bytes of a file, once the portal has looked at the rules: nginx, or the storage itself."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from urllib.parse import quote

from django.conf import settings

from apps.storage.models import Collection
from apps.storage.services.files import OpenCollection
from apps.storage.services.opening import up_from
from apps.storage.types import Entry, FilePath

WORTH_A_DETOUR = 1 << 20
SIGNED_S = 300
"""Long enough to begin: a storage looks at the time when it is asked, and sends on for as long as it takes."""


def location_of(files: OpenCollection, path: FilePath) -> str:
    """The internal location of nginx at which the file is; "" if nginx has none for it.

    nginx opens the file by its path, after the portal looked at it: it has to be told to follow no link on the way
    (``disable_symlinks``, see deploy/nginx.conf), as the portal itself follows none.
    """
    *_, top = up_from(files.collection)
    if not settings.NGINX_FILES or top.kind != Collection.Kind.POSIX:
        return ""
    root = PurePosixPath(os.path.normpath(top.settings["root"]))
    for folder in (root, *root.parents):
        if location := settings.NGINX_FILES.get(str(folder)):
            inner = root.relative_to(folder).joinpath(*files.place(path).names)
            return f"{location}/{quote(os.fsencode(inner))}"
    return ""


def url_of(files: OpenCollection, entry: Entry) -> str | None:
    """An address of the storage at which the file is for some minutes; None if its collections give none."""
    if not all(one.gives_signed_urls for one in up_from(files.collection)):
        return None
    return files.signed_url(entry, seconds=SIGNED_S)
