"""Coverage: what became of every input of every run of adding, so that what is missing from a picture can be told.

An input was read, or read and nothing was found in it, or skipped, or it failed; why is kept with it. The outcome of a
report is kept in the transaction that keeps the report.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from situate.errors import SituateError
from situate.store.asking import Row
from situate.store.digest import digest_of, name_digest
from situate.store.sql import sql
from situate.store.store import Store, now

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from situate.contract import Picture

Outcome = Literal["read", "nothing", "skipped", "failed"]
TOLD = ("events", "claims", "agreements", "movements", "control", "relations", "forecasts")
HAD = "in the store already"  # reason of an item that need not be read
FURNITURE = "nothing but what stands around a report, such as menus and links"
_KEY_LENGTH = 12
_WAITING = 200  # outcomes that are held back until there are so many, or a report is kept
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one input. `report` is the key of the report that it is, `entries` how many it told."""

    source: str
    outcome: Outcome
    report: str | None = None
    entries: int = 0
    reason: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run, and how many of its inputs came to what. `ended_at` is None where it was broken off."""

    key: str
    began_at: str  # ISO, UTC
    ended_at: str | None
    sources: tuple[str, ...]
    outcomes: Mapping[str, int] = field(default_factory=dict)
    entries: int = 0


class Run:
    """A run of adding, as it goes on. It is kept from its beginning."""

    def __init__(self, store: Store, sources: Sequence[str]) -> None:
        line = _begun(sources)
        self.key = line.key
        self._store = store
        self._waiting: list[Item] = []
        self._kept = 0
        with store.writing() as connection:
            self._number = _insert_run(connection, line)

    def note(self, item: Item) -> None:
        """Note what became of an input that isn't kept."""
        self._waiting.append(item)
        if len(self._waiting) >= _WAITING:
            self.keep_waiting()

    def keep_waiting(self) -> None:
        """Keep what was noted."""
        if self._waiting:
            with self._store.writing() as connection:
                self.keep(connection)

    def keep(self, connection: Connection, *items: Item) -> None:
        """Keep what was noted, and some more, in a transaction that is under way."""
        rows = [*self._waiting, *items]
        self._waiting.clear()
        _insert_items(connection, self._number, rows, self._kept)
        self._kept += len(rows)

    def end(self) -> None:
        """Say that the run came to its end."""
        from sqlalchemy import update

        from situate.store import tables

        with self._store.writing() as connection:
            self.keep(connection)
            this = tables.runs.c.id == self._number
            connection.execute(update(tables.runs).where(this).values(ended_at=now()))


def told_in(picture: Picture) -> Counter[str]:
    """How many entries a picture has in each layer that tells something."""
    return Counter({layer: len(getattr(picture, layer)) for layer in TOLD if getattr(picture, layer)})


def item_of(picture: Picture, new: bool) -> Item:
    """What became of a report that was read."""
    from situate.store.keys import report_key

    key, told = report_key(picture.report), told_in(picture).total()
    if not new:
        return Item(picture.report.id, "skipped", key, reason=HAD)
    if told:
        return Item(picture.report.id, "read", key, told)
    if _only_furniture(picture):
        return Item(picture.report.id, "nothing", key, reason=FURNITURE, remedy="give the report's own text")
    return Item(picture.report.id, "nothing", key)


def _only_furniture(picture: Picture) -> bool:
    """Whether all words of a report are such as stand around one: menus, links, replies."""
    left = list(picture.report.text)
    for span in picture.report.furniture:
        left[span.start : span.end] = " " * (span.end - span.start)
    return not any(map(str.isalnum, left))


def runs(store: Store) -> list[RunLine]:
    """All runs, the latest first."""
    counted = """SELECT run_id, outcome, count(*) AS number, sum(entries) AS entries FROM run_items
        GROUP BY run_id, outcome ORDER BY run_id, outcome"""
    with store.asking() as asked:
        rows = asked.rows(sql("SELECT * FROM runs ORDER BY began_at DESC, id DESC"))
        outcomes: dict[int, dict[str, int]] = {}
        entries: dict[int, int] = {}
        for row in asked.rows(sql(counted)):
            outcomes.setdefault(row["run_id"], {})[row["outcome"]] = row["number"]
            entries[row["run_id"]] = entries.get(row["run_id"], 0) + int(row["entries"])
    return [_line(row, outcomes.get(row["id"], {}), entries.get(row["id"], 0)) for row in rows]


def run_items(store: Store, key: str, outcomes: Sequence[Outcome] = ()) -> Iterator[Item]:
    """What became of each input of a run, given by its key or a beginning of it. Raises SituateError for none such."""
    with store.asking() as asked:
        found = asked.tuples(sql("SELECT id FROM runs WHERE key >= ? AND key < ? LIMIT 2", key, f"{key}g"))
    if len(found) != 1:
        raise SituateError(f"{key}: {'no' if not found else 'more than one'} run has that key; see situate coverage")
    only = sql("outcome IN (?)", list(outcomes)) if outcomes else sql("1 = 1")
    query = "SELECT * FROM run_items WHERE run_id = ? AND position > ? AND ? ORDER BY position LIMIT ?"
    last = -1
    while True:
        with store.asking() as asked:
            rows = asked.rows(sql(query, found[0][0], last, only, _PAGE))
        yield from map(_item, rows)
        if len(rows) < _PAGE:
            return
        last = rows[-1]["position"]


def tried(store: Store, source: str, names: Sequence[str], again: str) -> dict[str, int | None]:
    """What became before of the inputs of a source that is looked at again and again, those never tried left out.

    How often one failed with the remedy `again`; None where anything else became of it, or the store has a report of
    that id or address from elsewhere.
    """
    found: dict[str, int | None] = {}
    query = """SELECT source_id, outcome = 'failed' AND remedy = ? AS open, count(*) AS number FROM run_items
        WHERE run_id IN (SELECT id FROM runs WHERE sources = ?) AND source_id IN (?) GROUP BY source_id, 2"""
    for n in range(0, len(names), _PAGE):
        some = {_writable(name): name for name in names[n : n + _PAGE]}
        had = {name_digest(name): name for name in some.values()}
        with store.asking() as asked:
            rows = asked.rows(sql(query, again, _json((source,)), list(some)))
            kept = asked.tuples(sql("SELECT digest FROM report_names WHERE digest IN (?)", list(had)))
        for row in rows:
            name = some[row["source_id"]]
            found[name] = row["number"] if row["open"] and found.get(name, 0) is not None else None
        found |= {had[digest]: None for (digest,) in kept}
    return found


def take_over_runs(into: Store, other: Store) -> int:
    """Keep the runs that only the other store has; gives how many."""
    known = {line.key for line in runs(into)}
    new = [line for line in runs(other) if line.key not in known]
    for line in new:
        with into.writing() as connection:
            number = _insert_run(connection, line)
            _insert_items(connection, number, list(run_items(other, line.key)), 0)
    return len(new)


def _begun(sources: Sequence[str]) -> RunLine:
    import os
    import uuid

    key = digest_of(uuid.uuid4().hex, os.getpid(), length=_KEY_LENGTH)
    return RunLine(key, now(), None, tuple(sources))


def _insert_run(connection: Connection, line: RunLine) -> int:
    from situate.store import tables

    row = {"key": line.key, "began_at": line.began_at, "ended_at": line.ended_at, "sources": _json(line.sources)}
    made = connection.execute(tables.runs.insert().values(row)).inserted_primary_key
    assert made is not None  # it was one row
    number: int = made[0]
    return number


def _insert_items(connection: Connection, number: int, items: Sequence[Item], first: int) -> None:
    from situate.store import tables

    rows = [
        {
            "run_id": number,
            "position": first + n,
            "source_id": _writable(item.source),
            "report_key": item.report,
            "outcome": item.outcome,
            "entries": item.entries,
            "reason": _writable(item.reason) if item.reason else None,
            "remedy": item.remedy,
        }
        for n, item in enumerate(items)
    ]
    if rows:
        connection.execute(tables.run_items.insert(), rows)


def _json(sources: Sequence[str]) -> str:
    return json.dumps(sources, ensure_ascii=False)


def _writable(name: str) -> str:
    """A name that may hold what is no text, as a file's can, so that it can be kept."""
    return name.encode(errors="backslashreplace").decode()


def _line(row: Row, outcomes: Mapping[str, int], entries: int) -> RunLine:
    sources = tuple(json.loads(row["sources"]))
    return RunLine(row["key"], row["began_at"], row["ended_at"], sources, outcomes, entries)


def _item(row: Row) -> Item:
    return Item(row["source_id"], row["outcome"], row["report_key"], row["entries"], row["reason"], row["remedy"])
