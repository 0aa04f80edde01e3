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
