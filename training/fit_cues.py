"""Fits the weights of the cues that the encoder suggests (`suggested` in knowledge/data/cues.yaml).

    python -m training.fit_cues --shared ../shared

Every suggestion of the encoder is an example: right where it meets an annotated cue. What the encoder was trained on
would make its suggestions look better than they are, so only those of our own reports are asked that it has not read
(`later.txt`). Prints the line for cues.yaml, how well the weights tell right
from wrong on the corpus's dev reports beside those that stand, and what each `least` keeps there.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sklearn.metrics import average_precision_score

from situate.contract import Report
from situate.knowledge.cues import cues
from situate.language import Document, parse
from situate.reading.attribution.model import Range, meet
from situate.reading.attribution.tags import suggestion
from training import annotated
from training.corpus import Labeller
from training.sparse_fit import Row, fit

NAMES = ("bias", "score", "source", "content", "preposition", "quoted")
LEAST = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


def examples(some: list[annotated.Annotated], untied: float) -> Iterator[Row]:
    """All suggestions of cues in annotated reports, right or not."""
    for a, document in zip(some, parse(Report(a.id, a.text) for a in some), strict=True):
        told = list(_told(document, a.gold))
        for sentence, proposal in document.proposals("claims"):
            right = any(meet((proposal.start, proposal.end), cue) for cue in told)
            yield Row(suggestion(sentence, proposal, untied), right, a.id)


def _told(document: Document, gold: dict[str, Any]) -> Iterator[Range]:
    """Where the annotated cues stand."""
    find = Labeller(document, gold)
    for claim in gold["claims"]:
        for content in find.find(document.text, claim["content"])[:1]:
            source = find.closest(claim.get("source"), content)
            cue = find.closest(claim.get("cue"), source or content)
            if cue is not None:
                yield cue


def figures(rows: list[Row], weights: dict[str, float]) -> dict[str, Any]:
    """How well weights tell right suggestions from wrong ones, and precision and recall from each threshold on."""
    labels = [bool(r.label) for r in rows]
    sure = [1 / (1 + math.exp(-sum(weights[n] * r.features[n] for n in NAMES))) for r in rows]
    out: dict[str, Any] = {"average precision": round(average_precision_score(labels, sure), 3)}
    for least in LEAST:
        kept = [label for label, p in zip(labels, sure, strict=True) if p >= least]
        out[str(least)] = round(sum(kept) / max(1, len(kept)), 3), round(sum(kept) / sum(labels), 3)
    return out


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    a = args.parse_args()
    standing = dict(cues().suggested)
    dev = list(examples(annotated.corpus(a.shared, dev=True), standing["untied"]))  # makes its scripts importable
    rows = list(examples(annotated.later(), standing["untied"]))
    fitted = fit(rows, [True])
    weights = {n: round(fitted.table.get(n, (0.0,))[0], 2) for n in NAMES}
    line = ", ".join(f"{n}: {v}" for n, v in (weights | {k: standing[k] for k in ("untied", "least")}).items())
    print(f"suggested: {{{line}}}")
    print(
        json.dumps({"fit": fitted.figures, "dev": figures(dev, weights), "dev, as they stand": figures(dev, standing)})
    )


if __name__ == "__main__":
    main()
