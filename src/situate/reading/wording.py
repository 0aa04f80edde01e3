"""The words of a sentence that tells of events, each looked up once however many events it tells."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Token

from situate.language import Sentence

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "NUM"})


class Wording:
    """A sentence's tokens and their forms in lower case, in text order."""

    def __init__(self, sentence: Sentence) -> None:
        self.tokens: list[Token] = list(sentence.tokens)
        self.forms: list[str] = [t.lower_ for t in self.tokens]

    @cached_property
    def known(self) -> frozenset[str]:
        """The forms, for asking whether a word is there."""
        return frozenset(self.forms)

    @cached_property
    def content(self) -> frozenset[str]:
        """The nouns, names, verbs and figures, as lemmas."""
        return frozenset(t.lemma_.lower() for t in self.tokens if t.pos_ in _CONTENT)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The figures."""
        return frozenset(w for w in self.content if w[:1].isdigit())
