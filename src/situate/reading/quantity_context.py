"""What stands around a number: whether it is a figure at all, and what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from situate.knowledge.quantities import quantity_words
from situate.reading.number_grammar import Number

LONGEST_NOUN_PHRASE = 8  # tokens from a number to the noun it counts
_NAMES = frozenset(("ORG", "FAC", "PRODUCT", "LAW", "EVENT", "WORK_OF_ART", "PERSON"))
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_NO_FIGURE = re.compile(r"\d+\.\d{4,}|\d{3}-\d{4}|0\d+")  # coordinates, telephone numbers, codes
_DASHES = frozenset("-–—")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: its unit of measure, its noun phrase, and the last token of the figure's words."""

    last: int
    unit: str | None = None
    of: str | None = None


def is_figure(doc: Doc, sentence_start: int, number: Number) -> bool:
    """Whether a number is a figure that a reader would note, and no year, age, score, address, label or pronoun."""
    words = quantity_words()
    first, last = doc[number.first], doc[number.stop - 1]
    before = doc[number.first - 1] if number.first > sentence_start else None
    after = doc[number.stop] if number.stop < len(doc) else None
    if _NO_FIGURE.fullmatch(doc[number.first : number.stop].text):
        return False
    if before is not None and before.lower_.rstrip(".") in words.names_before:
        return False
    if after is not None and after.lower_ in words.names_after:
        return False
    if first.ent_type_ in _NAMES and last.ent_type_ in _NAMES:
        return False
    if number.stop - number.first == 1 and (_is_bare_year(first, after) or _is_age(first, before, after)):
        return False
    if number.value == 1 and first.lower_ in ("one", "1") and not _counts_one(first):
        return False
    return not _hyphen_old(doc, number.stop)


def _is_bare_year(token: Token, after: Token | None) -> bool:
    return bool(_YEAR.fullmatch(token.text)) and (after is None or after.tag_ not in ("NNS", "NNPS"))


def _is_age(token: Token, before: Token | None, after: Token | None) -> bool:
    """ "Name, 25, said", "aged 25"."""
    if before is None or not token.text.isdigit():
        return False
    if before.lower_ in ("aged", "age"):
        return True
    named = before.text == "," and before.i > 0 and before.nbor(-1).pos_ == "PROPN"
    return named and (after is None or after.text in (",", ".")) and int(token.text) < 110


def _counts_one(token: Token) -> bool:
    head = token.head
    return token.dep_ == "nummod" and head.pos_ in ("NOUN", "PROPN") and head.lemma_ not in quantity_words().empty_nouns


def _hyphen_old(doc: Doc, at: int) -> bool:
    said = "".join(t.lower_ for t in doc[at : at + 4])
    return said.startswith(("-year-old", "-month-old", "yearsold", "-yearold", "-week-old"))


def counted(doc: Doc, number: Number, stop: int) -> Counted:
    """What a number counts."""
    words = quantity_words()
    currency = next((t.lower_ for t in doc[number.first : number.stop] if t.lower_ in words.currencies), None)
    if currency is not None:
        return Counted(number.stop - 1, words.currencies[currency], _after_of(doc, number.stop, stop))
    at = number.stop + (number.stop + 1 < stop and doc[number.stop].text in _DASHES)
    if at >= stop:
        return Counted(number.stop - 1)
    following = doc[at].lower_
    if following == "per" and at + 1 < stop and doc[at + 1].lower_ == "cent":
        return Counted(at + 1, "percent", _after_of(doc, at + 2, stop))
    if words.currencies.get(following):
        return Counted(at, words.currencies[following], _after_of(doc, at + 1, stop))
    if following in words.units:
        return Counted(at, words.units[following], _after_of(doc, at + 1, stop))
    return _noun_phrase(doc, number, stop)


def _after_of(doc: Doc, at: int, stop: int) -> str | None:
    """The noun phrase after "of" (or "in", for money), as the thing measured."""
    if at >= stop or doc[at].lower_ not in ("of", "in") or not list(doc[at].children):
        return None
    noun = next((c for c in doc[at].children if c.dep_ == "pobj"), None)
    return _phrase(doc, at + 1, noun.i) if noun is not None and noun.i - at <= LONGEST_NOUN_PHRASE else None


def _phrase(doc: Doc, first: int, last: int) -> str:
    while first < last and (doc[first].pos_ in ("DET", "PUNCT", "ADP") or doc[first].lower_ in ("more", "other")):
        first += 1
    return doc[first : last + 1].text


def _noun_phrase(doc: Doc, number: Number, stop: int) -> Counted:
    at = number.stop
    if at < stop and doc[at].lower_ == "of":
        of = _after_of(doc, at, stop)
        noun = next((c for c in doc[at].children if c.dep_ == "pobj"), None)
        return Counted(noun.i if of and noun is not None and noun.i < stop else number.stop - 1, None, of)
    head = _head_noun(doc, number, stop)
    if head is not None:
        return Counted(head.i, None, _phrase(doc, at, head.i))
    if at < stop and doc[at].lower_ in quantity_words().counted_by_verb:
        return Counted(at, None, quantity_words().counted_by_verb[doc[at].lower_])
    verb = doc[number.stop - 1].head
    return Counted(number.stop - 1, None, quantity_words().counted_by_verb.get(verb.lemma_))


def _head_noun(doc: Doc, number: Number, stop: int) -> Token | None:
    token = doc[number.stop - 1]
    for _ in range(4):
        if token.dep_ not in ("nummod", "quantmod", "compound", "nmod", "amod", "npadvmod"):
            break
        token = token.head
        if token.i >= stop or token.i - number.stop > LONGEST_NOUN_PHRASE or _parted(doc, number.stop, token.i):
            return None
        if token.i >= number.stop and token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod"):
            return token
    return token if token.i >= number.stop and token.pos_ in ("NOUN", "PROPN") else _next_noun(doc, number.stop, stop)


def _parted(doc: Doc, start: int, stop: int) -> bool:
    """Whether a list goes on between a number and a noun: "nearly a dozen; fifty buses"."""
    return any(t.text in ";:" for t in doc[start:stop])


def _next_noun(doc: Doc, at: int, stop: int) -> Token | None:
    """The last of the nouns that follow at once, where the parse doesn't tie the number to one."""
    noun = None
    while at < stop and doc[at].pos_ in ("ADJ", "NOUN", "PROPN"):
        noun = doc[at] if doc[at].pos_ != "ADJ" else noun
        at += 1
    return noun
