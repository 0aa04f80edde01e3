"""Who plays no part in an event although named beside it, as the grammar shows: weights alone don't see it.

- What a clause with "where" describes is the scene of what it tells, not one of its doers.
- Who is named within the target of a deed doesn't do it, nor does the owner of the target.
- Whose deed is the condition of a threat or vow isn't for that the one who is threatened.
- Who is named only in a relative clause of something else is hardly met by what another clause tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Token

from situate.reading.role_mentions import Mentioned, way

if TYPE_CHECKING:
    from situate.reading.candidates import Candidate

_CLIMB = 6  # steps from a trigger up to the clause that it stands in
_SUBJECTS = ("nsubj", "nsubjpass")


def barred(c: Candidate, here: Sequence[Mentioned]) -> Iterator[tuple[str, str]]:
    """Roles with the actors, of those mentioned in the sentence, who don't play them."""
    for role, at in (("actor", _described(c.token)), ("actor", _target(c)), ("recipient", _conditions(c.token))):
        if at:
            yield from ((role, id_) for id_ in _only_there(here, at) if not _told_to(c, id_, role))


def owners_of_target(c: Candidate, here: Sequence[Mentioned]) -> list[str]:
    """Who owns the target by a pronoun that names nobody yet: the only one named before it, if nobody else is."""
    for noun in _targets(c):
        owned = next((t for t in noun.children if t.dep_ == "poss" and t.tag_ == "PRP$"), None)
        if owned is not None and not any(m.way.at[0] == owned.i for m in here):
            within = set(_target(c))
            before = {m.id for m in here if m.way.at[0] < owned.i and m.way.at[0] not in within}
            named = {id_ for id_ in before if not _told_to(c, id_, "actor")}
            return [*named] if len(named) == 1 else []
    return []


def in_other_clauses(c: Candidate, here: Sequence[Mentioned]) -> list[str]:
    """Who is named only in relative clauses that the trigger doesn't stand in, and to whom no slot leads."""
    own = set(way(c.token).at)
    inside: dict[str, bool] = {}
    for m in here:
        apart = any(label == "relcl" and i not in own for i, label in zip(m.way.at, m.way.labels, strict=True))
        inside[m.id] = apart and inside.get(m.id, True)
    return [id_ for id_, apart in inside.items() if apart and id_ not in c.parts.slots]


def _told_to(c: Candidate, id_: str, role: str) -> bool:
    """Whether a slot of the frame other than a mere word before the noun gives somebody the role."""
    slot = c.parts.slots.get(id_, "")
    return slot.endswith((f" {role}", " both")) and not slot.startswith("modifier ")


def _only_there(here: Sequence[Mentioned], at: Sequence[int]) -> list[str]:
    """Those who are mentioned in the sentence at some words and nowhere else."""
    elsewhere = {m.id for m in here if m.way.at[0] not in at}
    return [id_ for id_ in dict.fromkeys(m.id for m in here) if id_ not in elsewhere]


def _described(token: Token) -> list[int]:
    """The noun that the clause with "where" describes in which a word stands, and the nouns that it is set beside."""
    for _ in range(_CLIMB):
        if token.dep_ == "relcl":
            break
        token = token.head
    words = {t.lower_ for t in token.children if t.dep_ == "advmod"}
    if token.dep_ != "relcl" or "where" not in words or not any(t.dep_ in _SUBJECTS for t in token.children):
        return []
    noun, out = token.head, [token.head.i]
    while noun.dep_ == "appos":
        noun = noun.head
        out.append(noun.i)
    return out


def _targets(c: Candidate) -> list[Token]:
    """The nouns that a deed told by a noun is against."""
    if c.part != "noun":
        return []
    ways = (p for p in c.token.children if p.dep_ == "prep" and p.lower_ == "against")
    return [t for p in ways for t in p.children if t.dep_ == "pobj"]


def _target(c: Candidate) -> list[int]:
    """Where the words stand that name what a deed told by a noun is against."""
    return [t.i for noun in _targets(c) for t in noun.subtree if t.i > c.token.i]


def _conditions(token: Token) -> list[int]:
    """The subjects of the conditions below a verb: "vows to stay unless the rebels leave"."""
    clauses = [t for t in token.children if t.dep_ == "advcl"]
    found = [t for t in clauses if any(m.dep_ == "mark" and m.lower_ in ("if", "unless") for m in t.children)]
    return [s.i for clause in found for s in clause.children if s.dep_ in _SUBJECTS]
