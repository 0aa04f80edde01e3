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


def told_time(text: str) -> str | None:
    """The words of the time of a text's one agreement."""
    picture = read(text)
    (deal,) = picture.agreements
    return next((t.span.text for t in picture.times if t.id == deal.time), None)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Israel and Hamas signed a truce on 3 May 2021.", "3 May 2021"),
        ("The truce between Israel and Hamas was mediated by Egypt. Fighting may resume next year.", None),
        ("Buses left on 4 May 2021 under an agreement between Israel and Hamas.", None),
        ("Israel and Hamas agreed on 3 May 2021 to a ceasefire that begins by 10 May 2021.", "3 May 2021"),
        ("Russia and Ukraine agreed on 5 March 2022 to exchange prisoners.", "5 March 2022"),
    ],
)
def test_its_time_is_from_the_words_that_tell_of_it(text: str, time: str | None) -> None:
    assert told_time(text) == time


def test_what_it_does_not_cover_is_no_place_of_it() -> None:
    deal = one("Russia signed a defence pact with Armenia, but the pact does not cover Shusha.")
    assert deal.places == ()
    assert [p.span.text for p in deal.provisions] == ["does not cover Shusha"]


def test_all_whose_leaders_sign_are_parties() -> None:
    text = (
        "Russia praised Armenia, and Azerbaijan thanked Russia. The leaders of Armenia, Azerbaijan and Russia signed a "
        "peace agreement on Monday. Their ministers signed the agreement too."
    )
    assert names(read(text), one(text).parties) == {"Armenia", "Azerbaijan", "Russia"}


def test_who_is_not_a_party() -> None:
    text = "Israel and Hamas observe the truce, said Hezbollah, which is not a party to the truce."
    assert names(read(text), one(text).parties) == {"Israel", "Hamas"}


def test_what_later_sentences_say_has_to_be_done() -> None:
    deal = one(
        "Israel and Hamas signed a truce on Monday. Hamas is to release ten prisoners, and Israel will open the "
        "crossing at Rafah. Egypt will supervise the handover. Hamas was founded in 1987."
    )
    assert [p.span.text for p in deal.provisions] == [
        "Hamas is to release ten prisoners",
        "Israel will open the crossing at Rafah",
    ]
    assert len(deal.evidence) == 3


def test_who_guarantees_it_in_a_later_sentence() -> None:
    text = "Israel and Hamas signed a truce on Monday. Egypt guarantees that nobody will be arrested."
    assert names(read(text), one(text).guarantors) == {"Egypt"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Prices will rise again.",
        '"The army will release nobody," said a farmer.',
        "Hamas will probably withdraw its fighters.",
        "Hamas will not give up its weapons.",
    ],
)
def test_what_is_only_said_afterwards_is_no_provision(sentence: str) -> None:
    assert not one(f"Israel and Hamas signed a truce on Monday. {sentence}").provisions


def test_told_by_a_verb_alone() -> None:
    text = (
        "Ethiopia and Eritrea agreed on Monday to stop the fighting. The agreement was mediated by the African Union."
    )
    deal = one(text)
    assert (deal.kind, deal.status) == ("ceasefire", "concluded")
    assert names(read(text), deal.parties) == {"Ethiopia", "Eritrea"}
    assert names(read(text), deal.guarantors) == {"African Union"}
    assert not read("Ethiopia would agree to stop the fighting.").agreements


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The truce between Israel and Hamas appears to hold.", "in_force"),
        ("The truce between Israel and Hamas is due to take effect on Monday.", "concluded"),
        ("Israel and Hamas failed to agree on a ceasefire.", "negotiated"),
        ("The truce between Israel and Hamas lasted an hour.", "ended"),
        ("Peace talks between Ethiopia and Eritrea collapsed.", "negotiated"),
        ("Egypt helped to broker a truce between Israel and Hamas.", "concluded"),
        ("Hamas shelled Ashkelon in spite of the truce with Israel.", "breached"),
    ],
)
def test_where_it_stands_by_the_verb(text: str, status: str) -> None:
    assert one(text).status == status


def test_what_was_made_outweighs_what_was_hoped_for() -> None:
    deal = one(
        "Egypt called for a truce between Israel and Hamas. Qatar called for a truce. "
        "On Monday the truce between Israel and Hamas took effect."
    )
    assert deal.status == "in_force"


def test_the_town_in_which_it_was_signed_tells_what_it_is_about() -> None:
    assert (
        one("The agreement signed in Pretoria requires Eritrea to leave Tigray. Rebels handed over tanks.").kind
        == "peace"
    )


def test_an_envoy_stands_between_the_sides() -> None:
    text = "Israel and Hamas accepted a truce. The truce was proposed by Egypt."
    assert names(read(text), one(text).parties) == {"Israel", "Hamas"}
    assert names(read(text), one(text).guarantors) == {"Egypt"}
    text = "The African Union announced that Ethiopia and Eritrea had signed a truce."
    assert names(read(text), one(text).guarantors) == {"African Union"}


def test_a_lead_is_help_with_talks_only() -> None:
    text = "The Egyptian-led truce talks between Israel and Hamas resumed."
    assert names(read(text), one(text).guarantors) == {"Egypt"}


def test_mere_talk_of_talks_is_no_agreement() -> None:
    assert not read("Fears for the peace process grew after the bombing.").agreements


def test_a_bargain_is_one() -> None:
    deal = one("Fighters left Douma on buses under a bargain struck with Russia.")
    assert deal.kind == "evacuation"
