"""Clues to what became of a forecast: sentences of later reports that tell of what it names.

A question is what a forecast is about: the names in its words, its telling words, the kinds of change that it
foretells. Forecasts in the same words ask the same question; what a report tells of it is found out once for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

from situate.contract import Mention, Picture, Span
from situate.knowledge.settling import SettlingWords, settling_words
from situate.store.digest import digest_of
from situate.store.fold import fold

Kind = Literal["told", "retold"]
RELEVANT = 0.55  # likeness from which a sentence is a clue
_THINGS = 0.15  # share of a question's words, less those of the change itself, where names and change tell too little
_RETOLD = 0.6  # share of a question's words from which a sentence retells it
_NAMES, _KIND, _WORDS = 0.5, 0.3, 0.2  # what the likeness of a sentence is made of
_SHORT = 7  # words of an answer to a prediction retold: "None did."
_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?](?!\s|[\"”’]|$)[^\n.!?]*)*[.!?]*[\"”’]*")
_HELD_BY = re.compile(r"\b(?:held|controlled|taken|left)\s+by\b", re.IGNORECASE)  # describes, tells no news
_IS_TO = re.compile(r"\b(?:is|are|was|were)\s+(?:due\s+|set\s+)?to\s+\w", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|n[’']t")
_COMMON = frozenset(
    """
    the and for with that this from have been were was are has is its their his her they them into over about after
    before than then there which who whom whose what when where all any more most some such only also said says very as
    of in on at by to an or but it he she be not
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a forecast is about. `named`: by its own words, or only by what the report is about."""

    names: tuple[str, ...]
    named: bool
    words: tuple[str, ...]
    kinds: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def key(self) -> str:
        """The same for the same question in any store."""
        return digest_of(*(" ".join(each) for each in (self.names, self.words, self.kinds)), str(self.named), length=32)

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Question:
        """From what `to_dict` gave."""
        names, words, kinds, against = (tuple(values[name]) for name in ("names", "words", "kinds", "against"))
        return cls(names, values["named"], words, kinds, against)

    def marks(self) -> set[str]:
        """What a report has in common with it that may hold a clue: see `marks_of`."""
        kinds = {*self.kinds, *self.against} or {""}
        return {f"{name} {kind}" for name in self.names or ("",) for kind in kinds} | {f"? {w}" for w in self.words}


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence of a report that speaks for or against what a question asks; `weight` from 0 to 1."""

    words: Span
    favours: bool
    weight: float
    kind: Kind
    why: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A clause of a report: its words in small letters, those of its sentence, the names among them, the answer that
    follows, the kinds of change that it tells of.
    """

    span: Span
    words: frozenset[str]
    around: frozenset[str]
    names: frozenset[str]
    pending: bool
    answer: tuple[str, ...]
    kinds: frozenset[str]


def question(picture: Picture, content: Span) -> Question:
    """What a forecast in these words asks."""
    words = settling_words()
    said = _words(content.text)
    kinds = frozenset(words.foretold(frozenset(said)))
    against = frozenset(a for k in kinds for a in words.against[k]) - kinds
    own = _names(picture, content)
    names = own or _main_place(picture)
    plain = frozenset(w for w in said if len(w) > 3) - _COMMON - words.pending - words.sure - names
    return Question(tuple(sorted(names)), bool(own), *(tuple(sorted(some)) for some in (plain, kinds, against)))


def _names(picture: Picture, where: Span) -> frozenset[str]:
    """The words of the names of actors and places within some words."""
    found: set[str] = set()
    mentions: list[Mention] = [m for a in picture.actors for m in a.mentions]
    mentions += [m for p in picture.places for m in p.mentions]
    for mention in mentions:
        if mention.form in ("name", "alias") and where.covers(mention):
            found |= _named(mention.text)
    return frozenset(found)


def _named(text: str) -> set[str]:
    """The words that may be names, folded."""
    return {each for word in text.split() for each in _as_name(word)}


@lru_cache(maxsize=1 << 14)
def _as_name(word: str) -> tuple[str, ...]:
    """What a word comes to as a name; nothing where it can't be one."""
    if not any(c.isupper() or c.isdigit() for c in word):
        return ()
    return tuple(w for w in fold(word).split() if len(w) > 2)


def _main_place(picture: Picture) -> frozenset[str]:
    """The name of the place, smaller than a country, that a report names most."""
    places = [p for p in picture.places if p.kind != "country"]
    most = max(places, key=lambda p: len(p.mentions), default=None)
    return frozenset(_named(most.name)) if most is not None else frozenset()


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]


def sentences(text: str, furniture: Iterable[tuple[int, int]]) -> list[Sentence]:
    """The clauses of a report's text, less its furniture."""
    words, skipped = settling_words(), list(furniture)
    found = [m.span() for m in _SENTENCE.finditer(text) if m.group().strip()]
    found = [s for s in found if not any(a < s[1] and s[0] < b for a, b in skipped)]
    split = [tuple(_words(text[a:b])) for a, b in found]
    made: list[Sentence] = []
    for i, (start, end) in enumerate(found):
        answer = split[i + 1] if i + 1 < len(split) and len(split[i + 1]) <= _SHORT else ()
        around = frozenset(split[i]) | frozenset(fold(text[start:end]).split())
        names = frozenset(_named(text[start:end]))
        made += _clauses(text, start, end, (around, names, answer), words)
    return made


def _clauses(
    text: str,
    start: int,
    end: int,
    of_sentence: tuple[frozenset[str], frozenset[str], tuple[str, ...]],
    words: SettlingWords,
) -> Iterator[Sentence]:
    around, names, answer = of_sentence
    for m in re.finditer("[^;]+", text[start:end]):
        clause = m.group()
        first = start + m.start() + len(clause) - len(clause.lstrip())
        own = frozenset(_words(_HELD_BY.sub(" ", clause)))
        pending = bool(own & words.pending) or _IS_TO.search(clause) is not None
        kinds = frozenset(words.told(own))
        yield Sentence(Span.of(text, first, start + m.end()), own, around, names, pending, answer, kinds)


def marks_of(told: Iterable[Sentence]) -> set[str]:
    """The marks of a report: names with the kinds of change told beside them, names alone, words that are answered."""
    words, found = settling_words(), set[str]()
    for s in told:
        found |= {f"{name} " for name in s.names}
        if not s.pending:
            found |= {f"{name} {kind}" for name in (*s.names, "") for kind in s.kinds}
        elif set(s.answer) & (words.negations | words.answers):
            found |= {f"? {w}" for w in s.words if len(w) > 3} - _COMMON
    return found


def hints(asked: Question, told: Sequence[Sentence]) -> Iterator[Hint]:
    """What the sentences of a report tell of a question."""
    names, words = frozenset(asked.names), frozenset(asked.words)
    known = settling_words()
    for s in told:
        alike = len(words & s.around) / len(words) if words else 0.0
        hint = _retold(s, alike, known) if s.pending else _told(asked, s, names & s.around, alike, known)
        if hint is not None:
            yield hint


def _told(asked: Question, s: Sentence, shared: frozenset[str], alike: float, known: SettlingWords) -> Hint | None:
    if asked.names and not shared:
        return None
    same, opposite = _sides(s.kinds & frozenset(asked.kinds), s.kinds & frozenset(asked.against))
    if not (same or opposite or alike > 0.5):
        return None
    pointed = len(shared) == len(asked.names) and not (same | opposite) <= known.loose
    if not pointed and _of_things(asked, s, known) < _THINGS:
        return None
    named = 0.5 + 0.5 * len(shared) / len(asked.names) if asked.names else 0.2
    likeness = _NAMES * named + _KIND * bool(same or opposite) + _WORDS * alike
    turned = bool(s.words & known.negations)
    if likeness < RELEVANT or (turned and opposite):
        return None
    favours = not opposite and not turned
    why = f"tells of {'the same' if favours else 'the contrary'}: {', '.join(sorted(shared | same | opposite))}"
    return Hint(s.span, favours, likeness, "told", why)


def _of_things(asked: Question, s: Sentence, known: SettlingWords) -> float:
    """The share of a question's words that a sentence has, less the words for the change itself: in "the truce will
    hold" the truce, but not what holds."""
    things = {w for w in asked.words if not known.told(frozenset((w,)))}
    return len(things & s.around) / len(things) if things else 0.0


def _sides(same: frozenset[str], opposite: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of change for and against; of both, what is still so ("the land they hold") tells less."""
    none = frozenset[str]()
    if same and opposite:
        return (none, opposite) if same <= {"keep"} else (same, none) if opposite <= {"keep"} else (none, none)
    return same, opposite


def _retold(s: Sentence, alike: float, known: SettlingWords) -> Hint | None:
    """A prediction retold with its answer: "… had predicted that it would begin. None did."."""
    if not s.answer or alike < _RETOLD:
        return None
    why = f"retold, and answered: {' '.join(s.answer)}"
    if known.negations.intersection(s.answer):
        return Hint(s.span, False, 0.9, "retold", why)
    if known.answers.intersection(s.answer):
        return Hint(s.span, True, 0.9, "retold", why)
    return None
