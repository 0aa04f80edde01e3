"""What a person says of incidents, as decisions: that some are one, that some reports tell another, or neither.

It is said of pairs of entries, so that it holds whatever incidents come to later (`pins`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from situate.errors import SituateError
from situate.picture.incident import Incident
from situate.picture.pins import standing_pins
from situate.store.decisions import INCIDENT, Decision, DecisionKind
from situate.store.listed import Listed


@dataclass(frozen=True, slots=True)
class Said:
    """Who says something, when (ISO, UTC), and why."""

    who: str
    made_at: str
    comment: str | None = None

    def of(self, entry: str, kind: DecisionKind, other: str) -> Decision:
        """The decision on two entries, by their keys."""
        return Decision(entry, kind, self.who, self.made_at, INCIDENT, None, other, self.comment)


def together(incidents: Iterable[Incident], said: Said) -> list[Decision]:
    """That incidents are one: each entry of one is one with each of the others.

    So that they stay together where some of them turn out to be of another incident.
    """
    pairs = combinations(incidents, 2)
    return [said.of(a.key, "accept", b.key) for one, other in pairs for a in one.entries for b in other.entries]


def apart(incident: Incident, names: Sequence[str], said: Said) -> list[Decision]:
    """That what some of an incident's reports tell is another one: none of their entries is one with any of the others.

    A name is the beginning of a report's or an entry's key. Raises SituateError for one that none has, or if all do.
    """
    for name in names:
        if not any(_goes_by(e, name) for e in incident.entries):
            raise SituateError(f"{name}: no report of the incident {incident.id} has that key; see --why")
    out = [e for e in incident.entries if any(_goes_by(e, name) for name in names)]
    rest = [e for e in incident.entries if e not in out]
    if not rest:
        raise SituateError(f"{incident.id}: all of its reports would go; name those that tell of something else")
    return [said.of(e.key, "reject", other.key) for e in out for other in rest]


def taken_back(decisions: Iterable[Decision], of: Incident, said: Said) -> list[Decision]:
    """That what the same person said last of an incident is not to stand, all that was said at once.

    `decisions` are all on the entries of which somebody said something. Raises SituateError where nothing stands.
    """
    own = [d for d in standing_pins(decisions) if d.who == said.who]
    keys = {e.key for e in of.entries}
    last = max((d.made_at for d in own if d.entry_key in keys or d.after in keys), default=None)
    if last is None:
        raise SituateError(f"nothing that {said.who} said of the incident {of.id} stands; there is nothing to undo")
    return [said.of(d.entry_key, "undo", d.after) for d in own if d.made_at == last]


def _goes_by(e: Listed, name: str) -> bool:
    return e.key.startswith(name)
