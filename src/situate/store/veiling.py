"""What the rules for readers withhold: worked out when a report, a decision or a rule comes, and kept.

Readers look at the store through temporary views (`veil.py`) that leave out what is kept in `withheld` and put what is
in `veiled` in the place of a report's own text.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from situate.contract import Picture
from situate.store.asking import Asking, asking_through
from situate.store.changes import removed
from situate.store.decisions import SHOWN, Decision, decisions_on_report, standing
from situate.store.filters import merged_actors, merged_places
from situate.store.rules import Rules, rules_of
from situate.store.side_tables import veiled, withheld
from situate.store.sql import Sql, sql, union
from situate.store.withholding import Marks, withhold

_AT_ONCE = 500


def refresh(connection: Connection) -> None:
    """Work out anew what is withheld of all reports."""
    _run(connection, Sql("DELETE FROM withheld"))
    _run(connection, Sql("DELETE FROM veiled"))
    at_work = _Work(connection, rules_of(connection))
    for report_id in at_work.concerned():
        at_work.withhold(report_id)


def refresh_reports(connection: Connection, report_ids: Iterable[int]) -> None:
    """The same for these reports alone."""
    ids = sorted(report_ids)
    at_work = _Work(connection, rules_of(connection))
    for n in range(0, len(ids), _AT_ONCE):
        some = ids[n : n + _AT_ONCE]
        _run(
            connection,
            sql("DELETE FROM withheld WHERE entry_id IN (SELECT id FROM entries WHERE report_id IN (?))", some),
        )
        _run(connection, sql("DELETE FROM veiled WHERE report_id IN (?)", some))
        for report_id in at_work.concerned(some):
            at_work.withhold(report_id)


def refresh_added(connection: Connection, report_id: int) -> None:
    """The same for a report that was just added, and for those whose actors or places it gave a withheld name."""
    refresh_reports(connection, [report_id])
    others = _named_anew(asking_through(connection), rules_of(connection), report_id)
    if others:
        refresh_reports(connection, others)
        removed(connection)  # from what readers see


def refresh_decided(connection: Connection, made: Iterable[Decision]) -> None:
    """The same for the reports of entries on which somebody decided whether readers see them, or may have undone it."""
    keys = sorted({each.entry_key for each in made if each.field == SHOWN or each.decision == "undo"})
    if keys:
        query = sql("SELECT DISTINCT report_id FROM entries WHERE key IN (?)", keys)
        refresh_reports(connection, [number for (number,) in asking_through(connection).tuples(query)])


def _run(connection: Connection, statement: Sql) -> None:
    words, values = statement.numbered()
    connection.execute(text(words), values)


def _named(rules: Rules) -> list[tuple[str, Sql]]:
    """The tables of actors and places, with the numbers of the merged ones that the rules name."""
    named = [("actors", merged_actors(rules.actors))] if rules.actors else []
    return named + ([("places", merged_places(rules.places))] if rules.places else [])


def _named_anew(asked: Asking, rules: Rules, report_id: int) -> set[int]:
    """The reports in which an actor or a place of this report isn't withheld yet, though the rules name it by now."""
    found: set[int] = set()
    for own, numbers in _named(rules):
        query = (
            f"SELECT DISTINCT report_id FROM {own} WHERE merged_id IN (SELECT merged_id FROM {own} WHERE report_id = ?)"
            " AND merged_id IN (?) AND entry_id NOT IN (SELECT entry_id FROM withheld)"
        )
        found |= {number for (number,) in asked.tuples(sql(query, report_id, numbers))}
    return found


@dataclass(slots=True)
class _Work:
    """What the rules and single decisions mean for one report after the other."""

    connection: Connection
    rules: Rules

    def concerned(self, report_ids: Collection[int] | None = None) -> list[int]:
        """The numbers of the reports, of these or of all, of which something is to be withheld."""
        queries = [
            sql(
                "SELECT entries.report_id FROM entries JOIN decisions ON decisions.entry_key = entries.key"
                " WHERE decisions.field = ?",
                SHOWN,
            )
        ]
        if self.rules.layers:
            queries.append(sql("SELECT report_id FROM entries WHERE layer IN (?)", self.rules.layers))
        queries += [
            sql(f"SELECT report_id FROM {own} WHERE merged_id IN (?)", named) for own, named in _named(self.rules)
        ]
        within = sql(" AND report_id IN (?)", list(report_ids)) if report_ids is not None else Sql("")
        queries = [sql("SELECT report_id FROM (?) AS found WHERE 1 = 1?", query, within) for query in queries]
        found = asking_through(self.connection).tuples(union(queries))
        return sorted(number for (number,) in found)

    def withhold(self, report_id: int) -> None:
        """Work out what is withheld of a report, and keep it."""
        asked = asking_through(self.connection)
        ((key, packed),) = asked.tuples(sql("SELECT key, picture FROM reports WHERE id = ?", report_id))
        found = withhold(Picture.from_json(zlib.decompress(packed)), key, self._marks(asked, report_id, key))
        if found is None:
            return
        entries = asked.tuples(sql("SELECT id, key FROM entries WHERE report_id = ?", report_id))
        rows = [{"entry_id": number} for number, name in entries if name in found.keys]
        self.connection.execute(withheld.insert(), rows)
        picture = zlib.compress(found.picture.to_json().encode())
        row = {"report_id": report_id, "text": found.picture.report.text, "picture": picture}
        self.connection.execute(veiled.insert(), row)

    def _marks(self, asked: Asking, report_id: int, key: str) -> Marks:
        merged: set[str] = set()
        for own, named in _named(self.rules):
            query = (
                f"SELECT merged.key FROM {own} JOIN merged_{own} merged ON merged.id = {own}.merged_id"
                f" WHERE {own}.report_id = ? AND {own}.merged_id IN (?)"
            )
            merged |= {name for (name,) in asked.tuples(sql(query, report_id, named))}
        return Marks(frozenset(self.rules.layers), frozenset(merged), frozenset(_hidden(asked, key)))


def _hidden(asked: Asking, report: str) -> set[str]:
    """The keys of a report's entries of which a person says that readers don't see them."""
    by_entry: dict[str, list[Decision]] = {}
    for made in decisions_on_report(asked, report):
        by_entry.setdefault(made.entry_key, []).append(made)
    last = {key: [m for m in standing(made) if m.field == SHOWN][-1:] for key, made in by_entry.items()}
    return {key for key, made in last.items() if made and made[0].decision == "reject"}
