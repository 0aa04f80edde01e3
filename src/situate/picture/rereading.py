"""A report read again: what changed by it, and what stays because a person said that it is right.

Entries are the same where their keys are (`store/keys.py`): the words that they stand on. Ids are only names within a
picture, so pictures are compared with keys in their place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from situate.contract import LAYERS, Picture
from situate.store.keys import entry_keys

_POINTS_TO: Mapping[str, str] = {
    **dict.fromkeys(
        ("actors", "recipients", "third_parties", "parties", "guarantors", "who", "holder", "from", "to"), "actors"
    ),
    **dict.fromkeys(("forecaster", "member_of", "actor", "side"), "actors"),
    **dict.fromkeys(("places", "place", "origin", "destination"), "places"),
    **dict.fromkeys(("claim", "within"), "claims"),
    "time": "times",
    "quantity": "quantities",
    "agreement": "agreements",
    "event": "events",
}
_UNKEYED = ("times", "quantities")  # kept in the picture only: they are named by their words' place
Entry = dict[str, Any]
Rename = Callable[[str, str], str]  # a layer and an id in it


@dataclass(frozen=True, slots=True)
class Difference:
    """The keys of the entries of one layer that came, went, or say something else now."""

    layer: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def differences(before: Picture, after: Picture, report: str) -> list[Difference]:
    """What changed in each layer in which something did; `report` is the report's key."""
    old, new = _plain(before, report), _plain(after, report)
    found = []
    for layer in LAYERS:
        was, now = old[layer], new[layer]
        changed = tuple(key for key in was if key in now and was[key] != now[key])
        added, removed = tuple(k for k in now if k not in was), tuple(k for k in was if k not in now)
        if added or removed or changed:
            found.append(Difference(layer, added, removed, changed))
    return found


def carried(before: Picture, after: Picture, report: str, keys: Collection[str]) -> Picture:
    """The new picture, with those entries of the old one that have these keys and are not in it any more.

    What such an entry points to comes along where the new picture doesn't have it.
    """
    wanted = {each for key in keys for each in _with_elder(key)}
    lost = [(layer, entry.id) for layer, entry, key in entry_keys(before, report) if key in wanted]
    have = {(layer, key) for (layer, _), key in _names(after, report).items()}
    names = _names(before, report)
    lost = [each for each in lost if (each[0], names[each]) not in have]
    if not lost:
        return after
    move = _Move(before, after, report)
    for layer, old_id in lost:
        move.bring(layer, old_id)
    return Picture.from_json(json.dumps(move.into))


def _with_elder(key: str) -> Iterator[str]:
    """A key, and of a key like "…~3" those of the same words that are counted before it."""
    words, mark, number = key.rpartition("~")
    yield key
    if mark and number.isdecimal():
        yield words
        yield from (f"{words}~{n}" for n in range(2, int(number)))


class _Move:
    """Entries of an old picture on their way into a new one."""

    def __init__(self, before: Picture, after: Picture, report: str) -> None:
        self.into = after.to_dict()
        self._old = {(layer, entry["id"]): entry for layer, entry in _entries(before.to_dict())}
        self._names = _names(before, report)
        self._ids = {(layer, key): each for (layer, each), key in _names(after, report).items()}

    def bring(self, layer: str, old_id: str) -> str:
        """The id that the entry has in the new picture, once it is there."""
        key = self._names.get((layer, old_id))
        if key is None:
            return self._free(layer, old_id)  # it stood for nothing, and still does
        if (layer, key) not in self._ids:
            new_id = self._ids[layer, key] = self._free(layer, old_id)
            entry: Entry = {"id": new_id}
            self.into[layer].append(entry)
            entry.update(_renamed(self._old[layer, old_id], self.bring), id=new_id)
        return self._ids[layer, key]

    def _free(self, layer: str, old_id: str) -> str:
        """An id that no entry of the new picture has, nor points to."""
        taken = {entry["id"] for entry in self.into[layer]}
        return next(each for n in count(1) if (each := f"{old_id}k{n}") not in taken)


def _entries(picture: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    return ((layer, entry) for layer in LAYERS for entry in picture[layer])


def _names(picture: Picture, report: str) -> dict[tuple[str, str], str]:
    """The key of each entry, by layer and id."""
    names = {(layer, entry.id): key for layer, entry, key in entry_keys(picture, report)}
    for layer in _UNKEYED:
        seen: dict[str, int] = {}
        for entry in getattr(picture, layer):
            key = f"{report}.{layer}.{entry.span.start:07d}-{entry.span.end}"
            seen[key] = seen.get(key, 0) + 1
            names[layer, entry.id] = key if seen[key] == 1 else f"{key}~{seen[key]}"
    return names


def _plain(picture: Picture, report: str) -> dict[str, dict[str, str]]:
    """Each layer's entries by key, as JSON with keys instead of ids."""
    names = _names(picture, report)
    found: dict[str, dict[str, str]] = {layer: {} for layer in LAYERS}
    for layer, entry in _entries(picture.to_dict()):
        said = _renamed(entry, lambda to, each: names.get((to, each), each)) | {"id": None}
        found[layer][names[layer, entry["id"]]] = json.dumps(said, sort_keys=True)
    return found


def _renamed(value: Any, rename: Rename) -> Any:
    """A value of JSON with other ids where it points to entries."""
    if isinstance(value, list):
        return [_renamed(each, rename) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: _pointed(name, each, rename) for name, each in value.items()}


def _pointed(name: str, value: Any, rename: Rename) -> Any:
    layer = _POINTS_TO.get(name)
    if layer and isinstance(value, str):
        return rename(layer, value)
    if layer and isinstance(value, list):
        return [rename(layer, each) if isinstance(each, str) else _renamed(each, rename) for each in value]
    return _renamed(value, rename)
