"""One window's logits become the names and proposals of its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from situate.language.document import Name, Proposal, Role
from situate.language.heads import Floats, Heads, Tagged, positions
from situate.language.windows import Window

FAINT = 0.15  # roles and ties below this score are not handed on
JOINED = ("actors", "places", "events", "movements", "cue", "source", "content", "time", "quantity")
ANCHOR = {"claims": "cue"}  # the head that tags a layer's anchors, where its name is another
FAR = 1  # sentences between a place and its holder, or two actors, that may still belong together


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a window says, each with the index of the sentence it belongs to."""

    names: list[tuple[int, Name]]
    proposals: list[tuple[int, Proposal]]
    topics: list[tuple[int, dict[str, dict[str, float]]]]


def suggestions(heads: Heads, window: Window, hidden: Floats, logits: Floats) -> Suggestions:
    """All that the heads see in a window: hidden states (T, width), logits (T, classes)."""
    seen = _Seen(heads, window, hidden, logits)
    proposals = [*seen.events(), *seen.movements(), *seen.claims(), *seen.sentences(), *seen.ties(), *seen.figures()]
    return Suggestions(seen.names(), proposals, seen.topics())


class _Seen:
    def __init__(self, heads: Heads, window: Window, hidden: Floats, logits: Floats) -> None:
        self.heads, self.window = heads, window
        at = positions(window.words)
        self.logits = logits[at]
        self.ends = [(index, logits[p]) for p, index in window.ends]
        self.tags: dict[str, list[Tagged]] = {k: heads.tagged(k, self.logits) for k in heads.spans}
        joined = sorted({w for k in JOINED for t in self.tags[k] for w in (t.first, t.last)})
        self.rows = {w: i for i, w in enumerate(joined)}
        self.sides = heads.sides(hidden[at[joined]]) if joined else None

    def where(self, tag: Tagged) -> tuple[int, int]:
        """A tag's offsets in the report."""
        return self.window.words[tag.first][1], self.window.words[tag.last][2]

    def index(self, word: int) -> int:
        """A word's sentence."""
        return self.window.words[word][3]

    def names(self) -> list[tuple[int, Name]]:
        """Actors and places."""
        return [
            (self.index(t.first), Name(*self.where(t), f"{label}:{t.label}", t.score))
            for layer, label in (("actors", "actor"), ("places", "place"))
            for t in self.tags[layer]
        ]

    def events(self) -> Iterator[tuple[int, Proposal]]:
        """Triggers with status and time; who plays what part the event reader's own network weighs."""
        yield from self._anchored("events", [("time", ("time",))], ("status", "mention"))

    def movements(self) -> Iterator[tuple[int, Proposal]]:
        """Triggers with status, who, from and to."""
        yield from self._anchored(
            "movements", [("actors", ("who",)), ("places", ("origin", "destination"))], ("status",)
        )

    def _anchored(
        self, layer: str, targets: list[tuple[str, tuple[str, ...]]], details: Iterable[str]
    ) -> Iterator[tuple[int, Proposal]]:
        anchors = self.tags[layer]
        found = [list[Role]() for _ in anchors]
        for kind, roles in targets:
            self._roles(layer, kind, roles, found)
        for tag, roles_ in zip(anchors, found, strict=True):
            said = {d: self.heads.word(d, self.logits[tag.first]) for d in details}
            yield self.index(tag.first), Proposal(layer, tag.label, *self.where(tag), tag.score, tuple(roles_), said)

    def _roles(self, layer: str, kind: str, roles: Sequence[str], found: list[list[Role]]) -> None:
        """Adds to the roles of each of the layer's anchors the words tagged `kind` that play one.

        As trained: anchors speak by their first word, targets by their last, parts of claims by their first.
        """
        anchors, targets = self.tags[ANCHOR.get(layer, layer)], self.tags[kind]
        if not anchors or not targets:
            return
        words = [t.first if layer == "claims" else t.last for t in targets]
        scores = self._joined(layer, [t.first for t in anchors], words)
        for r in roles:
            column = scores[:, :, self.heads.pairs[layer].index(r)]
            for a, t in np.argwhere(column >= FAINT):
                found[a].append(Role(r, *self.where(targets[t]), float(column[a, t])))

    def _joined(self, layer: str, anchors: Sequence[int], targets: Sequence[int]) -> Floats:
        sentence = np.array([w[3] for w in self.window.words])
        distance = sentence[list(targets)][None] - sentence[list(anchors)][:, None]
        assert self.sides is not None  # there are tags, or nobody would ask
        left, right = self.sides
        rows, columns = [self.rows[w] for w in anchors], [self.rows[w] for w in targets]
        return self.heads.joined(layer, left[rows], right[columns], distance)

    def claims(self) -> Iterator[tuple[int, Proposal]]:
        """Cues with their source and contents."""
        cues = self.tags["cue"]
        found = [list[Role]() for _ in cues]
        for role in ("source", "content"):
            self._roles("claims", role, (role,), found)
        for tag, roles in zip(cues, found, strict=True):
            yield self.index(tag.first), Proposal("claims", tag.label, *self.where(tag), tag.score, tuple(roles))

    def sentences(self) -> Iterator[tuple[int, Proposal]]:
        """Agreements and forecasts, told by whole sentences; their provisions and contents as roles."""
        for index, logits in self.ends:
            words = [w for w in self.window.words if w[3] == index]
            if not words:
                continue
            start, end = words[0][1], words[-1][2]
            kinds = self.heads.sentence("agreements", logits)
            kind = max(kinds, key=lambda k: kinds[k])
            if kinds[kind] >= FAINT:
                details = {"kind": kinds, "status": self.heads.sentence("agreement_status", logits)}
                roles = self._inside(index, "provision", "provision")
                yield index, Proposal("agreements", kind, start, end, kinds[kind], roles, details)
            likely = self.heads.sentence("forecasts", logits)["forecast"]
            if likely >= FAINT:
                yield (
                    index,
                    Proposal("forecasts", "forecast", start, end, likely, self._inside(index, "forecast", "content")),
                )

    def _inside(self, index: int, head: str, role: str) -> tuple[Role, ...]:
        """What a head tags in one sentence, as roles."""
        return tuple(Role(role, *self.where(t), t.score) for t in self.tags[head] if self.index(t.first) == index)

    def ties(self) -> Iterator[tuple[int, Proposal]]:
        """Who holds which place, and how two actors stand: pairs of mentions in the same or neighbouring sentences."""
        actors = self.tags["actors"]
        for layer, anchors, role in (("control", self.tags["places"], "holder"), ("relations", actors, "to")):
            if not anchors or not actors:
                continue
            scores = self._joined(layer, [t.last for t in anchors], [t.last for t in actors])
            for a, t, k in np.argwhere(scores >= FAINT):
                anchor, target = anchors[a], actors[t]
                if anchor is target or abs(self.index(anchor.last) - self.index(target.last)) > FAR:
                    continue
                score = float(scores[a, t, k])
                to = Role(role, *self.where(target), score)
                index = max(self.index(anchor.first), self.index(target.first))
                yield index, Proposal(layer, self.heads.pairs[layer][k], *self.where(anchor), score, (to,))

    def figures(self) -> Iterator[tuple[int, Proposal]]:
        """Figures and times that matter."""
        for head, layer in (("quantity", "quantities"), ("time", "times")):
            for t in self.tags[head]:
                yield self.index(t.first), Proposal(layer, t.label, *self.where(t), t.score)

    def topics(self) -> list[tuple[int, dict[str, dict[str, float]]]]:
        """What each sentence is about, by each of the topic heads."""
        yes_or_no = {"attack"}
        return [
            (
                index,
                {h: self.heads.topic(h, logits) for h in self.heads.topics}
                | {h: self.heads.sentence(h, logits) for h in yes_or_no & set(self.heads.sentences)},
            )
            for index, logits in self.ends
        ]
