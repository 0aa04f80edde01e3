"""Places that a report describes by others: northern Syria, the outskirts of a town, the road between two, a border.

Each is a place of its own, anchored on what it is described by, with a radius that says how rough that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from situate.contract import MentionForm, PlaceKind
from situate.knowledge.gazetteer import Gazetteer, KnownPlace, kilometres
from situate.knowledge.gazetteer_shape import border, part_of, shifted
from situate.knowledge.places import PlaceWords, place_words
from situate.language import Document, Sentence
from situate.reading.place_nouns import Naming
from situate.reading.placing import Group

LONGEST_LINK = 9  # tokens from a noun to the name that it is described by
_BEARING_KM = {"city": 10.0}  # "south of the town", where no distance is given
_KM = {"km": 1.0, "kms": 1.0, "kilometer": 1.0, "kilometers": 1.0, "kilometre": 1.0, "kilometres": 1.0,
       "mile": 1.609, "miles": 1.609, "mi": 1.609, "m": 0.001, "meters": 0.001, "metres": 0.001}  # fmt: skip
_LINKS = frozenset(
    "in of near around outside at along inside on with between from to and surrounding neighboring neighbouring overlooking"
    " leading bordering linking connecting located lying within next close by towards toward off adjacent ringing entering".split()
)
_NEAR_NOUNS = frozenset("side edge part parts bank banks center centre entrance end city town village area vicinity".split())


@dataclass(slots=True)
class Zone:
    """A described place: what tells it from others, its words, and where it is."""

    key: tuple[object, ...]
    name: str
    kind: PlaceKind
    noun: str
    anchors: tuple[Group, ...]
    mentions: list[tuple[int, int, MentionForm]] = field(default_factory=list)
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None
    admin1: str | None = None
    start: int = 0
    gazetteer: str | None = None


class Zones:
    """Finds the described places of a document whose names are settled."""

    def __init__(self, document: Document, groups: Sequence[Group], countries: Mapping[str, float], known: Gazetteer) -> None:
        self.document = document
        self.words: PlaceWords = place_words()
        self.known = known
        self.main = max(countries, key=lambda c: (countries[c], c)) if countries else None
        self.by_start = {n.start: (n, g) for g in groups for n in g.namings}
        self.order = sorted(self.by_start)
        self.zones: dict[tuple[object, ...], Zone] = {}

    def find(self, described: bool) -> list[Zone]:
        """All of them, or only parts of named places unless `described`; namings that became part of one ("northern Syria") are taken from their group."""
        by_sentence: dict[int, list[tuple[Naming, Group]]] = {}
        for start in self.order:
            naming, group = self.by_start[start]
            by_sentence.setdefault(naming.sentence.index, []).append((naming, group))
        for sentence in self.document.sentences:
            named = by_sentence.get(sentence.index, [])
            for naming, group in named:
                self._part(naming, group)
            if described:
                self._described(sentence, named)
        return sorted(self.zones.values(), key=lambda z: z.mentions[0][0])

    # -------------------------------------------------------------------------------------- parts: "northern Syria"

    def _part(self, naming: Naming, group: Group) -> None:
        """"northern Syria", "rural Latakia", "the eastern Aleppo countryside"."""
        tokens = naming.sentence.tokens_in(naming.start, naming.end)
        if not tokens:
            return
        start, bearing, word = self._direction_before(naming, tokens[0])
        countryside = naming.noun in ("countryside", "hinterland", "suburbs", "outskirts")
        if word is None and not countryside:
            return
        if group.best is None or (group.kind == "facility" and not countryside):
            return
        base = naming.core if countryside and naming.core else naming.name
        name = " ".join(self.document.text[start : naming.end].split())
        own = self.known.find(name, False)
        known = next((p for p in own if p.kind in ("region", "zone")), None)
        kind: PlaceKind = "zone" if group.kind == "facility" else "region"
        zone = self._zone(("part", group.name, word if bearing is not None else word, countryside), name, kind, naming.noun or "region", (group,))
        zone.mentions.append((start, naming.end, "name"))
        group.namings.remove(naming)
        if zone.lat is None:
            if known is not None:
                zone.lat, zone.lon, zone.radius_km, zone.country = known.lat, known.lon, known.radius_km, known.country
            else:
                self._place_part(zone, group.best, bearing, base)

    def _direction_before(self, naming: Naming, first: Token) -> tuple[int, float | None, str | None]:
        start = naming.sentence.tokens.start
        if first.i - 1 < start:
            return naming.start, None, None
        before = first.nbor(-1)
        if before.lower_ not in self.words.directions:
            return naming.start, None, None
        at, word = before, before.lower_
        if before.i - 2 >= start and before.nbor(-1).text in "-–" and f"{before.nbor(-2).lower_}-{word}" in self.words.directions:
            at, word = before.nbor(-2), f"{before.nbor(-2).lower_}-{word}"
        if word in ("north", "south", "east", "west") and at.i > start and at.nbor(-1).lower_ in ("the", "of") and not at.text[0].isupper():
            return naming.start, None, None
        return naming.sentence.offset + at.idx, self.words.directions[word], word

    def _place_part(self, zone: Zone, best: KnownPlace, bearing: float | None, base: str) -> None:
        if best.lat is None or best.lon is None:
            return
        zone.country, zone.admin1 = best.country, best.admin1
        shape = None
        if best.kind == "country" and best.country:
            shape = part_of(best.country, None, bearing)
        elif best.feature == "ADM1" and best.country:
            shape = part_of(best.country, best.name, bearing)
        if shape is not None:
            zone.lat, zone.lon, zone.radius_km = shape
            return
        reach = max(best.radius_km, 15.0 if zone.noun != "region" else 4.0)
        zone.lat, zone.lon = best.lat, best.lon
        zone.radius_km = reach
        if bearing is not None:
            zone.lat, zone.lon = shifted(best.lat, best.lon, bearing, reach / 2)

    # --------------------------------------------------------------------- described: "the outskirts of Slavutych"

    def _described(self, sentence: Sentence, named: list[tuple[Naming, Group]]) -> None:
        tokens = sentence.tokens
        happens = None
        covered = {t.i for n, _ in named for t in sentence.tokens_in(n.start, n.end)}
        for token in tokens:
            lower = token.lower_
            if token.i in covered:
                continue
            if lower in ("border", "borders", "frontier") and token.pos_ in ("NOUN", "PROPN"):
                self._border(sentence, token, named)
                continue
            if lower in self.words.directions and self._offset(sentence, token, named):
                continue
            kind = self.words.nouns.get(lower)
            if kind is None or kind in ("country", "admin") or token.pos_ not in ("NOUN", "PROPN"):
                continue
            if happens is None:
                happens = any(t.lemma_.lower() in self.words.happenings for t in tokens)
            if happens:
                self._noun(sentence, token, kind, named)

    def _noun(self, sentence: Sentence, token: Token, kind: PlaceKind, named: list[tuple[Naming, Group]]) -> None:
        if kind == "settlement" and token.tag_ not in ("NNS", "NNPS"):
            return
        anchors, last = self._anchors_after(sentence, token, named)
        first = _phrase_start(token, sentence)
        if not anchors:
            owner = self._owner(sentence, token, named)
            if owner is None:
                return
            anchors, last, first = [owner[1]], token, min(first, sentence.token_at(owner[0].start) or first, key=lambda t: t.i)
        start, end = sentence.where(first, last)
        kind = "zone" if kind == "settlement" else kind
        noun = self._whole_noun(token, sentence)
        zone = self._zone((noun, *(a.name for a in anchors)), self._title(first, token, last, anchors), kind, noun, tuple(anchors))
        zone.mentions.append((start, end, "description"))
        self._place_described(zone, anchors, noun)

    def _anchors_after(self, sentence: Sentence, token: Token, named: list[tuple[Naming, Group]]) -> tuple[list[Group], Token]:
        """The names right of a noun that it is described by, linked by nothing but prepositions and the like."""
        starts = {t.i: (n, g) for n, g in named if (t := sentence.token_at(n.start))}
        at, anchors, last, linked = token.i + 1, list[Group](), token, False
        while at < sentence.tokens.end and at - token.i <= LONGEST_LINK:
            word = token.doc[at]
            if at in starts and linked:
                naming, group = starts[at]
                anchors.append(group)
                last = sentence.tokens_in(naming.start, naming.end)[-1]
                at = last.i + 1
                if not (at < sentence.tokens.end and token.doc[at].lower_ in ("and", "to") and "between" in _lowers(token.doc, token.i, at)
                        or token.doc[at - 1 : at].text == "" or "from" in _lowers(token.doc, token.i, at) and len(anchors) == 1 and at < sentence.tokens.end and token.doc[at].lower_ == "to"):
                    break
                at += 1
                continue
            lower = word.lower_
            if lower in _LINKS:
                linked = True
            elif not (word.pos_ in ("DET", "ADJ", "ADV", "PROPN") or lower in _NEAR_NOUNS or lower in self.words.nouns or lower in self.words.directions):
                break
            at += 1
        return anchors, last

    def _owner(self, sentence: Sentence, token: Token, named: list[tuple[Naming, Group]]) -> tuple[Naming, Group] | None:
        """"Mogadishu's high security prison": the name whose possessive leads to the noun."""
        for naming, group in named:
            last = sentence.tokens_in(naming.start, naming.end)[-1]
            gap = token.i - last.i
            if 1 < gap < 6 and last.i + 1 < len(token.doc) and last.nbor(1).text in ("'s", "’s", "'", "’"):
                if all(t.pos_ in ("ADJ", "NOUN", "PROPN", "PUNCT") for t in token.doc[last.i + 2 : token.i]):
                    return naming, group
        return None

    def _whole_noun(self, token: Token, sentence: Sentence) -> str:
        for size in range(self.words.longest_noun, 1, -1):
            first = token.i - size + 1
            if first >= sentence.tokens.start and (noun := token.doc[first : token.i + 1].text.lower()) in self.words.nouns:
                return noun
        return token.lower_

    def _title(self, first: Token, noun: Token, last: Token, anchors: Sequence[Group]) -> str:
        words = token_text(first, last)
        return words[:1].upper() + words[1:]

    def _place_described(self, zone: Zone, anchors: Sequence[Group], noun: str) -> None:
        points = [a.best for a in anchors if a.best is not None and a.best.lat is not None]
        if not points or zone.lat is not None:
            return
        if len(points) == 1:
            one = points[0]
            zone.lat, zone.lon = one.lat, one.lon
            zone.radius_km = round(max(one.radius_km, 3.0) + (12.0 if zone.kind in ("zone", "terrain", "region", "line") else 2.0), 1)
        else:
            zone.lat, zone.lon, zone.radius_km = between(points[0], points[1])
        zone.country, zone.admin1 = points[0].country, points[0].admin1

    # ----------------------------------------------------------------------------- offsets: "5 km west of Izium"

    def _offset(self, sentence: Sentence, token: Token, named: list[tuple[Naming, Group]]) -> bool:
        """"south of Izium", "20 kilometres west of the city", "the north of Syria"."""
        doc, stop = token.doc, sentence.tokens.end
        if token.i + 2 >= stop or doc[token.i + 1].lower_ != "of":
            return False
        bearing = self.words.directions[token.lower_]
        naming_group = self._naming_from(sentence, token.i + 2, named)
        if bearing is None or naming_group is None:
            return False
        naming, group = naming_group
        best = group.best
        last = sentence.tokens_in(naming.start, naming.end)[-1]
        if best is None or best.lat is None or best.lon is None:
            return False
        inner = token.i > sentence.tokens.start and doc[token.i - 1].lower_ == "the" or best.kind in ("country", "region")
        if inner:
            zone = self._zone(("part", group.name, _ern(token.lower_), False), f"{_ern(token.lower_)} {group.name}", "region", "region", (group,))
            zone.mentions.append((*sentence.where(token, last), "description"))
            if zone.lat is None:
                self._place_part(zone, best, bearing, group.name)
            return True
        km, first = _distance_before(token, sentence)
        far = km if km is not None else max(10.0, 2 * best.radius_km)
        start, end = sentence.where(first, last)
        words = " ".join(self.document.text[start:end].split())
        zone = self._zone(("offset", group.name, token.lower_, km), words[:1].upper() + words[1:], "zone", "area", (group,))
        zone.mentions.append((start, end, "description"))
        if zone.lat is None:
            zone.lat, zone.lon = shifted(best.lat, best.lon, bearing, far)
            zone.radius_km = round(best.radius_km + 0.4 * far + 1, 1)
            zone.country, zone.admin1 = best.country, best.admin1
        return True

    def _naming_from(self, sentence: Sentence, at: int, named: list[tuple[Naming, Group]]) -> tuple[Naming, Group] | None:
        """The naming that begins at a token or after an article, or "the town of" there."""
        starts = {t.i: (n, g) for n, g in named if (t := sentence.token_at(n.start))}
        doc = sentence.tokens.doc
        for _ in range(5):
            if at in starts:
                return starts[at]
            if at >= sentence.tokens.end or not (doc[at].pos_ in ("DET", "ADP", "ADJ") or doc[at].lower_ in self.words.nouns):
                return None
            at += 1
        return None

    # ------------------------------------------------------------------------------------------------- borders

    def _border(self, sentence: Sentence, token: Token, named: list[tuple[Naming, Group]]) -> None:
        """"the Turkish border", "the Syria-Turkey border", "the border with Jordan", "Lebanon's border with Israel"."""
        countries, first, last, form = self._sides(sentence, token, named)
        if not countries:
            return
        if len(countries) == 1 and self.main and self.main != countries[0] and border(countries[0], self.main):
            countries.append(self.main)
        start, end = sentence.where(first, last)
        key = ("border", *sorted(countries))
        words = " ".join(self.document.text[start:end].split())
        zone = self._zone(key, words, "line", "border", ())
        zone.mentions.append((start, end, form))
        if zone.lat is None and len(countries) > 1 and (shape := border(countries[0], countries[1])):
            zone.lat, zone.lon, zone.radius_km = shape
        if zone.country is None and len(countries) == 1:
            zone.country = countries[0]

    def _sides(self, sentence: Sentence, token: Token, named: list[tuple[Naming, Group]]) -> tuple[list[str], Token, Token, MentionForm]:
        countries: list[str] = []
        first = last = token
        form: MentionForm = "description"
        at = token.i - 1
        starts = {t.i: g for n, g in named for t in sentence.tokens_in(n.start, n.end)}
        while at >= sentence.tokens.start and token.i - at < 7:
            word = token.doc[at]
            country = self.words.adjectives.get(word.lower_) or _country(starts.get(at))
            if country and word.text[0].isupper():
                if country not in countries:
                    countries.append(country)
                first, form = word, "name"
            elif not (word.text in "-–'s’s" or word.pos_ in ("ADJ", "PART") and word.lower_ not in ("the",)):
                break
            at -= 1
        at = token.i + 1
        if at < sentence.tokens.end and token.doc[at].lower_ in ("with", "between"):
            while at + 1 < sentence.tokens.end and at - token.i < 6:
                at += 1
                country = _country(starts.get(at))
                if country and country not in countries:
                    countries.append(country)
                    last = token.doc[at]
                elif token.doc[at].lower_ not in ("the", "and") and at not in starts:
                    break
        return countries, first, last, form

    def _zone(self, key: tuple[object, ...], name: str, kind: PlaceKind, noun: str, anchors: tuple[Group, ...]) -> Zone:
        if key not in self.zones:
            self.zones[key] = Zone(key, name, kind, noun, anchors)
        return self.zones[key]


def between(one: KnownPlace, other: KnownPlace) -> tuple[float | None, float | None, float | None]:
    """The middle between two places, with half their distance as the radius."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return one.lat, one.lon, one.radius_km
    apart = kilometres(one.lat, one.lon, other.lat, other.lon)
    return round((one.lat + other.lat) / 2, 4), round((one.lon + other.lon) / 2, 4), round(max(5.0, apart / 2), 1)


def token_text(first: Token, last: Token) -> str:
    """The words from one token to another, an article at the start left out."""
    tokens = [t for t in first.doc[first.i : last.i + 1]]
    while len(tokens) > 1 and tokens[0].pos_ in ("DET", "PRON"):
        tokens = tokens[1:]
    return "".join(t.text_with_ws for t in tokens).strip()


def _phrase_start(token: Token, sentence: Sentence) -> Token:
    """Where the noun phrase of a noun begins."""
    first = token
    while first.i > sentence.tokens.start:
        before = first.nbor(-1)
        if before.pos_ not in ("ADJ", "NOUN", "PROPN", "NUM", "DET", "PRON") and before.text not in "-–":
            break
        if before.pos_ == "PRON" and before.dep_ not in ("poss", "det"):
            break
        first = before
        if before.pos_ in ("DET", "PRON"):
            break
    return first


def _lowers(doc: object, start: int, stop: int) -> set[str]:
    return {t.lower_ for t in doc[start:stop]}  # type: ignore[index]


def _country(group: Group | None) -> str | None:
    return group.best.country if group is not None and group.best is not None and group.best.kind == "country" else None


def _ern(word: str) -> str:
    """"north" as "northern"."""
    return word if word.endswith("ern") else f"{word}ern"


def _distance_before(token: Token, sentence: Sentence) -> tuple[float | None, Token]:
    """The distance that stands before a direction: "20 kilometres west"."""
    at = token.i - 1
    start = sentence.tokens.start
    while at >= start and token.doc[at].text in "-–":
        at -= 1
    if at - 1 < start or token.doc[at].lower_ not in _KM:
        return None, token
    number = token.doc[at - 1]
    if number.text == "-" and at - 2 >= start:
        number = token.doc[at - 2]
    try:
        return float(number.text.replace(",", "")) * _KM[token.doc[at].lower_], number
    except ValueError:
        return None, token


def zones_in_order(zones: Sequence[Zone]) -> Iterator[Zone]:
    """Zones that have a mention."""
    return (z for z in zones if z.mentions)
