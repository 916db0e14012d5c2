"""Outlines of the countries of the world, for a map that asks no host for anything (the countryinfo package; Natural Earth)."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Any

from countryinfo import all_countries

Line = tuple[list[float | None], list[float | None]]
_GRID = 4  # a quarter of a degree is less than a pixel on a page


@cache
def outlines() -> dict[str, Line]:
    """Longitudes and latitudes in degrees of each country's outline by ISO code, its parts set apart by None."""
    features = {code: (info.get("geoJSON") or {}).get("features") or [] for code, info in _infos().items()}
    return {code: _line(found) for code, found in features.items() if found}


@cache
def centres() -> dict[str, tuple[float, float]]:
    """Longitude and latitude of a point in each country by ISO code, also of those too small for an outline."""
    return {code: (info["latlng"][1], info["latlng"][0]) for code, info in _infos().items() if info.get("latlng")}


@cache
def _infos() -> dict[str, dict[str, Any]]:
    """What the package knows by ISO code; parts of a country, which it files under the same code, come after the whole."""
    found: dict[str, dict[str, Any]] = {}
    for info in sorted((c.info() for c in all_countries()), key=lambda i: i["name"]):
        code = info.get("ISO", {}).get("alpha2")
        if code and not (found.get(code) or {}).get("geoJSON"):
            found[code] = info
    return dict(sorted(found.items()))


def _line(features: list[Any]) -> Line:
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in (ring for feature in features for ring in _rings(feature["geometry"])):
        points = [
            point for point, _ in groupby((round(lon * _GRID) / _GRID, round(lat * _GRID) / _GRID) for lon, lat, *_ in ring)
        ]
        x += [*(lon for lon, _ in points), None]
        y += [*(lat for _, lat in points), None]
    return x[:-1], y[:-1]


def _rings(geometry: dict[str, Any]) -> list[Any]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [polygon[0] for polygon in polygons]
