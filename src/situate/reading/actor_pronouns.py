"""Who "he", "she", "it" and "they" are: by agreement, and by who is spoken of as the subject.

A pronoun is resolved only where one actor stands out: the subject of the clause that the pronoun's clause hangs on, or
the subject of the sentence before. Otherwise it stays nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from situate.contract import ActorKind
from situate.reading.actor_cast import Cast, Entity
from situate.reading.actor_context import words_of
from situate.reading.actor_found import Found

LONGEST_TITLE = 5  # characters of "Mrs. " before a name
BACK = 2  # sentences that a pronoun may reach back over
ENOUGH = 2.0  # the least salience of an antecedent
ENOUGH_PERSON = 1.6  # of a person
OWN_CLAUSE = 0.6  # how much more the subject of its own clause stands out for "its" and "their"
AHEAD = 0.75  # how much more salient it has to be than the next
PLAYERS = frozenset(("nsubj", "nsubjpass", "dobj"))
SUBJECTS = ("nsubj", "nsubjpass", "csubj")
SINGLE: frozenset[ActorKind] = frozenset(
    ("state", "government", "military", "police", "armed_group", "political_group", "international_org", "aid_org",
     "media", "company", "other")
)  # fmt: skip
WITH_FORCES: frozenset[ActorKind] = frozenset(("state", "government", "armed_group", "political_group"))
SEVERAL: frozenset[ActorKind] = frozenset(
    ("government", "military", "police", "armed_group", "political_group", "civilians", "ethnic_or_religious_group",
     "other")
)  # fmt: skip


class Pronouns:
    """Finds the antecedents of pronouns in one report."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._gender: dict[int, str] = {}  # of an entity, once told

    def antecedent(self, found: Found) -> Entity | None:
        """The actor that a pronoun stands for, if one stands out."""
        sort = _sort(found.head.lower_)
        if sort is None or _is_empty(found.head):
            return None
        scores: dict[int, float] = {}
        of_a_party = _of_a_party(found)
        things = [] if sort in ("he", "she") or of_a_party else self._things(found, sort)
        for before, entity in self._candidates(found, sort):
            if of_a_party and entity.kind not in WITH_FORCES:
                continue
            score = self._salience(before, entity, found)
            score -= 1.0 if any(before.end <= t for t in things) else 0.0
            score += 0.5 if of_a_party and before.sentence is found.sentence else 0.0
            scores[entity.number] = max(score, scores.get(entity.number, 0.0))
        ranked = sorted(scores.items(), key=lambda x: -x[1])
        enough = ENOUGH_PERSON if sort in ("he", "she") else ENOUGH
        if not ranked or ranked[0][1] < enough or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < AHEAD):
            return None
        entity = self.cast.entities[ranked[0][0]]
        if sort in ("he", "she"):
            self._gender.setdefault(entity.number, sort)
        return entity

    def _candidates(self, found: Found, sort: str) -> Iterator[tuple[Found, Entity]]:
        for before, entity in reversed(self.cast.trail):
            if before.sentence.index < found.sentence.index - BACK:
                return
            if before.end <= found.start and self._agrees(before, entity, sort) and not _bound(before.head, found.head):
                yield before, entity

    def _things(self, found: Found, sort: str) -> list[int]:
        """Where nouns stand that are no actor's and that the pronoun could mean as well."""
        tags = ("NNS", "NNPS") if sort == "they" else ("NN", "NNP")
        where = found.sentence.where
        return [
            where(t)[0]
            for t in found.sentence.tokens
            if t.i < found.head.i and t.tag_ in tags and t.dep_ in PLAYERS and self.cast.at(where(t)[0]) is None
        ]

    def _agrees(self, before: Found, entity: Entity, sort: str) -> bool:
        if sort in ("he", "she"):
            return entity.kind == "person" and self._gender.get(entity.number, _gender(before) or sort) == sort
        plural = before.head.tag_ in ("NNS", "NNPS")
        if sort == "they":
            return entity.kind in SEVERAL and (plural or before.sort != "description")
        return entity.kind in SINGLE and not plural

    @staticmethod
    def _salience(before: Found, entity: Entity, found: Found) -> float:
        """How much an earlier mention stands out as what the pronoun means."""
        distance = found.sentence.index - before.sentence.index
        head = topmost(before.head)
        subject = head.dep_ in SUBJECTS
        score = 1.0 if subject else 0.0
        if distance == 0:
            commands = subject and _hangs_on(found.head, head.head)
            score += 2.0 if commands else 1.0 if subject and _stands_beside(found.head, head.head) else 0.5
            score += OWN_CLAUSE if commands and found.head.dep_ == "poss" else 0.0
        else:
            main = subject and head.head.dep_ in ("ROOT", "ccomp", "conj")
            score += (1.5 if main else 0.5) - 0.75 * (distance - 1)
        return score + (0.25 if entity.named else 0.0) + min(len(entity.mentions), 4) * 0.05


def _of_a_party(found: Found) -> bool:
    """Whether what a pronoun owns is nobody's but a state's or a movement's: "its army", "their government"."""
    return found.head.dep_ == "poss" and found.head.head.lower_ in words_of("owned_by_parties")


def _sort(word: str) -> str | None:
    """Which of "he", "she", "it" and "they" a pronoun is a form of."""
    for sort in ("he", "she", "it", "they"):
        if word in words_of(f"pronouns_{sort}"):
            return sort
    return None


def _is_empty(pronoun: Token) -> bool:
    """Whether "it" may stand for nothing, as in "it is unclear": only one that speaks is taken for an actor."""
    if pronoun.lower_ != "it":
        return False
    verb = pronoun.head.lemma_
    return pronoun.dep_ != "nsubj" or (verb not in words_of("speaking") and verb not in words_of("doing_of_parties"))


def _gender(before: Found) -> str | None:
    """What a mention's title, office or first name tells of its gender."""
    heard = {t.lower_.rstrip(".") for t in before.sentence.tokens_in(before.start - LONGEST_TITLE, before.end)}
    if not words_of("women").isdisjoint(heard):
        return "she"
    return "he" if not words_of("men").isdisjoint(heard) else None


def topmost(head: Token) -> Token:
    """The token whose part in the sentence a mention plays: of "X and Y" the first."""
    while head.dep_ in ("conj", "appos", "compound", "nmod") and head.head.i < head.i:
        head = head.head
    return head


def _hangs_on(pronoun: Token, verb: Token) -> bool:
    """Whether a pronoun stands in the clause of a verb or in one that hangs on it."""
    at = pronoun
    for _ in range(8):
        if at.head is at:
            return False
        at = at.head
        if at == verb:
            return True
    return False


def _stands_beside(pronoun: Token, verb: Token) -> bool:
    """Whether a verb's clause stands before the pronoun's as its equal: "Jordan refuses to pay; its army …"."""
    return verb.dep_ in ("ccomp", "parataxis") and verb.i < pronoun.i and _hangs_on(pronoun, verb.head)


def _bound(antecedent: Token, pronoun: Token) -> bool:
    """Whether both are parts of one verb, so that they can't be the same: "Assad met him"."""
    if pronoun.dep_ == "poss":
        return False
    verb = pronoun.head.head if pronoun.dep_ == "pobj" else pronoun.head
    return topmost(antecedent).head == verb and not pronoun.lower_.endswith(("self", "selves"))
