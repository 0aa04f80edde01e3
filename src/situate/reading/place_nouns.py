"""What stands beside a place name: the noun for its kind, an adjective of country, what it lies in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from situate.contract import PlaceKind
from situate.knowledge.gazetteer import Gazetteer
from situate.knowledge.places import PlaceWords, place_words
from situate.language import Sentence

_DASHES = frozenset("-–")
_NO_PART_OF_NAME = frozenset(
    ("country", "nation", "office", "house", "state", "states", "parliament", "building", "front")
)
_BEFORE_OF = frozenset(("settlement", "admin", "terrain", "water"))
_OWNS = re.compile(r"['’]s\s+(?:\w+\s+)?")  # "Dhamar province's Ans district"
_ENDS_LIST = re.compile(r",?\s+(?:and|or)\s+")
_CONTAINS = re.compile(
    r"\s*(?:,|\()\s*(?:in\s+|the\s+)*|,?\s+in\s+(?:the\s+)?(?:(?:\w+ern|central)\s+)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name a place: where they stand, what to look up, and what the words around say of it."""

    start: int
    end: int
    name: str
    sentence: Sentence
    hint: PlaceKind | None = None  # the kind that a noun beside it gives
    noun: str | None = None  # that noun
    core: str | None = None  # the name without its noun, where the noun is part of it
    within: tuple[str, ...] = ()  # names that may be of what it lies in: "Paris, Texas"
    country: str | None = None  # of an adjective beside it: "the Syrian town of"
    tagged: PlaceKind | None = None  # the kind that the tagger gave
    score: float = 0.0  # of the encoder's tagger
    seen: bool = False  # whether a tagger saw it
    evidence: int = 0  # how surely the words speak of a place: 0 not at all, 1 a preposition, 2 a noun for its kind


class NounContext:
    """Reads the words beside names."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.words: PlaceWords = place_words()

    def read(self, naming: Naming) -> Naming:
        """A naming with what the words beside it say."""
        tokens = naming.sentence.tokens_in(naming.start, naming.end)
        if not tokens:
            return naming
        naming = self._adjective_before(naming, tokens[0])
        with_noun = (
            self._noun_inside(naming) or self._noun_after(naming, tokens[-1]) or self._noun_before(naming, tokens[0])
        )
        if with_noun is None:
            return naming
        return replace(with_noun, evidence=max(naming.evidence, self._weight(with_noun)))

    def _weight(self, naming: Naming) -> int:
        """How surely a noun beside a name shows a place: a department, a division or a state may be an actor's."""
        if naming.core is None or naming.noun not in self.words.institutions:
            return 2
        return 2 * any(k.kind in ("admin", "settlement", "region") for k in self.gazetteer.find(naming.core, False))

    def _adjective_before(self, naming: Naming, first: Token) -> Naming:
        """ "the Syrian town of Kobani", "Iraq's Mount Sinjar" speak of a country beside the name."""
        start = naming.sentence.tokens.start
        for token in first.doc[max(start, first.i - 6) : first.i]:
            country = self.words.adjectives.get(token.lower_)
            if country and token.text[0].isupper() and (first.i - token.i < 2 or _leads_to(token, first)):
                return replace(naming, country=country)
        return naming

    def _noun_inside(self, naming: Naming) -> Naming | None:
        """ "Raqqa Governorate", "Tabqa airbase", "Lake Assad" as tagged."""
        words = naming.name.split()
        if len(words) < 2:
            return None
        known = self.gazetteer.find(naming.name, False)
        for size in range(min(self.words.longest_noun, len(words) - 1), 0, -1):
            noun = " ".join(words[-size:]).lower()
            kind = self.words.nouns.get(noun)
            if kind in (None, "country") or (known and all(k.kind != kind for k in known)):
                continue
            core = " ".join(w for w in words[:-size] if w.lower() not in self.words.between or w is words[0])
            if core.lower() in self.words.directions or core.lower() in self.words.between:
                return None
            return replace(naming, hint=kind, noun=noun, core=core or None)
        kind = self.words.leading.get(words[0].lower())
        if kind and not (known and all(k.kind != kind for k in known)):
            return replace(naming, hint=kind, noun=words[0].lower(), core=" ".join(words[1:]))
        return None

    def _noun_after(self, naming: Naming, last: Token) -> Naming | None:
        """ "Idlib province", "Mosul international airport": the noun becomes part of the name."""
        stop, at, doc = naming.sentence.tokens.end, last.i + 1, last.doc
        if at < stop and doc[at].text in _DASHES:
            return None
        while at < stop and doc[at].lower_ in self.words.between and at - last.i < 4:
            at += 1
        for size in range(min(self.words.longest_noun, stop - at), 0, -1):
            noun = doc[at : at + size].text.lower()
            kind = self.words.nouns.get(noun)
            if kind is None or not self._goes_with(naming, doc[at + size - 1], kind):
                continue
            end = naming.sentence.where(doc[at + size - 1])[1]
            text = " ".join(self.text[naming.start : end].split())
            return replace(naming, end=end, name=text, hint=kind, noun=noun, core=naming.name)
        return None

    def _goes_with(self, naming: Naming, noun: Token, kind: PlaceKind) -> bool:
        """Whether a noun after a name forms one name with it: "Aleppo city", not "Aleppo residents" nor "US base"."""
        if noun.pos_ not in ("NOUN", "PROPN") or noun.lower_ in _NO_PART_OF_NAME:
            return False
        if kind in ("settlement", "admin", "country") and noun.tag_ in ("NNS", "NNPS"):
            return False
        whole = self.gazetteer.find(naming.name, False)[:1]
        if whole and whole[0].kind == "country" and kind != "line":
            return False
        following = noun.nbor(1) if noun.i + 1 < naming.sentence.tokens.end else None
        return not (following is not None and following.lower_ == "of" and kind == "settlement")

    def _noun_before(self, naming: Naming, first: Token) -> Naming | None:
        """ "the town of Suluk", "Mount Sinjar", "the village Suluk"."""
        start = naming.sentence.tokens.start
        if first.i <= start:
            return None
        before = first.nbor(-1)
        kind = self.words.leading.get(before.lower_)
        if kind and before.text[0].isupper():
            at = naming.sentence.where(before)[0]
            words = {"start": at, "name": self.text[at : naming.end], "noun": before.lower_, "core": naming.name}
            return replace(naming, hint=kind, **words)  # type: ignore[arg-type]
        if before.lower_ == "the" and before.i > start:
            before = before.nbor(-1)
        noun = before.nbor(-1) if before.lower_ == "of" and before.i > start else before
        kind = self.words.nouns.get(noun.lower_)
        if kind in ("settlement", "admin") or (kind in _BEFORE_OF and before.lower_ == "of"):
            return replace(naming, hint=kind, noun=noun.lower_) if noun.tag_ == "NN" else None
        return None


def _leads_to(token: Token, name: Token) -> bool:
    """Whether an adjective belongs to a noun that the name specifies: "Syrian town of Kobani"."""
    head = token.head
    return any(head == a for a in name.ancestors) and head.i < name.i and name.i - head.i <= 3


def contained(text: str, namings: Sequence[Naming]) -> list[Naming]:
    """Names with what the words put them in: "Paris, Texas", "Saraqib in Idlib province", "Saraqib (Idlib)".

    A list of towns looks the same; whether one lies in the other is for the gazetteer to say.
    """
    out: list[Naming] = []
    for at, naming in enumerate(namings):
        within: list[str] = []
        last = naming
        for other in namings[at + 1 : at + 4]:
            between = text[last.end : other.start]
            ends = bool(within) and _ENDS_LIST.fullmatch(between) is not None
            if not (ends or _CONTAINS.fullmatch(between)) or _qualifies(other):
                break
            within.append(other.core or other.name)
            last = other
            if ends:
                break
        before = namings[at - 1] if at else None
        if before is not None and not within and _OWNS.fullmatch(text[before.end : naming.start]):
            within.append(before.core or before.name)
        out.append(replace(naming, within=tuple(within)))
    return out


def _qualifies(naming: Naming) -> bool:
    """Whether a name only qualifies what follows it: "in Suluk, U.S. officials said"."""
    tokens = naming.sentence.tokens_in(naming.start, naming.end)
    return bool(tokens) and tokens[-1].dep_ in ("compound", "amod", "nmod", "poss") and tokens[-1].head.i > tokens[-1].i
