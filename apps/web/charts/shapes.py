"""What a chart is drawn from, and what a drawing is made of: plain values, which a template writes as SVG."""

from __future__ import annotations

from dataclasses import dataclass

from apps.web.values import count

WIDTH = 360


@dataclass(frozen=True, slots=True)
class Line:
    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    text: str
    anchor: str = "middle"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar or a cell, with the texts that belong to it. Without an address it is no link."""

    x: float
    y: float
    width: float
    height: float
    title: str
    url: str
    kind: str
    texts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """``rules`` lie over the marks, ``lines`` beneath them."""

    height: float
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    texts: tuple[Text, ...] = ()
    rules: tuple[Line, ...] = ()
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Bar:
    """``count`` is of records, as a rule, and then a whole number."""

    label: str
    count: float
    url: str = ""
    is_in: bool = True

    @property
    def kind(self) -> str:
        return "bar" if self.is_in else "rest"

    @property
    def title(self) -> str:
        return f"{self.label}: {count(self.count)}"

    @property
    def count_text(self) -> str:
        return count(self.count)


@dataclass(frozen=True, slots=True)
class Tick:
    """``at`` is from 0 to 1."""

    at: float
    text: str
