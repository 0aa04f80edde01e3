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
_ASIDE = frozenset({"acl", "relcl"})
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
    if any(t.text in _BREAKS for t in word.doc[first:last]):
        return False
    chain = [word, *word.ancestors]
    root = next((t for t in inside if t.head == t or t.head not in inside), inside[0])
    above = [t for t in root.ancestors if t not in chain]
    if any(t.dep_ in _ASIDE for t in above):
        return False  # "the agreement signed on 2 November requires them to leave"
    verb = next((t for t in root.ancestors if t.pos_ in _VERBS), root)
    return not _only_told(word, verb, chain)


def _only_told(word: Token, verb: Token, chain: list[Token]) -> bool:
    """Whether what hangs on a verb says when something was told: "people have fled, the mayor said on Friday"."""
    if verb == word or verb.lemma_.lower() not in lexicon("names").lists["reporting"]:
        return False
    clause = next((t for t in chain if t.head == verb), None)  # the day may be that of what is told in the simple past
    return clause is None or clause.dep_ == "advcl" or not _past(word)


def _past(word: Token) -> bool:
    """Whether a word is told in the simple past, or is no verb."""
    helpers = {c.lower_ for c in word.children if c.dep_ in ("aux", "auxpass")}
    return word.pos_ not in _VERBS or word.tag_ == "VBD" or (word.tag_ == "VBN" and helpers <= {"was", "were"})
