"""Movements told on: "they" in the next sentence are those who moved, and go on from where they left or came to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from situate.reading.movement_candidates import MovementCandidate
from situate.reading.movement_who import PEOPLE
from situate.reading.names import Names


def followed(names: Names, candidates: Iterable[MovementCandidate]) -> list[MovementCandidate]:
    """The candidates in text order, with who "they" are and where they set out from, as the sentence before tells."""
    out: list[MovementCandidate] = []
    for c in sorted(candidates, key=lambda c: c.at):
        before = next((b for b in reversed(out) if _goes_before(b, c) and _same(names, b, c)), None)
        out.append(_told_on(c, before) if before else c)
    return out


def _same(names: Names, before: MovementCandidate, c: MovementCandidate) -> bool:
    """Whether only a pronoun says who moves, which stands for those before as far as the report's actors tell."""
    if c.who_span is None or names.document.text[slice(*c.who_span)].lower() not in PEOPLE:
        return False
    actor = names.index.actors.at(*c.who_span)
    return actor is None or actor in before.who


def _goes_before(one: MovementCandidate, c: MovementCandidate) -> bool:
    here, behind = one.sentence, c.sentence
    return here.index == behind.index - 1 and here.paragraph == behind.paragraph and one.who_span is not None


def _told_on(c: MovementCandidate, before: MovementCandidate) -> MovementCandidate:
    left = c.origin or before.destination or before.origin
    return replace(c, who=before.who or c.who, origin=left if left != c.destination else c.origin)
