"""The movements that the model suggests, and which of the people and places it names for them the words bear out."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from situate.contract import MovementKind, Status
from situate.knowledge.frames import lexicon
from situate.language import Document, Proposal, Role, Sentence
from situate.reading.arguments import objects, subjects
from situate.reading.movement_candidates import MovementCandidate, opened, stays
from situate.reading.movement_origins import speakers
from situate.reading.movement_who import PEOPLE, is_share, mover_words
from situate.reading.names import Names
from situate.reading.phrases import NOUNS, after, possessors, preposition_of, together
from situate.reading.standing import negated, standing

_AGAINST = {  # prepositions that rule an end out
    "origin": frozenset({"to", "into", "onto", "toward", "towards", "for"}),
    "destination": frozenset({"from", "through", "via", "past"}),
}
_ALONG = frozenset({"along"})  # forces are deployed along a line; others only pass there
_RELATIVE = frozenset({"WP", "WDT", "WP$"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def suggested(document: Document, names: Names, least: float, role_least: float) -> Iterator[MovementCandidate]:
    """The movements that the model suggests with at least a score, and the roles it gives them."""
    for sentence, proposal in document.proposals("movements"):
        token = sentence.token_at(proposal.start) if proposal.score >= least else None
        if token is None or negated(token) or stays(token):
            continue
        roles = [r for r in proposal.roles if r.score >= role_least]
        near = [r for r in roles if r.role == "who" and not _acts_aside(sentence, r, token)]
        movers = _movers(sentence, token, near)
        who = _named(names, movers) or _named(names, near)
        known = _Ends(names, sentence, token, proposal.label)  # type: ignore[arg-type]
        origin, destination = (known.place([r for r in roles if r.role == end]) for end in ("origin", "destination"))
        if not (who or destination):
            continue
        yield MovementCandidate(
            sentence=sentence,
            at=(proposal.start, proposal.end),
            kind=_kind(names, sentence, proposal, who),
            who=who,
            who_span=_who_span(sentence, token, movers),
            origin=origin,
            destination=destination if destination != origin else None,
            means=None,
            status=_status(names, proposal, token),
            agreement=None,
            score=proposal.score,
            frame="suggested",
        )


def moves(candidate: MovementCandidate) -> bool:
    """Whether the words that the model picks can tell of a movement at all: one doesn't move by digging in."""
    words = candidate.sentence.tokens_in(*candidate.at)
    return any(t.lemma_.lower() in lexicon("movements").lists["moving"] for t in words)


def _kind(names: Names, sentence: Sentence, proposal: Proposal, who: tuple[str, ...]) -> MovementKind:
    """What the model says, but whom a way was opened for is evacuated, and one person's leaving is no withdrawal."""
    if proposal.label == "displacement" and opened(sentence):
        return "evacuation"
    if proposal.label == "withdrawal" and who and all(names.actors[a].kind == "person" for a in who):
        return "other"
    return proposal.label  # type: ignore[return-value]


def _named(names: Names, roles: list[Role]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a for r in roles if (a := names.index.actors.at(r.start, r.end))))


def _status(names: Names, proposal: Proposal, token: Token) -> Status:
    """How a suggested movement stands: as the event at the same word, or as the model or the grammar has it."""
    if (event := names.index.events.at(proposal.start, proposal.end)) is not None:
        return event.status
    statuses: dict[Status, float] = proposal.details.get("status", {})  # type: ignore[assignment]
    return max(statuses, key=lambda s: statuses[s]) if statuses else standing(token)


def _acts_aside(sentence: Sentence, role: Role, trigger: Token) -> bool:
    """Whether the model takes the doer of another clause for who moves: "the deal by which the army returns"."""
    word = head(sentence, role)
    if word is None or word.dep_ not in _SUBJECTS:
        return False
    clause = word.head
    return clause.dep_ == "relcl" and clause != trigger and clause not in trigger.ancestors


def _movers(sentence: Sentence, trigger: Token, roles: list[Role]) -> list[Role]:
    """Of the words that the model takes for who moves, those that the grammar does too, if there are any."""
    told = _told(trigger)
    heads = [(r, head(sentence, r)) for r in roles]
    borne = [r for r, h in heads if h is not None and (h in told or told & set(after(h, "of")) or h.head.head in told)]
    return borne or roles


def _told(trigger: Token) -> set[Token]:
    """Who moves or is moved as the grammar has it."""
    noun = trigger.pos_ in ("NOUN", "PROPN")
    found = [*after(trigger, "of"), *possessors(trigger)] if noun else [*subjects(trigger), *objects(trigger)]
    return {t for first in found for t in (first, *first.conjuncts)}


def _who_span(sentence: Sentence, trigger: Token, movers: list[Role]) -> tuple[int, int] | None:
    """The words of the sentence for who moves, the first of them, without what only leads on ("soldiers from")."""
    if shares := [
        t for t in _told(trigger) if is_share(t) and not any(r.start <= sentence.where(t)[0] < r.end for r in movers)
    ]:
        return mover_words(sentence, shares[0])  # "3 million people, half of them displaced"
    first = next((r for r in movers if sentence.start <= r.start < sentence.end), None)
    if first is None:
        return None
    words = sentence.tokens_in(first.start, first.end)
    while len(words) > 1 and (words[-1].pos_ not in NOUNS or words[-1].tag_ in _RELATIVE):
        words.pop()
    told, word = sentence.where(words[0], words[-1]), head(sentence, first)
    meant = told if word is None else mover_words(sentence, word)
    return min(told[0], meant[0]), max(told[1], meant[1])


def head(sentence: Sentence, role: Role) -> Token | None:
    """The word of a role that the rest of its sentence hangs it on; None in another sentence."""
    if not sentence.start <= role.start < sentence.end:
        return None
    words = sentence.tokens_in(role.start, role.end)
    return next((t for t in words if t.head == t or t.head not in words), None)


class _Ends:
    """Which places the words allow for the ends of one movement."""

    def __init__(self, names: Names, sentence: Sentence, trigger: Token, kind: MovementKind) -> None:
        self.names, self.sentence, self.trigger, self.kind = names, sentence, trigger, kind

    def place(self, roles: list[Role]) -> str | None:
        """The place that the model is surest of, of those that the words allow."""
        allowed = (r for r in sorted(roles, key=lambda r: -r.score) if self._allowed(r))
        return next((p for r in allowed if (p := self.names.index.places.at(r.start, r.end))), None)

    def _allowed(self, role: Role) -> bool:
        word = head(self.sentence, role)
        if word is None:
            return self._told_before(role)
        if speakers(self.names, (role.start, role.end), self.sentence.where(self.trigger)):
            return False
        preposition = preposition_of(word)
        if preposition in _AGAINST[role.role] or (preposition in _ALONG and self.kind != "deployment"):
            return False
        here = word
        while here != self.trigger and here.head != here:
            if here.dep_ == "relcl" and self.trigger in here.ancestors:
                return False  # "those who had fled to Goma returned"
            here = here.head
        return True

    def _told_before(self, role: Role) -> bool:
        """Whether a sentence leaves an end to the one before it: it names no place, and no other words stand there."""
        sentence = self.names.document.sentence_at(role.start)
        if sentence is None or not 0 <= self.sentence.paragraph - sentence.paragraph <= 1:
            return False
        again = any(t.lower_ in PEOPLE for t in _told(self.trigger))  # "they": their way is told before
        if again or sentence.index != self.sentence.index - 1:
            return False
        return not self._said(role.role)

    def _said(self, end: str) -> bool:
        """Whether the clause has words of its own for an end: "fled their homes", "went to the hills"."""
        if end == "destination":
            return any(after(self.trigger, p) for p in ("to", "into", "toward", "towards"))
        left = together(c for c in self.trigger.children if c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN"))
        return bool(left and subjects(self.trigger)) or bool(after(self.trigger, "from"))
