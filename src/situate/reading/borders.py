"""Borders: "the Turkish border", "the Syria-Turkey border", "the border with Jordan"."""

from __future__ import annotations

from spacy.tokens import Token

from situate.contract import MentionForm
from situate.knowledge.gazetteer_shape import border
from situate.knowledge.places import place_words
from situate.language import Document, Sentence
from situate.reading.place_groups import Group
from situate.reading.zone_words import Named, ZoneBook

FARTHEST = 6  # tokens from the noun to a country


class Borders:
    """Reads borders into a report's zones. `main`: the country that the report is about, on the other side."""

    def __init__(self, document: Document, book: ZoneBook, main: str | None) -> None:
        self.document = document
        self.book = book
        self.main = main

    def read(self, sentence: Sentence, token: Token, named: Named) -> None:
        """The border that a noun names."""
        groups = {t.i: g for n, g in named for t in sentence.tokens_in(n.start, n.end)}
        before, first = _before(sentence, token, groups)
        after, last = _after(sentence, token, groups)
        countries = list(dict.fromkeys((*before, *after)))
        if not countries:
            return
        if len(countries) == 1 and self.main and self.main != countries[0] and border(countries[0], self.main):
            countries.append(self.main)
        start, end = sentence.where(first, last)
        name = " ".join(self.document.text[start:end].split())
        form: MentionForm = "name" if before else "description"
        zone = self.book.zone(("border", *sorted(countries)), name, "line")
        zone.mentions.append((start, end, form))
        if zone.lat is None and len(countries) > 1 and (shape := border(countries[0], countries[1])):
            zone.lat, zone.lon, zone.radius_km = shape
        if len(countries) == 1:
            zone.country = countries[0]


def _before(sentence: Sentence, token: Token, groups: dict[int, Group]) -> tuple[list[str], Token]:
    """Countries before the noun, the nearest last: "the Syria-Turkey border", "the Jordanian border"."""
    found: list[str] = []
    first, at = token, token.i - 1
    while at >= sentence.tokens.start and token.i - at <= FARTHEST:
        word = token.doc[at]
        country = place_words().adjectives.get(word.lower_) or _country(groups.get(at))
        if country and word.text[0].isupper():
            found.append(country)
            first = word
        elif word.text not in ("-", "–", "'s", "’s") and word.pos_ not in ("ADJ", "PART"):
            break
        at -= 1
    return found, first


def _after(sentence: Sentence, token: Token, groups: dict[int, Group]) -> tuple[list[str], Token]:
    """Countries after the noun: "the border with Turkey", "the border between Syria and Iraq"."""
    found: list[str] = []
    last, at = token, token.i + 1
    if at >= sentence.tokens.end or token.doc[at].lower_ not in ("with", "between"):
        return found, last
    while at + 1 < sentence.tokens.end and at - token.i < FARTHEST:
        at += 1
        if country := _country(groups.get(at)):
            found.append(country)
            last = token.doc[at]
        elif token.doc[at].lower_ not in ("the", "and") and at not in groups:
            break
    return found, last


def _country(group: Group | None) -> str | None:
    best = group.best if group is not None else None
    return best.country if best is not None and best.kind == "country" else None
