"""Ties weighed: of every two actors that meet in a sentence, how likely the report states that they stand together,
against each other, or talk, and how exactly.

The network `ties` (`training/fit_ties.py`) weighs how the words tie the two together, which frames of
`relations.yaml` fire, and what the two do to each other in the whole report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from situate.contract import Picture, RelationKind, Sign
from situate.language import Document, Sentence
from situate.reading.meetings import ActorMentions, Meeting, between, nearest, seen, side, weigh
from situate.reading.networks import network

SIGNS: dict[RelationKind, Sign] = {
    "allied": 1, "backs": 1, "supplies": 1, "commands": 1, "part_of": 1, "negotiates_with": 0,
    "rivals": -1, "opposes": -1, "fights": -1,
}  # fmt: skip
SYMMETRIC: tuple[RelationKind, ...] = ("allied", "rivals", "opposes", "fights", "negotiates_with")
_DIRECTED: tuple[RelationKind, ...] = ("backs", "supplies", "commands", "part_of")
# Outputs of the network: each kind, "backs>" from the first in the text to the second; then a tie of each sign at all.
KINDS: tuple[tuple[RelationKind, str], ...] = (
    *((kind, "") for kind in SYMMETRIC),
    *((kind, turn) for kind in _DIRECTED for turn in "><"),
)
SIGN_COLUMNS: dict[Sign, int] = {1: len(KINDS), -1: len(KINDS) + 1, 0: len(KINDS) + 2}
OUTPUTS = len(KINDS) + len(SIGN_COLUMNS)
_DEEDS = frozenset({"ASSAULT", "COERCE", "THREATEN", "ACCUSE", "SUPPORT", "COOPERATE", "AID"})
_MANY = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What a word frame says of two actors."""

    sentence: Sentence
    source: str
    target: str
    kind: RelationKind
    frame: str


@dataclass(frozen=True, slots=True)
class WeighedTie:
    """The likeliest tie of one sign between two actors, where first and second are named, and how likely it is."""

    sentence: Sentence
    at: int
    until: int
    source: str
    target: str
    kind: RelationKind
    score: float


class TieWeigher:
    """Weighs the ties of one report; `told` is what word frames say, `together` who is named side by side."""

    def __init__(
        self, document: Document, picture: Picture, told: Iterable[Told], together: set[frozenset[str]]
    ) -> None:
        self._document, self._mentioned = document, ActorMentions(picture)
        self._together = together
        actors = picture.actors
        self._country = {a.id: a.country for a in actors}
        self._kind: dict[str, str] = {a.id: a.kind for a in actors}
        self._named = {a.id: min(len(a.mentions), 8) // 2 for a in actors}
        ranked = sorted(actors, key=lambda a: -len(a.mentions))
        self._rank = {a.id: min(n, 3) for n, a in enumerate(ranked)}
        self._members = {(a.id, m) for a in actors for m in a.member_of}
        self._told: defaultdict[tuple[int, str, str], list[str]] = defaultdict(list)
        self._anywhere: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for t in told:
            self._told[t.sentence.index, t.source, t.target] += [f"{t.kind} {t.frame}", t.kind]
            self._anywhere[t.source, t.target][t.kind] += 1
        self._deeds: defaultdict[tuple[int, str, str], set[str]] = defaultdict(set)
        self._done: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._note_events(picture)

    def _note_events(self, picture: Picture) -> None:
        for event in picture.events:
            sentence = self._document.sentence_at(event.trigger.start)
            if sentence is None:
                continue
            sides: list[tuple[str, str, str]] = [(a, b, event.type) for a in event.actors for b in event.recipients]
            sides += [(a, b, f"with {event.type}") for a in event.actors for b in event.actors]
            for a, b, deed in sides:
                self._deeds[sentence.index, a, b].add(deed)
                self._done[a, b]["with" if deed.startswith("with") else deed] += 1

    def meetings(self) -> Iterator[Meeting]:
        """Every two actors of every sentence, the first in the text as `left`."""
        met: Counter[frozenset[str]] = Counter()
        some: list[tuple[Sentence, list[tuple[Meeting, frozenset[str]]]]] = []
        for sentence in self._document.sentences:
            here = self._mentioned.of(sentence)
            found = []
            for a, b in nearest(combinations(here, 2)):
                pair = frozenset((a.id, b.id))
                crowd = between(a, b, here)
                features = [*seen(sentence, a, b), f"others {crowd}", *self._of_pair(sentence, a.id, b.id)]
                one, other = side(self._document, sentence, a), side(self._document, sentence, b)
                found.append((Meeting(sentence, one, other, features), pair))
                met[pair] += 1
            some.append((sentence, found))
        for _, found in some:
            for meeting, pair in found:
                meeting.features.append(f"met {min(met[pair], 5)}")
                yield meeting

    def _of_pair(self, sentence: Sentence, a: str, b: str) -> Iterator[str]:
        """What is seen of two actors beyond the words of the sentence."""
        kinds = f"{self._kind[a]} {self._kind[b]}"
        one, other = self._country[a], self._country[b]
        yield f"rank {self._rank[a]} {self._rank[b]}"
        yield f"mentions {self._named[a]} {self._named[b]}"
        yield f"country {one == other if one and other else 'open'} {kinds}"
        if frozenset((a, b)) in self._together:
            yield "together"
        for turn, x, y in ((">", a, b), ("<", b, a)):
            yield from (f"rule{turn} {t}" for t in self._told.get((sentence.index, x, y), ()))
            yield from (f"event{turn} {deed}" for deed in self._deeds.get((sentence.index, x, y), ()))
            for kind, n in self._anywhere.get((x, y), {}).items():
                yield f"told{turn} {kind} {min(n, _MANY)}"
                yield f"told {kind}"
            for deed, n in self._done.get((x, y), {}).items():
                yield f"anywhere{turn} {deed}"
                if deed in _DEEDS or deed == "with":
                    yield f"done{turn} {deed} {min(n, _MANY)}"
                    yield f"done{turn} {deed} {self._kind[x]} {self._kind[y]}"
            if (x, y) in self._members:
                yield f"member{turn}"
                yield f"member{turn} {self._kind[x]} {self._kind[y]}"

    def ties(self) -> dict[tuple[frozenset[str], Sign], WeighedTie]:
        """The likeliest tie of each sign between every two actors that meet."""
        out: dict[tuple[frozenset[str], Sign], WeighedTie] = {}
        meetings = list(self.meetings())
        for meeting, odds in zip(meetings, weigh(meetings, network("ties")), strict=True):
            pair = frozenset((meeting.left.id, meeting.right.id))
            for sign, column in SIGN_COLUMNS.items():
                before = out.get((pair, sign))
                if before is None or odds[column] > before.score:
                    out[pair, sign] = _tie(meeting, odds, sign, odds[column])
        return out


def _tie(meeting: Meeting, odds: Sequence[float], sign: Sign, score: float) -> WeighedTie:
    best = max((n for n, (kind, _) in enumerate(KINDS) if SIGNS[kind] == sign), key=lambda n: odds[n])
    kind, turn = KINDS[best]
    source, target = (meeting.right, meeting.left) if turn == "<" else (meeting.left, meeting.right)
    at, until = sorted((source.at, target.at))
    return WeighedTie(meeting.sentence, at, until, source.id, target.id, kind, score)
