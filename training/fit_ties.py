"""Fits the network `ties`: how likely two actors that meet in a sentence stand together or against each other.

    python -m training.fit_ties --shared ../shared [--seed 1]

Examples are the meetings that the reader of relations sees in the reports of `training.annotated`, read by the encoder.
A meeting in the annotated sentence is right; one of the same two elsewhere in the report isn't asked.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from situate.contract import Picture, Report
from situate.knowledge.events import FOLDER
from situate.language import Document, parse
from situate.reading.meetings import Meeting
from situate.reading.relations import weigher
from situate.reading.tie_weighing import KINDS, OUTPUTS, SIGN_COLUMNS, SIGNS, SYMMETRIC
from training import annotated
from training.fit_events import layers_before
from training.networks import Pair, fit

EPOCHS = 15


@dataclass(frozen=True, slots=True)
class Truth:
    """A report's annotated ties with the sentences that state them, and the annotated names of each actor found."""

    ties: list[tuple[dict[str, Any], set[int]]]
    names: dict[str, set[str]]


def truth(document: Document, picture: Picture, gold: dict[str, Any]) -> Truth:
    """The annotation beside a picture, by the corpus's own way from quotes to offsets and from actors to names."""
    from gold_words import find, to_sentence_end
    from score import Links

    ties = []
    for tie in gold["relations"]:
        quoted = [to_sentence_end(document.text, s) for s in find(document.text, tie["sentence"], tie.get("nth"))]
        ties.append((tie, {s.index for s in document.sentences for a, b in quoted if s.start < b and a < s.end}))
    return Truth(ties, Links(document.text, gold["actors"], picture.to_dict()["actors"], True).names)


def answers(meeting: Meeting, told: Truth) -> tuple[bool | None, ...]:
    """What the annotation says of two actors: each kind and turn, then each sign."""
    out: list[bool | None] = [False] * OUTPUTS
    one, other = told.names[meeting.left.id], told.names[meeting.right.id]
    for tie, sentences in told.ties:
        forth = tie["from"] in one and tie["to"] in other
        if not forth and not (tie["from"] in other and tie["to"] in one):
            continue
        here, column = meeting.sentence.index in sentences, SIGN_COLUMNS[tie["sign"]]
        out[column] = True if here else out[column] or None
        for n, (kind, _) in enumerate(KINDS):  # another tie of the same sign is not wrong
            if SIGNS[kind] == tie["sign"]:
                out[n] = out[n] or None
        if here:
            turn = "" if tie["kind"] in SYMMETRIC else "><"[not forth]
            out[KINDS.index((tie["kind"], turn))] = True
    return tuple(out)


def pictures(shared: Path) -> Iterator[tuple[Document, Picture, dict[str, Any]]]:
    """The annotated training reports with the layers that ties stand on."""
    some = annotated.training(shared)
    for a, document in zip(some, parse(Report(a.id, a.text) for a in some), strict=True):
        yield document, layers_before("movements", document), a.gold


def examples(shared: Path) -> list[Pair]:
    """The meetings of two actors in all training reports, with what the annotation says of them."""
    out = []
    for document, picture, gold in pictures(shared):
        told = truth(document, picture, gold)
        group = (document.report.id,)
        met = weigher(document, picture).meetings()
        out += [Pair(m.left.state, m.right.state, m.features, answers(m, told), group) for m in met]
    return out


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, default=FOLDER / "weights")
    args.add_argument("--seed", type=int, default=1)
    a = args.parse_args()
    torch.set_num_threads(1)
    some = examples(a.shared)
    fit(some, EPOCHS, a.seed).save(a.out / "ties.npz")
    print(json.dumps({"meetings": len(some), "with a tie": sum(any(p.answers) for p in some)}))


if __name__ == "__main__":
    main()
