"""Fits the table of words that names the sub-event type of a short text.

    python -m training.fit_sub_events --shared ../shared

Examples: the reports written for the purpose (`training/sub_events.txt`) and the four fifths of CASE 2021's open part
that are not held out. A ridge regression on the features of `situate.reading.sub_event_words`, one class against the
rest, solved exactly. Prints the scores of a tenfold cross-validation over all of CASE 2021's open part (the written
reports in every fold's training part) and of the held-out fifth, and writes
`knowledge/data/events/weights/sub_events.csv`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.split import held_out
from sklearn.metrics import f1_score

from situate.contract import Report
from situate.knowledge.topics import sub_events
from situate.language import parse
from situate.reading.sub_event_words import SHARPNESS, Features, WordTable, features

HERE = Path(__file__).parent
OUT = Path(str(files("situate.knowledge"))) / "data/events/weights/sub_events.csv"
PENALTY = 1.0
LEAST_SEEN = 2  # texts
NEGLIGIBLE = 0.04
FOLDS = 10
HEADER = """\
# What words speak for which sub-event type: feature, rarity, weights by class (left out below {negligible}).
# A feature is a lemma, two neighbours, or the beginning of a word ("…").
# Made by `{command}` from {texts} texts: those of training/sub_events.txt (Apache-2.0) and four fifths of
# CASE 2021 task 2's open part (research corpus, licence not stated). Ridge, penalty {penalty}.
# Weighted F1 over CASE 2021's open part: {crossed:.3f} by tenfold cross-validation, {held:.3f} on the held-out fifth.
# Licence: Apache-2.0.
"""


@dataclass(frozen=True, slots=True)
class Text:
    """A short text, its class, and whether it is from CASE 2021 and held out."""

    found: Features
    label: str
    case: bool
    held: bool


def texts(shared: Path) -> list[Text]:
    """All texts, parsed."""
    written: list[tuple[str, str]] = []
    label = ""
    for line in (HERE / "sub_events.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            label = line.strip("[]")
        elif line and not line.startswith("#"):
            written.append((label, line))
    rows = [json.loads(x) for x in (shared / "proving/case2021/dev.jsonl").read_text(encoding="utf-8").splitlines()]
    reports = [Report(f"written-{i}", text) for i, (_, text) in enumerate(written)]
    reports += [Report(r["id"], r["text"]) for r in rows]
    labels = [label for label, _ in written] + [r["label"] for r in rows]
    return [
        Text(features(s.tokens for s in d.sentences), label, i >= len(written), held_out(d.report.id))
        for i, (d, label) in enumerate(zip(parse(reports, encode=False), labels, strict=True))
    ]


def fit(examples: Sequence[Text]) -> WordTable:
    """The table from texts with their classes."""
    seen = Counter(f for x in examples for kind in x.found for f in kind)
    names = sorted(f for f, n in seen.items() if n >= LEAST_SEEN)
    classes = list(sub_events())
    rarity = np.array([1 + math.log((1 + len(examples)) / (1 + seen[f])) for f in names])
    empty = WordTable(classes, {f: i for i, f in enumerate(names)}, rarity, np.zeros((len(names), 0)))
    x = np.array([vector(empty, e.found) for e in examples])
    y = np.array([[1.0 if e.label == c else -1.0 for c in classes] for e in examples])
    weights = x.T @ np.linalg.solve(x @ x.T + PENALTY * np.eye(len(x)), y)
    weights[abs(weights) < NEGLIGIBLE] = 0
    return replace(empty, weights=weights)


def vector(table: WordTable, found: Features) -> Any:
    """A text's values in the table's order."""
    out = np.zeros(len(table.rows))
    for at, value in table.values(found):
        out[at] = value
    return out


def crossed(every: Sequence[Text], seed: int) -> tuple[float, float]:
    """Weighted F1 and log loss over CASE 2021 by cross-validation."""
    case = [x for x in every if x.case]
    random.Random(seed).shuffle(case)
    gold, said, lost = [], [], 0.0
    for k in range(FOLDS):
        held = case[k::FOLDS]
        table = fit([x for x in every if x not in held])
        for x in held:
            scores = table.scores(x.found)
            gold.append(x.label)
            said.append(table.classes[int(scores.argmax())])
            raised = np.exp(SHARPNESS * (scores - scores.max()))
            lost -= math.log(raised[list(table.classes).index(x.label)] / raised.sum())
    return weighted(gold, said), lost / len(case)


def weighted(gold: Sequence[str], said: Sequence[str]) -> float:
    """F1 weighted by the gold's classes."""
    return float(f1_score(gold, said, average="weighted", labels=sorted(set(gold))))


def main() -> None:
    """Fits, scores, writes."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--seed", type=int, default=1)
    a = args.parse_args()
    every = texts(a.shared)
    by_folds, lost = crossed(every, a.seed)
    table = fit([x for x in every if not (x.case and x.held)])
    held = [x for x in every if x.case and x.held]
    on_held = weighted([x.label for x in held], [table.classes[int(table.scores(x.found).argmax())] for x in held])
    print(json.dumps({"cross-validated": by_folds, "log loss": lost, "held out": on_held, "features": len(table.rows)}))
    command = f"python -m training.fit_sub_events --shared FOLDER --seed {a.seed}"
    n = len(every) - len(held)
    head = HEADER.format(
        negligible=NEGLIGIBLE, command=command, texts=n, penalty=PENALTY, crossed=by_folds, held=on_held
    )
    lines = [",".join(["feature", "rarity", *table.classes])]
    lines += [
        ",".join([name, f"{table.rarity[i]:.2f}", *(f"{w:.2f}".replace("0.", ".") if w else "" for w in row)])
        for name, i in table.rows.items()
        if (row := table.weights[i]).any()
    ]
    OUT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
