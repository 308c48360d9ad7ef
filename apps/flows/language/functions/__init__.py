"""The eighteen intrinsic functions, in plain Python. What they are given wrongly is a TypeError or a ValueError."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.flows.language.functions import arrays, numbers, texts

MANY = 10_000


@dataclass(frozen=True)
class Function:
    """``least`` and ``most`` arguments may be given."""

    call: Callable[..., Any]
    least: int
    most: int

    @property
    def counts(self) -> str:
        if self.least == self.most:
            return str(self.least)
        return f"{self.least} or more" if self.most == MANY else f"{self.least} to {self.most}"


_ALL: list[tuple[str, Callable[..., Any], int, int]] = [
    ("Format", texts.fill, 1, MANY),
    ("StringToJson", texts.read_json, 1, 1),
    ("JsonToString", texts.write_json, 1, 1),
    ("Array", arrays.make, 0, MANY),
    ("ArrayPartition", arrays.partition, 2, 2),
    ("ArrayContains", arrays.contains, 2, 2),
    ("ArrayRange", arrays.count_up, 3, 3),
    ("ArrayGetItem", arrays.get_item, 2, 2),
    ("ArrayLength", arrays.length, 1, 1),
    ("ArrayUnique", arrays.unique, 1, 1),
    ("Base64Encode", texts.base64_encode, 1, 1),
    ("Base64Decode", texts.base64_decode, 1, 1),
    ("Hash", texts.digest, 2, 2),
    ("JsonMerge", arrays.merge, 3, 3),
    ("MathRandom", numbers.draw, 2, 3),
    ("MathAdd", numbers.add, 2, 2),
    ("StringSplit", texts.split, 2, 2),
    ("UUID", lambda: str(uuid.uuid4()), 0, 0),
]
FUNCTIONS = {f"States.{name}": Function(function, least, most) for name, function, least, most in _ALL}
