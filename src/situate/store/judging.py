"""One person's decision on an entry, however it is said: the entry by its key, what stood before, what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from situate.errors import SituateError
from situate.store.decisions import SHOWN, Decision, ReviewState, review_state, standing
from situate.store.opinions import corrected
from situate.store.sql import sql
from situate.store.store import Store

_NAMED = """SELECT key FROM entries WHERE key >= ? AND key < ? AND layer NOT IN ('actors', 'places')
    ORDER BY key LIMIT 2"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision as it was kept, and what all decisions on its entry come to."""

    made: Decision
    review: ReviewState


def judge(store: Store, said: Decision, found: Callable[[], Any] | None = None) -> Judged:
    """Keep a decision. Raises SituateError where there is no such entry, no field to correct, or nothing to undo.

    A correction gets what stood before: what an earlier one came to, or else what `found` says that the reader found.
    Without `found` it has its own.
    """
    if said.decision == "correct" and not said.field:
        raise SituateError("correct needs the field that is corrected, and its value after")
    states_of(store, [said.entry_key])
    trail = store.decisions(said.entry_key)
    if said.decision == "undo" and len(standing([*trail, said])) == len(standing(trail)):
        raise SituateError(f"nothing that {said.who} decided on {said.entry_key} stands; there is nothing to undo")
    made = _with_before(said, trail, found) if said.decision == "correct" and found else said
    store.decide(made)
    return Judged(made, review_state([*trail, made]))


def states_of(store: Store, keys: Iterable[str]) -> dict[str, ReviewState]:
    """The review states of entries. Raises SituateError where there is no such entry."""
    wanted = list(keys)
    with store.asking() as asked:
        found = dict(asked.tuples(sql("SELECT key, review FROM entries WHERE key IN (?)", wanted)))
    for key in wanted:
        if key not in found:
            raise SituateError(no_entry(key))
    return found


def entries_named(store: Store, names: Sequence[str]) -> list[str]:
    """The keys of the entries that go by these names, each once; a name is a key, or a beginning that only one has.

    Raises SituateError for a name that no entry has, or more than one. Actors and places are not meant: nobody reviews
    them.
    """
    with store.asking() as asked:
        found = {name: asked.tuples(sql(_NAMED, name, f"{name}\U0010ffff")) for name in dict.fromkeys(names)}
    return list(dict.fromkeys(_only(name, [key for (key,) in keys]) for name, keys in found.items()))


def no_entry(key: str) -> str:
    """That no entry has a key, in one line."""
    return f"{key}: no entry with that key; see situate events --json, or /api/layers/events"


def now() -> str:
    """The time of a decision: several may be made in a second, and are told apart."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _only(name: str, keys: list[str]) -> str:
    if not name or not keys:
        raise SituateError(no_entry(name))
    if len(keys) > 1 and keys[0] != name:  # the second entry in the same words has the first one's key, and more
        raise SituateError(f"{name}: more than one entry has a key that begins so, as {keys[0]} and {keys[1]}")
    return keys[0]


def _with_before(said: Decision, trail: Iterable[Decision], found: Callable[[], Any]) -> Decision:
    if said.field == SHOWN:
        return replace(said, before=None)
    earlier = corrected(trail, str(said.field))
    return replace(said, before=earlier.after if earlier else found())
