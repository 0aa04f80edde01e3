"""B³ (Bagga and Baldwin, 1998) and pairs: how far groups of mentions agree with the true ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

Groups = Mapping[str, str]  # mention to its group


def b_cubed(truth: Groups, found: Groups) -> dict[str, float]:
    """Precision, recall and F1 over the mentions that both group: each mention counts once."""
    both = [m for m in truth if m in found]
    true, made = _members(truth, both), _members(found, both)
    shared = {m: len(true[truth[m]] & made[found[m]]) for m in both}
    precision = sum(shared[m] / len(made[found[m]]) for m in both) / max(1, len(both))
    recall = sum(shared[m] / len(true[truth[m]]) for m in both) / max(1, len(both))
    return _scores(precision, recall)


def pairs(truth: Groups, found: Groups, apart: Callable[[str, str], bool] | None = None) -> dict[str, float]:
    """Precision, recall and F1 over pairs of mentions: the sterner figure, as what stands alone counts nothing.

    With `apart` only over those pairs of which it says so.
    """
    both = [m for m in truth if m in found]
    true, made = ({p for p in _pairs(groups, both) if apart is None or apart(*p)} for groups in (truth, found))
    right = len(true & made)
    return _scores(right / len(made) if made else 1.0, right / len(true) if true else 1.0)


def _members(groups: Groups, mentions: Sequence[str]) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        members[groups[m]].add(m)
    return members


def _pairs(groups: Groups, mentions: Sequence[str]) -> set[tuple[str, str]]:
    return {
        p for group in _members(groups, mentions).values() for p in combinations([m for m in mentions if m in group], 2)
    }


def _scores(precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
