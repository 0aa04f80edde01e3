"""Ties that no word states, as encoder and network may suggest them: which of them the report speaks against."""

from __future__ import annotations

import pytest
from tests.ties_read import named_document

from situate.contract import RelationKind
from situate.reading.names import Names
from situate.reading.tie_candidates import Pair, RelationCandidate, TieEvidence, pair_of
from situate.reading.tie_checks import TieChecks


def against(text: str, source: str, kind: RelationKind, target: str, *told: tuple[str, RelationKind, str]) -> bool:
    """Whether a felt tie is spoken against, beside ties that words tell."""
    document, picture = named_document(text)
    names = Names(document, picture)
    by_name = {a.name: a for a in picture.actors}

    def candidate(source: str, kind: RelationKind, target: str, frame: str) -> RelationCandidate:
        one, other = by_name[source], by_name[target]
        at, until = sorted((one.mentions[-1].start, other.mentions[-1].start))
        sentence = document.sentence_at(at)
        assert sentence is not None
        return RelationCandidate(sentence, at, one.id, other.id, kind, frame, until)

    felt = candidate(source, kind, target, "")
    known: dict[Pair, TieEvidence] = {
        pair_of(c): TieEvidence(c, 0.5, 0.5) for c in (felt, *(candidate(*t, frame="told") for t in told))
    }
    return TieChecks(picture, names, known, dict.fromkeys(known, 0.5)).against(felt)


@pytest.mark.parametrize(
    ("text", "source", "kind", "target"),
    [
        ("Russia and Iran met in Moscow for talks on Syria.", "Russia", "negotiates_with", "Iran"),
        ("Hezbollah and the Taliban joined hands.", "Hezbollah", "allied", "Taliban"),
        ("Hezbollah bombed positions of Islamic State.", "Hezbollah", "fights", "Islamic State"),
    ],
)
def test_what_nothing_speaks_against(text: str, source: str, kind: RelationKind, target: str) -> None:
    assert not against(text, source, kind, target)


@pytest.mark.parametrize(
    ("text", "source", "kind", "target"),
    [
        # no word of talks; talks ruled out; a deal only supposed
        ("Russia and Iran sent ships to the Gulf.", "Russia", "negotiates_with", "Iran"),
        ("Iran ruled out any talks with Islamic State.", "Iran", "negotiates_with", "Islamic State"),
        ("Israel will reject it even if Russia signed a deal.", "Israel", "negotiates_with", "Russia"),
        # a fight that is prepared or feared
        ("Russia is preparing for its move on land held by Islamic State.", "Russia", "fights", "Islamic State"),
        ("Russia accuses Islamic State of preparing an attack.", "Islamic State", "fights", "Russia"),
        # no word of an alliance; others caught between two
        ("Hezbollah and the Taliban published figures.", "Hezbollah", "allied", "Taliban"),
        ("Families who help were trapped between Hezbollah and Islamic State.", "Hezbollah", "allied", "Islamic State"),
        # who has left his side
        ("Militants seized Homs. Former militants now help Hezbollah.", "Militants", "fights", "Hezbollah"),
        # two named side by side; states in armed groups
        ("Hezbollah and the Taliban published figures.", "Hezbollah", "part_of", "Taliban"),
        ("Jordan once paid the Taliban.", "Jordan", "part_of", "Taliban"),
    ],
)
def test_what_the_report_speaks_against(text: str, source: str, kind: RelationKind, target: str) -> None:
    assert against(text, source, kind, target)


def test_a_tie_told_of_the_own_side() -> None:
    text = "Syria says that the Syrian army fights Islamic State."
    told: tuple[str, RelationKind, str] = ("Syrian army", "fights", "Islamic State")
    assert against(text, "Syria", "fights", "Islamic State", told)
    assert not against(text, "Syria", "fights", "Islamic State")
