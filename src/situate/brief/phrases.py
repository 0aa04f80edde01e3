"""The small phrases of a brief: days, names, places, figures, quotes."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date

from situate.knowledge.merging import merging_words
from situate.picture.telling import STEM
from situate.picture.wording import listing
from situate.store import Listed
from situate.store.fold import fold
from situate.store.listed import Party, Site

CLAUSES = (", ", "; ", ": ", "– ")  # before a clause
ACRONYM = 4  # letters of capitals that stay so; longer names are written so in datelines
QUOTED = 240  # characters of a sentence that are quoted
WIDE = ("country", "admin", "region", "zone", "terrain", "water")
_DATELINE = re.compile(  # "BEIRUT (Agency) ", "AMMAN, 23 July 2018 - "
    r"^[A-Z][A-Z .,'/-]{2,40}(?: ?\([A-Z][^)]*\)(?: ?[-–—])? |(?:,? \d{1,2} [A-Z][a-z]+ \d{4})? ?[-–—] )"
)
_UNNAMED = {"the source": "a source", "the sources": "sources"}  # nobody here knows which one
INNER_QUOTES = str.maketrans({'"': "'", "“": "‘", "”": "’"})
_MONTHS = tuple(calendar.month_name)


def day(iso: str) -> str:
    """ "18 July 2018"."""
    when = date.fromisoformat(iso[:10])
    return f"{when.day} {_MONTHS[when.month]} {when.year}"


def when(entry: Listed) -> str:
    """ "on 18 July 2018", "between 3 and 5 May 2018"; "" where nobody says, but only when it was reported."""
    first, last = entry.earliest or entry.latest, entry.latest or entry.earliest
    return "" if entry.dated_by == "report" or not first or not last else period(first, last)


def since(entry: Listed) -> str:
    """ "since 5 July 2018", "since 1974": as finely as it is known; "" where only the report's own day is."""
    first, last = entry.earliest, entry.latest or entry.earliest
    if not first or not last or entry.dated_by == "report":
        return ""
    span = period(first, last)
    if span.startswith(("on ", "in ")):
        return f"since {span.split(' ', 1)[1]}"
    return f"since {last[:4]}" if first[:4] == last[:4] and first[5:7] != last[5:7] else f"since {day(last)}"


def period(first: str, last: str) -> str:
    """The days from first to last, as finely as they are known."""
    one, other = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    if one == other:
        return f"on {day(first)}"
    whole_months = one.day == 1 and other.day == calendar.monthrange(other.year, other.month)[1]
    if whole_months and (one.year, one.month) == (other.year, other.month):
        return f"in {_MONTHS[one.month]} {one.year}"
    if whole_months and one.year == other.year and (one.month, other.month) == (1, 12):
        return f"in {one.year}"
    if (one.year, one.month) == (other.year, other.month):
        return f"between {one.day} and {day(last)}"
    return f"between {day(first)} and {day(last)}"


def names(parties: Iterable[Party], most: int = 3, said: str = "") -> str:
    """Parties as a sentence names them, what only describes them ("Civilians") in small letters.

    `said`: the words that tell of them; what stands there in small letters is a description too.
    """
    unique = list({p.key: p for p in parties}.values())
    named = [p for p in unique if not nameless(p)]
    return listing([called(p, said) for p in (named or unique)], most)


def called(party: Party, said: str = "") -> str:
    """A party's name in a sentence."""
    small = lowered(party.name)
    return party.name.lower() if nameless(party) else small if small in said else party.name


def nameless(party: Party) -> bool:
    """Whether a party's name is only a word for any party of its sort: "Rebels", "Government forces", "People"."""
    words = fold(party.name).split()
    return not party.key.startswith("wikidata:") and bool(words) and all(w in merging_words().anybody for w in words)


def lowered(words: str) -> str:
    """Words with a small first letter, but for acronyms."""
    return words if words[:2].isupper() and words[:2].isalpha() else words[:1].lower() + words[1:]


def raised(words: str) -> str:
    """Words with a capital first letter."""
    return words[:1].upper() + words[1:]


def where(sites: Iterable[Site], most: int = 2) -> str:
    """The finest places named, at most so many; what has no name of its own is left out."""
    unique = [s for s in {s.key: s for s in sites}.values() if has_name(s)]
    unique = [s for s in unique if not any(f" {s.name} " in f"{o.name} " for o in unique)]  # "a school in X" tells of X
    narrow = [s for s in unique if s.kind not in WIDE]
    finest = narrow or [s for s in unique if s.kind != "country"] or unique
    return listing([place(s) for s in finest[:most]], most)


def has_name(site: Site) -> bool:
    """Whether a place has a name, and isn't only described: "Several villages"."""
    known = site.key.split(":")[-1].isdigit()
    words = site.name.split()
    return known or any(w[:1].isupper() for w in words[1:]) or (len(words) == 1 and words[0][:1].isupper())


def place(site: Site) -> str:
    """A place's name in a sentence: a described zone ("Countryside east of Daraa") in small letters."""
    described = site.kind in ("zone", "region", "facility") and any(f" {w} " in site.name for w in ("of", "in"))
    name = site.name.title() if site.name.isupper() and len(site.name) > ACRONYM else site.name
    return f"the {lowered(name)}" if described else name


def quote(entry: Listed) -> str:
    """The entry's own words, without a dateline, cut around what tells it."""
    words = bare(entry.evidence.text).translate(INNER_QUOTES)
    if len(words) <= QUOTED:
        return f"“{words.rstrip('.')}”"
    at = max(0, words.find(str(entry.own.get("trigger") or "")))
    start = 0 if at < QUOTED * 2 // 3 else _clause(words, at - QUOTED // 2, at)
    cut = words[start : start + QUOTED].rsplit(" ", 1)[0]
    clause = max(map(cut.rfind, CLAUSES))
    cut = cut[:clause] if clause > QUOTED // 2 else cut
    ends = "" if start + len(cut) >= len(words) else " …"
    return f"“{'… ' if start else ''}{cut.rstrip('.,;')}{ends}”"


def _clause(words: str, first: int, last: int) -> int:
    """Where the first clause begins between two places of a sentence, else a word."""
    marks = [at + 2 for mark in CLAUSES if (at := words.find(mark, first, last)) >= 0]
    return min(marks) if marks else words.rfind(" ", 0, last - QUOTED // 3) + 1


def bare(text: str) -> str:
    """A sentence of a report without a dateline, white space made one."""
    return _DATELINE.sub("", " ".join(text.split()))


def asks(entry: Listed) -> bool:
    """Whether its sentence is a question: it says nothing."""
    return entry.evidence.text.rstrip('"”’ ').endswith("?")


def grounded(entry: Listed, parties: Iterable[Party], sites: Iterable[Site] = ()) -> bool:
    """Whether the entry's sentence names these parties and places itself: else it is told in its own words."""
    said = {w[:STEM] for w in fold(bare(entry.evidence.text)).split()}
    named = [p.name for p in parties] + [s.name for s in sites]
    return all(any(w[:STEM] in said for w in fold(name).split() if w not in merging_words().common) for name in named)


def told_by(entries: Sequence[Listed], quoted: str = "") -> str:
    """Who says so: "according to A; reported by B on 18 July 2018". Who is in the quoted words isn't named again.

    The quoted words are the first entry's: only its source is theirs, others tell of it "also".
    """
    sources = list(dict.fromkeys(e.source for e in entries if e.source and not _pronoun(e.source)))
    sources = [s for s in sources if fold(s) not in fold(quoted)]
    also = "also " if quoted and entries[0].source not in sources else ""
    outlets = list(dict.fromkeys(outlet(e) for e in entries if not e.source or _pronoun(e.source)))
    only = {e.report.published for e in entries if e.dated_by == "report" or not (e.earliest or e.latest)}
    date_of = f" on {day(next(iter(only)) or '')}" if len(only) == 1 and None not in only else ""
    said = " ".join(e.evidence.text for e in entries)
    parts = [f"{also}according to {listing([_inside(s, said) for s in sources], 3)}"] if sources else []
    parts += [f"reported by {listing(outlets, 3)}{date_of}"] if outlets else []
    return "; ".join(parts)


def outlet(entry: Listed) -> str:
    """The outlet of an entry's report."""
    return entry.report.publisher or "an unnamed outlet"


def _pronoun(source: str) -> bool:
    return fold(source) in merging_words().pronouns


def _inside(words: str, said: str) -> str:
    """A source's name as it stands within a sentence: "A doctor" becomes "a doctor", "the source" "a source"."""
    inside = lowered(words) if words.split(" ", 1)[0] in ("A", "An", "The") or lowered(words) in said else words
    return _UNNAMED.get(inside, inside)
