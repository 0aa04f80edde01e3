"""The event lexicon and its mappings: what stands in the data files is known to PLOVER, CAMEO and ACLED."""

from __future__ import annotations

from pathlib import Path

import pytest

from situate.errors import SituateError
from situate.knowledge.event_codes import cameo, context_names, contexts_in, modes
from situate.knowledge.events import FOLDER, Sense, lexicon, load, noun_forms, read, verb_forms
from situate.reading.sub_events import Sides, sub_event

# ACLED's sub-event types, and five kinds outside ACLED that open sets of event types name.
SUB_EVENTS = {
    "Abduction/forced disappearance", "Agreement", "Air/drone strike", "Armed clash", "Arrests", "Attack",
    "Change to group/activity", "Chemical weapon", "Disrupted weapons use", "Excessive force against protesters",
    "Government regains territory", "Grenade", "Headquarters or base established", "Looting/property destruction",
    "Mob violence", "Non-state actor overtakes territory", "Non-violent transfer of territory", "Other",
    "Peaceful protest", "Protest with intervention", "Remote explosive/landmine/IED", "Sexual violence",
    "Shelling/artillery/missile attack", "Suicide bomb", "Violent demonstration",
    "Attribution of responsibility", "Diplomatic event", "Man-made disaster", "Natural disaster", "Organized crime",
}  # fmt: skip
# Where CAMEO's table files a code under another class than PLOVER's manual or the project's guideline does.
ELSEWHERE = {"0831", "0871", "035", "116", "163", "1722", "181", "192"}
ROLES = {"actor", "recipient", "both", "third", "place", "instrument", "force", ""}


def senses() -> list[Sense]:
    known = lexicon()
    found = {e.sense for table in (known.verbs, known.nouns) for entries in table.values() for e in entries}
    return sorted(found | set(known.defaults.values()), key=lambda s: s.id)


def test_every_class_has_senses_and_a_default() -> None:
    assert {s.type for s in senses()} == set(modes()) == set(lexicon().defaults)


@pytest.mark.parametrize("sense", senses(), ids=lambda s: s.id)
def test_codes_of_a_sense_are_known(sense: Sense) -> None:
    code = cameo()[sense.cameo]
    assert code.type == sense.type or sense.cameo in ELSEWHERE
    assert sense.mode is None or sense.mode in modes()[sense.type]
    assert set(sense.contexts) <= context_names()
    rules = read(FOLDER / "acled.yaml")["rules"]
    assert sense.acled is None or sense.acled in SUB_EVENTS or sense.acled in rules


def test_rules_and_weapons_lead_to_known_names() -> None:
    data = read(FOLDER / "acled.yaml")
    assert {case["then"] for cases in data["rules"].values() for case in cases} <= SUB_EVENTS
    weapons = read(FOLDER / "instruments.yaml").values()
    assert {w["acled"] for w in weapons} - {None} <= SUB_EVENTS
    assert {w["mode"] for w in weapons} <= modes()["ASSAULT"]
    assert {w["cameo"] for w in weapons} <= set(cameo())


def test_frames_give_roles_that_exist() -> None:
    for frame in lexicon().frames.values():
        assert {*frame.verb.values(), *frame.noun.values()} <= ROLES


def test_no_word_of_the_data_became_a_truth_value() -> None:
    """An unquoted on, off, yes or no is True or False to YAML."""
    for words in (*lexicon().words.values(), *(f.words for f in lexicon().fillers.values())):
        assert all(isinstance(w, str) for w in words)
    assert all(isinstance(k, str) for f in lexicon().frames.values() for k in (*f.verb, *f.noun))


@pytest.mark.parametrize(
    ("sense", "actors", "recipients", "words", "expected"),
    [
        ("assault.capture", {"armed_group"}, set(), set(), "Non-state actor overtakes territory"),
        ("assault.capture", {"military"}, set(), set(), "Government regains territory"),
        ("assault.attack", {"armed_group"}, {"military"}, set(), "Armed clash"),
        ("assault.attack", {"armed_group"}, {"civilians"}, set(), "Attack"),
        ("assault.attack", set(), set(), {"checkpoint"}, "Armed clash"),
        ("protest.demonstrate", set(), set(), {"peaceful"}, "Peaceful protest"),
        ("protest.demonstrate", {"civilians"}, set(), {"disperse"}, "Protest with intervention"),
        ("coerce.arrest", {"police"}, {"person"}, set(), "Arrests"),
        ("coerce.seize-property", {"police"}, set(), {"explosives"}, "Disrupted weapons use"),
    ],
)
def test_sub_events_depend_on_who_does_what_to_whom(
    sense: str, actors: set[str], recipients: set[str], words: set[str], expected: str
) -> None:
    known = {s.id: s for s in senses()}[sense]
    sides = Sides(frozenset(actors), frozenset(recipients), frozenset(words))
    assert sub_event(known, None, sides) == expected


@pytest.mark.parametrize(
    ("sense", "actors", "recipients", "trigger", "expected"),
    [
        ("assault.attack", {"armed_group"}, {"military"}, "attacked", "Armed clash"),
        ("assault.attack", set(), {"military"}, "attacked", None),
        ("assault.kill", {"military"}, {"armed_group"}, "killed", None),
        ("assault.kill", {"military"}, {"civilians"}, "killed", "Attack"),
        ("assault.strike", {"military"}, {"armed_group"}, "hit", None),
        ("assault.explode", set(), set(), "explosion", "Remote explosive/landmine/IED"),
        ("assault.capture", set(), {"military"}, "fall", "Non-state actor overtakes territory"),
        ("assault.take", {"armed_group"}, set(), "lost", "Government regains territory"),
        ("retreat.withdraw", {"civilians"}, set(), "left", None),
        ("retreat.withdraw", {"military"}, set(), "left", "Non-violent transfer of territory"),
    ],
)
def test_a_report_names_only_what_its_words_bear(
    sense: str, actors: set[str], recipients: set[str], trigger: str, expected: str | None
) -> None:
    known = {s.id: s for s in senses()}[sense]
    sides = Sides(frozenset(actors), frozenset(recipients), frozenset(), frozenset({trigger}))
    assert sub_event(known, None, sides, told=True) == expected


def test_forms() -> None:
    assert {"shoot", "shoots", "shot", "shooting"} <= set(verb_forms("shoot", {"shoot": ("shot",)}))
    assert {"carry", "carries", "carried", "carrying"} <= set(verb_forms("carry", {}))
    assert {"free", "freed", "freeing"} <= {*verb_forms("free", {"free": ("freed",)})}
    assert set(noun_forms("gunman")) >= {"gunman", "gunmen"}


def test_contexts_are_shown_by_words() -> None:
    assert contexts_in(["the", "refugees", "fled", "across", "the", "border"]) == {"migration", "territory"}
    assert contexts_in(["nothing"]) == set()


def test_a_broken_lexicon_says_what_is_wrong(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "senses").mkdir()
    wrong = tmp_path / "senses" / "mine.yaml"
    wrong.write_text('type: ATTACK\nsenses:\n  hit: {verbs: [hit], frame: attack, cameo: "190"}\n', encoding="utf-8")
    with pytest.raises(SituateError, match=r"mine.yaml: sense 'hit' has the type 'ATTACK'"):
        load(tmp_path)
    wrong.write_text('type: ASSAULT\nsenses:\n  hit: {verb: [hit], frame: attack, cameo: "190"}\n', encoding="utf-8")
    with pytest.raises(SituateError, match="unknown field 'verb'"):
        load(tmp_path)
    wrong.write_text('type: ASSAULT\nsenses:\n  hit: {verbs: [hit], frame: atack, cameo: "190"}\n', encoding="utf-8")
    with pytest.raises(SituateError, match="frame 'atack'"):
        load(tmp_path)
