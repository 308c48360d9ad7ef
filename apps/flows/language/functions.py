"""What each intrinsic function does, in plain Python. What it is given wrongly is a TypeError or a ValueError."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import random
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from apps.flows.language.failures import shown

MAX_TEXT = 10_000  # characters that AWS encodes or hashes
MAX_RANGE = 1_000  # items that AWS puts into a range

_HASHES = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_INT_32 = range(-(2**31), 2**31)
_HOLE = re.compile(r"\{\}|\\(?P<escaped>.)|(?P<stray>[{}\\])", re.DOTALL)


def _a_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{shown(json.dumps(value))} is not an array")
    return value


def _a_string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{shown(json.dumps(value))} is not a string")
    return value


def _an_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{shown(json.dumps(value))} is not an object")
    return value


def _a_whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{shown(json.dumps(value))} is not a number")
    return value if isinstance(value, int) else math.floor(value + 0.5)


def _a_short(value: str) -> str:
    if len(value) > MAX_TEXT:
        raise ValueError(f"the text is longer than {MAX_TEXT} characters")
    return value


def _text(value: Any) -> str:
    """The natural text of a value; of arrays and objects, the one that AWS gives."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}={_text(each)}' for key, each in value.items())}}}"
    return json.dumps(value)


def format_template(value: Any) -> str:
    """A template that came from data. A backslash there escapes braces and itself, and else is a backslash."""
    return re.sub(r"\\(?![{}\\])", r"\\\\", _a_string(value))


def _format(template: str, *values: Any) -> str:
    holes = 0

    def fill(found: re.Match[str]) -> str:
        nonlocal holes
        if found["escaped"]:
            return found["escaped"]
        if found["stray"]:
            raise ValueError(f"{shown(found[0])} stands alone in the template; write `\\{found[0]}`")
        holes += 1
        return _text(values[holes - 1]) if holes <= len(values) else ""

    filled = _HOLE.sub(fill, template)
    if holes != len(values):
        raise ValueError(f"the template has {holes} places `{{}}`, and there are {len(values)} values for them")
    return filled


def _string_to_json(text: Any) -> Any:
    stripped = _a_string(text).strip()
    if not stripped:
        return None
    value = json.loads(stripped, parse_constant=_refuse, parse_float=_finite)
    return value


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text)


def _json_to_string(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _array_partition(array: Any, size: Any) -> list[Any]:
    step = _a_whole(size)
    if step < 1:
        raise ValueError("the size of the pieces is at least 1")
    return [array[at : at + step] for at in range(0, len(_a_list(array)), step)]


def _array_range(first: Any, last: Any, step: Any) -> list[int]:
    start, end, by = (_a_whole(each) for each in (first, last, step))
    if not by:
        raise ValueError("the step is not zero")
    numbers = range(start, end + (1 if by > 0 else -1), by)
    if numbers[MAX_RANGE:]:  # `len` fails for long ones
        raise ValueError(f"the range has more than {MAX_RANGE} items")
    return list(numbers)


def _array_get_item(array: Any, index: Any) -> Any:
    at = _a_whole(index)
    if not 0 <= at < len(_a_list(array)):
        raise ValueError(f"there is no item {at} in an array of {len(array)}")
    return array[at]


def _identity(value: Any) -> Any:
    """What two values share when JSON takes them for equal: 1 and 1.0, but not 1 and true."""
    if isinstance(value, bool | None):
        return (type(value), value)
    if isinstance(value, list):
        return ("list", *map(_identity, value))
    if isinstance(value, dict):
        return ("object", frozenset((key, _identity(each)) for key, each in value.items()))
    return value


def _array_contains(array: Any, wanted: Any) -> bool:
    identity = _identity(wanted)
    return any(_identity(each) == identity for each in _a_list(array))


def _array_unique(array: Any) -> list[Any]:
    firsts: dict[Any, Any] = {}
    for each in _a_list(array):
        firsts.setdefault(_identity(each), each)
    return list(firsts.values())


def _base64_encode(text: Any) -> str:
    return base64.b64encode(_a_short(_a_string(text)).encode()).decode()


def _base64_decode(text: Any) -> str:
    return base64.b64decode("".join(_a_short(_a_string(text)).split()), validate=True).decode()


def _hash(value: Any, algorithm: Any) -> str:
    if algorithm not in _HASHES:
        raise ValueError(f"the algorithm is one of {', '.join(_HASHES)}")
    text = value if isinstance(value, str) else _json_to_string(value)
    return hashlib.new(_HASHES[algorithm], _a_short(text).encode(), usedforsecurity=False).hexdigest()


def _json_merge(first: Any, second: Any, is_deep: Any) -> dict[str, Any]:
    if is_deep is not False:
        raise ValueError("the third argument is false: objects are not merged in depth")
    return {**_an_object(first), **_an_object(second)}


def _math_random(first: Any, last: Any, seed: Any = None) -> int:
    start, end = _a_whole(first), _a_whole(last)
    if start >= end:
        raise ValueError("the first number is below the last, which is never given")
    source = random.Random(None if seed is None else _a_whole(seed))  # noqa: S311 - AWS says the same: no secrets
    return source.randrange(start, end)


def _math_add(first: Any, second: Any) -> int:
    numbers = _a_whole(first), _a_whole(second)
    if not all(each in _INT_32 for each in numbers):
        raise ValueError("a number is outside of -2147483648 to 2147483647")
    return sum(numbers)


def _string_split(text: Any, characters: Any) -> list[str]:
    string, ends = _a_string(text), _a_string(characters)
    if not ends:
        return [string] if string else []
    return [piece for piece in re.split(f"[{re.escape(ends)}]", string) if piece]


@dataclass(frozen=True)
class Function:
    call: Callable[..., Any]
    least: int
    most: int

    @property
    def counts(self) -> str:
        if self.least == self.most:
            return str(self.least)
        return f"{self.least} or more" if self.most > 3 else f"{self.least} to {self.most}"


_MANY = 10_000

_ALL: list[tuple[str, Callable[..., Any], int, int]] = [
    ("Format", _format, 1, _MANY),
    ("StringToJson", _string_to_json, 1, 1),
    ("JsonToString", _json_to_string, 1, 1),
    ("Array", lambda *values: list(values), 0, _MANY),
    ("ArrayPartition", _array_partition, 2, 2),
    ("ArrayContains", _array_contains, 2, 2),
    ("ArrayRange", _array_range, 3, 3),
    ("ArrayGetItem", _array_get_item, 2, 2),
    ("ArrayLength", lambda array: len(_a_list(array)), 1, 1),
    ("ArrayUnique", _array_unique, 1, 1),
    ("Base64Encode", _base64_encode, 1, 1),
    ("Base64Decode", _base64_decode, 1, 1),
    ("Hash", _hash, 2, 2),
    ("JsonMerge", _json_merge, 3, 3),
    ("MathRandom", _math_random, 2, 3),
    ("MathAdd", _math_add, 2, 2),
    ("StringSplit", _string_split, 2, 2),
    ("UUID", lambda: str(uuid.uuid4()), 0, 0),
]
FUNCTIONS = {f"States.{name}": Function(function, least, most) for name, function, least, most in _ALL}
