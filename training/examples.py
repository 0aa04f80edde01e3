"""A window with what the heads should say about it: the one form all training data take."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tokenizers import Tokenizer

from situate.contract import Report
from situate.language import Document, parse
from situate.language.windows import Window, windows
from training.labels import SENTENCES, SPANS, TOPICS, WORDS

UNASKED = -100  # a word, sentence or text about which the data say nothing
FEW = "?"  # among the roles of a pair: only the roles named in `LIMITED` were asked about
LIMITED = ("fights", "allied", "part_of", "commands")  # re3d's ties, in the corpus's terms
ANY = -2  # begins or goes on with a span of some class (ANY, ANY - 1)


@dataclass(slots=True)
class Example:
    """A window; per head, a label for each word or sentence end; pairs of words by layer; topics of the whole text."""

    window: Window
    spans: dict[str, list[int]] = field(default_factory=dict)
    words: dict[str, list[int]] = field(default_factory=dict)
    sentences: dict[str, list[list[float]]] = field(default_factory=dict)
    pairs: dict[str, list[tuple[int, int, set[str]]]] = field(default_factory=dict)  # anchor word, target word, roles
    topics: dict[str, int] = field(default_factory=dict)
    group: int = 0  # windows of one short text share their topic

    def word_at(self, position: int) -> int | None:
        """The word that holds a character of the report."""
        for i, (_, start, end, _) in enumerate(self.window.words):
            if start <= position < end:
                return i
        return None

    def words_in(self, start: int, end: int) -> list[int]:
        """The words that share a character with the offsets."""
        return [i for i, (_, s, e, _) in enumerate(self.window.words) if s < end and start < e]

    def firsts(self, spans: Iterable[tuple[int, int, str]]) -> set[int]:
        """The first word in the window of each span (start, end, class)."""
        return {where[0] for start, end, _ in spans if (where := self.words_in(start, end))}

    def tag(self, head: str, spans: Iterable[tuple[int, int, str | None]]) -> None:
        """B and I tags for spans (start, end, class or None for any), the longest first; other words are outside."""
        labels = self.spans.setdefault(head, [0] * len(self.window.words))
        for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
            where = self.words_in(start, end)
            if not where or any(labels[i] != 0 for i in where):
                continue
            first = ANY if kind is None else 1 + 2 * SPANS[head].index(kind)
            for k, i in enumerate(where):
                labels[i] = (first if k == 0 else first - 1) if kind is None else first + (k > 0)

    def blank(self, head: str, start: int, end: int) -> None:
        """Words about which a head is not asked, where they carry no tag yet."""
        labels = self.spans.setdefault(head, [0] * len(self.window.words))
        for i in self.words_in(start, end):
            if labels[i] == 0:
                labels[i] = UNASKED

    def word(self, head: str, i: int, kind: str) -> None:
        """A class for one word."""
        self.words.setdefault(head, [UNASKED] * len(self.window.words))[i] = WORDS[head].index(kind)

    def sentence(self, head: str, where: Iterable[int], kind: str) -> None:
        """Yes for a class at sentences of the report by index."""
        rows = self.open_sentences(head)
        for k, (_, index) in enumerate(self.window.ends):
            if index in where:
                rows[k][SENTENCES[head].index(kind)] = 1.0

    def open_sentences(self, head: str) -> list[list[float]]:
        """The head's answers, all no until said otherwise."""
        return self.sentences.setdefault(head, [[0.0] * len(SENTENCES[head]) for _ in self.window.ends])

    def pair(self, layer: str, anchor: int, target: int, role: str | None) -> None:
        """A pair of words that is asked about; with a role, one that it plays."""
        pairs = self.pairs.setdefault(layer, [])
        for a, t, roles in pairs:
            if (a, t) == (anchor, target):
                if role:
                    roles.add(role)
                return
        pairs.append((anchor, target, {role} if role else set()))

    def cross(self, layer: str, anchors: Iterable[int], targets: Iterable[int]) -> None:
        """Asks about every anchor with every target: those that play no role teach what doesn't belong together."""
        pairs = self.pairs.setdefault(layer, [])
        known = {(a, t) for a, t, _ in pairs}
        every = itertools.product(sorted(set(anchors)), sorted(set(targets)))
        pairs += [(a, t, set()) for a, t in every if (a, t) not in known]

    def topic(self, head: str, kind: str) -> None:
        """The topic of the text that the window belongs to."""
        self.topics[head] = TOPICS[head].index(kind)


def documents(rows: Sequence[dict[str, object]]) -> list[Document]:
    """Parsed documents of {"id", "text"}."""
    return list(parse((Report(id=str(r["id"]), text=str(r["text"])) for r in rows), encode=False))


def examples(document: Document, tokenizer: Tokenizer) -> list[Example]:
    """The unlabelled windows of a document."""
    return [Example(w) for w in windows(document, tokenizer)]
