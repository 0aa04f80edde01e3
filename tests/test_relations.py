"""Relations as the reader tells them, on sentences written for the purpose."""

from __future__ import annotations

import pytest
from tests.ties_read import read, ties

from situate.contract import RelationKind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran-backed Houthi fighters fired missiles at Saudi Arabia.", ("Iran", "backs", "Houthis")),
        ("Hezbollah fought alongside the Syrian army.", ("Hezbollah", "allied", "Syrian army")),
        ("The Islamic State group is an offshoot of al-Qaeda.", ("Islamic State", "part_of", "Al-Qaeda")),
        ("The Taliban are rivals of Islamic State.", ("Taliban", "rivals", "Islamic State")),
        ("Russia vowed to destroy the Islamic State group.", ("Russia", "opposes", "Islamic State")),
        ("The Wagner Group is led by Yevgeny Prigozhin.", ("Yevgeny Prigozhin", "commands", "Wagner Group")),
        (
            "The Saudi-led coalition is fighting the Houthis in Yemen.",
            ("Saudi-led coalition", "fights", "Houthis"),
        ),
        (
            "Houthi spokesman Yahya Saree said that the missile had hit its target.",
            ("Yahya Saree", "part_of", "Houthis"),
        ),
        (
            "General Salem Haddad, commander of the Libyan National Army, met diplomats in Benghazi.",
            ("Salem Haddad", "commands", "Libyan National Army"),
        ),
        (
            "Peace talks between the Afghan government and the Taliban resumed in Doha.",
            ("Afghan government", "negotiates_with", "Taliban"),
        ),
    ],
)
def test_stated_ties(text: str, expected: tuple[str, RelationKind, str]) -> None:
    assert expected in ties(text)


def test_a_list_of_actors_counts_each() -> None:
    found = ties("Russia and Iran support the Syrian government.")
    assert found == {("Russia", "backs", "Syrian government"), ("Iran", "backs", "Syrian government")}


def test_signs() -> None:
    (tie,) = read("The Taliban are rivals of Islamic State.").relations
    assert tie.sign == -1
    (tie,) = read("Hezbollah fought alongside the Syrian army.").relations
    assert tie.sign == 1


@pytest.mark.parametrize(
    "text",
    ["Russia denied arming the Taliban.", "France said it would support Ukraine if Russia attacked."],
)
def test_what_is_denied_or_conditional_is_no_tie(text: str) -> None:
    assert not ties(text)


def test_one_tie_of_a_sign_between_two_actors() -> None:
    text = "The Taliban are rivals of Islamic State. The Taliban fought Islamic State in Nangarhar."
    assert ties(text) == {("Taliban", "fights", "Islamic State")}


def test_two_sides_of_a_war_by_where_they_stand() -> None:
    assert any(
        {a, b} == {"Hezbollah", "Islamic State"} and kind == "fights"
        for a, kind, b in ties("The war between Hezbollah and Islamic State militants goes on.")
    )


def test_who_has_changed_sides_is_no_ally_of_all() -> None:
    assert not ties("Former Taliban fighters now fight alongside the Syrian army.")


def test_the_last_group_that_fights() -> None:
    found = ties("The deal leaves Hezbollah as the only one that fights Islamic State.")
    assert ("Hezbollah", "fights", "Islamic State") in found
