"""What the words of a report say of movements: who, from where, to where, by what means, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product

from spacy.tokens import Token

from situate.contract import Agreement, MovementKind, Status
from situate.knowledge.frames import Lexicon, lexicon
from situate.language import Document, Sentence
from situate.reading.arguments import subjects
from situate.reading.frames import Match, matches
from situate.reading.movement_origins import only_place, strayed
from situate.reading.movement_who import counted, mover_words, passengers
from situate.reading.names import Names
from situate.reading.phrases import has_particle, possessors
from situate.reading.standing import negated, present, standing

_CIVIL = frozenset({"civilians", "ethnic_or_religious_group", "aid_org", "media", "company", "other"})
_AWAY = frozenset({"withdrawal", "evacuation", "displacement"})
_LEAVING = frozenset({"surrender", "evacuation", "reconciliation", "humanitarian_access"})


@dataclass(frozen=True, slots=True)
class MovementCandidate:
    """What one place in the report says of a movement, before mentions of the same are put together.

    `at` are the offsets of the word that shows it, `score` how far it is right by itself (0 to 1), `frame` which way of
    saying it was found.
    """

    sentence: Sentence
    at: tuple[int, int]
    kind: MovementKind
    who: tuple[str, ...]
    who_span: tuple[int, int] | None
    origin: str | None
    destination: str | None
    means: tuple[int, int] | None
    status: Status
    agreement: str | None
    score: float
    frame: str


def candidates(document: Document, names: Names, agreements: Sequence[Agreement] = ()) -> Iterator[MovementCandidate]:
    """The movements that word frames show, in text order."""
    words = lexicon("movements")
    for match in matches(document, words):
        yield from _Told(match, names, words, agreements).candidates()


class _Told:
    """One word frame, read."""

    def __init__(self, match: Match, names: Names, words: Lexicon, agreements: Sequence[Agreement]) -> None:
        self.match, self.names, self.words = match, names, words
        self.sentence, self.token, self.at = match.sentence, match.token, match.span
        self.agreement = _under(agreements, match)
        self.provided = self.agreement is not None and any(
            x.span.start <= self.at[0] < x.span.end for x in self.agreement.provisions
        )

    def candidates(self) -> Iterator[MovementCandidate]:
        """A candidate for every pair of ends; one, where the words count who moves."""
        if negated(self.token) or stays(self.token) or self.token.dep_ == "amod":  # "displaced people" are no movement
            return
        tokens, who, kind = self._movers()
        origins, destinations = self._places("origin"), self._places("destination")
        ends = {"origin": origins, "destination": destinations}
        if kind is None or not (tokens or origins or destinations):
            return
        if self.match.frame.needs and not any(ends.get(role) for role in self.match.frame.needs):
            return
        status = self._status()
        origins = tuple(p for p in origins if p not in destinations)
        if kind in _AWAY and not origins:
            origins = only_place(self.match, self.names, destinations)
        movers = who or self._others()
        who_span = mover_words(self.sentence, tokens[0]) if tokens else None
        pairs = list(product(origins or (None,), destinations or (None,)))
        once = counted(self.names, self.sentence, who_span) is not None
        for origin, destination in pairs[:1] if once else pairs:  # the same people aren't counted twice
            yield MovementCandidate(
                sentence=self.sentence,
                at=self.at,
                kind=kind,
                who=movers,
                who_span=who_span,
                origin=origin,
                destination=destination,
                means=self._means(tokens[0] if tokens else self.token),
                status=status,
                agreement=self.agreement.id if self.agreement else None,
                score=self._score(bool(movers), bool(origin or destination or self._said())),
                frame=self.match.frame.name,
            )

    def _status(self) -> Status:
        """How it stands: as the event at the same word does, unless it is provided or waits for its turn."""
        if self._waits(self.match.role("who")):
            return "planned"
        event = self.names.index.events.at(*self.at)
        status = event.status if event is not None else standing(_let(self.token))
        if self._goes_on():
            return "ongoing"
        if status == "actual" and self._insisted():
            return "planned"
        return "offered" if self.provided and status in ("actual", "planned") else status

    def _goes_on(self) -> bool:
        """Whether a noun is what is said to go on now: "the return of refugees goes on"."""
        verb = self.token.head
        lasts = verb.lemma_.lower() in self.words.lists["lasting"] or (verb.lemma_ == "go" and has_particle(verb, _ON))
        return self.token.dep_ == "nsubj" and lasts and present(verb) and not negated(verb)

    def _insisted(self) -> bool:
        """Whether it is only demanded, in the subjunctive: "they insist that the families return"."""
        bare = self.token.tag_ in ("VB", "VBP") and not any(c.dep_ == "aux" for c in self.token.children)
        insists = self.token.head.lemma_.lower() in self.words.lists["insisting"]
        return bare and insists and self.token.dep_ == "ccomp"

    def _movers(self) -> tuple[list[Token], tuple[str, ...], MovementKind | None]:
        """The words for who moves, the actors they name, and the kind of movement."""
        tokens = self.match.role("who")
        if self._waits(tokens):
            tokens = _who_waits(tokens[0]) or tokens
        if not tokens:
            return [], (), self.match.frame.gives.get("nobody")  # type: ignore[return-value]
        if tokens[0].lemma_.lower() in self.words.lists["means"]:
            aboard = passengers(tokens[0])
            who = self.names.every_actor(self.sentence, aboard)
            return aboard or tokens, who, self._kind((), tokens)
        who = self.names.every_actor(self.sentence, tokens)
        return tokens, who, self._kind(who, tokens)

    def _waits(self, tokens: list[Token]) -> bool:
        """Whether the words speak of somebody's turn, which is still to come."""
        return any(t.lemma_.lower() in self.words.lists["turns"] for t in tokens)

    def _kind(self, who: tuple[str, ...], tokens: list[Token]) -> MovementKind | None:
        """What kind of movement it is, by who moves: an actor of a kind, forces, civilians, or anybody.

        Who may leave under a deal that ends a siege or opens a way is evacuated.
        """
        gives = self.match.frame.gives
        sorts: list[str] = []
        if who:
            kind = self.names.actors[who[0]].kind
            general = () if kind == "person" else ("civilians",) if kind in _CIVIL else ("forces",)
            sorts = [kind, *general, "any"]
        else:
            sort = next((s for t in tokens for s in _SORTS if t.lemma_.lower() in self.words.lists[s]), None)
            sort = sort or ("civilians" if all(t.pos_ == "NUM" for t in tokens) else None)  # "uprooted 800,000"
            sort = "rides" if tokens[0].lemma_.lower() in self.words.lists["provided"] else sort
            sorts = [sort, "any"] if sort else []
        given = next((gives[s] for s in sorts if s in gives), None)
        leaving = self.provided and self.agreement is not None and self.agreement.kind in _LEAVING
        driven = (told := self._means(tokens[0])) is not None and self._rides(told)
        if (given in ("displacement", "other") and leaving) or (given == "displacement" and opened(self.sentence)):
            return "evacuation"
        if given in ("displacement", "withdrawal") and driven and self.match.frame.part == "verb":
            return "evacuation"
        return given  # type: ignore[return-value]

    def _score(self, named: bool, placed: bool) -> float:
        weights = self.words.weights
        bare = 1.0 if placed or self.agreement else weights["bare"]
        weight = max(self.match.frame.weight, weights["provided"] if self.provided else 0.0)
        title = weights["title"] if is_title(self.sentence, self.names.document) else 1.0
        return weight * bare * title * (1.0 if named else weights["nameless"])

    def _said(self) -> bool:
        """Whether a pronoun stands for an end, if it isn't known for which: "withdraw from it"."""
        return any(t.pos_ == "PRON" for r in ("origin", "destination") for t in self.match.role(r))

    def _rides(self, means: tuple[int, int]) -> bool:
        """Whether the means are such as others provide: buses, corridors."""
        return any(t.lemma_.lower() in self.words.lists["provided"] for t in self.sentence.tokens_in(*means))

    def _others(self) -> tuple[str, ...]:
        """Who moves, where the words name nobody: whose forces are sent, or the fighters of the deal."""
        if sent := self.names.every_actor(self.sentence, self.match.role("sender")):
            return sent
        parties = self.agreement.parties if self.agreement and self.provided else ()
        return tuple(a for a in parties if self.names.actors[a].kind == "armed_group")

    def _places(self, role: str) -> tuple[str, ...]:
        paths = chain(self.match.roles(role), strayed(self.match, role))
        found = next((p for tokens in paths if (p := self.names.every_place(self.sentence, tokens))), ())
        allowed = self.match.frame.only.get(role)
        return tuple(p for p in found if self.names.places[p].kind in allowed) if allowed else found

    def _means(self, moved: Token) -> tuple[int, int] | None:
        """By what means: as the grammar says, or else the vehicles of the same clause or provision."""
        vehicles = self.words.lists["means"]
        ways = vehicles | self.words.lists["ways"]
        if told := next((t for t in self.match.role("means") if t.lemma_.lower() in ways), None):
            return self.sentence.where(told.left_edge, told)
        if moved.lemma_.lower() in vehicles:
            return self.sentence.where(moved.left_edge, moved)
        if aboard := [
            t
            for b in self.token.doc[self.token.i : self.token.sent.end]
            if b.lower_ == "aboard"
            for t in b.children
            if t.dep_ == "pobj"
        ]:
            return self.sentence.where(aboard[0].left_edge, aboard[0])
        near = (t for t in (self.sentence.tokens if self.provided else self.token.subtree) if not named(t))
        last = next(
            (t for t in reversed(list(near)) if t.lemma_.lower() in vehicles and t.pos_ in ("NOUN", "PROPN")), None
        )
        return self.sentence.where(last.left_edge, last) if last is not None else None


def _let(verb: Token) -> Token:
    """The verb whose standing counts: what somebody is asked to let people do isn't done."""
    return verb.head if verb.dep_ in ("ccomp", "xcomp") and verb.tag_ == "VB" and verb.head.lemma_ == "let" else verb


def _who_waits(turn: Token) -> list[Token]:
    """Whose turn it is: who does what lasts until then ("they stay until it is their turn to go")."""
    clause = turn.head
    return subjects(clause.head) if clause.dep_ == "advcl" else possessors(turn)


def stays(token: Token) -> bool:
    """Whether a word tells what didn't come or remained: "wasn't able to return", "the men left in the town"."""
    able = token.head.head if token.head.dep_ == "acomp" else token.head
    if token.dep_ == "xcomp" and negated(able):
        return True
    passive = token.dep_ == "acl" or any(c.dep_ == "auxpass" for c in token.children)
    return token.lemma_.lower() == "leave" and token.tag_ == "VBN" and passive


def opened(sentence: Sentence) -> bool:
    """Whether a sentence speaks of a way that was opened for people to leave; "the Lachin corridor" is but a place."""
    ways = lexicon("movements").lists["opened"]
    return any(t.lemma_.lower() in ways and not named(t) for t in sentence.tokens)


def named(noun: Token) -> bool:
    """Whether a noun is part of a name: "the Lachin corridor"."""
    return any(c.pos_ == "PROPN" and c.dep_ == "compound" for c in noun.lefts)


def is_title(sentence: Sentence, document: Document) -> bool:
    """Whether a sentence is the headline over a report, which sums up what is told below."""
    ends = document.text[sentence.start : sentence.end].rstrip()[-1:]
    return sentence.index == 0 and len(document.sentences) > 1 and (ends.isalnum() or ends in "'’")


_ON = frozenset({"on"})
_SORTS = ("forces", "civilians", "aid")


def _under(agreements: Sequence[Agreement], match: Match) -> Agreement | None:
    """The agreement that the sentence of a match speaks of; the nearest, if more than one."""
    start, end = match.sentence.start, match.sentence.end
    spoken = [a for a in agreements if any(start <= e.start and e.end <= end for e in a.evidence)]
    held = [a for a in spoken if any(x.span.start <= match.span[0] < x.span.end for x in a.provisions)]
    return next(iter([*held, *spoken]), None)
