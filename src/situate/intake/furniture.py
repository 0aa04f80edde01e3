"""Page furniture in plain text: link lists, comment forms, share buttons, credits; and what the credits say.

Headings of furniture and unmistakable lines are found wherever they stand; credits and dates only at the top and at the
bottom, where publishers put them. Running text is never furniture, except below the opening of a comment form.
"""

from __future__ import annotations

import re

from situate.contract import FurnitureKind
from situate.intake.edges import mark_credits
from situate.intake.findings import Findings
from situate.intake.textlines import Line
from situate.knowledge.furniture import FurnitureWords, Section, furniture_words

LONGEST = 220  # characters of a furniture line
LONGEST_OPENER = 80
_WORDS = re.compile(r"[\w’'-]+")
_ADDRESSES = re.compile(r"<?(?:https?://|www\.)\S+>?|(?:[#@]\w+[\s,;|·]*)+")
_ONE_LINE: dict[FurnitureKind, int] = {"share": 2, "menu": 3}  # words that tell a line of buttons
_RUN = 3  # words that tell lines of buttons, one below the other


def find_furniture(lines: list[Line]) -> Findings:
    """What of these lines is furniture."""
    findings = Findings()
    words = furniture_words()
    _mark_sections(lines, words, findings)
    for i, line in enumerate(lines):
        if i not in findings.kinds and len(line.text) <= LONGEST:
            _mark_anywhere(i, line, words, findings)
    _mark_runs(lines, words, findings)
    mark_credits(lines, words, findings)
    _mark_counters(lines, findings)
    return findings


def _mark_sections(lines: list[Line], words: FurnitureWords, findings: Findings) -> None:
    prose = [i for i, line in enumerate(lines) if line.is_prose]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    openers: dict[int, Section] = {}
    for i, line in enumerate(lines):
        section = _section(line, words) if len(line.bare) <= LONGEST_OPENER else None
        if section and not (section.weak and i < last):
            openers[i] = section
    for i, section in openers.items():
        if findings.kinds.get(i) == "comments":
            continue
        for j in range(i, _section_end(lines, i, section, first)):
            if j == i or j not in openers or section.to_page_end:
                findings.kinds[j] = section.kind
            else:
                break


def _section(line: Line, words: FurnitureWords) -> Section | None:
    return next((s for s in words.sections if s.opener.fullmatch(line.bare)), None)


def _section_end(lines: list[Line], opener: int, section: Section, first_prose: int) -> int:
    """The line after a section's last one."""
    if section.to_page_end:  # at the top of a page it is only a link to the comments below
        return len(lines) if opener > first_prose else opener + 1
    end = opener + 1
    while end < len(lines) and not lines[end].is_prose:
        end += 1
    at_top = opener < first_prose and end < len(lines)  # the lines before the text may be its headline
    return opener + 1 if at_top else end


def _mark_anywhere(number: int, line: Line, words: FurnitureWords, findings: Findings) -> None:
    kind = _kind_anywhere(line, words)
    if kind:
        findings.kinds[number] = kind
        return
    for patterns in words.beginnings:
        match = patterns.pattern.match(line.text)
        if match:
            findings.beginnings[number] = (match.end(), patterns.kind)


def _kind_anywhere(line: Line, words: FurnitureWords) -> FurnitureKind | None:
    if (not line.bare and len(line.text) > 1) or _ADDRESSES.fullmatch(line.text):
        return "other"
    for patterns in words.lines:
        if patterns.pattern.fullmatch(line.bare):
            return patterns.kind
    for kind, needed in _ONE_LINE.items():
        if _buttons(line, words.buttons[kind]) >= needed:
            return kind
    return None


def _buttons(line: Line, buttons: frozenset[str]) -> int:
    """How many words a line has, if all are names of buttons (or their counters) and one at least is a name."""
    tokens = _WORDS.findall(line.bare.lower())
    named = [t in buttons for t in tokens]
    return len(tokens) if any(named) and all(n or t.isdigit() for n, t in zip(named, tokens, strict=True)) else 0


def _mark_runs(lines: list[Line], words: FurnitureWords, findings: Findings) -> None:
    """Buttons and menus with a line for each word."""
    known = frozenset().union(*words.buttons.values())
    counts = [_buttons(line, known) if len(line.text) <= LONGEST_OPENER else 0 for line in lines]
    begin = 0
    while begin < len(lines):
        end = begin
        while end < len(lines) and counts[end]:
            end += 1
        if sum(counts[begin:end]) >= _RUN and end - begin > 1:
            for i in range(begin, end):
                findings.kinds.setdefault(i, "share" if _buttons(lines[i], words.buttons["share"]) else "menu")
        begin = max(end, begin + 1)


def _mark_counters(lines: list[Line], findings: Findings) -> None:
    """A number alone beside share buttons is how often they were pressed."""
    for i, line in enumerate(lines):
        if line.bare.isdigit() and i not in findings.kinds and "share" in map(findings.kinds.get, (i - 1, i + 1)):
            findings.kinds[i] = "share"
