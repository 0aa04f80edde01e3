"""Which reports are copies of one text: republications and near-duplicates.

Reports whose words are mostly the same (Jaccard similarity of 4-word shingles, estimated by MinHash) are one text.
The original is the one that another names as its source, else the earliest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from situate.store import KeptText

SAME = 0.35  # of shingles: an edited republication shares 0.4 and more, two reports of one event less than 0.1
CANDIDATES = 0.2  # where the index is asked: lower, so that hardly one at SAME slips through; then all are compared
PERMUTATIONS = 128
SHINGLE = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Copies:
    """Reports that are one text, the original first, by their keys."""

    original: str
    copies: tuple[str, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        """All of them."""
        return (self.original, *self.copies)


def copies(texts: Iterable[KeptText]) -> list[Copies]:
    """The texts that stand in more than one report, in the order of their originals. Texts come by date."""
    from datasketch import MinHash, MinHashLSH

    index, order = MinHashLSH(threshold=CANDIDATES, num_perm=PERMUTATIONS), dict[str, int]()
    signatures: dict[str, MinHash] = {}
    group: dict[str, str] = {}
    for text in texts:
        order[text.key] = len(order)
        signature = signatures[text.key] = _signature(text.text)
        near = [k for k in index.query(signature) if signature.jaccard(signatures[k]) >= SAME]
        near.sort(key=lambda k: order[k])
        first = group[near[0]] if near else text.key
        for other in {group[k] for k in near}:  # this one shows that they are one text
            for key, of in group.items():
                if of == other:
                    group[key] = first
        group[text.key] = first
        index.insert(text.key, signature)
    together: dict[str, list[str]] = {}
    for key in sorted(group, key=lambda k: order[k]):
        together.setdefault(group[key], []).append(key)
    return [Copies(keys[0], tuple(keys[1:])) for keys in together.values() if len(keys) > 1]


def _signature(text: str) -> Any:
    from datasketch import MinHash

    words = _WORD.findall(text.lower())
    signature = MinHash(num_perm=PERMUTATIONS, seed=1)
    signature.update_batch({" ".join(words[i : i + SHINGLE]).encode() for i in range(max(1, len(words) - SHINGLE + 1))})
    return signature
