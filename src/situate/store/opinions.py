"""What each reviewer thinks of an entry, what stood before each decision, and how far two reviewers agree.

Agreement is told as the share of entries judged alike, and as Cohen's kappa, which takes off what chance alone would
give (J. Cohen, "A coefficient of agreement for nominal scales", 1960); over accepted, corrected, rejected and unsure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from situate.store.decisions import TOGETHER, Decision, ReviewState, review_state, standing


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers, how many entries both judged, and how alike; kappa is None where chance explains everything."""

    one: str
    other: str
    both: int
    same: int
    kappa: float | None
    apart: tuple[str, ...]  # the keys of the entries that they judge differently

    @property
    def raw(self) -> float:
        """The share of the entries that both judged, and judged alike."""
        return self.same / self.both


def opinions(decisions: Iterable[Decision]) -> dict[str, dict[str, ReviewState]]:
    """What each person's own decisions on an entry come to, by entry and person."""
    found: dict[str, dict[str, ReviewState]] = {}
    for key, made in _by_entry(decisions).items():
        people = {each.who for each in made}
        states = {who: review_state(each for each in made if each.who == who) for who in sorted(people)}
        found[key] = {who: state for who, state in states.items() if state != "unreviewed"}
    return {key: states for key, states in found.items() if states}


def agreements(decisions: Iterable[Decision]) -> list[Agreement]:
    """How far each two reviewers agree who judged some of the same entries, those with most in common first."""
    judged = opinions(decisions)
    people = sorted({who for states in judged.values() for who in states})
    found = [_agreement(one, other, judged) for one, other in combinations(people, 2)]
    return sorted((each for each in found if each.both), key=lambda a: (-a.both, a.one, a.other))


def _agreement(one: str, other: str, judged: Mapping[str, Mapping[str, ReviewState]]) -> Agreement:
    pairs = {key: (s[one], s[other]) for key, s in judged.items() if one in s and other in s}
    same = sum(a == b for a, b in pairs.values())
    apart = tuple(sorted(key for key, (a, b) in pairs.items() if a != b))
    return Agreement(one, other, len(pairs), same, kappa(pairs.values()), apart)


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of judgements: 1 where all are alike, 0 where no more than by chance."""
    some = list(pairs)
    if not some:
        return None
    observed = sum(a == b for a, b in some) / len(some)
    first, second = Counter(a for a, _ in some), Counter(b for _, b in some)
    expected = sum(first[state] * second[state] for state in first) / len(some) ** 2
    return (observed - expected) / (1 - expected) if expected < 1 else None


def stood_before(decisions: Iterable[Decision]) -> dict[str, ReviewState]:
    """The review state that each decision found, by the decision's key."""
    found: dict[str, ReviewState] = {}
    for made in _by_entry(decisions).values():
        for n, decision in enumerate(made):
            found[decision.key] = review_state(made[:n])
    return found


def trail_of(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """Decisions as plain values, each with its key and the review state that it found."""
    trail = list(decisions)
    stood = stood_before(trail)
    return [made.to_dict() | {"stood": stood[made.key]} for made in trail]


def stands_of(decisions: Iterable[Decision], who: str) -> list[Decision]:
    """A person's decisions that stand, oldest first: what an undo would take back is the last."""
    return [each for each in standing(decisions) if each.who == who]


def corrected(decisions: Iterable[Decision], field: str) -> Decision | None:
    """The last correction of a field that stands."""
    made = [each for each in standing(decisions) if each.decision == "correct" and each.field == field]
    return made[-1] if made and field not in TOGETHER else None


def _by_entry(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    by_entry: dict[str, list[Decision]] = defaultdict(list)
    for decision in sorted(decisions, key=lambda each: (each.made_at, each.key)):
        by_entry[decision.entry_key].append(decision)
    return by_entry
