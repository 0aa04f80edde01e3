"""What entries come to over time: agreements, totals of movements, weights of ties. Any order gives one result."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from told_pictures import SITES, span, told

from situate.cli import cli
from situate.contract import Actor, Agreement, Mention, Movement, Picture, Place, Quantity, Relation, Report, Span, Time
from situate.picture.agreement_history import agreement_history
from situate.picture.control_history import control_history
from situate.picture.moved import flows, moved, running_totals
from situate.picture.network import network, weights_over_time
from situate.store import Filters, Listed, Store, query

LAYERS = ("agreements", "movements", "control", "relations", "events")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "test.db")) as opened:
        yield opened


def blank(name: str, text: str, day: str, outlet: str = "Tern Wire") -> Picture:
    """A report with nothing entered yet but its day."""
    time = Time("t", Span.of(text, 0, 1), day, day, "report")
    return Picture(Report(name, text, title=f"Report {name}", publisher=outlet, published=day), times=(time,))


def site(text: str, name: str) -> Place:
    lat, lon = SITES[name]
    return Place(name, name, "settlement", (named(text, name),), lat=lat, lon=lon, radius_km=3, country="SYR")


def named(text: str, words: str) -> Mention:
    found = span(text, words)
    return Mention(found.start, found.end, found.text, "name")


def truce(name: str, text: str, status: str, day: str, place: str = "Nawa") -> Picture:
    evidence = (Span.of(text, 0, len(text)),)
    made = Agreement("g", "ceasefire", status, evidence, places=(place,), time="t")  # type: ignore[arg-type]
    return replace(blank(name, text, day), places=(site(text, place),), agreements=(made,))


def flight(name: str, text: str, number: str, day: str, place: str = "Nawa", outlet: str = "Tern Wire") -> Picture:
    figure = span(text, number)
    value = float(number.split()[0].replace(",", ""))
    movement = Movement(
        "m",
        "displacement",
        "actual",
        Span.of(text, 0, len(text)),
        quantity="q",
        origin=place,
        time="t",
        who_span=figure,
    )
    quantity = Quantity("q", figure, value, value, value, "people", "people")
    base = blank(name, text, day, outlet)
    return replace(base, places=(site(text, place),), quantities=(quantity,), movements=(movement,))


def tie(name: str, text: str, kind: str, sign: int, day: str) -> Picture:
    names = ("Northern Brigade", "Southern Front")
    actors = tuple(Actor(n, n, "armed_group", (named(text, n),), country="SYR") for n in names)
    made = Relation("r", *names, kind, sign, Span.of(text, 0, len(text)), time="t")  # type: ignore[arg-type]
    return replace(blank(name, text, day), actors=actors, relations=(made,))


TRUCE = [
    truce("a", "Talks on a ceasefire for Nawa began.", "negotiated", "2018-07-01"),
    truce("b", "A ceasefire for Nawa was signed.", "concluded", "2018-07-05"),
    truce("c", "The ceasefire of Nawa holds.", "concluded", "2018-07-07"),
    truce("d", "Shells broke the ceasefire of Nawa.", "breached", "2018-07-20"),
    truce("e", "A ceasefire for Idlib was signed.", "concluded", "2018-07-06", "Idlib"),
]
FLIGHT = [
    flight("f", "Some 2,000 people fled from Nawa on Wednesday.", "2,000 people", "2018-07-18"),
    flight(
        "g",
        "On Thursday aid workers counted 2,100 people who left Nawa.",
        "2,100 people",
        "2018-07-19",
        outlet="Basalt",
    ),
    flight("h", "A month later 500 people fled from Nawa again.", "500 people", "2018-08-20"),
]
TIES = [
    tie("i", "Northern Brigade is allied with Southern Front.", "allied", 1, "2018-07-01"),
    tie("j", "Northern Brigade still backs Southern Front.", "backs", 1, "2018-07-20"),
    tie("k", "Northern Brigade now fights Southern Front.", "fights", -1, "2018-12-10"),
]
EVENTS = [told("x", "Northern Brigade shelled Nawa.", actor="Northern Brigade", place="Nawa")]


def rows(store: Store, layer: str) -> list[Listed]:
    return list(query.every(store, layer, Filters()))


def filled(store: Store, *pictures: Picture) -> Store:
    for picture in pictures:
        store.add(picture)
    return store


def test_an_agreement_has_its_standings_in_order(store: Store) -> None:
    found = agreement_history(rows(filled(store, *TRUCE), "agreements"))
    (nawa,) = [h for h in found if h.places[0].name == "Nawa"]
    assert [(s.status, s.since, len(s.entries)) for s in nawa.standings] == [
        ("negotiated", "2018-07-01", 1),
        ("concluded", "2018-07-05", 2),
        ("breached", "2018-07-20", 1),
    ]
    assert len(found) == 2


def deal(name: str, told: str, *signed: str) -> Picture:
    """An undated report of a deal that says nothing of what was agreed."""
    text = f"{' and '.join(signed)} {told}."
    report = Report(name, text, publisher="Tern Wire")
    actors = tuple(Actor(f"a{n}", who, "armed_group", (named(text, who),)) for n, who in enumerate(signed))
    made = Agreement("g", "other", "concluded", (Span.of(text, 0, len(text)),), parties=tuple(a.id for a in actors))
    return Picture(report, actors=actors, agreements=(made,))


def test_one_party_in_common_does_not_make_one_of_undated_agreements(store: Store) -> None:
    made = [
        deal("a", "signed a pact in a hotel by the river", "Alpha Front", "Beta Army"),
        deal("b", "has accepted new terms, radio said", "Beta Army"),
        deal("c", "shook hands over an accord before cameras", "Beta Army", "Alpha Front"),
    ]
    found = agreement_history(rows(filled(store, *made), "agreements"))
    assert sorted(len(h.entries) for h in found) == [1, 2]


def test_a_movement_that_two_reports_count_is_counted_once(store: Store) -> None:
    totals = running_totals(moved(rows(filled(store, *FLIGHT), "movements")))
    assert [(t.country, t.day, t.low, t.high) for t in totals] == [
        ("SYR", "2018-07-18", 2000, 2100),
        ("SYR", "2018-08-20", 2500, 2600),
    ]


def test_what_contradicts_in_number_is_two_movements(store: Store) -> None:
    other = flight("z", "Some 9,000 people fled from Nawa.", "9,000 people", "2018-07-18", outlet="Basalt")
    assert len(moved(rows(filled(store, FLIGHT[0], other), "movements"))) == 2


def test_flows_count_a_movement_once(store: Store) -> None:
    (flow,) = flows(moved(rows(filled(store, *FLIGHT), "movements")))
    assert flow.origin is not None and (flow.origin.name, flow.destination) == ("Nawa", None)
    assert (flow.people, len(flow.movements)) == ((2500, 2600), 2)


def test_weights_at_a_months_end_are_those_of_the_network_then(store: Store) -> None:
    filled(store, *TIES)
    over_time = weights_over_time(rows(store, "relations"), [])
    assert [w.until for w in over_time] == ["2018-07-31", "2018-12-31"]
    (december,) = network(rows(store, "relations"), [], "2018-12-31")
    assert over_time[-1].weight == pytest.approx(december.weight)
    assert over_time[-1].strength == pytest.approx(december.strength)
    assert over_time[0].weight > 0 > over_time[-1].weight


def test_any_order_of_reports_and_entries_gives_the_same_histories(tmp_path: Path) -> None:
    pictures, found = [*TRUCE, *FLIGHT, *TIES, *EVENTS], []
    for n in range(4):
        random.Random(n).shuffle(pictures)
        with Store.open(str(tmp_path / f"{n}.db")) as store:
            filled(store, *pictures)
            listed = {layer: rows(store, layer) for layer in LAYERS}
            for entries in listed.values():
                random.Random(n).shuffle(entries)
            found.append(
                (
                    agreement_history(listed["agreements"]),
                    running_totals(moved(listed["movements"])),
                    control_history(listed["control"]),
                    [
                        replace(w, weight=round(w.weight, 9))
                        for w in weights_over_time(listed["relations"], listed["events"])
                    ],
                )
            )
    assert found[0] == found[1] == found[2] == found[3]


@pytest.mark.parametrize("of", ["control", "agreements", "movements", "flows", "relations"])
def test_the_command_prints_each_history(store: Store, tmp_path: Path, of: str) -> None:
    filled(store, *TRUCE, *FLIGHT, *TIES)
    result = CliRunner().invoke(cli, ["history", "--of", of, "--json", "--store", str(tmp_path / "test.db")])
    assert result.exit_code == 0
    assert bool(result.output.strip()) == (of != "control")


def test_a_history_as_a_table_is_cut_and_says_so(store: Store, tmp_path: Path) -> None:
    filled(store, *TIES)
    args = ["history", "--of", "relations", "--store", str(tmp_path / "test.db")]
    whole, cut, all_ = (CliRunner().invoke(cli, [*args, *more]) for more in ((), ("--limit", "1"), ("--limit", "0")))
    assert whole.stdout == all_.stdout
    assert cut.stdout.count("\n") < whole.stdout.count("\n")
    assert "lines; --limit 0 shows all" in cut.stderr
    assert whole.stderr == ""


def test_a_type_of_control_is_refused_for_other_histories(store: Store, tmp_path: Path) -> None:
    args = ["history", "--of", "movements", "--type", "captured", "--store", str(tmp_path / "test.db")]
    assert CliRunner().invoke(cli, args).exit_code != 0
