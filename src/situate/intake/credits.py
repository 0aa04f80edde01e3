"""Names of writers and sources as credits give them."""

from __future__ import annotations

import re

from situate.knowledge.furniture import furniture_words
from situate.knowledge.times import time_words

MOST_WORDS = 12
_TAIL = re.compile(
    r"\s*(?:[|:@•·<(\[].*|\s[–—-]\s.*|\b(?:published|updated|posted)\b.*|,?\s*(?:on\s+)?(?:\w+\s)?\d.*|\bin\s+[A-Z].*)$"
)
_PART = re.compile(r"^[^\W\d_a-z][\w.’'-]*$")
_JOINING = frozenset(
    {"and", "&", "de", "del", "della", "da", "di", "du", "la", "le", "van", "von", "der", "den", "y", "e", "i"}
    | {"bin", "ibn", "bint", "al", "el", "ul", "ad"}
)
_JOINED = ("al-", "el-", "d'", "d’")
_AFTER_NAME = re.compile(
    r"\s+(?:on\s+\w+\s+\d|on\s+\d|\(?https?:|and is republished|and is reproduced|under )", re.IGNORECASE
)
_DATELINE = re.compile(r"(?:[A-Z][^\W\d_]*[A-Z][^()]{0,50})?\((?P<outlet>[^()]{2,30})\)(?=\s)")
_SPLIT = re.compile(r"\s*(?:,|;|\band\b|&)\s*")


def author_of(words: str) -> str | None:
    """The people or outlet that a byline names, or None where the words aren't names ("By early July …")."""
    names = _TAIL.sub("", words).strip(" ,;.")
    if names.lower() in furniture_words().outlets:
        return names
    names = re.split(r",\s+(?=.*\b(?:correspondent|editor|news|reporter|writer|staff|analyst)\b)", names, flags=re.I)[0]
    parts = names.split()
    if not 1 <= len(parts) <= MOST_WORDS or not any(len(p) > 2 for p in parts):
        return None
    people = [p.split() for p in _SPLIT.split(names) if p]
    known = time_words()
    for word in (w for person in people for w in person):
        if word.lower() in known.months or word.lower() in known.weekdays:
            return None
        if not _PART.match(word) and word.lower() not in _JOINING and not word.lower().startswith(_JOINED):
            return None
    return names if all(len(person) >= 2 for person in people[:1]) else None


def agency_of(line: str) -> str | None:
    """The agency or paper that a text's dateline credits: "MARAT (Reuters) – …", "(CNN) The army …"."""
    match = _DATELINE.match(line)
    return furniture_words().outlets.get(match["outlet"].strip().lower()) if match else None


def source_of(words: str, line: str) -> str | None:
    """The publisher that a credit names, or None where the words go on as a sentence."""
    name = words.strip(" ,;.")
    name = re.sub(r"^(?:the website |the site )", "", name, flags=re.IGNORECASE)
    name = _AFTER_NAME.split(name)[0].strip(" ,;.(")
    sentence = line.rstrip().endswith((".", "!", "?")) and len(name.split()) > 5
    return name if name and len(name.split()) <= 8 and not sentence else None
