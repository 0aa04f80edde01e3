"""Fits what the event reader weighs, on the annotated training reports (`training.annotated`).

    python -m training.fit_events --shared ../shared

Three tables are fitted one after the other, each on what the ones before decide: which mentions an analyst would enter,
the status, and how sure the events made of them are. Each is a
logistic regression with an L2 penalty over named features, so the tables stay readable. The last is fitted on
events that come from tables fitted without the report at hand (cross-fitting), so that the confidence is honest.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from situate.contract import Picture, Report
from situate.knowledge.events import FOLDER
from situate.language import Document, parse
from situate.reading import readers
from situate.reading.event_weights import EventWeights
from situate.reading.status_weighing import STATUSES
from training import annotated
from training.annotated import Annotated
from training.event_examples import entries, mentions, statuses
from training.event_gold import Gold
from training.sparse_fit import PENALTIES, Fitted, fit, folds

FOLDS = 4
Data = list[tuple[Document, Picture, Gold]]


def layers_before(layer: str, document: Document) -> Picture:
    """The layers that the reader of a layer stands on."""
    picture = Picture(document.report)
    for reader in readers():
        if reader.layer == layer:
            break
        picture = replace(picture, **{reader.layer: tuple(reader.read(document, picture))})
    return picture


def read(some: Sequence[Annotated], encode: bool = False) -> Iterator[tuple[Document, Picture, Gold]]:
    """Annotated reports with the layers before the events, read by the encoder or not."""
    reports = [Report(a.id, a.text) for a in some]
    for a, document in zip(some, parse(reports, encode=encode), strict=True):
        picture = layers_before("events", document)
        yield document, picture, Gold(document.text, a.gold, picture)


def tables(data: Data, figures: dict[str, Any]) -> EventWeights:
    """The first two tables, each fitted with those before it; with `figures` given, by the penalties in them."""
    found = EventWeights({}, {}, {}, {}, {})
    steps: list[tuple[str, Any, Iterable[Any]]] = [
        ("mention", mentions, [True]),
        ("status", statuses, STATUSES),
    ]
    for name, examples, classes in steps:
        penalties = (figures[name]["penalty"],) if name in figures else PENALTIES
        fitted: Fitted = fit(examples(data, found), list(classes), penalties=penalties)
        found = replace(found, **{name: fitted.table})
        if name not in figures:
            figures[name] = fitted.figures
            print(name, fitted.figures, flush=True)
    return found


def held_out_entries(data: Data, figures: dict[str, Any]) -> list[Any]:
    """Events read with tables that were fitted without their report, right or not."""
    out: list[Any] = []
    for train, test in folds([d.report.id for d, _, _ in data], FOLDS):
        found = tables([data[i] for i in train], figures)
        out += entries([data[i] for i in test], found)
    return out


def write(found: EventWeights, figures: dict[str, Any], folder: Path) -> None:
    """The tables as CSV, with how they came about in the header."""
    columns = {"mention": "entered", "status": ", ".join(STATUSES), "entry": "right"}
    for name, of in columns.items():
        head = [
            f"# What the event reader has learnt: table {name}. Weight of each feature for: {of}.",
            "# Made by: python -m training.fit_events (annotated training reports).",
            f"# {json.dumps(figures[name])}",
            "# Licence: Apache-2.0.",
        ]
        rows = sorted(getattr(found, name).items())
        lines = ['"{}",{}'.format(f.replace('"', '""'), ",".join(f"{w:.3g}" for w in ws)) for f, ws in rows]
        (folder / f"{name}.csv").write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def run(data: Data, folder: Path) -> None:
    """Fits and writes all tables."""
    figures: dict[str, Any] = {}
    found = tables(data, figures)
    entry = fit(held_out_entries(data, figures), [True], least_seen=1)
    figures["entry"] = entry.figures
    print("entry", entry.figures)
    write(replace(found, entry=entry.table), figures, folder)


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, default=FOLDER / "weights")
    a = args.parse_args()
    run(list(read(annotated.training(a.shared))), a.out)


if __name__ == "__main__":
    main()
