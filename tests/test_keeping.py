"""What is kept of many reports is what all of them, put together at once, come to: whatever came, went or was decided,
in whatever order.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from told_pictures import holding, span, told

from situate.contract import Agreement, Movement, Picture, Quantity, Span
from situate.picture import (
    Incident,
    Pins,
    Story,
    copies,
    grouping,
    incident_page,
    incidents,
    incidents_of,
    keeping,
    stories,
    stories_of,
    story_page,
    ties_of,
)
from situate.picture.agreement_history import agreement_history
from situate.picture.control_history import control_history
from situate.picture.kept_histories import agreements_of, control_of, movements_of
from situate.picture.moved import movements
from situate.picture.naming import told_of
from situate.picture.stories import TOLERANCE
from situate.store import Decision, Filters, Store, derived_tables, merge, opening, query

FORCE = "Government forces"
WORDS = (
    "{who} shelled {place} and killed {killed}. Rescue workers dug until nightfall, and the clinic asked for blood.",
    "A doctor counted the dead after {who} shelled {place} at dawn; he spoke of {killed}, most of them in one street.",
    "{killed} died in {place}, the town's council wrote, when {who} shelled the market for the second time in a week.",
)
DAYS = ("2018-07-18", "2018-07-19", "2018-07-24", "2018-08-20")


def report(chance: random.Random) -> Picture:
    """One of few reports, so that many tell the same, and some deny it."""
    place, killed = chance.choice(("Nawa", "Daraa", "Saida")), f"{8 + chance.randrange(4)} people"
    words = chance.choice(WORDS).format(who=FORCE, place=place, killed=killed)
    outlet, day = chance.choice(("Tern Wire", "Jasmine", "Basalt")), chance.choice(DAYS)
    status = chance.choice(("actual", "actual", "actual", "ongoing", "denied", "planned"))
    return told(f"{outlet} {day}", words, actor=FORCE, place=place, outlet=outlet, day=day, status=status)


def anew(store: Store) -> list[Incident]:
    """The incidents of all events of a store, put together at once."""
    events = query.every(store, "events", Filters())
    return incidents(events, copies(store), Pins(store.decisions()), ties_of(store))


def act(store: Store, other: Store, made: Picture, chance: random.Random) -> None:
    """Something that may happen to a store."""
    keys = [e.key for e in query.every(store, "events", Filters())]
    what = chance.choice(("add", "add", "add", "replace", "join", "split", "reject", "undo", "merge"))
    at = f"2026-01-01T00:00:{chance.randrange(10**6):06d}"
    if what == "replace" and keys:
        old = store.picture(chance.choice(keys).partition(".")[0])
        store.replace(replace(old, events=made.events[:0] if chance.random() < 0.3 else old.events))
    elif what in ("join", "split") and len(keys) > 1:
        one, two = chance.sample(keys, 2)
        store.decide(Decision(one, "accept" if what == "join" else "reject", "ann", at, "incident", None, two))
    elif what in ("reject", "undo") and keys:
        store.decide(Decision(chance.choice(keys), what, "ann", at))
    elif what == "merge":
        other.add(made)
        merge(store, other)
    else:
        store.add(made)


@pytest.mark.parametrize("most", [2, 4, grouping.MOST])
@pytest.mark.parametrize("seed", range(5))
def test_what_is_kept_is_what_all_come_to_at_once(
    tmp_path: Path, most: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(grouping, "MOST", most)
    with Store.open(str(tmp_path / "a.db")) as store, Store.open(str(tmp_path / "b.db")) as other:
        for _ in range(25):
            act(store, other, report(chance), chance)
            if chance.random() < 0.4:
                assert incidents_of(store, Filters()) == anew(store)
        assert incidents_of(store, Filters()) == anew(store)
        made_anew(store)
        assert incidents_of(store, Filters()) == anew(store)


def made_anew(store: Store) -> None:
    with opening.writing(store.engine) as connection:
        connection.execute(text("DELETE FROM derivations"))


LAYERS: dict[str, Any] = {
    "agreements": (agreements_of, agreement_history),
    "movements": (lambda store, filters: movements_of(store, filters, done=False), movements),
    "control": (control_of, control_history),
}


@pytest.mark.parametrize("most", [3, grouping.MOST])
def test_histories_that_are_kept_are_those_made_anew(
    tmp_path: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "MOST", most)
    chance = random.Random(most)
    with Store.open(str(tmp_path / "h.db")) as store:
        some = [history_report(n, chance) for n in range(24)]
        for n, made in enumerate(some):
            store.add(made)
            if chance.random() < 0.2:
                old = chance.choice(some[: n + 1])
                store.replace(replace(old, control=(), movements=()) if chance.random() < 0.5 else old)
            if chance.random() < 0.2:
                key = next(query.every(store, chance.choice(list(LAYERS)), Filters())).key
                store.decide(Decision(key, chance.choice(("reject", "undo")), "ann", f"2026-01-01T00:{n:02d}"))
            for layer, (kept, whole) in LAYERS.items():
                assert kept(store, Filters()) == whole(query.every(store, layer, Filters()))


def history_report(number: int, chance: random.Random, place: str = "", day: str = "") -> Picture:
    """A report of a truce, of who holds a place, and of people who left it."""
    place = place or chance.choice(("Nawa", "Saida"))
    day = day or f"2018-07-{chance.randrange(1, 28):02d}"
    holder = chance.choice(("Northern Brigade", "Southern Front"))
    text = f"{holder} holds {place}, report {number} says; a truce was agreed, and {900 + number} people left."
    made = holding(str(number), text, holder, place, outlet="Tern Wire", day=day)
    whole, figure = Span.of(text, 0, len(text)), span(text, f"{900 + number} people")
    value = float(900 + number)
    state = chance.choice(("holds", "captured", "lost"))
    return replace(
        made,
        quantities=(Quantity("q", figure, value, value, value, "people", "people"),),
        control=(replace(made.control[0], state=state),),
        agreements=(Agreement("g", "ceasefire", chance.choice(("concluded", "breached")), (whole,), places=(place,)),),
        movements=(Movement("m", "displacement", "actual", whole, quantity="q", origin=place, who_span=figure),),
    )


def test_those_who_leave_one_place_day_after_day_are_not_one_movement(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "d.db")) as store:
        for n in range(12):
            store.add(history_report(n, random.Random(0), "Nawa", f"2018-07-{n + 1:02d}"))
        found = movements_of(store, Filters())
        assert len(found) >= 3
        assert all(days_between(each.first, each.last) <= 3 for each in found)


def days_between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def invented(seed: int, topics: int = 12, size: int = 8) -> list[Picture]:
    """Reports of several topics, each of its own actors, over ten days; all name one place."""
    chance = random.Random(seed)
    found = []
    for topic in range(topics):
        begin = chance.randrange(1, 18)
        for n in range(size):
            actor, recipient = (f"Brigade {topic} {chance.choice('abc')}", f"Front {topic} {chance.choice('de')}")
            words = f"{actor} and {recipient} met near Nawa, report {n} of {topic} says."
            day = f"2018-07-{begin + chance.randrange(10):02d}"
            found.append(
                told(f"{topic}.{n}", words, actor=actor, recipient=recipient, place="Nawa", day=day, trigger="met")
            )
    chance.shuffle(found)
    return found


def together(found: list[Story]) -> set[tuple[str, ...]]:
    return {pair for s in found for pair in combinations(sorted(r.report for r in s.reports), 2)}


def test_stories_kept_up_differ_little_from_those_made_anew(tmp_path: Path) -> None:
    differ = []
    for seed in range(3):
        with Store.open(str(tmp_path / f"{seed}.db")) as store:
            for n, made in enumerate(invented(seed)):
                store.add(made)
                if n % 7 == 0:
                    keeping.keep_up(store)
            kept, fresh = together(stories_of(store)), together(stories(told_of(store)))
            differ.append(len(kept ^ fresh) / len(kept | fresh))
            made_anew(store)
            assert stories_of(store) == stories(told_of(store))
    assert mean(differ) <= TOLERANCE


def test_stories_hold_while_reports_are_read_again(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db")) as store:
        some = invented(5, topics=3)
        for made in some:
            store.add(made)
        first = together(stories_of(store))
        for made in some[::3]:
            store.replace(made)
            keeping.keep_up(store)
        assert together(stories_of(store)) == first
        for made in some[::4]:
            store.replace(replace(made, actors=(), events=()))
        found = stories_of(store)
        assert sorted(r.report for s in found for r in s.reports) == sorted(r.report for r in told_of(store))


def test_pages_give_all_once_and_in_order(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "p.db")) as store:
        for made in invented(1, topics=4):
            store.add(made)
        whole, paged, after = incidents_of(store, Filters()), [], None
        while True:
            page = incident_page(store, Filters(), limit=3, after=after)
            paged += page.rows
            after = page.after
            if after is None:
                break
        assert paged == whole == anew(store)
        named = stories_of(store)
        first = story_page(store, limit=2)
        assert [*first.rows, *story_page(store, limit=1000, after=first.after).rows] == named


def test_an_incident_is_listed_whole_where_one_of_its_events_is_let_through(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "w.db")) as store:
        for n, outlet in enumerate(("Tern Wire", "Basalt")):
            words = WORDS[n].format(who=FORCE, place="Nawa", killed="8 people")
            store.add(told(outlet, words, actor=FORCE, place="Nawa", outlet=outlet))
        (found,) = incidents_of(store, Filters(sources=("Basalt",)))
        assert len(found.reports) == 2
        assert incidents_of(store, Filters(sources=("Jasmine",))) == []


def test_migrations_make_the_derived_tables_that_the_code_knows(tmp_path: Path) -> None:
    names = derived_tables.metadata.tables
    wanted = {"include_name": lambda name, kind, _: kind != "table" or name in names}
    with Store.open(str(tmp_path / "m.db")) as store, store.reading() as connection:
        context = MigrationContext.configure(connection, opts=wanted)
        assert compare_metadata(context, derived_tables.metadata) == []
