"""The headline of a plain text, where its first line looks like one."""

from __future__ import annotations

import re

from situate.intake.dates import dateline
from situate.intake.textlines import LONG_LINE, Line
from situate.knowledge.furniture import furniture_words

LONGEST, MOST_WORDS = 160, 25
_SUFFIX = re.compile(r"\s+[|–—-]\s+(?P<outlet>[^|–—]{2,40})$")
_FOOTNOTES = re.compile(r"(?:\s*\[\d+\])+$")
_GOES_ON = frozenset(
    {"a", "an", "and", "as", "at", "but", "by", "for", "from", "his", "if", "in", "into", "its", "of", "on", "or"}
    | {"that", "the", "their", "to", "was", "were", "when", "where", "which", "who", "with"}
)


def headline(lines: list[Line], furniture: frozenset[int]) -> tuple[str | None, str | None]:
    """The headline, and the outlet whose name is appended to it; None for what isn't there."""
    free = [i for i in range(len(lines)) if i not in furniture]
    if len(free) < 2 or not _looks_like_one(lines[free[0]]) or not _stands_alone(lines, free):
        return None, None
    words = lines[free[0]].text.lstrip("# ").strip("*_ ")
    match = _SUFFIX.search(words)
    outlet = match and furniture_words().outlets.get(match["outlet"].lower())
    if match and (outlet or "|" in match.group()):
        return words[: match.start()], outlet or match["outlet"].strip()
    return words, None


def _looks_like_one(line: Line) -> bool:
    words = line.bare.split()
    ends_well = _FOOTNOTES.sub("", line.text)[-1:] not in ("", ".", ",", ";", ":")
    return (
        len(line.text) <= LONGEST
        and 2 <= len(words) <= MOST_WORDS
        and ends_well
        and not words[0][0].islower()
        and words[-1].lower() not in _GOES_ON
        and dateline(line.text) is None
    )


def _stands_alone(lines: list[Line], free: list[int]) -> bool:
    """Whether what follows is a text of its own and not the rest of a wrapped paragraph."""
    if not any(lines[i].is_prose for i in free[1:]):
        return False
    following = lines[free[0] + 1]
    return following.apart or len(following.text) >= LONG_LINE or free[1] != free[0] + 1
