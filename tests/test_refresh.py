"""Reports read again: what changed is told, what people decided stays, what is up to date is left alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from store_pictures import bare, picture, pictures

import situate
from situate.cli import cli
from situate.contract import LAYERS, Event, Picture, Span
from situate.intake import report_from_text
from situate.picture.rereading import Difference, _names, carried, differences
from situate.store import Decision, Filters, Store, query
from situate.store.keys import entry_keys, report_key

TEXT = (
    "Government jets bombed the village of Ain Zahra on Monday, killing five people. The truce may end within a week."
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=False)


def read() -> Picture:
    return situate.read(report_from_text(TEXT, id="one", published="2018-07-24"))


def with_event(some: Picture) -> Picture:
    """The picture with an event that no reader finds."""
    start = TEXT.index("village")
    trigger, evidence = Span.of(TEXT, start, start + 7), Span.of(TEXT, 0, TEXT.index(".") + 1)
    place = tuple(place.id for place in some.places[:1])
    return replace(some, events=(*some.events, Event("e99", "AID", trigger, evidence, "actual", 1.0, places=place)))


def key_of(some: Picture, layer: str, number: int) -> str:
    return [key for each, _, key in entry_keys(some, report_key(some.report)) if each == layer][number]


def decide(store: Store, key: str, decision: Any) -> None:
    store.decide(Decision(key, decision, "mona", "2018-08-01T10:00:00+00:00"))


def test_what_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    path = str(tmp_path / "test.db")
    with Store.open(path) as store:
        store.add(read())
    assert "0 of 1 reports read again" in run("refresh", "--store", path).stdout


@pytest.mark.parametrize("decision", ["accept", "reject", None])
def test_what_a_person_accepted_stays_and_the_rest_follows_the_readers(tmp_path: Path, decision: str | None) -> None:
    path = str(tmp_path / "test.db")
    now = read()
    old = with_event(replace(now, made_by=now.made_by | {"events": "0+00000000"}))
    with Store.open(path) as store:
        store.add(old)
        if decision:
            decide(store, key_of(old, "events", -1), decision)
    assert "1  to be read again from events on" in run("refresh", "--store", path, "--dry-run").stdout
    done = run("refresh", "--store", path)
    assert ("entries stay" in done.stdout) is (decision == "accept")
    assert ("is gone" in done.stderr) is (decision == "reject")
    with Store.open(path) as store:
        (kept,) = store.pictures()
        assert kept.made_by == now.made_by
        assert [key for _, _, key in entry_keys(kept, report_key(kept.report))][: len(now.actors)] == [
            key for _, _, key in entry_keys(now, report_key(now.report))
        ][: len(now.actors)]
        assert (kept.events == now.events) is (decision != "accept")
        assert len(store.decisions()) == (decision is not None)
        told = [row.review for row in query.every(store, "events", Filters(types=("AID",)))]
        assert told == (["accepted"] if decision == "accept" else [])
    assert "0 of 1 reports read again" in run("refresh", "--store", path).stdout


def test_only_layers_from_the_outdated_one_on_are_read_again(tmp_path: Path) -> None:
    path = str(tmp_path / "test.db")
    now = read()
    with Store.open(path) as store:
        store.add(replace(with_event(now), forecasts=(), made_by=now.made_by | {"forecasts": "0+00000000"}))
    (line,) = run("refresh", "--store", path, "--json").stdout.splitlines()
    told = json.loads(line)
    assert (told["first"], [change["layer"] for change in told["changes"]]) == ("forecasts", ["forecasts"])
    with Store.open(path) as store:
        (kept,) = store.pictures()
    assert kept == with_event(now)


def test_differences_are_told_by_key_whatever_the_ids() -> None:
    before = picture()
    key = report_key(before.report)
    renamed = json.loads(before.to_json().replace('"a1"', '"a77"'))
    assert differences(before, Picture.from_json(json.dumps(renamed)), key) == []
    after = replace(before, events=(replace(before.events[0], status="denied"),), relations=())
    assert differences(before, after, key) == [
        Difference("events", (), (), (key_of(before, "events", 0),)),
        Difference("relations", (), (key_of(before, "relations", 0),), ()),
    ]


def test_what_is_carried_along_points_to_the_same_as_before() -> None:
    before = picture()
    key = report_key(before.report)
    event = key_of(before, "events", 0)
    after = carried(before, bare(before.report.text), key, {event})
    (kept,) = after.events
    named = {a.id: a.name for a in after.actors} | {p.id: p.name for p in after.places}
    was = {a.id: a.name for a in before.actors} | {p.id: p.name for p in before.places}
    for field in ("actors", "recipients", "places"):
        ids = getattr(before.events[0], field)
        assert [named[each] for each in getattr(kept, field)] == [was[each] for each in ids]
    assert [claim.content for claim in after.claims if claim.id == kept.claim] == [before.claims[0].content]
    assert [quantity.span for quantity in after.quantities] == [before.quantities[0].span]
    assert [time.span for time in after.times if time.id == kept.time] == [
        time.span for time in before.times if time.id == before.events[0].time
    ]


@settings(max_examples=60)
@given(pictures(), pictures(), st.randoms())
def test_carrying_loses_nothing_and_doubles_nothing(before: Picture, after: Picture, random: Any) -> None:
    after = replace(before if random.random() < 0.3 else after, report=before.report)
    key = report_key(before.report)
    keys = {each for _, _, each in entry_keys(before, key) if random.random() < 0.5}
    whole = carried(before, after, key, keys)
    have = [each for _, _, each in entry_keys(whole, key)]
    assert set(have) >= keys | {each for _, _, each in entry_keys(after, key)}
    assert len(set(have)) == len(have)
    for layer in LAYERS:
        ids = [entry.id for entry in getattr(whole, layer)]
        fresh = ids[len(getattr(after, layer)) :]
        assert len(set(fresh)) == len(fresh)
        assert not set(fresh) & set(ids[: len(getattr(after, layer))])
    assert set(_names(whole, key)) >= set(_names(after, key))
    assert carried(before, whole, key, keys) == whole
