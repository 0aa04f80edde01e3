"""Which place a name means: candidates of the gazetteer weighed by what the report says.

A candidate is weighed by its size, by whether it is called so in the first place, by the kind that a noun beside the
name asks for ("Idlib province"), by what the words put it in ("Paris, Texas"), by the countries that the report speaks
of, and by how near it is to the report's other places. Two close rivals far apart stay open: both are kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from situate.knowledge.gazetteer import KnownPlace
from situate.knowledge.gazetteer_keys import plain_key, sound_key
from situate.knowledge.places import capitals, place_words
from situate.language import Document
from situate.reading.place_context import Setting
from situate.reading.place_evidence import is_located
from situate.reading.place_groups import MAIN, Group

CLOSE_CALL = 1.0  # difference in weight below which two candidates are rivals
APART_KM = 50.0
MOST_RIVALS = 5
MAYBE_A_PLACE, SURELY_A_PLACE = 0.5, 0.8  # the encoder's score for a country as a place, with grammar and alone
SMALL = 5_000  # inhabitants below which a town is believed only where the report speaks of its country
LARGE = 150_000  # likewise where the report speaks of one other country only
_SIZE = {"PCLI": 9.5, "CONT": 8.5, "OCN": 8.5, "SEA": 6.5, "ADM1": 5.7, "ADM2": 4.3, "ADM3": 3.5}


class Placer:
    """Settles the groups of one report together."""

    def __init__(self, document: Document, groups: Sequence[Group]) -> None:
        self.groups = list(groups)
        self.setting = Setting(document)
        self.setting.renew(_at_first_sight(groups))
        self.points: list[tuple[Group, KnownPlace]] = []

    def drop_actors(self, encoded: bool) -> None:
        """Leaves out countries and capitals that the report speaks of only as those who act: "Russia said".

        `encoded`: whether the encoder has read the report; it tells the two better than grammar does.
        """
        self.groups = [g for g in self.groups if not _may_act(g) or _is_somewhere(g, encoded)]

    def settle(self) -> None:
        """Gives every group its best candidate and that one's rivals: first by itself, then beside the others."""
        for _ in range(3):
            for group in self.groups:
                self._weigh(group)
            self.groups = [g for g in self.groups if self._believed(g)]
            self.points = [(g, g.best) for g in self.groups if g.best and g.best.kind != "country" and not g.rivals]
            settled = ((g.key, g.best, len(g.namings)) for g in self.groups if g.best and not g.rivals)
            self.setting.renew(settled)

    def _believed(self, group: Group) -> bool:
        """A name that nothing shows to be a place's is dropped, unless a place of some size bears it."""
        shown = any(n.evidence or n.tagged for n in group.namings)
        if group.best is None:
            return shown and any(n.seen or n.evidence > 1 for n in group.namings)
        share = self.setting.country(group.best.country, group.key)
        if shown and any(n.seen or n.evidence > 1 for n in group.namings):
            return True
        return group.best.exact and _size(group.best) + 0.8 * (share > 0.02) + shown >= 5.0

    def _weigh(self, group: Group) -> None:
        weighed = [(self._weight(group, c), c) for c in group.candidates if self._likely(group, c)]
        weighed.sort(key=lambda x: (-x[0], x[1].name, x[1].gazetteer or ""))
        if not weighed or self._elsewhere(group, weighed[0][1]):
            group.best, group.rivals = None, ()
            return
        top, best = weighed[0]
        group.best = best
        close = [c for w, c in weighed[1:] if top - w < CLOSE_CALL and _far_apart(best, c)]
        group.rivals = tuple(_of_all_countries(close)[:MOST_RIVALS])

    def _elsewhere(self, group: Group, place: KnownPlace) -> bool:
        """Whether the report puts the place in a country that this one, of the same name, doesn't lie in."""
        if place.kind in ("country", "region", "water") or place.population >= LARGE:
            return False
        said = {n.within[0] for n in group.namings if n.within}
        countries = {c.country for g in self.groups if g.name in said and (c := g.best) and c.kind == "country"}
        return bool(countries) and place.country is not None and place.country not in countries

    def _likely(self, group: Group, place: KnownPlace) -> bool:
        """A namesake that nobody has heard of, in a country that the report doesn't speak of, is no candidate."""
        if place.kind in ("country", "region", "water") or self._contained(group, place):
            return True
        share = self.setting.country(place.country, group.key)
        if not place.exact or group.near_only:
            return share >= 0.05
        strongest = self.setting.strongest()
        if share == 0 and strongest > 0.6 and place.kind == "settlement":
            return place.population >= LARGE
        own = place.gazetteer is None and place.kind in ("facility", "terrain", "line", "zone")
        known = place.population >= SMALL or place.feature == "ADM1" or own
        return known or share >= 0.02 or strongest < 0.2

    def _weight(self, group: Group, place: KnownPlace) -> float:
        share = self.setting.country(place.country, group.key)
        weight = _size(place) + 0.7 * place.named - 1.5 * (not place.exact)
        weight += 3.0 * share + 0.7 * (share > 0)
        if place.feature != "ADM1" and plain_key(place.admin1 or "") != plain_key(place.name):
            weight += 3.0 * self.setting.division(place.country, place.admin1, group.key)
        weight += self._kind_weight(group, place) + self._nearness(group, place)
        weight += 8.0 * self._contained(group, place)
        adjectives = {n.country for n in group.namings if n.country}
        if adjectives and place.country:
            weight += 4.0 if place.country in adjectives else -1.0
        return weight

    def _kind_weight(self, group: Group, place: KnownPlace) -> float:
        weight = 0.0
        if place.kind == "settlement" and place.population >= 100_000 and group.hint != "admin":
            weight += 0.5 + 1.5 * (place.named and capitals().get(place.country or "") == place.name)
        if place.feature == "ADM1" and group.hint is None:
            weight -= 1.5 * any(_is_seat(place, c) for c in group.candidates)
        if group.hint and not group.near_only:
            weight += 2.5 if place.kind == group.hint else -1.5 if {place.kind, group.hint} <= MAIN else -4.0
        weight += 0.5 * max((n.score for n in group.namings if n.tagged == place.kind), default=0.0)
        asked = {f for n in group.namings if n.noun for f in place_words().noun_features.get(n.noun, ())}
        return weight + 1.5 * any(place.feature.startswith(f) for f in asked)

    def _nearness(self, group: Group, place: KnownPlace) -> float:
        if place.lat is None or place.lon is None or place.kind == "country":
            return 0.0
        lat, lon = place.lat, place.lon
        others = [p for g, p in self.points if g is not group]
        others += [self.setting.home] if self.setting.home else []
        nearest = min((p.distance_km(lat, lon) for p in others), default=math.inf)
        return 2.0 if nearest < 60 else 1.2 if nearest < 200 else 0.5 if nearest < 500 else 0.0

    def _listed(self, group: Group, place: KnownPlace) -> bool:
        """Whether a name stands in a list of countries or of states, so that what follows it doesn't contain it."""
        if place.kind != "settlement":
            return False
        said = [w for n in group.namings for w in n.within]
        wholes = _wholes(group.candidates)
        beside = [_wholes(g.candidates) for g in self.groups if g.name in said]
        if "" in wholes and any("" in b for b in beside):
            return True
        several = len(said) > 1 or any(group.name in n.within for g in self.groups for n in g.namings)
        return several and any(wholes & b for b in beside)

    def _contained(self, group: Group, place: KnownPlace) -> bool:
        """Whether the report puts a place of this name in what this one lies in."""
        names = {plain_key(w) for n in group.namings for w in n.within[:1]}
        if not names or self._listed(group, place):
            return False
        around = {plain_key(x) for x in (place.admin1, place.country) if x}
        return bool(names & around) or any(_lies_in(place, w, self.groups) for n in group.namings for w in n.within[:1])


def _wholes(candidates: Iterable[KnownPlace]) -> set[str | None]:
    """What wholes a name may be of: "" for a country, and the country of a first-order division."""
    return {"" if c.kind == "country" else c.country for c in candidates if c.kind == "country" or c.feature == "ADM1"}


def _is_seat(division: KnownPlace, place: KnownPlace) -> bool:
    """Whether a town gives its name to a division not far bigger: "Donetsk" is the town, "Quebec" the province."""
    return (
        place.kind == "settlement"
        and (place.named or not division.named or sound_key(place.name) == sound_key(division.name))
        and place.country == division.country
        and place.admin1 == division.admin1
        and 10 * place.population > division.population
    )


def _lies_in(place: KnownPlace, name: str, groups: Sequence[Group]) -> bool:
    """Whether a place lies in another of the report's, by country or first-order division."""
    key = plain_key(name)
    for group in groups:
        if plain_key(group.name) == key or any(plain_key(n.name) == key for n in group.namings):
            for whole in group.candidates[:4]:
                if whole.kind == "country" and whole.country == place.country and place.kind != "country":
                    return True
                if whole.feature == "ADM1" and whole.country == place.country and _inside(place, whole):
                    return True
    return False


def _inside(place: KnownPlace, division: KnownPlace) -> bool:
    if division.lat is None or division.lon is None or place.feature == "ADM1":
        return False
    return place.admin1 == division.name or (
        place.admin1 is None and place.distance_km(division.lat, division.lon) <= division.radius_km
    )


def _far_apart(one: KnownPlace, other: KnownPlace) -> bool:
    return other.lat is not None and other.lon is not None and one.distance_km(other.lat, other.lon) > APART_KM


def _of_all_countries(places: Sequence[KnownPlace]) -> list[KnownPlace]:
    """Places in order, the first of each country before second ones."""
    first = {c: i for i, c in reversed(list(enumerate(p.country for p in places)))}
    return [p for _, p in sorted(enumerate(places), key=lambda x: (first[x[1].country] != x[0], x[0]))]


def _size(place: KnownPlace) -> float:
    if place.kind == "country":
        return _SIZE["PCLI"]
    by_people = math.log10(place.population + 1)
    by_feature = _SIZE.get(place.feature, 5.0 if place.gazetteer is None else 3.0)
    return max(by_people, by_feature) if not place.population or place.kind == "admin" else by_people


def _at_first_sight(groups: Sequence[Group]) -> Iterator[tuple[str, KnownPlace, int]]:
    """The places that names mean beyond doubt before anything is known of the report."""
    for group in groups:
        top, others = group.candidates[:1], group.candidates[1:]
        if not top or group.near_only:
            continue
        best = max(group.candidates, key=_size)
        rival = max((_size(o) for o in group.candidates if o is not best and _far_apart(best, o)), default=0.0)
        if (
            not others
            or _size(best) - rival >= 2.0
            or (best.feature == "ADM1" and best.kind == "admin" and rival < 5.0)
        ):
            yield group.key, best, len(group.namings)


def _may_act(group: Group) -> bool:
    best = group.best
    return best is not None and (best.kind == "country" or (capitals().get(best.country or "") == best.name))


def _is_somewhere(group: Group, encoded: bool) -> bool:
    located = any(is_located(n) for n in group.namings)
    if not encoded:
        return located
    score = max(n.score for n in group.namings)
    return score >= SURELY_A_PLACE or (located and score >= MAYBE_A_PLACE)
