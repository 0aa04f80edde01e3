"""Agreements as the reader tells them, on sentences written for the purpose."""

from __future__ import annotations

import pytest
from tests.ties_read import name, names, read

from situate.contract import Agreement


def one(text: str) -> Agreement:
    (found,) = read(text).agreements
    return found


def test_parties_and_mediators_are_told_apart() -> None:
    text = "Israel and Hamas agreed on Sunday to a ten-day ceasefire mediated by Egypt and Qatar."
    deal = one(text)
    assert deal.kind == "ceasefire"
    assert deal.status == "concluded"
    assert names(read(text), deal.parties) == {"Israel", "Hamas"}
    assert names(read(text), deal.guarantors) == {"Egypt", "Qatar"}


def test_who_brokered_it_stands_before_its_name() -> None:
    text = "The UN-brokered truce in Yemen collapsed on Tuesday."
    deal = one(text)
    assert deal.status == "ended"
    assert names(read(text), deal.guarantors) == {"United Nations"}
    assert names(read(text), deal.places) == {"Yemen"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The United States called for a ceasefire in Sudan.", "proposed"),
        ("Peace talks between the Afghan government and the Taliban resumed in Doha.", "negotiated"),
        ("Hamas and Israel signed a truce on Monday.", "concluded"),
        ("A truce between Hamas and Israel took effect on Monday.", "in_force"),
        ("Hamas accused Israel of violating the truce.", "breached"),
        ("The peace deal between Ukraine and Russia is dead.", "ended"),
        ("The United Nations seeks a political settlement that brings an end to the war in Yemen.", "proposed"),
        ("Under the agreement between Israel and Hamas, ten soldiers will be freed.", "concluded"),
    ],
)
def test_where_it_stands(text: str, status: str) -> None:
    assert one(text).status == status


def test_mentions_of_one_agreement_are_one_entry() -> None:
    deal = one("A truce between Israel and Hamas took effect on Monday. Israel said that Hamas had violated the truce.")
    assert [e.text[:7] for e in deal.evidence] == ["A truce", "Israel "]
    assert deal.status == "breached"


def test_what_a_deal_is_about_tells_its_kind() -> None:
    assert (
        one("Russia and Ukraine exchanged 200 prisoners under a deal brokered by Turkey.").kind == "prisoner_exchange"
    )
    assert one("A budget deal between Iraq and the Kurdistan Regional Government was signed on Friday.").kind == "other"


def test_provisions_by_kind() -> None:
    deal = one(
        "Rebels in Daraya surrendered their heavy weapons under a deal supervised by Russia "
        "that lets fighters leave for Idlib by bus."
    )
    assert deal.kind == "surrender"
    assert {p.kind for p in deal.provisions} == {"departure", "arms"}
    assert any("leave for Idlib by bus" in p.span.text for p in deal.provisions)


@pytest.mark.parametrize(
    ("text", "provided"),
    [
        ("Under the terms of the agreement with Israel, Hamas will free ten soldiers.", "Hamas will free ten soldiers"),
        ("Israel and Hamas agreed to reopen the crossing and to observe a truce.", "reopen the crossing"),
        ("A ceasefire of 48 hours between Israel and Hamas began on Monday.", "A ceasefire of 48 hours"),
    ],
)
def test_where_provisions_stand(text: str, provided: str) -> None:
    assert provided in [p.span.text for p in one(text).provisions]


def test_who_mediates_in_the_same_sentence() -> None:
    text = "Israel and Hamas signed a truce on Monday after Egypt and Qatar had mediated for weeks."
    deal = one(text)
    assert names(read(text), deal.guarantors) == {"Egypt", "Qatar"}
    assert names(read(text), deal.parties) == {"Israel", "Hamas"}


def test_a_zone_and_who_keeps_it() -> None:
    text = "Turkey and Russia signed a memorandum in Sochi that sets up a demilitarised zone in Idlib."
    zone = one(text)
    assert zone.kind == "demilitarised_zone"
    assert names(read(text), zone.parties) == {"Turkey", "Russia"}


def test_any_deal_is_none() -> None:
    assert not read("Any deal with the Taliban would need the consent of Afghanistan.").agreements


def test_a_movement_under_an_agreement_points_to_it() -> None:
    picture = read(
        "Syria and Russia have agreed to open humanitarian corridors for civilians who want to leave Aleppo."
    )
    (deal,), (move,) = picture.agreements, picture.movements
    assert deal.kind == "humanitarian_access"
    assert (move.kind, move.status, move.agreement) == ("evacuation", "offered", deal.id)
    assert name(picture, move.origin) == "Aleppo"


def test_spans_are_exact() -> None:
    text = "Israel and Hamas agreed on Sunday to a ten-day ceasefire mediated by Egypt and Qatar."
    deal = one(text)
    for span in (*deal.evidence, *(p.span for p in deal.provisions)):
        assert text[span.start : span.end] == span.text


def test_sides_joined_by_a_hyphen() -> None:
    text = "Turkey praised the text, and Libya did too. The Turkish-Libyan security agreement took effect on Wednesday."
    p = read(text)
    (deal,) = p.agreements
    assert len(deal.parties) == 2


def test_a_resolution_is_an_agreement_of_those_it_binds() -> None:
    p = read("The Security Council adopted Security Council resolution 2401, which demands a truce in Eastern Ghouta.")
    assert {a.kind for a in p.agreements} == {"ceasefire"}
