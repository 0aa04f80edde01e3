"""Names inside longer mentions, and adjectives of nations: the state in "U.S. troops", the man in "Obama's envoy".

They are mentions of an actor that the report speaks of elsewhere, and make none by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from situate.language import Sentence
from situate.reading.actor_aliases import key, same_person
from situate.reading.actor_cast import Cast, Entity
from situate.reading.actor_context import words_of
from situate.reading.actor_evidence import head_of
from situate.reading.actor_found import Found
from situate.reading.actor_units import Unit

_MODIFIES = frozenset(("amod", "compound", "nmod", "npadvmod", "poss"))


def nested(sentence: Sentence, units: list[Unit], found: list[Found]) -> Iterator[Found]:
    """The names of a sentence that none of its mentions is, but that may point to their actor."""
    spoken = {(f.start, f.end) for f in found}
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


def _points(sentence: Sentence, unit: Unit, inside: bool) -> bool:
    """Whether a name stands for its actor: within a mention, or as an adjective before what is no land."""
    head = head_of(sentence, unit)
    lands = head.dep_ in _MODIFIES and head.head.lemma_.lower() in words_of("place_nouns")
    if lands or unit.is_a("people", "seat"):
        return False
    return inside or (unit.is_a("adjective") and head.dep_ in _MODIFIES)


def own(cast: Cast, found: Found) -> Entity | None:
    """The actor of the report that a nested name points to, unless one of its own mentions covers the words."""
    entity = _of_known(cast, found) if found.surfaces else _of_name(cast, found)
    if entity is None or all(f.weak for f, _ in entity.mentions):
        return None
    covered = any(f.start <= found.start and found.end <= f.end for f, _ in entity.mentions)
    return None if covered else entity


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
