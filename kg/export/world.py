"""The map of the world that the page draws: outlines, and where a place is on it."""

from __future__ import annotations

import functools
import json
import math
from importlib import resources


def project(lat: float, lon: float) -> tuple[float, float]:
    """Give a spot as the map has it: Mercator's projection, in tenths of a degree, south below.

    >>> project(0, 12.34)
    (123.4, 0.0)
    """
    lat = min(max(lat, -84.0), 84.0)
    y = math.degrees(math.asinh(math.tan(math.radians(lat))))
    return round(lon * 10, 1), round(-y * 10, 1) + 0.0


@functools.cache
def outlines() -> dict[str, str]:
    """Give the land and the borders of the world as paths of a drawing."""
    text = resources.files("kg.export").joinpath("data", "world.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found
