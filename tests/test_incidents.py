"""Many reports of one event are one incident, with all that they say; what isn't one stays apart."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from told_pictures import span, told

from situate.cli import cli
from situate.contract import Claim, EventMention, Picture
from situate.errors import SituateError
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
        ("8 people", "Tern Wire"),  # and its copy, which gives no figure of its own
        ("At least 12 people", "a doctor"),
    }
    assert incident.disputed == ("killed",)


def bombing(name: str, teller: str, killed: str, **more: str) -> Picture:
    """A report that quotes one for the toll, and the group for the deed, in whose words the event is told."""
    text = f"A bomb killed {killed} in Nawa, {teller} said. Northern Brigade said it bombed Nawa."
    toll, deed = text.split(". ")
    made = told(name, text, trigger="bombed", actor="Northern Brigade", place="Nawa", killed=killed, **more)
    claims = (
        Claim("toll", span(text, toll), "indirect", source=span(text, teller)),
        Claim("deed", span(text, deed), "indirect", source=span(text, "Northern Brigade")),
    )
    again = EventMention(span(text, "killed"), span(text, toll))
    (event,) = made.events
    event = replace(event, claim="deed", evidence=span(text, deed), mentions=(again,))
    return replace(made, claims=claims, events=(event,))


def test_a_figure_is_in_the_words_of_who_gives_it_not_of_who_tells_the_deed(store: Store) -> None:
    pictures = [
        bombing("a", "the police", "8 people"),
        bombing("b", "a hospital official", "at least 12 people", outlet="Basalt"),
    ]
    (incident,) = added(store, pictures)
    assert {(v.figure.words, v.said_by) for v in incident.values} == {
        ("8 people", "the police"),
        ("at least 12 people", "a hospital official"),
    }
    assert incident.disputed == ("killed",)
    assert incident.corroboration.sources == 2  # both quote the group, but each somebody else as well


def test_a_place_taken_by_others_is_taken_again(store: Store) -> None:
    acled = "Government regains territory"
    text = "{} captured Nawa on 18 July."
    takers = ("Israel", "Hezbollah")
    pictures = [
        told(who, text.format(who), trigger="captured", actor=who, place="Nawa", outlet=who, acled=acled)
        for who in takers
    ]
    assert len(added(store, pictures)) == 2


def test_what_tells_the_day_stands_for_an_incident(store: Store) -> None:
    sure = told("u", TERN, actor="Government forces", place="Nawa", confidence=0.95, outlet="Jasmine")
    (event,) = sure.events
    undated = replace(sure, events=(replace(event, time=None),), report=replace(sure.report, published=None))
    (incident,) = added(store, [undated, nawa()[0]])
    assert incident.first.earliest == "2018-07-18"


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


def command(store: Store, *given: str) -> str:
    """What `situate incidents` prints."""
    result = CliRunner().invoke(cli, ["incidents", *given, "--store", store.name])
    assert result.exit_code == 0, result.output
    return result.stdout


def shown(store: Store) -> list[tuple[str, list[str]]]:
    """The ids of incidents, and the ids of the reports of each."""
    return sorted((i.id, sorted(e.report.id for e in i.entries)) for i in incidents_of(store, Filters()))


def test_the_command_merges_and_splits_and_takes_it_back(store: Store) -> None:
    added(store, [*nawa(), told("d", "Rebels attacked Daraa.", actor="Rebels", place="Daraa", trigger="attacked")])
    before = shown(store)
    assert sorted(reports for _, reports in before) == [["a", "b", "c"], ["d"]]
    assert before[0][0][:8] in command(store)
    command(store, "merge", *(name for name, _ in before), "--who", "ann")
    ((merged, reports),) = shown(store)
    assert reports == ["a", "b", "c", "d"]
    key = next(e.report.key for e in query.every(store, "events", Filters()) if e.report.id == "c")
    assert key[:8] in command(store, "--why")
    command(store, "split", merged, key[:8], "--who", "ann")
    assert sorted(reports for _, reports in shown(store)) == [["a", "b", "d"], ["c"]]
    store.add(told("e", REPUBLISHED, actor="Government forces", place="Nawa", outlet="Heron", day="2018-07-20"))
    assert not any({"a", "c"} <= set(reports) for _, reports in shown(store))
    assert any({"a", "b", "d"} <= set(reports) for _, reports in shown(store))
    store.decide(Decision(f"{key}.events.none", "accept", "ann", "2027-01-01"))
    for name in (merged, merged):
        command(store, "undo", next(i for i, _ in shown(store) if i == name), "--who", "ann")
    assert sorted(reports for _, reports in shown(store)) == [["a", "b", "c", "e"], ["d"]]


def test_an_undo_takes_back_what_it_names_and_no_later_decision(store: Store) -> None:
    added(store, nawa())
    one, other, *_ = (e.key for e in query.every(store, "events", Filters()))
    store.decide(Decision(one, "reject", "ann", "2026-01-01T00:00", "incident", None, other))
    assert len(incidents_of(store, Filters())) == 2
    store.decide(Decision(one, "accept", "ann", "2026-01-01T00:01"))
    store.decide(Decision(one, "undo", "ann", "2026-01-01T00:02"))
    assert len(incidents_of(store, Filters())) == 2
    store.decide(Decision(one, "accept", "ann", "2026-01-01T00:03"))
    store.decide(Decision(one, "undo", "ann", "2026-01-01T00:04", "incident", None, other))
    assert len(incidents_of(store, Filters())) == 1
    assert [e.review for e in query.every(store, "events", Filters()) if e.key == one] == ["accepted"]


def test_the_last_word_on_a_pair_stands(store: Store) -> None:
    added(store, nawa())
    one, other, *_ = (e.key for e in query.every(store, "events", Filters()))
    store.decide(Decision(one, "reject", "ann", "2026-01-01T00:00", "incident", None, other))
    store.decide(Decision(other, "accept", "omar", "2026-01-01T00:01", "incident", None, one))
    assert len(incidents_of(store, Filters())) == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("merge", "nothing", "nobody"), "no incident"),
        (("merge", "", ""), "more than one incident"),
        (("undo", "a"), "there is nothing to undo"),
        (("split", "a", "nothing"), "no report of the incident"),
        (("split", "a", ""), "all of its reports would go"),
    ],
)
def test_what_the_command_can_not_do_it_says_in_a_line(store: Store, given: tuple[str, ...], words: str) -> None:
    found = added(
        store, [*nawa(), told("d", "Rebels attacked Daraa.", actor="Rebels", place="Daraa", trigger="attacked")]
    )
    first = next(i.id for i in found if len(i.reports) == 3)
    result = CliRunner().invoke(cli, ["incidents", *(first if x == "a" else x for x in given), "--store", store.name])
    assert isinstance(result.exception, SituateError)
    assert words in str(result.exception)


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


def attack(name: str, text: str, actor: str, recipient: str) -> Picture:
    """A report of an attack in Idlib that says no day: its own date stands for it."""
    made = told(name, text, trigger="attacked", actor=actor, recipient=recipient, place="Idlib", outlet=name)
    return replace(made, times=(), events=(replace(made.events[0], time=None, acled="Armed clash"),))


def test_who_attacks_one_day_is_attacked_the_next(store: Store) -> None:
    a = attack("a", "Northern Brigade attacked Southern Front in Idlib.", "Northern Brigade", "Southern Front")
    b = attack("b", "Southern Front attacked Northern Brigade in Idlib.", "Southern Front", "Northern Brigade")
    assert len(added(store, [a, b])) == 2


def test_other_deeds_at_places_beside_each_other_are_two(store: Store) -> None:
    kinds = {"Nawa": "Armed clash", "Daraa": "Government regains territory"}
    there = replace(told("x", "At Daraa.", trigger="At", place="Daraa").places[0], lat=32.9, lon=36.1)
    reports = []
    for place, acled in kinds.items():
        text = f"Northern Brigade seized posts and fought off raids at {place} on Wednesday."
        made = told(place, text, trigger="seized", actor="Northern Brigade", place=place, acled=acled, outlet=place)
        moved = replace(made.places[0], lat=there.lat, lon=there.lon) if place == "Daraa" else made.places[0]
        reports.append(replace(made, places=(moved,)))
    assert len(added(store, reports)) == 2
