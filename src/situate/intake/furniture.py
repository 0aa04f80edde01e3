"""Page furniture in plain text: link lists, comment forms, share buttons, credits; and what the credits say.

Headings of furniture and unmistakable lines are found wherever they stand; credits and dates only at the top and at the
bottom, where publishers put them. Running text is never furniture, except below the opening of a comment form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from situate.contract import Furniture, FurnitureKind
from situate.intake.credits import author_of, source_of
from situate.intake.dates import date_line, full_date
from situate.intake.textlines import Line
from situate.knowledge.furniture import FurnitureWords, Section, furniture_words

TOP, BOTTOM = 8, 12  # lines that may hold credits
LONGEST = 220  # characters of a furniture line
LONGEST_OPENER = 80
_WORDS = re.compile(r"[\w’'-]+")
_BUTTONS_NEEDED: dict[FurnitureKind, int] = {"share": 2, "menu": 3}


@dataclass(slots=True)
class Findings:
    """The furniture of a text by line number, and the metadata that stands in it."""

    kinds: dict[int, FurnitureKind] = field(default_factory=dict)
    beginnings: dict[int, tuple[int, FurnitureKind]] = field(default_factory=dict)  # lines that only begin with some
    said: dict[str, list[str]] = field(default_factory=dict)  # author, source, publisher, date: in reading order

    def note(self, slot: str, value: str) -> None:
        """Keep what a credit says."""
        self.said.setdefault(slot, []).append(value)


def find_furniture(lines: list[Line]) -> Findings:
    """What of these lines is furniture."""
    findings = Findings()
    words = furniture_words()
    _mark_sections(lines, words, findings)
    for i, line in enumerate(lines):
        if i not in findings.kinds and len(line.text) <= LONGEST:
            _mark_anywhere(i, line, words, findings)
    _mark_edges(lines, words, findings)
    return findings


def furniture_spans(text: str, lines: list[Line], findings: Findings) -> tuple[Furniture, ...]:
    """The furniture as the contract has it."""
    places = [(lines[i].start, lines[i].end, kind) for i, kind in findings.kinds.items()]
    places += [(lines[i].start, lines[i].start + n, kind) for i, (n, kind) in findings.beginnings.items()]
    return tuple(Furniture(start, end, text[start:end], kind) for start, end, kind in sorted(places))


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
    for patterns in words.lines:
        if patterns.pattern.fullmatch(line.bare):
            return patterns.kind
    tokens = _WORDS.findall(line.bare.lower())
    for kind, buttons in words.buttons.items():
        if len(tokens) >= _BUTTONS_NEEDED[kind] and all(t in buttons or t.isdigit() for t in tokens):
            return kind if any(t in buttons for t in tokens) else None
    return None


def _mark_edges(lines: list[Line], words: FurnitureWords, findings: Findings) -> None:
    free = [i for i in range(len(lines)) if i not in findings.kinds]
    top, bottom = free[:TOP], free[-BOTTOM:]
    for i in dict.fromkeys(top + bottom):
        if len(lines[i].text) <= LONGEST and not _credit(lines[i], i, words, findings) and i in top:
            _agency_credit(lines, i, words, findings)


def _credit(line: Line, number: int, words: FurnitureWords, findings: Findings) -> bool:
    """Mark a line of credits or a date, and keep what it says."""
    alone = date_line(line.bare)
    if alone:
        findings.kinds[number] = "other"
        findings.note("date", alone)
        return True
    for patterns in words.edges:
        match = patterns.pattern.fullmatch(line.bare)
        said = match and _said(match, line)
        if said is None or match is None:
            continue
        findings.kinds[number] = patterns.kind
        for slot, value in said.items():
            findings.note(slot, value)
        return True
    return False


def _said(match: re.Match[str], line: Line) -> dict[str, str] | None:
    """The values of a credit's slots, or None where one isn't what the slot asks for."""
    out: dict[str, str] = {}
    for slot, words in match.groupdict().items():
        if slot == "date":
            value = full_date(words)
        elif slot == "updated":
            value = date_line(words)
        elif slot == "author":
            value = author_of(words)
        else:
            value = source_of(words, line.text)
        if value is None:
            return None
        out[slot] = value
    return out


def _agency_credit(lines: list[Line], number: int, words: FurnitureWords, findings: Findings) -> None:
    """A paper's or agency's name alone on a line below the headline, with its writer's name on the line above."""
    bare = re.sub(r"^(?:special (?:for|to) )", "", lines[number].bare, flags=re.IGNORECASE)
    outlet = words.outlets.get(bare.lower())
    if outlet is None or number == 0:
        return
    findings.kinds[number] = "byline"
    findings.note("publisher", outlet)
    above = number - 1
    author = author_of(lines[above].bare)
    if above > 0 and above not in findings.kinds and author and lines[above].text[-1].isalpha():
        findings.kinds[above] = "byline"
        findings.note("author", author)
