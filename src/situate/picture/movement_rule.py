"""Entries that tell of one movement.

They say the same in the same words, with the same figure (a text and its copies, or one sentence that names two ways),
or share where people left or went, on near days; their figures don't contradict each other, and what is only planned or
claimed is never one with what is done. An entry that counts people on a known day leads, and the others are near it:
those who leave one place day after day are not one movement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import inf

from situate.picture.grouping import Block, Led, Made, Match, Rule, led
from situate.picture.moved import DONE, movement, people
from situate.picture.pins import Pins
from situate.picture.telling import in_common, telling
from situate.store.listed import Listed

SAME_DAYS = 3  # between what leads and what goes with it
WIDE = 7  # days: what is told of longer spells leads only what nothing else does
COPIED_DAYS = 14  # between two tellings of one movement in the same words
SAME_WORDS = 0.9  # of `in_common`: an edited copy of the sentence
NEAR = 1.25  # figures of one movement: the higher is at most so many times the lower
LONGEST = 6  # words of a sentence by which its copies are looked for: long ones are rare ones, mostly
ONE_SORT = {"evacuation": "displacement"}  # kinds that reports take for each other


def _takes(e: Listed) -> bool:
    return e.review != "rejected"


def _blocks(e: Listed) -> Iterator[Block]:
    sort, done = _sort(e), e.status in DONE
    for word in sorted(telling(e.evidence.text).words | telling(e.evidence.text).figures, key=_by_length)[:LONGEST]:
        yield Block.of("movement", sort, done, "word", word)
    days = _days(e)
    if days:
        spells = {n // SAME_DAYS for n in range(days[0], min(days[1], days[0] + 31) + SAME_DAYS + 1)}
        for way in sorted(_ways(e)):
            for spell in sorted({*spells, days[1] // SAME_DAYS, days[1] // SAME_DAYS + 1}):
                yield Block.of("movement", sort, done, *way, spell)


def _by_length(word: str) -> tuple[int, str]:
    return -len(word), word


def _match(a: Listed, b: Listed) -> float:
    """How well two entries go together: best where they say the same."""
    if not _may_be_one(a, b):
        return 0.0
    if _copied(a, b):
        return 1.0
    words = in_common(telling(a.evidence.text), telling(b.evidence.text))
    return 0.5 + words / 4 if _ways(a) & _ways(b) and _apart(a, b) <= SAME_DAYS else 0.0


def _may_be_one(a: Listed, b: Listed) -> bool:
    if _sort(a) != _sort(b) or (a.status in DONE) != (b.status in DONE):
        return False
    mine, yours = people(a), people(b)
    return not (mine and yours and max(mine[0], yours[0]) > NEAR * min(mine[1], yours[1]))


def _copied(a: Listed, b: Listed) -> bool:
    """Whether the two say the same in the same words, and not of another month."""
    words = in_common(telling(a.evidence.text), telling(b.evidence.text))
    apart = _apart(a, b)
    return words >= SAME_WORDS and people(a) == people(b) and (apart <= COPIED_DAYS or apart == inf)


def _rank(e: Listed) -> tuple[bool, bool, str]:
    """Who tells best: with a figure, and on which days."""
    days = _days(e)
    return people(e) is None, days is None or days[1] - days[0] > WIDE, e.key


def _made(leader: Listed, some: Sequence[Listed]) -> Made:
    return Made(tuple(some), leader.key, movement(some).first)


def _groups(told: Sequence[Listed], matches: Sequence[Match], pins: Pins) -> list[Made]:
    return led(told, matches, LED)


def _sort(e: Listed) -> str:
    return ONE_SORT.get(str(e.type), str(e.type))


def _ways(e: Listed) -> set[tuple[str, str]]:
    return {(s.role, s.key) for s in e.places if s.kind != "country"}


def _apart(a: Listed, b: Listed) -> float:
    """Days between the two; without end where one has none."""
    one, other = _days(a), _days(b)
    if one is None or other is None:
        return inf
    return max(one[0] - other[1], other[0] - one[1], 0)


def _days(e: Listed) -> tuple[int, int] | None:
    first, last = e.earliest or e.latest or e.report.published, e.latest or e.earliest or e.report.published
    if not first or not last:
        return None
    return date.fromisoformat(first[:10]).toordinal(), date.fromisoformat(last[:10]).toordinal()


LED = Led(_rank, _made)
RULE = Rule("movements", _takes, _blocks, _match, _groups, "led", led=LED)
