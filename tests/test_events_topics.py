"""What sentences are about: sub-event types by words, and their weight beside the lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest

import situate
from situate.contract import Report
from situate.errors import SituateError
from situate.knowledge.topics import sub_events
from situate.language import parse
from situate.reading.sub_event_words import load, word_table


def likeliest(text: str) -> str:
    """The sub-event type that the words of a text speak for most."""
    (document,) = parse([Report("r", text)], encode=False)
    likely = word_table().likely(s.tokens for s in document.sentences)
    assert sum(likely.values()) == pytest.approx(1)
    return max(likely, key=lambda k: likely[k])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Sappers defused a bomb that had been found under a bridge near Varna.", "DISR_WEAP"),
        ("Two men on a motorbike threw a grenade at the mayor's house.", "GRENADE"),
        ("The movement claimed responsibility for the attack on the ferry.", "ATTRIB"),
        ("Thousands marched peacefully through Lomé to call for new elections.", "PEACE_PROTEST"),
        (
            "The army handed the district to the rebels without a fight under the truce.",
            "NON_VIOL_TERRIT_TRANSFER",
        ),
    ],
)
def test_words_name_the_sub_event(text: str, label: str) -> None:
    assert likeliest(text) == label


def test_the_table_knows_every_class_of_topics() -> None:
    assert set(word_table().classes) == set(sub_events())


def test_a_short_report_is_named_as_a_whole() -> None:
    picture = situate.read(
        "Police used tear gas to disperse hundreds of people in Kisumu on Monday. They had marched against a tax."
    )
    best = max(picture.events, key=lambda e: e.confidence)
    assert best.acled in {"Protest with intervention", "Violent demonstration"}


def test_a_sub_event_fits_its_class() -> None:
    picture = situate.read("Gunmen kidnapped two engineers near Port Said, and the governor condemned the abduction.")
    allowed = {sub.name: sub.of for sub in sub_events().values()}
    assert picture.events
    for event in picture.events:
        assert event.acled is None or event.type in allowed[event.acled]


def test_a_broken_table_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "sub_events.csv"
    path.write_text("feature,rarity,A\nbomb,heavy,1\n")
    with pytest.raises(SituateError, match="fit them again"):
        load(path)
