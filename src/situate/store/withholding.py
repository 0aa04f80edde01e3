"""What of one report readers don't see, and the report as they see it.

What is withheld is withheld with its words: these are blacked out in the text, and whatever else rests on one of them
is withheld too. So nothing that is shown repeats what isn't, and all offsets stay right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from situate.contract import Actor, Entry, EventQuantity, Furniture, Picture, Place, Report, Span
from situate.store.keys import KEPT_LAYERS, entry_keys, merged_key
from situate.store.roles import actor_roles, place_roles

BLACK = "█"
_NAMED = ("actors", "places")
_UNKEYED = ("times", "quantities")
_ONE = ("actor", "within", "time", "claim", "quantity", "agreement", "event", "forecaster", "side")  # fields that point
_MANY = ("member_of",)
_SHORTEST = 3  # letters of a name that is looked for in the text


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be withheld: layers, merged keys of actors and places, keys of single entries."""

    layers: frozenset[str] = frozenset()
    merged: frozenset[str] = frozenset()
    entries: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.layers or self.merged or self.entries)


@dataclass(frozen=True, slots=True)
class Withheld:
    """The keys of a report's withheld entries, and its picture without them."""

    keys: frozenset[str]
    picture: Picture


def withhold(picture: Picture, report: str, marks: Marks) -> Withheld | None:
    """What the marks withhold of the report with that key; None where it is nothing."""
    keyed = list(entry_keys(picture, report))
    found = _direct(picture, report, keyed, marks)
    if not found:
        return None
    names = _names(entry for layer, entry, key in keyed if key in found and layer in _NAMED)
    masks = _merged([*_words(entry for _, entry, key in keyed if key in found), *_said(picture.report.text, names)])
    found |= {key for layer, entry, key in keyed if layer not in _NAMED and _touches(entry, masks)}
    found |= {key for layer, entry, key in keyed if layer in _NAMED and not _left(entry, masks)}
    found |= _linked(picture, keyed, {entry.id for layer, entry, key in keyed if layer in _NAMED and key in found})
    left = _with(picture, [each for each in keyed if each[2] not in found], masks)
    return Withheld(frozenset(found), replace(left, report=_blackened(picture.report, report, masks)))


def only(picture: Picture, report: str, keys: Collection[str]) -> Picture:
    """The picture with those of its entries alone that have one of the keys."""
    keyed = list(entry_keys(picture, report))
    return _with(picture, [each for each in keyed if each[2] in keys], [])


def _direct(picture: Picture, report: str, keyed: Sequence[tuple[str, Entry, str]], marks: Marks) -> set[str]:
    """The keys of what the marks name, and of what the actors and places that they name take part in."""
    actors_and_places: tuple[Actor | Place, ...] = (*picture.actors, *picture.places)
    named = {entry.id for entry in actors_and_places if merged_key(entry, report) in marks.merged}
    named |= {entry.id for layer, entry, key in keyed if layer in _NAMED and key in marks.entries}
    own = {key for layer, entry, key in keyed if layer in marks.layers or key in marks.entries or entry.id in named}
    return own | _linked(picture, keyed, named)


def _linked(picture: Picture, keyed: Iterable[tuple[str, Entry, str]], ids: set[str]) -> set[str]:
    """The keys of the entries in which one of the actors or places takes part."""
    found = set()
    for layer, entry, key in keyed:
        roles = (*actor_roles(entry, picture), *place_roles(entry, picture)) if layer not in _NAMED else ()
        if any(one in ids for _, some in roles for one in some):
            found.add(key)
    return found


def _words(value: Any) -> Iterator[Span]:
    """All words that an entry, or entries, hold."""
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _words(getattr(value, field.name))
    elif not isinstance(value, str) and isinstance(value, Iterable):
        for item in value:
            yield from _words(item)


def _names(entries: Iterable[Entry]) -> set[str]:
    """How the text calls these actors and places by name."""
    found = set()
    for entry in entries:
        if isinstance(entry, Actor | Place):
            found |= {entry.name, *(m.text for m in entry.mentions if m.form in ("name", "alias"))}
    return {name for name in found if len(name) >= _SHORTEST}


def _said(text: str, names: set[str]) -> Iterator[Span]:
    """Where the text has one of the names, also where no reader saw it."""
    for name in sorted(names):
        pattern = r"\s+".join(map(re.escape, name.split()))
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) if pattern else ():
            yield Span(match.start(), match.end(), match[0])


def _merged(words: Iterable[Span]) -> list[tuple[int, int]]:
    """The stretches that the words cover, in order."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in words if span.end > span.start):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _hit(span: Span, masks: Iterable[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in masks)


def _touches(entry: Any, masks: Sequence[tuple[int, int]]) -> bool:
    return any(_hit(span, masks) for span in _words(entry))


def _left(entry: Any, masks: Sequence[tuple[int, int]]) -> bool:
    """Whether an actor or a place is still named somewhere."""
    return not entry.mentions or any(not _hit(mention, masks) for mention in entry.mentions)


def _with(picture: Picture, keyed: Iterable[tuple[str, Entry, str]], masks: Sequence[tuple[int, int]]) -> Picture:
    """The picture with these entries alone, and what has none of the masked words."""
    layers: dict[str, list[Any]] = {name: [] for name in (*KEPT_LAYERS, *_UNKEYED)}
    for layer, entry, _ in keyed:
        layers[layer].append(entry)
    for layer in _UNKEYED:
        layers[layer] = [entry for entry in getattr(picture, layer) if not _touches(entry, masks)]
    ids = {entry.id for some in layers.values() for entry in some}
    kept: dict[str, Any] = {
        name: tuple(_pointing(entry, ids, masks) for entry in some) for name, some in layers.items()
    }
    return replace(picture, **kept)


def _blackened(report: Report, key: str, masks: Iterable[tuple[int, int]]) -> Report:
    """The report without the words, and without title, author and address, under its key."""
    letters = list(report.text)
    for start, end in masks:
        letters[start:end] = [BLACK if letter != "\n" else letter for letter in letters[start:end]]
    text = "".join(letters)
    furniture = tuple(Furniture(f.start, f.end, text[f.start : f.end], f.kind) for f in report.furniture)
    return replace(report, id=key, text=text, title=None, byline=None, url=None, furniture=furniture)


def _pointing(entry: Any, ids: set[str], masks: Sequence[tuple[int, int]]) -> Any:
    """The entry less what it says of entries that are gone."""
    changes: dict[str, Any] = {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name in _ONE and isinstance(value, str) and value not in ids:
            changes[field.name] = None
        elif field.name in _MANY:
            changes[field.name] = tuple(one for one in value if one in ids)
        elif field.name == "mentions" and isinstance(entry, Actor | Place):
            changes[field.name] = tuple(mention for mention in value if not _hit(mention, masks))
        elif field.name == "quantities":
            changes[field.name] = tuple(q for q in value if not isinstance(q, EventQuantity) or q.quantity in ids)
    return replace(entry, **changes) if changes else entry
