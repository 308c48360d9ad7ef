"""Places: which polygons and points of records a searched polygon meets.

Neither engine's own geometry is used, so that both answer alike: an engine finds the records whose bounding boxes meet
the polygon's, and what they say of their places is compared here, exactly (shapely, on the plane of degrees; a shape
does not cross the date line). The records that remain become a filter of subjects.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import shape as from_geojson
from shapely.geometry.base import BaseGeometry

from apps.search import paths
from apps.search.types import And, Clause, Kind, Range, Within

SIDES = ("west", "south", "east", "north")
MAX_POSITIONS = 10_000


def read(value: Any) -> BaseGeometry | None:  # Any: JSON
    """GeoJSON, WKT, ``{"lat", "lon"}``, ``"lat,lon"`` or ``[lon, lat]``; None for what is no place on Earth."""
    try:
        found = _read(value)
        if found is None or found.is_empty or shapely.get_num_coordinates(found) > MAX_POSITIONS:
            return None
        west, south, east, north = found.bounds
        is_on_earth = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
        return shapely.make_valid(found) if is_on_earth else None
    except (ValueError, TypeError, LookupError, OverflowError, AttributeError, shapely.errors.ShapelyError):
        return None


def _read(value: Any) -> BaseGeometry | None:
    if isinstance(value, dict) and "type" in value:
        return from_geojson(value)
    if isinstance(value, dict):
        return shapely.Point(float(value["lon"]), float(value["lat"]))
    if isinstance(value, list):
        longitude, latitude = value
        return shapely.Point(float(longitude), float(latitude))
    if isinstance(value, str) and value[:1].isalpha():
        return shapely.from_wkt(value)
    latitude, longitude = value.split(",")
    return shapely.Point(float(longitude), float(latitude))


def side(path: str, name: str) -> str:
    """The path under which an engine holds one side of the bounding boxes. NUL stands in no path of a record."""
    return f"{path}\0{name}"


def sides(path: str, place: BaseGeometry) -> dict[str, float]:
    return {side(path, name): bound for name, bound in zip(SIDES, place.bounds, strict=True)}


@lru_cache(maxsize=100)
def _area(shape: str) -> BaseGeometry:
    """A searched polygon, read once for all the records that it is compared with. A form has seen that it is one."""
    area = read(json.loads(shape))
    if area is None:
        raise ValueError(shape[:200])
    return area


def candidates(clause: Within) -> Clause:
    """What an engine can say of it: the bounding boxes meet."""
    west, south, east, north = _area(clause.shape).bounds
    bounds = {"west": (None, east), "south": (None, north), "east": (west, None), "north": (south, None)}
    return And(
        tuple(Range(side(clause.path, name), Kind.NUMBER, lower, upper) for name, (lower, upper) in bounds.items())
    )


def holds(clause: Within, content: dict[str, Any]) -> bool:
    """Whether a place of the content meets (or lies in) the polygon."""
    area = _area(clause.shape)
    for value in values(content, paths.split(clause.path)):
        place = read(value)
        if place is not None and (area.covers(place) if clause.is_inside else area.intersects(place)):
            return True
    return False


def values(value: Any, keys: tuple[str, ...]) -> Iterator[Any]:
    """What stands at a path; arrays are many values, but one of two numbers may be a point too."""
    if not keys:
        yield value
        if isinstance(value, list):
            yield from value
    elif isinstance(value, list):
        for item in value:
            yield from values(item, keys)
    elif isinstance(value, dict) and keys[0] in value:
        yield from values(value[keys[0]], keys[1:])
