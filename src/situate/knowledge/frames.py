"""Word frames: which words show a kind of entry, and on which grammatical path each role stands.

The data files `control.yaml`, `movements.yaml` and `relations.yaml` hold them; each says in its header how.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from situate.errors import SituateError

_FIELDS = {
    "words",
    "part",
    "particles",
    "objects",
    "subjects",
    "toward",
    "under",
    "governors",
    "without",
    "objectless",
    "roles",
    "gives",
    "only",
    "needs",
    "lone",
    "name",
    "weight",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying a thing.

    `words`: lemmas of the word that shows it. `part`: verb, noun, adjective, or hyphen (the last part of "rebel-held").
    Conditions: `particles`, small words of which the verb needs one; `without`, small words that rule the frame out;
    `objectless`, whether the verb may have no object ("they ran"); `objects`, `subjects` and `toward`, lemmas of which
    one must be the verb's object ("take control"), its subject, or what follows its "to"; `under`, prepositions that
    must govern the noun; `governors`, lemmas of which one must govern the word ("vow to"). Meaning: `roles`, for each
    role the paths to try, the first that leads anywhere counts; `only`, the kinds of actor or place that may stand in a
    role; `needs`, roles of which one must be known; `lone`, roles that the only place of the sentence fills where the
    grammar leads nowhere; `gives`, what it means, by role or by keyword; `weight`, how far such an entry is right by
    itself, 0 to 1.
    """

    name: str
    words: tuple[str, ...]
    part: str
    roles: Mapping[str, tuple[str, ...]]
    gives: Mapping[str, str]
    particles: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    objectless: bool = False
    objects: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    toward: frozenset[str] = frozenset()
    under: frozenset[str] = frozenset()
    governors: frozenset[str] = frozenset()
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    lone: frozenset[str] = frozenset()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The frames of a layer by the lemma that shows them, and the layer's further word lists."""

    frames: Mapping[str, tuple[Frame, ...]]
    hyphens: Mapping[str, tuple[Frame, ...]]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)


@cache
def lexicon(layer: str) -> Lexicon:
    """The word frames of a layer, read once a process."""
    name = f"{layer}.yaml"
    data = yaml.safe_load((files("situate.knowledge") / "data" / name).read_text(encoding="utf-8"))
    plain: dict[str, list[Frame]] = {}
    hyphens: dict[str, list[Frame]] = {}
    for row in data["frames"]:
        frame = _frame(row, name)
        into = hyphens if frame.part == "hyphen" else plain
        for word in frame.words:
            into.setdefault(word, []).append(frame)
    return Lexicon(
        {k: tuple(v) for k, v in plain.items()},
        {k: tuple(v) for k, v in hyphens.items()},
        {k: frozenset(_words(v)) for k, v in data.get("lists", {}).items()},
        data.get("weights", {}),
    )


def _frame(row: dict[str, Any], file: str) -> Frame:
    if unknown := set(row) - _FIELDS:
        raise SituateError(f"{file}: a frame has the unknown field {sorted(unknown)[0]!r}; known are {sorted(_FIELDS)}")
    words = tuple(_words(row["words"]))
    return Frame(
        name=row.get("name", words[0]),
        words=words,
        part=row.get("part", "verb"),
        roles={k: tuple(p.strip() for p in v.split(",")) for k, v in row.get("roles", {}).items()},
        gives=row.get("gives", {}),
        particles=frozenset(_words(row.get("particles"))),
        without=frozenset(_words(row.get("without"))),
        objectless=row.get("objectless", False),
        objects=frozenset(_words(row.get("objects"))),
        subjects=frozenset(_words(row.get("subjects"))),
        toward=frozenset(_words(row.get("toward"))),
        under=frozenset(_words(row.get("under"))),
        governors=frozenset(_words(row.get("governors"))),
        only={k: frozenset(_words(v)) for k, v in row.get("only", {}).items()},
        needs=frozenset(_words(row.get("needs"))),
        lone=frozenset(_words(row.get("lone"))),
        weight=row.get("weight", 1.0),
    )


def _words(value: str | list[str] | None) -> list[str]:
    if value is None:
        return []
    return [str(w) for w in value] if isinstance(value, list) else value.split()
