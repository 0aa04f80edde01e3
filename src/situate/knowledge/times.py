"""Words of time and the dates of feasts (`data/times.yaml`, `data/times_feasts.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Unit:
    """The length of a unit of time: months for calendar units, else days (hours make up days)."""

    months: int = 0
    days: int = 0
    hours: int = 0


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The vocabulary of the time grammar. Keys are lower case; vague numbers are ranges."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, Unit]
    numbers: dict[str, tuple[int, int]]
    parts: dict[str, tuple[int, int]]
    seasons: dict[str, int]
    bounds: dict[str, str]
    auxiliaries: frozenset[str]
    doubtful: frozenset[str]  # auxiliaries that may as well speak of the past
    openers: frozenset[str]  # lemmas of participles that hang on the verb which tells
    future_lemmas: frozenset[str]
    occasions: frozenset[str]
    deictic: dict[str, tuple[int, int]]  # days from the report's date
    number_before: frozenset[str]
    doubtful_months: frozenset[str]
    before_month: frozenset[str]
    spellings: dict[str, list[str]]  # the forms as written, by class: months, weekdays, occasions


@cache
def time_words() -> TimeWords:
    """The vocabulary, read once."""
    raw = _raw()
    named = {word.lower(): number for number, words in raw["months"].items() for word in words}
    weekdays = {word.lower(): number for number, words in raw["weekdays"].items() for word in words}
    occasions = [name for names in raw["occasions"].values() for name in names]
    return TimeWords(
        months=named,
        weekdays=weekdays,
        units={name: Unit(**length) for name, length in raw["units"].items()},
        numbers={k: (v, v) if isinstance(v, int) else (v[0], v[1]) for k, v in raw["numbers"].items()},
        parts={k: (v[0], v[1]) for k, v in raw["parts"].items()},
        seasons=raw["seasons"],
        bounds=raw["bounds"],
        auxiliaries=frozenset(raw["future"]["auxiliaries"]),
        doubtful=frozenset(raw["future"]["doubtful"]),
        openers=frozenset(raw["future"]["openers"]),
        future_lemmas=frozenset(raw["future"]["lemmas"]),
        occasions=frozenset(name.lower() for name in occasions),
        deictic={k: (v[0], v[1]) for k, v in raw["deictic"].items()},
        number_before=frozenset(raw["number_before"].split()),
        doubtful_months=frozenset(raw["doubtful_months"].split()),
        before_month=frozenset(raw["before_month"].split()),
        spellings={
            "months": [w for words in raw["months"].values() for w in words],
            "weekdays": [w for words in raw["weekdays"].values() for w in words],
            "occasions": occasions,
        },
    )


@cache
def _raw() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(_file("times.yaml"))
    return raw


def _file(name: str) -> str:
    return (files("situate.knowledge") / "data" / name).read_text(encoding="utf-8")


@cache
def feast_table() -> dict[str, tuple[tuple[date, date], ...]]:
    """The first and last days of the feasts that move, in order, by feast."""
    rows = csv.DictReader(line for line in _file("times_feasts.csv").splitlines() if not line.startswith("#"))
    table: dict[str, list[tuple[date, date]]] = {}
    for row in rows:
        span = (date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        table.setdefault(row["feast"], []).append(span)
    return {feast: tuple(spans) for feast, spans in table.items()}


def occasion_dates(name: str, year: int) -> list[tuple[date, date]]:
    """First and last day of an occasion (as in `TimeWords.occasions`) in each time it begins in a year."""
    return list(_occasion_dates(name.lower(), year))


@cache
def _occasion_dates(name: str, year: int) -> tuple[tuple[date, date], ...]:
    for how, names in _raw()["occasions"].items():
        for known, what in names.items():
            if known.lower() == name:
                return _DATES[how](what, year)
    return ()


def _fixed(what: list[int], year: int) -> tuple[tuple[date, date], ...]:
    month, day, length = what
    first = date(year, month, day)
    return ((first, first + timedelta(days=length - 1)),)


def _by_weekday(what: list[int], year: int) -> tuple[tuple[date, date], ...]:
    month, weekday, which = what
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    return ((day, day),)


def _by_easter(what: list[int], year: int) -> tuple[tuple[date, date], ...]:
    first = easter(year) + timedelta(days=what[0])
    return ((first, first + timedelta(days=what[1] - 1)),)


def _by_table(feasts: str, year: int) -> tuple[tuple[date, date], ...]:
    spans = (span for feast in feasts.split() for span in feast_table().get(feast, ()))
    return tuple(sorted(span for span in spans if span[0].year == year))


_DATES: dict[str, Callable[[Any, int], tuple[tuple[date, date], ...]]] = {
    "fixed": _fixed,
    "by_weekday": _by_weekday,
    "by_easter": _by_easter,
    "by_ramadan": _by_table,
    "by_jewish_year": _by_table,
}


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus, Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    x = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * x) // 451
    month, day = divmod(h + x - 7 * m + 114, 31)
    return date(year, month, day + 1)
