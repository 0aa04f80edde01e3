"""Movements as the reader tells them, on sentences written for the purpose."""

from __future__ import annotations

import pytest
from tests.ties_read import name, names, read

from situate.contract import Movement


def one(text: str) -> Movement:
    (found,) = read(text).movements
    return found


def test_who_from_where_to_where_and_by_what() -> None:
    text = "About 300 fighters and their families were evacuated from Harasta to Idlib by green buses."
    move, picture = one(text), read(text)
    assert (move.kind, move.status) == ("evacuation", "actual")
    assert name(picture, move.origin) == "Harasta"
    assert name(picture, move.destination) == "Idlib"
    assert move.means and move.means.text == "green buses"
    assert "Fighters" in names(picture, move.who)
    assert {q.id: q.value for q in picture.quantities}[move.quantity or ""] == 300


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thousands of civilians fled El Geneina on Monday.", "displacement"),
        ("Houthi fighters withdrew from Sanaa on Friday.", "withdrawal"),
        ("Some 4,000 refugees returned to Qusayr on Monday.", "return"),
        ("Turkey deployed commandos along the Syrian border.", "deployment"),
        ("A United Nations convoy reached Tawila on Monday.", "convoy"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert one(text).kind == kind


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The United States will withdraw 2,000 troops from Syria.", "planned"),
        ("The United States withdrew 2,000 troops from Syria.", "actual"),
        ("Hamas denied that its fighters had left Gaza.", "denied"),
    ],
)
def test_said_is_not_done(text: str, status: str) -> None:
    assert one(text).status == status


def test_what_did_not_happen_is_no_movement() -> None:
    assert not read("Ethiopian troops did not withdraw from Mekelle.").movements


def test_displaced_people_who_do_not_move_are_no_movement() -> None:
    assert not read("Displaced families in Aleppo lack water.").movements


def test_told_twice_is_one_movement() -> None:
    text = "Houthi fighters withdrew from Sanaa on Friday. The Houthi fighters withdrew because they had no water."
    assert len(read(text).movements) == 1


def test_the_only_town_spoken_of_is_left() -> None:
    text = "More than 500 students were evacuated after shells struck the campus in Kharkiv."
    assert name(read(text), one(text).origin) == "Kharkiv"


def test_who_leaves_through_a_corridor_is_evacuated() -> None:
    text = "A humanitarian corridor was opened on Friday, so that civilians could flee Sumy."
    assert one(text).kind == "evacuation"


def test_an_evacuation_of_nobody_named() -> None:
    text = "The envoy will monitor the evacuations from Harasta."
    assert name(read(text), one(text).origin) == "Harasta"


def test_entering_a_country_is_a_deployment() -> None:
    assert one("Ethiopian troops entered Somalia on Sunday.").kind == "deployment"


@pytest.mark.parametrize(
    ("text", "kind", "destination"),
    [
        ("Chadian troops were stationed in Kidal until the summer.", "deployment", "Kidal"),
        ("France rushed troops to the town of Gao on Thursday.", "deployment", "Gao"),
        ("Families walked back to Jenin by noon.", "return", "Jenin"),
        ("The arrival of Kenyan soldiers in Goma was cheered.", "deployment", "Goma"),
    ],
)
def test_other_ways_of_saying_that_somebody_comes(text: str, kind: str, destination: str) -> None:
    assert (one(text).kind, name(read(text), one(text).destination)) == (kind, destination)


def test_a_bare_number_uprooted_is_people() -> None:
    assert one("The war has uprooted more than 800,000 since January.").kind == "displacement"


def test_who_waits_for_his_turn_is_still_to_be_moved() -> None:
    text = "The army told fighters to wait in Moadamiya until their turn to be evacuated comes."
    (move,) = (m for m in read(text).movements if m.kind == "evacuation")
    assert move.status == "planned"
    assert move.who_span and move.who_span.text == "fighters"


def test_a_headline_is_told_below() -> None:
    text = "Militia pulls out of Sebha\n\nThe militia withdrew from Sebha on Monday, residents said."
    (move,) = read(text).movements
    assert move.evidence.text.startswith("The militia withdrew")


def test_a_speakers_place_is_not_left() -> None:
    text = "Officials in Khartoum insist that the families who were driven out return first."
    assert [m.origin for m in read(text).movements if m.kind == "displacement"] == [None]


def test_a_place_of_another_clause_is_not_left() -> None:
    text = "The envoy, who had met the elders in Goma, said that some 40 soldiers had withdrawn."
    assert one(text).origin is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Civilians continue to flee Bakhmut.", "ongoing"),
        ("Kenya might send 200 soldiers to Goma.", "predicted"),
        ("The elders insist that the families return to Humera first.", "planned"),
    ],
)
def test_what_goes_on_may_come_or_is_demanded(text: str, status: str) -> None:
    assert one(text).status == status


def test_the_same_people_are_not_counted_twice() -> None:
    text = "Some 500 people fled Sake and Minova on Sunday."
    move = one(text)
    assert name(read(text), move.origin) == "Sake"


def test_who_leaves_aboard_buses_is_evacuated() -> None:
    assert one("The last 300 residents left Darayya on Friday aboard green buses.").kind == "evacuation"
