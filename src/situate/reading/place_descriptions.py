"""Places without a name that the tagger sees: "a police station", "the outskirts of the town", "six villages".

Each lies somewhere near the place that was named last; its radius says how rough that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast, get_args

from spacy.tokens import Token

from situate.contract import Mention, Place, PlaceKind
from situate.knowledge.gazetteer_shape import part_of
from situate.knowledge.places import place_words
from situate.language import Document, Name, Sentence
from situate.reading.place_mentions import SPACY_SCORE
from situate.reading.place_references import definite

LEAST_SCORE = 0.45  # of the tagger
NEAR_KM = {"facility": 5.0, "settlement": 25.0, "zone": 15.0, "line": 20.0}  # how far from the place named last
LOOK_BACK = 600  # characters
_KINDS = frozenset(get_args(PlaceKind)) - {"country"}
_ANCHORS = frozenset(("settlement", "facility", "zone", "admin", "region", "terrain"))


def descriptions(document: Document, places: Sequence[Place], main: str | None) -> list[Place]:
    """The described places that are none of those given, in text order.

    `main` is the country (alpha-3) that the report is about: "the south" is its south.
    """
    taken = sorted((m.start, m.end) for p in places for m in p.mentions)
    spots = sorted((m.start, i) for i, p in enumerate(places) for m in p.mentions)
    found: dict[tuple[str, ...], Place] = {}
    for sentence in document.sentences:
        for name in sentence.names:
            if not name.label.startswith("place:") or name.score < LEAST_SCORE or name.score == SPACY_SCORE:
                continue
            phrase = _phrase(document, sentence, name)
            if phrase is None or any(s < phrase.end and phrase.start < e for s, e in taken):
                continue
            if any(document.text[phrase.end : s] in (" of ", " of the ") for s, _ in taken if s > phrase.end):
                continue  # "the northern city of Idlib" is Idlib
            head = _head(sentence, name)
            kind = name.label.removeprefix("place:")
            if head is None or kind not in _KINDS or not _is_description(head, sentence):
                continue
            key = tuple(t.lower_ for t in sentence.tokens_in(phrase.start, phrase.end) if t.pos_ not in ("DET", "PRON"))
            if key in found:
                found[key] = replace(found[key], mentions=(*found[key].mentions, phrase))
            else:
                place = _placed(phrase, cast(PlaceKind, kind), _last_named(phrase.start, places, spots))
                found[key] = _in_direction(place, key, main)
            taken.append((phrase.start, phrase.end))
    return list(found.values())


def _phrase(document: Document, sentence: Sentence, name: Name) -> Mention | None:
    tokens = sentence.tokens_in(name.start, name.end)
    while tokens and tokens[-1].pos_ in ("ADP", "PUNCT", "DET", "CCONJ", "PART"):
        tokens = tokens[:-1]
    while tokens and tokens[0].pos_ in ("ADP", "PUNCT", "CCONJ"):
        tokens = tokens[1:]
    if not tokens or any(t.pos_ == "PROPN" or t.text.isupper() for t in tokens if len(t) > 1):
        return None
    start, end = sentence.where(tokens[0], tokens[-1])
    return Mention(start, end, document.report.text[start:end], "description")


def _head(sentence: Sentence, name: Name) -> Token | None:
    """The noun that the words hang on."""
    tokens = sentence.tokens_in(name.start, name.end)
    members = {t.i for t in tokens}
    roots = [t for t in tokens if (t.head.i not in members or t.head is t) and t.pos_ == "NOUN"]
    return roots[0] if roots else None


def _is_description(head: Token, sentence: Sentence) -> bool:
    """Whether the noun tells of a place of its own; "the town" alone points back to one."""
    bare = head.lower_ in place_words().nouns and definite(head, sentence) is not None
    return head.lower_ not in place_words().no_places and not bare


def _last_named(start: int, places: Sequence[Place], spots: Sequence[tuple[int, int]]) -> Place | None:
    for at, i in reversed(spots):
        if at < start and places[i].lat is not None and places[i].kind in _ANCHORS:
            return places[i] if start - at <= LOOK_BACK else None
    return None


def _placed(phrase: Mention, kind: PlaceKind, anchor: Place | None) -> Place:
    words = phrase.text.split()
    determined = len(words) > 1 and words[0].lower() in ("a", "an", "the", "its", "their", "his")
    name = " ".join(words[determined:])
    if anchor is None:
        return Place("", name, kind, (phrase,))
    radius = (anchor.radius_km or 5.0) + NEAR_KM.get(kind, 25.0)
    where = (anchor.lat, anchor.lon, round(radius, 1), anchor.country, anchor.admin1)
    return Place("", name, kind, (phrase,), None, *where)


def _in_direction(place: Place, words: Sequence[str], main: str | None) -> Place:
    """A description with a direction ("the southern front") in that part of the report's country."""
    bearing = next((b for w in words if (b := place_words().directions.get(w)) is not None), None)
    shape = part_of(main, None, bearing) if main and bearing is not None else None
    if shape is None:
        return place
    return replace(place, lat=shape[0], lon=shape[1], radius_km=shape[2], country=main, admin1=None)


def near(places: Sequence[Place], document: Document) -> Iterator[Place]:
    """The places, those that no gazetteer knows put near the place that the report names beside them."""
    spots = sorted((m.start, i) for i, p in enumerate(places) for m in p.mentions if p.lat is not None)
    for place in places:
        if place.lat is not None or place.kind in ("country", "water", "region"):
            yield place
            continue
        anchor, rough = _beside(place, places, spots, document), 10.0
        if anchor is None and not place.candidates:
            anchor, rough = _last_named(place.mentions[0].start, places, spots), 25.0
        if anchor is None or place.country not in (None, anchor.country):
            yield place
        else:
            radius = round((anchor.radius_km or 5.0) + NEAR_KM.get(place.kind, 25.0) + rough, 1)
            where = {"lat": anchor.lat, "lon": anchor.lon, "country": anchor.country, "admin1": anchor.admin1}
            yield replace(place, radius_km=radius, **where)  # type: ignore[arg-type]


def _beside(
    place: Place, places: Sequence[Place], spots: Sequence[tuple[int, int]], document: Document
) -> Place | None:
    """The nearest settled town, base or division in a sentence that names the place."""
    best: tuple[int, Place] | None = None
    for mention in place.mentions:
        sentence = document.sentence_at(mention.start)
        if sentence is None:
            continue
        for at, i in spots:
            other = places[i]
            if sentence.start <= at < sentence.end and other.kind in _ANCHORS and (other.radius_km or 0) <= 100:
                gap = abs(at - mention.start)
                same = place.country in (None, other.country)
                if same and (best is None or gap < best[0]):
                    best = gap, other
    return best[1] if best else None
