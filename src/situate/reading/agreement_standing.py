"""Where an agreement stands: proposed, negotiated, concluded, in force, disputed, breached or ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Token

from situate.contract import AgreementStatus
from situate.knowledge.agreements import AgreementWords
from situate.reading.arguments import objects
from situate.reading.phrases import after, preposition_of

_HYPOTHETICAL = frozenset({"if", "would", "could", "might", "may", "should", "unless", "will", "can"})
_STANDING_ON = frozenset({"since", "despite", "during", "per", "after"})  # "since the truce": it is in force
# How much more than a plain mention each counts, where mentions differ: a breach told once outweighs.
_WEIGHTS: dict[AgreementStatus, float] = {
    "breached": 3.0, "ended": 2.5, "disputed": 1.5, "in_force": 1.5, "concluded": 1.1, "negotiated": 0.8,
    "proposed": 0.8,
}  # fmt: skip


def standing_of(head: Token, words: list[Token], known: AgreementWords) -> AgreementStatus | None:
    """What the words around an agreement's name say of where it stands, the nearest first; None if nothing."""
    lemma = head.lemma_.lower()
    if lemma in known.talked:
        return "ended" if any(_says(w, known) == "ended" for w in words) else "negotiated"
    for i, word in enumerate(words):
        status = _says(word, known)
        made = word.dep_ in ("acl", "amod", "compound") and word.lemma_.lower() in known.guarantor_verbs
        if status is None or made:  # "brokered by", "UN-brokered" tell who, not where it stands
            continue
        if (
            status == "ended"
            and word.head == head
            and any(c.dep_ == "dobj" and c.pos_ == "NOUN" for c in word.children)
        ):
            continue  # "a settlement that ends the war"
        if any(c.lower_ == "to" and c.dep_ == "aux" for c in word.children):  # "agreed to open", "wants to sign"
            over = next((s for w in words[i + 1 :] if (s := _says(w, known))), None)
            return over or ("negotiated" if status in ("concluded", "in_force") else status)
        if lemma in known.planned and status not in ("concluded", "ended"):
            return "proposed"
        if any(c.lower_ in _HYPOTHETICAL for c in word.children if c.dep_ in ("aux", "mark", "advmod")):
            if status in ("breached", "ended", "disputed"):
                continue
            return "negotiated" if status in ("concluded", "in_force") else status
        return status
    if lemma in known.planned:
        return "proposed"
    return "in_force" if preposition_of(head) in _STANDING_ON else None


def _says(word: Token, known: AgreementWords) -> AgreementStatus | None:
    lemma = word.lemma_.lower()
    lemmas = {lemma, *(f"{lemma}-{c.lower_}" for c in word.children if c.dep_ in ("prt", "advmod"))}
    if word.pos_ in ("VERB", "AUX"):
        beside = [*objects(word), *after(word, "into"), *after(word, "in")]  # "took effect", "went into effect"
        beside += [c for c in word.children if c.dep_ in ("acomp", "attr")]  # "the deal is dead"
        lemmas |= {o.lemma_.lower() for o in beside}
    return next((status for status, words in known.status.items() if lemmas & words), None)


def settled(said: Iterable[AgreementStatus | None]) -> AgreementStatus | None:
    """The standing that the mentions of one agreement add up to."""
    counts: Counter[AgreementStatus] = Counter()
    for status in said:
        if status is not None:
            counts[status] += 1
    if not counts:
        return None
    return max(counts, key=lambda s: counts[s] * _WEIGHTS[s])
