"""With what an event was done, and which mode and CAMEO code that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from situate.knowledge.events import FOLDER, Sense, lexicon, noun_forms, read
from situate.language import Sentence
from situate.reading.triggers import Trigger

_WITH = frozenset({"with", "using", "by", "of", "from"})
_CAUSED = frozenset({"when", "after", "as"})  # "killed when a bomb went off"


@dataclass(frozen=True, slots=True)
class Weapon:
    """A kind of weapon: what it makes of an event."""

    kind: str
    mode: str
    acled: str | None
    cameo: str
    rank: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """A weapon in the words: its kind, and where they stand in the report.

    `named`: they name the weapon itself, not only a deed that is done with one ("explosion").
    """

    weapon: Weapon
    start: int
    end: int
    named: bool


@cache
def _weapons() -> Mapping[str, tuple[tuple[tuple[str, ...], Weapon, bool], ...]]:
    """Weapons by the form of their last word, longest name first, and whether it is the weapon's own."""
    table: dict[str, list[tuple[tuple[str, ...], Weapon, bool]]] = {}
    for rank, (kind, raw) in enumerate(read(FOLDER / "instruments.yaml").items()):
        weapon = Weapon(kind, raw["mode"], raw["acled"], raw["cameo"], rank)
        for named, names in ((True, raw["words"]), (False, raw.get("deeds", ()))):
            for *before, last in map(str.split, names):
                for form in noun_forms(last):
                    table.setdefault(form, []).append((tuple(before), weapon, named))
    return {form: tuple(sorted(found, key=lambda x: (-len(x[0]), x[1].rank))) for form, found in table.items()}


def instrument(trigger: Trigger, given: list[Token]) -> Instrument | None:
    """The weapon of an event: in the words given as its instrument, in its own words, or hanging on it."""
    around = [*given, *trigger.words, *_beside(trigger.token)]
    if trigger.part == "verb":
        around += _causes(trigger.token)
    found = [i for t in around if (i := weapon_at(trigger.sentence, t)) is not None]
    return min(found, key=lambda i: (i.weapon.rank, not i.named)) if found else None


def weapon_at(sentence: Sentence, token: Token) -> Instrument | None:
    """The weapon that a token's words name."""
    for before, weapon, named in _weapons().get(token.lower_, ()):
        first = token
        for word in reversed(before):
            if first.i == first.doc[0].i:
                break
            first = first.nbor(-1)
            if first.lower_ == "-" and first.i > 0:
                first = first.nbor(-1)
            if first.lower_ != word and first.lower_ != word + "s":
                break
        else:
            return Instrument(weapon, *sentence.where(first, token), named)
    return None


def _beside(token: Token) -> list[Token]:
    """The nouns that hang on a trigger as means: compounds, "with", "using", a weapon as subject."""
    out: list[Token] = []
    for child in token.children:
        if child.dep_ in ("compound", "nsubj", "nsubjpass", "amod", "nmod", "dobj"):
            for noun in (child, *_counted(child)):
                out += [noun, *_modifiers(noun)]
        if child.lower_ in _WITH or child.dep_ == "agent":
            for pobj in child.children:
                if pobj.dep_ in ("pobj", "dobj"):
                    out.append(pobj)
                    out += [c for c in pobj.children if c.dep_ in ("conj", "compound", "amod")]
    return out


def _counted(noun: Token) -> list[Token]:
    """What a word of number counts: "a couple of rockets"."""
    counts = noun.lemma_.lower() in lexicon().words["partitive"]
    return [t for c in noun.children if c.lower_ == "of" for t in c.children] if counts else []


def _causes(verb: Token) -> list[Token]:
    """What somebody was harmed by, as another event: "killed in a bomb blast", "hurt when a mine exploded"."""
    out: list[Token] = []
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "in":
            out += [t for p in child.children if p.dep_ == "pobj" for t in (p, *_modifiers(p))]
        elif child.dep_ == "advcl" and any(c.lower_ in _CAUSED for c in child.children):
            nouns = [c for c in child.children if c.dep_ in ("nsubj", "nsubjpass", "dobj")]
            out += [t for n in nouns for t in (n, *_modifiers(n))]
    return out


def _modifiers(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.dep_ in ("compound", "amod")]


def manner(sense: Sense, weapon: Weapon | None) -> tuple[str | None, str]:
    """Mode and CAMEO code of an event read in a sense: its weapon's where the sense leaves that to it."""
    if weapon and sense.type == "ASSAULT" and sense.by_weapon:
        return weapon.mode, weapon.cameo
    return sense.mode, sense.cameo
