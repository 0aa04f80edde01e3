"""What feasts and other dated occasions mean on a clock: "Ramadan", "the eve of Eid al-Fitr", "last Christmas"."""

from __future__ import annotations

import re

from situate.knowledge.times import occasion_dates
from situate.reading import time_values as values
from situate.reading.time_meanings import in_year
from situate.reading.time_values import DAY, Clock, Interval


def occasion_value(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "Ramadan", "the eve of Eid al-Fitr": the one next to the report's date where neither year nor "last" is said."""
    return _part_of_occasion(_occasion(m, clock), " ".join((m["part"] or "").lower().split()[1:-1]))


def _occasion(m: re.Match[str], clock: Clock) -> Interval | None:
    name = re.sub(r"\s+", " ", m["occasion"].replace("’", "'"))

    def all_of(year: int) -> list[Interval]:
        return [Interval(*dates) for dates in occasion_dates(name, year)]

    if m["year"] or m["which"] or clock.published is None:
        return in_year(m, clock, lambda year: next(iter(all_of(year)), None))
    today, said = clock.published, (m["rel"] or "").lower()
    near = [x for year in (today.year - 1, today.year, today.year + 1) for x in all_of(year) if x.first and x.last]
    if said == "last":
        return next((x for x in reversed(near) if x.last and x.last < today), None)
    if said == "next":
        return next((x for x in near if x.first and x.first > today), None)
    return min(near, key=lambda x: abs((x.first or today) - today), default=None)


def _part_of_occasion(whole: Interval | None, part: str) -> Interval | None:
    """The eve of some days, one of them, or the third of a month that their beginning or end is."""
    if whole is None or whole.first is None or whole.last is None or not part:
        return whole
    if part == "eve":
        return Interval(whole.first - DAY, whole.first - DAY)
    if part.endswith("day"):
        at = {"first": whole.first, "second": whole.first + DAY, "third": whole.first + 2 * DAY}
        day = at.get(part.split()[0], whole.last)
        return Interval(day, day)
    return values.part(whole, {"end": (8, 12), "middle": (4, 8)}.get(part, (0, 4)))
