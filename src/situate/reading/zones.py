"""Places that a report describes by others: northern Syria, the outskirts of a town, the road between two.

Each is a place of its own, anchored on what it is described by, with a radius that says how rough that is.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from spacy.tokens import Token

from situate.contract import PlaceKind
from situate.knowledge.gazetteer import Gazetteer, KnownPlace
from situate.knowledge.places import PlaceWords, place_words
from situate.language import Document, Sentence
from situate.reading.borders import Borders
from situate.reading.place_groups import Group
from situate.reading.place_nouns import Naming
from situate.reading.zone_offsets import Offsets, place_part
from situate.reading.zone_roads import Roads
from situate.reading.zone_words import (
    Named,
    Zone,
    ZoneBook,
    between,
    phrase_start,
    title,
    whole_noun,
)

LONGEST_LINK = 9  # tokens from a noun to the name that it is described by
_AROUND = frozenset(("countryside", "hinterland", "suburbs", "outskirts"))
_HALVES = frozenset(("north", "south", "east", "west"))


class Zones:
    """Finds the described places of a document whose names are settled."""

    def __init__(
        self, document: Document, groups: Sequence[Group], countries: Mapping[str, float], known: Gazetteer
    ) -> None:
        self.document = document
        self.words: PlaceWords = place_words()
        self.known = known
        self.book = ZoneBook()
        main = max(countries, key=lambda c: (countries[c], c)) if countries else None
        self.borders = Borders(document, self.book, main)
        self.offsets = Offsets(self.book)
        self.roads = Roads(self.book, known)
        self._named: dict[int, Named] = {}
        for naming, group in sorted(((n, g) for g in groups for n in g.namings), key=lambda x: x[0].start):
            self._named.setdefault(naming.sentence.index, []).append((naming, group))

    def find(self, described: bool) -> list[Zone]:
        """All of them, or only parts of named places unless `described`.

        Namings that became part of one ("northern Syria") are taken from their group.
        """
        for sentence in self.document.sentences:
            named = self._named.get(sentence.index, [])
            for naming, group in named:
                self._part(naming, group)
            if described:
                self._described(sentence, named)
        return self.book.in_order()

    # -------------------------------------------------------------------------------------- parts: "northern Syria"

    def _part(self, naming: Naming, group: Group) -> None:
        """ "northern Syria", "rural Latakia", "the eastern Aleppo countryside"."""
        tokens = naming.sentence.tokens_in(naming.start, naming.end)
        if not tokens or group.best is None:
            return
        start, word = self._direction_before(naming, tokens[0])
        around = naming.noun in _AROUND
        if (word is None and not around) or (group.kind == "facility" and not around):
            return
        name = " ".join(self.document.text[start : naming.end].split())
        zone = self.book.zone(("part", group.name, word, around), name, "region")
        zone.mentions.append((start, naming.end, "name"))
        group.namings.remove(naming)
        if zone.lat is None:
            own = next((p for p in self.known.find(name, False) if p.kind in ("region", "zone")), None)
            if own is not None:
                zone.lat, zone.lon, zone.radius_km, zone.country = own.lat, own.lon, own.radius_km, own.country
            else:
                bearing = self.words.directions[word] if word else None
                place_part(zone, group.best, bearing, around=around or word == "rural")

    def _direction_before(self, naming: Naming, first: Token) -> tuple[int, str | None]:
        """Where a name with its direction begins, and the direction: "north-eastern Syria"."""
        start = naming.sentence.tokens.start
        if first.i <= start or first.nbor(-1).lower_ not in self.words.directions:
            return naming.start, None
        at = first.nbor(-1)
        word = at.lower_
        if at.i - 2 >= start and at.nbor(-1).text in "-–" and f"{at.nbor(-2).lower_}-{word}" in self.words.directions:
            at, word = at.nbor(-2), f"{at.nbor(-2).lower_}-{word}"
        if word in _HALVES and at.i > start and at.nbor(-1).lower_ in ("the", "of") and at.text.islower():
            return naming.start, None
        return naming.sentence.where(at)[0], word

    # --------------------------------------------------------------------- described: "the outskirts of Slavutych"

    def _described(self, sentence: Sentence, named: Named) -> None:
        covered = {t.i for n, _ in named for t in sentence.tokens_in(n.start, n.end)}
        happens: bool | None = None
        behind = -1
        for token in sentence.tokens:
            lower = token.lower_
            if (
                token.i <= behind
                or token.i in covered
                or (lower not in self.words.nouns and not self.offsets.begins(lower))
            ):
                continue
            if self.offsets.begins(lower):
                self.offsets.read(sentence, token, named)
            elif lower in ("border", "borders", "frontier"):
                if token.pos_ in ("NOUN", "PROPN"):
                    self.borders.read(sentence, token, named)
            elif self._may_head(token, covered):
                if happens is None:
                    happens = any(t.lemma_.lower() in self.words.happenings for t in sentence.tokens)
                if self._known(sentence, token) or self.roads.read(sentence, token, named):
                    behind = token.i
                elif happens or lower in self.words.war_zones:
                    behind = self._noun(sentence, token, named)

    def _may_head(self, token: Token, covered: Container[int]) -> bool:
        kind = self.words.nouns[token.lower_]
        plural = token.tag_ in ("NNS", "NNPS")
        if plural and kind == "settlement" and token.dep_ == "appos" and token.head.i in covered:
            return False  # "A and B, two villages near C" are A and B
        return token.pos_ in ("NOUN", "PROPN") and kind not in ("country", "admin") and (kind != "settlement" or plural)

    def _known(self, sentence: Sentence, token: Token) -> bool:
        """A line or zone that the program's own files know by the words of its phrase: "the 1974 line"."""
        first = phrase_start(token, sentence)
        name = title(first, token)
        own = (
            next((p for p in self.known.find(name, False) if p.kind in ("line", "zone")), None)
            if first != token
            else None
        )
        if own is None:
            return False
        zone = self.book.zone(("known", own.name), name, own.kind)
        zone.mentions.append((*sentence.where(first, token), "name"))
        zone.lat, zone.lon, zone.radius_km, zone.country = own.lat, own.lon, own.radius_km, own.country
        return True

    def _noun(self, sentence: Sentence, token: Token, named: Named) -> int:
        """A noun with the name that it is described by: "villages near Suluk", "Mogadishu's high security prison".

        Gives the index of the last token of the phrase.
        """
        anchors, last = self._anchors_after(sentence, token, named)
        first = phrase_start(token, sentence)
        if not anchors:
            owner = _owner(sentence, token, named)
            if owner is None:
                return token.i
            anchors, last = [owner[1]], token
            first = min(first, sentence.token_at(owner[0].start) or first, key=lambda t: t.i)
        noun, kind = whole_noun(token, sentence), self.words.nouns[token.lower_]
        kind = "zone" if kind == "settlement" else kind
        zone = self.book.zone((noun, *(a.name for a in anchors)), title(first, last), kind)
        zone.mentions.append((*sentence.where(first, last), "description"))
        if zone.lat is None:
            _place_described(zone, [a.best for a in anchors if a.best is not None and a.best.lat is not None])
        return last.i

    def _anchors_after(self, sentence: Sentence, token: Token, named: Named) -> tuple[list[Group], Token]:
        """The one or two names right of a noun, linked to it by nothing but prepositions and the like."""
        starts = {t.i: (n, g) for n, g in named if (t := sentence.token_at(n.start))}
        anchors: list[Group] = []
        at, last, linked = token.i + 1, token, ""
        while at < sentence.tokens.end and at - token.i <= LONGEST_LINK and len(anchors) < 2:
            word = token.doc[at]
            if at in starts and linked:
                naming, group = starts[at]
                anchors.append(group)
                last = sentence.tokens_in(naming.start, naming.end)[-1]
                at = last.i + 1
                joint = token.doc[at].lower_ if at < sentence.tokens.end else ""
                if not ((linked == "between" and joint == "and") or (linked == "from" and joint == "to")):
                    break
            elif word.lower_ in self.words.links:
                linked = linked if linked in ("between", "from") else word.lower_
            elif not self._may_link(word):
                break
            at += 1
        return anchors, last

    def _may_link(self, word: Token) -> bool:
        lower = word.lower_
        known = lower in self.words.link_nouns or lower in self.words.nouns or lower in self.words.directions
        return known or word.pos_ in ("DET", "ADJ", "ADV", "PROPN")


def _owner(sentence: Sentence, token: Token, named: Named) -> tuple[Naming, Group] | None:
    """The name whose possessive leads to a noun: "Mogadishu's high security prison"."""
    for naming, group in named:
        last = sentence.tokens_in(naming.start, naming.end)[-1]
        owns = 1 < token.i - last.i < 6 and last.nbor(1).text in ("'s", "’s", "'", "’")
        if owns and all(t.pos_ in ("ADJ", "NOUN", "PROPN", "PUNCT") for t in token.doc[last.i + 2 : token.i]):
            return naming, group
    return None


_BESIDE_KM: dict[PlaceKind, float] = {"zone": 12.0, "terrain": 12.0, "region": 12.0, "line": 12.0}


def _place_described(zone: Zone, anchors: Sequence[KnownPlace]) -> None:
    """Puts a zone at the place that it is described by, or between the two."""
    if not anchors:
        return
    one = anchors[0]
    zone.country, zone.admin1 = one.country, one.admin1
    if len(anchors) > 1:
        zone.lat, zone.lon, zone.radius_km = between(one, anchors[1])
    else:
        zone.lat, zone.lon = one.lat, one.lon
        zone.radius_km = round(max(one.radius_km, 3.0) + _BESIDE_KM.get(zone.kind, 2.0), 1)
