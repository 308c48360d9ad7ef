"""Texts: put together, taken apart, encoded, hashed, and JSON in them."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from typing import Any, NoReturn

from apps.flows.language.failures import shown
from apps.flows.language.functions.kinds import a_string

MAX_TEXT = 10_000  # characters that AWS encodes or hashes

_HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_HOLE = re.compile(r"\{\}|\\(?P<escaped>.)|(?P<stray>[{}\\])", re.DOTALL)


def template_of(value: Any) -> str:
    """A template that came from data. A backslash there escapes braces and itself, and else is a backslash."""
    return re.sub(r"\\(?![{}\\])", r"\\\\", a_string(value))


def fill(template: str, *values: Any) -> str:
    """The template, escapes and all as it is written, with a value for each ``{}``."""
    holes = 0

    def replace(found: re.Match[str]) -> str:
        nonlocal holes
        if found["escaped"]:
            return found["escaped"]
        if found["stray"]:
            raise ValueError(f"{shown(found[0])} stands alone in the template; write `\\{found[0]}`")
        holes += 1
        return _natural(values[holes - 1]) if holes <= len(values) else ""

    filled = _HOLE.sub(replace, template)
    if holes != len(values):
        raise ValueError(f"the template has {holes} places `{{}}`, and there are {len(values)} values for them")
    return filled


def _natural(value: Any) -> str:
    """The natural text of a value; of arrays and objects, the one that AWS gives."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return f"[{', '.join(map(_natural, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}={_natural(each)}' for key, each in value.items())}}}"
    return json.dumps(value)


def read_json(text: Any) -> Any:
    """What the JSON says; null if there is none, as AWS does it."""
    stripped = a_string(text).strip()
    return json.loads(stripped, parse_constant=_refuse, parse_float=_finite) if stripped else None


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text)


def write_json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _short(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueError(f"the text is longer than {MAX_TEXT} characters")
    return text


def base64_encode(text: Any) -> str:
    return base64.b64encode(_short(a_string(text)).encode()).decode()


def base64_decode(text: Any) -> str:
    return base64.b64decode("".join(_short(a_string(text)).split()), validate=True).decode()


def digest(value: Any, algorithm: Any) -> str:
    """Of a text, or of the JSON of another value."""
    if not isinstance(algorithm, str) or algorithm not in _HASHES:
        raise ValueError(f"the algorithm is one of {', '.join(_HASHES)}")
    text = value if isinstance(value, str) else write_json(value)
    return hashlib.new(_HASHES[algorithm], _short(text).encode(), usedforsecurity=False).hexdigest()


def split(text: Any, characters: Any) -> list[str]:
    """The pieces between any of the characters, without those that are empty."""
    string, ends = a_string(text), a_string(characters)
    pieces = re.split(f"[{re.escape(ends)}]", string) if ends else [string]
    return [piece for piece in pieces if piece]
