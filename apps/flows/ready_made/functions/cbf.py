"""CBF with byte-offset compression, as the detectors of the field write it: each pixel as its step from the last."""

from __future__ import annotations

import base64
import hashlib
import re

import numpy as np
from numpy.typing import NDArray

MARK = b"\x0c\x1a\x04\xd5"
BOUNDARY = b"--CIF-BINARY-FORMAT-SECTION--"
MOST_PIXELS = 40_000_000
_WIDE = ((1, "<i2", -(1 << 15)), (3, "<i4", -(1 << 31)), (7, "<i8", None))
"""Where a step begins that fits into no byte, how it is written, and what says that it fits there neither."""


def read(data: bytes) -> tuple[NDArray[np.int64], str]:
    """The picture, and the lines of the header above it.

    Raises:
        ValueError: it is no such CBF, or is broken.
    """
    above, found, rest = data.partition(MARK)
    if not found:
        raise ValueError("this is no CBF")
    words = above.decode("ascii", "replace")
    said = dict(re.findall(r"^([\w-]+):\s*(.*?)\s*$", words, re.MULTILINE))
    if "x-CBF_BYTE_OFFSET" not in words:
        raise ValueError("the picture is not compressed by byte offsets")
    width, height = _size(said, "Fastest"), _size(said, "Second")
    if not 0 < width * height <= MOST_PIXELS:
        raise ValueError(f"a picture of {width} x {height} pixels is not read")
    packed = rest[: int(said.get("X-Binary-Size", "0")) or len(rest)]
    return unpacked(packed, width * height).reshape(height, width), words


def _size(said: dict[str, str], which: str) -> int:
    told = said.get(f"X-Binary-Size-{which}-Dimension", "")
    return int(told) if told.isdigit() and len(told) < 9 else 0


def unpacked(packed: bytes, count: int) -> NDArray[np.int64]:
    """
    Raises:
        ValueError: there are fewer pixels than that.
    """
    steps = np.frombuffer(packed, np.int8)
    values, is_step, end = steps.astype(np.int64), np.ones(len(steps), bool), 0
    for at in np.flatnonzero(steps == -128).tolist():
        if at < end:  # It is within a wide step.
            continue
        for offset, written, wider in _WIDE:
            start, end = at + offset, at + offset + np.dtype(written).itemsize
            if end > len(packed):
                raise ValueError("the picture ends too early")
            value = int(np.frombuffer(packed, written, 1, start)[0])
            if value != wider:
                break
        values[at] = value
        is_step[at + 1 : end] = False
    found = values[is_step][:count]
    if len(found) < count:
        raise ValueError(f"the picture has {len(found)} of {count} pixels")
    return np.cumsum(found)


def packed(picture: NDArray[np.int64]) -> bytes:
    """The other way round."""
    steps = np.diff(picture.ravel().astype(np.int64), prepend=0)
    parts, done = [], 0
    small = steps.astype(np.int8).tobytes()
    for at in np.flatnonzero(np.abs(steps) > 127).tolist():
        parts += [small[done:at], _wide(int(steps[at]))]
        done = at + 1
    return b"".join([*parts, small[done:]])


def _wide(step: int) -> bytes:
    if abs(step) < 1 << 15:
        return b"\x80" + step.to_bytes(2, "little", signed=True)
    if abs(step) < 1 << 31:
        return b"\x80\x00\x80" + step.to_bytes(4, "little", signed=True)
    return b"\x80\x00\x80\x00\x00\x00\x80" + step.to_bytes(8, "little", signed=True)


def written(picture: NDArray[np.int64], name: str, header: str) -> bytes:
    """A whole miniCBF. ``header`` are the lines in which a detector says what it did."""
    data = packed(picture)
    checksum = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
    height, width = picture.shape
    words = f"""###CBF: VERSION 1.5
# CBF written by Vitrine

data_{name}

_array_data.header_convention "PILATUS_1.2"
_array_data.header_contents
;
{header}
;

_array_data.data
;
{BOUNDARY.decode()}
Content-Type: application/octet-stream;
     conversions="x-CBF_BYTE_OFFSET"
Content-Transfer-Encoding: BINARY
X-Binary-Size: {len(data)}
X-Binary-ID: 1
X-Binary-Element-Type: "signed 32-bit integer"
X-Binary-Element-Byte-Order: LITTLE_ENDIAN
Content-MD5: {checksum}
X-Binary-Number-of-Elements: {picture.size}
X-Binary-Size-Fastest-Dimension: {width}
X-Binary-Size-Second-Dimension: {height}
X-Binary-Size-Padding: 0

"""
    told = words.replace("\n", "\r\n").encode("ascii")
    return told + MARK + data + b"\r\n" + BOUNDARY + b"--\r\n;\r\n"
