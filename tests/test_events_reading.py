"""Events as the reader tells them, on sentences written for the purpose; without the encoder, so rules are tested."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from situate.contract import Event, Picture, Report
from situate.errors import SituateError
from situate.language import Document, parse
from situate.reading import readers
from situate.reading.event_explanation import explain
from situate.reading.events import EventReader


@cache
def told(text: str) -> tuple[Document, Picture]:
    """A text with the layers up to the events."""
    document = next(iter(parse([Report("r", text)], encode=False)))
    picture = Picture(document.report)
    for reader in readers():
        picture = replace(picture, **{reader.layer: tuple(reader.read(document, picture))})
        if reader.layer == "events":
            break
    return document, picture


def events(text: str, *types: str) -> list[Event]:
    """The events of a text, of the classes given if any are."""
    return [e for e in told(text)[1].events if not types or e.type in types]


def one(text: str, type_: str) -> Event:
    found = events(text, type_)
    assert len(found) == 1, [(e.type, e.trigger.text) for e in events(text)]
    return found[0]


def names(text: str, ids: tuple[str, ...]) -> set[str]:
    picture = told(text)[1]
    known = {x.id: x.name for x in (*picture.actors, *picture.places)}
    return {known[i] for i in ids}


STRIKE = "Turkish warplanes bombed rebel positions near Qamishli on Monday, killing 12 fighters."


def test_spans_are_exact() -> None:
    for event in events(STRIKE):
        for span in (event.trigger, event.evidence, *(m.trigger for m in event.mentions)):
            assert STRIKE[span.start : span.end] == span.text


def test_an_attack_and_its_dead_are_one_event() -> None:
    event = one(STRIKE, "ASSAULT")
    assert (event.mode, event.cameo, event.acled) == ("aerial", "195", "Air/drone strike")
    assert {m.trigger.text for m in event.mentions} >= {"killing"}
    assert {q.role for q in event.quantities} == {"killed"}
    assert names(STRIKE, event.places) == {"Qamishli"}
    assert event.time is not None


@pytest.mark.parametrize(
    "text",
    [
        "Russia attacked Ukraine on Monday.",
        "Ukraine was attacked by Russia on Monday.",
        "Russia carried out an attack on Ukraine on Monday.",
        "Russia's attack on Ukraine began on Monday.",
        "An attack by Russia on Ukraine began on Monday.",
    ],
)
def test_sides_through_active_passive_light_verb_and_noun(text: str) -> None:
    event = one(text, "ASSAULT")
    assert (names(text, event.actors), names(text, event.recipients)) == ({"Russia"}, {"Ukraine"})


def test_both_sides_of_a_clash_are_actors() -> None:
    text = "The Syrian army and Hezbollah clashed with the Islamic State near Hama on Friday."
    assert "Islamic State" in names(text, one(text, "ASSAULT").actors)


def test_a_small_word_before_a_day_is_no_part_of_the_verb() -> None:
    assert one("Rebels took Idlib on Sunday.", "ASSAULT").trigger.text == "took"


def test_coordinated_deeds_are_two_events() -> None:
    found = events("Government forces shelled the town of Harasta and stormed the village of Duma.", "ASSAULT")
    assert [e.trigger.text for e in found] == ["shelled", "stormed"]
    assert found[0].actors == found[1].actors


def test_who_owns_a_murder_suffered_it() -> None:
    text = "The minister's murder shocked the capital."
    murder = one(text, "ASSAULT")
    assert names(text, murder.recipients) == {"Minister"}
    assert not murder.actors


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("Three soldiers were killed in a bomb blast near Quetta on Monday.", "bomb"),
        ("Two traders were hurt when a grenade exploded in the market of Jalalabad.", "grenade"),
        ("Militants planted a bomb under a police van in Peshawar.", "bomb"),
        ("Five people were killed in an explosion in Kabul.", None),  # it tells how, but is no weapon
    ],
)
def test_what_people_were_harmed_by_tells_how(text: str, instrument: str | None) -> None:
    event = one(text, "ASSAULT")
    assert event.mode == "explosives"
    assert (event.instrument.text if event.instrument else None) == instrument


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The gunmen snatched the phones of the villagers.", "seize"),
        ("The gunmen snatched two villagers near Bama.", "abduct"),
        ("Police intercepted two men on a motorcycle in Lahore.", "restrict"),
    ],
)
def test_what_is_taken_or_stopped_tells_which(text: str, mode: str) -> None:
    assert one(text, "COERCE").mode == mode


def test_a_side_that_nobody_names_stays_empty() -> None:
    assert one("Five villagers were killed in an airstrike near Saada.", "ASSAULT").actors == ()


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("Rebels captured the town of Azaz.", "ASSAULT", "actual"),
        ("Iran threatened to attack Israel.", "ASSAULT", "threatened"),
        ("The United States plans to withdraw its troops from Syria.", "RETREAT", "planned"),
        ("The United States will withdraw its troops from Syria.", "RETREAT", "planned"),
        ("Russia denied that its aircraft had bombed a hospital in Idlib.", "ASSAULT", "denied"),
        ("If the talks fail, the army will attack the town of Sirte.", "ASSAULT", "conditional"),
        ("Government forces are shelling the town of Azaz.", "ASSAULT", "ongoing"),
    ],
)
def test_standing(text: str, type_: str, status: str) -> None:
    assert one(text, type_).status == status


@pytest.mark.parametrize(
    ("text", "type_", "acled"),
    [
        ("Police arrested 30 protesters in Khartoum on Sunday.", "COERCE", "Arrests"),
        ("Gunmen kidnapped a priest in Borno on Thursday.", "COERCE", "Abduction/forced disappearance"),
        ("A suicide bomber blew himself up at a checkpoint in Kabul.", "ASSAULT", "Suicide bomb"),
        ("Militants hurled two grenades at policemen in Srinagar, wounding three of them.", "ASSAULT", "Grenade"),
        ("Militants attacked a village with chlorine gas.", "ASSAULT", "Chemical weapon"),
        ("A roadside bomb exploded near an army convoy in Helmand.", "ASSAULT", "Remote explosive/landmine/IED"),
        ("Thousands of people marched through Beirut in a peaceful protest.", "PROTEST", "Peaceful protest"),
        ("Rebels captured the town of Azaz from the army.", "ASSAULT", "Non-state actor overtakes territory"),
        ("The army recaptured the town of Azaz from the rebels.", "ASSAULT", "Government regains territory"),
    ],
)
def test_sub_events(text: str, type_: str, acled: str) -> None:
    assert acled in {e.acled for e in events(text, type_)}


@pytest.mark.parametrize(
    "text",
    [
        "The striker scored twice as the team won the battle for the championship.",
        "The company launched a new campaign to attract younger buyers.",
        "He suffered a heart attack at home.",
        "The museum is open from nine to five.",
    ],
)
def test_metaphor_and_daily_life_are_no_events(text: str) -> None:
    assert events(text, "ASSAULT") == []


def test_one_event_told_twice_is_one_entry() -> None:
    text = (
        "Suicide bombing kills 20 in Kabul\n\nA suicide bombing in Kabul killed 20 people on Monday, police said. "
        "The bombing in Kabul was the deadliest this year."
    )
    found = events(text, "ASSAULT")
    assert len(found) == 1
    assert len(found[0].mentions) >= 2


LIST = (
    "French forces carried out nine air strikes on the rebels on Monday. The weather was clear. Officials told of "
    "damage. The list was long. Near Gao, two air strikes destroyed a fuel depot. Another air strike hit a bridge."
)


def test_who_is_named_above_a_list_goes_on_doing_it() -> None:
    items = [e for e in events(LIST, "ASSAULT") if e.trigger.text in ("air strikes", "air strike")]
    assert len(items) == 3
    assert {a for e in items for a in names(LIST, e.actors)} == {"French forces"}
    assert all(e.actors for e in items)


@pytest.mark.parametrize("above", ["", "Malian jets and French forces carried out air strikes. "])
def test_a_list_takes_no_doer_where_none_or_several_are_told(above: str) -> None:
    rest = "The weather was clear. Nobody told of damage. The list was long. Near Gao, two air strikes hit."
    text = above + ("Rebels carried out an air strike. " if above else "") + rest
    assert not [e for e in events(text, "ASSAULT") if e.trigger.start > text.index("Near") and e.actors]


@pytest.mark.parametrize(
    "text",
    [
        "The blast killed six soldiers in Gao.",
        "Six soldiers were killed in an explosion in Gao.",
        "Six soldiers were wounded by shelling near Gao.",
        "Two raids hit a depot and wounded six soldiers near Gao.",
    ],
)
def test_a_deed_and_what_it_did_are_one_event(text: str) -> None:
    assert one(text, "ASSAULT").mentions


def test_lower_case_reads_as_well() -> None:
    text = "militants attacked a police station and killed two officers."
    assert events(text, "ASSAULT")


def test_least_confidence_trades_recall_for_precision() -> None:
    document, picture = told(STRIKE + " Analysts expect talks. The rebels may retreat.")
    counts = [len(EventReader(least).read(document, picture)) for least in (0.0, 0.4, 0.8, 1.1)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0


def test_reading_twice_gives_the_same() -> None:
    document, picture = told(STRIKE)
    assert EventReader().read(document, picture) == EventReader().read(document, picture)


def test_explain_names_sense_path_and_confidence() -> None:
    document, picture = told("Russia attacked Ukraine on Monday.")
    why = explain(document, picture, picture.events[0].id)
    assert why.source == "the lexicon's sense assault.attack"
    assert any("Russia" in line and "subject" in line for line in why.roles)
    assert any("Ukraine" in line and "object" in line for line in why.roles)
    assert any("event" in line for line in why.confidence)
    assert "status actual" in "\n".join(why.lines())


def test_explain_of_an_unknown_event_says_so() -> None:
    document, picture = told("Russia attacked Ukraine on Monday.")
    with pytest.raises(SituateError, match="there is no event 'e99'"):
        explain(document, picture, "e99")


def test_a_time_of_another_sentence_is_no_time_of_this_event() -> None:
    text = "The camp will be closed within three months. Soldiers shelled the village of Saraqib."
    assert one(text, "ASSAULT").time is None


@pytest.mark.parametrize(
    "text",
    [
        "Damascus condemned the evacuation as a criminal attack.",
        "Protesters call the agreement a surrender.",
    ],
)
def test_what_somebody_calls_a_thing_is_no_event(text: str) -> None:
    words = ("attack", "surrender")
    assert not [e for e in events(text) if e.trigger.text in words]


def test_what_is_prepared_is_not_done() -> None:
    text = "Moscow accuses the rebels of preparing a chemical attack near Saraqib."
    assert {e.status for e in events(text, "ASSAULT")} == {"planned"}


def test_whom_somebody_meets_is_met() -> None:
    meeting = one("The envoy met the rebels in Amman.", "CONSULT")
    told_names = [names("The envoy met the rebels in Amman.", ids) for ids in (meeting.actors, meeting.recipients)]
    assert told_names == [{"Envoy"}, {"Rebels"}]


@pytest.mark.parametrize("text", ["Families drove off in the dark.", "The guards drove off on Monday."])
def test_who_only_drives_away_fights_nobody(text: str) -> None:
    assert not events(text, "ASSAULT")


def test_an_accusation_that_another_rejects_was_made() -> None:
    text = "Armenia and France accuse Turkey of having sent fighters to the front; Ankara rejects this."
    assert {e.status for e in events(text, "ACCUSE")} <= {"actual", "ongoing"}
    assert events(text, "ACCUSE")
