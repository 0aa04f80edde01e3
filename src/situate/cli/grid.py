"""Tables for a person, drawn without a library: loading one takes longer than all that a listing asks of the store.

A cell is lines, a line is pieces, a piece is words and a style. Lines are wrapped between words to the width that the
terminal leaves; control characters never reach it.
"""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WIDE = 140  # columns where the output is no terminal and nothing says how wide it is
_CODES = {
    "bold": "1", "dim": "2", "reverse": "7", "red": "31", "green": "32", "yellow": "33", "magenta": "35", "cyan": "36",
}  # fmt: skip
_FRAME = 3  # columns between two cells


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a style: names of `_CODES`, with spaces between several."""

    words: str
    style: str = ""


Line = tuple[Piece, ...]
Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how much of the width it takes beside the others, and the least."""

    name: str
    share: int = 2
    least: int = 0


def line(words: str | None, style: str = "") -> Line:
    """Words as one line, what can't be printed as spaces."""
    words = words or ""
    return (Piece(words if words.isprintable() else "".join(c if c.isprintable() else " " for c in words), style),)


def cell(*lines: str | Line | None) -> Cell:
    """The lines that say something."""
    made = (line(each) if isinstance(each, str) else each for each in lines if each)
    return tuple(each for each in made if any(piece.words for piece in each))


def grid(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> str:
    """The table, without the columns in which nothing stands."""
    shown = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    needed = [_needed(place, columns[place], rows) for place in shown]
    columns = [columns[place] for place in shown]
    widths = _widths(columns, needed, _total() - _FRAME * len(columns) - 1)
    coloured = _coloured()
    head = _drawn([cell(column.name) for column in columns], widths, "bold" if coloured else None)
    body = (_drawn([row[place] for place in shown], widths, "" if coloured else None) for row in rows)
    top, middle, bottom = (_rule(widths, ends) for ends in ("╭┬╮", "├┼┤", "╰┴╯"))
    return "\n".join([top, head, middle, *body, bottom])


def sheet(rows: Sequence[tuple[str, Cell]]) -> str:
    """Names, and beside each what stands there, without a frame; where nothing stands the name is left out."""
    margin = max((_width(name) for name, found in rows if found), default=0) + 2
    coloured = _coloured()
    lines = []
    for name, found in rows:
        parts = (part for each in found for part in _wrapped(each, max(1, _total() - margin)))
        for n, part in enumerate(parts):
            pieces = (Piece("" if n else name, "dim"), Piece(" " * (margin - (0 if n else _width(name)))), *part)
            lines.append("".join(_styled(p, "") if coloured and p.words else p.words for p in pieces))
    return "\n".join(lines)


def _coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _total() -> int:
    given = "COLUMNS" in os.environ or sys.stdout.isatty()
    return shutil.get_terminal_size((WIDE, 24)).columns if given else WIDE


def _widths(columns: Sequence[Column], needed: Sequence[int], total: int) -> list[int]:
    """Widths by share. A column that needs less takes what it needs, and the others share the rest."""
    widths: dict[int, int] = {}
    while len(widths) < len(columns):
        rest = total - sum(widths.values())
        open_ = [n for n in range(len(columns)) if n not in widths]
        shares = sum(columns[n].share for n in open_)
        fair = {n: max(1, columns[n].least, rest * columns[n].share // shares) for n in open_}
        settled = {n: needed[n] for n in open_ if needed[n] <= fair[n]}
        settled = settled or {n: fair[n] for n in open_ if fair[n] == columns[n].least}
        widths |= settled or fair
    return [widths[n] for n in range(len(columns))]


def _needed(place: int, column: Column, rows: Sequence[Sequence[Cell]]) -> int:
    """How wide a column's widest line is."""
    lines = (sum(_width(piece.words) for piece in each) for row in rows for each in row[place])
    return max(len(column.name), max(lines, default=0))


def _rule(widths: Sequence[int], ends: str) -> str:
    return ends[0] + ends[1].join("─" * (width + 2) for width in widths) + ends[2]


def _drawn(cells: Sequence[Cell], widths: Sequence[int], style: str | None) -> str:
    """A row of the table; None as style draws without colours."""
    wrapped = [
        [part for each in one for part in _wrapped(each, width)] for one, width in zip(cells, widths, strict=True)
    ]
    height = max(map(len, wrapped), default=0)
    lines = []
    for n in range(height):
        parts = (
            _padded(one[n] if n < len(one) else (), width, style) for one, width in zip(wrapped, widths, strict=True)
        )
        lines.append(f"│ {' │ '.join(parts)} │")
    return "\n".join(lines)


def _padded(pieces: Line, width: int, style: str | None) -> str:
    left = " " * (width - sum(_width(piece.words) for piece in pieces))
    if style is None:
        return "".join(piece.words for piece in pieces) + left
    return "".join(_styled(piece, style) for piece in pieces) + left


def _styled(piece: Piece, style: str) -> str:
    codes = [_CODES[name] for name in f"{style} {piece.style}".split()]
    return f"\x1b[{';'.join(codes)}m{piece.words}\x1b[0m" if codes else piece.words


def _wrapped(pieces: Line, width: int) -> Iterator[Line]:
    """The line cut between words where it is wider; a word that is wider itself is cut in itself."""
    if sum(_width(piece.words) for piece in pieces) <= width:
        yield pieces
        return
    now: list[Piece] = []
    used = 0
    for word, style in _words(pieces, width):
        wide = _width(word)
        if used + wide > width and used:
            yield _trimmed(now)
            now, used = [], 0
        if not used and word.isspace():
            continue
        if now and now[-1].style == style:
            now[-1] = Piece(now[-1].words + word, style)
        else:
            now.append(Piece(word, style))
        used += wide
    yield _trimmed(now)


def _trimmed(pieces: list[Piece]) -> Line:
    """The pieces without the space at their end."""
    while pieces and not pieces[-1].words.rstrip():
        pieces.pop()
    return (*pieces[:-1], Piece(pieces[-1].words.rstrip(), pieces[-1].style)) if pieces else ()


def _words(pieces: Iterable[Piece], width: int) -> Iterator[tuple[str, str]]:
    """Words and the spaces between them, none wider than the width."""
    for piece in pieces:
        words = piece.words
        start = 0
        while start < len(words):
            space = words[start].isspace()
            end = start + 1
            while end < len(words) and words[end].isspace() == space and end - start < width:
                end += 1
            part = words[start:end]
            while _width(part) > width and len(part) > 1:
                part = part[:-1]
            yield part, piece.style
            start += len(part)


def _width(words: str) -> int:
    """How many columns of a terminal the words take: East Asian letters two, marks that stand on others none."""
    if words.isascii():
        return len(words)
    return sum(
        0 if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2 if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in words
    )  # fmt: skip
