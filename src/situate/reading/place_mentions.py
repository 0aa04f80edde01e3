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
from situate.reading.place_evidence import Evidence
from situate.reading.place_nouns import Naming, NounContext, contained
from situate.reading.place_runs import beginnings, capital_runs, is_capital, trimmed

LEAST_SCORE = 0.3  # of the encoder's names that are looked at
ARTICLES = frozenset({"the", "a", "an"})  # by themselves they name nothing
SURE_SCORE = 0.7  # of those that are believed against the reader of actors
SPACY_SCORE = 0.5  # of names that come from spaCy's own recogniser, which calls many an actor a place
_NAME = re.compile(
    r"[^\Wa-z_][\w.’'ʻ\-–]*"
    r"(?:[ ](?:of|de|da|do|di|du|la|le|les|los|las|el|al|the|on|upon|und|y|e|bin|and|&)|[ ][^\Wa-z_][\w.’'ʻ\-–]*)*"
)
_LIST = re.compile(r"\s*(?:,|and|or|,\s*and|,\s*or|as well as)\s+(?:the\s+|in\s+)?")
_SPLIT = re.compile(r",\s+|\s+and\s+|\s*[\n/]\s*|\s+\(|\s+[–—-]\s+")
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
        self.evidence = Evidence(gazetteer)
        self._no_names = _no_names()
        self._kinds = {a.id: a.kind for a in index.picture.actors}

    def all(self) -> list[Naming]:
        """All of them in text order, with their nouns and containers."""
        by_sentence: list[list[Naming]] = []
        runs: list[tuple[int, Naming]] = []
        for sentence in self.document.sentences:
            capitals = list(capital_runs(list(sentence.tokens), self.words.openers))
            tagged = [self.nouns.read(n) for n in self._tagged(sentence, capitals)]
            by_sentence.append(tagged)
            covered = {t.i for n in tagged for t in sentence.tokens_in(n.start, n.end)}
            for run in self._joined(sentence, capitals):
                if not covered & {t.i for t in run}:
                    runs += ((len(by_sentence) - 1, self._naming(sentence, run)),)
        self._add_runs(by_sentence, runs)
        found: list[Naming] = []
        for namings in by_sentence:
            found += contained(self.document.text, sorted(namings, key=lambda n: n.start))
        return found

    def _joined(self, sentence: Sentence, runs: list[list[Token]]) -> Iterator[list[Token]]:
        """Runs, two that "of" joins as one where the gazetteer knows it ("Gulf of Oman"), "Hill" with its number."""
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
        """Adds untagged names: those shown to be places, those beside them in a list, and those named before."""
        named = {n.core or n.name for namings in by_sentence for n in namings if n.evidence}
        doubtful: list[tuple[int, Naming]] = []
        for at, naming in runs:
            if naming.evidence or self._listed(naming, by_sentence[at]):
                by_sentence[at].append(naming)
                named.add(naming.core or naming.name)
            else:
                doubtful.append((at, naming))
        for at, naming in doubtful:
            if not self._open_to_places(naming):
                continue
            if naming.name in named:
                by_sentence[at].append(naming)
            elif leader := next((p for p in beginnings(naming.name) if p in named), None):
                by_sentence[at].append(
                    replace(naming, end=naming.start + len(leader), name=leader, core=None, hint=None)
                )

    def _open_to_places(self, naming: Naming) -> bool:
        """Whether a name isn't that of an actor as a whole, nor part of a person's."""
        for start, end, actor in self.index.actors.within(naming.start, naming.end):
            if self._kinds[actor] == "person" or (start >= naming.start and end <= naming.end):
                return False
        return True

    def _listed(self, naming: Naming, others: list[Naming]) -> bool:
        """Whether an untagged name that the gazetteer knows stands in a list beside a name of a place."""
        text = self.document.text
        beside = any(
            _LIST.fullmatch(text[o.end : naming.start]) or _LIST.fullmatch(text[naming.end : o.start])
            for o in others
            if abs(o.start - naming.start) < 80
        )
        return (
            beside
            and bool(self.gazetteer.find(naming.name, False))
            and self._actor_kind(naming.start, naming.end) is None
        )

    # -------------------------------------------------------------------------------------------- from the tagger

    def _tagged(self, sentence: Sentence, runs: list[list[Token]]) -> list[Naming]:
        found: dict[tuple[int, int], Naming] = {}
        for name in sorted(sentence.names, key=lambda n: -n.score):
            if not name.label.startswith("place:") or name.score < LEAST_SCORE:
                continue
            kind = name.label.removeprefix("place:")
            known = kind in get_args(PlaceKind) and name.score != SPACY_SCORE
            tagged = cast(PlaceKind, kind) if known else None
            for start, end in self._pieces(sentence, name.start, name.end):
                if self.document.text[start:end].lower() in ARTICLES:
                    continue
                naming = Naming(start, end, self.document.text[start:end], sentence, tagged=tagged, seen=True)
                if known:
                    naming = replace(naming, score=name.score)
                if (start, end) not in found and self._believable(naming, name.score):
                    found[start, end] = replace(naming, evidence=self.evidence.of(sentence, naming))
        return self._apart([self._whole(n, runs) for n in found.values()])

    def _whole(self, naming: Naming, runs: list[list[Token]]) -> Naming:
        """A naming run on over the name that it stands in, where the gazetteer knows that: "Deir" of "Deir ez-Zor"."""
        tokens = naming.sentence.tokens_in(naming.start, naming.end)
        run = next((r for r in runs if r[0].i <= tokens[0].i and tokens[-1].i <= r[-1].i), tokens)
        if (run[0].i, run[-1].i) == (tokens[0].i, tokens[-1].i):
            return naming
        loosely = any(not is_capital(t) for t in run)
        for first in (run[0], tokens[0]):
            start, end = naming.sentence.where(first, run[-1])
            if (start, end) != (naming.start, naming.end) and self.gazetteer.find(
                self.document.text[start:end], loosely
            ):
                return replace(naming, start=start, end=end, name=self.document.text[start:end])
        return naming

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
        for run in capital_runs(sentence.tokens_in(start, end), self.words.openers):
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
        if self._part_of_actor(naming) or self._named_after(naming):
            return False
        kind = self._actor_kind(naming.start, naming.end)
        if kind in _ORGANISATIONS:
            return bool(self.gazetteer.find(naming.name, False)) and score >= SURE_SCORE
        if kind == "government" and self._is_house(naming):
            return bool(self.evidence.of(naming.sentence, naming))
        if kind is None or score >= SURE_SCORE or kind in ("state", "government"):
            return True
        return kind == "other" or bool(self.gazetteer.find(naming.name, False))

    def _is_house(self, naming: Naming) -> bool:
        """Whether a government is called by the house it sits in: "the White House"."""
        known = self.gazetteer.find(naming.name, False)[:1]
        return bool(known) and known[0].kind == "facility"

    def _named_after(self, naming: Naming) -> bool:
        """Whether something else is called so: "the Marburg virus", "Department of Health"."""
        tokens = naming.sentence.tokens_in(naming.start, naming.end)
        if not tokens:
            return False
        head = tokens[-1].head if tokens[-1].dep_ in ("compound", "amod", "nmod") else tokens[-1]
        following = tokens[-1].nbor(1).lower_ if tokens[-1].i + 1 < len(tokens[-1].doc) else ""
        if following in self.words.named_after or (head.i > tokens[-1].i and head.lower_ in self.words.named_after):
            return True
        before = naming.sentence.tokens.doc[max(naming.sentence.tokens.start, tokens[0].i - 2) : tokens[0].i]
        of = len(before) == 2 and before[1].lower_ == "of" and before[0].lower_ in self.words.fields
        return of and not self.gazetteer.find(naming.name, False)

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

    def _naming(self, sentence: Sentence, run: list[Token]) -> Naming:
        """An untagged run of capitals as a name; with evidence only if it seems to be one of a place."""
        start, end = sentence.where(run[0], run[-1])
        start, end = (start + x for x in trimmed(self.document.text[start:end], 0, end - start))
        name = self.document.text[start:end]
        plain = Naming(start, end, name, sentence)
        if len(name) < 3 or name.lower() in self._no_names or self._part_of_actor(plain) or self._named_after(plain):
            return plain
        known = self.gazetteer.find(name, False)
        acronym = name.isupper() and name.isalpha() and len(name) < 6
        if acronym and not (known and known[0].kind == "country"):
            return plain
        naming = self.nouns.read(plain)
        own = bool(known) and known[0].gazetteer is None and known[0].kind in ("region", "water", "facility", "line")
        actor = self._actor_kind(start, end)
        if known and (known[0].kind == "country" or (own and actor is None)):
            return replace(naming, evidence=1)
        evidence = self.evidence.of(sentence, plain)
        organised = actor in _ORGANISATIONS and not known  # "Doctors Without Borders" has no borders
        if naming.evidence == 2 and not organised and self._shown_by_noun(naming, bool(known), evidence):
            return naming
        if actor is not None and (actor not in ("person", "other") or not evidence):
            return plain
        found = evidence and (known or self.gazetteer.find(name))
        return replace(naming, evidence=evidence if found else 0)

    def _shown_by_noun(self, naming: Naming, known: bool, evidence: int) -> bool:
        """Whether the noun beside an untagged name shows it to be a place's; an office or a school may be an actor."""
        if naming.hint in ("settlement", "admin", "terrain", "water"):
            return True
        return known or (naming.noun not in self.words.institutions) or evidence > 0


@cache
def _no_names() -> frozenset[str]:
    """Capitalised words that name no place by themselves: adjectives of countries, nouns, months and weekdays."""
    words, dates = place_words(), time_words()
    months = [*dates.months, *(f"{m}." for m in dates.months)]
    return frozenset(
        (
            *(*words.adjectives, *words.peoples, *words.nouns, *words.directions, *words.no_names),
            *(*months, *dates.weekdays, *dates.occasions),
        )
    )
