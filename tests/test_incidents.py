"""Many reports of one event are one incident, with all that they say; what isn't one stays apart."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from told_pictures import told

from situate.contract import Picture
from situate.picture import Incident, copies, incidents_of, stories_of
from situate.store import Decision, Filters, Store, query

TERN = (
    "Government forces shelled Nawa on Wednesday and killed 8 people. Rescue workers dug until nightfall in the rubble."
)
REPUBLISHED = TERN + " Source: Tern Wire."
BASALT = "At least 12 people died when Government forces shelled the market of Nawa, a doctor in the town said."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "test.db")) as opened:
        yield opened


def nawa() -> list[Picture]:
    force = "Government forces"
    return [
        told("a", TERN, actor=force, place="Nawa", killed="8 people"),
        told("b", REPUBLISHED, actor=force, place="Nawa", killed="8 people", outlet="Jasmine", day="2018-07-19"),
        told("c", BASALT, actor=force, place="Nawa", killed="At least 12 people", outlet="Basalt", source="a doctor"),
    ]


def added(store: Store, pictures: list[Picture]) -> list[Incident]:
    for picture in pictures:
        store.add(picture)
    return incidents_of(store, Filters())


def test_reports_of_one_event_are_one_incident_and_copies_one_source(store: Store) -> None:
    (incident,) = added(store, nawa())
    assert len(incident.reports) == 3
    assert len(incident.sources) == 2
    assert all(incident.why)


def test_figures_stand_side_by_side_with_who_gives_them(store: Store) -> None:
    (incident,) = added(store, nawa())
    assert {(v.figure.words, v.said_by) for v in incident.values} == {
        ("8 people", "Tern Wire"),
        ("8 people", "Jasmine"),
        ("At least 12 people", "a doctor"),
    }
    assert incident.disputed == ("killed",)


@pytest.mark.parametrize(
    "other",
    [
        told("x", "Government forces shelled Idlib and killed 8 people.", actor="Government forces", place="Idlib"),
        told("x", "Government forces shelled Nawa again.", actor="Government forces", place="Nawa", day="2018-08-20"),
        told("x", "Government forces shelled Nawa.", actor="Government forces", place="Nawa", type="COERCE"),
    ],
    ids=["another place", "another month", "another type"],
)
def test_what_is_incompatible_stays_apart(store: Store, other: Picture) -> None:
    assert len(added(store, [nawa()[0], other])) == 2


@pytest.mark.parametrize("status", ["planned", "threatened", "denied", "predicted"])
def test_what_did_not_happen_is_no_incident(store: Store, status: str) -> None:
    assert added(store, [told("p", TERN, place="Nawa", status=status)]) == []


def test_any_order_gives_the_same_incidents(tmp_path: Path) -> None:
    some = [*nawa(), told("d", "Rebels attacked Daraa.", actor="Rebels", place="Daraa", trigger="attacked")]
    found = []
    for n in range(3):
        random.Random(n).shuffle(some)
        with Store.open(str(tmp_path / f"{n}.db")) as store:
            found.append([(i.id, sorted(i.reports)) for i in added(store, some)])
    assert found[0] == found[1] == found[2]


def test_a_person_splits_and_merges_and_takes_it_back(store: Store) -> None:
    added(store, nawa())
    keys = [e.key for e in query.every(store, "events", Filters()) if e.report.id in ("a", "c")]
    split = Decision(keys[0], "reject", "ann", "2026-01-01T00:00:00", "incident", None, keys[1])
    store.decide(split)
    assert len(incidents_of(store, Filters())) == 2
    store.decide(Decision(keys[0], "undo", "ann", "2026-01-01T00:01:00"))
    assert len(incidents_of(store, Filters())) == 1


def test_copies_name_the_original_first(store: Store) -> None:
    added(store, nawa())
    (found,) = copies(store)
    assert [store.report(key).id for key in found.reports] == ["a", "b"]


def test_stories_do_not_depend_on_the_order(tmp_path: Path) -> None:
    some = [*nawa(), told("d", "Rebels attacked Daraa.", actor="Rebels", place="Daraa", trigger="attacked")]
    found = []
    for n in range(3):
        random.Random(n).shuffle(some)
        with Store.open(str(tmp_path / f"{n}.db")) as store:
            added(store, some)
            found.append(stories_of(store))
    assert found[0] == found[1] == found[2]
    assert sorted(len(s.reports) for s in found[0]) == [1, 3]
