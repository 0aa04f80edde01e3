"""The credits at the top and at the bottom of a page: who wrote it, where it is from, when it was published."""

from __future__ import annotations

import re
from dataclasses import replace

from situate.contract import FurnitureKind
from situate.intake.credits import author_of, source_of
from situate.intake.dates import date_line, full_date
from situate.intake.findings import Findings
from situate.intake.textlines import Line
from situate.knowledge.furniture import FurnitureWords

TOP, BOTTOM = 10, 12  # lines that may hold credits, other furniture not counted
LONGEST = 220  # characters of a credit
_LABEL_WORDS = 3  # of a label that stands on a line of its own: "Source", "Originally published"
_FOR = re.compile(r"special (?:for|to) ", re.IGNORECASE)
_AT_WORK = re.compile(r"\bin [A-Z]|\b(?:correspondent|reporter|editor|writer|staff)\b")


def mark_credits(lines: list[Line], words: FurnitureWords, findings: Findings) -> None:
    """Call credits and dates at the edges furniture, and keep what they say."""
    free = [i for i, line in enumerate(lines) if i not in findings.kinds and len(line.text) <= LONGEST]
    top = set(free[:TOP])
    for i in dict.fromkeys(free[:TOP] + free[-BOTTOM:]):
        if i in findings.kinds or _mark(lines[i], (i,), words, findings) or _mark_pair(lines, i, words, findings):
            continue
        if i in top:
            _mark_outlet(lines, i, words, findings)
    for i in sorted(top - set(findings.kinds)):
        _mark_name(lines, i, findings)


def _mark(line: Line, numbers: tuple[int, ...], words: FurnitureWords, findings: Findings) -> bool:
    """Whether the line is a credit or a date."""
    day = date_line(line.bare)
    if day:
        _keep(numbers, "other", {"date": day}, findings)
        return True
    for patterns in words.edges:
        match = patterns.pattern.fullmatch(line.bare)
        said = _said(match, line) if match else None
        if said is not None:
            _keep(numbers, patterns.kind, said, findings)
            return True
    return False


def _keep(numbers: tuple[int, ...], kind: FurnitureKind, said: dict[str, str], findings: Findings) -> None:
    findings.kinds.update(dict.fromkeys(numbers, kind))
    for slot, value in said.items():
        findings.note(slot, value)


def _said(match: re.Match[str], line: Line) -> dict[str, str] | None:
    """The values of a credit's slots, or None where one isn't what the slot asks for."""
    slots = match.groupdict()
    if not slots:
        return None if line.is_prose else {}
    said = {slot: _value(slot, words, line) for slot, words in slots.items()}
    found = {slot: value for slot, value in said.items() if value is not None}
    return found if len(found) == len(said) else None


def _value(slot: str, words: str, line: Line) -> str | None:
    if slot == "date":
        return full_date(words)
    if slot == "updated":
        return date_line(words)
    if slot == "author":
        return author_of(words)
    return words.strip() if slot == "title" else source_of(words, line.text)


def _mark_pair(lines: list[Line], number: int, words: FurnitureWords, findings: Findings) -> bool:
    """Whether the line is a label and the next one its value: "Source", "Hill Courier"."""
    after = number + 1
    label = lines[number].bare
    if after >= len(lines) or after in findings.kinds or lines[after].is_prose or len(label.split()) > _LABEL_WORDS:
        return False
    joined = f"{label}: {lines[after].bare}"
    return _mark(replace(lines[after], text=joined, bare=joined), (number, after), words, findings)


def _mark_outlet(lines: list[Line], number: int, words: FurnitureWords, findings: Findings) -> None:
    """A paper's or agency's name alone on a line below the headline, with its writer's name on the line above."""
    outlet = words.outlets.get(_FOR.sub("", lines[number].bare).lower())
    if outlet is None or number == 0:
        return
    _keep((number,), "byline", {"publisher": outlet}, findings)
    above = number - 1
    author = author_of(lines[above].bare)
    if above > 0 and above not in findings.kinds and author and lines[above].text[-1].isalpha():
        _keep((above,), "byline", {"author": author}, findings)


def _mark_name(lines: list[Line], number: int, findings: Findings) -> None:
    """A name with a place or an office, without "by", beside a date and below a headline: "Jane Roe in Beirut"."""
    beside_date = any(findings.kinds.get(i) in ("other", "byline") for i in (number - 1, number + 1))
    below_headline = any(i not in findings.kinds for i in range(number))
    if beside_date and below_headline and _AT_WORK.search(lines[number].bare):
        author = author_of(lines[number].bare)
        if author and lines[number].text[-1].isalpha():
            _keep((number,), "byline", {"author": author}, findings)
