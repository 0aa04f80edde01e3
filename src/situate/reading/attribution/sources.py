"""Who a source is: its actor, its kind, and whether it stays unnamed."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from situate.knowledge.sources import SourceWords, source_words
from situate.language import Document, Sentence
from situate.reading.attribution.model import Attribution, Range
from situate.reading.index import Index

_INDEFINITE = {"a", "an", "one", "another", "some", "several", "many", "two", "three", "four", "other", "others", "no"}
_NAMES = {"PERSON", "ORG"}


@dataclass(frozen=True, slots=True)
class Who:
    """A source, settled. `actor` is an actor's id; `side` that of the actor for whom an unnamed source speaks."""

    actor: str | None = None
    side: str | None = None
    anonymous: bool = True
    kind: str | None = "anonymous"


class Sources:
    """The sources of one report, settled in reading order: a pronoun goes on with whoever spoke last."""

    def __init__(self, document: Document, index: Index) -> None:
        self._text = document.text
        self._index = index
        self._kinds = {a.id: a.kind for a in index.picture.actors}
        self._names = {a.id: a.name for a in index.picture.actors}
        self._words = source_words()
        self._known: dict[Range, Who] = {}
        self._last: Who | None = None

    def of(self, attribution: Attribution) -> Who:
        """The source of an attribution; call in text order."""
        where, head = attribution.source, attribution.speaker
        if where is None:
            return Who()
        if where not in self._known:
            self._known[where] = self._settle(attribution.sentence, where, head)
        who = self._known[where]
        self._last = who
        return who

    def _settle(self, sentence: Sentence, where: Range, head: Token | None) -> Who:
        tokens = sentence.tokens_in(*where)
        head = head or (tokens[-1] if tokens else None)
        if head is None:
            return Who()
        at = sentence.where(head)
        if head.pos_ == "PRON" and head.tag_ in ("PRP", "WP", "WDT", "DT"):
            return self._pronoun(at)
        unnamed = self._is_unnamed(head, tokens)
        actor = self._index.actors.at(*at)
        inner = [x[2] for x in self._index.actors.within(*where) if x[2] != actor]
        if actor is None and not unnamed and len(inner) == 1 and self._covers(inner[0], where):
            actor = inner[0]
        side = inner[0] if inner else None
        return Who(actor, side, unnamed, self._kind(head, tokens, actor, unnamed))

    def _covers(self, actor: str, where: Range) -> bool:
        """Whether an actor's mention makes up most of a source's words."""
        spots = [x for x in self._index.actors.within(*where) if x[2] == actor]
        return any(2 * (x[1] - x[0]) >= where[1] - where[0] for x in spots)

    def _pronoun(self, at: Range) -> Who:
        actor = self._index.actors.at(*at)
        if actor is None:
            return self._last or Who(anonymous=False, kind=None)
        if self._last is not None and self._last.actor == actor:
            return self._last
        name = self._names[actor].lower().split()
        kind = self._words.kind(name[-1], name[:-1]) if name else None
        return Who(actor, None, False, kind or self._words.actors.get(self._kinds.get(actor, "other")))

    def _is_unnamed(self, head: Token, tokens: list[Token]) -> bool:
        words, lemma = self._words, head.lemma_.lower()
        if head.pos_ == "PROPN" and lemma not in words.people:
            return False
        if any(t.pos_ == "PROPN" and (t.dep_ == "appos" or t.ent_type_ == "PERSON") for t in tokens):
            return False
        first = tokens[0].lower_ if tokens else ""
        if lemma in words.hearsay:
            return head.tag_ == "NNS"
        if lemma not in words.people:
            return False
        known = head.tag_ in ("NN", "NNP") and lemma in words.offices and first not in _INDEFINITE
        return not (
            known
            and (
                first in ("the", "his", "her", "their", "its", "my", "our") or head.i == tokens[0].i or len(tokens) > 1
            )
        )

    def _kind(self, head: Token, tokens: list[Token], actor: str | None, unnamed: bool) -> str | None:
        words: SourceWords = self._words
        lemma = head.lemma_.lower()
        before = [w for t in tokens if t.i != head.i for w in (t.lower_, t.lemma_.lower())]
        kind = words.kind(lemma, before)
        if kind is None and actor is not None:
            kind = words.actors.get(self._kinds.get(actor, "other"))
        return kind or ("anonymous" if unnamed else None)
