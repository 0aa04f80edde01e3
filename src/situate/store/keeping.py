"""A picture goes into the store, or out of it, inside one transaction."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select

from situate.contract import Picture
from situate.store import derived_tables, tables
from situate.store.asking import Asking, asking_through
from situate.store.bulk import insert
from situate.store.changes import changed, removed
from situate.store.decisions import review_states
from situate.store.digest import name_digest
from situate.store.keys import content_hash, report_key
from situate.store.merged import count_in, count_out
from situate.store.pending import note_removal, note_report
from situate.store.rows import Ids, entry_rows, report_row, together_rows
from situate.store.same_text import keep_text
from situate.store.sql import sql
from situate.store.veiling import refresh_added

_ORDER = (
    "entries", *tables.LAYER_TABLES, "entry_actors", "entry_places", "entry_figures", "entry_claims",
    "entry_text",
)  # fmt: skip
_TABLES = {**tables.metadata.tables, "entry_text": tables.entry_text}


def has_report(asked: Asking, digest: str) -> bool:
    """Whether the store has the report with that content hash."""
    return bool(asked.tuples(sql("SELECT 1 FROM reports WHERE content_hash = ?", digest)))


def kept(asked: Asking, digest: str) -> tuple[bytes, str] | None:
    """The picture, still packed, that the store has of the report with that content hash, and when it was added."""
    found = asked.tuples(sql("SELECT picture, added_at FROM reports WHERE content_hash = ?", digest))
    return (bytes(found[0][0]), found[0][1]) if found else None


def insert_picture(connection: Connection, picture: Picture, added_at: str) -> bool:
    """Put a picture in. Gives False, and does nothing, where its report is there already."""
    asked = asking_through(connection)
    if has_report(asked, content_hash(picture.report)):
        return False
    key = report_key(picture.report)
    merged = count_in(connection, picture, key)
    ids = Ids(_next(connection, "reports"), _next(connection, "entries"), merged)
    report = report_row(picture, ids.report, added_at)
    rows = entry_rows(picture, key, ids)
    decided = review_states(asked, key)
    for row in rows["entries"]:
        row["review"] = decided.get(row["key"], "unreviewed")
    connection.execute(tables.reports.insert(), report)
    names = {name_digest(name) for name in (picture.report.id, picture.report.url) if name is not None}
    connection.execute(
        tables.report_names.insert(), [{"digest": each, "report_id": ids.report} for each in sorted(names)]
    )
    for name in _ORDER:
        if rows.get(name):
            connection.execute(_TABLES[name].insert(), rows[name])
    insert(connection, derived_tables.together, together_rows(rows, report))
    keep_text(connection, ids.report, picture.report)
    refresh_added(connection, ids.report)
    note_report(connection, ids.report)
    changed(connection)
    return True


def delete_picture(connection: Connection, picture: Picture) -> None:
    """Take a report, as it was put in, with all its entries out. Decisions stay."""
    reports, entries, texts = tables.reports, tables.entries, tables.entry_text
    this = reports.c.content_hash == content_hash(picture.report)
    number = select(reports.c.id).where(this).scalar_subquery()
    of_report = select(entries.c.id).where(entries.c.report_id == number)
    note_removal(connection, connection.execute(select(reports.c.id).where(this)).scalar_one())
    connection.execute(delete(texts).where(texts.c.rowid.in_(of_report)))
    connection.execute(delete(reports).where(this))  # its entries and their links go with it
    count_out(connection, picture, report_key(picture.report))
    removed(connection)


def _next(connection: Connection, table: str) -> int:
    number = _TABLES[table].c.id
    last: int = connection.execute(select(func.coalesce(func.max(number), 0))).scalar_one()
    return last + 1
