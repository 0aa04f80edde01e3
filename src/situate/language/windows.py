"""Sentences packed into the windows that the encoder reads.

A window is a run of whole sentences of one report, each closed by [SEP], of at most `LONGEST` subwords; a sentence
alone may fill one, and what is longer goes on in the next. The encoder knows no capitals, so each subword also carries
the casing of its word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tokenizers import Tokenizer

from situate.language.document import Document

LONGEST = 192  # subwords; chosen for context at little cost: attention grows with the square of it
CLS, SEP = 101, 102


@dataclass(slots=True)
class Window:
    """What the encoder reads at once, and where its words stand.

    `words` are (position of the first subword, start and end in the report, sentence index); `ends` gives the position
    of the [SEP] behind each sentence that ends in the window, with the sentence's index.
    """

    ids: list[int] = field(default_factory=lambda: [CLS])
    casing: list[int] = field(default_factory=lambda: [0])
    words: list[tuple[int, int, int, int]] = field(default_factory=list)
    ends: list[tuple[int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ids)


def casing(word: str) -> int:
    """0 no letters, 1 lower case, 2 capitalised, 3 all capitals, 4 mixed."""
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word.istitle():
        return 2
    return 4 if any(c.isalpha() for c in word) else 0


def windows(document: Document, tokenizer: Tokenizer) -> Iterator[Window]:
    """The windows of a report, in order. `tokenizer` must be the encoder's, without truncation or padding."""
    window = Window()
    texts = [document.text[s.start : s.end] for s in document.sentences]
    for sentence, encoding in zip(
        document.sentences, tokenizer.encode_batch(texts, add_special_tokens=False), strict=True
    ):
        pieces = list(_words(encoding.ids, encoding.word_ids, encoding.offsets))
        length = len(encoding.ids) + 1
        if window.words and len(window) + length > LONGEST:
            yield window
            window = Window()
        for ids, start, end in pieces:
            if len(window) + len(ids) + 1 > LONGEST:
                yield window
                window = Window()
            at, a, b = len(window), sentence.start + start, sentence.start + end
            window.ids += ids
            window.casing += [casing(document.text[a:b])] * len(ids)
            window.words.append((at, a, b, sentence.index))
        window.ends.append((len(window), sentence.index))
        window.ids.append(SEP)
        window.casing.append(0)
    if window.words:
        yield window


def _words(
    ids: list[int], word_ids: list[int | None], offsets: list[tuple[int, int]]
) -> Iterable[tuple[list[int], int, int]]:
    """Each word's subword ids (at most 16: longer are no words) and where it stands in its sentence."""
    i = 0
    while i < len(ids):
        j = i + 1
        while j < len(ids) and word_ids[j] == word_ids[i] and word_ids[i] is not None:
            j += 1
        yield ids[i:j][:16], offsets[i][0], offsets[j - 1][1]
        i = j
