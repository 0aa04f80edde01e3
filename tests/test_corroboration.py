"""How well an incident is corroborated: who tells it, from which side, and who says that it isn't so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from told_pictures import holding, span, told

from situate.cli import cli
from situate.contract import Actor, Claim, Forecast, Likelihood, Mention, Picture, Report, Span
from situate.picture import Incident, incidents_of
from situate.picture.corroborated import corroborated
from situate.picture.kept_histories import control_of
from situate.store import Filters, Store, query

FORCE, REBELS = "Government forces", "Free Syrian Army"
WORDS = "Government forces shelled the market of Nawa and killed 8 people."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "test.db")) as opened:
        yield opened


def report(name: str, text: str = WORDS, **more: str) -> Picture:
    return told(name, text, **{"actor": FORCE, "place": "Nawa", **more})


def only(store: Store, *pictures: Picture) -> Incident:
    for picture in pictures:
        store.add(picture)
    (incident,) = incidents_of(store, Filters())
    return incident


def quoting(name: str, source: str, outlet: str, **more: str) -> Picture:
    return report(
        name, f"Government forces shelled the market of Nawa, {source} said.", source=source, outlet=outlet, **more
    )


def test_one_report_is_a_single_source(store: Store) -> None:
    found = only(store, report("a")).corroboration
    assert (found.grade, found.sources, found.reports) == ("single source", 1, 1)


def test_two_outlets_on_their_own_corroborate(store: Store) -> None:
    other = "On Wednesday Government forces shelled Nawa, hitting its market, and 8 were killed."
    found = only(store, report("a"), report("b", other, outlet="Basalt", day="2018-07-19")).corroboration
    assert (found.grade, found.sources) == ("corroborated", 2)
    assert (found.first, found.last) == ("2018-07-18", "2018-07-19")


def test_copies_are_one_source(store: Store) -> None:
    found = only(store, report("a", WORDS * 4), report("b", WORDS * 4, outlet="Basalt")).corroboration
    assert (found.grade, found.sources, found.reports) == ("single source", 1, 2)


def test_two_outlets_that_quote_one_voice_are_one_source(store: Store) -> None:
    monitor = "Syrian Observatory for Human Rights"
    found = only(store, quoting("a", monitor, "Tern Wire"), quoting("b", monitor, "Basalt")).corroboration
    assert (found.grade, found.sources) == ("single source", 1)


def test_who_is_not_named_is_another_one_in_every_report_however_a_sentence_begins(store: Store) -> None:
    one = "Residents said that Government forces shelled the market of Nawa."
    other = "Residents told of shells on Nawa: Government forces shelled its market for an hour."
    pictures = [
        report("a", one, source="Residents"),
        report("b", other, source="Residents", outlet="Basalt"),
    ]
    assert only(store, *pictures).corroboration.sources == 2


def test_a_pronoun_for_who_says_so_is_told_by_what_it_stands_for(store: Store) -> None:
    text = "The Russian envoy was in Nawa. Government forces shelled it, he said."
    made = report("a", text, source="he")
    mentions = tuple(
        Mention(s.start, s.end, s.text, form)
        for s, form in ((span(text, "The Russian envoy"), "description"), (span(text, "he said"), "pronoun"))
    )
    he = replace(mentions[1], end=mentions[1].start + 2, text="he")
    envoy = Actor("envoy", "Envoy", "person", (mentions[0], he))
    (claim,) = made.claims
    claim = replace(claim, actor="envoy", source=Span(he.start, he.end, "he"))
    store.add(replace(made, actors=(*made.actors, envoy), claims=(claim,)))
    (event,) = query.every(store, "events", Filters())
    assert event.source == "The Russian envoy"


def test_doer_and_opponent_are_both_sides(store: Store) -> None:
    sides = {"actor": "Israel", "recipient": "Iran"}
    text = "Israel shelled positions of Iran near Nawa, {} said."
    pictures = [
        report("a", text.format("an Israeli officer"), source="an Israeli officer", **sides),
        report("b", text.format("Iran's army"), source="Iran's army", outlet="Basalt", **sides),
    ]
    found = only(store, *pictures).corroboration
    assert found.grade == "told by both sides"
    assert found.sides == ("own", "opponent")


def test_two_voices_of_one_side_are_one_side_only(store: Store) -> None:
    sides = {"actor": "Israel", "recipient": "Iran"}
    text = "Israel shelled positions of Iran near Nawa, {} said."
    pictures = [
        report("a", text.format("an Israeli officer"), source="an Israeli officer", **sides),
        report("b", text.format("Israeli officials"), source="Israeli officials", outlet="Basalt", **sides),
    ]
    assert only(store, *pictures).corroboration.grade in ("one side only", "single source")


def test_a_denial_contests_it_and_says_who(store: Store) -> None:
    denial = quoting("b", "an army officer", "SANA", status="denied")
    found = only(store, report("a"), denial).corroboration
    assert found.grade == "contested"
    assert [c.who for c in found.contradicted] == ["an army officer"]
    assert "an army officer" in found.why


def test_a_filter_on_status_does_not_hide_denials(store: Store) -> None:
    store.add(report("a"))
    store.add(quoting("b", "an army officer", "SANA", status="denied"))
    (found,) = incidents_of(store, Filters(statuses=("actual",)))
    assert found.corroboration.grade == "contested"


def test_every_voice_names_its_entries(store: Store) -> None:
    found = only(
        store, report("a"), report("b", "Government forces shelled Nawa, killing 8 in its market.", outlet="Basalt")
    )
    keys = {key for voice in found.corroboration.voices for key in voice.entries}
    assert keys == {e.key for e in query.every(store, "events", Filters())}


def test_every_entry_of_a_layer_has_its_corroboration(store: Store) -> None:
    store.add(report("a"))
    found = corroborated(store, "events", Filters())
    assert [c.grade for c in found.values()] == ["single source"]
    assert corroborated(store, "forecasts", Filters()) == {}


def test_two_holders_of_one_place_contradict_each_other(store: Store) -> None:
    store.add(holding("d", "Syrian Arab Army holds Saida.", "Syrian Arab Army", "Saida", outlet="Jasmine"))
    store.add(holding("e", "Northern Brigade still holds Saida.", "Northern Brigade", "Saida", outlet="Basalt"))
    found = corroborated(store, "control", Filters())
    assert {(c.grade, *(x.who for x in c.contradicted)) for c in found.values()} == {
        ("contested", "Basalt"),
        ("contested", "Jasmine"),
    }


REST = {  # of four reports that aren't copies
    "Tern": "Farmers brought in what was left of the harvest, and bakeries opened for some hours in the morning.",
    "Basalt": "Roads were wet. A school that had been shut since spring took back its pupils. Teachers aren't paid.",
    "Lantern": "Water is brought by lorry. Nurses wait for medicine that was promised long ago by the health office.",
    "SANA": "The minister spoke at a conference on wheat, dams and trade, where guests from abroad were welcomed.",
}


def claiming(name: str, words: str, source: str) -> Picture:
    text = f"{words}, {source} said. {REST[name]}"
    said = Claim("c", span(text, words), "indirect", source=span(text, source))
    return Picture(Report(name, text, publisher=name, published="2018-07-18"), claims=(said,))


def test_claims_in_the_same_words_corroborate_and_a_not_contradicts(store: Store) -> None:
    words = "The army has {}sent tanks and rocket launchers to the front near Nawa{}"
    store.add(claiming("Tern", words.format("", ""), "a Turkish official"))
    store.add(claiming("Basalt", words.format("", ""), "two residents"))
    store.add(claiming("Lantern", words.format("", ", with crews"), "another resident of the town"))
    found = corroborated(store, "claims", Filters())
    assert {(c.grade, c.sources, c.reports) for c in found.values()} == {("corroborated", 3, 3)}
    store.add(claiming("SANA", words.format("not ", ""), "an army officer"))
    found = corroborated(store, "claims", Filters())
    assert {(c.grade, c.sources, len(c.contradicted)) for c in found.values()} == {
        ("contested", 3, 1),
        ("contested", 1, 3),
    }


def predicting(name: str, likely: tuple[str, float, float]) -> Picture:
    text = f"The army is {likely[0]} to attack Idlib and Saraqib before October. {REST[name]}"
    phrase, low, high = span(text, likely[0]), *likely[1:]
    said = Forecast(
        "f",
        span(text, "attack Idlib and Saraqib before October"),
        Span.of(text, 0, len(text)),
        Likelihood(phrase, low, high),
    )
    return Picture(Report(name, text, publisher=name, published="2018-07-18"), forecasts=(said,))


def test_forecasts_of_the_same_corroborate_or_exclude_each_other(store: Store, tmp_path: Path) -> None:
    for name, likely in (
        ("Tern", ("likely", 0.55, 0.85)),
        ("Basalt", ("very likely", 0.8, 0.95)),
        ("Lantern", ("unlikely", 0.1, 0.3)),
    ):
        store.add(predicting(name, likely))
    found = corroborated(store, "forecasts", Filters())
    assert {(c.sources, c.reports, len(c.contradicted)) for c in found.values()} == {(2, 2, 1), (1, 1, 2)}
    table = CliRunner().invoke(cli, ["forecasts", "--graded", "--store", str(tmp_path / "test.db")]).stdout
    assert "contested" in table
    assert "against:" in table


def test_listings_and_histories_say_how_well_each_stands(store: Store, tmp_path: Path) -> None:
    store.add(holding("d", "Syrian Arab Army holds Saida.", "Syrian Arab Army", "Saida", outlet="Jasmine"))
    store.add(holding("e", "Northern Brigade still holds Saida.", "Northern Brigade", "Saida", outlet="Basalt"))
    store.add(report("a"))
    place = ["--store", str(tmp_path / "test.db")]
    runner = CliRunner()
    lines = runner.invoke(cli, ["control", "--graded", "--json", *place]).stdout.splitlines()
    listed = [json.loads(line) for line in lines]
    assert [each["corroboration"]["grade"] for each in listed] == ["contested", "contested"]
    table = runner.invoke(cli, ["control", "--graded", *place]).stdout
    assert all(words in table for words in ("stands", "contested", "against:"))
    (event,) = runner.invoke(cli, ["events", "--graded", "--json", *place]).stdout.splitlines()
    assert json.loads(event)["corroboration"]["grade"] == "single source"
    (held,) = runner.invoke(cli, ["history", "--json", *place]).stdout.splitlines()
    assert json.loads(held)["corroboration"]["grade"] == "contested"
    assert runner.invoke(cli, ["control", "--graded", "--csv", *place]).exit_code == 2


def taking(name: str, holder: str, kind: str, day: str = "2018-07-06") -> Picture:
    text = f"{holder} captured Saida. {REST[name]}"
    made = holding(name, text, holder, "Saida", outlet=name, day=day)
    (control,), (actor,) = made.control, made.actors
    return replace(made, control=(replace(control, state="captured"),), actors=(replace(actor, kind=kind),))


def test_two_takers_on_one_day_contest_each_other(store: Store, tmp_path: Path) -> None:
    store.add(taking("Tern", "Syrian Arab Army", "military"))
    store.add(taking("Basalt", "Northern Brigade", "armed_group"))
    (held,) = control_of(store, Filters())
    assert held.until is None
    assert len(held.disputed) == 1
    line = CliRunner().invoke(cli, ["history", "--json", "--store", str(tmp_path / "test.db")]).stdout
    assert json.loads(line)["corroboration"]["grade"] == "contested"
    store.add(taking("Lantern", "Northern Brigade", "armed_group", day="2018-07-09"))
    assert [s.until for s in control_of(store, Filters())] == ["2018-07-09", None]


def test_a_holder_under_two_names_is_one(store: Store) -> None:
    store.add(taking("Tern", "Syrian Arab Army", "military"))
    store.add(taking("Basalt", "Syrian army", "military", day="2018-07-08"))
    (held,) = control_of(store, Filters())
    assert (len(held.entries), held.disputed) == (2, ())
