"""The gate before the encoder: which sentences could tell of anything.

A sentence opens the gate with a word of conflict, politics or flight (`gate.txt`, made by `training/build_gate.py`), or
with a name of a place or a people. The encoder reads a window of sentences if any of them opens it. `benchmarks.gate`
measures what that loses (entries in windows that stay closed) and saves.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from situate.language.document import Document, Sentence

_NAMES = frozenset({"GPE", "NORP", "LOC", "FAC"})


@cache
def words() -> frozenset[str]:
    """The words that open the gate, in lower case, read once a process."""
    lines = (files("situate.language") / "gate.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def telling(document: Document) -> frozenset[int]:
    """The indexes of the sentences that open the gate."""
    known = words()
    return frozenset(s.index for s in document.sentences if _opens(s, known))


def _opens(sentence: Sentence, known: frozenset[str]) -> bool:
    return any(t.lower_ in known or t.ent_type_ in _NAMES for t in sentence.tokens)
