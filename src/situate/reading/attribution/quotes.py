"""Quoted words: where quotation marks open and close, over sentences and over paragraphs.

Double marks of any shape are paired within a paragraph; a paragraph that ends with an open quotation and is followed by
one that begins with a mark goes on with it, as newspapers print long quotations. Single marks count where they can't be
apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from situate.language import Document
from situate.reading.attribution.model import Range

_DOUBLE = re.compile(r"\"\"(?=[\w\s.,;]|$)|[\"“”«»„]|''|``")
_OPENERS, _CLOSERS = "“«„", "”»"
_SINGLE_OPEN = re.compile(r"(?<![\w.,;!?’'\"”])['‘](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,;!?…])['’](?![\w'’])")
LONGEST_SINGLE = 300  # characters: what is longer begins with an apostrophe


def quotations(document: Document) -> list[Range]:
    """Quotations of a report in text order, marks included; a continued one is a range for each paragraph."""
    found: list[Range] = []
    carried = False
    for start, end in _paragraphs(document):
        quoted, carried = _double(document.text, start, end, carried)
        found += quoted
        if not quoted:
            found += _single(document.text, start, end)
    return found


def _paragraphs(document: Document) -> Iterator[Range]:
    at: int | None = None
    for i, sentence in enumerate(document.sentences):
        start = sentence.start if at is None else at
        last = i + 1 == len(document.sentences)
        if last or document.sentences[i + 1].paragraph != sentence.paragraph:
            yield start, sentence.end
            at = None
        else:
            at = start


def _double(text: str, start: int, end: int, carried: bool) -> tuple[list[Range], bool]:
    """Pairs of double marks in a paragraph, and whether the last stays open."""
    found: list[Range] = []
    opened: int | None = None
    for m in _DOUBLE.finditer(text, start, end):
        mark = m.group()
        if opened is None:
            if mark in _CLOSERS or (mark not in _OPENERS and _only_closes(text, m.start(), m.end(), start, end)):
                if not found and (carried or mark in _CLOSERS) and m.start() > start:
                    found.append((start, m.end()))  # it was opened in the paragraph before, without a mark here
                continue
            opened = m.start()
        elif mark in _OPENERS:
            continue  # a quotation in the quotation, or one left open: the outer one goes on
        elif m.start() > opened:
            found.append((opened, m.end()))
            opened = None
    if opened is not None:
        found.append((opened, end))
    return found, opened is not None


def _only_closes(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether a straight mark can't open: nothing or a space follows it, and a word stands before."""
    after = text[end] if end < last else " "
    return after.isspace() and start > first and not text[start - 1].isspace()


def _single(text: str, start: int, end: int) -> list[Range]:
    found: list[Range] = []
    at = start
    while opening := _SINGLE_OPEN.search(text, at, end):
        closing = _SINGLE_CLOSE.search(text, opening.end(), min(end, opening.end() + LONGEST_SINGLE))
        if closing is None:
            at = opening.end()
            continue
        found.append((opening.start(), closing.end()))
        at = closing.end()
    return found
