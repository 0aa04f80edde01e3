"""Control as the reader tells it, on sentences written for the purpose."""

from __future__ import annotations

import pytest
from tests.ties_read import control, name, named_document, read

from situate.reading.frames import dateline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rebels captured Saraqib from the Syrian army on Monday, near Idlib.",
            {("Rebels", "captured", "Saraqib"), ("Syrian army", "lost", "Saraqib")},
        ),
        ("Russian forces have surrounded Mariupol.", {("Russian forces", "besieges", "Mariupol")}),
        ("The rebel-held town of Jarjanaz was shelled overnight.", {("Rebels", "holds", "Jarjanaz")}),
        ("Islamic State fighters hold Hajin.", {("Islamic State", "holds", "Hajin")}),
        ("Russian-occupied Melitopol was hit by two drones.", {("Russia", "occupies", "Melitopol")}),
        ("Syrian army units entered Saraqib at dawn.", {("Syrian army units", "captured", "Saraqib")}),
        ("The Taliban won Kunduz back within a week.", {("Taliban", "captured", "Kunduz")}),
        ("Islamic State gave up the town of Jarabulus.", {("Islamic State", "withdrew", "Jarabulus")}),
        (
            "The town of Avdiivka remained in the hands of Ukrainian forces.",
            {("Ukrainian forces", "holds", "Avdiivka")},
        ),
        ("Houthi fighters clung to the city of Sanaa.", {("Houthis", "holds", "Sanaa")}),
        (
            "The town of Saraqib was taken from the Syrian army by Russian forces.",
            {("Russian forces", "captured", "Saraqib")},
        ),
        ("In Saraqib the Syrian army withdrew before dawn.", {("Syrian army", "withdrew", "Saraqib")}),
    ],
)
def test_who_holds_takes_and_loses(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= control(text)


def test_a_dateline_takes_nothing() -> None:
    found = control("ADEN, Yemen (Wire) - Houthi fighters captured Taiz on Monday.")
    assert {holder for holder, _, _ in found} == {"Houthis"}


def test_it_is_the_place_named_before() -> None:
    found = control("Rebels shelled Saraqib for a week. Russian forces retook it in May.")
    assert ("Russian forces", "captured", "Saraqib") in found


def test_what_is_aimed_at_is_contested() -> None:
    found = control("The army launched an offensive to retake Idlib from Hayat Tahrir al-Sham.")
    assert found == {("Army", "contests", "Idlib"), ("Hayat Tahrir al-Sham", "holds", "Idlib")}


def test_what_would_be_is_not_held() -> None:
    assert not control("The army, officials said, would enter Manbij if talks fail.")


def test_a_siege_names_the_side_left_open() -> None:
    text = "The Syrian Democratic Forces have surrounded Hajin on all sides except the east."
    (siege,) = (c for c in read(text).control if c.state == "besieges")
    assert siege.exception and siege.exception.text == "the east"
    assert siege.status == "ongoing"
    assert name(read(text), siege.holder) == "Syrian Democratic Forces"


def test_evidence_is_the_sentence() -> None:
    text = "It rained. Russian forces have surrounded Mariupol."
    (siege,) = read(text).control
    assert siege.evidence.text == "Russian forces have surrounded Mariupol."
    assert text[siege.evidence.start : siege.evidence.end] == siege.evidence.text


def test_both_who_fight_over_a_town_contest_it() -> None:
    found = control("The Rapid Support Forces and the Sudanese army clashed in El Fasher on Monday.")
    assert len({holder for holder, state, place in found if (state, place) == ("contests", "El Fasher")}) == 2


def test_a_repelled_assault_leaves_the_place_with_its_holder() -> None:
    found = control("Ukrainian forces repelled a Russian assault on Avdiivka.")
    assert ("Ukrainian forces", "holds", "Avdiivka") in found
    assert any(state == "contests" and place == "Avdiivka" for _, state, place in found)


def test_villages_are_taken_one_by_one() -> None:
    found = control("Ethiopian troops captured the towns of Adwa and Axum.")
    assert {("Ethiopian troops", "captured", "Adwa"), ("Ethiopian troops", "captured", "Axum")} <= found


@pytest.mark.parametrize(
    "text",
    [
        "The president announced a decision to withdraw all troops from Mali.",
        "The council required the rebels to withdraw from Bamako.",
        "The insurgents control large parts of Mali and Niger.",
    ],
)
def test_what_is_planned_or_asked_for_and_parts_of_a_country_are_no_control(text: str) -> None:
    assert not control(text)


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("BEIRUT, Lebanon (Heron) - Rebels took Nawa.", "Rebels took Nawa."),
        ("SANAA - al-Qaeda took Ataq.", "al-Qaeda took Ataq."),
        ("HTS - the largest group there - took Nawa.", "HTS - the largest group there - took Nawa."),
    ],
)
def test_a_dateline_ends_where_a_sentence_begins(text: str, behind: str) -> None:
    document, _ = named_document(text)
    assert text[dateline(document.sentences[0]) :] == behind


def test_a_relative_clause_tells_the_place() -> None:
    found = control("Aid has not reached El Fasher, the last city the Sudanese army holds in Darfur.")
    assert ("Sudanese army", "holds", "El Fasher") in found


def test_the_village_in_a_province_is_what_was_secured() -> None:
    found = control("Army units stormed the village of Kafr Nabl in Idlib province and secured it on Sunday.")
    assert "Idlib province" not in {place for _, _, place in found}


def test_to_hold_is_a_plain_fact_and_a_siege_goes_on() -> None:
    assert [c.status for c in read("Islamic State fighters hold Hajin.").control] == ["actual"]
    assert [c.status for c in read("Rebels besiege Nubl.").control] == ["ongoing"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "On 4 May 2020 the army took Nawa, a town that rebels had held since 2013.",
            {("captured", "2020-05-04"), ("holds", "2013-01-01")},
        ),
        ("On 4 May 2020 the army took Nawa, three years after rebels seized it.", {("captured", "2020-05-04")}),
        ("The army took Nawa on 4 May 2020 and later entered Saraqib.", {("captured", "2020-05-04")}),
        ("On the night of 4 May 2020 the army took Nawa.", {("captured", "2020-05-04")}),
        ("Families fled past the line of 1974 into the rebel-held town of Nawa.", set()),
    ],
)
def test_a_time_dates_what_its_own_clause_tells(text: str, dates: set[tuple[str, str]]) -> None:
    picture = read(text)
    days = {t.id: t.earliest for t in picture.times}
    assert {(c.state, days[c.time]) for c in picture.control if c.time} == dates


def test_villages_that_are_only_described_are_those_named_beside() -> None:
    found = control("People left Nubl and Zahraa, two villages in Aleppo province that rebels had besieged for years.")
    assert {("Rebels", "besieges", "Nubl"), ("Rebels", "besieges", "Zahraa")} <= found


def test_the_two_towns_are_those_named_together() -> None:
    found = control(
        "Convoys reached Nubl and Zahraa on the way to Aleppo. Rebels have besieged the two towns since May."
    )
    assert found == {("Rebels", "besieges", "Nubl"), ("Rebels", "besieges", "Zahraa")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey said on Sunday that its army had captured Nawa.", ("Turkish army", "captured", "Nawa")),
        ("Rebels announced the recapture of the town of Saraqib on Thursday.", ("Rebels", "captured", "Saraqib")),
        (
            "Rebels won back the town of Saraqib on Monday; they may not keep it for long.",
            ("Rebels", "captured", "Saraqib"),
        ),
        ("Homs, 19 May — Units of the Syrian army took Nawa.", ("Syrian army", "captured", "Nawa")),
        ("Government soldiers entered Saraqib from the west.", ("Government soldiers", "contests", "Saraqib")),
        (
            "Hezbollah fighters shelled Nawa. On Tuesday they gave up the town of Saraqib.",
            ("Hezbollah", "withdrew", "Saraqib"),
        ),
    ],
)
def test_holders_and_states_that_the_grammar_hides(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in control(text)


@pytest.mark.parametrize(
    "text",
    ["Rebels planned an offensive to seize Saraqib.", "The lawmakers discussed Israel's plan to annex Ariel."],
)
def test_what_is_only_planned_is_not_contested(text: str) -> None:
    assert not control(text)


def test_an_attack_is_fought_over_a_town_where_more_is_told_of_who_holds_what() -> None:
    attack = "Islamic State fighters attacked the town of Manbij."
    assert not control(attack)
    assert ("Islamic State", "contests", "Manbij") in control(f"Islamic State captured Jarablus on Monday. {attack}")


def test_a_country_and_its_army_leave_a_town_once() -> None:
    found = control("Ukraine pulls out of Avdiivka.\n\nUkrainian forces have withdrawn from Avdiivka, the army said.")
    assert found == {("Ukrainian forces", "withdrew", "Avdiivka")}


def test_who_is_driven_out_has_lost_the_town() -> None:
    found = control("Ethiopian troops drove rebels out of the town of Axum.")
    assert found == {("Rebels", "lost", "Axum")}
