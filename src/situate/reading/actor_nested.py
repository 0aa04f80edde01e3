"""Names inside longer mentions, and adjectives of nations: the state in "U.S. troops", the man in "Obama's envoy".

They are mentions of an actor that the report speaks of elsewhere, and make none by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from situate.knowledge.actors import catalogue
from situate.knowledge.catalogue_roles import roles
from situate.language import Sentence
from situate.reading.actor_aliases import key, same_person
from situate.reading.actor_cast import Cast, Entity
from situate.reading.actor_context import words_of
from situate.reading.actor_evidence import head_of
from situate.reading.actor_found import Found
from situate.reading.actor_units import Unit

_MODIFIES = frozenset(("amod", "compound", "nmod", "npadvmod", "poss"))


_OWN_NAME = re.compile(r"(?:the )?([^\W\d_][\w.]*)(?=[ -])", re.IGNORECASE)  # of an institution, its first word


def nested(sentence: Sentence, units: list[Unit], found: list[Found]) -> Iterator[Found]:
    """What points to an actor in a sentence without being a mention by itself."""
    spoken = {(f.start, f.end) for f in found}
    yield from _names(sentence, units, spoken)
    for f in found:
        if f.sort == "known":
            yield from _nation(f)
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


def _nation(f: Found) -> Iterator[Found]:
    """The state that the name of its own institution begins with: "U.S. Central Command"."""
    of = {s.actor.country for s in f.surfaces if s.actor.kind not in ("state", "media", "person")}
    begins = _OWN_NAME.match(f.sentence.tokens.doc.text, f.start - f.sentence.offset) if of else None
    surfaces = catalogue().named(begins[1]) if begins else ()
    state = tuple(s for s in surfaces if s.actor.kind == "state" and s.sort in ("name", "adjective"))
    if begins and state and (state[0].actor.country in of or of == {None}):
        start, end = (f.sentence.offset + i for i in begins.span(1))
        head = f.sentence.tokens_in(start, end)[0]
        yield Found(start, end, f.sentence, head, "name", begins[1], surfaces=state)


def _party(f: Found) -> Iterator[Found]:
    """The government in "government forces", "the regime's soldiers"."""
    for token in f.sentence.tokens_in(f.start, f.end):
        if token.lower_ in words_of("government") and token.i < f.head.i and token.dep_ in _MODIFIES:
            ending = roles().ending([token.lower_])
            if ending:
                start, end = f.sentence.where(token)
                yield Found(start, end, f.sentence, token, "description", token.lower_, role=ending[0], owners=f.owners)


def _points(sentence: Sentence, unit: Unit, inside: bool) -> bool:
    """Whether a name stands for its actor: within a mention, or as an adjective before what is no land."""
    head = head_of(sentence, unit)
    lands = head.dep_ in _MODIFIES and head.head.lemma_.lower() in words_of("place_nouns")
    if lands or unit.is_a("people", "seat"):
        return False
    return inside or (unit.is_a("adjective") and head.dep_ in _MODIFIES)


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
    covered = any(f.start <= found.start and found.end <= f.end for f, _ in entity.mentions)
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
