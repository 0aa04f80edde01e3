"""When a thing took place that a word tells: by the times of its own clause, then by those of the clauses it leans on.

"Since retaken by the army, which lost it in 1993": the year is the loss's alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from situate.contract import Time
from situate.knowledge.frames import lexicon
from situate.knowledge.times import Unit, time_words
from situate.language import Sentence
from situate.reading.frames import dateline
from situate.reading.standing import present
from situate.reading.time_context import MODIFIERS

_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LAST = 99  # how far away a dateline's day is


def time_told(sentence: Sentence, at: int, times: Iterable[Time]) -> Time | None:
    """Of a sentence's times the one that dates what the word at a position tells; none where all date other things."""
    token = sentence.token_at(at)
    if token is None:
        return None
    first = dateline(sentence)
    ranked: list[tuple[int, int, Time]] = []
    for time in times:
        far = _distance(sentence, token, time, first)
        if far is not None:
            ranked.append((far, abs(time.span.start - at), time))
    return min(ranked, key=lambda x: x[:2])[2] if ranked else None


def _distance(sentence: Sentence, token: Token, time: Time, first: int) -> int | None:
    """How many clauses lie between a word and a time; None where the time dates something else."""
    words = sentence.tokens_in(time.span.start, time.span.end)
    if not words:
        return None
    root = next((t for t in words if t.head == t or t.head not in words), words[0])
    if root.idx < first:
        return _LAST
    opening = next(t for t in sentence.tokens if t.idx >= first)
    on = sentence.tokens.root if words[0].i <= opening.i + 1 and root.dep_ != "poss" else root.head
    while on.pos_ == "ADP" and on.head != on:
        on = on.head
    if on == token:
        return 0
    if on.pos_ not in _VERBS and _unit(on) is None and (root.dep_ in MODIFIERS or root.head.lower_ == "of"):
        return None  # it only says which: "the line of 1974", but not "the night of 3 May"
    return _between(token, on)


def _between(token: Token, on: Token) -> int | None:
    """How many clauses lie between a word and what a time hangs on; None where one of them has a time of its own."""
    up, down = _clauses(token, token), _clauses(on, token)
    shared = next((c for c in up if c in down), None)
    if shared is None:
        return None
    rising, falling = up[: up.index(shared)], down[: down.index(shared)]
    if any(_apart(c) or _later(c) for c in rising) or any(_apart(c) or _has_subject(c) for c in falling):
        return None
    return len(rising) + len(falling)


def _clauses(token: Token, trigger: Token) -> list[Token]:
    """The words at the head of the clauses around a word, innermost first; the trigger heads a clause of its own."""
    chain = [token, *token.ancestors]
    heads = (t for t in chain if t == trigger or t.head == t or (t.pos_ in _VERBS and t.dep_ not in ("aux", "auxpass")))
    return list(dict.fromkeys(heads))


def _apart(clause: Token) -> bool:
    """Whether a clause is of another time than the one around it: "which had held it", "years after they took it"."""
    if clause.dep_ == "relcl":
        return not present(clause) and not any(c.lower_ in ("when", "during") for c in clause.children)
    mark = clause.head if clause.dep_ == "pcomp" else next((c for c in clause.children if c.dep_ == "mark"), None)
    lists = lexicon("names").lists
    if mark is None or mark.lower_ not in lists["sequence"]:
        return False
    return mark.lower_ != "after" or (mark.i > 0 and _is_days(mark.nbor(-1)))


def _later(clause: Token) -> bool:
    """Whether a clause is told to follow the one it is joined to: "and later entered the town", not "hours later"."""
    following = lexicon("names").lists["following"]
    said = [c for c in clause.children if c.dep_ == "advmod" and c.lower_ in following]
    return clause.dep_ == "conj" and any(_is_days(t) or _unit(t) is None for c in said for t in [c, *c.lefts][-1:])


def _unit(word: Token) -> Unit | None:
    return time_words().units.get(word.lemma_.lower())


def _is_days(word: Token) -> bool:
    """Whether a word counts days or more, not hours."""
    unit = _unit(word)
    return unit is not None and bool(unit.days or unit.months)


def _has_subject(clause: Token) -> bool:
    """Whether a clause joined to another is about somebody else: "and the rebels left on Friday"."""
    return clause.dep_ in ("conj", "relcl") and any(c.dep_ in _SUBJECTS for c in clause.children)
