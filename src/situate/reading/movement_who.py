"""The words for who moves: the people meant, how many they are, and who sits in the vehicles named for them."""

from __future__ import annotations

from spacy.tokens import Token

from situate.contract import Quantity
from situate.knowledge.frames import lexicon
from situate.language import Sentence
from situate.reading.arguments import objects
from situate.reading.names import Names
from situate.reading.phrases import after

_LOADED = frozenset({"carry", "bring", "take", "transport", "ferry"})


def mover_words(sentence: Sentence, word: Token) -> tuple[int, int]:
    """The offsets of the words for who moves, around their head: "hundreds of families", "most of the families"."""
    last = word
    if is_share(word) or word.pos_ == "NUM" or word.lemma_.lower() in lexicon("names").lists["partitives"]:
        last = next((t for t in after(word, "of")), word)
    return sentence.where(word.left_edge, last)


def passengers(vehicle: Token) -> list[Token]:
    """Who sits in a vehicle: "buses with fighters", "a bus carrying the wounded"."""
    loaded = (c for c in vehicle.children if c.dep_ in ("acl", "relcl") and c.lemma_.lower() in _LOADED)
    return [
        *after(vehicle, "with"),
        *after(vehicle, "of"),
        *(t for verb in loaded for t in objects(verb) if t != vehicle),
    ]


def is_share(word: Token) -> bool:
    """Whether a word says that only a part of those named behind it is meant: "most of", "half of"."""
    return word.lemma_.lower() in lexicon("movements").lists["shares"]


def counted(names: Names, sentence: Sentence, who_span: tuple[int, int] | None) -> Quantity | None:
    """How many move; None where the figure is of those of whom only some do."""
    found = names.index.quantities.within(*who_span) if who_span else []
    if not found or who_span is None:
        return None
    start, _, quantity = found[0]
    words = sentence.tokens_in(*who_span)
    part = any(is_share(t) and sentence.where(t)[1] <= start for t in words)
    half = quantity.value is not None and quantity.value < 1
    return None if part or half else quantity
