"""Fits the weights of forecasts on the annotated training reports.

    python -m training.fit_forecasts --shared ../shared

Every clause that speaks of the future is an example: right where the annotation has a forecast whose content holds its
verb, wrong elsewhere; and so are the clauses of open sets that `training/forecast_labels.csv` judges. A logistic
regression weighs the features of `situate.reading.foresight.features`; the weights are written to
`knowledge/data/forecasts_weights.csv`.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from situate.contract import Picture, Report
from situate.language import Document, parse
from situate.reading import readers
from situate.reading.forecasts import prospects
from situate.reading.index import Index
from training import annotated
from training.sparse_fit import Fitted, Row, fit

OUT = Path(str(files("situate.knowledge"))) / "data" / "forecasts_weights.csv"
LABELS = Path(__file__).parent / "forecast_labels.csv"
SETS = {
    "trnews": "trnews/dev.jsonl",
    "re3d": "re3d/dev.jsonl",
    "plover_gsr": "plover_gsr/dev.jsonl",
    "case2021": "case2021/dev.jsonl",
    "cameo": "cameo_class/train.jsonl",
}
NEEDED = {"actors", "places", "times", "quantities", "claims"}
Data = Iterable[tuple[Document, Picture, dict[str, Any]]]


def corpus(shared: Path) -> Iterator[tuple[Document, Picture, dict[str, Any]]]:
    """The annotated training reports, with the layers that the reader stands on and their annotations."""
    some = annotated.training(shared)
    for a, document in zip(some, parse((Report(a.id, a.text) for a in some), encode=False), strict=True):
        yield document, early_layers(document), a.gold


def early_layers(document: Document) -> Picture:
    """The layers that the reader stands on."""
    picture = Picture(document.report)
    for reader in readers():
        if reader.layer in NEEDED:
            picture = replace(picture, **{reader.layer: tuple(reader.read(document, picture))})
    return picture


def judged(folder: Path, labels: Path = LABELS) -> Iterator[Row]:
    """The statements of open sets that the labels judge."""
    lines = [x for x in labels.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    known = {(r["set"], r["report"], int(r["start"])): r["forecast"] == "1" for r in csv.DictReader(lines)}
    for name, path in SETS.items():
        wanted = {report for s, report, _ in known if s == name}
        rows = [r for r in map(json.loads, (folder / path).open(encoding="utf-8")) if r["id"] in wanted]
        reports = [Report(r["id"], r["text"], published=r.get("published")) for r in rows]
        for document in parse(reports, encode=False):
            for p in prospects(document, Index(early_layers(document))):
                key = name, document.report.id, p.outlook.sentence.where(p.outlook.verb)[0]
                if key in known:
                    yield Row(sorted(p.features), known[key], f"{name} {document.report.id}")


def examples(data: Data) -> list[Row]:
    """All statements about the future of the reports, with their labels."""
    out = []
    for document, picture, gold in data:
        told = list(_told(document.text, gold))
        for p in prospects(document, Index(picture)):
            where = p.outlook.sentence.where(p.outlook.verb)
            right = any(s <= where[0] and where[1] <= e for s, e in told)
            out.append(Row(sorted(p.features), right, document.report.id))
    return out


def _told(text: str, gold: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Where the annotated forecasts' contents stand."""
    from gold_words import find, to_sentence_end  # the corpus's own way from quotes to offsets

    for f in gold["forecasts"]:
        sentences = [to_sentence_end(text, s) for s in find(text, f["sentence"], f.get("nth"))]
        yield from find(text, f["content"], near=sentences)


def write(fitted: Fitted, path: Path) -> None:
    """The weights as CSV, with how they came about in the header."""
    head = [
        "# Weights of forecasts: a logistic regression over what is seen of a statement about the future.",
        "# Made by: python -m training.fit_forecasts (annotated corpus without its dev reports, and judged open sets).",
        f"# {fitted.figures}",
        "# Licence: Apache-2.0.",
    ]
    lines = [f'"{name}",{weights[0]:.3f}' for name, weights in sorted(fitted.table.items())]
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, default=OUT)
    a = args.parse_args()
    rows = examples(corpus(a.shared)) + list(judged(a.shared / "proving"))
    fitted = fit(rows, [True], least_seen=3)
    write(fitted, a.out)
    print(json.dumps(fitted.figures))


if __name__ == "__main__":
    main()
