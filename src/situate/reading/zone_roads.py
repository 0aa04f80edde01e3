"""Roads and fronts by the two places that they join: "the Damascus-Amman highway", "the Kupiansk–Svatove front"."""

from __future__ import annotations

from itertools import product

from spacy.tokens import Token

from situate.knowledge.gazetteer import Gazetteer, KnownPlace
from situate.knowledge.places import place_words
from situate.language import Sentence
from situate.reading.zone_words import Named, ZoneBook, between, title

LONGEST_NAME = 3  # words of either place
FARTHEST_KM = 1500.0  # between the two
LIKELIEST = 6  # places of a name that are looked at
_DASHES = frozenset("-–")
_ENDS = frozenset(("settlement", "admin", "facility"))


class Roads:
    """Finds them in the sentences of a document whose names are settled."""

    def __init__(self, book: ZoneBook, known: Gazetteer) -> None:
        self.book = book
        self.known = known

    def read(self, sentence: Sentence, token: Token, named: Named) -> bool:
        """Whether a noun is that of a line between two places, which becomes a place of its own."""
        doc, start = token.doc, sentence.tokens.start
        dash = next(
            (i for i in range(token.i - 1, max(start, token.i - LONGEST_NAME - 1), -1) if doc[i].text in _DASHES), -1
        )
        if place_words().nouns.get(token.lower_) not in ("line", "zone") or dash <= start or dash == token.i - 1:
            return False
        others = self._ends(doc[dash + 1 : token.i].text)
        for first in range(max(start, dash - LONGEST_NAME), dash):
            ends = self._ends(doc[first:dash].text) if others and doc[first].text[:1].isupper() else ()
            if ends:
                one, other = min(product(ends, others), key=lambda x: _apart(*x))
                return _apart(one, other) < FARTHEST_KM and self._take(sentence, doc[first], token, (one, other), named)
        return False

    def _ends(self, name: str) -> tuple[KnownPlace, ...]:
        found = self.known.find(name, False) if name[:1].isupper() else ()
        return tuple(p for p in found if p.kind in _ENDS and p.lat is not None)[:LIKELIEST]

    def _take(
        self, sentence: Sentence, first: Token, last: Token, ends: tuple[KnownPlace, KnownPlace], named: Named
    ) -> bool:
        start, end = sentence.where(first, last)
        for naming, group in named:
            if start <= naming.start and naming.end <= end and naming in group.namings:
                group.namings.remove(naming)
        zone = self.book.zone(
            ("road", *sorted(p.name for p in ends)), title(first, last), place_words().nouns[last.lower_]
        )
        zone.mentions.append((start, end, "name"))
        zone.lat, zone.lon, zone.radius_km = between(*ends)
        zone.country = ends[0].country if ends[0].country == ends[1].country else None
        return True


def _apart(one: KnownPlace, other: KnownPlace) -> float:
    return one.distance_km(other.lat, other.lon) if other.lat is not None and other.lon is not None else FARTHEST_KM
