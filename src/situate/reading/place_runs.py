"""Runs of capitals: words that may name something, before anything is known of what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from situate.knowledge.places import place_words

_EDGE_START = re.compile(
    r"^(?:[Tt]he\s+|THE\s+|[\"“”'‘’(\[]+|[A-Z][a-z]+-(?:held|occupied|controlled|ruled|run)\s+"
    r"|(?:northern|southern|eastern|western|central)\s+(?=[A-Z]))+"
)
_EDGE_END = re.compile(r"(?:['’]s?|[\s.,;:\"“”)\]\-–—]+|\s(?:and|or|of|the|in|at|near))$")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][a-z]{1,4}\.")
_DASHES = frozenset("-–")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of a text without article, quotes, possessive and punctuation at its edges."""
    m = _EDGE_START.match(text[start:end])
    start += m.end() if m else 0
    while not _ABBREVIATED.fullmatch(text[start:end]) and (m := _EDGE_END.search(text[start:end])) and m.start() > 0:
        end = start + m.start()
    return start, end


def capital_runs(tokens: list[Token], openers: frozenset[str]) -> Iterator[list[Token]]:
    """The runs of capitalised words among tokens, Arabic articles and dashes inside them included."""
    run: list[Token] = []
    stop = tokens[-1].i + 1 if tokens else 0
    for token in tokens:
        text = token.text
        capital = text[:1].isupper() and (text[-1:].isalpha() or "." in text) and token.pos_ != "PRON"
        if capital and not run and token.lower_ in openers:
            capital = False
        joint = bool(run) and text in _DASHES and not run[-1].whitespace_ and not token.whitespace_
        if capital or joint or _is_article(token, stop, bool(run)):
            run.append(token)
            continue
        yield from _whole(run)
        run = []
    yield from _whole(run)


def beginnings(name: str) -> Iterator[str]:
    """The beginnings of a name of several words, longest first: "Metcalfe County" of "Metcalfe County Fire"."""
    words = name.split(" ")
    return (" ".join(words[:n]) for n in range(len(words) - 1, 0, -1))


def is_capital(token: Token) -> bool:
    """Whether a token is a word that begins with a capital and may be part of a name."""
    return token.text[:1].isupper() and token.text[-1:].isalpha() and token.pos_ in ("PROPN", "NOUN", "ADJ")


def _is_article(token: Token, stop: int, inside: bool) -> bool:
    """Whether a small word belongs to the name that follows: "al-Bab", "al Bab", "Deir ez-Zor", "Rio de Janeiro"."""
    at = token.i + 1
    dashed = at < stop and token.doc[at].text in _DASHES and not token.whitespace_
    if token.lower_ not in place_words().joints or not (inside or dashed or token.lower_ in ("al", "el")):
        return False
    at += dashed
    return at < stop and token.doc[at].text[:1].isupper()


def _whole(run: list[Token]) -> Iterator[list[Token]]:
    while run and (run[-1].text in _DASHES or not run[-1].text[:1].isupper()):
        run = run[:-1]
    if run:
        yield run
