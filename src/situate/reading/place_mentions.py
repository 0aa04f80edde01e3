"""Words that name places: what the tagger sees, and names of the gazetteer where a place is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import cast, get_args

from spacy.tokens import Token

from situate.contract import PlaceKind
from situate.knowledge.gazetteer import Gazetteer
from situate.knowledge.places import PlaceWords, place_words
from situate.knowledge.times import time_words
from situate.language import Document, Sentence
from situate.reading.index import Index
from situate.reading.place_nouns import Naming, NounContext, contained

LEAST_SCORE = 0.3  # of the encoder's names that are looked at
SURE_SCORE = 0.7  # of those that are believed against the reader of actors
SPACY_SCORE = 0.5  # of names that come from spaCy's own recogniser, which calls many an actor a place
_EDGE_START = re.compile(r"^(?:[Tt]he\s+|THE\s+|[\"“”'‘’(\[]+|(?:northern|southern|eastern|western|central)\s+(?=[A-Z]))+")
_EDGE_END = re.compile(r"(?:['’]s?|[\s.,;:\"“”)\]\-–—]+)$")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][a-z]{1,4}\.")
_NAME = re.compile(r"[^\Wa-z_][\w.’'ʻ\-–]*(?:[ ](?:of|de|da|do|di|du|la|le|les|los|las|el|al|the|on|upon|und|y|e|bin|and|&)|[ ][^\Wa-z_][\w.’'ʻ\-–]*)*")
_SPLIT = re.compile(r",\s+|\s+and\s+|\s*[\n/]\s*|\s+\(|\s+[–—-]\s+")
_ARTICLES = frozenset("al el ez ash as ar ad an at az ed es et ul il de la las los del du des le en sur bin ibn abu".split())
_DASHES = frozenset("-–")
_ORGANISATIONS = frozenset(("armed_group", "political_group", "company", "media", "aid_org", "international_org"))


class Mentions:
    """Finds the place names of a document."""

    def __init__(self, document: Document, index: Index, gazetteer: Gazetteer) -> None:
        self.document = document
        self.index = index
        self.gazetteer = gazetteer
        self.words: PlaceWords = place_words()
        self.nouns = NounContext(document.text, gazetteer)
        self._no_names = _no_names()
        self._kinds = {a.id: a.kind for a in index.picture.actors}

    def all(self) -> list[Naming]:
        """All of them in text order, with their nouns and containers."""
        by_sentence: list[list[Naming]] = []
        runs: list[tuple[int, Naming]] = []
        for sentence in self.document.sentences:
            tagged = [self.nouns.read(n) for n in self._tagged(sentence)]
            by_sentence.append(tagged)
            covered = {t.i for n in tagged for t in sentence.tokens_in(n.start, n.end)}
            for run in self._joined(sentence, list(_runs(list(sentence.tokens), self.words.openers))):
                if covered.isdisjoint(t.i for t in run) and (naming := self._naming(sentence, run)):
                    runs.append((len(by_sentence) - 1, naming))
        self._add_runs(by_sentence, runs)
        found: list[Naming] = []
        for namings in by_sentence:
            found += contained(self.document.text, sorted(namings, key=lambda n: n.start))
        return found

    def _joined(self, sentence: Sentence, runs: list[list[Token]]) -> Iterator[list[Token]]:
        """Runs, with two that "of" joins as one where the gazetteer knows it: "Gulf of Oman"; "Hill 800" with its number."""
        doc, at = sentence.tokens.doc, 0
        while at < len(runs):
            run = runs[at]
            following = runs[at + 1] if at + 1 < len(runs) else None
            if following and following[0].i - run[-1].i in (2, 3) and doc[run[-1].i + 1].lower_ == "of":
                whole = doc[run[0].i : following[-1].i + 1]
                if self.gazetteer.find(whole.text, False):
                    run, at = list(whole), at + 1
            number = run[-1].i + 1
            if run[-1].lower_ in self.words.leading and number < sentence.tokens.end and doc[number].is_digit:
                run = [*run, doc[number]]
            yield run
            at += 1

    def _add_runs(self, by_sentence: list[list[Naming]], runs: list[tuple[int, Naming]]) -> None:
        """Untagged names: those that the words show to be places, and then those named so elsewhere in the report."""
        named = {n.core or n.name for namings in by_sentence for n in namings if n.evidence}
        for at, naming in runs:
            if naming.evidence:
                by_sentence[at].append(naming)
                named.add(naming.core or naming.name)
        for at, naming in runs:
            if not naming.evidence and naming.name in named and self._actor_kind(naming.start, naming.end) is None:
                by_sentence[at].append(naming)

    # -------------------------------------------------------------------------------------------- from the tagger

    def _tagged(self, sentence: Sentence) -> list[Naming]:
        found: dict[tuple[int, int], Naming] = {}
        for name in sorted(sentence.names, key=lambda n: -n.score):
            if not name.label.startswith("place:") or name.score < LEAST_SCORE:
                continue
            kind = name.label.removeprefix("place:")
            known = kind in get_args(PlaceKind) and name.score != SPACY_SCORE
            tagged = cast(PlaceKind, kind) if known else None
            for start, end in self._pieces(sentence, name.start, name.end):
                naming = Naming(start, end, self.document.text[start:end], sentence, tagged=tagged, seen=True)
                if known:
                    naming = replace(naming, score=name.score)
                if (start, end) not in found and self._believable(naming, name.score):
                    found[start, end] = replace(naming, evidence=self._evidence(sentence, naming))
        return self._apart(list(found.values()))

    def _apart(self, namings: list[Naming]) -> list[Naming]:
        """Of namings that overlap the one that the gazetteer knows, else the longest."""
        namings.sort(key=lambda n: (not self.gazetteer.find(n.name, False), n.start - n.end, n.start))
        kept: list[Naming] = []
        for naming in namings:
            if all(naming.end <= other.start or other.end <= naming.start for other in kept):
                kept.append(naming)
        return sorted(kept, key=lambda n: n.start)

    def _pieces(self, sentence: Sentence, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The names in a tagged span: the whole of it if it is one name, else the runs of capitals in it."""
        text = self.document.text[start:end]
        a, b = trimmed(text, 0, len(text))
        whole = text[a:b]
        if self.gazetteer.find(whole, False) or (_NAME.fullmatch(whole) and not _SPLIT.search(whole)):
            if b - a > 1:
                yield start + a, start + b
            return
        for run in _runs(sentence.tokens_in(start, end), self.words.openers):
            first, last = sentence.where(run[0], run[-1])
            text = self.document.text[first:last]
            a, b = trimmed(text, 0, len(text))
            if b - a > 1:
                yield first + a, first + b

    def _believable(self, naming: Naming, score: float) -> bool:
        """Whether a tagged name is one: written as a name, no adjective, and nobody's own name."""
        lower = naming.name.lower()
        if lower in self._no_names:
            return False
        if not any(c.isupper() or (c.isalpha() and not c.isascii()) for c in naming.name):
            return False
        if self._part_of_actor(naming):
            return False
        kind = self._actor_kind(naming.start, naming.end)
        if kind is None or score >= SURE_SCORE or kind in ("state", "government"):
            return True
        return kind == "other" or bool(self.gazetteer.find(naming.name, False))

    def _part_of_actor(self, naming: Naming) -> bool:
        """Whether a name only stands in the longer one of an organisation: "Bank of England", "New York Times"."""
        for start, end, actor in self.index.actors.within(naming.start, naming.end):
            longer = start <= naming.start and naming.end <= end and end - start > naming.end - naming.start + 1
            if longer and self._kinds[actor] in _ORGANISATIONS:
                rest = self.document.text[start : naming.start] + self.document.text[naming.end : end]
                country = self.gazetteer.find(naming.name, False)[:1]
                leads = start == naming.start and bool(country) and country[0].kind == "country"
                return any(c.isupper() for c in rest) and not leads
        return False

    def _actor_kind(self, start: int, end: int) -> str | None:
        actor = self.index.actors.at(start, end)
        return self._kinds[actor] if actor is not None else None

    # ---------------------------------------------------------------------------------------- from the gazetteer

    def _naming(self, sentence: Sentence, run: list[Token]) -> Naming | None:
        """An untagged run of capitals as a name, if it may be one of a place; with evidence only if it seems to be."""
        start, end = sentence.where(run[0], run[-1])
        start, end = (start + x for x in trimmed(self.document.text[start:end], 0, end - start))
        name = self.document.text[start:end]
        lower = name.lower()
        if len(name) < 3 or lower in self._no_names or (name.isupper() and name.isalpha() and len(name) < 6):
            return None
        plain = Naming(start, end, name, sentence)
        known = self.gazetteer.find(name, False)
        if self._part_of_actor(plain):
            return None
        if known and known[0].kind == "country":
            return replace(self.nouns.read(plain), evidence=1)
        evidence = self._evidence(sentence, plain)
        naming = self.nouns.read(plain)
        if naming.evidence == 2 and self._shown_by_noun(naming, bool(known), evidence):
            return naming
        actor = self._actor_kind(start, end)
        if actor is not None and (actor not in ("person", "other") or not evidence):
            return None
        found = evidence and (known or self.gazetteer.find(name))
        return replace(naming, evidence=evidence if found else 0)

    def _shown_by_noun(self, naming: Naming, known: bool, evidence: int) -> bool:
        """Whether the noun beside an untagged name shows it to be a place's; an office or a school may be an actor."""
        if naming.hint in ("settlement", "admin", "terrain", "water"):
            return True
        return known or (naming.noun not in self.words.institutions) or evidence > 0

    def _evidence(self, sentence: Sentence, naming: Naming) -> int:
        """How surely the words before a name speak of a place."""
        first = sentence.token_at(naming.start)
        if first is None or first.i <= sentence.tokens.start:
            return 0
        before = first.nbor(-1)
        if before.lower_ == "the" and before.i > sentence.tokens.start:
            before = before.nbor(-1)
        lower = before.lower_
        if self.words.nouns.get(lower) in ("settlement", "admin"):
            return 2
        if lower == "of":
            return 2 if before.i > 0 and before.nbor(-1).lower_ in self.words.nouns else 0
        if lower in ("in", "at", "near", "around", "outside", "inside"):
            return 1
        if before.pos_ in ("ADP", "SCONJ", "PART") and lower in self.words.locative and lower not in ("for", "on", "to"):
            return 1
        if lower == "to" and before.head.pos_ in ("VERB", "NOUN") and before.dep_ == "prep":
            return 1
        return int(before.lemma_ in self.words.taking and before.pos_ == "VERB")


@cache
def _no_names() -> frozenset[str]:
    """Capitalised words that name no place by themselves: adjectives of countries, nouns, months and weekdays."""
    words, dates = place_words(), time_words()
    return frozenset((*words.adjectives, *words.nouns, *words.directions, *dates.months, *dates.weekdays))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of a text without article, quotes, possessive and punctuation at its edges."""
    m = _EDGE_START.match(text[start:end])
    start += m.end() if m else 0
    while not _ABBREVIATED.fullmatch(text[start:end]) and (m := _EDGE_END.search(text[start:end])) and m.start() > 0:
        end = start + m.start()
    return start, end


def _runs(tokens: list[Token], openers: frozenset[str]) -> Iterator[list[Token]]:
    """The runs of capitalised words among tokens, Arabic articles and dashes inside them included."""
    run: list[Token] = []
    stop = tokens[-1].i + 1 if tokens else 0
    for token in tokens:
        text = token.text
        capital = text[:1].isupper() and (text[-1:].isalpha() or "." in text) and token.pos_ != "PRON"
        if capital and not run and token.lower_ in openers:
            capital = False
        joint = bool(run) and text in _DASHES and not run[-1].whitespace_ and not token.whitespace_
        if capital or joint or (token.lower_ in _ARTICLES and _before_capital(token, stop)):
            run.append(token)
            continue
        yield from _whole(run)
        run = []
    yield from _whole(run)


def _before_capital(token: Token, stop: int) -> bool:
    at = token.i + 1
    if at < stop and token.doc[at].text in _DASHES:
        at += 1
    return at < stop and token.doc[at].text[:1].isupper()


def _whole(run: list[Token]) -> Iterator[list[Token]]:
    while run and (run[-1].text in _DASHES or not run[-1].text[:1].isupper()):
        run = run[:-1]
    if run:
        yield run
