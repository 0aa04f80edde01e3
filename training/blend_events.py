"""Fits how much the encoder's proposals count beside the event reader's own tables.

    python -m training.blend_events --shared ../shared

The encoder and the tables have both learnt from the training reports, so what they say there is no guide to how far
each can be trusted. The few weights of the blend are fitted instead on the corpus's dev reports and on the reports
written after the encoder was trained; with --held-out FILE the dev reports are read with weights fitted without them
(cross-fitting), for the scorer.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from situate.contract import Picture
from situate.knowledge.events import FOLDER
from situate.reading.event_weights import EventWeights, Table, event_weights
from situate.reading.events import EventReader
from situate.reading.status_weighing import STATUSES
from training import annotated
from training.blend_examples import Data, mentions, statuses
from training.event_examples import entries
from training.fit_events import read
from training.sparse_fit import fit, folds

FOLDS = 4
INNER = 2  # folds within a fold
PENALTIES = (0.3, 1.0, 3.0)


def blend(data: Data, known: EventWeights) -> Table:
    """The weights of the blend: mentions first, then what stands on them."""
    table: dict[str, tuple[float, ...]] = dict(fit(mentions(data, known), [True], 1, PENALTIES).table)
    table |= status_weights(data, replace(known, blend=table))
    return table


def status_weights(data: Data, known: EventWeights) -> Table:
    """How much the sums and the model's probabilities count for the status, and a constant for each status."""
    rows = statuses(data, known)
    sums, given = np.array([r.sums for r in rows]), np.array([r.given for r in rows])
    right = np.array([STATUSES.index(r.status) for r in rows])

    def loss(w: Any) -> float:
        totals = w[0] * sums + w[1] * given + w[2:]
        totals = totals - totals.max(1, keepdims=True)
        chosen = totals[np.arange(len(right)), right] - np.log(np.exp(totals).sum(1))
        return float(-chosen.sum() + (w[0] - 1) ** 2 + w[1] ** 2 + 2 * (w[2:] ** 2).sum())

    found = minimize(loss, np.array([1.0, 0.5, *np.zeros(len(STATUSES))])).x
    names = ["status features", "status model", *(f"status {s}" for s in STATUSES)]
    return {name: (float(w),) for name, w in zip(names, found, strict=True)}


def whole(data: Data, known: EventWeights) -> EventWeights:
    """The weights with both blend tables; that of the entries is fitted on events of a blend fitted without them."""
    rows = []
    for train, test in folds([d.report.id for d, _, _ in data], INNER):
        table = blend([data[i] for i in train], known)
        rows += entries([data[i] for i in test], replace(known, blend=table))
    entry = fit(rows, [True], 1, PENALTIES)
    print(entry.figures, flush=True)
    return replace(known, blend=blend(data, known), entry_blend=entry.table)


def held_out(data: Data, others: Data, known: EventWeights) -> Iterator[Picture]:
    """The dev reports' events, each read with a blend fitted on `others` and the dev reports but its own."""
    for train, test in folds([d.report.id for d, _, _ in data], FOLDS):
        reader = EventReader(weights=whole([*(data[i] for i in train), *others], known))
        for i in test:
            document, picture, _ = data[i]
            yield replace(picture, events=tuple(reader.read(document, picture)))


def write(found: EventWeights, folder: Path) -> None:
    """Both tables as CSV."""
    head = [
        "# How much the encoder's proposals count beside the event reader's tables: table {}.",
        "# Made by: python -m training.blend_events (the corpus's dev reports, and those of training/later.txt).",
        "# Licence: Apache-2.0.",
    ]
    for name in ("blend", "entry_blend"):
        lines = [f'"{f}",{ws[0]:.3g}' for f, ws in sorted(getattr(found, name).items())]
        (folder / f"{name}.csv").write_text("\n".join([*head, *lines]).format(name) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, default=FOLDER / "weights")
    args.add_argument("--held-out", type=Path)
    a = args.parse_args()
    known = event_weights()
    dev, others = (list(read(some, encode=True)) for some in (annotated.corpus(a.shared, dev=True), annotated.later()))
    if a.held_out:
        lines = [p.to_json() for p in held_out(dev, others, known)]
        a.held_out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    write(whole([*dev, *others], known), a.out)


if __name__ == "__main__":
    main()
