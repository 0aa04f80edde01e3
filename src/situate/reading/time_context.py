"""What stands around a time expression: whether it is one, what bounds it, and the tense it is told in."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Token

from situate.knowledge.times import time_words
from situate.language import Sentence
from situate.reading.time_grammar import Found

_YEAR_ALONE = re.compile(r"(?:1[89]|20)\d\d")
_LAST_WORD = re.compile(r"([\w.$€£#]+)\W*$")
MODIFIERS = frozenset(("compound", "poss", "amod", "nmod", "nummod"))


def is_time(sentence: Sentence, inside: str, found: Found) -> bool:
    """Whether words of the form of a time are one: "2015" may be a count, "May" a verb, "April" a woman."""
    if found.rule.only_future:
        root = root_of(sentence, found)
        return root is not None and is_future(root, surely=True)
    words = inside[found.start : found.end]
    if words.lower() == "today" and _word_before(inside, found.start) == "usa":
        return False  # the newspaper
    if _YEAR_ALONE.fullmatch(words):
        return _is_year(sentence, inside, found)
    if words.lower().rstrip(".") in time_words().doubtful_months:
        return _is_month(inside, found)
    return True


def _word_before(inside: str, at: int) -> str:
    m = _LAST_WORD.search(inside[max(0, at - 24) : at])
    return m[1].lower().rstrip(".") if m else ""


def _is_year(sentence: Sentence, inside: str, found: Found) -> bool:
    before = _word_before(inside, found.start)
    if before in time_words().number_before or inside[: found.start].endswith(("$", "€", "£", "#")):
        return False
    if inside[found.start] == "1" and inside[found.start + 1] == "8" and before not in time_words().before_month:
        return False
    token = sentence.token_at(sentence.start + found.start)
    if token is None or token.i + 1 >= sentence.tokens.end:
        return True
    following = token.nbor(1)
    counted = following.tag_ == "NNS" or following.lower_ in ("people", "percent", "km", "of")
    determined = token.i > sentence.tokens.start and token.nbor(-1).pos_ in ("DET", "PRON")
    return not counted or determined


def _is_month(inside: str, found: Found) -> bool:
    name_follows = re.match(r"\s+[A-Z][a-z]+", inside[found.end :])
    return _word_before(inside, found.start) in time_words().before_month and not name_follows


def root_of(sentence: Sentence, found: Found) -> Token | None:
    """The word of an expression that the rest of the sentence hangs it on."""
    inside = sentence.tokens_in(sentence.start + found.start, sentence.start + found.end)
    members = {t.i for t in inside}
    return next((t for t in reversed(inside) if t.head.i not in members or t.head is t), None)


@cache
def _bound_pattern() -> re.Pattern[str]:
    words = sorted(time_words().bounds, key=len, reverse=True)
    either = "|".join(w.replace(" ", r"\s+") for w in words)
    return re.compile(rf"\b({either})\s+(?:the\s+|about\s+|around\s+|at\s+least\s+|late\s+)?$", re.IGNORECASE)


def bound_before(sentence: Sentence, inside: str, found: Found) -> tuple[str | None, int]:
    """The bound that the word before sets ("since", "by" …), and where the expression begins with it.

    "After Tuesday's attack" sets no bound on Tuesday: there the day only describes the attack.
    """
    m = _bound_pattern().search(inside[max(0, found.start - 30) : found.start])
    if m is None:
        return None, found.start
    root = root_of(sentence, found)
    after = inside[found.end : found.end + 2]
    if after in ("'s", "’s") or (root is not None and root.dep_ in MODIFIERS and root.head.i > root.i):
        return None, found.start
    bound = time_words().bounds[" ".join(m[1].lower().split())]
    opens = bound != "from" or m[1].lower() != "from" or re.match(r"\s+(?:on|onwards?)\b", inside[found.end :])
    return (bound, max(0, found.start - 30) + m.start()) if opens else (None, found.start)


def is_future(token: Token, surely: bool = False) -> bool:
    """Whether the verb that an expression belongs to speaks of what is to come; `surely`: and not of the past."""
    words = time_words()
    for ancestor in token.ancestors:
        if ancestor.lemma_ in words.future_lemmas and ancestor.pos_ == "ADJ":
            return True
        if ancestor.tag_ == "VBG" and ancestor.lemma_ in words.openers:
            continue
        if ancestor.pos_ in ("VERB", "AUX"):
            return _speaks_of_future(ancestor, surely)
    return False


def _speaks_of_future(verb: Token, surely: bool) -> bool:
    words = time_words()
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    said = {c.lower_ for c in helpers}
    if said & {"have", "has", "had", "'ve", "’ve"} or (surely and said & words.doubtful):
        return False
    if said & words.auxiliaries:
        return True
    if "to" in said:
        if verb.dep_ == "xcomp" and verb.head.lemma_ == "be":  # "is to follow by then"
            return True
        return verb.dep_ in ("acl", "relcl") or verb.head.lemma_ in words.future_lemmas
    if verb.lemma_ in words.future_lemmas and verb.tag_ in ("VBZ", "VBP", "VBN", "VBG"):
        return verb.tag_ != "VBN" or bool(said & {"is", "are", "was", "were", "'s", "’s", "be"})
    present = {c.tag_ for c in helpers} & {"VBZ", "VBP"}
    return verb.tag_ == "VBZ" or (verb.tag_ == "VBG" and bool(present))
