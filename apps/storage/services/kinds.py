"""Which kind of file it is, by how it begins and by its name."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass

from apps.storage.errors import Unreadable

LOOKED_AT = 512


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is looked into, by the module ``apps.storage.formats.<format>`` with a library of an extra.
    Known by how it begins, or by the suffix of its name."""

    format: str
    media_type: str
    suffixes: frozenset[str]
    beginnings: tuple[bytes, ...] = ()
    library: str = ""
    extra: str = "describe"

    @property
    def reader(self) -> str:
        """As ``apps.common.confined`` calls it."""
        return f"apps.storage.formats.{self.format}:read"


def _kind(format: str, media_type: str, suffixes: str, *beginnings: bytes, library: str = "") -> Kind:
    extra = "hdf5" if library == "h5py" else "describe"
    return Kind(format, media_type, frozenset(suffixes.split()), beginnings, library, extra)


HDF5 = _kind("hdf5", "application/x-hdf5", "cxi h5 hdf hdf5 he5 nx nxs", b"\x89HDF\r\n\x1a\n", library="h5py")
KINDS = (
    HDF5,
    _kind("image", "image/png", "png", b"\x89PNG\r\n\x1a\n", library="PIL"),
    _kind("image", "image/jpeg", "jpg jpeg", b"\xff\xd8\xff", library="PIL"),
    _kind("image", "image/tiff", "tif tiff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", library="PIL"),
    _kind("image", "image/gif", "gif", b"GIF87a", b"GIF89a", library="PIL"),
    _kind("image", "image/webp", "webp", library="PIL"),
    _kind("image", "image/bmp", "bmp", library="PIL"),
    _kind("cbf", "application/x-cbf", "cbf", b"###CBF"),
    _kind("cif", "chemical/x-cif", "cif mcif", library="gemmi"),
    _kind("cif", "chemical/x-mmcif", "mmcif pdbx", library="gemmi"),
    _kind("fits", "application/fits", "fit fits fts", b"SIMPLE  ="),
    _kind("table", "text/csv", "csv"),
    _kind("table", "text/tab-separated-values", "tab tsv"),
    _kind("json", "application/json", "json geojson"),
)


def kind_of(name: str, first: bytes) -> Kind | None:
    """How it begins tells more than its name; None if neither says anything."""
    begun = (kind for kind in KINDS if first.startswith(kind.beginnings))
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    named = (kind for kind in KINDS if suffix in kind.suffixes)
    return next(begun, None) or next(named, None)


def media_type_of(name: str, kind: Kind | None) -> str:
    if kind is not None:
        return kind.media_type
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def no_library(kind: Kind) -> Unreadable:
    return Unreadable(
        f"This portal has not installed what reads {kind.media_type}: the extra `{kind.extra}`, for its administrator."
    )
