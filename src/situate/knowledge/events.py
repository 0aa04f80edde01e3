"""The event lexicon: which words tell of which event, and who plays what part in it.

`lexicon()` gives the one that ships with the program. Its files in `data/events/` say how to edit them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from situate.contract import EventType
from situate.errors import SituateError

FOLDER = Path(__file__).parent / "data" / "events"
Part = Literal["verb", "noun"]
_EVENT_TYPES = frozenset(get_args(EventType))
_SENSE_FIELDS = {
    *("verbs", "nouns", "type", "frame", "mode", "contexts", "cameo", "acled"),
    *("needs", "needs_verbs", "needs_nouns", "strict", "by_weapon", "unless"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Which slot of a verb or a noun plays which role: slot → role ("" where the slot is known to play none)."""

    name: str
    verb: Mapping[str, str]
    noun: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """One meaning of some words: the event they tell of.

    `needs`: kinds of fillers of which one has to stand beside the word, by part of speech; without one the sense is
    ruled out where it is `strict`, else only less sure. `unless`: words beside it that rule it out.
    `acled` is a sub-event type, or the name of a rule of `acled.yaml`.
    """

    id: str
    type: EventType
    frame: Frame
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str
    acled: str | None
    needs: Mapping[Part, frozenset[str]]
    strict: bool
    by_weapon: bool  # the weapon in the words settles mode and CAMEO code
    unless: Mapping[str, tuple[tuple[str, ...], ...]]  # by the forms of a phrase's first word


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the lexicon: its words as lemmas, the word that anchors it, and what it may mean."""

    words: tuple[str, ...]
    part: Part
    sense: Sense
    anchor_at: int  # which of its words carries the grammar: the verb, or the head noun

    @property
    def anchor(self) -> str:
        """The word that carries the grammar."""
        return self.words[self.anchor_at]


@dataclass(frozen=True, slots=True)
class Filler:
    """A kind of filler: head nouns, and kinds of actors."""

    words: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Apart:
    """Pairs of senses, by their ids in either order, that never tell of one deed."""

    anywhere: frozenset[tuple[str, str]]
    in_one_sentence: frozenset[tuple[str, str]]  # of which one may elsewhere be a looser word for the other


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """All entries by the forms of their anchor word, longest first, with the fillers and word lists they lean on."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    lemmas: Mapping[str, str]  # form: lemma, of verbs
    frames: Mapping[str, Frame]
    fillers: Mapping[str, Filler]
    words: Mapping[str, frozenset[str]]
    defaults: Mapping[str, Sense]  # by class: what is known where only the class is
    apart: Apart


@cache
def lexicon() -> EventLexicon:
    """The event lexicon that ships with the program, read once a process."""
    return load(FOLDER)


def load(folder: Path) -> EventLexicon:
    """An event lexicon from its files. Raises SituateError where an entry can't be read."""
    frames = {name: Frame(name, f["verb"], f["noun"]) for name, f in read(folder / "frames.yaml").items()}
    irregular = {verb: tuple(forms) for verb, forms in read(folder / "irregular.yaml").items()}
    entries = [e for path in sorted((folder / "senses").glob("*.yaml")) for e in _entries(path, frames)]
    verbs: dict[str, list[Entry]] = {}
    nouns: dict[str, list[Entry]] = {}
    lemmas: dict[str, str] = {}
    for entry in entries:
        if entry.part == "verb":
            for form in verb_forms(entry.anchor, irregular):
                verbs.setdefault(form, []).append(entry)
                lemmas[form] = entry.anchor
        else:
            for form in noun_forms(entry.anchor):
                nouns.setdefault(form, []).append(entry)
    return EventLexicon(
        verbs=_longest_first(verbs),
        nouns=_longest_first(nouns),
        lemmas=lemmas,
        frames=frames,
        fillers={
            name: Filler(frozenset(f["words"]), frozenset(f.get("kinds", ())))
            for name, f in read(folder / "fillers.yaml").items()
        },
        words={name: frozenset(words) for name, words in read(folder / "words.yaml").items()},
        defaults={
            type_: _sense("other", raw, type_, frames, "defaults.yaml")
            for type_, raw in read(folder / "defaults.yaml").items()
        },
        apart=_apart(folder / "apart.yaml"),
    )


def _apart(path: Path) -> Apart:
    def pairs(rows: Iterable[tuple[list[str], list[str]]]) -> frozenset[tuple[str, str]]:
        some = {(a, b) for left, right in rows for a in left for b in right}
        return frozenset(some | {(b, a) for a, b in some})

    data = read(path)
    return Apart(pairs(data["anywhere"]), pairs([*data["anywhere"], *data["one sentence"]]))


def read(path: Path) -> dict[str, Any]:
    """A data file of the lexicon as plain values."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as e:
        raise SituateError(f"{path}: the event lexicon can't be read ({e}); reinstall it or mend the file") from e
    if not isinstance(data, dict):
        raise SituateError(f"{path}: a table of names is expected, not {type(data).__name__}; mend the file")
    return data


def verb_forms(lemma: str, irregular: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The forms of a verb: the regular ones, and those that the data file adds."""
    yield lemma
    yield from _with_s(lemma)
    if lemma in irregular:
        yield from irregular[lemma]
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        yield lemma + "d"
        yield lemma[:-1] + "ing"
    elif lemma.endswith("y") and lemma[-2:-1] not in tuple("aeiou"):
        yield lemma[:-1] + "ied"
        yield lemma + "ing"
    else:
        yield lemma + "ed"
        yield lemma + "ing"


def noun_forms(lemma: str) -> Iterator[str]:
    """A noun's singular and plural."""
    yield lemma
    yield from _with_s(lemma)
    if lemma.endswith("man"):
        yield lemma[:-3] + "men"
    if lemma.endswith("sis"):
        yield lemma[:-2] + "es"


def _with_s(lemma: str) -> Iterator[str]:
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        yield lemma + "es"
    elif lemma.endswith("y") and lemma[-2:-1] not in tuple("aeiou"):
        yield lemma[:-1] + "ies"
    else:
        yield lemma + "s"


def _entries(path: Path, frames: Mapping[str, Frame]) -> Iterator[Entry]:
    data = read(path)
    for name, raw in data["senses"].items():
        where = f"{path.name}: sense {name!r}"
        if unknown := set(raw) - _SENSE_FIELDS:
            raise SituateError(f"{where} has the unknown field {min(unknown)!r}; {sorted(_SENSE_FIELDS)} are known")
        raw = raw | {"unless": [*raw.get("unless", ()), *data.get("unless", ())]}
        sense = _sense(name, raw, raw.get("type", data["type"]), frames, where)
        for part, words in (("verb", raw.get("verbs", ())), ("noun", raw.get("nouns", ()))):
            for phrase in dict.fromkeys(words):
                split = tuple(phrase.split())
                yield Entry(split, part, sense, 0 if part == "verb" else _head(split))  # type: ignore[arg-type]


def _sense(name: str, raw: Mapping[str, Any], type_: str, frames: Mapping[str, Frame], where: str) -> Sense:
    if type_ not in _EVENT_TYPES:
        raise SituateError(f"{where} has the type {type_!r}; the 16 PLOVER classes are {sorted(_EVENT_TYPES)}")
    if raw["frame"] not in frames:
        raise SituateError(f"{where} has the frame {raw['frame']!r}, which frames.yaml doesn't hold")
    both = raw.get("needs", ())
    return Sense(
        id=f"{type_.lower()}.{name}",
        type=type_,  # type: ignore[arg-type]
        frame=frames[raw["frame"]],
        mode=raw.get("mode"),
        contexts=tuple(raw.get("contexts", ())),
        cameo=str(raw["cameo"]),
        acled=raw.get("acled"),
        needs={
            "verb": frozenset(raw.get("needs_verbs", both)) - {"any"},
            "noun": frozenset(raw.get("needs_nouns", both)) - {"any"},
        },
        strict=bool(raw.get("strict", False)),
        by_weapon=raw.get("mode") is None or bool(raw.get("by_weapon", False)),
        unless=_by_first_word(raw.get("unless", ())),
    )


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases by the forms that their first word may have."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        for form in noun_forms(words[0]):
            table.setdefault(form, []).append(words)
    return {form: tuple(found) for form, found in table.items()}


_PREPOSITIONS = frozenset({"of", "in", "from", "to", "on", "with", "against", "between", "for", "by", "down"})


def _head(words: tuple[str, ...]) -> int:
    """Where the head noun of a phrase stands: before its first preposition, else at its end."""
    return next((i for i, w in enumerate(words) if i and w in _PREPOSITIONS), len(words)) - 1


def _longest_first(table: Mapping[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {form: tuple(sorted(entries, key=lambda e: -len(e.words))) for form, entries in table.items()}
