"""The words for who moves: the people meant, how many they are, and who sits in the vehicles named for them."""

from __future__ import annotations

from spacy.tokens import Token

from situate.contract import Quantity
from situate.knowledge.frames import lexicon
from situate.language import Sentence
from situate.reading.arguments import objects
from situate.reading.names import Names
from situate.reading.phrases import after

PEOPLE = frozenset({"they", "them"})
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
    if who_span is None:
        return None
    words = sentence.tokens_in(*who_span)
    found = names.index.quantities.within(*who_span)
    if not found:
        return _beside(names, sentence, words[-1]) if words else None
    start, _, quantity = found[0]
    part = any(is_share(t) and sentence.where(t)[1] <= start for t in words)
    half = quantity.value is not None and quantity.value < 1
    return None if part or half else quantity


def _beside(names: Names, sentence: Sentence, word: Token) -> Quantity | None:
    """The figure put beside the people: "the residents of the town, about 6,900 people, to Aleppo"."""
    text, end = names.document.text, sentence.where([word, *after(word, "of"), *after(word, "in")][-1])[1]
    found = names.index.quantities.within(end + 2, end + 3) if text[end : end + 2] == ", " else []
    return next((q for s, e, q in found if s == end + 2 and q.of and text[e : e + 1] in (",", ".")), None)
