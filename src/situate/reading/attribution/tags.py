"""What the model tags in a report: cues, sources and contents, mended where a tag stops short of a phrase."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from situate.knowledge.cues import cues
from situate.language import Document, Proposal, Sentence
from situate.reading.attribution.grammar import noun_phrase
from situate.reading.attribution.model import Range, meet

_TIED = ("source", "content")
_PREPOSITIONS = frozenset({"ADP", "SCONJ"})
_QUOTED = frozenset({"direct", "mixed"})
_HELPERS = {"aux", "auxpass", "neg", "advmod"}
_PARTIAL = {"det", "compound", "amod", "nmod", "nummod"}
_REACH = 4  # tokens between a helping word and its verb


@dataclass(frozen=True, slots=True)
class Cue:
    """Words tagged as a cue, with the kind that the model gives and how sure it is, from 0 to 1."""

    where: Range
    label: str
    score: float


class Tags:
    """The model's tags by the index of their sentence; a content over several sentences has a piece in each."""

    def __init__(self, document: Document) -> None:
        self.silent = True  # whether the model suggests nothing at all
        self.cues: dict[int, list[Cue]] = {}
        found: dict[int, list[Cue]] = defaultdict(list)
        spans: dict[str, set[Range]] = {"source": set(), "content": set()}
        weights = cues().suggested
        for sentence, proposal in document.proposals("claims"):
            self.silent = False
            sure = _weighed(sentence, proposal, weights)
            if sure < weights["least"]:
                continue
            found[sentence.index].append(Cue((proposal.start, proposal.end), proposal.label, sure))
            for role in proposal.roles:
                spans[role.role].add((role.start, role.end))
        for index, some in found.items():
            self.cues[index] = _whole_cues(document.sentences[index], some)
        self.sources = _pieces(document, spans["source"])
        self.contents = _pieces(document, spans["content"])
        for index, sources in self.sources.items():
            self.sources[index] = _whole_sources(document.sentences[index], sources)

    def content(self) -> list[Range]:
        """All pieces of content in text order."""
        return sorted(c for some in self.contents.values() for c in some)


def _weighed(sentence: Sentence, proposal: Proposal, weights: Mapping[str, float]) -> float:
    """How likely a suggestion is a cue, by its score and by what the model ties to it (`cues.yaml`)."""
    seen = suggestion(sentence, proposal, weights["untied"])
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in seen.items())))


def suggestion(sentence: Sentence, proposal: Proposal, untied: float) -> dict[str, float]:
    """What a suggested cue is weighed by; `untied` stands for the score of a part that the model ties none of to it."""
    first = sentence.token_at(proposal.start)
    best = {r: max((x.score for x in proposal.roles if x.role == r), default=untied) for r in _TIED}
    return {
        "bias": 1.0,
        "score": log_odds(proposal.score),
        **{role: log_odds(score) for role, score in best.items()},
        "preposition": float(first is not None and first.pos_ in _PREPOSITIONS),
        "quoted": float(proposal.label in _QUOTED),
    }


def log_odds(probability: float) -> float:
    """The natural log of the odds; certainty is bounded."""
    bounded = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(bounded / (1 - bounded))


def _pieces(document: Document, spans: Iterable[Range]) -> dict[int, list[Range]]:
    out: dict[int, list[Range]] = defaultdict(list)
    for span in sorted(spans):
        first = document.sentence_at(span[0])
        for sentence in document.sentences[first.index :] if first is not None else []:
            if sentence.start >= span[1]:
                break
            out[sentence.index].append((max(span[0], sentence.start), min(span[1], sentence.end)))
    return out


def _whole_cues(sentence: Sentence, cues: list[Cue]) -> list[Cue]:
    """Cues with the verb that their helping words belong to; those that touch are one."""
    out: list[Cue] = []
    for cue in sorted(cues, key=lambda c: c.where):
        where = _with_verb(sentence, cue.where)
        if out and where[0] <= out[-1].where[1] + 1:
            last = out[-1]
            surer = max(last, cue, key=lambda c: c.score)
            out[-1] = Cue((last.where[0], max(last.where[1], where[1])), surer.label, surer.score)
        else:
            out.append(Cue(where, cue.label, cue.score))
    return out


def _with_verb(sentence: Sentence, where: Range) -> Range:
    tokens = sentence.tokens_in(*where)
    if not tokens or any(t.pos_ == "VERB" for t in tokens):
        return where
    last = tokens[-1]
    if last.dep_ in _HELPERS and last.i < last.head.i <= last.i + _REACH and last.head.pos_ in ("VERB", "AUX"):
        return where[0], sentence.where(last.head)[1]
    return where


def _whole_sources(sentence: Sentence, sources: list[Range]) -> list[Range]:
    """Sources with the whole noun phrase that they begin or end in; those that meet are one."""
    out: list[Range] = []
    for source in sorted(sources):
        where = _phrase(sentence, source)
        if out and meet(out[-1], where):
            out[-1] = out[-1][0], max(out[-1][1], where[1])
        else:
            out.append(where)
    return out


def _phrase(sentence: Sentence, source: Range) -> Range:
    """A source that ends on an article or the first part of a name, with the rest of it."""
    tokens = sentence.tokens_in(*source)
    last = tokens[-1] if tokens else None
    if last is None or last.dep_ not in _PARTIAL or last.head.i <= last.i or last.head.pos_ not in ("NOUN", "PROPN"):
        return source
    whole = noun_phrase(last.head, sentence)
    return (min(source[0], whole[0]), max(source[1], whole[1])) if whole is not None else source


def head_of(sentence: Sentence, where: Range) -> Token | None:
    """The word that the others of a phrase hang on."""
    tokens = sentence.tokens_in(*where)
    inner = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inner or t.head.i == t.i), tokens[-1] if tokens else None)
