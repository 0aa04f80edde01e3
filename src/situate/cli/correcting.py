"""Which fields of an entry a person may correct: those that the page offers, with the values that they take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from situate.cli.listing_options import Day, kinds_of, standings_of
from situate.errors import SituateError

if TYPE_CHECKING:
    from situate.store import Listed

NOTHING = "-"  # what a person types for "nothing stands here"
_DAYS = ("earliest", "latest")
# layer: the fields that hold actors or places, each with its role in a listing
_ROLES: Mapping[str, Mapping[str, str]] = {
    "events": {"actors": "actor", "recipients": "recipient", "places": "place"},
    "control": {"holder": "holder", "place": "place"},
    "movements": {"who": "mover", "origin": "origin", "destination": "destination"},
    "relations": {"from": "from", "to": "to"},
    "agreements": {"parties": "party", "places": "place"},
}
_SEVERAL = ("actors", "recipients", "places", "parties")


def fields_of(layer: str) -> list[str]:
    """The fields of a layer's entries that may be corrected."""
    kinds = [name for name, there in (("type", kinds_of(layer)), ("status", standings_of(layer))) if there]
    return [*kinds, *_DAYS, "source", *_ROLES.get(layer, ())]


def allowed_in(layer: str, field: str) -> Sequence[str]:
    """The values that a field takes; none where any words will do."""
    known = {"type": kinds_of, "status": standings_of}.get(field)
    values = known(layer) if known else None
    return values.values() if values else ()


def field_named(layer: str, name: str) -> str:
    """The field that goes by a name or the beginning of one. Raises SituateError where there is none, or several."""
    fields = fields_of(layer)
    found = [name] if name in fields else [field for field in fields if name and field.startswith(name)]
    if len(found) != 1:
        raise SituateError(f"{name}: not one field of {layer}; name one of {', '.join(fields)}")
    return found[0]


def value_of(layer: str, field: str, words: str) -> Any:
    """The value that words stand for, as the page keeps it. Raises SituateError for one that the field doesn't take."""
    words = "" if words.strip() == NOTHING else words.strip()
    if field in _SEVERAL:
        return [part.strip() for part in words.split(",") if part.strip()]
    if field in ("type", "status"):
        return _one_of(layer, field, words)
    if field in _DAYS and words:
        try:
            return Day(last=field == "latest").convert(words, None, None)
        except click.BadParameter as error:
            raise SituateError(f"{field}: {error.message}") from error
    return words or None


def _one_of(layer: str, field: str, words: str) -> str:
    known = {value.casefold(): value for value in allowed_in(layer, field)}
    value = known.get(words.casefold().replace("-", "_").replace(" ", "_"))
    if value is None:
        raise SituateError(f"{words}: no {field} of {layer}; name one of {', '.join(known.values())}")
    return value


def stands_in(row: Listed, field: str) -> Any:
    """What the reader found for a field."""
    if field == "who" and row.own["who"]:  # the words, where the mover is nobody known
        return row.own["who"]
    role = _ROLES.get(row.layer, {}).get(field)
    if role is None:
        return getattr(row, field)
    names = row.places_as(role) or row.actors_as(role)
    return names if field in _SEVERAL else next(iter(names), None)


def shown(value: Any) -> str:
    """A value as words; nothing as the sign for it."""
    return (", ".join(map(str, value)) if isinstance(value, list) else value and str(value)) or NOTHING
