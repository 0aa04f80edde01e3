"""Event entries of many reports that tell the same incident become one, with all its reports.

Blocking (`blocking`), a scored match that says why (`likeness`), then groups grown from the best pairs (`grouping`): a
group takes an entry only where it fits all of the group's. Nothing is deleted: an incident is a view of its entries,
and a person's word that two entries are or aren't one incident stands above every score.
"""

from __future__ import annotations

from collections.abc import Sequence

from situate.picture.blocking import blocks
from situate.picture.corroboration import Contradiction
from situate.picture.grouping import Fitted, Made, Match, Rule, fitted
from situate.picture.incident import Told, day_of, identity, ordered
from situate.picture.incidents import DENIED, HAPPENED
from situate.picture.likeness import MERGE, likeness
from situate.picture.pins import Pins
from situate.picture.sides import spoken_by
from situate.picture.voices import heard
from situate.picture.wording import sides
from situate.store.listed import Listed


def _takes(e: Listed) -> bool:
    return e.review != "rejected" and e.status in (*HAPPENED, DENIED)


def _match(a: Listed, b: Listed) -> float:
    """How well two entries go together; two that happened, or one and the denial of it."""
    denials = (a.status == DENIED) + (b.status == DENIED)
    if denials == 2 or (not denials and a.report.key == b.report.key) or (denials and a.evidence == b.evidence):
        return 0.0
    score = likeness(a, b).score
    return score if score >= MERGE else 0.0


def _fits(a: Listed, b: Listed) -> bool:
    return a.report.key != b.report.key and likeness(a, b).score >= MERGE


def _tells(e: Listed) -> bool:
    return e.status != DENIED


def _made(group: Sequence[Listed], beside: Sequence[Listed], pins: Pins) -> Made:
    """The incident of entries; beside it stand denials of them."""
    entries = ordered(group)
    denials = {d.key: d for d in beside}
    contradictions = tuple(Contradiction(spoken_by(denials[key]), key) for key in sorted(denials))
    why = tuple(_why(e, entries[:n], pins) for n, e in enumerate(entries) if n)
    body = Told(heard(entries), contradictions, why, sides(entries[0])).to_dict()
    return Made(entries, identity(entries), day_of(entries[0]), body)


def _groups(told: Sequence[Listed], matches: Sequence[Match], pins: Pins) -> list[Made]:
    return fitted(told, matches, pins, FITTED)


def _why(e: Listed, others: Sequence[Listed], pins: Pins) -> str:
    """Why an entry is one with those before it: what it has in common with the likest of them."""
    if any(pins.says(e, other) for other in others):
        return "a person says so"
    return str(max((likeness(*sorted((e, other), key=lambda x: x.key)) for other in others), key=lambda x: x.score))


FITTED = Fitted(_tells, _fits, _made)
RULE = Rule("events", _takes, blocks, _match, _groups, "fitted", FITTED)
