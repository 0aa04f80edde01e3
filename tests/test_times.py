"""Time expressions: what counts as one, and the days it means on the report's clock."""

from __future__ import annotations

import pytest

from situate.contract import Mention, Picture, Place, Report, Time
from situate.knowledge.times import easter, occasion_dates
from situate.language import parse
from situate.reading.times import TimeReader

WEDNESDAY = "2018-07-25"


def times(text: str, published: str | None = WEDNESDAY) -> list[Time]:
    (document,) = parse([Report("r", text, published=published)], encode=False)
    return list(TimeReader().read(document, Picture(document.report)))


def days(text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str | None, str | None]]:
    return [(t.span.text, t.earliest, t.latest) for t in times(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "earliest", "latest"),
    [
        ("They met on 5 March 2016.", "5 March 2016", "2016-03-05", "2016-03-05"),
        ("They met on March 5, 2016, in Sochi.", "March 5, 2016", "2016-03-05", "2016-03-05"),
        ("Fighting raged between 3 and 5 March 2016.", "3 and 5 March 2016", "2016-03-03", "2016-03-05"),
        ("Shelling went on from June to August 2015.", "from June to August 2015", "2015-06-01", "2015-08-31"),
        ("The army withdrew on Tuesday.", "Tuesday", "2018-07-24", "2018-07-24"),
        ("The council will meet on Tuesday.", "Tuesday", "2018-07-31", "2018-07-31"),
        ("The town fell on Wednesday.", "Wednesday", "2018-07-25", "2018-07-25"),
        ("They left in the night to Tuesday.", "the night to Tuesday", "2018-07-24", "2018-07-24"),
        ("One town is to follow by 1 December.", "by 1 December", None, "2018-12-01"),
        ("The army withdrew last month.", "last month", "2018-06-01", "2018-06-30"),
        ("It fell in March.", "March", "2018-03-01", "2018-03-31"),
        ("The attack will begin in October.", "October", "2018-10-01", "2018-10-31"),
        ("After the month of September a battle is expected.", "After the month of September", "2018-10-01", None),
        ("They have fought since 2011.", "since 2011", "2011-01-01", None),
        ("They must leave within 48 hours.", "within 48 hours", "2018-07-25", "2018-07-27"),
        ("It might take less than two months to end it.", "less than two months", "2018-07-25", "2018-09-25"),
        ("They left two weeks ago.", "two weeks ago", "2018-07-08", "2018-07-14"),
        ("In the past 24 hours shelling stopped.", "the past 24 hours", "2018-07-24", "2018-07-25"),
        ("It began in the summer of 2013.", "the summer of 2013", "2013-06-01", "2013-08-31"),
        ("Fighting paused during Ramadan.", "Ramadan", "2018-05-16", "2018-06-14"),
        ("The truce of Eid al-Fitr 2017 held.", "Eid al-Fitr 2017", "2017-06-25", "2017-06-27"),
        ("The war of the 1990s was worse.", "the 1990s", "1990-01-01", "1999-12-31"),
        ("Planes bombed the port overnight.", "overnight", "2018-07-24", "2018-07-25"),
        ("They hope to return early next year.", "early next year", "2019-01-01", "2019-04-30"),
        ("By 4 June they had gone.", "By 4 June", None, "2018-06-04"),
        ("It began in the spring.", "the spring", "2018-03-01", "2018-05-31"),
        ("Talks will resume this winter.", "this winter", "2018-12-01", "2019-02-28"),
        ("They starved during the winter of 2013-14.", "the winter of 2013-14", "2013-12-01", "2014-02-28"),
        ("The road was closed from Monday to Thursday.", "from Monday to Thursday", "2018-07-16", "2018-07-19"),
        ("They struck on the eve of Ramadan.", "the eve of Ramadan", "2018-05-15", "2018-05-15"),
        ("It was quiet on the first day of Eid al-Fitr.", "the first day of Eid al-Fitr", "2018-06-15", "2018-06-15"),
        ("Since the start of Ramadan it was quiet.", "Since the start of Ramadan", "2018-05-16", None),
        ("Last Ramadan was quiet.", "Last Ramadan", "2018-05-16", "2018-06-14"),
        ("The prisoners came home for Eid.", "Eid", "2018-08-21", "2018-08-24"),
    ],
)
def test_a_time_is_an_interval_of_days(text: str, words: str, earliest: str | None, latest: str | None) -> None:
    assert days(text) == [(words, earliest, latest)]


def test_the_narrative_moves_on() -> None:
    text = "On 26 March 2022 troops entered. On 7 April they left. That same day villagers returned. "
    assert [d[1] for d in days(text + "Two days later it rained.", None)] == [
        "2022-03-26",
        "2022-04-07",
        "2022-04-07",
        "2022-04-09",
    ]


def test_the_day_before_is_that_before_what_was_told() -> None:
    assert days("On 20 July they left. The day before, they had signed. The month after, they came back.") == [
        ("20 July", "2018-07-20", "2018-07-20"),
        ("The day before", "2018-07-19", "2018-07-19"),
        ("The month after", "2018-08-01", "2018-08-31"),
    ]


def test_what_is_to_come_is_not_of_a_year_told_before() -> None:
    assert days("From 2012 to 2016 he ruled. They will leave on 1 August.")[-1][1] == "2018-08-01"


def test_a_report_without_a_date_leaves_relative_times_open() -> None:
    assert days("They left on Tuesday. Last month it was quiet.", None) == [
        ("Tuesday", None, None),
        ("Last month", None, None),
    ]


def test_an_attack_after_which_something_happened_bounds_nothing() -> None:
    assert days("After Tuesday's attack they fled.") == [("Tuesday", "2018-07-24", "2018-07-24")]


@pytest.mark.parametrize(
    "text",
    [
        "He may march on the town.",
        "April Glaspie spoke.",
        "More than 2000 fighters came.",
        "Resolution 2254 was adopted.",
        "The siege lasted four years.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert days(text) == []


def test_anchors_tell_what_a_time_counts_from() -> None:
    found = times("On 5 March 2016 they met. The next day they parted. On Monday he died.")
    assert [t.anchor for t in found] == ["absolute", "narrative", "report"]


def test_feasts_fall_on_their_days() -> None:
    assert easter(2022).isoformat() == "2022-04-17"
    assert [d.isoformat() for d in occasion_dates("Thanksgiving", 2016)[0]] == ["2016-11-24", "2016-11-24"]


def test_a_year_in_the_name_of_a_line_is_no_time_of_what_happens_there() -> None:
    report = Report("r", "Troops surrounded the town but for the flank on the 1974 line.")
    (document,) = parse([report], encode=False)
    at = report.text.index("the 1974")
    line = Place("p1", "1974 line", "line", (Mention(at, at + 13, report.text[at : at + 13], "name"),))
    assert TimeReader().read(document, Picture(report, places=(line,))) == []
    assert len(TimeReader().read(document, Picture(report))) == 1


def test_a_span_over_the_turn_of_a_year_begins_before_it_ends() -> None:
    assert days("Towns fell between June and February.") == [("between June and February", "2017-06-01", "2018-02-28")]


def test_a_day_to_come_is_not_where_the_story_has_got_to() -> None:
    text = "The truce began on Thursday. Buses are expected on Friday. Soldiers came earlier in the day."
    assert days(text)[-1] == ("earlier in the day", "2018-07-19", "2018-07-19")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Fighting began in 2013. On Sunday, 14 July a shell hit the plateau.", "2013-07-14"),
        ("The report was written in 2016. Families waited there on Sunday, September 28.", "2014-09-28"),
    ],
)
def test_a_weekday_beside_a_date_tells_its_year(text: str, day: str) -> None:
    report = Report("r", text, published="2016-10-05")
    [document] = parse([report], encode=False)
    assert TimeReader().read(document, Picture(report))[-1].earliest == day
