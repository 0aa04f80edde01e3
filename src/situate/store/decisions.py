"""What people decided on entries. Decisions are only ever added; an entry's review state is what they come to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, select, update

from situate.store import tables
from situate.store.digest import digest_of

DecisionKind = Literal["accept", "correct", "reject", "unsure", "undo"]
ReviewState = Literal["unreviewed", "accepted", "corrected", "rejected", "unsure"]
TOGETHER = ("incident", "outcome")  # fields that say how an entry goes together with others, or what became of it
_AT_ONCE = 500  # decisions a statement
_STATES: dict[str, ReviewState] = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "unsure": "unsure",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's decision on one entry.

    `before` and `after` are values of `field` as in the picture's JSON. "undo" takes back the same person's last
    decision on the entry that still stands.
    """

    entry_key: str
    decision: DecisionKind
    who: str
    made_at: str  # ISO, UTC
    field: str | None = None
    before: Any = None
    after: Any = None
    comment: str | None = None

    @property
    def key(self) -> str:
        """The same for the same decision in any store."""
        given = (self.entry_key, self.decision, self.who, self.made_at, self.field, self.before, self.after)
        return digest_of(*given, self.comment, length=32)


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions on one entry that still stand, oldest first."""
    stands: list[Decision] = []
    for decision in sorted(decisions, key=lambda each: (each.made_at, each.key)):
        if decision.decision != "undo":
            stands.append(decision)
            continue
        own = [each for each in stands if each.who == decision.who]
        if own:
            stands.remove(own[-1])
    return stands


def review_state(decisions: Iterable[Decision]) -> ReviewState:
    """What the decisions on one entry come to: the last one that stands."""
    stands = [each for each in standing(decisions) if each.field not in TOGETHER]
    return _STATES[stands[-1].decision] if stands else "unreviewed"


def record(connection: Connection, decisions: Sequence[Decision]) -> int:
    """Add those decisions that aren't there yet, and bring their entries' review state up to date. Gives how many."""
    return sum(_record(connection, decisions[n : n + _AT_ONCE]) for n in range(0, len(decisions), _AT_ONCE))


def _record(connection: Connection, decisions: Sequence[Decision]) -> int:
    table = tables.decisions
    keys = [decision.key for decision in decisions]
    known = set(connection.scalars(select(table.c.key).where(table.c.key.in_(keys))))
    new = {decision.key: decision for decision in decisions if decision.key not in known}
    if new:
        connection.execute(table.insert(), [_row(decision) for decision in new.values()])
        for entry_key in sorted({decision.entry_key for decision in new.values()}):
            state = review_state(decisions_on(connection, entry_key))
            entries = tables.entries
            connection.execute(update(entries).where(entries.c.key == entry_key).values(review=state))
    return len(new)


def decisions_on(connection: Connection, entry_key: str) -> list[Decision]:
    """All decisions on one entry, oldest first."""
    return list(map(_decision, connection.execute(_ordered().where(tables.decisions.c.entry_key == entry_key))))


def all_decisions(connection: Connection) -> Iterator[Decision]:
    """The whole trail, oldest first."""
    return map(_decision, connection.execute(_ordered()))


def review_states(connection: Connection, report_key: str) -> dict[str, ReviewState]:
    """The review states of a report's entries, by entry key, as far as somebody decided on them."""
    key = tables.decisions.c.entry_key
    of_report = (key > f"{report_key}.") & (key < f"{report_key}/")  # "/" comes after "."
    by_entry: dict[str, list[Decision]] = {}
    for row in connection.execute(_ordered().where(of_report)):
        by_entry.setdefault(row.entry_key, []).append(_decision(row))
    return {entry_key: review_state(decisions) for entry_key, decisions in by_entry.items()}


def _ordered() -> Select[Any]:
    table = tables.decisions
    return select(table).order_by(table.c.made_at, table.c.key)


def _row(decision: Decision) -> dict[str, Any]:
    return {
        "key": decision.key,
        "entry_key": decision.entry_key,
        "decision": decision.decision,
        "field": decision.field,
        "before": json.dumps(decision.before, ensure_ascii=False),
        "after": json.dumps(decision.after, ensure_ascii=False),
        "who": decision.who,
        "made_at": decision.made_at,
        "comment": decision.comment,
    }


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        row.entry_key,
        row.decision,
        row.who,
        row.made_at,
        row.field,
        json.loads(row.before),
        json.loads(row.after),
        row.comment,
    )
