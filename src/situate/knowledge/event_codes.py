"""PLOVER's and CAMEO's own tables: classes with their modes, contexts and the words that show them, codes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from situate.errors import SituateError
from situate.knowledge.events import FOLDER, read


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code with what PLOVER's table makes of it."""

    code: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    meaning: str


@cache
def cameo() -> Mapping[str, CameoCode]:
    """The CAMEO codes of PLOVER's conversion table, by code."""
    path = FOLDER / "cameo.csv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(line for line in lines if not line.startswith("#"))
            return {
                r["code"]: CameoCode(
                    r["code"],
                    r["class"],
                    r["mode"] or None,
                    tuple(filter(None, r["contexts"].split(";"))),
                    r["meaning"],
                )
                for r in rows
            }
    except (OSError, KeyError) as e:
        raise SituateError(f"{path}: the CAMEO table can't be read ({e}); reinstall it or mend the file") from e


@cache
def modes() -> Mapping[str, frozenset[str]]:
    """The modes that each PLOVER class has."""
    return {type_: frozenset(names) for type_, names in read(FOLDER / "plover.yaml")["modes"].items()}


@cache
def _context_words() -> tuple[Mapping[str, str], frozenset[str]]:
    contexts = read(FOLDER / "plover.yaml")["contexts"]
    return {word: name for name, words in contexts.items() for word in words}, frozenset(contexts)


def context_names() -> frozenset[str]:
    """PLOVER's contexts."""
    return _context_words()[1]


def contexts_in(forms: Iterable[str]) -> set[str]:
    """The contexts that words, in lower case, show."""
    known = _context_words()[0]
    return {known[form] for form in forms if form in known}
