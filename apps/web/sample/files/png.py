"""Pictures of few colours as PNG (RFC 2083): with ``zlib`` of the standard library it takes no more than this."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SAME, AS_ABOVE = b"\x00", b"\x02"
BITS = 4


def written(width: int, lines: Iterable[tuple[bytes, int]], colours: tuple[str, ...]) -> bytes:
    """``lines`` are of two pixels a byte, each with how often it stands below itself; ``colours`` are ``rrggbb``.

    The first colour is see-through. ``width`` is in pixels, and even.
    """
    is_above = AS_ABOVE + bytes(width // 2)
    rows: list[bytes] = []
    for line, times in lines:
        rows += [SAME + line, *[is_above] * (times - 1)]
    header = struct.pack(">IIBBBBB", width, len(rows), BITS, 3, 0, 0, 0)
    palette = bytes.fromhex("".join(colours))
    parts = [(b"IHDR", header), (b"PLTE", palette), (b"tRNS", b"\x00"), (b"IDAT", zlib.compress(b"".join(rows), 1))]
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in (*parts, (b"IEND", b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
