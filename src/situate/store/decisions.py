"""What people decided on entries. Decisions are only ever added; an entry's review state is what they come to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from situate.store.asking import Asking, Row, asking_through
from situate.store.digest import digest_of
from situate.store.sql import Sql, sql

if TYPE_CHECKING:
    from sqlalchemy import Connection

DecisionKind = Literal["accept", "correct", "reject", "unsure", "undo"]
ReviewState = Literal["unreviewed", "accepted", "corrected", "rejected", "unsure"]
SHOWN = "shown"  # the field that says whether readers see an entry: reject = they don't, accept = they do
INCIDENT = "incident"  # accept = one with the entry whose key is `after`, reject = not one with it
TOGETHER = (INCIDENT, "outcome", SHOWN)  # fields that say nothing of whether an entry is right
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
    decision on the entry that still stands; with a field the last in that field, of an incident with the same `after`.
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

    def to_dict(self) -> dict[str, Any]:
        """The decision as plain values, for JSON, with its key."""
        return asdict(self) | {"key": self.key}


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions on one entry that still stand, oldest first."""
    stands: list[Decision] = []
    for decision in sorted(decisions, key=lambda each: (each.made_at, each.key)):
        if decision.decision != "undo":
            stands.append(decision)
            continue
        own = [each for each in stands if each.who == decision.who and _takes_back(decision, each)]
        if own:
            stands.remove(own[-1])
    return stands


def _takes_back(undo: Decision, made: Decision) -> bool:
    """Whether a person's undo is of this decision, where no later one is."""
    same = undo.field != INCIDENT or undo.after is None or undo.after == made.after
    return undo.field is None or (undo.field == made.field and same)


def review_state(decisions: Iterable[Decision]) -> ReviewState:
    """What the decisions on one entry come to: the last one that stands."""
    stands = [each for each in standing(decisions) if each.field not in TOGETHER]
    return _STATES[stands[-1].decision] if stands else "unreviewed"


def record(connection: Connection, decisions: Sequence[Decision]) -> int:
    """Add those decisions that aren't there yet, and bring their entries' review state up to date. Gives how many."""
    return sum(_record(connection, decisions[n : n + _AT_ONCE]) for n in range(0, len(decisions), _AT_ONCE))


def _record(connection: Connection, decisions: Sequence[Decision]) -> int:
    from sqlalchemy import update

    from situate.store import tables
    from situate.store.changes import changed
    from situate.store.pending import note_entries
    from situate.store.veiling import refresh_decided

    asked = asking_through(connection)
    known = {key for (key,) in asked.tuples(sql(_KNOWN, [decision.key for decision in decisions]))}
    new = {decision.key: decision for decision in decisions if decision.key not in known}
    if new:
        connection.execute(tables.decisions.insert(), [_row(decision) for decision in new.values()])
        for entry_key in sorted({decision.entry_key for decision in new.values()}):
            state = review_state(decisions_on(asked, entry_key))
            entries = tables.entries
            connection.execute(update(entries).where(entries.c.key == entry_key).values(review=state))
        refresh_decided(connection, new.values())
        note_entries(connection, _concerned(new.values()))
        changed(connection, by_people=True)
    return len(new)


def _concerned(made: Iterable[Decision]) -> Iterable[str]:
    """The keys of the entries that decisions are on, and of those that they join or keep apart."""
    for decision in made:
        yield decision.entry_key
        if decision.field == INCIDENT and isinstance(decision.after, str):
            yield decision.after


def decisions_on(asked: Asking, entry_key: str) -> list[Decision]:
    """All decisions on one entry, oldest first."""
    return decisions_where(asked, sql("entry_key = ?", entry_key))


def all_decisions(asked: Asking) -> list[Decision]:
    """The whole trail, oldest first."""
    return decisions_where(asked, sql("1 = 1"))


def decisions_on_report(asked: Asking, report_key: str) -> list[Decision]:
    """All decisions on a report's entries, oldest first."""
    return decisions_where(
        asked, sql("entry_key > ? AND entry_key < ?", f"{report_key}.", f"{report_key}/")
    )  # "/" follows "."


def review_states(asked: Asking, report_key: str) -> dict[str, ReviewState]:
    """The review states of a report's entries, by entry key, as far as somebody decided on them."""
    by_entry: dict[str, list[Decision]] = {}
    for decision in decisions_on_report(asked, report_key):
        by_entry.setdefault(decision.entry_key, []).append(decision)
    return {entry_key: review_state(decisions) for entry_key, decisions in by_entry.items()}


_KNOWN = "SELECT key FROM decisions WHERE key IN (?)"


def decisions_where(asked: Asking, condition: Sql) -> list[Decision]:
    """The decisions for which a condition on their table holds, oldest first."""
    return list(map(_decision, asked.rows(sql("SELECT * FROM decisions WHERE ? ORDER BY made_at, key", condition))))


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


def _decision(row: Row) -> Decision:
    return Decision(
        row["entry_key"],
        row["decision"],
        row["who"],
        row["made_at"],
        row["field"],
        json.loads(row["before"]),
        json.loads(row["after"]),
        row["comment"],
    )
