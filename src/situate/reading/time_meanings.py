"""What time expressions mean on a clock: one function a pattern of the grammar.

Each takes the pattern's match, whose named groups are the words it turns on, and the clock; it gives an interval, or
None where the words can't be dated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from situate.knowledge.times import Unit, time_words
from situate.reading import time_values as values
from situate.reading.time_values import DAY, Clock, Interval


def _month_number(m: re.Match[str]) -> int:
    return time_words().months[m["month"].lower().rstrip(".")]


def _part_of(m: re.Match[str]) -> tuple[int, int] | None:
    said = (m["part"] or "").lower().rstrip("- ")
    parts = time_words().parts
    return parts.get(said) or parts.get(f"the {said}")


def _count_of(m: re.Match[str]) -> tuple[int, int]:
    said = (m["num"] or "one").lower()
    if said.isdigit():
        return int(said), int(said)
    return time_words().numbers[said]


def _unit_of(m: re.Match[str]) -> Unit:
    said = m["unit"].lower()
    units = time_words().units
    return units.get(said) or units.get(said[:-1]) or units["century"]


def days_of_month(m: re.Match[str], clock: Clock) -> Interval | None:
    """A day of a month, or some days of it, with or without the year."""
    first, last = int(m["day"]), int(m["last"] or m["day"])

    def of(year: int) -> Interval | None:
        start, stop = values.day(year, _month_number(m), first), values.day(year, _month_number(m), last)
        return Interval(start.first, stop.last) if start and stop else None

    return in_year(m, clock, of)


def in_year(m: re.Match[str], clock: Clock, of: Callable[[int], Interval | None]) -> Interval | None:
    """What a function of the year gives for the year that the words name, or the one that is meant without."""
    if m["year"]:
        return of(int(m["year"]))
    which = (m.groupdict().get("which") or "").lower()
    if which and clock.published:
        shift = {"last": -1, "next": 1}.get(which.split()[0], 0)
        return of(clock.published.year + shift)
    base = clock.year or (clock.published.year if clock.published else None)
    if base is None:
        return None
    told = values.on_weekday(clock, of, m.groupdict().get("of_week"), base)
    return told or values.yearless(clock, [x for y in (base - 1, base, base + 1) if (x := of(y))])


def month_value(m: re.Match[str], clock: Clock) -> Interval | None:
    """A month or a part of it: "early June 2015", "last March"."""
    twelfths, said = _part_of(m), (m["rel"] or "").lower()
    if said and not m["year"]:
        if clock.published is None:
            return None
        whole = _relative_month(_month_number(m), said, clock.published)
    else:
        whole = in_year(m, clock, lambda year: values.months(year, _month_number(m)))
    return values.part(whole, twelfths)


def _relative_month(month: int, said: str, today: date) -> Interval | None:
    choices = [values.months(today.year + shift, month) for shift in (-1, 0, 1)]
    known = [c for c in choices if c and c.first and c.last]
    if said.startswith("next"):
        return next((c for c in known if c.first and c.first > today), None)
    if said.startswith(("last", "this past")):
        return next((c for c in reversed(known) if c.last and c.last < today), None)
    return known[1]


def iso_date(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "2018-07-25"."""
    return values.day(int(m["year"]), int(m["month"]), int(m["day"]))


def dotted_date(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "25.07.2018"."""
    return values.day(int(m["year"]), int(m["mon"]), int(m["day"]))


def year_value(m: re.Match[str], clock: Clock) -> Interval | None:
    """A year, a part of one, or some years: "2011", "mid-2015", "1997-1999"."""
    first = int(m["year"])
    last = m["last"]
    if last:
        stop = int(last) if len(last) == 4 else first - first % 100 + int(last)
        return Interval(date(first, 1, 1), date(stop, 12, 31)) if first <= stop <= 2199 else None
    return values.part(values.years(first), _part_of(m))


def fiscal_year(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "FY 2017": that of the United States, from October to September."""
    return values.months(int(m["year"]) - 1, 10, 12)


def decade_value(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "the late 1990s"."""
    whole = values.years(int(m["decade"]), 10)
    twelfths = _part_of(m)
    if whole is None or whole.first is None or twelfths is None:
        return whole
    start, stop = round(10 * twelfths[0] / 12), round(10 * twelfths[1] / 12)
    return values.years(whole.first.year + start, max(1, stop - start))


def weekday_value(m: re.Match[str], clock: Clock) -> Interval | None:
    """The day of that name next to the report's date: before it, or after it where the verb or a word says so."""
    today = clock.published
    if today is None:
        return None
    wanted, said = time_words().weekdays[m["weekday"].lower().rstrip(".")], (m["rel"] or "").lower()
    back, ahead = (today.weekday() - wanted) % 7, (wanted - today.weekday()) % 7
    if said.startswith("next"):
        found = today + timedelta(days=ahead or 7)
    elif said.startswith(("last", "this past", "this last")):
        found = today - timedelta(days=back or 7)
    elif said.startswith(("this coming", "coming")) or clock.future:
        found = today + timedelta(days=ahead)
    else:
        found = today - timedelta(days=back)
    return Interval(found, found)


def deictic_value(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "today", "last night": days from the report's date."""
    if clock.published is None:
        return None
    first, last = time_words().deictic[" ".join(m[0].lower().split())]
    return Interval(clock.published + first * DAY, clock.published + last * DAY)


def weekend_value(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "over the weekend", "next weekend"."""
    if clock.published is None:
        return None
    said = (m["rel"] or "").lower()
    ahead = clock.future or said.startswith(("next", "coming", "this coming"))
    started = clock.published.weekday() >= 5
    shift = 1 if ahead else -1 if said.startswith("last") and started else 0
    return values.weekend(clock.published, shift)


def unit_shift(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "last week", "this month", "early next year": whole units about the report's date."""
    base = clock.published
    if base is None:
        return None
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(m["rel"].lower().split()[-1], 0)
    return values.part(_whole_unit(m["unit"].lower(), base, shift), _part_of(m))


def _whole_unit(unit: str, base: date, shift: int) -> Interval | None:
    if unit == "week":
        return values.week(base, shift)
    if unit == "month":
        return values.months(base.year, base.month + shift)
    if unit == "quarter":
        return values.months(base.year, base.month - (base.month - 1) % 3 + 3 * shift, 3)
    if unit == "year":
        return values.years(base.year + shift)
    if unit == "decade":
        return values.years(base.year - base.year % 10 + 10 * shift, 10)
    if unit == "century":
        return values.years(base.year - base.year % 100 + 100 * shift, 100)
    return Interval(base + shift * DAY, base + shift * DAY)


def narrative_unit(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "that day", "the following month", "the previous night": whole units about the narrative's time."""
    base = clock.narrative
    if base is None or base.first is None or base.last is None:
        return None
    said, unit = m["rel"].lower(), m["unit"].lower()
    unit = {"evening": "day", "morning": "day", "afternoon": "day", "night": "day"}.get(unit, unit)
    if said.startswith(("next", "following", "after")):
        return _whole_unit(unit, base.last, 1) if unit != "day" or base.is_day else None
    if said.startswith(("previous", "preceding", "before")):
        return _whole_unit(unit, base.first, -1) if unit != "day" or base.is_day else None
    return _whole_unit(unit, base.first, 0) if unit != "day" or base.is_day else None


def ago(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "two weeks ago"; open to the past for "more than a year ago"."""
    if clock.published is None:
        return None
    least, most = _count_of(m)
    unit = _unit_of(m)
    far, near = values.shifted(clock.published, unit, -most), values.shifted(clock.published, unit, -least)
    if least != most:
        return Interval(far, near)
    more = re.match(r"(?:more than|over|at least)", m["mod"] or "", re.I)
    return Interval(None, far) if more else values.around(far, unit)


def later(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "two days later", "a week earlier": a shift of the narrative's time."""
    base = clock.narrative
    if base is None or base.first is None or base.last is None:
        return None
    least, most = _count_of(m)
    unit, back = _unit_of(m), m["way"].lower() in ("earlier", "before", "previously")
    sign = -1 if back else 1
    ends = [values.shifted(b, unit, sign * n) for b, n in ((base.first, least), (base.last, least), (base.first, most))]
    known = sorted(e for e in ends if e is not None)
    if not known:
        return None
    if least != most or unit.months < 1 or not base.is_day:
        return Interval(known[0], known[-1])
    return values.around(known[0], unit)


def span_past(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "in the past two weeks", "over the last 24 hours"."""
    if clock.published is None:
        return None
    _, most = _count_of(m)
    return Interval(values.shifted(clock.published, _unit_of(m), -most), clock.published)


def span_next(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "within 48 hours", "in the next two years", "in three days"."""
    if clock.published is None:
        return None
    _, most = _count_of(m)
    return Interval(clock.published, values.shifted(clock.published, _unit_of(m), most))


def recent(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "in recent weeks", "in the coming months": some of the unit, no more than six."""
    if clock.published is None:
        return None
    ahead = m["way"].lower() in ("coming", "next", "ahead")
    edge = values.shifted(clock.published, _unit_of(m), 6 if ahead else -6)
    return Interval(clock.published, edge) if ahead else Interval(edge, clock.published)


def season_value(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "the summer of 2013", "last winter", "in the spring", of the north."""
    start, said = time_words().seasons[m["season"].lower()], (m["rel"] or "").lower()
    bare = not said and not m.groupdict().get("which")
    if clock.published and not m["year"] and (said or (bare and clock.year is None)):
        choices = [s for shift in (-1, 0, 1) if (s := values.months(clock.published.year + shift, start, 3))]
        if said.startswith("next"):
            whole = next((c for c in choices if c.first and c.first > clock.published), None)
        elif said.startswith("last"):
            whole = next((c for c in reversed(choices) if c.last and c.last < clock.published), None)
        elif clock.future:
            whole = next((c for c in choices if c.last and c.last >= clock.published), None)
        else:
            whole = next((c for c in reversed(choices) if c.first and c.first <= clock.published), None)
    else:
        whole = in_year(m, clock, lambda year: values.months(year, start, 3))
    return values.part(whole, _part_of(m))


def same_time(m: re.Match[str], clock: Clock) -> Interval | None:
    """A time of day: the day that the narrative has reached."""
    return clock.narrative if clock.narrative and clock.narrative.is_day else None


def quarter_of(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "the third quarter of 2015"."""
    which = {"first": 0, "second": 1, "third": 2, "fourth": 3}
    index = int(m["which_quarter"]) - 1 if m["which_quarter"] else which[m[0].lower().split()[1]]
    return values.months(int(m["year"]), 1 + 3 * index, 3)


def end_of_unit(m: re.Match[str], clock: Clock) -> Interval | None:
    """ "by the end of the month"."""
    base = (clock.narrative.first if clock.narrative and not clock.future else None) or clock.published
    whole = _whole_unit(m["unit"].lower(), base, 0) if base else None
    return Interval(None, whole.last) if whole else None
