"""The grammar of English time expressions: patterns in families, each with what it means on a clock.

A family is tried on a sentence only where one of its trigger words is in it. A pattern's meaning is a function of its
match and the clock; it gives an interval, or None where the words can't be dated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from situate.contract import TimeAnchor
from situate.knowledge.times import TimeWords, time_words
from situate.reading import time_meanings as meanings
from situate.reading.time_occasions import occasion_value
from situate.reading.time_values import Clock, Interval

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
        (frozenset(w for k in words.deictic for w in k.split()) - {"the", "before", "after"}, tuple(_deictic_rules())),
        (frozenset(words.seasons), tuple(_season_rules())),
        (
            frozenset(o.split()[0].split("-")[0].removesuffix("'s") for o in words.occasions),
            tuple(_occasion_rules(words)),
        ),
        (
            frozenset(("a.m.", "p.m.", "am", "pm", "gmt", "noon", "midnight", "dawn", "utc", "local")),
            tuple(_clock_rules()),
        ),
    )


_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DASH = r"(?:\s?[-–—]\s?|\s(?:and|to|or|through|until)\s)"
_PART = (
    r"(?P<part>(?:the )?(?:very )?(?:beginning|start|middle|end|first half|second half) of|early in|late in"
    r"|early|late|mid)"
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
    weekday = rf"(?:(?P<of_week>{_either(words.spellings['weekdays'])})\.?,?\s+(?:the\s+)?)?"
    days = rf"(?P<day>[0-3]?\d){_ORDINAL}(?:{_DASH}(?P<last>[0-3]?\d){_ORDINAL})?"
    year = rf"(?:,?\s+(?:of\s+)?{_YEAR}|\s+(?P<which>last|this|next)\s+year)?"
    yield _rule(rf"{weekday}{days}\s+(?:of\s+)?{month}{year}", meanings.days_of_month, "absolute")
    yield _rule(rf"{weekday}{month}\s+(?:the\s+)?{days}(?!\d|\s?%|,\d|:\d){year}", meanings.days_of_month, "absolute")
    relative = r"(?P<rel>this past|last|next|this|this coming)"
    lead = rf"(?:(?:{_PART}[\s-]+)?(?:the\s+month\s+of\s+|{relative}\s+)?)"
    yield _rule(
        rf"{lead}{month}(?:,?\s+(?:of\s+)?{_YEAR}|\s+(?P<which>last|this|next)\s+year)?",
        meanings.month_value,
        "absolute",
    )


def _year_rules() -> Iterator[Rule]:
    yield _rule(r"(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)", meanings.iso_date, "absolute")
    yield _rule(r"(?P<day>[0-3]?\d)\.(?P<mon>[01]?\d)\.(?P<year>(?:19|20)\d\d)", meanings.dotted_date, "absolute")
    yield _rule(
        rf"(?:(?i:{_PART})[\s-]+)?(?:the\s+year\s+)?{_YEAR}(?:[-–/](?P<last>(?:19|20)?\d\d))?(?![\d%]|[.,]\d)",
        meanings.year_value,
        "absolute",
    )
    yield _rule(rf"(?:FY|[Ff]iscal\s+[Yy]ear)[\s-]?{_YEAR}", meanings.fiscal_year, "absolute")
    yield _rule(
        rf"(?:Q(?P<which_quarter>[1-4])|the\s+(?:first|second|third|fourth)\s+quarter)\s+(?:of\s+)?{_YEAR}",
        meanings.quarter_of,
        "absolute",
    )
    yield _rule(
        rf"(?:the\s+)?(?:(?i:{_PART})[\s-]+)?(?:the\s+)?(?P<decade>(?:1[89]|20)\d0)s", meanings.decade_value, "absolute"
    )


def _weekday_rules(words: TimeWords) -> Iterator[Rule]:
    names = words.spellings["weekdays"]
    full = [n for n in names if n.endswith("day")]
    weekday = rf"(?P<weekday>{_either(full + [n.upper() for n in full])})"
    lead = r"(?:(?:early|late|later on|earlier on)\s+)?(?:(?P<rel>this past|this coming|last|next|this|coming)\s+)?"
    yield _rule(
        rf"(?:[Tt]he\s+(?:(?:early\s+hours|morning|evening|night|afternoon)\s+of|night\s+to)\s+)?{lead}{weekday}{_OF_DAY}?",
        meanings.weekday_value,
        "report",
    )


_MOD = (
    r"(?:(?P<mod>(?:a little |just |well )?(?:more than|less than|fewer than|over|under|about|around|nearly|almost"
    r"|at least|some|only|just|roughly|approximately))\s+)?"
)
_CALENDAR = r"(?P<unit>week|month|quarter|year|decade|century)"


def _unit_rules(words: TimeWords) -> Iterator[Rule]:
    units = _either([u for u in words.units if u not in ("century", "weekend")])
    number = rf"(?P<num>\d{{1,3}}|{_either(list(words.numbers)).replace(chr(92) + ' ', '[ ]')})"
    more = r"(?:more\s+|long\s+|straight\s+|consecutive\s+)?"
    some = rf"{_MOD}{number}[\s-]+{more}(?P<unit>(?:{units})s?|centuries)"
    yield from _counted_rules(some)
    yield from _open_rules(rf"{number}[\s-]+(?P<unit>(?:{units})s?)")
    yield from _whole_rules()


def _counted_rules(some: str) -> Iterator[Rule]:
    """ "two weeks ago", "three days later", "the past 24 hours", "within 48 hours"."""
    i = re.IGNORECASE
    yield _rule(rf"{some}\s+ago", meanings.ago, "report", i)
    after = r"after(?:wards?)?(?=\s+(?:that|this)\b|[\s,.;]*$)"
    no_noun = r"(?!\s+(?:the|a|an|his|her|its|their)\b)"
    yield _rule(rf"{some}\s+(?P<way>later|earlier|before|{after}|previously){no_noun}", meanings.later, "narrative", i)
    yield _rule(rf"(?:within|inside)\s+(?:the\s+(?:next\s+)?)?{some}", meanings.span_next, "report", i)
    yield _rule(rf"(?:the|these)\s+(?:next|coming|following)\s+{some}", meanings.span_next, "report", i)
    yield _rule(rf"(?:the|these)\s+(?:past|last|previous)\s+{some}", meanings.span_past, "report", i)


def _open_rules(some: str) -> Iterator[Rule]:
    """ "less than two months", "in three days", "over the next year", "recent weeks", "the months ahead"."""
    i = re.IGNORECASE
    bound = r"(?:less\s+than|under|up\s+to|no\s+more\s+than|(?<=\bin )|for\s+another)"
    yield _rule(rf"{bound}\s*{some}(?!\s+(?:ago|of)\b)", meanings.span_next, "report", i, only_future=True)
    one = r"(?P<num>(?!))?(?P<unit>week|month|year|decade)"
    yield _rule(rf"(?<=\bover\s)the\s+next\s+{one}", meanings.span_next, "report", i)
    units = r"(?P<unit>days|weeks|months|years|decades|hours)"
    yield _rule(rf"(?:the\s+)?(?:very\s+)?(?P<way>recent|coming)\s+{units}", meanings.recent, "report", i)
    yield _rule(rf"the\s+(?P<way>past|last|next)\s+(?:few\s+)?{units}", meanings.recent, "report", i)
    yield _rule(rf"the\s+{units}\s+(?P<way>ahead)", meanings.recent, "report", i)


def _whole_rules() -> Iterator[Rule]:
    """ "last week", "early next year", "over the weekend", "the same day", "by the end of the month"."""
    i = re.IGNORECASE
    about = r"(?P<rel>this|last|next|the\s+past|the\s+coming|the\s+current)"
    yield _rule(rf"(?:(?:earlier|later|{_PART})\s+)?{about}\s+{_CALENDAR}", meanings.unit_shift, "report", i)
    about = r"(?P<rel>this\s+past|this\s+coming|this|last|next|past|coming)"
    yield _rule(rf"(?:over\s+)?(?:the\s+)?{about}?\s*weekend", meanings.weekend_value, "report", i)
    lead = r"(?:earlier\s+|later\s+|late\s+|early\s+)?(?:on\s+)?(?:the\s+|in\s+)?"
    same = r"(?P<rel>that\s+very|that\s+same|that|same|following|next|previous|preceding)"
    units = r"(?P<unit>day|night|evening|morning|afternoon|week|month|year)"
    yield _rule(rf"{lead}{same}\s+{units}", meanings.narrative_unit, "narrative", i)
    alone = r"(?=\s*(?:[,.;]|$))"
    yield _rule(rf"the\s+{units}\s+(?P<rel>before|after){alone}", meanings.narrative_unit, "narrative", i)
    yield _rule(rf"(?:later|earlier)\s+(?:in|on)\s+(?P<rel>the)\s+{units}", meanings.narrative_unit, "narrative", i)
    yield _rule(rf"(?:by|before)\s+the\s+end\s+of\s+(?P<rel>the)\s+{units}", meanings.end_of_unit, "report", i)


def _deictic_rules() -> Iterator[Rule]:
    yield _rule(
        rf"(?:{_either(list(time_words().deictic)).replace(chr(92) + ' ', chr(92) + 's+')})",
        meanings.deictic_value,
        "report",
        re.IGNORECASE,
    )


def _season_rules() -> Iterator[Rule]:
    season = r"(?P<season>spring|summer|autumn|fall|winter)"
    nothing = r"(?P<year>(?!))?(?P<part>(?!))?(?P<rel>(?!))?"
    yield _rule(rf"{nothing}(?<=\bin\s)the\s+{season}(?!\s+of\b)", meanings.season_value, "report", re.IGNORECASE)
    lead = rf"(?:(?:{_PART}[\s-]+|earlier\s+|later\s+))?(?P<rel>this|last|next)\s+{season}"
    yield _rule(lead + r"(?P<year>(?!))?", meanings.season_value, "report", re.IGNORECASE)
    yield _rule(
        rf"(?:{_PART}[\s-]+)?(?:the\s+)?(?P<rel>(?!))?{season}\s+(?:of\s+)?"
        rf"(?:{_YEAR}(?:[-–/](?:(?:19|20)?\d\d))?|(?P<which>last|this|next)\s+year)",
        meanings.season_value,
        "absolute",
        re.IGNORECASE,
    )


def _occasion_rules(words: TimeWords) -> Iterator[Rule]:
    names = _either(words.spellings["occasions"]).replace("'", "['’]")
    year = rf"(?:,?\s+(?:of\s+)?{_YEAR}|\s+(?P<which>last|this|next)\s+year)?"
    days = r"eve|first\s+day|second\s+day|third\s+day|last\s+day|start|beginning|end|middle"
    lead = rf"(?:(?P<part>(?i:the\s+(?:{days})\s+of))\s+)?(?:(?:the\s+)?(?P<rel>(?i:last|next|this))\s+)?"
    yield _rule(rf"{lead}(?P<occasion>{names}){year}", occasion_value, "absolute")


def _clock_rules() -> Iterator[Rule]:
    hour = r"\d{1,2}(?:[:.]\d\d)?\s?(?:a\.m\.|p\.m\.|am\b|pm\b)|\d{1,2}:\d\d"
    zone = r"(?:\s*(?:GMT|UTC|ET|EST|EDT|local\s+time)\b)?"
    yield Rule(re.compile(rf"(?<![\w-])(?:{hour}){zone}"), meanings.same_time, "narrative")
