"""A described place while it is being read, and the words of its phrase."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from situate.contract import MentionForm, PlaceKind
from situate.knowledge.gazetteer import KnownPlace, kilometres
from situate.knowledge.places import place_words
from situate.language import Sentence
from situate.reading.place_groups import Group
from situate.reading.place_nouns import Naming

Named = list[tuple[Naming, Group]]  # the names of one sentence, with what they are taken to mean


@dataclass(slots=True)
class Zone:
    """A described place: what tells it from others, its words, and where it is."""

    key: tuple[object, ...]
    name: str
    kind: PlaceKind
    mentions: list[tuple[int, int, MentionForm]] = field(default_factory=list)
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None
    admin1: str | None = None


class ZoneBook:
    """The described places of a report, each once."""

    def __init__(self) -> None:
        self._zones: dict[tuple[object, ...], Zone] = {}

    def zone(self, key: tuple[object, ...], name: str, kind: PlaceKind) -> Zone:
        """The zone of a key, made anew at its first mention."""
        if key not in self._zones:
            self._zones[key] = Zone(key, name, kind)
        return self._zones[key]

    def in_order(self) -> list[Zone]:
        """All of them by their first mentions."""
        return sorted(self._zones.values(), key=lambda z: z.mentions[0][0])


def title(first: Token, last: Token) -> str:
    """The words from one token to another as a name, an article at the start left out."""
    tokens = list(first.doc[first.i : last.i + 1])
    while len(tokens) > 1 and tokens[0].pos_ in ("DET", "PRON"):
        tokens = tokens[1:]
    words = "".join(t.text_with_ws for t in tokens).strip()
    return words[:1].upper() + words[1:]


def phrase_start(token: Token, sentence: Sentence) -> Token:
    """Where the noun phrase of a noun begins."""
    first = token
    while first.i > sentence.tokens.start:
        before = first.nbor(-1)
        determiner = before.pos_ == "DET" or (before.pos_ == "PRON" and before.dep_ in ("poss", "det"))
        if not determiner and before.pos_ not in ("ADJ", "NOUN", "PROPN", "NUM") and before.text not in "-–":
            break
        first = before
        if determiner:
            break
    return first


def whole_noun(token: Token, sentence: Sentence) -> str:
    """The longest noun for a place that ends at a token: "police station"."""
    words = place_words()
    for size in range(words.longest_noun, 1, -1):
        first = token.i - size + 1
        if first >= sentence.tokens.start:
            noun = token.doc[first : token.i + 1].text.lower()
            if noun in words.nouns:
                return noun
    return token.lower_


def distance_before(token: Token, sentence: Sentence) -> tuple[float | None, Token]:
    """The distance in kilometres that stands before a direction, and where it begins: "20 kilometres west"."""
    lengths, start, at = place_words().lengths, sentence.tokens.start, token.i - 1
    while at >= start and token.doc[at].text in "-–":
        at -= 1
    if at - 1 < start or token.doc[at].lower_ not in lengths:
        return None, token
    number = token.doc[at - 1]
    if number.text == "-" and at - 2 >= start:
        number = token.doc[at - 2]
    try:
        return float(number.text.replace(",", "")) * lengths[token.doc[at].lower_], number
    except ValueError:
        return None, token


def between(one: KnownPlace, other: KnownPlace) -> tuple[float | None, float | None, float | None]:
    """The middle between two places, with half their distance as the radius."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return one.lat, one.lon, one.radius_km
    apart = kilometres(one.lat, one.lon, other.lat, other.lon)
    return round((one.lat + other.lat) / 2, 4), round((one.lon + other.lon) / 2, 4), round(max(5.0, apart / 2), 1)
