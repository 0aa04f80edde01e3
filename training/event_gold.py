"""The corpus's annotation of events, laid beside what the reader finds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from situate.contract import Picture
from situate.reading.candidates import Candidate

Where = list[tuple[int, int]]
GOLD_FIELDS = {"actor": "actors", "recipient": "recipients", "third": "third_parties", "place": "places"}


class Gold:
    """Where a report's annotated events are told, and whom the reader's actors and places stand for."""

    def __init__(self, text: str, gold: dict[str, Any], picture: Picture) -> None:
        from gold_words import find, to_sentence_end  # the corpus's own way from quotes to offsets
        from score import Links  # and from predicted actors to annotated ones

        self.report = picture.report.id
        self.events: list[dict[str, Any]] = gold["events"]
        self.mentions: list[tuple[set[str], Where, Where, int]] = []
        for n, event in enumerate(self.events):
            types = {event["type"], *(event.get("also") or [])}
            for m in [event, *(event.get("other_mentions") or [])]:
                sentences = [to_sentence_end(text, s) for s in find(text, m.get("sentence"), m.get("nth"))]
                self.mentions.append((types, find(text, m.get("trigger"), near=sentences), sentences, n))
        predicted = picture.to_dict()
        self._links = {k: Links(text, gold[k], predicted[k], k == "actors") for k in ("actors", "places")}

    def label(self, candidates: list[Candidate]) -> list[bool]:
        """Which candidates are right: on an annotated trigger, or in its sentence where none stands on it."""
        right = [False] * len(candidates)
        for types, triggers, sentences, _ in self.mentions:
            of_class = [i for i, c in enumerate(candidates) if c.type in types]
            on = [i for i in of_class if _meets(candidates[i].trigger.span, triggers)]
            for i in on or [i for i in of_class if _meets(candidates[i].trigger.span, sentences)]:
                right[i] = True
        return right

    def number_of(self, c: Candidate, strict: bool = True) -> int | None:
        """Which annotated event a candidate tells: that on whose trigger it stands; else, if not strict, that of its
        sentence, where there is only one of its class."""
        on = [n for types, triggers, _, n in self.mentions if c.type in types and _meets(c.trigger.span, triggers)]
        if on or strict:
            return on[0] if on else None
        near = {n for types, _, sentences, n in self.mentions if c.type in types and _meets(c.trigger.span, sentences)}
        return near.pop() if len(near) == 1 else None

    def event_of(self, c: Candidate) -> dict[str, Any] | None:
        """The annotated event that a candidate tells."""
        n = self.number_of(c, strict=False)
        return None if n is None else self.events[n]

    def right_entries(self, some: list[Candidate]) -> list[bool]:
        """Which events are right, each annotated one once: those on its own trigger before others in its sentences."""
        scored = []
        for i, c in enumerate(some):
            for k, (types, triggers, sentences, n) in enumerate(self.mentions):
                if c.type in types and _meets(c.trigger.span, sentences):
                    first = k == 0 or self.mentions[k - 1][3] != n
                    on = _meets(c.trigger.span, triggers)
                    scored.append((not (on and first), not on, i, n))
        right, taken = [False] * len(some), set()
        for *_, i, n in sorted(scored):
            if not right[i] and n not in taken:
                right[i] = True
                taken.add(n)
        return right

    def stands_for(self, layer: str, id_: str, names: Iterable[str]) -> bool:
        """Whether a predicted actor or place stands for one of the annotated names."""
        return bool(self._links[layer].names.get(id_, set()) & set(names))


def _meets(span: tuple[int, int], others: Where) -> bool:
    return any(span[0] < e and s < span[1] for s, e in others)
