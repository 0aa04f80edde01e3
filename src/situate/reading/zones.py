"""Places that a report describes by others: northern Syria, the outskirts of a town, the road between two.

Each is a place of its own, anchored on what it is described by, with a radius that says how rough that is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from situate.contract import PlaceKind
from situate.knowledge.gazetteer import Gazetteer, KnownPlace
from situate.knowledge.gazetteer_shape import part_of, shifted
from situate.knowledge.places import PlaceWords, place_words
from situate.language import Document, Sentence
from situate.reading.borders import Borders
from situate.reading.place_groups import Group
from situate.reading.place_nouns import Naming
from situate.reading.zone_words import (
    Named,
    Zone,
    ZoneBook,
    between,
    distance_before,
    phrase_start,
    title,
    whole_noun,
)

LONGEST_LINK = 9  # tokens from a noun to the name that it is described by
RURAL_KM = 25.0  # how far a town's countryside reaches
OUTSIDE_KM = 10.0  # how far "south of the town" is, where no distance is given
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
                self._place_part(zone, group.best, bearing, around or word == "rural")

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

    def _place_part(self, zone: Zone, best: KnownPlace, bearing: float | None, around: bool) -> None:
        if best.lat is None or best.lon is None:
            return
        zone.country, zone.admin1 = best.country, best.admin1
        whole = best.kind == "country" or best.feature == "ADM1"
        if whole and best.country:
            shape = part_of(best.country, best.name if best.feature == "ADM1" else None, bearing)
            if shape is not None:
                zone.lat, zone.lon, zone.radius_km = shape
                return
        reach = max(best.radius_km, RURAL_KM if around else 4.0)
        zone.lat, zone.lon, zone.radius_km = best.lat, best.lon, reach
        if bearing is not None:
            zone.lat, zone.lon = shifted(best.lat, best.lon, bearing, reach / 2)

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
                or (lower not in self.words.nouns and lower not in self.words.directions)
            ):
                continue
            if lower in self.words.directions:
                self._offset(sentence, token, named)
            elif lower in ("border", "borders", "frontier"):
                if token.pos_ in ("NOUN", "PROPN"):
                    self.borders.read(sentence, token, named)
            elif self._may_head(token):
                if happens is None:
                    happens = any(t.lemma_.lower() in self.words.happenings for t in sentence.tokens)
                if happens:
                    behind = self._noun(sentence, token, named)

    def _may_head(self, token: Token) -> bool:
        kind = self.words.nouns[token.lower_]
        plural = token.tag_ in ("NNS", "NNPS")
        return token.pos_ in ("NOUN", "PROPN") and kind not in ("country", "admin") and (kind != "settlement" or plural)

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

    # ----------------------------------------------------------------------------- offsets: "5 km west of Izium"

    def _offset(self, sentence: Sentence, token: Token, named: Named) -> None:
        """ "south of Izium", "20 kilometres west of the city of Izium", "the north of Syria"."""
        doc, bearing = token.doc, self.words.directions[token.lower_]
        if bearing is None or token.i + 2 >= sentence.tokens.end or doc[token.i + 1].lower_ != "of":
            return
        found = self._naming_from(sentence, token.i + 2, named)
        if found is None or found[1].best is None or found[1].best.lat is None or found[1].best.lon is None:
            return
        naming, group = found
        best, last = found[1].best, sentence.tokens_in(naming.start, naming.end)[-1]
        after_article = token.i > sentence.tokens.start and doc[token.i - 1].lower_ == "the"
        if after_article or best.kind in ("country", "region"):
            word = token.lower_ if token.lower_.endswith("ern") else f"{token.lower_}ern"
            zone = self.book.zone(("part", group.name, word, False), f"{word} {group.name}", "region")
            zone.mentions.append((*sentence.where(token, last), "description"))
            if zone.lat is None:
                self._place_part(zone, best, bearing, False)
            return
        km, first = distance_before(token, sentence)
        zone = self.book.zone(("offset", group.name, token.lower_, km), title(first, last), "zone")
        zone.mentions.append((*sentence.where(first, last), "description"))
        if zone.lat is None and best.lat is not None and best.lon is not None:
            far = km if km is not None else max(OUTSIDE_KM, 2 * best.radius_km)
            zone.lat, zone.lon = shifted(best.lat, best.lon, bearing, far)
            zone.radius_km = round(best.radius_km + 0.4 * far + 1, 1)
            zone.country, zone.admin1 = best.country, best.admin1

    def _naming_from(self, sentence: Sentence, at: int, named: Named) -> tuple[Naming, Group] | None:
        """The naming that begins at a token or after an article, or "the town of" there."""
        starts = {t.i: (n, g) for n, g in named if (t := sentence.token_at(n.start))}
        for word in sentence.tokens.doc[at : min(at + 5, sentence.tokens.end)]:
            if word.i in starts:
                return starts[word.i]
            if word.pos_ not in ("DET", "ADP", "ADJ") and word.lower_ not in self.words.nouns:
                return None
        return None


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
