"""Places by distance and direction: "5 km west of Izium", "12 miles outside Gao", "between Homs and Palmyra"."""

from __future__ import annotations

from spacy.tokens import Token

from situate.knowledge.gazetteer import KnownPlace
from situate.knowledge.gazetteer_shape import part_of, shifted
from situate.knowledge.places import place_words
from situate.language import Sentence
from situate.reading.place_groups import Group
from situate.reading.place_nouns import Naming
from situate.reading.zone_words import Named, Zone, ZoneBook, between, distance_before, title

RURAL_KM = 25.0  # how far a town's countryside reaches
OUTSIDE_KM = 10.0  # how far "south of the town" is, where no distance is given
ROUGH = 0.4  # how much of a distance its radius is widened by
_AWAY = frozenset(("outside", "from", "off"))
_MIDWAY = frozenset(("halfway", "midway", "somewhere"))
_SITES = frozenset(("settlement", "facility", "admin", "terrain"))


class Offsets:
    """Finds such places in a sentence whose names are settled."""

    def __init__(self, book: ZoneBook) -> None:
        self.words = place_words()
        self.book = book

    def begins(self, lower: str) -> bool:
        """Whether a word in lower case may lead to one: a direction, a length, "between"."""
        return lower in self.words.directions or lower in self.words.lengths or lower == "between"

    def read(self, sentence: Sentence, token: Token, named: Named) -> None:
        """The place that a direction, a length or "between" leads to, if there is one."""
        if token.lower_ == "between":
            self._midway(sentence, token, named)
        elif token.lower_ in self.words.lengths:
            self._away(sentence, token, named)
        else:
            self._toward(sentence, token, named)

    def _toward(self, sentence: Sentence, token: Token, named: Named) -> None:
        """ "south of Izium", "20 kilometres north-west of the city of Izium", "the north of Syria"."""
        doc, direction, head = token.doc, token.lower_, token
        if token.i - 2 >= sentence.tokens.start and doc[token.i - 1].text in "-–":
            compound = f"{doc[token.i - 2].lower_}-{direction}"
            if compound in self.words.directions:
                direction, head = compound, doc[token.i - 2]
        bearing = self.words.directions[direction]
        if bearing is None or token.i + 2 >= sentence.tokens.end or doc[token.i + 1].lower_ != "of":
            return
        found = self._naming_from(sentence, token.i + 2, named)
        if found is None:
            return
        group, best, last = found
        after_article = head.i > sentence.tokens.start and doc[head.i - 1].lower_ == "the"
        if after_article or best.kind in ("country", "region"):
            word = direction if direction.endswith("ern") else f"{direction}ern"
            zone = self.book.zone(("part", group.name, word, False), f"{word} {group.name}", "region")
            zone.mentions.append((*sentence.where(head, last), "description"))
            if zone.lat is None:
                place_part(zone, best, bearing, around=False)
            return
        km, first = distance_before(head, sentence)
        zone = self.book.zone(("offset", group.name, direction, km), title(first, last), "zone")
        zone.mentions.append((*sentence.where(first, last), "description"))
        if zone.lat is None and best.lat is not None and best.lon is not None:
            far = km if km is not None else max(OUTSIDE_KM, 2 * best.radius_km)
            zone.lat, zone.lon = shifted(best.lat, best.lon, bearing, far)
            zone.radius_km = round(best.radius_km + ROUGH * far + 1, 1)
            zone.country, zone.admin1 = best.country, best.admin1

    def _away(self, sentence: Sentence, token: Token, named: Named) -> None:
        """ "12 miles outside Gao", "40 km from the town of Bria": around it, as far as is said."""
        if token.i + 2 > sentence.tokens.end - 1 or token.doc[token.i + 1].lower_ not in _AWAY:
            return
        km, first = distance_before(token.doc[token.i + 1], sentence)
        found = self._naming_from(sentence, token.i + 2, named)
        if km is None or found is None or found[1].kind not in _SITES:
            return
        group, best, last = found
        zone = self.book.zone(("away", group.name, km), title(first, last), "zone")
        zone.mentions.append((*sentence.where(first, last), "description"))
        if zone.lat is None:
            zone.lat, zone.lon, zone.country, zone.admin1 = best.lat, best.lon, best.country, best.admin1
            zone.radius_km = round(best.radius_km + (1 + ROUGH) * km, 1)

    def _midway(self, sentence: Sentence, token: Token, named: Named) -> None:
        """ "was hit between Homs and Palmyra", "halfway between Kupiansk and Svatove"; not "talks between"."""
        before = token.nbor(-1) if token.i > sentence.tokens.start else None
        halfway = before is not None and before.lower_ in _MIDWAY
        if not halfway and token.head.pos_ not in ("VERB", "AUX"):
            return
        one = self._naming_from(sentence, token.i + 1, named)
        joint = one[2].i + 1 if one else 0
        if one is None or joint + 1 >= sentence.tokens.end or token.doc[joint].lower_ != "and":
            return
        other = self._naming_from(sentence, joint + 1, named)
        if other is None or not {one[1].kind, other[1].kind} <= _SITES or one[0] is other[0]:
            return
        first = before if before is not None and halfway else token
        zone = self.book.zone(("between", one[0].name, other[0].name), title(first, other[2]), "zone")
        zone.mentions.append((*sentence.where(first, other[2]), "description"))
        if zone.lat is None:
            zone.country, zone.admin1 = one[1].country, one[1].admin1
            zone.lat, zone.lon, zone.radius_km = between(one[1], other[1])

    def _naming_from(self, sentence: Sentence, at: int, named: Named) -> tuple[Group, KnownPlace, Token] | None:
        """The settled place named at a token or after an article, or "the Syrian town of" there, and its last token."""
        starts: dict[int, tuple[Naming, Group]] = {t.i: x for x in named if (t := sentence.token_at(x[0].start))}
        for word in sentence.tokens.doc[at : min(at + 5, sentence.tokens.end)]:
            if word.i in starts:
                naming, group = starts[word.i]
                if group.best is None or group.best.lat is None or group.best.lon is None:
                    return None
                return group, group.best, sentence.tokens_in(naming.start, naming.end)[-1]
            nation = word.ent_type_ == "NORP"
            if word.pos_ not in ("DET", "ADP", "ADJ") and word.lower_ not in self.words.nouns and not nation:
                return None
        return None


def place_part(zone: Zone, best: KnownPlace, bearing: float | None, *, around: bool) -> None:
    """Puts a zone in the part of a place that lies in a direction; `around`: in the country about a town."""
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
