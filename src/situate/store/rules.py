"""The rules of what readers see: what is withheld from them, and how coarse coordinates are shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Connection, select

from situate.errors import SituateError
from situate.store.side_tables import settings

NAME = "readers"
WITHHOLDABLE = ("claims", "events", "agreements", "movements", "control", "relations", "forecasts")
REVIEWS = ("unreviewed", "accepted", "corrected", "rejected", "unsure")
WIDEST = 5.0  # degrees of a cell
MOST, LONGEST = 500, 300


@dataclass(frozen=True, slots=True)
class Rules:
    """What readers don't see. `layers`, `actors` and `places` are withheld with their words; names and ids of actors
    and places mean what they mean in a filter. Entries in one of the `reviews` states are only not listed. `cell` is
    the side of the cells, in degrees, in whose middle coordinates are shown; 0: as they are.
    """

    layers: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    cell: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The rules as plain values, for JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Rules:
        """Rules from plain values. Raises SituateError where one can't be."""
        given = {f.name: values[f.name] for f in fields(cls) if f.name in values}
        lists = {name: _names(name, value) for name, value in given.items() if name != "cell"}
        for name, allowed in (("layers", WITHHOLDABLE), ("reviews", REVIEWS)):
            for value in lists.get(name, ()):
                if value not in allowed:
                    raise SituateError(f"{name}: {value!r} is none of {', '.join(allowed)}")
        return cls(**lists, cell=_cell(given.get("cell", 0.0)))


def _names(field: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or len(value) > MOST:
        raise SituateError(f"{field}: give a list of at most {MOST} names")
    if not all(isinstance(name, str) and name.strip() and len(name) <= LONGEST for name in value):
        raise SituateError(f"{field}: each is a name of 1 to {LONGEST} characters")
    return tuple(dict.fromkeys(name.strip() for name in value))


def _cell(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= WIDEST:
        raise SituateError(f"cell: {value!r} is not a number of degrees from 0 to {WIDEST:g}")
    return float(value)


def rules_of(connection: Connection) -> Rules:
    """The rules that hold."""
    query = select(settings.c.value).where(settings.c.name == NAME).order_by(settings.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return Rules.of(json.loads(row.value)) if row else Rules()


def keep_rules(connection: Connection, rules: Rules, who: str, made_at: str) -> None:
    """Let these rules hold from now on; those before stay in the trail."""
    value = json.dumps(rules.to_dict(), ensure_ascii=False)
    connection.execute(settings.insert(), {"name": NAME, "value": value, "who": who, "made_at": made_at})
