"""Fits the weights of forecasts on the annotated corpus, without its dev reports.

    python -m training.fit_forecasts --shared ../shared

Every clause that speaks of the future is an example: right where the corpus has a forecast whose content holds its verb,
wrong elsewhere. A logistic regression weighs the features of `situate.reading.foresight.features`; the weights are
written to `knowledge/data/forecasts_weights.csv`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from situate.contract import Picture
from situate.language import Document
from situate.reading.forecasts import prospects
from situate.reading.index import Index
from training.fit_event_confidence import Example, corpus, fit

OUT = Path(str(files("situate.knowledge"))) / "data" / "forecasts_weights.csv"


def examples(data: Iterable[tuple[Document, Picture, dict[str, Any]]]) -> list[Example]:
    """All statements about the future of the reports, with their labels."""
    out = []
    for document, picture, gold in data:
        told = list(_told(document.text, gold))
        for p in prospects(document, Index(picture)):
            where = p.outlook.sentence.where(p.outlook.verb)
            right = any(s <= where[0] and where[1] <= e for s, e in told)
            out.append(Example(dict.fromkeys(sorted(p.features), 1.0), right, document.report.id))
    return out


def _told(text: str, gold: dict[str, Any]) -> Iterable[tuple[int, int]]:
    """Where the annotated forecasts' contents stand."""
    from gold_words import find, to_sentence_end  # the corpus's own way from quotes to offsets

    for f in gold["forecasts"]:
        sentences = [to_sentence_end(text, s) for s in find(text, f["sentence"], f.get("nth"))]
        yield from find(text, f["content"], near=sentences)


def write(weights: dict[str, float], figures: dict[str, float], path: Path) -> None:
    """The weights as CSV, with how they came about in the header."""
    head = [
        "# Weights of forecasts: a logistic regression over what is seen of a statement about the future.",
        "# Made by: python -m training.fit_forecasts (annotated corpus without its dev reports).",
        f"# {figures}",
        "# Licence: Apache-2.0.",
    ]
    lines = [f'"{name}",{weight:.3f}' for name, weight in sorted(weights.items())]
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, default=OUT)
    a = args.parse_args()
    sys.path.insert(0, str(a.shared / "corpus"))
    weights, figures = fit(examples(corpus(a.shared / "corpus")))
    write(weights, figures, a.out)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
