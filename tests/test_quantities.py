"""Figures: value, bounds, unit, what they count, and what is no figure."""

from __future__ import annotations

import pytest

from situate.contract import Picture, Quantity, Report
from situate.language import parse
from situate.reading.quantities import QuantityReader


def figures(text: str) -> list[Quantity]:
    (document,) = parse([Report("r", text)], encode=False)
    return list(QuantityReader().read(document, Picture(document.report)))


@pytest.mark.parametrize(
    ("text", "words", "value", "low", "high"),
    [
        ("At least 16 rebels were killed.", "At least 16 rebels", 16, 16, None),
        ("Up to 150 people died.", "Up to 150 people", 150, None, 150),
        ("Nearly 1,000 prisoners escaped.", "Nearly 1,000 prisoners", 1000, None, 1000),
        ("About 200 men came.", "About 200 men", 200, None, None),
        ("Twenty-five men came.", "Twenty-five men", 25, 25, 25),
        ("They sent 1,500-2,000 men.", "1,500-2,000 men", None, 1500, 2000),
        ("They sent between 200 and 300 men.", "200 and 300 men", None, 200, 300),
        ("Up to 3 dozen tanks came.", "Up to 3 dozen tanks", 36, None, 36),
        ("A couple of dozen men left.", "A couple of dozen men", 24, 24, 24),
        ("One in five children is hungry.", "One in five children", 0.2, 0.2, 0.2),
        ("Three out of ten homes burned.", "Three out of ten homes", 0.3, 0.3, 0.3),
        ("Dozens of people fled.", "Dozens of people", None, 24, None),
        ("Tens of thousands of people fled.", "Tens of thousands of people", None, 20000, None),
        ("Several hundred rebels came.", "Several hundred rebels", None, 200, None),
        ("Half a million people fled.", "Half a million people", 500000, 500000, 500000),
        ("Two and a half million people fled.", "Two and a half million people", 2500000, 2500000, 2500000),
    ],
)
def test_numbers_have_a_value_or_bounds(
    text: str, words: str, value: float | None, low: float | None, high: float | None
) -> None:
    (found,) = figures(text)
    assert (found.span.text, found.value, found.low, found.high) == (words, value, low, high)


def test_units_and_what_is_counted() -> None:
    text = "They paid $200 million for 35% of the city, 10 km away, and a 72-hour truce with 12 rebel commanders."
    found = figures(text)
    assert [(q.value, q.unit, q.of) for q in found] == [
        (200_000_000, "USD", None),
        (35, "percent", "city"),
        (10, "km", None),
        (72, "hour", None),
        (12, None, "rebel commanders"),
    ]


def test_verbs_tell_what_a_bare_number_counts() -> None:
    found = figures("The blast hit a market, killing 31 and wounding at least 70.")
    assert [(q.value, q.of) for q in found] == [(31, "people killed"), (70, "people wounded")]


def test_a_bare_number_beside_one_in_millions_counts_millions() -> None:
    found = figures("The city has around two million inhabitants (1.5 before the war).")
    assert [q.value for q in found] == [2_000_000, 1_500_000]


@pytest.mark.parametrize(
    "text",
    [
        "Hill 800 was lost.",
        "The 17th Division came.",
        "John Smith, 25, said so.",
        "A 35-year-old man died.",
        "It happened in 2015.",
        "One of them fled.",
        "Call 847-6592.",
    ],
)
def test_labels_ages_years_and_pronouns_are_no_figures(text: str) -> None:
    assert figures(text) == []
