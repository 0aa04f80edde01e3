"""How well forecasters did: Brier scores with their intervals, and calibration.

The probability of a forecast is the middle of the interval that its words are taken to mean, by
`knowledge/data/likelihood.yaml`. The Brier score (G. W. Brier, 1950) is the mean square of probability less outcome: 0
is perfect, 0.25 is what "fifty-fifty" always gets. Its interval is the 2.5th to 97.5th percentile of a bootstrap with a
fixed seed; that of a share is Wilson's (1927).
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import mean
from typing import Any

RESAMPLES = 1000
BINS = 5
_Z = 1.96  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Called:
    """A forecast as it is scored. `happened` is None where it isn't settled; `due` whether it says by when."""

    forecast: str
    forecaster: str
    outlet: str
    low: float | None
    high: float | None
    due: bool
    happened: bool | None

    @property
    def chance(self) -> float | None:
        """The probability given, or None where no word gives one."""
        return None if self.low is None or self.high is None else (self.low + self.high) / 2

    @property
    def resolvable(self) -> bool:
        """Whether it can be scored, now or some day: it says how likely, and by when or is settled."""
        return self.chance is not None and (self.due or self.happened is not None)


@dataclass(frozen=True, slots=True)
class Score:
    """A forecaster's or an outlet's record. Brier score and share of right calls are None where none is settled."""

    name: str
    made: int
    resolvable: int
    settled: int
    brier: float | None
    brier_low: float | None
    brier_high: float | None
    right: float | None  # share of settled calls on the right side of even

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for JSON and CSV."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Bin:
    """Settled forecasts of about one probability: its mean, and the share that happened with its interval."""

    count: int
    chance: float
    happened: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for JSON and CSV."""
        return asdict(self)


def scores(called: Iterable[Called], by: Callable[[Called], str]) -> list[Score]:
    """A score for each forecaster or outlet, those with most settled forecasts first."""
    groups: dict[str, list[Called]] = defaultdict(list)
    for each in called:
        groups[by(each)].append(each)
    found = [_score(name, group) for name, group in groups.items()]
    return sorted(found, key=lambda s: (-s.settled, -s.made, s.name))


def _score(name: str, group: Sequence[Called]) -> Score:
    errors, right = [], []
    for each in group:
        if each.chance is not None and each.happened is not None:
            errors.append((each.chance - each.happened) ** 2)
            if each.chance != 0.5:
                right.append((each.chance > 0.5) == each.happened)
    low, high = _bootstrap(errors) if errors else (None, None)
    return Score(
        name=name,
        made=len(group),
        resolvable=sum(each.resolvable for each in group),
        settled=len(errors),
        brier=round(mean(errors), 3) if errors else None,
        brier_low=low,
        brier_high=high,
        right=round(mean(right), 3) if right else None,
    )


def _bootstrap(errors: Sequence[float]) -> tuple[float, float]:
    draw = random.Random(0)
    means = sorted(mean(draw.choices(errors, k=len(errors))) for _ in range(RESAMPLES))
    return round(means[int(0.025 * RESAMPLES)], 3), round(means[int(0.975 * RESAMPLES) - 1], 3)


def calibration(called: Iterable[Called], bins: int = BINS) -> list[Bin]:
    """How often what was called so likely happened, in equal steps of probability; empty steps are left out."""
    groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for each in called:
        if each.chance is not None and each.happened is not None:
            groups[min(bins - 1, int(each.chance * bins))].append((each.chance, each.happened))
    return [_bin(groups[n]) for n in sorted(groups)]


def _bin(group: Sequence[tuple[float, bool]]) -> Bin:
    happened = mean(h for _, h in group)
    low, high = wilson(sum(h for _, h in group), len(group))
    return Bin(len(group), round(mean(c for c, _ in group), 3), round(happened, 3), low, high)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    share, z2 = hits / of, _Z * _Z
    middle = share + z2 / (2 * of)
    half = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    whole = 1 + z2 / of
    return round(max(0.0, (middle - half) / whole), 3), round(min(1.0, (middle + half) / whole), 3)
