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
_MADE = frozenset({"concluded", "in_force"})
_UNMADE = frozenset({"proposed", "negotiated"})
_GONE = frozenset({"breached", "ended", "disputed"})
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
        return "negotiated"  # talks that break down end no agreement
    for i, word in enumerate(words):
        status = _says(word, known)
        if status is None or _tells_who(word, known) or _ends_another(head, word, status):
            continue
        children = {c.dep_: c.lower_ for c in word.children}
        if children.get("aux") == "to":
            over = next((s for w in words[i + 1 :] if (s := _says(w, known))), None)
            return _to_be(head, word, status, over, known)
        if lemma in known.planned and status not in ("concluded", "ended"):
            return "proposed"
        hypothetical = any(children.get(x) in _HYPOTHETICAL for x in ("aux", "mark", "advmod"))
        if (hypothetical or "neg" in children) and status in _GONE:
            continue
        if hypothetical and status in _MADE:
            lasts = word.lemma_.lower() in known.lasting  # "will hold": it stands; "would hold": it was made
            return ("in_force" if children.get("aux") == "will" else "concluded") if lasts else "negotiated"
        return status
    if lemma in known.planned:
        return "proposed"
    return "in_force" if preposition_of(head) in _STANDING_ON else None


def _ends_another(head: Token, word: Token, status: AgreementStatus) -> bool:
    """Whether it is said to end something else: "a settlement that ends the war"."""
    ended = any(c.dep_ == "dobj" and c.pos_ == "NOUN" for c in word.children)
    return status == "ended" and word.head == head and ended


def _to_be(
    head: Token, word: Token, status: AgreementStatus, over: AgreementStatus | None, known: AgreementWords
) -> AgreementStatus:
    """What an infinitive says, and the words `over` it: "agreed to open", "wants to sign", "appears to hold"."""
    raised = word.dep_ == "xcomp" and head.dep_ in ("nsubj", "nsubjpass") and head.head in (word.head, word.head.head)
    if raised and word.head.lemma_.lower() in known.seeming:
        return status
    if word.lemma_.lower() in known.lasting:  # "expects it to hold": it stands
        return "in_force"
    if raised and status == "in_force":  # "is due to take effect"
        return "concluded"
    if status in _MADE:
        return over if over and over != "ended" else "negotiated"  # "failed to agree on it"
    return over or status


def _tells_who(word: Token, known: AgreementWords) -> bool:
    """Whether a word tells who helped, and not where it stands: "brokered by", "UN-brokered", "was mediated by"."""
    lemma = word.lemma_.lower()
    helped = word.dep_ in ("acl", "amod", "compound") or word.tag_ in ("VBD", "VBN") or word.head.lemma_ == "help"
    return helped and (lemma in known.guarantor_verbs or lemma in known.mediating_verbs)


def _says(word: Token, known: AgreementWords) -> AgreementStatus | None:
    lemma = word.lemma_.lower()
    called = any(c.dep_ in ("oprd", "attr", "acomp", "ccomp") for c in word.children)
    if lemma == "call" and called:  # "it has been called a mistake"
        return None
    lemmas = {lemma, *(f"{lemma}-{c.lower_}" for c in word.children if c.dep_ in ("prt", "advmod", "prep"))}
    if lemma == "last" and word.tag_ == "VBD":  # "the truce lasted an hour"
        return "ended"
    if word.pos_ == "VERB" and lemma in known.nouns_only:
        lemmas.discard(lemma)
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
    if any(s in counts for s in _MADE):  # what it was before it was made, or what is hoped for beside it
        counts = Counter({s: n for s, n in counts.items() if s not in _UNMADE})
    if not counts:
        return None
    return max(counts, key=lambda s: counts[s] * _WEIGHTS[s])
