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


def said_of(text: str, kind: str) -> Movement:
    (found,) = (m for m in read(text).movements if m.kind == kind)
    return found


def when(text: str, move: Movement) -> str | None:
    return next((t.span.text for t in read(text).times if t.id == move.time), None)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("More than 900 families have returned to Sake since 3 May, officials said on Friday.", "since 3 May"),
        ("At least 4,000 people have fled Minova, the mayor said on Friday.", None),
        ("The last 200 soldiers left Bria, a town that they had held since 2014.", None),
        ("The accord signed on 4 June requires Chadian troops to withdraw from Bria.", None),
        ("Families returned to Sake on Monday; about 300 people had fled Minova.", "on Monday"),
    ],
)
def test_the_day_is_that_of_the_move_and_not_of_saying_it(text: str, time: str | None) -> None:
    move = read(text).movements[0]
    assert (when(text, move) or "").removeprefix("on ") == (time or "").removeprefix("on ")


def test_across_a_semicolon_the_day_is_anothers() -> None:
    text = "Families returned to Sake on Monday; about 300 people had fled Minova."
    assert when(text, said_of(text, "displacement")) is None


def test_a_phrase_gone_astray_is_still_an_end() -> None:
    text = "Some 200 refugees returned to Homs by bus from Beirut."
    move, picture = one(text), read(text)
    assert (name(picture, move.origin), name(picture, move.destination)) == ("Beirut", "Homs")
    assert move.means and move.means.text == "bus"


def test_the_night_is_no_means() -> None:
    assert one("The army evacuated hundreds of teachers from Bria in the night.").means is None


def test_who_sits_in_the_buses_is_evacuated() -> None:
    text = "The first buses with fighters left Harasta for Idlib on Sunday."
    move = said_of(text, "evacuation")
    assert (name(read(text), move.origin), name(read(text), move.destination)) == ("Harasta", "Idlib")
    assert move.who_span and move.who_span.text == "fighters"


def test_they_go_on_from_where_they_were_told_to_leave() -> None:
    text = "About 600 people left Harasta on Monday aboard green buses. They were taken to Idlib."
    picture = read(text)
    first, second = picture.movements
    assert names(picture, second.who) == names(picture, first.who)
    assert (name(picture, second.origin), name(picture, second.destination)) == ("Harasta", "Idlib")
    assert second.quantity is None


@pytest.mark.parametrize(
    "text",
    [
        "Most of the 50,000 inhabitants have fled Minova.",
        "Half of the refugees have been displaced from Homs.",
    ],
)
def test_a_share_is_not_the_whole(text: str) -> None:
    assert one(text).quantity is None


def test_a_figure_put_beside_the_people_counts_them() -> None:
    text = "Buses will take the residents of Harasta, about 700 people, to Idlib."
    assert one(text).quantity


@pytest.mark.parametrize(
    "text",
    [
        "The mayor denies that any men of the militia are left in Sake.",
        "The militia has not been able to return to Sake.",
    ],
)
def test_who_stays_does_not_move(text: str) -> None:
    assert not read(text).movements


def test_a_return_that_goes_on_is_ongoing() -> None:
    assert one("Meanwhile the return of refugees to Sake goes on.").status == "ongoing"


def test_displaced_at_least_once_is_no_condition() -> None:
    assert one("Thousands of people have been displaced at least once from Minova.").status == "actual"


def test_a_corridor_with_a_name_is_but_a_road() -> None:
    assert one("Most inhabitants fled Stepanakert along the Lachin corridor.").kind == "displacement"


def test_what_comes_next_is_not_moved_on() -> None:
    text = "Syrian troops will move on the town of Harasta, and the town of Idlib will be next."
    assert {name(read(text), m.destination) for m in read(text).movements} == {"Harasta"}
