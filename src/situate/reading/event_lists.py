"""Who goes on doing what a list tells: "The coalition conducted nine strikes. … Near the bridge, two strikes hit …".

A list names the doer once, above. Where a later item tells the same kind of deed by the same word and names nobody who
could have done it, the doer told above is meant, provided that the report has told of only one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from situate.knowledge.events import lexicon
from situate.language import Sentence

if TYPE_CHECKING:
    from situate.reading.candidates import Candidate

Named = Callable[[Sentence], Iterable[str]]  # the ids of the actors whom a sentence names


def carry_on(candidates: Sequence[Candidate], named: Named) -> None:
    """Gives the later items of lists their doer. Candidates come in text order, with their parts settled."""
    told: dict[tuple[str, str], tuple[set[str], list[str]]] = {}
    for c in candidates:
        deed = (c.type, c.token.lemma_.lower())
        here = {*named(c.sentence)}
        known = told.get(deed)
        if (
            known is not None
            and not c.parts.actors
            and _is_item(c)
            and not here - {*c.parts.recipients, *c.parts.third}
        ):
            _give(c, *known)
        elif c.parts.actors:
            told.setdefault(deed, (set(), [*c.parts.actors]))[0].update(c.parts.actors)


def _is_item(c: Candidate) -> bool:
    """Whether a noun is counted or told apart from one before: "two strikes", "another raid"."""
    further = lexicon().words["further"]
    return c.part == "noun" and any(t.dep_ == "nummod" or t.lower_ in further for t in c.token.children)


def _give(c: Candidate, every: set[str], doers: Sequence[str]) -> None:
    """Makes the doers of a deed told before those of a candidate, if they are the only ones told of."""
    if every != {*doers}:
        return
    met = [i for i in c.parts.recipients if i not in every]
    if met == c.parts.recipients or (met and not any(i in c.parts.slots for i in every)):
        c.parts.recipients[:] = met
        c.parts.actors += doers
        c.parts.paths |= dict.fromkeys(doers, f"who did it, by '{c.token.text}' told before")
