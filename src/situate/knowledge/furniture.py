"""What on a page is furniture and not the report (`data/furniture.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from situate.contract import FurnitureKind

_PIECES = re.compile(
    r"\s*\[(?P<optional>[^]]+)\]\s*|\{(?P<slot>\w+)\}|(?P<any>\s*…\s*)|(?P<number>#)|(?P<space>\s+)|(?P<char>.)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that opens with a line of its own and runs to the page's end, or to the next running text."""

    kind: FurnitureKind
    opener: re.Pattern[str]
    to_page_end: bool
    weak: bool  # counts only where no running text follows


@dataclass(frozen=True, slots=True)
class LinePatterns:
    """Whole lines of one kind."""

    kind: FurnitureKind
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class FurnitureWords:
    """The patterns. They match whole lines without the marks around them; slots are named groups."""

    sections: tuple[Section, ...]
    lines: tuple[LinePatterns, ...]
    beginnings: tuple[LinePatterns, ...]
    edges: tuple[LinePatterns, ...]
    buttons: dict[FurnitureKind, frozenset[str]]
    outlets: dict[str, str]  # lower case: as written


@cache
def furniture_words() -> FurnitureWords:
    """The patterns, read and compiled once."""
    raw = _raw()
    return FurnitureWords(
        sections=tuple(_section(x) for x in raw["sections"]),
        lines=tuple(LinePatterns(kind, _any_of(patterns)) for kind, patterns in raw["lines"].items()),
        beginnings=tuple(LinePatterns(kind, _any_of(patterns)) for kind, patterns in raw["beginnings"].items()),
        edges=tuple(
            LinePatterns(kind, re.compile(_regex(p), re.IGNORECASE)) for kind, ps in raw["edges"].items() for p in ps
        ),
        buttons={kind: frozenset(words) for kind, words in raw["buttons"].items()},
        outlets={name.lower(): name for name in raw["outlets"]},
    )


def _raw() -> dict[str, Any]:
    text = files("situate.knowledge").joinpath("data", "furniture.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    return raw


def _section(raw: dict[str, Any]) -> Section:
    return Section(raw["kind"], _any_of(raw["openers"]), raw["ends"] == "page", raw.get("weak", False))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_regex(p) for p in patterns), re.IGNORECASE)


def _regex(pattern: str) -> str:
    """The regular expression of a pattern in the file's own notation."""
    return "".join(_piece(m) for m in _PIECES.finditer(pattern))


def _piece(match: re.Match[str]) -> str:
    if match["optional"]:
        return rf"\s*(?:{_regex(match['optional'])}\s*)?"
    if match["slot"]:
        return rf"(?P<{match['slot']}>\S.*)"
    if match["any"]:
        return r"(?:\W.*)?" if match["any"].startswith(" ") else ".*"
    if match["number"]:
        return r"\d[\d,.]*[kKmM]?"
    return r"\s+" if match["space"] else re.escape(match["char"])
