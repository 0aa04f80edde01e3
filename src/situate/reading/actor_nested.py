"""Names inside longer mentions, and adjectives of nations: the state in "U.S. troops", the man in "Obama's envoy".

They are mentions of an actor that the report speaks of elsewhere, and make none by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from situate.knowledge.actors import Surface, catalogue
from situate.knowledge.catalogue_roles import roles
from situate.language import Sentence
from situate.reading.actor_aliases import key, same_person
from situate.reading.actor_cast import Cast, Entity
from situate.reading.actor_context import words_of
from situate.reading.actor_evidence import head_of
from situate.reading.actor_found import Found
from situate.reading.actor_unit import Unit

_MODIFIES = frozenset(("amod", "compound", "nmod", "npadvmod", "poss"))


_WORD = re.compile(r"[^\W\d_](?:[\w.’']|-(?!led\b|backed\b))*")
LONGEST_INNER = 3  # words of a name within a name


def nested(sentence: Sentence, units: list[Unit], found: list[Found]) -> Iterator[Found]:
    """What points to an actor in a sentence without being a mention by itself."""
    spoken = {(f.start, f.end) for f in found}
    yield from _names(sentence, units, spoken)
    for f in found:
        if f.sort == "known":
            yield from _inner(f)
        elif f.sort == "description":
            yield from _party(f)


def _names(sentence: Sentence, units: list[Unit], spoken: set[tuple[int, int]]) -> Iterator[Found]:
    """The names of a sentence that none of its mentions is, but that may point to their actor."""
    for unit in (*units, *(p for u in units for p in u.parts)):
        if not (unit.surfaces or unit.label.startswith("actor:")):
            continue
        start, end = sentence.where(sentence.tokens[unit.first], sentence.tokens[unit.last])
        end = unit.cut or end
        inside = [s for s in spoken if s[0] <= start and end <= s[1]]
        name = sentence.tokens[unit.first : unit.last + 1].text
        if (start, end) not in spoken and _points(sentence, unit, bool(inside)):
            head = head_of(sentence, unit)
            yield Found(start, end, sentence, head, "name", name, unit.label, unit.score, unit.surfaces)


def _inner(f: Found) -> Iterator[Found]:
    """The actors whose names stand in a known actor's own: "U.S. Central Command", "the Obama administration"."""
    text = f.sentence.tokens.doc.text[f.start - f.sentence.offset : f.end - f.sentence.offset]
    for start, end, surfaces in names_within(text):
        if not any(s.actor == own.actor for s in surfaces for own in f.surfaces) and _related(f, surfaces):
            at, stop = f.start + start, f.start + end
            head = f.sentence.tokens_in(at, stop)[-1]
            yield Found(at, stop, f.sentence, head, "name", text[start:end], surfaces=surfaces)


def _related(f: Found, surfaces: tuple[Surface, ...]) -> bool:
    """Whether a name in a longer one can be its state, leader or roof: not "Israel" in "Times of Israel"."""
    inner, outer = surfaces[0].actor, f.surfaces[0].actor
    if inner.kind == "state":
        return outer.kind not in ("media", "person") and outer.country in (None, inner.country)
    roofed = outer.kind in ("government", "international_org", "military")
    return roofed and inner.kind in ("person", "international_org", "armed_group")


@lru_cache(maxsize=4096)
def names_within(text: str) -> tuple[tuple[int, int, tuple[Surface, ...]], ...]:
    """Where other names of the catalogue stand in a name of several words; the longest, none overlapping."""
    found, parts, at = list[tuple[int, int, tuple[Surface, ...]]](), list(_WORD.finditer(text)), 0
    while at < len(parts):
        for last in range(min(at + LONGEST_INNER, len(parts)), at, -1):
            start, end = parts[at].start(), parts[last - 1].end()
            whole = at == 0 and last == len(parts)
            surfaces = () if whole or not text[start].isupper() else catalogue().named(text[start:end])
            surfaces = tuple(s for s in surfaces if s.sort in ("name", "adjective") and not s.shaky)
            if surfaces:
                found.append((start, end, surfaces))
                at = last - 1
                break
        at += 1
    return tuple(found)


def _party(f: Found) -> Iterator[Found]:
    """The government in "government forces", "the regime's soldiers"."""
    for token in f.sentence.tokens_in(f.start, f.end):
        if token.lower_ in words_of("government") and token.i < f.head.i and token.dep_ in _MODIFIES:
            ending = roles().ending([token.lower_])
            if ending:
                start, end = f.sentence.where(token)
                yield Found(start, end, f.sentence, token, "description", token.lower_, role=ending[0], owners=f.owners)


def _points(sentence: Sentence, unit: Unit, inside: bool) -> bool:
    """Whether a name stands for its actor: within a mention or a name, or as an adjective before what is no land."""
    head = head_of(sentence, unit)
    while head.dep_ == "conj" and head.head.i < head.i:  # "U.S. and French warplanes"
        head = head.head
    if unit.is_a("name") and not unit.is_kind("state"):  # "ISIS Humvees", taken for a longer name
        return True
    lands = head.dep_ in _MODIFIES and head.head.lemma_.lower() in words_of("place_nouns")
    adjective = unit.is_a("adjective")
    if lands or unit.is_a("seat") or (unit.is_a("people") and not adjective):
        return False
    return inside or (adjective and head.dep_ in _MODIFIES)


def take_nested(cast: Cast, found: Found) -> None:
    """Gives words inside a longer mention to the actor of the report that they point to, if it stands elsewhere too."""
    entity = _own(cast, found)
    if entity is not None:
        same = found.sort != "description" and key(found.text) == key(entity.name)
        entity.add(found, "description" if found.sort == "description" else "name" if same else "alias")


def _own(cast: Cast, found: Found) -> Entity | None:
    """The actor that nested words point to, unless one of its own mentions covers them."""
    finds = _of_party if found.sort == "description" else _of_known if found.surfaces else _of_name
    entity = finds(cast, found)
    if entity is None or all(f.weak for f, _ in entity.mentions):
        return None
    covered = any(
        f.start <= found.start and found.end <= f.end and form != "description" for f, form in entity.mentions
    )
    return None if covered else entity


def _of_party(cast: Cast, found: Found) -> Entity | None:
    """The government of the country that the whole mention's party is of."""
    party = next((e for f, e in cast.trail if f.start <= found.start and found.end <= f.end), None)
    country = party.country if party and party.country else cast.main_country
    return cast.latest(lambda e: e.kind == "government" and "government" in e.parties and e.country == country)


def _of_known(cast: Cast, found: Found) -> Entity | None:
    return cast.of_known(cast.choose(found.surfaces))


def _of_name(cast: Cast, found: Found) -> Entity | None:
    own_key = key(found.text)
    for entity in cast.named():
        names = entity.names or [entity.name]
        if found.person and entity.kind == "person":
            if any(same_person(found.text, n) for n in names):
                return entity
        elif any(key(n) == own_key for n in names):
            return entity
    return None
