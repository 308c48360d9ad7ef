"""Pictures: their size, and what cameras and detectors wrote beside. Nothing is unpacked."""

from __future__ import annotations

import copy  # noqa: F401 - the reader of GIF asks for it late
from collections.abc import Iterator
from typing import Any, BinaryIO

from PIL import (
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from apps.storage.formats.plain import number, plain

_READ = (BmpImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
FORMATS = ("BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
MOST_FRAMES = 1_000
MOST_TAGS = 100
MOST_OF_A_TAG = 16
LAYOUT = {"StripOffsets", "StripByteCounts", "TileOffsets", "TileByteCounts", "ExifOffset", "GPSInfo", "MakerNote"}
"""How the file is made, or what only its maker can read. GPS is told apart, and only to who asks for it."""

Image.preinit()  # Else it looks for more modules when the first picture comes, and no file can be opened then.
Image.MAX_IMAGE_PIXELS = None  # The library warns of large pictures, which would take memory if they were unpacked.


def read(file: BinaryIO, *, gps: bool = False) -> dict[str, Any]:
    try:
        opened = Image.open(file, formats=FORMATS)
    except UnidentifiedImageError:
        raise ValueError("it is none, or its head is broken") from None
    with opened as image:
        told: dict[str, Any] = {"type": image.format, "width": image.width, "height": image.height, "mode": image.mode}
        told |= _resolution(image) | {"exif": _exif(image, gps=gps)}
        words = {name: plain(value) for name, value in _words(image)}
        told |= {"text": words} if words else {}
        if image.format == "TIFF":
            told["frames"] = _frames(image)
    return {name: value for name, value in told.items() if value != {}}


def _resolution(image: Image.Image) -> dict[str, Any]:
    found = image.info.get("dpi")
    if not isinstance(found, tuple) or len(found) != 2:
        return {}
    return {"dpi": [number(round(float(one), 2)) for one in found]}


def _frames(image: Image.Image) -> int:
    """Up to ``MOST_FRAMES``: each is looked for behind the one before."""
    for count in range(1, MOST_FRAMES):
        try:
            image.seek(count)
        except EOFError:
            return count
    return MOST_FRAMES


def _words(image: Image.Image) -> Iterator[tuple[str, str]]:
    """Of PNG, those above the picture. What is itself a document (XMP) is left out: it may hold the place, too."""
    for name, value in list(image.info.items())[:MOST_TAGS] if image.format == "PNG" else ():
        if (
            isinstance(name, str)
            and isinstance(value, str)
            and not name.startswith(("XML:", "Raw profile"))
            and "xmp" not in name.lower()
        ):
            yield str(plain(name)), value


def _exif(image: Image.Image, *, gps: bool) -> dict[str, Any]:
    if image.format == "PNG" and "exif" not in image.info:
        return {}  # The library would unpack the picture to look for more behind it.
    exif = image.getexif()
    told = dict(_named(exif, ExifTags.TAGS)) | dict(_named(exif.get_ifd(ExifTags.IFD.Exif), ExifTags.TAGS))
    if gps and (place := dict(_named(exif.get_ifd(ExifTags.IFD.GPSInfo), ExifTags.GPSTAGS))):
        told["GPS"] = place
    return told


def _named(tags: Any, names: dict[int, str]) -> Iterator[tuple[str, Any]]:
    for number_, value in list(tags.items())[:MOST_TAGS]:
        name = names.get(number_)
        if name is not None and name not in LAYOUT and (told := _value(value)) is not None:
            yield name, told


def _value(value: Any) -> Any:
    match value:
        case bytes():
            return plain(value) if value[:MOST_TAGS].isascii() else None
        case tuple() | list():
            return [_value(one) for one in value] if len(value) <= MOST_OF_A_TAG else None
        case str() | int():
            return plain(value)
        case _:
            return _fraction(value)


def _fraction(value: Any) -> float | None:
    try:
        return number(float(value))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
