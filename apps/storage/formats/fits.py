"""FITS, of astronomy: the headers, as FITS 4.0 lays them down.

Read here and by no library: a header is lines of 80 signs in blocks of 2,880 bytes, and astropy, which reads much
more than headers, brings fifteen megabytes and three other packages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod
from typing import Any, BinaryIO

from apps.storage.formats.plain import number, text

BLOCK, CARD = 2880, 80
MOST_UNITS = 40
MOST_CARDS = 10_000
MOST_KEYS = 300
"""Of a header, told; the others count for the size of the data alone."""
MOST_REMARKS = 50
REMARKS = ("COMMENT", "HISTORY")
_STRING = re.compile(r"\s*'((?:[^']|'')*)'")
_COMPLEX = re.compile(r"\(\s*([^,\s]+)\s*,\s*([^)\s]+)\s*\)")


def read(file: BinaryIO) -> dict[str, Any]:
    """``units`` are the header and data units, one after the other."""
    units: list[dict[str, Any]] = []
    at, size = 0, file.seek(0, 2)
    while at < size and len(units) < MOST_UNITS:
        file.seek(at)
        cards = list(_cards(file))
        if not cards or not cards[0].startswith("XTENSION" if units else "SIMPLE"):
            if units:
                break  # The standard allows other records behind the last unit.
            raise ValueError("this is no FITS: it does not begin with SIMPLE")
        header, remarks = _read(cards)
        at = file.tell() + _padded(_data_bytes(header))
        units.append(_unit(header, remarks))
        if at > size:
            units[-1]["is_truncated"] = True
    return {"units": units, "is_cut": at < size and len(units) == MOST_UNITS}


def _cards(file: BinaryIO) -> Iterator[str]:
    """Those of one header, up to END."""
    for _ in range(MOST_CARDS * CARD // BLOCK + 1):
        block = file.read(BLOCK)
        if len(block) < BLOCK:
            raise ValueError("the file ends in the middle of a header")
        for start in range(0, BLOCK, CARD):
            card = block[start : start + CARD].decode("ascii", "replace")
            if card.rstrip() == "END":
                return
            yield card
    raise ValueError(f"a header has more than {MOST_CARDS} lines")


def _read(cards: list[str]) -> tuple[dict[str, Any], list[str]]:
    header: dict[str, Any] = {}
    remarks: list[str] = []
    last = ""
    for card in cards:
        key, said = _parted(card)
        if key == "CONTINUE" and isinstance(header.get(last), str) and header[last].endswith("&"):
            header[last] = header[last][:-1] + str(_value(said) or "")
        elif key in REMARKS:
            remarks.append(text(card[8:].strip()))
        elif key and said is not None:
            header.setdefault(key, _value(said))
            last = key
    return {name: text(value) if isinstance(value, str) else value for name, value in header.items()}, remarks


def _parted(card: str) -> tuple[str, str | None]:
    """A key and what stands behind its sign."""
    if card.startswith("HIERARCH") and "=" in card:
        key, _, said = card[8:].partition("=")
        return text(key.strip()), said
    key = card[:8].rstrip()
    return key, card[8:] if key == "CONTINUE" else card[10:] if card[8:10] == "= " else None


def _value(said: str | None) -> Any:
    if said is None:
        return None
    if found := _STRING.match(said):
        return found[1].replace("''", "'").rstrip()
    word = said.partition("/")[0].strip()
    if word in {"T", "F"}:
        return word == "T"
    if found := _COMPLEX.match(word):
        return [_number(found[1]), _number(found[2])]
    return _number(word)


def _number(word: str) -> int | float | str | None:
    if not word:
        return None
    try:
        return int(word[:100])
    except ValueError:
        pass
    try:
        return number(float(word.upper().replace("D", "E")))
    except ValueError:
        return text(word)


def _shape(header: dict[str, Any]) -> list[int]:
    axes = header.get("NAXIS")
    if not isinstance(axes, int) or not 0 <= axes <= 999:
        raise ValueError("NAXIS is not as it must be")
    shape = [header.get(f"NAXIS{axis}") for axis in range(1, axes + 1)]
    return [_count(axis) for axis in shape]


def _count(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 1 << 62:
        raise ValueError("the size of the data is not as it must be")
    return value


def _data_bytes(header: dict[str, Any]) -> int:
    shape = _shape(header)
    if header.get("GROUPS") is True and shape and shape[0] == 0:
        shape = shape[1:]
    if not shape:
        return 0
    groups, parameters = _count(header.get("GCOUNT", 1)), _count(header.get("PCOUNT", 0))
    bits = header.get("BITPIX")
    return abs(bits) // 8 * groups * (parameters + prod(shape)) if isinstance(bits, int) else 0


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _unit(header: dict[str, Any], remarks: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": header.get("XTENSION") or "PRIMARY"}
    if isinstance(header.get("EXTNAME"), str):
        told["name"] = header["EXTNAME"]
    kept = dict(list(header.items())[:MOST_KEYS])
    told |= {"shape": _shape(header)[::-1], "bits": header.get("BITPIX"), "header": kept}
    return told | ({"remarks": remarks[:MOST_REMARKS]} if remarks else {})
