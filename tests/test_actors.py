"""Actors of a report: who is one, which mentions are whose, and what is said of each.

The reports are written for the tests and read without the trained encoder, so that they tell about rules and knowledge.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from situate.contract import Actor, Picture, Report
from situate.language import parse
from situate.reading.actors import ActorReader


def actors(text: str, published: str | None = None) -> list[Actor]:
    """The actors of a report."""
    report = Report("r", text, published=published)
    [document] = parse([report], encode=False)
    return list(ActorReader().read(document, Picture(report)))


def of(found: list[Actor], mention: str) -> Actor | None:
    """The actor that has a mention of these words."""
    return next((a for a in found if any(m.text == mention for m in a.mentions)), None)


def words(actor: Actor | None) -> list[str]:
    """The words of an actor's mentions."""
    return [m.text for m in actor.mentions] if actor else []


def test_a_known_group_under_any_spelling_is_one_actor_with_what_is_known_of_it() -> None:
    found = actors("Hizbullah fighters entered the town. Hezbollah denied it.")
    assert [(a.name, a.kind, a.country, a.wikidata) for a in found if a.kind == "armed_group"] == [
        ("Hezbollah", "armed_group", "LBN", "Q41053")
    ]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Damascus rejected the offer on Friday.", True),
        ("The jets bombed Damascus on Friday.", False),
        ("The talks were held in Damascus on Friday.", False),
        ("The Kremlin denied the report.", True),
    ],
)
def test_a_seat_of_government_acts_or_is_a_place_by_its_part_in_the_sentence(text: str, acts: bool) -> None:
    assert any(a.kind == "state" for a in actors(text)) is acts


@pytest.mark.parametrize("where", ["in Yemen", "from Yemen", "across Yemen", "near Yemen"])
def test_a_country_where_something_is_is_no_actor(where: str) -> None:
    assert not [a for a in actors(f"The convoy was attacked {where}.") if a.name == "Yemen"]


def test_a_longer_head_wins_over_the_nation_in_it() -> None:
    found = actors("The Syrian army shelled the village.")
    assert [(a.kind, a.country, words(a)) for a in found] == [("military", "SYR", ["The Syrian army"])]


def test_an_army_under_all_its_names() -> None:
    found = actors("Syrian troops took the hill. The Syrian Arab Army lost ten men. Government forces withdrew later.")
    assert words(of(found, "Syrian troops")) == ["Syrian troops", "The Syrian Arab Army", "Government forces"]


def test_who_backs_a_party_is_not_whose_it_is() -> None:
    found = actors("Turkish-backed rebels captured a bridge.")
    assert of(found, "Turkish-backed rebels") is not None
    assert of(found, "Turkish-backed rebels") is not of(found, "Turkish")


@pytest.mark.parametrize(
    "text",
    [
        "The Harrat Brigade (HB) took the post. HB fighters then left.",
        "The Harrat Brigade, also known as the Lions of Harrat, took the post.",
        "The Harrat Brigade, formerly the Lions of Harrat, took the post.",
    ],
)
def test_names_that_the_report_says_are_one(text: str) -> None:
    brigade = of(actors(text), "The Harrat Brigade")
    assert brigade is not None
    assert len(brigade.mentions) >= 2


def test_an_unknown_group_is_an_actor_of_its_own_with_the_kind_of_its_words() -> None:
    found = actors("The Harrat Liberation Front attacked a patrol of the Free Syrian Army.")
    front = of(found, "The Harrat Liberation Front")
    assert front is not None
    assert (front.kind, front.wikidata) == ("armed_group", None)
    assert len({a.name for a in found if a.kind == "armed_group"}) == 2


def test_a_person_by_title_full_name_family_name_and_pronoun() -> None:
    text = "Foreign Minister Selim Karadag met the envoys on Monday. Karadag said he would return. He then left."
    person = of(actors(text), "Karadag")
    assert person is not None
    assert person.kind == "person"
    assert [(m.text, m.form) for m in person.mentions] == [
        ("Foreign Minister Selim Karadag", "name"),
        ("Karadag", "alias"),
        ("he", "pronoun"),
        ("He", "pronoun"),
    ]


def test_a_description_stands_for_who_held_the_office_then() -> None:
    text = "The Turkish president warned the rebels. Ankara closed the border."
    assert [a.name for a in actors(text, "2019-03-01") if a.kind == "person"] == ["Recep Tayyip Erdogan"]
    assert [a.name for a in actors(text, "2012-03-01") if a.kind == "person"] == ["Abdullah Gul"]


def test_a_leader_is_a_member_of_his_side() -> None:
    found = actors("Russia sent troops. Vladimir Putin ordered it.", "2018-01-01")
    putin, russia = of(found, "Vladimir Putin"), of(found, "Russia")
    assert putin is not None
    assert russia is not None
    assert putin.member_of == (russia.id,)


def test_the_group_is_the_one_named_before() -> None:
    found = actors("Boko Haram attacked the village at dawn. The group has killed hundreds this year.")
    assert words(of(found, "The group")) == ["Boko Haram", "The group"]


def test_apposition_and_predication_describe_the_name_beside() -> None:
    found = actors("Najla Haddad, the mayor of the town, said that Hamas is a militant group.")
    assert of(found, "the mayor") is of(found, "Najla Haddad")
    assert of(found, "a militant group") is of(found, "Hamas")


def test_parties_without_a_name_are_actors_too() -> None:
    found = actors("Gunmen opened fire on protesters, residents said. Security forces arrested two suspects.")
    assert {(a.kind, words(a)[0]) for a in found} >= {
        ("armed_group", "Gunmen"),
        ("civilians", "protesters"),
        ("civilians", "residents"),
        ("military", "Security forces"),
    }


def test_two_numbers_of_people_are_two_parties() -> None:
    found = actors("A shell killed 23 people in the market. In the evening four people died at a checkpoint.")
    assert of(found, "23 people") is not of(found, "four people")


def test_other_groups_are_not_the_group_spoken_of() -> None:
    found = actors("Islamic State militants took the town. Rival militants fled.")
    assert of(found, "Rival militants") is not of(found, "Islamic State militants")


def test_a_text_without_capitals() -> None:
    found = actors(
        "syrian government forces bombed rebels near the town, the us said. hezbollah militants fought isis."
    )
    assert {(a.name, a.kind) for a in found} >= {
        ("United States", "state"),
        ("Hezbollah", "armed_group"),
        ("Islamic State", "armed_group"),
    }
    assert of(found, "syrian government forces") is not None


def test_an_abbreviation_counts_only_where_its_country_is_spoken_of() -> None:
    assert not [a for a in actors("The PDF was sent by mail.") if a.kind == "armed_group"]
    found = actors("The PDF attacked a post in Myanmar, Burmese officials said.")
    assert [a.name for a in found if a.kind == "armed_group"] == ["People's Defence Force"]


def test_the_owner_of_a_picture_is_no_actor() -> None:
    assert not [
        a for a in actors("A street after the attack. (Photo: Lena Brandt/AFP via Getty Images)") if a.kind == "media"
    ]


def test_it_is_stands_for_nobody() -> None:
    found = actors("Russia sent troops. It is unclear when they will leave.")
    assert words(of(found, "Russia")) == ["Russia"]


TEXTS = st.lists(
    st.sampled_from(
        ["Syria", "the rebels", "said", "Hezbollah", "'s", ",", "he", "(", ")", "\n\n", "attacked", "in", "al-", "NATO",
         "their leader", "U.S.", "\u200f", "د", "President", "Assad", "and", "“", ".", "23 people", "also known as"]
    ), max_size=40,
).map(" ".join)  # fmt: skip


@given(TEXTS)
def test_every_mention_is_the_words_at_its_place(text: str) -> None:
    found = actors(text)
    assert all(text[m.start : m.end] == m.text != "" for a in found for m in a.mentions)
    ids = [a.id for a in found]
    assert len(set(ids)) == len(ids)
    assert all(member in ids for a in found for member in a.member_of)


def test_a_state_named_inside_another_party_is_a_mention_of_it_where_it_stands_by_itself_too() -> None:
    found = actors("Turkey warned Syria. Turkish troops crossed the frontier at noon.")
    assert words(next(a for a in found if a.kind == "state")) == ["Turkey", "Turkish"]


def test_a_state_named_only_inside_another_party_is_no_actor_of_its_own() -> None:
    assert all(a.kind != "state" for a in actors("Turkish troops crossed the frontier at noon."))


def test_the_land_of_a_state_is_not_the_state() -> None:
    found = actors("Turkey warned its neighbour. Tanks stood at the Turkish border.")
    assert words(next(a for a in found if a.kind == "state"))[:1] == ["Turkey"]
    assert of(found, "Turkish") is None


def test_the_government_in_its_forces_is_a_mention_of_it() -> None:
    found = actors("The Syrian government rejected the plan. Government forces shelled the town.")
    assert words(next(a for a in found if a.kind == "government")) == ["The Syrian government", "Government"]


def test_the_vice_president_is_not_the_president() -> None:
    found = actors("Vice President Mike Pence spoke first. The president followed later.", "2019-03-01")
    assert of(found, "The president") is not of(found, "Mike Pence")


@pytest.mark.parametrize(("date", "leader"), [("2014-08-01", "Benjamin Netanyahu"), ("2022-03-01", "Naftali Bennett")])
def test_the_leader_of_a_state_is_who_leads_its_government(date: str, leader: str) -> None:
    found = actors("The Israeli leader rejected the offer.", date)
    assert [a.name for a in found if a.kind == "person"] == [leader]


def test_militants_of_several_groups_are_none_of_them() -> None:
    found = actors("ISIS held the valley. The militants, including fighters belonging to Hamas, gave up the town.")
    assert of(found, "The militants") is not of(found, "ISIS")
    assert of(found, "fighters") is of(found, "Hamas")


def test_a_city_where_a_deal_was_made_is_no_state() -> None:
    assert all(a.name != "Kazakhstan" for a in actors("Turkey said that the Astana deal was in danger."))


def test_two_known_groups_that_a_report_calls_one_are_one() -> None:
    found = actors("Fighters of Jabhat al-Nusra (aka Hayat Tahrir al-Sham) left the town. Hayat Tahrir al-Sham agreed.")
    assert len([a for a in found if a.kind == "armed_group"]) == 1


def test_warplanes_of_one_state_are_not_the_forces_of_another() -> None:
    found = actors("Syrian government forces attacked the town. Russian warplanes bombed it for hours.")
    assert of(found, "Russian warplanes") is not of(found, "Syrian government forces")


def test_who_backs_fighters_makes_them_one_party_under_all_their_words() -> None:
    found = actors("Pro-Russian separatists seized the town hall. Pro-Russian rebels shelled a checkpoint.")
    assert words(of(found, "Pro-Russian separatists")) == ["Pro-Russian separatists", "Pro-Russian rebels"]


def test_a_group_by_its_name_and_the_word_group_is_itself() -> None:
    found = actors("Boko Haram attacked a village. The Boko Haram group burned houses.")
    assert of(found, "The Boko Haram group") is of(found, "Boko Haram")


def test_a_namesake_of_a_leader_is_somebody_else() -> None:
    found = actors("Mushtaq Ghani, a provincial minister, spoke in Peshawar. Afghan leader Ashraf Ghani did not.")
    assert of(found, "Mushtaq Ghani") is not of(found, "Afghan leader Ashraf Ghani")


def test_the_first_person_in_a_quotation_is_who_speaks() -> None:
    found = actors('"We will not leave our villages," rebel commander Omar Hadad said.')
    speaker = next(a for a in found if a.kind == "person")
    assert [m.text for m in speaker.mentions if m.form == "pronoun"] == ["We", "our"]


def test_the_brigade_is_the_one_that_bears_the_word_in_its_name() -> None:
    found = actors("The Harrat Martyrs Brigade seized a checkpoint. The brigade withdrew on Friday.")
    assert of(found, "The brigade") is of(found, "The Harrat Martyrs Brigade")


def test_letters_that_the_report_gives_a_name_are_no_other_actor_s() -> None:
    found = actors("The National Salvation Army (NSA) took the town. The NSA said it would stay.")
    assert of(found, "The NSA") is of(found, "The National Salvation Army")
    assert all(a.country != "USA" for a in found)


def test_rebels_of_one_place_are_not_the_group_named_after_them() -> None:
    found = actors("Rebels in Quneitra handed over tanks. Hayat Tahrir al-Sham rejected the deal.")
    assert of(found, "Rebels") is not of(found, "Hayat Tahrir al-Sham")


def test_government_forces_are_those_called_so_before() -> None:
    found = actors("Russian warplanes struck Idlib. Syrian government forces advanced. Government forces took a hill.")
    assert of(found, "Government forces") is of(found, "Syrian government forces")
    assert of(found, "Russian warplanes") is not of(found, "Syrian government forces")


def test_the_army_of_a_neighbour_is_its_own() -> None:
    found = actors("Jordan closed the road. Syrian government forces approached. Jordan said its army was ready.")
    assert of(found, "its army") is not of(found, "Syrian government forces")
    assert [a.kind for a in found if a.name == "Jordan"] == ["state"]


@pytest.mark.parametrize(
    "text", ["Israel struck Tehran overnight.", "Israel said that Tehran was quiet: a fire in Tehran."]
)
def test_a_city_that_is_hit_or_where_something_is_does_not_act(text: str) -> None:
    iran = next((a for a in actors(text) if a.name == "Iran"), None)
    assert len(words(iran)) == text.count("that Tehran")


@pytest.mark.parametrize(
    ("text", "date", "coalition"),
    [
        ("Coalition aircraft hit a camp in Iraq.", "2016-05-01", "Global Coalition against Daesh"),
        ("Coalition aircraft hit a camp in Yemen.", "2019-05-01", "Saudi-led coalition"),
        ("The US-led coalition lost two men in Afghanistan.", "2012-05-01", "International Security Assistance Force"),
        ("CJTF said that strikes in Iraq destroyed a tank.", "2016-05-01", "Global Coalition against Daesh"),
        ("The CJTF fought in Borno, Nigeria. Nigeria said so.", "2016-05-01", "Civilian Joint Task Force"),
    ],
)
def test_a_coalition_is_known_by_where_it_fights(text: str, date: str, coalition: str) -> None:
    assert coalition in [a.name for a in actors(text, date)]


@pytest.mark.parametrize(("date", "side"), [("2018-02-01", "Hayat Tahrir al-Sham"), ("2025-06-01", "Syria")])
def test_a_leader_belongs_to_what_he_led_then(date: str, side: str) -> None:
    found = actors("Ahmed al-Sharaa spoke. Hayat Tahrir al-Sham and Syria signed a pact.", date)
    leader = next(a for a in found if a.kind == "person")
    assert [a.name for a in found if a.id in leader.member_of] == [side]


def test_others_that_back_somebody_unnamed_are_no_actor() -> None:
    assert of(actors("Qatar and other backers paid for it."), "other backers") is None


def test_the_government_of_a_report_about_one_country_is_that_country_s() -> None:
    found = actors("Sudanese troops left the town. The government sent more Sudanese troops. Its army shelled it.")
    government = of(found, "The government")
    assert government is not None and government.country == "SDN"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Movement for the Liberation of Nuradia attacked a post.", "Movement for the Liberation of Nuradia", None),
        ("The Harrat Front for Freedom attacked a post.", "Harrat Front for Freedom", "armed_group"),
    ],
)
def test_a_group_that_nobody_knows_is_known_by_the_form_of_its_name(text: str, name: str, kind: str | None) -> None:
    kinds = [a.kind for a in actors(text) if a.name.removeprefix("The ") == name]
    assert kinds == [kind or kinds[0]]


def test_a_dateline_is_part_of_nobody_s_name() -> None:
    found = actors("CAIRO (Heron) - Egyptian police arrested ten people on Monday.")
    assert [(a.name, a.kind) for a in found] == [("Egyptian police", "police"), ("People", "civilians")]


def test_a_party_before_a_dash_is_no_dateline() -> None:
    found = actors("UNHCR – which runs the camp – sent aid.")
    assert [(a.name, a.kind) for a in found] == [("UNHCR", "international_org")]


@pytest.mark.parametrize("office", ["A former president of Nigeria", "The deputy president of Nigeria"])
def test_who_holds_an_office_no_longer_or_below_it_is_not_its_holder(office: str) -> None:
    found = actors(f"{office} led the talks.", published="2022-11-03")
    assert not [a for a in found if "Buhari" in a.name]
    assert [a.kind for a in found if a.mentions[0].text.startswith(office)] == ["person"]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Federal troops entered the town. Foreign troops left it.", "Federal troops", "Foreign troops"),
        ("The coalition bombed anti-coalition forces.", "The coalition", "anti-coalition forces"),
        ("Rebels must leave the zone, and so must Hayat Tahrir al-Sham.", "Rebels", "Hayat Tahrir al-Sham"),
    ],
)
def test_words_that_tell_parties_apart(text: str, one: str, other: str) -> None:
    found = actors(text)
    assert of(found, one) is not None
    assert of(found, other) is not None
    assert of(found, one) is not of(found, other)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Eritrea, whose troops fought there, did not sign.", "ERI"),
        ("Jordan refuses to open its border; its army has sent water.", "JOR"),
    ],
)
def test_whose_forces_they_are_is_told_by_whose_and_its(text: str, country: str) -> None:
    assert [a.country for a in actors(text) if a.kind == "military"] == [country]


def test_what_others_are_called_makes_no_party_of_them() -> None:
    found = actors("The ministry calls the White Helmets terrorists.")
    assert [a.kind for a in found if "White Helmets" in a.name] == ["aid_org"]
    assert not [a for a in found if a.kind == "armed_group"]


def test_gunmen_are_no_army_s() -> None:
    found = actors("The army entered the town after its gunmen had left.")
    assert [a.name for a in found] == ["Army", "Gunmen"]


def test_witnesses_are_people() -> None:
    assert [a.kind for a in actors("Witnesses heard shots.")] == ["civilians"]


def test_a_government_is_called_so_whatever_one_side_calls_it() -> None:
    found = actors("The regime sent its army to the border.")
    assert {a.name for a in found} == {"Government", "Government army"}
