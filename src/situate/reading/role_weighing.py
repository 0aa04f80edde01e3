"""Which of the actors and places around a trigger play which part: their seats weighed, all of a report at once.

What is seen of each seat (`role_seats.py`) is weighed together with what the encoder makes of its word and of the
trigger, by the network `roles`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from situate.contract import Picture
from situate.language import Document
from situate.reading.arguments import objects, subjects
from situate.reading.event_context import EventContext
from situate.reading.event_lists import carry_on
from situate.reading.event_weights import logistic, logit
from situate.reading.networks import Pairs, network
from situate.reading.role_bars import barred, in_other_clauses, owners_of_target
from situate.reading.role_seats import ROLES, Seats

if TYPE_CHECKING:
    from situate.reading.candidates import Candidate

COLUMNS = ("actor", "recipient", "third", "place")  # outputs of the network
_FIELD = {"actor": "actors", "recipient": "recipients", "third": "third", "place": "places"}
_LEAST = {"actor": 0.35, "recipient": 0.4, "third": 0.15, "place": 0.35}  # for the likeliest of a role
_MET = 0.3  # the same for whom a deed is done to that is always done to somebody
_TO_SOMEBODY = frozenset({"ACCUSE", "REQUEST", "SUPPORT", "COOPERATE", "AID", "SANCTION", "THREATEN", "COERCE"})
_FURTHER = {"actor": 0.5, "recipient": 0.6, "third": 0.3, "place": 0.5}  # for others beside it
_SUFFERED = frozenset(
    {"targeted", "beat", "torture", "abduct", "arrest"}
)  # modes of harm that somebody's own noun tells
_OWNED, _OF_OTHERS = "owner actor", "of recipient"  # slots of the frame, with the role that it gives them
_SIDES = ("actor", "recipient")
_IN_A_LIST = 1.0  # how far the sums of two who stand in one list may lie apart
_ELSEWHERE = 0.5  # how much less likely one of another sentence is where the verb's own words fill the role
_EQUAL = 1.0  # the sum that a side has at least where it is one of two equal ones
_BESIDE = 1.5  # how much less likely one is to act whom nothing tells to, where the grammar tells who does
_AS_PART_OF = ("pobj", "prep:of", "pobj", "prep:as")
_NEVER = 9.0  # how far below even odds the sum of one lies who can't play a role
Sums = dict[str, dict[str, float]]  # role: id: logit


class RoleWeigher:
    """Weighs who plays what part in the events of one report."""

    def __init__(self, picture: Picture, document: Document) -> None:
        self.seats = Seats(picture, document)

    def settle(self, candidates: Sequence[Candidate], context: EventContext) -> None:
        """Sets the parts of all candidates by weight: who is likely enough to play a role, and likelier than another.

        Candidates come in text order, with the parts that the grammar gives.
        """
        for c, sums in zip(candidates, self._sums(candidates, context), strict=True):
            _make_equal(c, sums)
            self._make_victims(c, sums)
            for ids in self.seats.listed(c.sentence):
                _make_alike(ids, sums)
            self._keep_to_told(c, sums)
            self._bar(c, sums)
            self._keep_to_doers(c, sums)
            for roles in ROLES.values():
                for role in roles:
                    _choose(c, role, sums, [o for o in roles if o != role])
        carry_on(candidates, self.seats.named)

    def _keep_to_told(self, c: Candidate, sums: Sums) -> None:
        """Those of other sentences play no part that the verb's own subject or object is told to play.

        "Missiles hit a depot" tells what was hit, though no party: those fought before aren't meant.
        """
        if c.part != "verb":
            return
        here: set[str] | None = None
        for role, find in (("actor", subjects), ("recipient", objects)):
            told = [t for t in find(c.token) if t.pos_ in ("NOUN", "PROPN")]
            if told and sums[role]:
                here = self.seats.named(c.sentence) if here is None else here
                sums[role].update({i: s - _ELSEWHERE for i, s in sums[role].items() if i not in here})

    def _bar(self, c: Candidate, sums: Sums) -> None:
        """Takes from those their roles who can't have them, and lets who owns the target of a deed suffer it."""
        here = self.seats.mentioned(c.sentence)
        for role, id_ in barred(c, here):
            sums[role][id_] = -_NEVER
        for id_ in owners_of_target(c, here):
            if id_ in sums["recipient"]:
                sums["actor"][id_] = -_NEVER
                sums["recipient"][id_] = max(sums["recipient"][id_], _EQUAL)
        if c.part == "verb" and objects(c.token):
            for id_ in in_other_clauses(c, here):
                sums["recipient"][id_] = sums["recipient"].get(id_, 0.0) - _ELSEWHERE

    def _keep_to_doers(self, c: Candidate, sums: Sums) -> None:
        """Who stands beside those who are told to do it hardly does it too.

        But those do whom a list names together with them, and those as whose part they do it.
        """
        acting, slots = sums["actor"], c.parts.slots
        enough = logit(_LEAST["actor"])
        told = {id_ for id_, s in acting.items() if s >= enough and slots.get(id_, "").endswith(" actor")}
        if told:
            told.update(id_ for ids in self.seats.listed(c.sentence) if told.intersection(ids) for id_ in ids)
            told.update(m.id for m in self.seats.mentioned(c.sentence) if m.way.labels[:4] == _AS_PART_OF)
            others = (id_ for id_ in acting if id_ not in told)
            beside = [id_ for id_ in others if slots.get(id_, " open").endswith((" open", " recipient"))]
            acting.update({id_: acting[id_] - _BESIDE for id_ in beside})

    def _make_victims(self, c: Candidate, sums: Sums) -> None:
        """People who own a harm suffer it: "his arrest", "the minister's murder", unless it is said to be of others."""
        if c.part != "noun" or c.sense.mode not in _SUFFERED or any(s == _OF_OTHERS for s in c.parts.slots.values()):
            return
        for id_, slot in c.parts.slots.items():
            if slot == _OWNED and self.seats.is_of_people(id_) and id_ in sums["recipient"]:
                sums["recipient"][id_] = max(sums["recipient"][id_], _EQUAL)
                sums["actor"][id_] = -_EQUAL

    def _sums(self, candidates: Sequence[Candidate], context: EventContext) -> list[Sums]:
        """How likely each actor or place plays each of its layer's roles, by candidate."""
        pairs = Pairs(network("roles"))
        whose: list[tuple[Sums, str, str]] = []
        out: list[Sums] = []
        for n, c in enumerate(candidates):
            sums: Sums = {role: {} for role in COLUMNS}
            out.append(sums)
            left = pairs.word("left", n, c.state)
            for layer in ROLES:
                for id_, seats in self.seats.of(c, layer, context).items():
                    for seat in seats:
                        pairs.add(left, pairs.word("right", seat.at, seat.state), seat.pieces)
                        whose.append((sums, layer, id_))
            context.note(c.type, c.parts)
        for (sums, layer, id_), row in zip(whose, pairs.scores(), strict=True):
            for role, score in zip(COLUMNS, row, strict=True):
                if role in ROLES[layer]:
                    sums[role][id_] = max(score, sums[role].get(id_, score))
        return out


def _choose(c: Candidate, role: str, sums: Mapping[str, Mapping[str, float]], roles: Sequence[str]) -> None:
    """Sets one role of a candidate; `roles` are the others that the same ones may play."""
    others = [sums[o] for o in roles]
    least = _MET if role == "recipient" and c.type in _TO_SOMEBODY else _LEAST[role]
    enough = logit(least) - 1e-6
    likely = [(s, id_) for id_, s in sums[role].items() if s >= enough and all(s >= o.get(id_, s) for o in others)]
    likely.sort(key=lambda x: -x[0])
    chosen = [(p, id_) for n, (s, id_) in enumerate(likely) if (p := logistic(s)) >= (_FURTHER[role] if n else least)]
    getattr(c.parts, _FIELD[role])[:] = [id_ for _, id_ in chosen]
    c.parts.odds |= {(role, id_): p for p, id_ in chosen}


def _make_alike(ids: Sequence[str], sums: Sums) -> None:
    """Those whom one list names play much the same part: none is far less likely to than the likeliest of them."""
    for role in _SIDES:
        of_role = sums[role]
        least = max((of_role[i] for i in ids if i in of_role), default=0.0) - _IN_A_LIST
        of_role.update({i: max(of_role[i], least) for i in ids if i in of_role})


def _make_equal(c: Candidate, sums: Sums) -> None:
    """Sides that the grammar makes equal ("clashed with", "talks between") are all actors, none a recipient.

    Whom somebody meets, or meets with, is one who is met, where somebody else meets him.
    """
    met = any(slot == "subject actor" for slot in c.parts.slots.values())
    with_ = "with both" if c.part == "verb" and c.sense.frame.name == "meet" else "object both"
    for id_, slot in c.parts.slots.items():
        if met and slot in ("object both", with_) and id_ in sums["recipient"]:
            sums["recipient"][id_] = max(sums["recipient"][id_], sums["actor"].get(id_, _EQUAL), _EQUAL)
            sums["actor"][id_] = -_EQUAL
        elif slot.endswith(" both") and id_ in sums["actor"]:
            sums["actor"][id_] = max(sums["actor"][id_], sums["recipient"].get(id_, _EQUAL), _EQUAL)
            sums["recipient"][id_] = -_EQUAL
