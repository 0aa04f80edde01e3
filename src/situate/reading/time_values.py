"""Arithmetic of time expressions: intervals of days from calendar words, a report's date and the narrative's."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from situate.knowledge.times import Unit, time_words

YEARS_BACK = 6  # a date falls on the same weekday again after five, six or eleven years
SOON = 92  # days after a report that a date without its year may mean
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both inclusive; open where an end is None."""

    first: date | None
    last: date | None

    @property
    def is_day(self) -> bool:
        """Whether it is one single day."""
        return self.first is not None and self.first == self.last


@dataclass(slots=True)
class Clock:
    """What a time expression is read against.

    `published`: the report's date. `narrative`: the last time that the text has named. `year`: the year that the text
    is about, where it has named one nearby. `future`: whether the verb speaks of what is to come.
    """

    published: date | None
    narrative: Interval | None = None
    year: int | None = None
    future: bool = False


def day(year: int, month: int, number: int) -> Interval | None:
    """One day, or None where there is no such day."""
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return Interval(found, found)


def months(year: int, month: int, count: int = 1) -> Interval | None:
    """`count` whole months from a month on; months beyond 12 run into the next year."""
    years, index = divmod(month - 1, 12)
    end_years, end = divmod(month - 1 + count - 1, 12)
    if not 1 <= year + years <= 9998 or year + end_years > 9998:
        return None
    last = date(year + end_years, end + 1, monthrange(year + end_years, end + 1)[1])
    return Interval(date(year + years, index + 1, 1), last)


def years(year: int, count: int = 1) -> Interval | None:
    """`count` whole years."""
    return months(year, 1, 12 * count)


def week(of: date, shift: int = 0) -> Interval:
    """The week, Monday to Sunday, `shift` weeks from the one that holds a day."""
    first = of - timedelta(days=of.weekday()) + timedelta(weeks=shift)
    return Interval(first, first + timedelta(days=6))


def weekend(of: date, shift: int) -> Interval:
    """Saturday and Sunday: 0 the latest that has begun by the day, 1 the next."""
    saturday = of - timedelta(days=(of.weekday() - 5) % 7) + timedelta(weeks=shift)
    return Interval(saturday, saturday + DAY)


def part(whole: Interval | None, twelfths: tuple[int, int] | None) -> Interval | None:
    """A part of an interval, given as twelfths of it; ends fall on whole months where the interval is a year."""
    if whole is None or whole.first is None or whole.last is None or twelfths is None:
        return whole
    days = (whole.last - whole.first).days + 1
    if days in (365, 366):
        return months(whole.first.year, whole.first.month + twelfths[0], twelfths[1] - twelfths[0])
    start = round(days * twelfths[0] / 12)
    stop = max(start + 1, round(days * twelfths[1] / 12))
    return Interval(whole.first + timedelta(days=start), whole.first + timedelta(days=stop - 1))


def shifted(base: date, unit: Unit, count: int) -> date | None:
    """A day `count` units later (earlier where negative); the day of the month is kept, or the month's last."""
    try:
        if not unit.months:
            return base + timedelta(days=unit.days * count, hours=0) + hours(unit, count)
        year, index = divmod(base.year * 12 + base.month - 1 + unit.months * count, 12)
        return date(year, index + 1, min(base.day, monthrange(year, index + 1)[1]))
    except (ValueError, OverflowError):
        return None


def hours(unit: Unit, count: int) -> timedelta:
    """Hours as whole days, rounded away from nought where they make more than half a day."""
    whole, rest = divmod(abs(unit.hours * count), 24)
    days = whole + (rest > 12)
    return timedelta(days=days if count >= 0 else -days)


def around(point: date | None, unit: Unit) -> Interval | None:
    """What "N units ago" means: the day for days, the half week about it for weeks, else the whole unit."""
    if point is None:
        return None
    if unit.months >= 12:
        return years(point.year)
    if unit.months:
        return months(point.year, point.month)
    slack = timedelta(days=3) if unit.days >= 7 else timedelta(0)
    return Interval(point - slack, point + slack)


def on_weekday(clock: Clock, of: Callable[[int], Interval | None], said: str | None, year: int) -> Interval | None:
    """Of one date in several years, the one on the weekday said, nearest to a year and not long after the report."""
    if said is None:
        return None
    weekday, years = time_words().weekdays[said.lower().rstrip(".")], range(year - YEARS_BACK, year + 2)
    dates = [x for y in years if (x := of(y)) and x.first and x.first.weekday() == weekday]
    if clock.published is not None:
        soon = clock.published + timedelta(days=366 if clock.future else SOON)
        dates = [x for x in dates if x.first and x.first <= soon]
    return min(dates, key=lambda x: abs(x.first.year - year) if x.first else 0, default=None)


def yearless(clock: Clock, candidates: list[Interval]) -> Interval | None:
    """Of one date in several years (in order), the one meant: of the narrative's year, else nearest to the report."""
    known = [c for c in candidates if c.first is not None and c.last is not None]
    if clock.year is not None:
        same = [c for c in known if c.first is not None and c.first.year == clock.year]
        reference = clock.narrative.first if clock.narrative else None
        if same and (reference is None or reference.year != clock.year):
            return same[0]
        if reference is not None:
            later = [c for c in known if c.last is not None and c.last >= reference - timedelta(days=120)]
            return later[0] if later else next(iter(same), None)
        return same[0] if same else None
    if clock.published is None:
        return None
    if clock.future:
        return next((c for c in known if c.last is not None and c.last >= clock.published), None)
    past = [c for c in known if c.first is not None and c.first <= clock.published]
    return past[-1] if past else None
