"""Full dates as pages give them: the day that a report was published.

Only what can be read in one way counts: 04/05/2018 is May in London and April in New York, and stays unread.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache

from situate.knowledge.times import time_words

LONGEST_DATE_LINE, LONGEST_DATELINE = 80, 100
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=$|[T\s,;|)])")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
_CLOCK = re.compile(
    r"(?:\bat\b|\bon\b|\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\b\.?|\b(?:GMT|UTC|BST|EST|EDT|ET|PT|CET|EET)"
    r"\b(?:[+-]\d+)?|[,|/()*•·–—-]|T\d{2}:\d{2}\S*)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:(?i:posted|published|date(?: of publication)?)(?: on)?:?\s+)?"  # a label
    r"|\([A-Z][\w .’'-]{1,30},\s*"  # (Beirut, July 24, 2018) – …
    r"|[A-Z][A-Z .’'/-]{2,30}(?:,\s*[A-Z][\w.’' -]{1,20})?,\s*",  # DARAA, Syria, July 24, 2018 – …
)
_AFTER = re.compile(r"\)?\s*(?:[-–—|:]|\(|\.\s)|\s+[\"'“‘]?[A-Z]|\s+by\s")


def iso_date(words: str) -> str | None:
    """The ISO date of a field that holds a date or a moment, or None."""
    words = words.strip()
    try:
        return datetime.fromisoformat(words).date().isoformat()
    except ValueError:
        return full_date(words)


def full_date(words: str) -> str | None:
    """The one full date in the words as an ISO date, or None: none, several, or one that can be read in two ways."""
    found = {_iso(m) for m in _pattern().finditer(words)}
    found |= {_from_parts(m[1], m[2], m[3]) for m in _ISO.finditer(words)}
    found |= {_from_numbers(m) for m in _NUMBERS.finditer(words)}
    return found.pop() if len(found) == 1 else None


def date_line(words: str) -> str | None:
    """The date of a line that holds a date and nothing but the day of the week and the time of the day."""
    if len(words) > LONGEST_DATE_LINE or not any(c.isdigit() for c in words):
        return None
    found = full_date(words)
    if found is None:
        return None
    rest = _NUMBERS.sub(" ", _ISO.sub(" ", _pattern().sub(" ", words)))
    rest = _CLOCK.sub(" ", rest)
    return found if all(w.strip(".,") in time_words().weekdays for w in rest.lower().split()) else None


def dateline(line: str) -> str | None:
    """The full date that a text's line opens with: "15 July 2018 Two soldiers …", "DARAA, 15 July 2018 (…) – …"."""
    head = line[:LONGEST_DATELINE]
    for match in _pattern().finditer(head):
        before, after = head[: match.start()], head[match.end() :]
        if (_BEFORE.fullmatch(before) or _is_weekday(before)) and _AFTER.match(after):
            return _iso(match)
    return None


def _is_weekday(words: str) -> bool:
    return words.strip(" ,").lower() in time_words().weekdays


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, time_words().months), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{months})\.?,?\s+(?P<y1>\d{{4}})"
        rf"|(?P<m2>{months})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}}))(?!\d)",
        re.IGNORECASE,
    )


def _iso(match: re.Match[str]) -> str | None:
    day, month, year = (match["d1"] or match["d2"], match["m1"] or match["m2"], match["y1"] or match["y2"])
    return _from_parts(year, str(time_words().months[month.lower()]), day)


def _from_numbers(match: re.Match[str]) -> str | None:
    first, second, year = int(match[1]), int(match[3]), match[4]
    if first == second or second > 12:
        return _from_parts(year, match[1], match[3])
    return _from_parts(year, match[3], match[1]) if first > 12 else None


def _from_parts(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
