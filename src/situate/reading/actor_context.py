"""Whether the name of a country or a seat of government acts, or is only a place: by its part in the sentence."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from spacy.tokens import Token

PATH = Path(__file__).parents[1] / "knowledge" / "data" / "actors" / "context.yaml"


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {k: frozenset(v.split()) for k, v in yaml.safe_load(PATH.read_text(encoding="utf-8")).items()}


def acts(head: Token, seat: bool) -> bool:
    """Whether a country's name (or, `seat`, a city that stands for its government), with this head, is an actor here."""
    dep, governor = head.dep_, head.head
    if dep in ("conj", "appos") and governor.ent_type_ in ("GPE", "ORG", "NORP", "PERSON", "LOC") and governor.i < head.i:
        return acts(governor, seat)
    lists = _lists()
    if dep in ("nsubj", "nsubjpass", "agent", "csubj"):
        return not _passive_of_place(head, lists)
    if dep == "poss":
        return not seat and governor.lemma_.lower() not in lists["place_nouns"]
    if dep in ("dobj", "dative", "obj"):
        return not seat and governor.lemma_ not in lists["place_verbs"]
    if dep == "pobj":
        return _after_preposition(governor, seat, lists)
    if dep in ("compound", "nmod", "amod"):
        return governor.lemma_.lower() in lists["deeds"]
    return False


def _passive_of_place(head: Token, lists: dict[str, frozenset[str]]) -> bool:
    return head.dep_ == "nsubjpass" and head.head.lemma_ in lists["place_verbs"]


def _after_preposition(preposition: Token, seat: bool, lists: dict[str, frozenset[str]]) -> bool:
    word, governor = preposition.lower_, preposition.head
    if word in ("by", "with", "against", "between", "among", "alongside", "versus"):
        return not seat or word in ("by", "with", "between")
    if word in ("to", "from", "for", "on", "of", "toward", "towards", "at"):
        return not seat and (governor.lemma_.lower(), word) != ("go", "to") and f"{governor.lemma_.lower()}_{word}" in lists["links"]
    return False
