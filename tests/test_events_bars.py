"""Events: who is named beside a deed without a part in it, what isn't done yet, and what is no event at all."""

from __future__ import annotations

from functools import cache

import pytest
from tests.test_events_reading import told

from situate.language import Document
from situate.reading.arguments import objects, subjects
from situate.reading.event_candidates import CandidateFinder
from situate.reading.event_merging import clusters
from situate.reading.event_weights import event_weights
from situate.reading.status import standing


@cache
def parts(text: str, word: str) -> tuple[set[str], set[str]]:
    """The names of the actors and recipients of the event that a word tells."""
    document, picture = told(text)
    known = {a.id: a.name for a in picture.actors}
    found = next(c for c in CandidateFinder(document, picture).all() if c.token.text == word)
    return {known[i] for i in found.parts.actors}, {known[i] for i in found.parts.recipients}


def status(text: str, word: str) -> str:
    """The standing that the grammar gives the event that a word tells."""
    document: Document = told(text)[0]
    token = next(t for s in document.sentences for t in s.tokens if t.text == word)
    return standing(token, "verb" if token.pos_ == "VERB" else "noun").status


def test_the_owner_of_a_target_is_no_doer() -> None:
    text = "Jordan closed the road because of repeated rocket attacks against its largest air base."
    assert "Jordan" not in parts(text, "attacks")[0]


def test_what_a_clause_with_where_describes_is_no_doer() -> None:
    text = "The last hill belongs to Boko Haram, where the Nigerian army has launched an attack."
    actors, _ = parts(text, "attack")
    assert "Boko Haram" not in actors


def test_whose_deed_is_a_condition_is_not_threatened_by_the_vow() -> None:
    text = "Hamas vows to shell Ashkelon unless Egypt opens the crossing."
    assert "Egypt" not in parts(text, "vows")[1]


def test_who_shall_not_is_who_does_it_not() -> None:
    text = "The rebels shall not attack the Libyan army."
    sentence = told(text)[0].sentences[0].tokens
    shall = next(t for t in sentence if t.text == "shall")
    assert [t.text for t in subjects(shall)] == ["rebels"]
    assert [t.text for t in objects(shall)] == ["army"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rebels spoke of the offensive expected in the south in June.", "offensive", "planned"),
        ("Units will come to participate in the destruction of the militia.", "destruction", "planned"),
        ("The minister may resign when the bombardment of Tripoli begins.", "bombardment", "predicted"),
        ("The generals are determined to seize the port.", "seize", "planned"),
        ("The fighters are unwilling to attack the city.", "attack", "denied"),
        ("He joined the assault on the port.", "assault", "actual"),
    ],
)
def test_what_is_not_done_yet(text: str, word: str, expected: str) -> None:
    assert status(text, word) == expected


def classes(text: str, word: str) -> set[str]:
    """The classes that a word may tell an event of."""
    document, picture = told(text)
    return {c.type for c in CandidateFinder(document, picture).readings() if c.token.text == word}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Whether the truce holds in Sirte depends on the tribes.", "truce"),
        ("The ceasefire has a good chance to survive the winter.", "ceasefire"),
        ("Observers from Kenya will monitor the truce.", "truce"),
        ("Soldiers who refuse the oath will be sent home.", "refuse"),
        ("Those who reject the offer may leave for Benghazi.", "reject"),
    ],
)
def test_what_is_no_event(text: str, word: str) -> None:
    assert not classes(text, word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The rebels declared a truce on Monday.", "declared", "CONCEDE"),
        ("Soldiers who refused the oath were sent home.", "refused", "REJECT"),
        ("The Libyan army entered Sirte at dawn.", "entered", "ASSAULT"),
    ],
)
def test_what_is_one(text: str, word: str, expected: str) -> None:
    assert expected in classes(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Dozens of buses entered Sirte to fetch the families.", "entered"),
        ("Families reached Sirte on Monday.", "reached"),
        ("The Libyan army has left Sirte and crossed the border.", "crossed"),
    ],
)
def test_to_go_somewhere_is_no_assault_by_itself(text: str, word: str) -> None:
    assert "ASSAULT" not in classes(text, word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hundreds of families fled Sirte in May, and most of them returned in June.", 2),
        ("The army withdrew from Sirte. The withdrawal from Sirte took three days.", 1),
        ("The rebels will hand over weapons, and their families may leave Sirte.", 2),
    ],
)
def test_what_excludes_each_other_stays_two_events(text: str, expected: int) -> None:
    document, picture = told(text)
    weights = event_weights()
    found = [c for c in CandidateFinder(document, picture, weights).all() if c.type == "RETREAT"]
    assert len(clusters(found, weights)) == expected


def test_all_of_a_list_act() -> None:
    text = "Britain and France sent ships to Libya. French and British aircraft bombed Sirte on Monday."
    assert parts(text, "bombed")[0] == {"France", "United Kingdom"}


def test_beside_those_told_to_act_others_hardly_do() -> None:
    text = "Days after Germany had recalled its envoy, Turkey shelled Afrin."
    assert parts(text, "shelled")[0] == {"Turkey"}


def test_whom_one_meets_with_is_met() -> None:
    actors, recipients = parts("Vladimir Putin met with Bashar al-Assad in Sochi.", "met")
    assert (actors, recipients) == ({"Vladimir Putin"}, {"Bashar al-Assad"})


def test_a_finite_verb_is_joined_to_a_finite_one() -> None:
    sentence = told("France asked Mali to stay and promised more help.")[0].sentences[0].tokens
    promised = next(t for t in sentence if t.text == "promised")
    assert [t.text for t in subjects(promised)] == ["France"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The shells killed ten civilians and drove two thousand people out.", "killed", {"killed"}),
        ("The bombing left ten people dead.", "bombing", {"killed"}),
        ("The police arrested forty protesters in Khartoum.", "arrested", {"detained"}),
        ("Three hundred families fled Homs.", "fled", {"displaced"}),
    ],
)
def test_figures_are_those_of_the_event(text: str, word: str, expected: set[str]) -> None:
    document, picture = told(text)
    found = next(c for c in CandidateFinder(document, picture).all() if c.token.text == word)
    assert {q.role for q in found.quantities} == expected
