"""A text as lines, with where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_MARKS = " \t\f\v\u00a0\u200b\ufeff•·▪■●*#>|«»‹›→–—-_.:!…=~"
LONG_LINE = 140  # characters; furniture and headings are shorter, a line this long is running text
SENTENCE_WORDS = 12  # a line with an end mark and as many words is running text, a headline rarely is


@dataclass(frozen=True, slots=True)
class Line:
    """A line that isn't blank: `text` without the white space around it, `bare` without the marks either."""

    start: int
    end: int
    text: str
    bare: str
    apart: bool  # a blank line, or the text's beginning, stands before it

    @property
    def is_prose(self) -> bool:
        """Whether it is running text, as far as its length and its end tell."""
        if len(self.text) >= LONG_LINE:
            return True
        return _SENTENCE_END.search(self.text) is not None and len(self.text.split()) >= SENTENCE_WORDS


def lines_of(text: str) -> list[Line]:
    """The lines of a text that aren't blank."""
    out: list[Line] = []
    end = 0
    for match in _LINE.finditer(text):
        words = match.group().strip()
        if not words:
            continue
        start = match.start() + match.group().index(words[0])
        gap = text[end:start]
        apart = not out or len(gap.split("\n")) > 2 or gap.replace("\r\n", "\n").count("\r") > 1
        end = start + len(words)
        out.append(Line(start, end, words, words.strip(_MARKS), apart))
    return out
