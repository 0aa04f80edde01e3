"""The grammar of English time expressions: patterns in families, each with what it means on a clock.

A family is tried on a sentence only where one of its trigger words is in it. A pattern's meaning is a function of its
match and the clock; it gives an interval, or None where the words can't be dated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from situate.contract import TimeAnchor
from situate.knowledge.times import TimeWords, Unit, occasion_dates, time_words
from situate.reading import time_values as values
from situate.reading.time_values import DAY, Clock, Interval

Meaning = Callable[[re.Match[str], Clock], Interval | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what it means, and what it is anchored on."""

    pattern: re.Pattern[str]
    meaning: Meaning
    anchor: TimeAnchor
    only_future: bool = False  # a time only where the verb speaks of what is to come ("in three days")


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression in a text: its offsets there, and its rule's match."""

    start: int
    end: int
    rule: Rule
    match: re.Match[str]

    def value(self, clock: Clock) -> Interval | None:
        """What it means on a clock."""
        return self.rule.meaning(self.match, clock)


def expressions(text: str, words: set[str]) -> list[Found]:
    """The time expressions of a text, longest first where they overlap. `words`: its tokens in lower case."""
    found: list[Found] = []
    for triggers, rules in _families():
        if triggers.isdisjoint(words):
            continue
        for rule in rules:
            found += (Found(m.start(), m.end(), rule, m) for m in rule.pattern.finditer(text))
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept


# ------------------------------------------------------------------------------------------------ what words mean


def _month(m: re.Match[str]) -> int:
    return time_words().months[m["month"].lower().rstrip(".")]


def _part_of(m: re.Match[str]) -> tuple[int, int] | None:
    said = (m["part"] or "").lower().rstrip("- ")
    parts = time_words().parts
    return parts.get(said) or parts.get(f"the {said}")


def _count(m: re.Match[str]) -> tuple[int, int]:
    said = (m["num"] or "one").lower()
    if said.isdigit():
        return int(said), int(said)
    return time_words().numbers[said]


def _unit(m: re.Match[str]) -> Unit:
    said = m["unit"].lower()
    units = time_words().units
    return units.get(said) or units.get(said[:-1]) or units["century"]


def _days(m: re.Match[str], clock: Clock) -> Interval | None:
    """A day of a month, or some days of it, with or without the year."""
    first, last = int(m["day"]), int(m["last"] or m["day"])

    def of(year: int) -> Interval | None:
        start, stop = values.day(year, _month(m), first), values.day(year, _month(m), last)
        return Interval(start.first, stop.last) if start and stop else None

    return _in_year(m, clock, of)


def _in_year(m: re.Match[str], clock: Clock, of: Callable[[int], Interval | None]) -> Interval | None:
    if m["year"]:
        return of(int(m["year"]))
    which = (m.groupdict().get("which") or "").lower()
    if which and clock.published:
        shift = {"last": -1, "next": 1}.get(which.split()[0], 0)
        return of(clock.published.year + shift)
    base = clock.year or (clock.published.year if clock.published else None)
    if base is None:
        return None
    return values.yearless(clock, [x for y in (base - 1, base, base + 1) if (x := of(y))])


def _month_value(m: re.Match[str], clock: Clock) -> Interval | None:
    twelfths, said = _part_of(m), (m["rel"] or "").lower()
    if said and not m["year"]:
        if clock.published is None:
            return None
        whole = _relative_month(_month(m), said, clock.published)
    else:
        whole = _in_year(m, clock, lambda year: values.months(year, _month(m)))
    return values.part(whole, twelfths)


def _relative_month(month: int, said: str, today: date) -> Interval | None:
    choices = [values.months(today.year + shift, month) for shift in (-1, 0, 1)]
    known = [c for c in choices if c and c.first and c.last]
    if said.startswith("next"):
        return next((c for c in known if c.first and c.first > today), None)
    if said.startswith(("last", "this past")):
        return next((c for c in reversed(known) if c.last and c.last < today), None)
    return known[1]


def _iso(m: re.Match[str], clock: Clock) -> Interval | None:
    return values.day(int(m["year"]), int(m["month"]), int(m["day"]))


def _dotted(m: re.Match[str], clock: Clock) -> Interval | None:
    return values.day(int(m["year"]), int(m["mon"]), int(m["day"]))


def _year(m: re.Match[str], clock: Clock) -> Interval | None:
    first = int(m["year"])
    last = m["last"]
    if last:
        stop = int(last) if len(last) == 4 else first - first % 100 + int(last)
        return Interval(date(first, 1, 1), date(stop, 12, 31)) if first <= stop <= 2199 else None
    return values.part(values.years(first), _part_of(m))


def _fiscal(m: re.Match[str], clock: Clock) -> Interval | None:
    return values.months(int(m["year"]) - 1, 10, 12)  # the US federal fiscal year


def _quarter(m: re.Match[str], clock: Clock) -> Interval | None:
    which = {"1": 0, "2": 1, "3": 2, "4": 3, "first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3}
    start = 1 + 3 * which[m["which_quarter"].lower()]
    return _in_year(m, clock, lambda year: values.months(year, start, 3))


def _decade(m: re.Match[str], clock: Clock) -> Interval | None:
    whole = values.years(int(m["decade"]), 10)
    twelfths = _part_of(m)
    if whole is None or whole.first is None or twelfths is None:
        return whole
    start, stop = round(10 * twelfths[0] / 12), round(10 * twelfths[1] / 12)
    return values.years(whole.first.year + start, max(1, stop - start))


def _weekday(m: re.Match[str], clock: Clock) -> Interval | None:
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


_DEICTIC = {
    "today": (0, 0), "tonight": (0, 0), "this morning": (0, 0), "this afternoon": (0, 0), "this evening": (0, 0),
    "earlier today": (0, 0), "later today": (0, 0), "yesterday": (-1, -1), "late yesterday": (-1, -1),
    "early yesterday": (-1, -1), "last night": (-1, -1), "yesterday morning": (-1, -1), "yesterday evening": (-1, -1),
    "yesterday afternoon": (-1, -1), "tomorrow": (1, 1), "tomorrow morning": (1, 1), "tomorrow night": (1, 1),
    "overnight": (-1, 0), "the day before yesterday": (-2, -2), "the day after tomorrow": (2, 2),
}  # fmt: skip


def _deictic(m: re.Match[str], clock: Clock) -> Interval | None:
    if clock.published is None:
        return None
    first, last = _DEICTIC[" ".join(m[0].lower().split())]
    return Interval(clock.published + first * DAY, clock.published + last * DAY)


def _weekend(m: re.Match[str], clock: Clock) -> Interval | None:
    if clock.published is None:
        return None
    said = (m["rel"] or "").lower()
    ahead = clock.future or said.startswith(("next", "coming", "this coming"))
    started = clock.published.weekday() >= 5
    shift = 1 if ahead else -1 if said.startswith("last") and started else 0
    return values.weekend(clock.published, shift)


def _unit_shift(m: re.Match[str], clock: Clock) -> Interval | None:
    """"last week", "this month", "early next year": whole units about the report's date."""
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


def _narrative_unit(m: re.Match[str], clock: Clock) -> Interval | None:
    """"that day", "the same week", "the following month", "the previous night": whole units about the narrative's time."""
    base = clock.narrative
    if base is None or base.first is None or base.last is None:
        return None
    said, unit = m["rel"].lower(), m["unit"].lower()
    unit = {"evening": "day", "morning": "day", "afternoon": "day", "night": "day"}.get(unit, unit)
    if said.startswith(("next", "following", "day after")):
        return _whole_unit(unit, base.last, 1) if unit != "day" or base.is_day else None
    if said.startswith(("previous", "preceding", "prior")):
        return _whole_unit(unit, base.first, -1) if unit != "day" or base.is_day else None
    return _whole_unit(unit, base.first, 0) if unit != "day" or base.is_day else None


def _ago(m: re.Match[str], clock: Clock) -> Interval | None:
    if clock.published is None:
        return None
    least, most = _count(m)
    unit = _unit(m)
    far, near = values.shifted(clock.published, unit, -most), values.shifted(clock.published, unit, -least)
    if least != most:
        return Interval(far, near)
    more = re.match(r"(?:more than|over|at least)", m["mod"] or "", re.I)
    return Interval(None, far) if more else values.around(far, unit)


def _later(m: re.Match[str], clock: Clock) -> Interval | None:
    """"two days later", "a week earlier": a shift of the narrative's time."""
    base = clock.narrative
    if base is None or base.first is None or base.last is None:
        return None
    least, most = _count(m)
    unit, back = _unit(m), m["way"].lower() in ("earlier", "before", "previously")
    sign = -1 if back else 1
    ends = [values.shifted(b, unit, sign * n) for b, n in ((base.first, least), (base.last, least), (base.first, most))]
    known = sorted(e for e in ends if e is not None)
    if not known:
        return None
    if least != most or unit.months < 1 or not base.is_day:
        return Interval(known[0], known[-1])
    return values.around(known[0], unit)


def _span_past(m: re.Match[str], clock: Clock) -> Interval | None:
    """"in the past two weeks", "over the last 24 hours"."""
    if clock.published is None:
        return None
    _, most = _count(m)
    return Interval(values.shifted(clock.published, _unit(m), -most), clock.published)


def _span_next(m: re.Match[str], clock: Clock) -> Interval | None:
    """"within 48 hours", "in the next two years", "in three days"."""
    if clock.published is None:
        return None
    _, most = _count(m)
    return Interval(clock.published, values.shifted(clock.published, _unit(m), most))


def _recent(m: re.Match[str], clock: Clock) -> Interval | None:
    """"in recent weeks", "in the coming months": some of the unit, no more than six."""
    if clock.published is None:
        return None
    ahead = m["way"].lower() in ("coming", "next", "ahead")
    edge = values.shifted(clock.published, _unit(m), 6 if ahead else -6)
    return Interval(clock.published, edge) if ahead else Interval(edge, clock.published)


def _season(m: re.Match[str], clock: Clock) -> Interval | None:
    start, said = time_words().seasons[m["season"].lower()], (m["rel"] or "").lower()
    if said and clock.published and not m["year"]:
        choices = [s for shift in (-1, 0, 1) if (s := values.months(clock.published.year + shift, start, 3))]
        if said.startswith("next"):
            whole = next((c for c in choices if c.first and c.first > clock.published), None)
        elif said.startswith("last"):
            whole = next((c for c in reversed(choices) if c.last and c.last < clock.published), None)
        else:
            near = [c for c in choices if c.first and c.first <= clock.published + timedelta(days=90 * clock.future)]
            whole = near[-1] if near else None
    else:
        whole = _in_year(m, clock, lambda year: values.months(year, start, 3))
    return values.part(whole, _part_of(m))


def _occasion(m: re.Match[str], clock: Clock) -> Interval | None:
    def of(year: int) -> Interval | None:
        dates = occasion_dates(re.sub(r"\s+", " ", m["occasion"].replace("’", "'")), year)
        return Interval(*dates[0]) if dates else None

    if m["year"] or m["which"] or clock.published is None:
        return _in_year(m, clock, of)
    today = clock.published
    near = [x for year in (today.year - 1, today.year, today.year + 1) if (x := of(year)) and x.first]
    return min(near, key=lambda x: abs((x.first or today) - today), default=None)


def _same_time(m: re.Match[str], clock: Clock) -> Interval | None:
    return clock.narrative


# ------------------------------------------------------------------------------------------------------- patterns


@cache
def _families() -> tuple[tuple[frozenset[str], tuple[Rule, ...]], ...]:
    words = time_words()
    units = frozenset(words.units) | {f"{u}s" for u in words.units} | {"centuries"}
    weekdays, months = frozenset(words.weekdays), frozenset(words.months)
    years = frozenset(str(y) for y in range(1800, 2100))
    return (
        (months | {f"{m}." for m in months}, tuple(_month_rules(words))),
        (years | {f"{y}s" for y in years}, tuple(_year_rules())),
        (weekdays | {f"{d}." for d in weekdays}, tuple(_weekday_rules(words))),
        (units, tuple(_unit_rules(words))),
        (frozenset(w for k in _DEICTIC for w in k.split()) - {"the", "before", "after"}, tuple(_deictic_rules())),
        (frozenset(words.seasons), tuple(_season_rules())),
        (frozenset(o.split()[0].split("-")[0].removesuffix("'s") for o in words.occasions), tuple(_occasion_rules(words))),
        (frozenset(("a.m.", "p.m.", "am", "pm", "gmt", "noon", "midnight", "dawn", "utc", "local")), tuple(_clock_rules())),
    )


_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DASH = r"(?:\s?[-–—]\s?|\s(?:and|to|or|through|until)\s)"
_PART = (
    r"(?P<part>(?:the )?(?:very )?(?:beginning|start|middle|end|first half|second half) of|early in|late in|early|late|mid)"
)
_OF_DAY = r"(?:\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|midday|noon))"
_ORDINAL = r"(?:st|nd|rd|th)?"


def _either(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _rule(pattern: str, meaning: Meaning, anchor: TimeAnchor, flags: int = 0, only_future: bool = False) -> Rule:
    return Rule(re.compile(rf"(?<![\w-]){pattern}(?!\w)", flags), meaning, anchor, only_future)


def _month_rules(words: TimeWords) -> Iterator[Rule]:
    names = words.spellings["months"]
    short = [n for n in names if n != "May" and len(n) < 5 and n not in ("June", "July")]
    whole = [n for n in names if n not in short]
    month = rf"(?P<month>{_either(whole + [n.upper() for n in names])}|(?:{_either(short)})\.?)"
    weekday = rf"(?:(?:{_either(words.spellings['weekdays'])})\.?,?\s+(?:the\s+)?)?"
    days = rf"(?P<day>[0-3]?\d){_ORDINAL}(?:{_DASH}(?P<last>[0-3]?\d){_ORDINAL})?"
    year = rf"(?:,?\s+(?:of\s+)?{_YEAR}|\s+(?P<which>last|this|next)\s+year)?"
    yield _rule(rf"{weekday}{days}\s+(?:of\s+)?{month}{year}", _days, "absolute")
    yield _rule(rf"{weekday}{month}\s+(?:the\s+)?{days}(?!\d|\s?%|,\d|:\d){year}", _days, "absolute")
    relative = r"(?P<rel>this past|last|next|this|this coming)"
    lead = rf"(?:(?:{_PART}[\s-]+)?(?:the\s+month\s+of\s+|{relative}\s+)?)"
    yield _rule(rf"{lead}{month}(?:,?\s+(?:of\s+)?{_YEAR}|\s+(?P<which>last|this|next)\s+year)?", _month_value, "absolute")


def _year_rules() -> Iterator[Rule]:
    yield _rule(r"(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)", _iso, "absolute")
    yield _rule(r"(?P<day>[0-3]?\d)\.(?P<mon>[01]?\d)\.(?P<year>(?:19|20)\d\d)", _dotted, "absolute")
    yield _rule(rf"(?:(?i:{_PART})[\s-]+)?(?:the\s+year\s+)?{_YEAR}(?:[-–/](?P<last>(?:19|20)?\d\d))?(?![\d%]|[.,]\d)",
                _year, "absolute")
    yield _rule(rf"(?:FY|[Ff]iscal\s+[Yy]ear)[\s-]?{_YEAR}", _fiscal, "absolute")
    yield _rule(rf"(?:Q(?P<which_quarter>[1-4])|the\s+(?P<x>first|second|third|fourth)\s+quarter)\s+(?:of\s+)?{_YEAR}"
                .replace("(?P<x>first|second|third|fourth)", "(?:first|second|third|fourth)"), _quarter_of, "absolute")
    yield _rule(rf"(?:the\s+)?(?:(?i:{_PART})[\s-]+)?(?:the\s+)?(?P<decade>(?:1[89]|20)\d0)s", _decade, "absolute")


def _quarter_of(m: re.Match[str], clock: Clock) -> Interval | None:
    which = {"first": 0, "second": 1, "third": 2, "fourth": 3}
    index = int(m["which_quarter"]) - 1 if m["which_quarter"] else which[m[0].lower().split()[1]]
    return values.months(int(m["year"]), 1 + 3 * index, 3)


def _weekday_rules(words: TimeWords) -> Iterator[Rule]:
    names = words.spellings["weekdays"]
    full = [n for n in names if n.endswith("day")]
    weekday = rf"(?P<weekday>{_either(full + [n.upper() for n in full])})"
    lead = r"(?:(?:early|late|later on|earlier on)\s+)?(?:(?P<rel>this past|this coming|last|next|this|coming)\s+)?"
    yield _rule(rf"(?:[Tt]he\s+(?:early\s+hours|morning|evening|night|afternoon)\s+of\s+)?{lead}{weekday}{_OF_DAY}?", _weekday, "report")


def _unit_rules(words: TimeWords) -> Iterator[Rule]:
    units = _either([u for u in words.units if u not in ("century", "weekend")])
    number = rf"(?P<num>\d{{1,3}}|{_either(list(words.numbers)).replace(chr(92) + ' ', '[ ]')})"
    some = rf"{number}[\s-]+(?:more\s+|long\s+|straight\s+|consecutive\s+)?(?P<unit>(?:{units})s?|centuries)"
    mod = r"(?:(?P<mod>(?:a little |just |well )?(?:more than|less than|fewer than|over|under|about|around|nearly|almost|at least|some|only|just|roughly|approximately))\s+)?"
    i = re.IGNORECASE
    yield _rule(rf"{mod}{some}\s+ago", _ago, "report", i)
    yield _rule(rf"{mod}{some}\s+(?P<way>later|earlier|before|after(?:wards?)?(?=\s+(?:that|this)\b|[\s,.;]*$)|previously)(?!\s+(?:the|a|an|his|her|its|their)\b)",
                _later, "narrative", i)
    yield _rule(rf"(?:within|inside)\s+(?:the\s+(?:next\s+)?)?{mod}{some}", _span_next, "report", i)
    yield _rule(rf"(?:less\s+than|under|up\s+to|no\s+more\s+than|(?<=\bin )|for\s+another)\s*{number}[\s-]+(?P<unit>(?:{units})s?)(?!\s+(?:ago|of)\b)",
                _span_next, "report", i, only_future=True)
    yield _rule(rf"(?:the|these)\s+(?:next|coming|following)\s+{mod}{some}", _span_next, "report", i)
    yield _rule(r"(?<=\bover\s)the\s+next\s+(?P<num>(?!))?(?P<unit>week|month|year|decade)", _span_next, "report", i)
    yield _rule(rf"(?:the|these)\s+(?:past|last|previous)\s+{mod}{some}", _span_past, "report", i)
    yield _rule(rf"(?:the\s+)?(?:very\s+)?(?P<way>recent|coming)\s+(?P<unit>days|weeks|months|years|decades|hours)", _recent, "report", i)
    yield _rule(r"the\s+(?:past|last|next)\s+(?:few\s+)?(?P<unit>days|weeks|months|years)".replace("(?:past|last|next)", "(?P<way>past|last|next)"), _recent, "report", i)
    yield _rule(r"the\s+(?P<unit>days|weeks|months|years)\s+(?P<way>ahead)", _recent, "report", i)
    part = rf"(?:(?:earlier|later|{_PART})\s+)?"
    yield _rule(rf"{part}(?P<rel>this|last|next|the\s+past|the\s+coming|the\s+current)\s+(?P<unit>week|month|quarter|year|decade|century)",
                _unit_shift, "report", i)
    yield _rule(r"(?:over\s+)?(?:the\s+)?(?P<rel>this\s+past|this\s+coming|this|last|next|past|coming)?\s*weekend", _weekend, "report", i)
    yield _rule(rf"(?:earlier\s+|later\s+|late\s+|early\s+)?(?:on\s+)?(?:the\s+|in\s+)?(?P<rel>that\s+very|that\s+same|that|same|following|next|previous|preceding)\s+(?P<unit>day|night|evening|morning|afternoon|week|month|year)",
                _narrative_unit, "narrative", i)
    yield _rule(r"(?:later|earlier)\s+(?:in|on)\s+(?P<rel>the)\s+(?P<unit>day|night|evening|week|month|year)", _narrative_unit, "narrative", i)
    yield _rule(r"(?:by|before)\s+(?:the\s+end\s+of\s+)(?P<rel>the)\s+(?P<unit>day|week|month|year)", _end_of_unit, "report", i)


def _end_of_unit(m: re.Match[str], clock: Clock) -> Interval | None:
    base = (clock.narrative.first if clock.narrative and not clock.future else None) or clock.published
    whole = _whole_unit(m["unit"].lower(), base, 0) if base else None
    return Interval(None, whole.last) if whole else None


def _deictic_rules() -> Iterator[Rule]:
    yield _rule(rf"(?:{_either(list(_DEICTIC)).replace(chr(92) + ' ', chr(92) + 's+')})", _deictic, "report", re.IGNORECASE)


def _season_rules() -> Iterator[Rule]:
    lead = rf"(?:(?:{_PART}[\s-]+|earlier\s+|later\s+))?(?P<rel>this|last|next)\s+(?P<season>spring|summer|autumn|fall|winter)"
    yield _rule(lead + r"(?P<year>(?!))?", _season, "report", re.IGNORECASE)
    yield _rule(rf"(?:(?:{_PART}[\s-]+))?(?:the\s+)?(?P<rel>(?!))?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?:{_YEAR}|(?P<which>last|this|next)\s+year)",
                _season, "absolute", re.IGNORECASE)


def _occasion_rules(words: TimeWords) -> Iterator[Rule]:
    names = _either(words.spellings["occasions"]).replace("'", "['’]")
    year = rf"(?:,?\s+(?:of\s+)?{_YEAR}|\s+(?P<which>last|this|next)\s+year)?"
    yield _rule(rf"(?P<occasion>{names}){year}", _occasion, "absolute")


def _clock_rules() -> Iterator[Rule]:
    hour = r"\d{1,2}(?:[:.]\d\d)?\s?(?:a\.m\.|p\.m\.|am\b|pm\b)|\d{1,2}:\d\d"
    zone = r"(?:\s*(?:GMT|UTC|ET|EST|EDT|local\s+time)\b)?"
    yield Rule(re.compile(rf"(?<![\w-])(?:{hour}){zone}"), _same_time, "narrative")
