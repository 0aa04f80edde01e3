"""Fits the weights of forecasts on the annotated training reports.

    python -m training.fit_forecasts --shared ../shared

Every clause that speaks of the future is an example: right where the annotation has a forecast whose content holds its
verb, wrong elsewhere; and so are the clauses of open sets that `training/forecast_labels.csv` judges. A logistic
regression weighs the features of `situate.reading.foresight.features` alone, and a second one weighs them beside what
the encoder makes of the clause's verb and its sentence. The annotators of the project's own reports enter more than
those of the corpus; a feature of theirs takes that up and is left out in the end. The weights are written to
`knowledge/data/forecasts_weights.csv` and `forecasts_states.csv`; figures are on the corpus's dev reports.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from situate.contract import Picture, Report
from situate.language import Document, parse
from situate.reading.forecasts import Prospect, prospects, states
from situate.reading.index import Index
from situate.reading.networks import State
from training import annotated
from training.fit_events import layers_before
from training.sparse_fit import Row, fit

DATA = Path(str(files("situate.knowledge"))) / "data"
LABELS = Path(__file__).parent / "forecast_labels.csv"
SETS = {
    "trnews": "trnews/dev.jsonl",
    "re3d": "re3d/dev.jsonl",
    "plover_gsr": "plover_gsr/dev.jsonl",
    "case2021": "case2021/dev.jsonl",
    "cameo": "cameo_class/train.jsonl",
}
DENSE = "annotated densely"  # the feature of reports whose annotators enter more
LEAST_SEEN = 3
AXES, SPREAD = 32, 0.3  # how many directions of the states are weighed, and how wide they are beside a feature's 1
PENALTY = 0.1
Floats = NDArray[np.float64]
Data = Iterable[tuple[Document, Picture, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Example:
    """A clause about the future: its features and label, and the states of its verb and its sentence."""

    row: Row
    states: tuple[State, State]

    @property
    def heard(self) -> bool:
        """Whether the encoder has read it."""
        return all(s is not None for s in self.states)


@dataclass(frozen=True, slots=True)
class Axes:
    """The directions in which one kind of state varies most, (AXES, width), scaled; and the mean state."""

    mean: Floats
    directions: Floats

    @classmethod
    def of(cls, some: Floats) -> Axes:
        """Those of the states given, (N, width)."""
        found = PCA(AXES, random_state=0).fit(some)
        return cls(found.mean_, found.components_ * (SPREAD / np.sqrt(found.explained_variance_))[:, None])

    def seen(self, some: Floats) -> Floats:
        """States as the regression sees them."""
        out: Floats = (some - self.mean) @ self.directions.T
        return out


def corpus(some: list[annotated.Annotated]) -> Iterator[tuple[Document, Picture, dict[str, Any]]]:
    """Annotated reports with the layers that the reader stands on."""
    for a, document in zip(some, parse(Report(a.id, a.text) for a in some), strict=True):
        yield document, layers_before("agreements", document), a.gold


def judged(folder: Path, labels: Path = LABELS) -> Iterator[Example]:
    """The statements of open sets that the labels judge."""
    lines = [x for x in labels.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    known = {(r["set"], r["report"], int(r["start"])): r["forecast"] == "1" for r in csv.DictReader(lines)}
    for name, path in SETS.items():
        wanted = {report for s, report, _ in known if s == name}
        rows = [r for r in map(json.loads, (folder / path).open(encoding="utf-8")) if r["id"] in wanted]
        reports = [Report(r["id"], r["text"], published=r.get("published")) for r in rows]
        for document in parse(reports):
            for p in prospects(document, Index(layers_before("agreements", document))):
                key = name, document.report.id, p.outlook.sentence.where(p.outlook.verb)[0]
                if key in known:
                    yield _example(document, p, known[key], f"{name} {document.report.id}")


def _example(document: Document, p: Prospect, right: bool, report: str, dense: bool = False) -> Example:
    features = [*sorted(p.features), *([DENSE] if dense else [])]
    return Example(Row(features, right, report), states(document, p.outlook))


def examples(data: Data, dense: bool = False) -> list[Example]:
    """All statements about the future of the reports, with their labels."""
    out = []
    for document, picture, gold in data:
        told = list(_told(document.text, gold))
        for p in prospects(document, Index(picture)):
            where = p.outlook.sentence.where(p.outlook.verb)
            right = any(s <= where[0] and where[1] <= e for s, e in told)
            out.append(_example(document, p, right, document.report.id, dense))
    return out


def _told(text: str, gold: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Where the annotated forecasts' contents stand."""
    from gold_words import find, to_sentence_end  # the corpus's own way from quotes to offsets

    for f in gold["forecasts"]:
        sentences = [to_sentence_end(text, s) for s in find(text, f["sentence"], f.get("nth"))]
        yield from find(text, f["content"], near=sentences)


def fit_heard(some: list[Example], names: list[str]) -> tuple[dict[str, float], Floats]:
    """The weights of features beside states, and of the states, (2, width); the states' means go into the bias."""
    heard = [e for e in some if e.heard]
    each = [np.array([e.states[i] for e in heard], dtype=np.float64) for i in (0, 1)]
    axes = [Axes.of(s) for s in each]
    seen = np.hstack([*(a.seen(s) for a, s in zip(axes, each, strict=True)), _features(heard, names)])
    labels = np.array([bool(e.row.label) for e in heard])
    model = LogisticRegression(C=PENALTY, max_iter=3000, fit_intercept=False).fit(seen, labels)
    first, second, features = np.split(model.coef_[0], [AXES, 2 * AXES])
    weights = np.stack([first @ axes[0].directions, second @ axes[1].directions])
    table = dict(zip(names, features.tolist(), strict=True))
    table["bias"] -= float(weights[0] @ axes[0].mean + weights[1] @ axes[1].mean)
    return table, weights


def _features(some: list[Example], names: list[str]) -> Floats:
    return np.array([[float(n in e.row.features) for n in names] for e in some])


def figures(some: list[Example], alone: dict[str, float], heard: dict[str, float], of: Floats) -> dict[str, Any]:
    """How well the weights tell forecasts from the rest, without states and with them."""
    labels = [bool(e.row.label) for e in some if e.heard]
    sums = [[sum(table.get(f, 0.0) for f in e.row.features) for e in some if e.heard] for table in (alone, heard)]
    moved = [sum(float(s @ w) for s, w in zip(e.states, of, strict=True) if s is not None) for e in some if e.heard]
    both = np.array(sums[1]) + np.array(moved)
    return {
        name: {"auc": round(roc_auc_score(labels, x), 3), "precision": round(average_precision_score(labels, x), 3)}
        for name, x in (("alone", sums[0]), ("heard", both))
    }


def write(folder: Path, alone: dict[str, float], heard: dict[str, float], of: Floats, note: str) -> None:
    """The weights as CSV, with how they came about in the header."""
    made = "# Made by: python -m training.fit_forecasts (annotated training reports, and judged open sets)."
    head = ["# Weights of forecasts: logistic regressions over what is seen of a statement about the future.", made]
    head += ["# name, weight where the encoder hasn't read the report, weight beside the encoder's states."]
    rows = [f'"{n}",{alone.get(n, 0.0):.3f},{heard[n]:.3f}' for n in sorted(heard) if n != DENSE]
    last = [f"# {note}", "# Licence: Apache-2.0."]
    (folder / "forecasts_weights.csv").write_text("\n".join([*head, *last, *rows]) + "\n", encoding="utf-8")
    head = ["# Weights of forecasts: those of the encoder's states, of the clause's verb and of its sentence.", made]
    rows = [f"{a:.4f},{b:.4f}" for a, b in of.T]
    (folder / "forecasts_states.csv").write_text("\n".join([*head, last[1], *rows]) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, default=DATA)
    a = args.parse_args()
    some = examples(corpus(annotated.corpus(a.shared, dev=False))) + list(judged(a.shared / "proving"))
    some += examples(corpus([*annotated.own(), *annotated.elsewhere(a.shared)]), dense=True)
    fitted = fit([e.row for e in some], [True], least_seen=LEAST_SEEN)
    alone = {name: weights[0] for name, weights in fitted.table.items()}
    heard, of = fit_heard(some, sorted({*alone, "bias"}))
    write(a.out, alone, heard, of, str(fitted.figures))
    dev = examples(corpus(annotated.corpus(a.shared, dev=True)))
    print(json.dumps(fitted.figures | {"dev": figures(dev, alone, heard, of)}))


if __name__ == "__main__":
    main()
