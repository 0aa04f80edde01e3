"""What speaks against a tie that no word states by itself, and that only encoder and network feel in a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from spacy.tokens import Token

from situate.contract import Picture
from situate.knowledge.frames import lexicon
from situate.language import Sentence
from situate.reading.actor_kinds import OFFICIAL
from situate.reading.names import Names
from situate.reading.phrases import above
from situate.reading.standing import DONE, standing
from situate.reading.tie_candidates import Pair, RelationCandidate, TieEvidence, pair_of, turned
from situate.reading.tie_weighing import SIGNS

_STATES = frozenset({"state", "government"})
_NO_UNIONS = frozenset({"armed_group", "political_group", "person", "police", "media"})  # no state is part of one
_BELONGING = frozenset({"part_of", "commands"})
_TWO = 2
_BEFORE = 40  # characters between "between" and the first of two sides
_BREAK = re.compile(r"\s*[–—:(-]+\s*")
_BETWEEN = re.compile(r"\bbetween (?:[^,.;]*)$", re.IGNORECASE)


class TieChecks:
    """Tells which felt ties the report itself speaks against; `known` are likely ties, `sure` how likely each is."""

    def __init__(
        self, picture: Picture, names: Names, known: Mapping[Pair, TieEvidence], sure: Mapping[Pair, float]
    ) -> None:
        self._names, self._known, self._sure = names, known, sure
        lists = lexicon("relations").lists
        self._talking, self._allying, self._past = lists["talking"], lists["allying"], lists["past"]
        self._parties = _parties(picture, names)
        self._together = names.listed_together()
        self._members = {(a.id, m) for a in picture.actors for m in a.member_of}
        self._here: defaultdict[int, list[Pair]] = defaultdict(list)
        for pair, e in known.items():
            self._here[e.tie.sentence.index].append(pair)

    def against(self, c: RelationCandidate) -> bool:
        """Whether a felt tie can't be, or is better told of somebody else."""
        return (
            self._unlike(c)
            or any(self._left(c, at) for at in (c.at, c.until) if at is not None)
            or (c.kind == "negotiates_with" and not self._talk(c))
            or (c.kind in ("fights", "negotiates_with") and not self._done(c))
            or (c.kind == "allied" and not self._words(c) & self._allying)
            or (SIGNS[c.kind] == 1 and self._amid(c))
            or (c.kind not in _BELONGING and (self._renamed(c) or self._told_of_kin(c)))
        )

    def _unlike(self, c: RelationCandidate) -> bool:
        """Whether actors such as these don't stand so."""
        source, target = (self._names.actors[a] for a in (c.source, c.target))
        if c.kind in _BELONGING and frozenset((c.source, c.target)) in self._together:
            return True  # of two named side by side neither is part of the other
        if c.kind == "part_of":
            return source.kind in _STATES and target.kind in _NO_UNIONS
        return SIGNS[c.kind] == -1 and is_one(self._names, c.source, c.target)

    def _left(self, c: RelationCandidate, at: int) -> bool:
        """Whether those named here are no longer what they are called elsewhere: "former rebels"."""
        token = c.sentence.token_at(at)
        if token is None or token.lower_ not in self._past:
            return False
        both = [self._names.actors[a] for a in (c.source, c.target)]
        return all(a.kind != "person" and not a.name.lower().startswith(token.lower_) for a in both)

    def _words(self, c: RelationCandidate) -> set[str]:
        """The lemmas of the sentence, of words with hyphens each part."""
        return {w for t in c.sentence.tokens for w in (t.lemma_.lower(), *t.lower_.split("-"))}

    def _talk(self, c: RelationCandidate) -> bool:
        """Whether the sentence has a word of talks or of what comes of them, and nobody but these is said to agree."""
        parties = self._parties.get(c.sentence.index, frozenset())
        if len(parties) >= _TWO and not {c.source, c.target} <= self._with_kin(parties):
            return False
        return any(t.lemma_.lower() in self._talking and not _ruled_out(t) for t in c.sentence.tokens)

    def _done(self, c: RelationCandidate) -> bool:
        """Whether what the two are in is done, and not planned, threatened, foretold or only supposed.

        Talks are not held where that is so of one of them; a fight isn't where it is of both, or one prepares for it.
        """
        tokens = [t for at in (c.at, c.until) if at is not None and (t := c.sentence.token_at(at))]
        verbs = [v for t in tokens if (v := _verb(t))]
        undone = [standing(v) not in DONE for v in verbs]
        if c.kind == "negotiates_with":
            return not any(undone)
        return not (undone and all(undone)) and not any(_prepares(v) for v in verbs)

    def _amid(self, c: RelationCandidate) -> bool:
        """Whether somebody is caught between the two: who stands on both sides of others is no ally by that."""
        if c.until is None:
            return False
        text = self._names.document.text
        found = _BETWEEN.search(text, max(0, c.at - _BEFORE), c.at)
        return found is not None and " and " in text[c.at : c.until] and not self._bound(c.sentence, found.start())

    def _bound(self, sentence: Sentence, at: int) -> bool:
        """Whether "between" belongs to a noun such as "alliance"."""
        token = sentence.token_at(at)
        return token is not None and token.head.pos_ == "NOUN"

    def _renamed(self, c: RelationCandidate) -> bool:
        """Whether the second says who the first are: "his allies - A and B"."""
        return c.until is not None and any(
            _BREAK.fullmatch(self._names.document.text, end, c.until)
            for start, end, _ in self._names.index.actors.within(c.at, c.until)
            if start == c.at
        )

    def _told_of_kin(self, c: RelationCandidate) -> bool:
        """Whether the sentence tells the tie, or its contrary, of one of the two and of the other's own side."""
        pair = pair_of(c)
        for other in self._here[c.sentence.index]:
            shared = other[0] & pair[0]
            if len(shared) != 1 or not self._is_kin(*(pair[0] - shared), *(other[0] - shared)):
                continue
            told = bool(self._known[other].tie.frame)
            if told and other[1] in (pair[1], turned(pair)[1]):
                return True
            surer = (self._sure[other], sorted(other[0])) > (self._sure[pair], sorted(pair[0]))
            if other[1] == pair[1] and self._known[other].tie.kind == c.kind and surer:
                return True
        return False

    def _is_kin(self, one: str, other: str) -> bool:
        return (
            (one, other) in self._members
            or (other, one) in self._members
            or one == other
            or is_one(self._names, one, other)
        )

    def _with_kin(self, actors: frozenset[str]) -> set[str]:
        return {a for a in self._names.actors if any(self._is_kin(a, b) for b in actors)}


def is_one(names: Names, one: str, other: str) -> bool:
    """Whether two are a state and its own government, army or capital, which have nothing to negotiate."""
    a, b = names.actors[one], names.actors[other]
    return a.kind in OFFICIAL and b.kind in OFFICIAL and a.country is not None and a.country == b.country


def _parties(picture: Picture, names: Names) -> dict[int, frozenset[str]]:
    """By sentence: who takes part in the agreements that it tells of."""
    out: dict[int, frozenset[str]] = {}
    for deal in picture.agreements:
        for span in deal.evidence:
            sentence = names.document.sentence_at(span.start)
            if sentence is not None and len(deal.parties) >= _TWO:
                out[sentence.index] = out.get(sentence.index, frozenset()) | {*deal.parties, *deal.guarantors}
    return out


def _verb(token: Token) -> Token | None:
    return next((t for t in above(token) if t.pos_ in ("VERB", "AUX")), None)


def _prepares(verb: Token) -> bool:
    """Whether a verb, or one that completes it, is of getting ready: "accuses them of preparing an attack"."""
    inner = [c for p in verb.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pcomp"]
    inner += [c for c in verb.children if c.dep_ in ("xcomp", "ccomp")]
    return any(v.lemma_.lower() in lexicon("relations").lists["preparing"] for v in (verb, *inner))


def _ruled_out(token: Token) -> bool:
    """Whether talks are refused: "has ruled out any talks"."""
    words = lexicon("names").lists["denying"]
    over = token.head
    lemmas = {over.lemma_.lower(), *(f"{over.lemma_.lower()}-{c.lower_}" for c in over.children if c.dep_ == "prt")}
    return token.dep_ == "dobj" and bool(lemmas & (words | {"rule-out"}))
