"""Stories do not depend on the order in which reports come, and hardly change as a store grows."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations
from statistics import mean

import pytest

from situate.picture.stories import TOLERANCE, Story, Told, stories

TOPICS, REPORTS = 14, 6


def invented(seed: int = 0) -> list[Told]:
    """Reports of several topics, each over ten days; all name a country, and some name another topic's place too."""
    chance = random.Random(seed)
    reports = []
    for topic in range(TOPICS):
        begin = date(2018, 1, 1) + timedelta(chance.randrange(60))
        for n in range(REPORTS):
            names = {"country": 3} | {f"{topic}-{k}": chance.randint(1, 4) for k in chance.sample(range(6), 4)}
            if n % 3 == 0:
                names[f"{chance.randrange(TOPICS)}-0"] = 1
            day = (begin + timedelta(chance.randrange(10))).isoformat()
            counted = tuple((key, key, times) for key, times in sorted(names.items()))
            reports.append(Told(f"{topic:02d}.{n}", f"Topic {topic}", "Tern Wire", day, counted))
    return reports


def together(found: Iterable[Story]) -> set[tuple[str, str]]:
    return {pair for s in found for pair in combinations(sorted(r.report for r in s.reports), 2)}


@pytest.mark.parametrize("seed", range(3))
def test_any_order_gives_the_same_stories(seed: int) -> None:
    reports = invented(seed)
    first = stories(reports)
    for n in range(3):
        random.Random(n).shuffle(reports)
        assert stories(reports) == first


@pytest.mark.parametrize("seed", range(3))
def test_stories_are_the_topics(seed: int) -> None:
    found = together(stories(invented(seed)))
    true = {p for p in combinations(sorted(r.report for r in invented(seed)), 2) if p[0][:2] == p[1][:2]}
    assert len(found & true) / len(found) > 0.9
    assert len(found & true) / len(true) > 0.8


@pytest.mark.parametrize("seed", range(3))
def test_a_report_more_hardly_changes_the_stories_of_the_others(seed: int) -> None:
    reports = invented(seed)
    random.Random(seed).shuffle(reports)
    before, changed = together(stories(reports[:40])), []
    for n in range(41, len(reports) + 1):
        known = {r.report for r in reports[: n - 1]}
        after = together(stories(reports[:n]))
        still = {pair for pair in after if set(pair) <= known}
        changed.append(len(before ^ still) / len(before | still))
        before = after
    assert mean(changed) <= TOLERANCE


def test_reports_a_month_apart_are_two_stories() -> None:
    names = (("a", "A", 2), ("b", "B", 2))
    far = [Told(str(n), None, None, day, names) for n, day in enumerate(("2018-01-01", "2018-02-10"))]
    assert len(stories(far)) == 2
    assert len(stories([far[0], Told("2", None, None, "2018-01-03", names)])) == 1


def test_an_undated_report_may_belong_to_any_day() -> None:
    names = (("a", "A", 2), ("b", "B", 2))
    assert len(stories([Told("1", None, None, None, names), Told("2", None, None, "2018-01-03", names)])) == 1
