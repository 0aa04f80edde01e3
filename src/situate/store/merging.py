"""Two stores become one: nothing lost, nothing doubled."""

from __future__ import annotations

from dataclasses import dataclass

from situate.store.comments import comments, keep_comments
from situate.store.runs import take_over_runs
from situate.store.store import Store


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge did."""

    added: int  # reports
    had: int
    decisions: int
    comments: int = 0
    runs: int = 0


def merge(into: Store, other: Store) -> Merge:
    """Put into one store what only the other has: reports with their pictures, decisions, comments, runs.

    A report that both have stays as `into` has it. Interrupted, it can be run again.
    """
    added = had = 0
    for kept in other.kept():
        if into.add(kept.picture, added_at=kept.added_at):
            added += 1
        else:
            had += 1
    decided, said = into.decide(*other.decisions()), keep_comments(into, comments(other))
    return Merge(added, had, decided, said, take_over_runs(into, other))
