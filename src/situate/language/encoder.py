"""The trained encoder, through ONNX on the CPU: one pass over a report, from which every head suggests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from situate.language.document import Document
from situate.language.gate import telling
from situate.language.heads import Heads, session
from situate.language.suggest import suggestions
from situate.language.windows import Window, windows

FOLDER = Path(__file__).parent / "model"


class Encoder:
    """The weights, the tokenizer and the heads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._session: Any = session(folder / "encoder.onnx")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self._heads = Heads(folder)

    def annotate(self, documents: Sequence[Document], *, gated: bool = True) -> None:
        """Fills in the documents' states, and the names, proposals and topics of their sentences.

        Windows of which no sentence opens the gate are left out, unless it isn't `gated`.
        """
        for document in documents:
            for window in self._windows(document, telling(document) if gated else None):
                hidden, logits = self._run(window)
                self._hand_out(document, window, hidden, logits)

    def _windows(self, document: Document, open_: frozenset[int] | None) -> Iterator[Window]:
        """The windows of which one of the given sentences is part; all where none are given."""
        if open_ is not None and not open_:
            return
        for window in windows(document, self.tokenizer):
            if open_ is None or any(word[3] in open_ for word in window.words):
                yield window

    def _run(self, window: Window) -> tuple[Any, Any]:
        """States and logits of a window, alone: what pads others costs as much as what is read, and weights in int8
        make scores lean on what is run together with them."""
        ids, casing = (np.array([x], dtype=np.int64) for x in (window.ids, window.casing))
        given = {"ids": ids, "mask": np.ones_like(ids), "casing": casing}
        hidden, logits = self._session.run(["hidden", "logits"], given)
        return hidden[0], logits[0]

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


@cache
def encoder() -> Encoder | None:
    """The encoder that ships with the package, loaded once a process; None where its files are not there."""
    return Encoder() if (FOLDER / "encoder.onnx").exists() else None
