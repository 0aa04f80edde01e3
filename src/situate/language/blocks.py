"""A report's running text cut into blocks: paragraphs without furniture, each short enough to parse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from situate.contract import Report

LONGEST_BLOCK = 10_000  # characters; a parser's memory grows with the block, and no real paragraph is longer
_BREAK = re.compile(r"[^\S\n\r]*(?:\r\n|\r|\n|\u2028|\u2029)\s*")
_SOFT_END = re.compile(r"[.!?]\s|\s")


def blocks(report: Report) -> Iterator[tuple[int, int]]:
    """The (start, end) of each block in reading order, white space at the edges left out."""
    for start, end in _outside_furniture(report):
        for s, e in _paragraphs(report.text, start, end):
            yield from _short(report.text, s, e)


def _outside_furniture(report: Report) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in sorted(report.furniture, key=lambda f: f.start):
        if piece.start > at:
            yield at, piece.start
        at = max(at, piece.end)
    if at < len(report.text):
        yield at, len(report.text)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines are paragraphs, except where a line was wrapped: the next one goes on in lower case."""
    at = start
    for m in _BREAK.finditer(text, start, end):
        wrapped = (
            m.group().count("\n") <= 1 and m.end() < end and text[m.end()].islower() and text[at : m.start()].strip()
        )
        if not wrapped:
            yield from _trimmed(text, at, m.start())
            at = m.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_BLOCK:
        cut = start + LONGEST_BLOCK
        breaks = [m.end() for m in _SOFT_END.finditer(text, cut - 1_000, cut)]
        stop = breaks[-1] if breaks else cut
        yield from _trimmed(text, start, stop)
        start = stop
    yield from _trimmed(text, start, end)
