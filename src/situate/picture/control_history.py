"""Who held each place, from when to when, by the reports; disagreements stay visible.

Every report that a party holds, took, lost or left a place is a point in the place's history. A holder's stretch begins
with the first day on which a report has it holding the place and ends where a report has it lose or leave the place, or
another take it. A report of another holder within a stretch doesn't end it: it stands beside it as a disagreement,
unless it says that the place was captured. Where two reports have two takers on one day, and neither has both, nobody
knows who came later: that is a disagreement, too. A holder may go by several names ("the Syrian army", "the Syrian
Arab Army").

The histories of the places of a whole store are kept in it (`kept_histories`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from situate.store.listed import Listed

TAKES, HAS, LEAVES = ("captured",), ("holds", "occupies", "patrols"), ("lost", "withdrew")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One holder's time at a place. `until` None: no report of its end; `disputed`: reports of another holder in it."""

    place: str
    place_name: str
    holder: str
    holder_name: str
    since: str
    until: str | None
    entries: tuple[Listed, ...]
    ended_by: tuple[Listed, ...] = ()
    disputed: tuple[Listed, ...] = ()


def control_history(entries: Iterable[Listed]) -> list[Stretch]:
    """The stretches of every place, by place and day. What is only planned, threatened or denied changes nothing."""
    by_place: dict[str, list[Listed]] = defaultdict(list)
    for e in entries:
        if changes_hands(e):
            by_place[e.places[0].key].append(e)
    return [each for key in sorted(by_place) for each in stretches(sorted(by_place[key], key=order))]


def changes_hands(e: Listed) -> bool:
    """Whether an entry tells something of who held which place when."""
    done = e.status in ("actual", "ongoing") and e.review != "rejected"
    return bool(done and e.places and e.actors and told_on(e))


def order(e: Listed) -> tuple[str, int, str]:
    """By day, and on one day what ends before what begins."""
    return told_on(e), 0 if e.type in LEAVES else 1 if e.type in TAKES else 2, e.key


def told_on(e: Listed) -> str:
    """The day from which an entry holds (ISO)."""
    return e.earliest or e.latest or e.report.published or ""


class _Open:
    """A stretch that is being built."""

    def __init__(self, first: Listed) -> None:
        self.first, self.entries = first, [first]
        self.disputed: list[Listed] = []
        self.ended_by: list[Listed] = []

    def holds(self, e: Listed) -> bool:
        """Whether an entry's holder is this one, by the same name or another."""
        from situate.picture.parties import may_be_one

        return may_be_one(self.first.actors[0], e.actors[0])

    def contests(self, e: Listed) -> bool:
        """Whether another taker is told of on the same day, by a report that tells nothing of this one."""
        mine = {x.report.key for x in self.entries}
        return told_on(e) == told_on(self.first) and e.report.key not in mine

    def closed(self) -> Stretch:
        place, holder = self.first.places[0], self.first.actors[0]
        until = told_on(self.ended_by[0]) if self.ended_by else None
        parts = (tuple(self.entries), tuple(self.ended_by), tuple(self.disputed))
        return Stretch(place.key, place.name, holder.key, holder.name, told_on(self.first), until, *parts)


def stretches(entries: Iterable[Listed]) -> list[Stretch]:
    """The stretches of one place, from its entries in order."""
    done: list[Stretch] = []
    now: _Open | None = None
    for e in entries:
        if e.type in LEAVES:
            if now is not None and now.holds(e):
                now.ended_by.append(e)
                done.append(now.closed())
                now = None
        elif e.type in (*TAKES, *HAS):
            if now is None:
                now = _Open(e)
            elif now.holds(e):
                now.entries.append(e)
            elif e.type in TAKES and not now.contests(e):
                now.ended_by.append(e)
                done.append(now.closed())
                now = _Open(e)
            else:
                now.disputed.append(e)
    return [*done, now.closed()] if now is not None else done
