"""The entries of a store as arrays in memory: what a page counts over all of them takes milliseconds.

They are read once (about a second for 100,000 events) and brought up to date when somebody asks. Reports that came are
put at the end, and what people decided is read again; only where entries were taken out, or where something changed
behind a veil, are all read anew. What somebody was given stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from situate.store.asking import Asking
from situate.store.changes import Revision, revision_of
from situate.store.sql import sql

if TYPE_CHECKING:
    from situate.store.store import Store

Ints: TypeAlias = npt.NDArray[np.int32]
Floats: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]
L = TypeVar("L", bound="Links")
LISTED = ("events", "claims", "agreements", "movements", "control", "relations", "forecasts")
NAMED = ("actors", "places")  # the other layers that entries are of
_AT_ONCE = 20_000  # rows in Python's own objects at once
_ENTRIES = """SELECT id, report_id, layer, type, status, review, day, latest, confidence, source_folded FROM entries
    WHERE layer NOT IN (?) AND id > ? ORDER BY id LIMIT ?"""  # IN would have SQLite sort them anew each time
_SIGNS = "SELECT entry_id, sign FROM relations WHERE entry_id > ? AND entry_id <= ? AND sign IS NOT NULL"
_PEOPLE = """SELECT figures.entry_id, max(coalesce(figures.high, figures.value, figures.low))
    FROM entry_figures figures JOIN movements ON movements.entry_id = figures.entry_id
    WHERE figures.entry_id > ? AND figures.entry_id <= ?
    AND coalesce(figures.high, figures.value, figures.low) IS NOT NULL GROUP BY figures.entry_id"""
_ACTORS = """SELECT entry_id, merged_id, role FROM entry_actors
    WHERE entry_id > ? AND entry_id <= ? AND layer IN (?) ORDER BY entry_id"""
_PLACES = """SELECT links.entry_id, links.merged_id, links.role, places.lat, places.lon,
    CASE WHEN places.lat IS NULL OR places.lon IS NULL OR places.kind = 'country' THEN 0 ELSE 1 END
    FROM entry_places links JOIN places ON places.entry_id = links.place_id
    WHERE links.entry_id > ? AND links.entry_id <= ? AND links.layer IN (?) ORDER BY links.entry_id"""
_REVIEWED = "SELECT id, review FROM entries WHERE layer IN (?) AND review <> 'unreviewed' ORDER BY id"


@dataclass(frozen=True, slots=True)
class Links:
    """Who or where: a row for each entry and role, by position of the entry. `merged` numbers the actor or place."""

    at: Ints
    merged: Ints
    role: Ints


@dataclass(frozen=True, slots=True)
class Sites(Links):
    """Where: with the point that the report means; `point` says whether it is one."""

    lat: Floats
    lon: Floats
    point: Mask


@dataclass(frozen=True, slots=True)
class Words:
    """Words as numbers from 0; None is a word, too. They only ever become more."""

    of: list[str | None] = field(default_factory=list)
    number: dict[str | None, int] = field(default_factory=dict)

    def numbers(self, words: Sequence[str | None]) -> Ints:
        """The words' numbers; those that weren't known become known."""
        for word in sorted(set(words) - self.number.keys(), key=str):
            self.number[word] = len(self.of)
            self.of.append(word)
        return _ints(map(self.number.__getitem__, words))

    def chosen(self, words: Iterable[str]) -> Mask:
        """For each number whether it is one of these words."""
        found = np.zeros(len(self.of), dtype=np.bool_)
        found[[self.number[word] for word in words if word in self.number]] = True
        return found


@dataclass(frozen=True, slots=True)
class Arrays:
    """Entries by ascending number. `day` and `latest` are proleptic ordinals, 0 for none; `sign` is that of ties.

    `people` is the most that a figure of a movement tells, NaN for none. `words` are the words of `layer`, `type`,
    `status`, `review`, `source` and of the links' roles.
    """

    id: Ints
    report: Ints
    layer: Ints
    type: Ints
    status: Ints
    review: Ints
    day: Ints
    latest: Ints
    confidence: Floats
    source: Ints
    sign: Ints
    people: Floats
    actors: Links
    places: Sites
    words: dict[str, Words]

    def is_(self, column: str, *words: str) -> Mask:
        """Whether the entries have one of these words in a column."""
        codes: Ints = getattr(self, column)
        return self.words[column].chosen(words)[codes]

    def positions(self, numbers: Sequence[int] | Ints) -> Ints:
        """Where the entries with these numbers stand; those that aren't there are left out."""
        wanted = np.asarray(numbers, dtype=np.int32)
        at = np.searchsorted(self.id, wanted)
        found = at < len(self.id)
        found[found] = self.id[at[found]] == wanted[found]
        return at[found].astype(np.int32)


_COLUMNS = tuple(each.name for each in fields(Arrays) if each.name not in ("actors", "places", "words"))


class Kept:
    """The arrays of a store, as they are now."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._arrays: Arrays | None = None
        self._made_at = Revision(-1, -1)

    def now(self) -> Arrays:
        """The arrays, brought up to date; one of several who ask at once does so."""
        with self._lock, self._store.asking() as asked:
            revision = revision_of(asked)
            arrays, then = self._arrays, self._made_at
            anew = revision.removals != then.removals or (self._store.veiled and revision.acts != then.acts)
            if arrays is None or anew:
                arrays = _more(asked, _empty())
            elif revision != then:
                arrays = _more(asked, arrays)
                if revision.acts != then.acts:
                    arrays = replace(arrays, review=_reviews(asked, arrays))
            self._arrays, self._made_at = arrays, revision
            return arrays


def _empty() -> Arrays:
    ints, floats = np.zeros(0, dtype=np.int32), np.zeros(0)
    actors, places = Links(ints, ints, ints), Sites(ints, ints, ints, floats, floats, ints.astype(np.bool_))
    words = {name: Words() for name in ("layer", "type", "status", "review", "source", "role")}
    words["review"].numbers(["unreviewed"])
    return Arrays(ints, ints, ints, ints, ints, ints, ints, ints, floats, ints, ints, floats, actors, places, words)


def _more(asked: Asking, arrays: Arrays) -> Arrays:
    """The arrays with what came after them."""
    last = int(arrays.id[-1]) if len(arrays.id) else 0
    parts = [arrays]
    while rows := asked.raw(sql(_ENTRIES, NAMED, last, _AT_ONCE)):
        parts.append(_part(asked, rows, arrays.words, last))
        last = rows[-1][0]
        if len(rows) < _AT_ONCE:
            break
    return _joined(parts) if len(parts) > 1 else arrays


def _part(asked: Asking, rows: Sequence[Sequence[Any]], words: dict[str, Words], after: int) -> Arrays:
    """Entries that come one after the other, from their rows."""
    number, report, layer, kind, status, review, day, latest, confidence, source = zip(*rows, strict=True)
    ids = _ints(number)
    said = (("layer", layer), ("type", kind), ("status", status), ("review", review), ("source", source))
    within = after, int(ids[-1])
    sign, people = np.zeros(len(ids), dtype=np.int32), np.full(len(ids), np.nan)
    for query, into in ((_SIGNS, sign), (_PEOPLE, people)):
        found = asked.raw(sql(query, *within))
        into[np.searchsorted(ids, [entry for entry, _ in found])] = [value for _, value in found]
    return Arrays(
        id=ids,
        report=_ints(report),
        day=_ordinals(day),
        latest=_ordinals(latest),
        confidence=np.array(confidence, dtype=np.float64),  # NaN where there is none
        sign=sign,
        people=people,
        actors=Links(*_linked(_columns(asked, _ACTORS, within, 3), ids, words["role"])),
        places=_sites(_columns(asked, _PLACES, within, 6), ids, words["role"]),
        words=words,
        **{name: words[name].numbers(column) for name, column in said},
    )


def _columns(asked: Asking, query: str, within: tuple[int, int], number: int) -> Sequence[Sequence[Any]]:
    rows = asked.raw(sql(query, *within, LISTED))
    return tuple(zip(*rows, strict=True)) if rows else ((),) * number


def _linked(columns: Sequence[Sequence[Any]], ids: Ints, roles: Words) -> tuple[Ints, Ints, Ints]:
    entry, merged, role = columns
    return np.searchsorted(ids, _ints(entry)).astype(np.int32), _ints(merged), roles.numbers(role)


def _sites(columns: Sequence[Sequence[Any]], ids: Ints, roles: Words) -> Sites:
    lat, lon = (np.nan_to_num(np.array(column, dtype=np.float64)) for column in columns[3:5])
    return Sites(*_linked(columns[:3], ids, roles), lat, lon, np.array(columns[5], dtype=np.bool_))


def _joined(parts: Sequence[Arrays]) -> Arrays:
    """Parts one after the other."""
    starts = np.cumsum([0, *(len(part.id) for part in parts[:-1])])
    return Arrays(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS},
        actors=_joined_links([part.actors for part in parts], starts),
        places=_joined_links([part.places for part in parts], starts),
        words=parts[0].words,
    )


def _joined_links(parts: Sequence[L], starts: npt.NDArray[np.int64]) -> L:
    at = np.concatenate([part.at + start for part, start in zip(parts, starts, strict=True)]).astype(np.int32)
    names = [field.name for field in fields(parts[0]) if field.name != "at"]
    return replace(parts[0], at=at, **{name: np.concatenate([getattr(p, name) for p in parts]) for name in names})


def _reviews(asked: Asking, arrays: Arrays) -> Ints:
    """The review states as they are now."""
    words = arrays.words["review"]
    found = np.full(len(arrays.id), words.number["unreviewed"], dtype=np.int32)
    rows = [row for row in asked.raw(sql(_REVIEWED, LISTED)) if row[0] <= arrays.id[-1]]
    found[arrays.positions([number for number, _ in rows])] = words.numbers([state for _, state in rows])
    return found


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)


def _ordinals(days: Sequence[str | None]) -> Ints:
    number = {day: date.fromisoformat(day[:10]).toordinal() if day else 0 for day in set(days)}
    return _ints(map(number.__getitem__, days))
