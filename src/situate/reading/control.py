"""Control entries: who holds, takes, loses, contests or besieges a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from situate.contract import Control, ControlState, Picture, Status
from situate.knowledge.frames import lexicon
from situate.language import Document, Sentence
from situate.reading.frames import Compound, Match, compounds, matches
from situate.reading.names import Names
from situate.reading.standing import attempted, present, standing

_HOLDERS = frozenset(
    {"state", "government", "military", "police", "armed_group", "political_group", "international_org", "other"}
)
_LASTING = frozenset({"holds", "besieges", "occupies", "patrols"})


@dataclass(frozen=True, slots=True)
class ControlCandidate:
    """What one place in the report says of control, before mentions of the same are put together."""

    sentence: Sentence
    at: int
    place: str
    holder: str
    state: ControlState
    status: Status
    score: float
    frame: str


class ControlReader:
    """Reads the layer `control`."""

    layer = "control"
    version = "1"

    def read(self, document: Document, picture: Picture) -> Sequence[Control]:
        """The layer's entries in text order."""
        if not picture.actors or not picture.places:
            return []
        names = Names(document, picture)
        found: dict[tuple[str, str, str], ControlCandidate] = {}
        for candidate in candidates(document, names):
            found.setdefault((candidate.place, candidate.holder, candidate.state), candidate)
        kept = sorted(found.values(), key=lambda c: c.at)
        return [_entry(document, names, c, f"k{i}") for i, c in enumerate(kept, 1)]


def _entry(document: Document, names: Names, c: ControlCandidate, identifier: str) -> Control:
    evidence = document.evidence(c.sentence)
    claim = names.index.claim_of(c.at, c.at + 1)
    time = names.time_of(c.sentence, c.at)
    return Control(
        identifier, c.place, c.holder, c.state, c.status, evidence, time=time, claim=claim.id if claim else None
    )


def candidates(document: Document, names: Names) -> Iterator[ControlCandidate]:
    """What the words of a report say of control, in no special order."""
    words = lexicon("control")
    for match in matches(document, words):
        yield from (c for c in _of_match(match, names) if names.actors[c.holder].kind in _HOLDERS)
    for compound in compounds(document, words):
        yield from _of_compound(compound, names)


def _of_match(match: Match, names: Names) -> Iterator[ControlCandidate]:
    sentence, token = match.sentence, match.token
    places = next((p for t in match.roles("place") if (p := names.every_place(sentence, t))), ())
    if allowed := match.frame.only.get("place"):
        places = tuple(p for p in places if names.places[p].kind in allowed)
    if not places:
        return
    status = standing(token)
    tried = attempted(token)
    for role, given in match.frame.gives.items():
        state: ControlState = given  # type: ignore[assignment]
        actors = next((a for t in match.roles(role) if (a := names.every_actor(sentence, t))), ())
        if allowed := match.frame.only.get(role):
            actors = tuple(a for a in actors if names.actors[a].kind in allowed)
        for place in places:
            for actor in actors:
                made = ControlCandidate(
                    sentence, match.span[0], place, actor, state, _status(status, state, match), 1.0, match.frame.name
                )
                if tried and state in ("captured", "lost"):
                    made = replace(made, state="contests" if state == "captured" else "holds", status="actual")
                elif status not in ("actual", "ongoing"):
                    continue
                yield made


def _status(status: Status, state: ControlState, match: Match) -> Status:
    if status == "actual" and state in _LASTING and present(match.token):
        return "ongoing"
    return status


def _of_compound(compound: Compound, names: Names) -> Iterator[ControlCandidate]:
    holder = names.pointed(compound.sentence, *compound.left)
    place = names.place_after(compound.sentence, compound.left[0], compound.end)
    if holder and place:
        state: ControlState = compound.frame.gives["holder"]  # type: ignore[assignment]
        yield ControlCandidate(
            compound.sentence, compound.left[0], place, holder, state, "actual", 1.0, compound.frame.name
        )
