"""Quantity entries: the figures of a report, their bounds, their unit, and what they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span as Tokens

from situate.contract import Picture, Quantity
from situate.knowledge.quantities import quantity_words
from situate.language import Document, Sentence
from situate.reading.index import Index
from situate.reading.number_grammar import Number, numbers_in
from situate.reading.quantity_context import Counted, counted, is_figure


class QuantityReader:
    """Reads the layer `quantities`."""

    layer = "quantities"
    version = "2"

    def read(self, document: Document, picture: Picture) -> Sequence[Quantity]:
        """The layer's entries in text order."""
        index = Index(picture)
        entries: list[Quantity] = []
        for sentence in document.sentences:
            for number, what in _figures(sentence, index):
                tokens = sentence.tokens.doc
                start, end = sentence.where(tokens[number.first], tokens[what.last])
                entries.append(
                    Quantity(
                        id=f"q{len(entries) + 1}",
                        span=document.span(start, end),
                        value=_plain(number.value),
                        low=_plain(number.low),
                        high=_plain(number.high),
                        unit=what.unit,
                        of=what.of,
                    )
                )
        return entries


def _plain(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _figures(sentence: Sentence, index: Index) -> Iterator[tuple[Number, Counted]]:
    if not _may_hold_any(sentence.tokens):
        return
    doc = sentence.tokens.doc
    for number in numbers_in(list(sentence.tokens)):
        start, end = sentence.where(doc[number.first], doc[number.stop - 1])
        if index.times.within(start, end) or not is_figure(doc, sentence.tokens.start, number):
            continue
        yield number, counted(doc, number, sentence.tokens.end)


def _may_hold_any(tokens: Tokens) -> bool:
    triggers = quantity_words().triggers
    return any(t.lower_ in triggers or t.is_digit or (not t.is_alpha and any(map(str.isdigit, t.text))) for t in tokens)
