"""Numbers in a sentence's tokens: digits, words, vague words, ranges, and the bounds around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from situate.knowledge.quantities import QuantityWords, quantity_words

_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_DIGITS = re.compile(rf"({_PLAIN})(k|m|mn|mln|bn|tn)?\+?", re.IGNORECASE)
_RANGE = re.compile(rf"({_PLAIN})[-–—]({_PLAIN})(k|m|mn|bn)?")
_DASHES = frozenset("-–—")
LARGEST_WHOLE = 100  # of which a share is told: "one in ten", "1 in 2014" is a year


@dataclass(frozen=True, slots=True)
class Number:
    """A number: tokens from `first` to `stop` (exclusive, in the document), its value or bounds, its largest scale."""

    first: int
    stop: int
    value: float | None
    low: float | None = None
    high: float | None = None
    scale: float = 1.0
    fraction: bool = False
    bounded: bool = False


def numbers_in(tokens: Sequence[Token]) -> list[Number]:
    """The numbers of a sentence in order, ranges and bounds read in."""
    words, out, at = quantity_words(), [], 0
    while at < len(tokens):
        one = _range_at(tokens, at, words)
        if one is None:
            at += 1
            continue
        stop = one.stop
        one = _with_bound(tokens, replace(one, first=at), words)
        offset = tokens[0].i
        out.append(replace(one, first=one.first + offset, stop=one.stop + offset))
        at = stop
    return _parallel(tokens, out)


def _range_at(tokens: Sequence[Token], at: int, words: QuantityWords) -> Number | None:
    joined = _RANGE.fullmatch(tokens[at].text)
    if joined:
        scale = words.scales.get((joined[3] or "").lower(), 1)
        return _scaled(tokens, _between(at, at + 1, _figure(joined[1]) * scale, _figure(joined[2]) * scale), words)
    one = _number_at(tokens, at, words)
    if one is None or one.stop + 1 >= len(tokens) or one.value is None:
        return one
    joint = tokens[one.stop].lower_
    between = at > 0 and tokens[at - 1].lower_ == "between"
    if joint in _DASHES or joint in ("to", "or") or (joint == "and" and between):
        other = _number_at(tokens, one.stop + 1, words)
        if other is not None and other.value is not None:
            low = one.value * (other.scale if one.scale == 1 and other.scale > 1 and one.value < 1000 else 1)
            if low < other.value and (joint != "to" or not _from_before(tokens, at)):
                return replace(_between(at, other.stop, low, other.value), scale=other.scale)
    return one


def _from_before(tokens: Sequence[Token], at: int) -> bool:
    """ "rose from 5 to 10" tells of two figures, "from 5 to 10 men" of one: the verb of change tells."""
    return at > 1 and tokens[at - 1].lower_ == "from" and tokens[at - 2].pos_ in ("VERB", "NOUN", "ADV")


def _between(first: int, stop: int, low: float, high: float) -> Number:
    return Number(first, stop, None, low, high) if low < high else Number(first, stop, low)


def _scaled(tokens: Sequence[Token], one: Number, words: QuantityWords) -> Number:
    if one.stop < len(tokens) and _is_scale(tokens, one.stop, words):
        return replace(_times(one, words.scales[tokens[one.stop].lower_]), stop=one.stop + 1)
    return one


def _times(one: Number, factor: float) -> Number:
    value, low, high = (None if x is None else x * factor for x in (one.value, one.low, one.high))
    return replace(one, value=value, low=low, high=high, scale=factor)


def _is_scale(tokens: Sequence[Token], at: int, words: QuantityWords) -> bool:
    """A word of scale; a short one ("3.5m") only where it is joined to its number."""
    lower = tokens[at].lower_
    return lower in words.scales and (len(lower) > 2 or (at > 0 and not tokens[at - 1].whitespace_))


def _figure(digits: str) -> float:
    return float(digits.replace(",", ""))


def _number_at(tokens: Sequence[Token], at: int, words: QuantityWords) -> Number | None:
    token = tokens[at]
    lower = token.lower_
    digits = _DIGITS.fullmatch(lower)
    if digits:
        factor = words.scales[digits[2]] if digits[2] else 1
        one = Number(at, at + 1, _figure(digits[1]) * factor, scale=factor, low=None)
        return _out_of(tokens, _and_a_half(tokens, _of_parts(tokens, _scaled(tokens, one, words), words)), words)
    if not lower.isalpha():
        return None
    if lower in ("a", "an", "half", "another"):
        return _article_number(tokens, at, words)
    if lower in words.vague:
        return _vague_at(tokens, at, words)
    if lower in words.numbers:
        return _out_of(tokens, _and_a_half(tokens, _in_words(tokens, at, words)), words)
    return None


def _out_of(tokens: Sequence[Token], one: Number, words: QuantityWords) -> Number:
    """A share: "one in five children", "3 out of 10 homes"."""
    said = [t.lower_ for t in tokens[one.stop : one.stop + 3]]
    at = (
        one.stop + 1 if said[:1] == ["in"] and one.value in (1, 2) else one.stop + 2 if said[:2] == ["out", "of"] else 0
    )
    if not at or at + 1 >= len(tokens) or one.value is None or tokens[at + 1].tag_ not in ("NNS", "NNPS"):
        return one
    whole = words.numbers.get(tokens[at].lower_) or (float(tokens[at].text) if tokens[at].text.isdigit() else 0)
    round_whole = at == one.stop + 1 or whole in (10, 100)  # "two out of six rockets" are counts
    if not one.value < whole <= LARGEST_WHOLE or not round_whole:
        return one
    return replace(one, stop=at + 1, value=one.value / whole, fraction=True)


def _in_words(tokens: Sequence[Token], at: int, words: QuantityWords) -> Number:
    """ "twenty-five thousand", "three hundred and six", "two thirds", "two dozen"."""
    total, group, stop, scale, expect = 0.0, 0.0, at, 1.0, True
    while stop < len(tokens):
        lower = tokens[stop].lower_
        if lower in words.numbers and expect:
            group += words.numbers[lower]
            stop, expect = stop + 1, words.numbers[lower] >= 20
            continue
        if lower in words.scales and len(lower) > 2 and stop > at:
            factor = words.scales[lower]
            scale = max(scale, factor)
            if factor == 100:
                group *= 100
            else:
                total, group = total + group * factor, 0.0
            stop, expect = stop + 1, True
            continue
        follows = tokens[stop + 1].lower_ if stop + 1 < len(tokens) else ""
        tens = words.numbers.get(tokens[stop - 1].lower_, 0) >= 20 and 0 < words.numbers.get(follows, 0) < 10
        if (lower in _DASHES and tens) or (lower == "and" and scale > 1 and follows in words.numbers):
            stop, expect = stop + 1, True
            continue
        break
    return _of_parts(tokens, Number(at, stop, total + group, scale=scale), words)


def _of_parts(tokens: Sequence[Token], one: Number, words: QuantityWords) -> Number:
    """A number before a fraction or a dozen."""
    at = one.stop + (one.stop < len(tokens) and tokens[one.stop].text in _DASHES)
    following = tokens[at].lower_ if at < len(tokens) else ""
    if one.value is None:
        return one
    if following == "dozen":
        return replace(one, stop=at + 1, value=one.value * 12)
    if following in words.fractions and one.value < 10 and following not in ("half",):
        plural = following.endswith("s") == (one.value != 1)
        return replace(one, stop=at + 1, value=one.value * words.fractions[following], fraction=True) if plural else one
    return one


def _and_a_half(tokens: Sequence[Token], one: Number) -> Number:
    said = [t.lower_ for t in tokens[one.stop : one.stop + 3]]
    if said == ["and", "a", "half"] and one.value is not None:
        more = replace(one, stop=one.stop + 3, value=one.value + one.scale / 2)
        return _scaled(tokens, more, quantity_words()) if one.scale == 1 else more
    return one


def _article_number(tokens: Sequence[Token], at: int, words: QuantityWords) -> Number | None:
    """ "a hundred", "half a million", "half a dozen", "a third of", "a dozen", "a few hundred", "half the city"."""
    said = [t.lower_ for t in tokens[at : at + 5]]
    if said[0] == "half":
        if len(said) > 2 and said[1] in ("a", "-") and said[2] in words.scales:
            return Number(at, at + 3, words.scales[said[2]] / 2, scale=words.scales[said[2]])
        if len(said) > 2 and said[1] in ("a", "-") and said[2] == "dozen":
            return Number(at, at + 3, 6.0)
        return Number(at, at + 1, 0.5, fraction=True) if len(said) > 1 and said[1] in ("of", "the", "its") else None
    if said[0] == "another":
        return None
    if len(said) > 1 and said[1] in words.scales and len(said[1]) > 2:
        scale = words.scales[said[1]]
        return replace(_scaled(tokens, Number(at, at + 2, float(scale)), words), scale=scale)
    if len(said) > 1 and said[1] == "dozen":
        return Number(at, at + 2, 12.0)
    if said[1:3] == ["couple", "of"] and len(said) > 3 and (said[3] in words.scales or said[3] == "dozen"):
        return Number(at, at + 4, 2.0 * words.scales.get(said[3], 12))
    if len(said) > 2 and said[1] == "few" and said[2] in words.scales:
        return Number(at, at + 3, None, low=2.0 * words.scales[said[2]])
    if len(said) > 2 and said[1] in words.fractions and said[2] == "of":
        return Number(at, at + 2, words.fractions[said[1]], fraction=True)
    return None


def _vague_at(tokens: Sequence[Token], at: int, words: QuantityWords) -> Number | None:
    said = [t.lower_ for t in tokens[at : at + 4]]
    meaning = words.vague[said[0]]
    if "exact" in meaning:
        return None
    low, stop = float(meaning["low"]), at + 1
    if len(said) > 2 and said[1] == "of" and said[2] in ("thousands", "millions", "billions", "hundreds"):
        return Number(at, at + 3, None, low=low * words.scales[said[2].removesuffix("s")])
    if said[0] == "several":
        if len(said) > 1 and said[1] in words.scales:
            return Number(at, at + 2, None, low=2.0 * words.scales[said[1]])
        if len(said) > 1 and said[1] == "dozen":
            return Number(at, at + 2, None, low=24.0)
        return None
    if said[0] == "tens":
        return None
    return Number(at, stop, None, low=low)


def _with_bound(tokens: Sequence[Token], one: Number, words: QuantityWords) -> Number:
    """The number with the bound that the words before it set; an exact one has its value as both bounds."""
    first = one.first
    if first > 0 and tokens[first - 1].lower_ in words.currencies:
        first -= 1
    for length in (4, 3, 2, 1):
        phrase = tuple(t.lower_ for t in tokens[max(0, first - length) : first])
        way = words.bounds.get(phrase) if len(phrase) == length else None
        if way is not None:
            return _opened(replace(one, first=first - length, bounded=True), way)
    after = tuple(t.lower_ for t in tokens[one.stop : one.stop + 2])
    if after == ("or", "more"):
        return _opened(replace(one, stop=one.stop + 2, bounded=True), "low")
    if after in (("or", "so"), ("or", "less")):
        return replace(one, stop=one.stop + 2, bounded=True)
    if one.value is None or one.low is not None:
        return replace(one, first=first)
    return replace(one, first=first, low=one.value, high=one.value)


def _opened(one: Number, way: str) -> Number:
    if one.value is None:
        return one
    if way == "low":
        return replace(one, low=one.value, high=None)
    if way == "high":
        return replace(one, low=None, high=one.value)
    return replace(one, low=None, high=None)


def _parallel(tokens: Sequence[Token], found: list[Number]) -> list[Number]:
    """A small bare number set beside one in millions counts millions too: "two million (1.5 before the war)"."""
    out: list[Number] = []
    for one in found:
        ahead = next((x for x in reversed(out) if x.scale >= 1_000_000), None)
        if ahead is not None and one.scale == 1 and _is_bracketed(tokens, one) and 0 < (one.value or 0) < 1000:
            one = _times(one, ahead.scale)
        out.append(one)
    return out


def _is_bracketed(tokens: Sequence[Token], one: Number) -> bool:
    """Whether a number stands right after a bracket or a word of comparison, and no noun follows that it counts."""
    first, stop = one.first - tokens[0].i, one.stop - tokens[0].i
    before = tokens[first - 1].lower_ if first else ""
    follows = tokens[stop].pos_ if stop < len(tokens) else "PUNCT"
    return before in ("(", "from", "to", "than") and follows not in ("NOUN", "PROPN", "ADJ", "NUM", "SYM")
