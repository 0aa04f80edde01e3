"""Fits the weights of the events' confidence on the annotated corpus, without its dev reports.

    python -m training.fit_event_confidence --shared ../shared

Every trigger that the lexicon finds, read in every sense, is an example: right where the corpus has an event of its
class told there, wrong elsewhere. A logistic regression with an L2 penalty weighs the features of
`situate.reading.event_confidence`; the penalty is chosen by cross-validation over reports, and the weights are written
to `knowledge/data/events/confidence.csv`, those near zero left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import GroupKFold

from situate.contract import Picture, Report
from situate.knowledge.events import FOLDER, lexicon
from situate.language import Document, parse
from situate.reading import readers
from situate.reading.candidates import Candidate, CandidateFinder

DEV = Path(__file__).parent.parent / "benchmarks" / "splits" / "corpus_dev.txt"
LEAST_SEEN = 3  # times that a feature has to occur to be weighed
NEGLIGIBLE = 0.02  # weights smaller than this are left out
PENALTIES = (0.05, 0.1, 0.2, 0.4, 0.8)


@dataclass(frozen=True)
class Example:
    """The features of a candidate, whether it is right, and the report it is from."""

    features: dict[str, float]
    right: bool
    report: str


def early_layers(document: Document) -> Picture:
    """The layers that the event reader stands on."""
    picture = Picture(document.report)
    for reader in readers():
        if reader.layer == "events":
            return picture
        picture = replace(picture, **{reader.layer: tuple(reader.read(document, picture))})
    return picture


def corpus(folder: Path) -> Iterator[tuple[Document, Picture, dict[str, Any]]]:
    """The training reports of the corpus with their annotations."""
    dev = set(DEV.read_text(encoding="utf-8").split())
    paths = [p for p in sorted(folder.glob("c[0-9]*.json")) if p.stem not in dev]
    reports = [Report(p.stem, (folder / "reports" / f"{p.stem}.txt").read_text(encoding="utf-8")) for p in paths]
    for path, document in zip(paths, parse(reports), strict=True):
        yield document, early_layers(document), json.loads(path.read_text(encoding="utf-8"))


class Gold:
    """Where a report's annotated events are told: offsets of triggers and sentences by class."""

    def __init__(self, text: str, gold: dict[str, Any]) -> None:
        from gold_words import find, to_sentence_end  # the corpus's own way from quotes to offsets

        self.mentions: list[tuple[set[str], list[tuple[int, int]], list[tuple[int, int]], int]] = []
        for n, event in enumerate(gold["events"]):
            types = {event["type"], *(event.get("also") or [])}
            for m in [event, *(event.get("other_mentions") or [])]:
                sentences = [to_sentence_end(text, s) for s in find(text, m.get("sentence"), m.get("nth"))]
                self.mentions.append((types, find(text, m.get("trigger"), near=sentences), sentences, n))

    def label(self, candidates: list[Candidate]) -> list[bool]:
        """Which candidates are right: on an annotated trigger, or in its sentence where none stands on it."""
        right = [False] * len(candidates)
        for types, triggers, sentences, _ in self.mentions:
            of_class = [i for i, c in enumerate(candidates) if c.type in types]
            on = [i for i in of_class if _meets(candidates[i].trigger.span, triggers)]
            for i in on or [i for i in of_class if _meets(candidates[i].trigger.span, sentences)]:
                right[i] = True
        return right


def _meets(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < e and s < span[1] for s, e in others)


def examples(data: Iterable[tuple[Document, Picture, dict[str, Any]]]) -> list[Example]:
    """All candidates of the reports with their labels."""
    out = []
    for document, picture, gold in data:
        candidates = list(CandidateFinder(document, picture, lexicon()).readings())
        labels = Gold(document.text, gold).label(candidates)
        out += [Example(c.features, right, document.report.id) for c, right in zip(candidates, labels, strict=True)]
    return out


def matrix(some: list[Example], names: dict[str, int]) -> csr_matrix:
    """Examples as a sparse matrix."""
    rows, columns, values = [], [], []
    for i, example in enumerate(some):
        for name, value in example.features.items():
            if name in names:
                rows.append(i)
                columns.append(names[name])
                values.append(value)
    return csr_matrix((values, (rows, columns)), shape=(len(some), len(names)))


def fit(some: list[Example]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights by feature, and figures of the cross-validation."""
    seen = Counter(name for e in some for name in e.features)
    names = {name: i for i, name in enumerate(sorted(n for n, k in seen.items() if k >= LEAST_SEEN))}
    x, y = matrix(some, names), np.array([e.right for e in some])
    groups = np.array([e.report for e in some])

    def held_out(penalty: float) -> np.ndarray[Any, Any]:
        p = np.zeros(len(y))
        for train, test in GroupKFold(5).split(x, y, groups):
            p[test] = _model(penalty).fit(x[train], y[train]).predict_proba(x[test])[:, 1]
        return p

    losses = {penalty: float(log_loss(y, held_out(penalty))) for penalty in PENALTIES}
    best = min(losses, key=lambda k: losses[k])
    weights = _model(best).fit(x, y).coef_[0]
    figures = {"examples": len(y), "right": float(y.mean()), "penalty": best, "log_loss": losses[best]}
    return {n: float(weights[i]) for n, i in names.items() if abs(weights[i]) >= NEGLIGIBLE}, figures


def _model(penalty: float) -> LogisticRegression:
    return LogisticRegression(C=penalty, max_iter=2000, fit_intercept=False)


def write(weights: dict[str, float], figures: dict[str, float], path: Path) -> None:
    """The weights as CSV, with how they came about in the header."""
    head = [
        "# Weights of the confidence of events: a logistic regression over what is seen around a trigger.",
        "# Made by: python -m training.fit_event_confidence (annotated corpus without its dev reports).",
        f"# {figures}",
        "# Licence: Apache-2.0.",
    ]
    lines = [f'"{name}",{weight:.3f}' for name, weight in sorted(weights.items())]
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, default=FOLDER / "confidence.csv")
    a = args.parse_args()
    sys.path.insert(0, str(a.shared / "corpus"))
    weights, figures = fit(examples(corpus(a.shared / "corpus")))
    write(weights, figures, a.out)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
