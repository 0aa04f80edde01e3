"""Reports in bad order, twice, without a date or dated in the future, in two stores merged: nothing lost, nothing
doubled, and the same copies, stories and incidents of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from store_pictures import at_once, content
from told_pictures import told

from situate.contract import Furniture, Picture, Span
from situate.picture import copies, incidents_of, stories_of
from situate.picture.similar import around
from situate.store import Decision, Filters, Store, derived_tables, merge, opening, query
from situate.store.keys import report_key

FORCE = "Government forces"
WORDS = (
    "{who} shelled {place} and killed {killed}. Rescue workers dug until nightfall, and the clinic asked for blood.",
    "A doctor counted the dead after {who} shelled {place} at dawn; he spoke of {killed}, most of them in one street.",
    "{killed} died in {place}, the town's council wrote, when {who} shelled the market for the second time in a week.",
)
OUTLETS = ("Tern Wire", "Jasmine", "Basalt")
DAYS = ("2018-07-18", "2018-07-19", "2018-08-20", "2091-01-01", None)
STORES = 4


@st.composite
def reports(draw: st.DrawFn) -> Picture:
    """One of few reports, so that some tell the same, and some are copies of each other."""
    place, killed = draw(st.sampled_from(("Nawa", "Daraa"))), draw(st.sampled_from(("8 people", "12 people")))
    words = draw(st.sampled_from(WORDS)).format(who=FORCE, place=place, killed=killed)
    words += draw(st.sampled_from(("", " Source: Tern Wire.")))
    outlet, day = draw(st.sampled_from(OUTLETS)), draw(st.sampled_from(DAYS))
    made = told(
        f"{outlet} {day}", words, actor=FORCE, place=place, killed=killed, outlet=outlet, day=day or DAYS[0] or ""
    )
    from_ = "Tern Wire" if words.endswith("Source: Tern Wire.") else None
    return replace(made, report=replace(made.report, published=day, republished_from=from_))


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Store]]:
    folder = tmp_path_factory.mktemp("many")
    with ExitStack() as stack:
        yield [stack.enter_context(Store.open(str(folder / f"{n}.db"))) for n in range(STORES)]


def emptied(store: Store) -> Store:
    with opening.writing(store.engine) as connection:
        for table in (
            "reports",
            "entry_text",
            "merged_actors",
            "merged_places",
            "texts",
            *derived_tables.metadata.tables,
        ):
            connection.execute(text(f"DELETE FROM {table}"))
    return store


def whole(store: Store) -> tuple[Any, ...]:
    """All that many reports come to."""
    return content(store), copies(store), stories_of(store), incidents_of(store, Filters())


@settings(max_examples=30, deadline=None)
@given(st.lists(reports(), min_size=1, max_size=9), st.randoms())
def test_any_order_twice_and_merged_either_way_come_to_the_same(
    stores: list[Store], some: list[Picture], random: Any
) -> None:
    first, shuffled, left, right = map(emptied, stores)
    at_once(first, some)
    again = [*some, *some]
    random.shuffle(again)
    at_once(shuffled, again)
    for each in again:
        at_once(random.choice((left, right)), [each])
    merge(left, right)
    merge(right, left)
    assert whole(first) == whole(shuffled) == whole(left) == whole(right)


@settings(max_examples=30, deadline=None)
@given(st.lists(reports(), min_size=1, max_size=9))
def test_every_report_and_every_event_is_in_one_story_and_one_incident(
    stores: list[Store], some: list[Picture]
) -> None:
    store = emptied(stores[0])
    at_once(store, some)
    keys = {report_key(each.report) for each in some}
    assert Counter(told.report for story in stories_of(store) for told in story.reports) == Counter(keys)
    events = [row.key for row in query.every(store, "events", Filters())]
    assert Counter(e.key for incident in incidents_of(store, Filters()) for e in incident.entries) == Counter(events)
    for incident in incidents_of(store, Filters()):
        assert set(incident.sources) <= keys
    copied = [key for group in copies(store) for key in group.reports]
    assert len(set(copied)) == len(copied)
    assert set(copied) <= keys


def test_a_persons_split_holds_wherever_the_reports_come_from(stores: list[Store]) -> None:
    some = [
        told(str(n), WORDS[n].format(who=FORCE, place="Nawa", killed="8 people"), actor=FORCE, place="Nawa",
             killed="8 people", outlet=OUTLETS[n])
        for n in range(2)
    ]  # fmt: skip
    one, other = map(emptied, stores[:2])
    at_once(one, some)
    assert len(incidents_of(one, Filters())) == 1
    keys = [row.key for row in query.every(one, "events", Filters())]
    one.decide(Decision(keys[0], "reject", "mona", "2026-01-01T00:00:00+00:00", "incident", None, keys[1]))
    at_once(other, some[::-1])
    merge(other, one)
    assert [sorted(incident.reports) for incident in incidents_of(other, Filters())] == [
        sorted(incident.reports) for incident in incidents_of(one, Filters())
    ]
    assert len(incidents_of(other, Filters())) == 2


def test_who_copied_whom_is_told_by_credits_before_days(stores: list[Store]) -> None:
    store = emptied(stores[0])
    words = WORDS[0].format(who=FORCE, place="Nawa", killed="8 people") + " It was the third day without a truce."

    def copy(outlet: str, day: str | None, **report: Any) -> Picture:
        made = told(outlet, words, actor=FORCE, place="Nawa", outlet=outlet)
        return replace(made, report=replace(made.report, published=day, **report))

    some = [
        copy("Early", "2018-07-18", republished_from="Tern Wire"),
        copy("Tern Wire", "2018-07-19"),
        copy("Late", "2018-07-20", byline="Tern Wire staff"),
        copy("Same Day", "2018-07-19"),
        copy("Undated", None, republished_from="Elsewhere Post"),
    ]
    at_once(store, some)
    (found,) = copies(store)
    names = {report_key(each.report): each.report.publisher for each in some}
    assert names[found.original] == "Tern Wire"
    assert {(names[each.report], names[each.of], each.why) for each in found.told} == {
        ("Early", "Tern Wire", "it credits Tern Wire"),
        ("Late", "Tern Wire", "it credits Tern Wire"),
        ("Same Day", "Tern Wire", "of the same day: which came first isn't told"),
        (
            "Undated",
            "Tern Wire",
            "without a date: which came first isn't told; it credits Elsewhere Post, whose report isn't here",
        ),
    }
    assert around(store, found.copies[0]).copies == found


def test_page_furniture_makes_no_copies(stores: list[Store]) -> None:
    store = emptied(stores[0])
    menu = (
        "Home, world, sport, weather, about us, terms of use, subscribe to our letter, follow us, all rights reserved. "
    )
    for n, words in enumerate(WORDS):
        made = told(str(n), menu * 3 + words.format(who=FORCE, place="Nawa", killed="8 people"), place="Nawa")
        span = Span.of(made.report.text, 0, len(menu) * 3)
        furniture = Furniture(span.start, span.end, span.text, "menu")
        store.add(replace(made, report=replace(made.report, furniture=(furniture,))))
    assert copies(store) == []


def test_similar_reports_share_names_and_days(stores: list[Store]) -> None:
    store = emptied(stores[0])
    near, far, other = (
        told(name, WORDS[n].format(who=FORCE, place=place, killed="8 people"), actor=FORCE, place=place, day=day)
        for n, (name, place, day) in enumerate(
            (("near", "Nawa", "2018-07-19"), ("far", "Nawa", "2018-09-19"), ("other", "Daraa", "2018-07-18"))
        )
    )
    asked = told("asked", f"{FORCE} shelled Nawa as night fell, a driver said.", actor=FORCE, place="Nawa")
    at_once(store, [far, other, near, asked])
    found = around(store, report_key(asked.report))
    assert [store.report(each.report).id for each in found.similar] == ["near", "far"]
    assert set(found.similar[0].shared) == {FORCE, "Nawa"}
    assert found.copies is None
