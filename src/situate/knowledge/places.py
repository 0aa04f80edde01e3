"""Facts and words about places as data files (`data/places/`)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from situate.contract import PlaceKind
from situate.errors import SituateError

FOLDER = Path(__file__).parent / "data" / "places"


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place of the program's own files."""

    name: str
    kind: PlaceKind
    feature: str  # a GeoNames feature code
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float
    aliases: tuple[str, ...] = ()
    population: int = 0
    gazetteer: str | None = None


@cache
def own_places() -> tuple[OwnPlace, ...]:
    """The countries and the places of all other files, in the order of the files."""
    files = sorted(p for p in FOLDER.glob("*.csv") if p.name != "countries.csv")
    return (*_countries(), *(place for path in files for place in _places(path)))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file with their line numbers; lines that begin with "#" are comments."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = [(n, line) for n, line in enumerate(file, 1) if line.strip() and not line.startswith("#")]
    for (number, _), row in zip(lines[1:], csv.DictReader(line for _, line in lines), strict=True):
        yield number, row


def _countries() -> Iterator[OwnPlace]:
    for _, row in _rows(FOLDER / "countries.csv"):
        yield OwnPlace(
            name=row["name"],
            kind="country",
            feature="PCLI",
            country=row["id"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius_km=float(row["radius_km"]),
            aliases=_split(row["aliases"]),
            population=int(row["population"]),
            gazetteer=f"geonames:{row['geonames']}",
        )


def _places(path: Path) -> Iterator[OwnPlace]:
    """The places of a file: name,kind,feature,country,lat,lon,radius_km,aliases. Raises SituateError on a bad row."""
    for number, row in _rows(path):
        try:
            kind = row["kind"]
            if kind not in get_args(PlaceKind):
                raise ValueError(f"no such kind of place: {kind!r}")
            yield OwnPlace(
                name=row["name"],
                kind=cast(PlaceKind, kind),
                feature=row["feature"] or _words()["usual_feature"][kind],
                country=row["country"] or None,
                lat=float(row["lat"]) if row["lat"] else None,
                lon=float(row["lon"]) if row["lon"] else None,
                radius_km=float(row["radius_km"]),
                aliases=_split(row["aliases"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            expected = "name,kind,feature,country,lat,lon,radius_km,aliases"
            raise SituateError(f"{path.name}, line {number}: {error}; expected {expected}") from error


def _split(values: str | None) -> tuple[str, ...]:
    return tuple(v.strip() for v in (values or "").split(";") if v.strip())


@cache
def _words() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load((FOLDER / "words.yaml").read_text(encoding="utf-8"))
    return raw


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words that stand around place names, in lower case."""

    nouns: dict[str, PlaceKind]  # of one or more words
    longest_noun: int  # in words
    noun_features: dict[str, tuple[str, ...]]
    between: frozenset[str]  # words that may stand between a name and its noun: "Mosul international airport"
    leading: dict[str, PlaceKind]  # words that begin a name: "Lake", "Mount"
    directions: dict[str, float | None]
    locative: frozenset[str]
    happenings: frozenset[str]
    taking: frozenset[str]  # verbs whose named object is a place
    locals: frozenset[str]  # nouns for people and offices of a place: "Tabriz residents"
    politics: frozenset[str]  # words of reports in which countries act
    moving: frozenset[str]  # words of movement: "to" and "from" after them lead to places
    openers: frozenset[str]
    joints: frozenset[str]  # small words inside names
    links: frozenset[str]  # words between a noun and the name it is described by
    link_nouns: frozenset[str]
    lengths: dict[str, float]  # in kilometres
    kin: tuple[frozenset[str], ...]  # nouns that may point back to the same place
    no_places: frozenset[str]  # nouns too empty to be a place of their own
    of_cities: frozenset[str]  # nouns for a part of a city
    of_states: frozenset[str]  # countries (alpha-3) whose divisions are called states
    no_names: frozenset[str]  # words in capitals that name no place by themselves
    named_after: frozenset[str]  # nouns for what is called after a place: "the Marburg virus"
    fields: frozenset[str]  # nouns before "of" that lead to a field: "Department of Health"
    war_zones: frozenset[str]  # nouns that tell of a conflict by themselves: "a corridor"
    everyday: frozenset[str]  # nouns of facilities that a report without a conflict names as organisations
    parts: frozenset[str]  # nouns for a part of an area: "most of Syria"
    institutions: frozenset[str]  # nouns whose names are as often actors as places
    peoples: frozenset[str]  # names and adjectives of peoples without a state
    adjectives: dict[str, str]  # "Syrian" and the like: country (alpha-3)
    worldwide_domains: frozenset[str]  # of countries, but used everywhere
    media_words: tuple[str, ...]  # in the names of news media, that are no place's


@cache
def place_words() -> PlaceWords:
    """The words, read once."""
    raw = _words()
    nouns = {noun: cast(PlaceKind, kind) for kind, names in raw["kind_nouns"].items() for noun in names}
    plurals = {_plural(noun): kind for noun, kind in nouns.items()}
    return PlaceWords(
        nouns={**plurals, **nouns},
        longest_noun=max(len(noun.split()) for noun in nouns),
        noun_features={noun: tuple(codes) for noun, codes in raw["noun_features"].items()},
        between=frozenset(raw["between"]),
        leading=raw["leading"],
        directions=raw["directions"],
        locative=frozenset(raw["locative"]),
        happenings=frozenset(raw["happenings"]),
        taking=frozenset(raw["taking"]),
        locals=frozenset(raw["locals"]),
        politics=frozenset(raw["politics"]),
        moving=frozenset(raw["moving"]),
        openers=frozenset(raw["openers"]),
        joints=frozenset(raw["joints"].split()),
        links=frozenset(raw["links"].split()),
        link_nouns=frozenset(raw["link_nouns"].split()),
        lengths=raw["lengths"],
        kin=tuple(frozenset(group) for group in raw["kin"]),
        no_places=frozenset(raw["no_places"].split()),
        of_cities=frozenset(raw["of_cities"].split()),
        of_states=frozenset(raw["of_states"].split()),
        no_names=frozenset(raw["no_names"].split()),
        named_after=frozenset(raw["named_after"]),
        fields=frozenset(raw["fields"]),
        war_zones=frozenset(raw["war_zones"]),
        everyday=frozenset(raw["everyday"]),
        parts=frozenset(raw["parts"]),
        institutions=frozenset(raw["institutions"]),
        peoples=frozenset(_peoples()),
        adjectives=_adjectives(),
        worldwide_domains=frozenset(raw["worldwide_domains"].split()),
        media_words=tuple(raw["media_words"].split()),
    )


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return noun if noun.endswith("s") else f"{noun}es" if noun.endswith(("sh", "ch", "x")) else f"{noun}s"


def _adjectives() -> dict[str, str]:
    """Adjectives and people of the states of the actors' catalogue."""
    names = {n.lower() for place in _countries() for n in (place.name, *place.aliases)}
    found = {}
    for _, row in _rows(FOLDER.parent / "actors" / "states.csv"):
        for word in (*_split(row["adjectives"]), *_split(row["people"])):
            found[word.lower()] = row["id"]
    return {word: country for word, country in found.items() if word not in names}


def _peoples() -> Iterator[str]:
    """Names and adjectives of the peoples of the actors' catalogue."""
    for _, row in _rows(FOLDER.parent / "actors" / "peoples.csv"):
        yield from (w.lower() for w in (row["name"], *_split(row["aliases"]), *_split(row["adjectives"])))


@cache
def romanised_countries() -> frozenset[str]:
    """Countries (alpha-2) whose place names reach English in several romanisations."""
    return frozenset(_words()["romanised"].split())


@cache
def _alpha3() -> dict[str, str]:
    return {row["alpha2"]: row["id"] for _, row in _rows(FOLDER / "countries.csv")}


def alpha3(alpha2: str) -> str | None:
    """The three-letter code of a country by its two-letter one."""
    return _alpha3().get(alpha2)


def alpha2(alpha3_: str) -> str | None:
    """The two-letter code of a country by its three-letter one."""
    return next((two for two, three in _alpha3().items() if three == alpha3_), None)


@cache
def capitals() -> dict[str, str]:
    """The capital's name by country (alpha-3)."""
    return {row["id"]: row["capital"] for _, row in _rows(FOLDER / "countries.csv") if row["capital"]}


def known_feature(feature_class: str, code: str) -> str:
    """A GeoNames feature code reduced to what tells kinds apart; an unknown one becomes its class's usual code."""
    words = _words()
    if code in words["kept_features"]:
        return code
    kinds: dict[str, str] = words["feature_kinds"]
    known = next((code[:n] for n in range(len(code), 0, -1) if code[:n] in kinds), None)
    usual: str = words["class_features"].get(feature_class, "RGN")
    return known or usual


def feature_kind(feature: str) -> PlaceKind:
    """The kind of place that a GeoNames feature code stands for."""
    kinds: dict[str, str] = _words()["feature_kinds"]
    for length in range(len(feature), 0, -1):
        if kind := kinds.get(feature[:length]):
            return cast(PlaceKind, kind)
    return "region"
