"""Where a report plays: the share that countries and their divisions have in what it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from situate.knowledge.gazetteer import KnownPlace
from situate.knowledge.places import place_words
from situate.language import Document
from situate.reading.place_source import home_country, home_place

Division = tuple[str, str]  # country (alpha-3) and name
MOST = 4  # mentions of one place that count
HOME = 2.0  # mentions that count as much as where the report comes from


class Setting:
    """Counts of what a report names, by country and by division. A place's own mentions don't speak for itself."""

    def __init__(self, document: Document) -> None:
        self._adjectives: defaultdict[str, float] = defaultdict(float)
        adjectives = place_words().adjectives
        for sentence in document.sentences:
            for token in sentence.tokens:
                if token.text[:1].isupper() and (country := adjectives.get(token.lower_)):
                    self._adjectives[country] += 1
        self.home = home_place(document.report)
        country = home_country(document.report) or (self.home.country if self.home else None)
        if country:
            self._adjectives[country] += HOME
        self._countries: defaultdict[str, float] = defaultdict(float)
        self._divisions: defaultdict[Division, float] = defaultdict(float)
        self._of: dict[str, tuple[KnownPlace, float]] = {}

    def renew(self, places: Iterable[tuple[str, KnownPlace, int]]) -> None:
        """Counts anew from the places settled so far: a key, the place, and how often it is named."""
        self._countries = defaultdict(float, self._adjectives)
        self._divisions.clear()
        if self.home and self.home.country and self.home.admin1:
            self._divisions[self.home.country, self.home.admin1] += HOME
        self._of.clear()
        for key, place, count in places:
            amount = min(MOST, count) * (1.5 if place.kind == "country" else 1.0)
            self._of[key] = place, amount
            if place.country:
                self._countries[place.country] += amount
                if place.admin1:
                    self._divisions[place.country, place.admin1] += amount

    def country(self, country: str | None, besides: str = "") -> float:
        """The share of a country, from 0 to 1, but for what the place of a key adds."""
        own, amount = self._of.get(besides, (None, 0.0))
        total = sum(self._countries.values()) - amount
        mine = self._countries.get(country or "", 0.0) - amount * (own is not None and own.country == country)
        return mine / (total + 1.0) if mine > 0 else 0.0

    def division(self, country: str | None, name: str | None, besides: str = "") -> float:
        """The share of a first-order division among all divisions, likewise."""
        own, amount = self._of.get(besides, (None, 0.0))
        total = sum(self._divisions.values()) - amount * (own is not None and own.admin1 is not None)
        mine = self._divisions.get((country or "", name or ""), 0.0)
        mine -= amount * (own is not None and own.country == country and own.admin1 == name)
        return mine / (total + 1.0) if mine > 0 else 0.0

    def strongest(self) -> float:
        """The share of the country that the report speaks of most."""
        return max((self.country(c) for c in self._countries), default=0.0)

    def countries(self) -> Mapping[str, float]:
        """All countries with their shares."""
        return {c: self.country(c) for c in self._countries}
