"""The gate before the encoder: which sentences could tell of anything.

A sentence opens the gate with a word of conflict, politics or flight (`gate.txt`, made by `training/build_gate.py`),
with a name of a place or a people, or, where it has quotation marks, with a verb of speaking that everyday texts use as
well. The encoder reads a window of sentences if any of them opens it. `benchmarks.gate`
measures what that loses (entries in windows that stay closed) and saves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from situate.language.document import Document, Sentence

_NAMES = frozenset({"GPE", "NORP", "LOC", "FAC"})
_QUOTES = frozenset('"“”«»')


@dataclass(frozen=True, slots=True)
class Words:
    """The words that open the gate, in lower case: by themselves, and where the sentence has quotation marks."""

    alone: frozenset[str]
    quoting: frozenset[str]


@cache
def words() -> Words:
    """The words of `gate.txt`, read once a process."""
    lines = (files("situate.language") / "gate.txt").read_text(encoding="utf-8").splitlines()
    found = [line for line in lines if not line.startswith("#")]
    quoting = frozenset(line[1:] for line in found if line.startswith('"'))
    return Words(frozenset(line for line in found if not line.startswith('"')), quoting)


def telling(document: Document) -> frozenset[int]:
    """The indexes of the sentences that open the gate."""
    known = words()
    return frozenset(s.index for s in document.sentences if _opens(s, known))


def _opens(sentence: Sentence, known: Words) -> bool:
    if any(t.lower_ in known.alone or t.ent_type_ in _NAMES for t in sentence.tokens):
        return True
    quoted = any(t.text in _QUOTES for t in sentence.tokens)
    return quoted and any(t.lower_ in known.quoting for t in sentence.tokens)
