"""When a movement was: what dates its clause, but neither the day it is told on nor what stands across a colon."""

from __future__ import annotations

from spacy.tokens import Token

from situate.contract import Time
from situate.knowledge.frames import lexicon
from situate.language import Sentence
from situate.reading.clause_times import time_told
from situate.reading.frames import dateline
from situate.reading.names import Names

_VERBS = frozenset({"VERB", "AUX"})
_BREAKS = frozenset({";", ":"})


def time_of(names: Names, sentence: Sentence, at: tuple[int, int]) -> str | None:
    """The id of the time of what a word at these offsets shows; None where the sentence's times are others'."""
    times = names.index.times.within(sentence.start, sentence.end)
    word = sentence.token_at(at[0]) if times else None
    if word is None:
        return None
    own = [t for _, _, t in times if _may_date(sentence, word, t)]
    found = time_told(sentence, at[0], own) if own else None
    return found.id if found else None


def _may_date(sentence: Sentence, word: Token, time: Time) -> bool:
    inside = sentence.tokens_in(time.span.start, time.span.end)
    if not inside or inside[0].idx < dateline(sentence):
        return False
    first, last = sorted((word.i, inside[0].i))
    return not any(t.text in _BREAKS for t in word.doc[first:last]) and not _of_saying(word, inside)


def _of_saying(word: Token, time: list[Token]) -> bool:
    """Whether a time only says when it was told what has been or will be: "have fled, officials said on Monday"."""
    root = next((t for t in time if t.head == t or t.head not in time), time[0])
    verb = root.head
    while verb.pos_ not in _VERBS and verb.head != verb:
        verb = verb.head
    reports = verb != word and verb in word.ancestors and verb.lemma_.lower() in lexicon("names").lists["reporting"]
    return reports and not _past(word)


def _past(word: Token) -> bool:
    """Whether a word is told in the simple past, or is no verb: what was done may be told on its own day."""
    helpers = {c.lower_ for c in word.children if c.dep_ in ("aux", "auxpass")}
    return word.pos_ not in _VERBS or word.tag_ == "VBD" or (word.tag_ == "VBN" and helpers <= {"was", "were"})
