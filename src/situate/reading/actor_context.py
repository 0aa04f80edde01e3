"""Whether a name acts or is only a place, by its part in the sentence."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from spacy.tokens import Token

PATH = Path(__file__).parents[1] / "knowledge" / "data" / "actors" / "context.yaml"
_NAMED = frozenset(("GPE", "ORG", "NORP", "PERSON", "LOC"))


@cache
def words_of(list_name: str) -> frozenset[str]:
    """One of the lists of context.yaml."""
    return _lists()[list_name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, str] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return {name: frozenset(value.split()) for name, value in lists.items()}


def acts(head: Token, seat: bool) -> bool:
    """Whether a country's name with this head is an actor here; `seat`: a city that stands for its government."""
    dep, governor = head.dep_, head.head
    if dep in ("conj", "appos") and governor.i < head.i and governor.ent_type_ in _NAMED:
        return acts(governor, seat)
    if dep in ("nsubj", "agent", "csubj"):
        return True
    if dep == "nsubjpass":
        return governor.lemma_ not in words_of("place_verbs")
    if dep == "poss":
        return not seat and governor.lemma_.lower() not in words_of("place_nouns")
    if dep in ("dobj", "dative", "obj"):
        return not seat and governor.lemma_ not in words_of("place_verbs")
    if dep == "pobj":
        return _after_preposition(governor, seat)
    if dep in ("compound", "nmod", "amod", "npadvmod"):
        return governor.lemma_.lower() in words_of("deeds") or _does(head)
    return False


def _does(head: Token) -> bool:
    """Whether a participle makes a party of the word: "US-backed"."""
    if head.lower_.rpartition("-")[2] in words_of("doing"):
        return True
    after = [head.nbor(k) for k in (1, 2) if head.i + k < len(head.doc)]
    return len(after) == 2 and after[0].text == "-" and after[1].lower_ in words_of("doing")


def _after_preposition(preposition: Token, seat: bool) -> bool:
    word, governor = preposition.lower_, preposition.head
    if word in ("by", "with", "between"):
        return True
    if word in ("against", "among", "alongside", "versus"):
        return not seat
    if word in ("to", "from", "for", "on", "of", "toward", "towards", "at", "in"):
        return not seat and f"{governor.lemma_.lower()}_{word}" in words_of("links")
    return False


def located(head: Token) -> bool:
    """Whether an unknown name with this head stands where only a place can: "in X", "the town of X"."""
    dep, governor = head.dep_, head.head
    if dep in ("conj", "appos") and governor.i < head.i:
        return located(governor)
    if dep == "pobj":
        word = governor.lower_
        return word in words_of("place_prepositions") or (
            word == "of" and governor.head.lemma_.lower() in words_of("place_heads")
        )
    return dep in ("dobj", "nsubjpass") and governor.lemma_ in (
        "capture",
        "seize",
        "enter",
        "reach",
        "recapture",
        "retake",
    )
