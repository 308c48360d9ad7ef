"""The colours that follow from the accent of an index, as a stylesheet of its own.

An accent is any colour; a page needs shades of it that can be read. So each shade goes from the accent towards black
(light pages) or white (dark ones) until its contrast is that of WCAG AA on every surface it may stand on. From any
colour such shades can be made, so that none is refused. What a stylesheet says follows from the colour in its address
alone: it tells nothing of an index, and a draft can be previewed with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

Colour = tuple[float, float, float]
"""Red, green and blue, from 0 to 255."""

TEXT = 4.6
"""What AA asks of text, and a little for the rounding of colours."""
STRONG = 7.1
GRAPHIC = 3.1
WASH = 0.86
"""So much of a wash is the surface beneath."""
_HEX = re.compile(r"[0-9a-f]{6}")
BLACK, WHITE = (0.0, 0.0, 0.0), (255.0, 255.0, 255.0)


def colour(text: str) -> Colour:
    """Of ``#rrggbb``."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return float(red), float(green), float(blue)


@dataclass(frozen=True, slots=True)
class Theme:
    """``surfaces`` and the palest ink are those of ``static/css/tokens.css``; shades go ``towards`` black or white."""

    surfaces: tuple[Colour, ...]
    ink: Colour
    towards: Colour

    def shades(self, accent: Colour) -> dict[str, Colour]:
        surface = self.surfaces[1]
        wash = _until(_mixed(accent, surface, WASH), surface, [self.ink], TEXT)
        grounds = (*self.surfaces, wash)
        plain = _until(accent, self.towards, grounds, TEXT)
        strong = _until(_mixed(plain, self.towards, 0.2), self.towards, grounds, STRONG)
        return {
            "accent": plain,
            "accent-strong": strong,
            "on-accent": _until(surface, BLACK if self.towards == WHITE else WHITE, [plain, strong], TEXT),
            "wash": wash,
            "bar": _until(accent, self.towards, self.surfaces, GRAPHIC),
        }


LIGHT = Theme((colour("#f3f6f5"), colour("#ffffff"), colour("#eaefed")), colour("#5a6864"), BLACK)
DARK = Theme((colour("#0e1413"), colour("#161d1c"), colour("#1e2725")), colour("#97a6a1"), WHITE)


def is_one(text: str) -> bool:
    """Whether it is a colour as the address of its stylesheet writes it."""
    return bool(_HEX.fullmatch(text))


def url(accent: str) -> str:
    """Of the stylesheet; "" without an accent."""
    return reverse("web:accent", args=[accent.removeprefix("#").lower()]) if accent else ""


def stylesheet(accent: str) -> str:
    light, dark = (theme.shades(colour(accent)) for theme in (LIGHT, DARK))
    lines = (f"--{name}: light-dark({_written(light[name])}, {_written(dark[name])})" for name in light)
    return f"@layer tokens {{ :root {{ {'; '.join(lines)} }} }}\n"


def contrast(one: Colour, other: Colour) -> float:
    """As WCAG 2 measures it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(one: Colour) -> float:
    linear = [part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in one]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(one: Colour, other: Colour, part: float) -> Colour:
    """``part`` of the other, from 0 to 1."""
    red, green, blue = (a + (b - a) * part for a, b in zip(one, other, strict=True))
    return red, green, blue


def _until(one: Colour, towards: Colour, grounds: Sequence[Colour], least: float) -> Colour:
    """The first shade on the way that stands out from all grounds; at its end if none does."""
    shades = (_mixed(one, towards, at / 100) for at in range(101))
    return next((shade for shade in shades if all(contrast(shade, ground) >= least for ground in grounds)), towards)


def _written(one: Colour) -> str:
    return "#" + bytes(round(part) for part in one).hex()
