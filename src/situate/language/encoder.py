"""The trained encoder, through ONNX on the CPU: one pass over a report, from which every head suggests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from situate.language.document import Document
from situate.language.heads import Heads, session
from situate.language.suggest import suggestions
from situate.language.windows import Window, windows

FOLDER = Path(__file__).parent / "model"
BATCH = 16  # windows run at once: enough to fill the vector units, little memory


class Encoder:
    """The weights, the tokenizer and the heads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._session: Any = session(folder / "encoder.onnx")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._heads = Heads(folder)

    def annotate(self, documents: Sequence[Document]) -> None:
        """Fills in the documents' states, and the names, proposals and topics of their sentences."""
        todo = [(d, w) for d in documents for w in windows(d, self._tokenizer)]
        order = sorted(range(len(todo)), key=lambda i: len(todo[i][1]))
        for batch in _parts(order, BATCH):
            hidden, logits = self._run([todo[i][1] for i in batch])
            for row, i in enumerate(batch):
                document, window = todo[i]
                self._hand_out(document, window, hidden[row], logits[row])

    def _run(self, batch: list[Window]) -> tuple[Any, Any]:
        longest = max(len(w) for w in batch)
        ids, mask, casing = (np.zeros((len(batch), longest), dtype=np.int64) for _ in range(3))
        for i, w in enumerate(batch):
            ids[i, : len(w)], casing[i, : len(w)], mask[i, : len(w)] = w.ids, w.casing, 1
        return tuple(self._session.run(["hidden", "logits"], {"ids": ids, "mask": mask, "casing": casing}))

    def _hand_out(self, document: Document, window: Window, hidden: Any, logits: Any) -> None:
        states = document.states
        states.words |= {start: hidden[at] for at, start, _, _ in window.words}
        states.sentences |= {index: hidden[at] for at, index in window.ends}
        said = suggestions(self._heads, window, hidden, logits)
        for index, name in said.names:
            document.sentences[index].names += (name,)
        for index, proposal in said.proposals:
            document.sentences[index].proposals += (proposal,)
        for index, topics in said.topics:
            document.sentences[index].topics = topics


def _parts(order: list[int], size: int) -> Iterator[list[int]]:
    for i in range(0, len(order), size):
        yield order[i : i + size]


@cache
def encoder() -> Encoder | None:
    """The encoder that ships with the package, loaded once a process; None where its files are not there."""
    return Encoder() if (FOLDER / "encoder.onnx").exists() else None
