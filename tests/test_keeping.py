"""What is kept of many reports is what all of them, put together at once, come to: whatever came, went or was decided,
in whatever order.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from told_pictures import holding, span, told

from situate.contract import (
    Actor,
    Agreement,
    Event,
    Forecast,
    Horizon,
    Likelihood,
    Mention,
    Movement,
    Picture,
    Quantity,
    Relation,
    Span,
)
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
from situate.picture.kept_fates import fates
from situate.picture.kept_histories import agreements_of, control_of, movements_of
from situate.picture.moved import movements
from situate.picture.naming import told_of
from situate.picture.network import network, weights_over_time
from situate.picture.settling import Proposal, settle
from situate.picture.standing_ties import edges_of, weights_of
from situate.picture.stories import TOLERANCE
from situate.store import Decision, Filters, Store, derived_tables, merge, opening, query
from situate.store.sql import Sql

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


def of_layer(layer: str, whole: Any) -> Any:
    return lambda store: whole(query.every(store, layer, Filters()))


def of_ties(whole: Any) -> Any:
    return lambda store: whole(*(query.every(store, layer, Filters()) for layer in ("relations", "events")))


def by_key(found: list[Proposal]) -> list[Proposal]:
    return sorted(found, key=lambda proposal: proposal.forecast)


# What is kept, and the same of all entries at once.
HISTORIES: dict[str, tuple[Callable[[Store], Any], Callable[[Store], Any]]] = {
    "agreements": (lambda store: agreements_of(store, Filters()), of_layer("agreements", agreement_history)),
    "movements": (lambda store: movements_of(store, Filters(), done=False), of_layer("movements", movements)),
    "control": (lambda store: control_of(store, Filters()), of_layer("control", control_history)),
    "weights": (lambda store: weights_of(store, Filters()), of_ties(weights_over_time)),
    "network": (lambda store: edges_of(store, Filters()), of_ties(network)),
    "fates": (lambda store: by_key(fates(store)), lambda store: by_key(settle(store.kept()))),
}


@pytest.mark.parametrize("most", [3, grouping.MOST])
@pytest.mark.parametrize("seed", range(3))
def test_histories_that_are_kept_are_those_made_anew(
    tmp_path: Path, most: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "MOST", most)
    chance = random.Random(seed)
    with Store.open(str(tmp_path / "h.db")) as store:
        some = [history_report(n, chance) for n in range(20)]
        for n, made in enumerate(some):
            store.add(made)
            if chance.random() < 0.2:
                old = chance.choice(some[: n + 1])
                less = replace(old, control=(), movements=(), events=(), forecasts=())
                store.replace(less if chance.random() < 0.5 else old)
            if chance.random() < 0.2:
                layer = chance.choice(("agreements", "movements", "control", "relations", "events"))
                key = chance.choice([e.key for e in query.every(store, layer, Filters())] or ["none"])
                store.decide(Decision(key, chance.choice(("reject", "undo")), "ann", f"2026-01-01T00:{n:02d}"))
            if n % 3 == 0:
                same(store)
        same(store)
        before = rows(store)
        made_anew(store)
        same(store)
        assert rows(store) == before


@pytest.mark.parametrize("most", [3, 6, grouping.MOST])
@pytest.mark.parametrize("seed", range(4))
def test_agreements_break_apart_and_grow_together_again(
    tmp_path: Path, most: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chains of reports of a truce, some of them a month apart: what holds a chain together comes and goes."""
    monkeypatch.setattr(grouping, "MOST", most)
    chance = random.Random(seed)
    with Store.open(str(tmp_path / "a.db")) as store:
        some: list[Picture] = []
        for n in range(40):
            day = (date(2018, 1, 1) + timedelta(20 * chance.randrange(18))).isoformat()
            some.append(truce(n, chance.choice(("Nawa", "Saida")), day))
            store.add(some[-1])
            for _ in range(chance.randrange(3)):
                old = chance.choice(some)
                store.replace(replace(old, agreements=old.agreements[: chance.randrange(2)]))
            keys = [e.key for e in query.every(store, "agreements", Filters())] or ["none"]
            word = chance.choice(("reject", "undo"))
            store.decide(Decision(chance.choice(keys), word, "ann", f"2026-01-01T00:{n:02d}"))
            if chance.random() < 0.5:
                assert agreements_of(store, Filters()) == agreement_history(query.every(store, "agreements", Filters()))
        before = rows(store)
        made_anew(store)
        assert rows(store) == before


def truce(number: int, place: str, day: str) -> Picture:
    """A report of a truce at a place."""
    text = f"A truce was agreed in {place}, report {number} says."
    made = told(str(number), text, place=place, day=day, trigger="agreed")
    whole = Span.of(text, 0, len(text))
    return replace(made, events=(), agreements=(Agreement("g", "ceasefire", "concluded", (whole,), places=(place,)),))


def test_many_reports_read_again_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "BATCH", 2)
    with Store.open(str(tmp_path / "m.db")) as store:
        some = [history_report(n, random.Random(n), "Nawa") for n in range(12)]
        for made in some:
            store.add(made)
        keeping.keep_up(store)
        for made in some:
            store.replace(replace(made, events=()) if made.report.id in "147" else made)
        same(store)
        assert incidents_of(store, Filters()) == anew(store)


def rows(store: Store) -> list[tuple[Any, ...]]:
    """What the tables keep of groups and ties."""
    keeping.keep_up(store)
    queries = (
        "SELECT layer, key, day, body FROM groups ORDER BY layer, key",
        "SELECT * FROM ties ORDER BY one_id, other_id, month, entry_id",
        "SELECT * FROM tie_months ORDER BY one_id, other_id, month",
    )
    with store.asking() as asked:
        return [row for each in queries for row in asked.tuples(Sql(each))]


def same(store: Store) -> None:
    for name, (kept, whole) in HISTORIES.items():
        assert kept(store) == whole(store), name


def test_histories_are_the_same_whatever_the_order(tmp_path: Path) -> None:
    some, found = [history_report(n, random.Random(n)) for n in range(20)], []
    for seed in range(3):
        random.Random(seed).shuffle(some)
        with Store.open(str(tmp_path / f"{seed}.db")) as store:
            for n, made in enumerate(some):
                store.add(made)
                if n % (seed + 2) == 0:
                    keeping.keep_up(store)
            found.append({name: kept(store) for name, (kept, _) in HISTORIES.items()})
    assert found[0] == found[1] == found[2]
    assert all(found[0].values())
    assert any(proposal.outcome != "open" for proposal in found[0]["fates"])


def test_histories_of_stores_merged_are_those_of_one_store(tmp_path: Path) -> None:
    some = [history_report(n, random.Random(n)) for n in range(16)]
    with (
        Store.open(str(tmp_path / "a.db")) as store,
        Store.open(str(tmp_path / "b.db")) as other,
        Store.open(str(tmp_path / "all.db")) as whole,
    ):
        for n, made in enumerate(some):
            whole.add(made)
            (store, other)[n % 2].add(made)
            (store, other)[n % 3 == 0].add(made)
        keeping.keep_up(store)
        keeping.keep_up(other)
        merge(store, other)
        for name, (kept, _) in HISTORIES.items():
            assert kept(store) == kept(whole), name


def history_report(number: int, chance: random.Random, place: str = "", day: str = "") -> Picture:
    """A report of who attacked and holds a place, of a truce, of people who left it, and of what will come."""
    place = place or chance.choice(("Nawa", "Saida"))
    day = day or f"2018-{chance.choice('78')}-{chance.randrange(1, 28):02d}".replace("-7", "-07").replace("-8", "-08")
    holder, other = chance.sample(("Northern Brigade", "Southern Front"), 2)
    will = f"{other} will capture {place}"
    text = (
        f"{holder} holds {place}, report {number} says, and fights {other}; a truce was agreed, and"
        f" {900 + number} people left. {holder} captured {place} from {other}. {will}."
    )
    made = holding(str(number), text, holder, place, outlet="Tern Wire", day=day)
    whole, figure = Span.of(text, 0, len(text)), span(text, f"{900 + number} people")
    value = float(900 + number)
    state = chance.choice(("holds", "captured", "lost"))
    by = (date.fromisoformat(day) + timedelta(10)).isoformat()
    front = Actor(
        other, other, "armed_group", (Mention(text.index(other), text.index(other) + len(other), other),), "SYR"
    )
    return replace(
        made,
        actors=(*made.actors, front),
        quantities=(Quantity("q", figure, value, value, value, "people", "people"),),
        control=(replace(made.control[0], state=state),),
        agreements=(Agreement("g", "ceasefire", chance.choice(("concluded", "breached")), (whole,), places=(place,)),),
        movements=(Movement("m", "displacement", "actual", whole, quantity="q", origin=place, who_span=figure),),
        relations=(Relation("r", holder, other, "fights", -1, whole),),
        events=(
            Event("e", "ASSAULT", span(text, "captured"), whole, "actual", 0.9, actors=(holder,), recipients=(other,)),
        ),
        forecasts=(Forecast("f", span(text, will), whole, Likelihood(None, 0.8, 1.0), horizon=Horizon(None, by)),),
    )


def test_those_who_leave_one_place_day_after_day_are_not_one_movement(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "d.db")) as store:
        for n in range(12):
            store.add(history_report(n, random.Random(0), "Nawa", f"2018-07-{n + 1:02d}"))
        found = movements_of(store, Filters())
        assert len(found) >= 3
        assert all(days_between(each.first, each.last) <= 6 for each in found)  # three to either side of one


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
