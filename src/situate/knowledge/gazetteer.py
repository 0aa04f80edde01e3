"""Where places are: look-up by name in the gazetteers at hand.

Three sources answer, the first ones first: the program's own files (`data/places/*.csv`: countries, regions, waters,
facilities, lines … that a domain expert can edit), the gazetteer that was imported on this machine, if any, and the
embedded one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from situate.contract import PlaceKind
from situate.knowledge.gazetteer_keys import likeness, plain_key, sound_key
from situate.knowledge.gazetteer_store import Record, Store
from situate.knowledge.home import home
from situate.knowledge.places import FOLDER, OwnPlace, alpha2, alpha3, feature_kind, own_places, romanised_countries

LIKE_ENOUGH = (0.72, 0.6)  # of names that only sound alike, how alike they have to be written: short and long ones


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place of a gazetteer. `exact`: found under this very name; else it only sounds like it."""

    name: str
    kind: PlaceKind
    feature: str
    country: str | None  # ISO 3166 alpha-3
    admin1: str | None  # the name of its first-order division
    lat: float | None
    lon: float | None
    radius_km: float
    population: int = 0
    gazetteer: str | None = None  # "geonames:ID"
    named: bool = True  # whether the name looked up is its main name
    exact: bool = True

    def distance_km(self, lat: float, lon: float) -> float:
        """How far its point is from another; infinite where it has none."""
        if self.lat is None or self.lon is None:
            return math.inf
        return kilometres(self.lat, self.lon, lat, lon)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two points."""
    p, q = math.radians(lat), math.radians(other_lat)
    half = math.sin((p - q) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon - other_lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


class Gazetteer:
    """Look-up over the program's own places and some stores."""

    def __init__(self, own: Iterable[OwnPlace], stores: Iterable[Store]) -> None:
        self._own: dict[str, list[tuple[OwnPlace, bool]]] = {}
        for place in own:
            for name in {place.name, *place.aliases}:
                self._own.setdefault(plain_key(name), []).append((place, name == place.name))
        self._own_sounds: dict[str, list[OwnPlace]] = {}
        for key_places in self._own.values():
            for place, _ in key_places:
                if place.kind != "country" and (alpha2(place.country or "") in romanised_countries()):
                    for name in (place.name, *place.aliases):
                        self._own_sounds.setdefault(sound_key(name), []).append(place)
        self.stores = tuple(stores)
        self._divisions: dict[tuple[str, str], str] = {}
        self.find = lru_cache(maxsize=50_000)(self._find)

    def _find(self, name: str, loosely: bool = True) -> tuple[KnownPlace, ...]:
        """The places of a name, the likeliest first; by sound where none has it and `loosely` is set."""
        for form in _forms(name):
            exact = [*self._from_own(form), *self._from_stores(form)]
            if exact:
                return tuple(sorted(_apart(exact), key=_weight))
        return tuple(sorted(_apart(self._by_sound(name)), key=_weight)) if loosely else ()

    def _from_own(self, name: str) -> Iterator[KnownPlace]:
        for place, main in self._own.get(plain_key(name), ()):
            yield _of_own(place, main)

    def _from_stores(self, name: str) -> Iterator[KnownPlace]:
        key = plain_key(name)
        for store in self.stores:
            for row in store.rows(key):
                record = store.record(row)
                yield self._known(record, plain_key(record.name) == key)

    def _by_sound(self, name: str) -> Iterator[KnownPlace]:
        key = sound_key(name)
        if len(key) < 3:
            return
        enough = LIKE_ENOUGH[len(key) > 3]
        for place in dict.fromkeys(self._own_sounds.get(key, ())):
            if max(likeness(name, n) for n in (place.name, *place.aliases)) >= enough:
                yield _of_own(place, False, exact=False)
        for store in self.stores:
            for row in store.rows(key, "sound"):
                record = store.record(row)
                if likeness(name, record.name) >= enough:
                    yield self._known(record, False, exact=False)

    def _known(self, record: Record, named: bool, exact: bool = True) -> KnownPlace:
        kind = feature_kind(record.feature)
        return KnownPlace(
            name=record.name,
            kind=kind,
            feature=record.feature,
            country=alpha3(record.country),
            admin1=record.name if record.feature == "ADM1" else self.division(record.country, record.admin1),
            lat=record.lat,
            lon=record.lon,
            radius_km=record.radius_km or _radius(kind, record),
            population=record.population,
            gazetteer=f"geonames:{record.id}" if record.id else f"pcode:{record.code}" if record.code else None,
            named=named,
            exact=exact,
        )

    def division(self, country: str, code: str) -> str | None:
        """The name of a country's first-order division of a GeoNames code."""
        if not self._divisions:
            for store in reversed(self.stores):
                self._divisions.update(store.divisions())
        return self._divisions.get((country, code))


def _forms(name: str) -> Iterator[str]:
    """A name, and the same without or with an Arabic article."""
    yield name
    head, dash, rest = name.partition("-") if "-" in name[:4] else name.partition(" ")
    if dash and head.lower() in ("al", "el", "ad", "ar", "as", "ash", "at", "az", "an"):
        yield rest
        yield f"al {rest}"


def _of_own(place: OwnPlace, main: bool, exact: bool = True) -> KnownPlace:
    return KnownPlace(
        name=place.name,
        kind=place.kind,
        feature=place.feature,
        country=place.country,
        admin1=place.name if place.feature == "ADM1" else None,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        population=place.population,
        gazetteer=place.gazetteer,
        named=main,
        exact=exact,
    )


def _radius(kind: PlaceKind, record: Record) -> float:
    """How far a place of a kind may reach from its point: a town by its people, at 3,000 a square kilometre."""
    if kind == "settlement":
        return round(max(1.0, math.sqrt(record.population / 3000 / math.pi)), 1)
    return {"country": 300.0, "admin": 40.0, "region": 50.0, "water": 20.0, "terrain": 10.0, "line": 20.0}.get(
        kind, 2.0
    )


def _weight(place: KnownPlace) -> tuple[int, int, int, int]:
    """Without any context: countries, the main name, an exact name, the larger one."""
    rank = {"country": 0, "region": 1, "water": 1}.get(place.kind, 2)
    return (not place.exact, rank, not place.named, -_size(place))


def _size(place: KnownPlace) -> int:
    known = {"ADM1": 1_000_000, "ADM2": 50_000}
    return place.population or known.get(place.feature, 0)


def _apart(places: Iterable[KnownPlace]) -> list[KnownPlace]:
    """Each place once: what two sources tell of the same place becomes one, the first one's words with all ids."""
    kept: list[KnownPlace] = []
    for place in places:
        at = next((i for i, other in enumerate(kept) if _same(place, other)), None)
        if at is None:
            kept.append(place)
            continue
        kept[at] = replace(
            kept[at],
            gazetteer=kept[at].gazetteer or place.gazetteer,
            admin1=kept[at].admin1 or place.admin1,
            population=max(kept[at].population, place.population),
            named=kept[at].named or (place.named and plain_key(place.name) == plain_key(kept[at].name)),
        )
    return kept


def _same(one: KnownPlace, other: KnownPlace) -> bool:
    if one.gazetteer is not None and one.gazetteer == other.gazetteer:
        return True
    if one.country != other.country or other.lat is None or other.lon is None:
        return False
    if one.feature == other.feature == "ADM1":
        return one.name == other.name or one.distance_km(other.lat, other.lon) <= max(one.radius_km, other.radius_km)
    if one.kind != other.kind or one.kind == "country":
        return False
    if one.kind == "admin" and one.feature != other.feature:
        return one.distance_km(other.lat, other.lon) <= 0.6 * max(one.radius_km, other.radius_km)
    return one.distance_km(other.lat, other.lon) <= max(3.0, 1.5 * one.radius_km)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this machine, opened once a process."""
    imported = sorted(p for p in home().glob("gazetteer-*") if (p / "about.json").exists())
    return Gazetteer(own_places(), [*map(Store, imported), Store(FOLDER / "embedded")])
