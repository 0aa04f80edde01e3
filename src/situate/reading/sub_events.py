"""Which ACLED sub-event type an event is, by its sense, its weapon, and who acts on whom (`acled.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from situate.knowledge.events import FOLDER, Sense, read
from situate.reading.instruments import Weapon

_BY_WEAPON = frozenset({"by_sides", "by_victims", "by_instrument", "by_explosion"})  # a weapon's type goes before them
_OWN_MANNER = frozenset({"chemical", "suicide", "grenade"})  # weapons that name the type whatever the sense says


@dataclass(frozen=True, slots=True)
class Sides:
    """The kinds of the actors and of the recipients of an event, its sentence's words and its own in lower case."""

    actors: frozenset[str]
    recipients: frozenset[str]
    words: frozenset[str]
    trigger: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Case:
    then: str
    actor: frozenset[str] | None
    recipient: frozenset[str] | None
    words: frozenset[str]
    trigger: frozenset[str]

    def holds(self, sides: Sides) -> bool:
        """Whether all its conditions do."""
        return (
            (self.actor is None or bool(self.actor & sides.actors))
            and (self.recipient is None or bool(self.recipient & sides.recipients))
            and (not self.words or bool(self.words & sides.words))
            and (not self.trigger or bool(self.trigger & sides.trigger))
        )


@dataclass(frozen=True, slots=True)
class _Rules:
    likely: Mapping[str, tuple[_Case, ...]]  # by name: what is likeliest
    told: Mapping[str, tuple[_Case, ...]]  # by the name of a rule or of a sub-event type: what the words bear


@cache
def _rules() -> _Rules:
    data = read(FOLDER / "acled.yaml")
    groups = {name: frozenset(kinds) for name, kinds in data["groups"].items()}

    def case(raw: Mapping[str, Any]) -> _Case:
        actor, recipient = (groups[raw[k]] if k in raw else None for k in ("actor", "recipient"))
        words, trigger = (frozenset(raw.get(k, ())) for k in ("words", "trigger"))
        return _Case(raw["then"], actor, recipient, words, trigger)

    likely, told = ({k: tuple(map(case, cases)) for k, cases in data[name].items()} for name in ("rules", "told"))
    return _Rules(likely, told)


def open_to_weapons(sense: Sense) -> bool:
    """Whether the type of an event read in a sense hangs on its weapon."""
    return sense.acled in _BY_WEAPON


def sub_event(sense: Sense, weapon: Weapon | None, sides: Sides, *, told: bool = False) -> str | None:
    """The sub-event type of an event read in a sense: the likeliest, or only one that is `told`, if any is."""
    rules, own = _rules(), sense.acled or ""
    plain = own not in rules.likely and sense.type == "ASSAULT"
    if weapon and weapon.acled and (open_to_weapons(sense) or (plain and weapon.kind in _OWN_MANNER)):
        return weapon.acled
    cases = rules.told.get(own) if told else None
    cases = rules.likely.get(own) if cases is None else cases
    if cases is None:
        return sense.acled
    return next((case.then for case in cases if case.holds(sides)), None)
