"""Fits the weights that tell which described parties of a report are others of its actors.

    python -m training.fit_unions --shared ../shared

Examples are the pairs that `situate.reading.actor_unions` compares in the corpus without its dev reports: right
where the corpus's scorer takes both for one annotated actor. A party that isn't annotated counts less, since it may be
one that didn't matter to the annotator. The weights go to `knowledge/data/actors/unions.csv`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from situate.contract import Report
from situate.language import Document, parse
from situate.reading.actor_cast import Cast
from situate.reading.actor_unions import PATH, Witness, pairs, real
from situate.reading.actors import cast_of
from training.sparse_fit import Fitted, Row, fit

DEV = Path(__file__).parent.parent / "benchmarks" / "splits" / "corpus_dev.txt"
UNKNOWN = 0.3  # the share of a pair with a party that isn't annotated
PENALTIES = (0.1, 0.2, 0.3)


def corpus(folder: Path) -> Iterator[tuple[Document, dict[str, Any]]]:
    """The training reports of the corpus with their annotations."""
    dev = set(DEV.read_text(encoding="utf-8").split())
    dates = {x["id"]: x.get("published") for x in map(json.loads, (folder / "index.jsonl").open(encoding="utf-8"))}
    paths = [p for p in sorted(folder.glob("c[0-9]*.json")) if p.stem not in dev]
    texts = [(folder / "reports" / f"{p.stem}.txt").read_text(encoding="utf-8") for p in paths]
    reports = [Report(p.stem, t, published=dates[p.stem]) for p, t in zip(paths, texts, strict=True)]
    for path, document in zip(paths, parse(reports), strict=True):
        yield document, json.loads(path.read_text(encoding="utf-8"))


def annotated(cast: Cast, text: str, gold: list[dict[str, Any]]) -> dict[int, str | None]:
    """The annotated actor that each actor of a report mostly is, by number."""
    from score import Links  # the corpus's own way from annotated names to mentions

    def told(number: int) -> dict[str, Any]:
        e = cast.entities[number]
        mentions = [{"start": f.start, "end": f.end, "form": form} for f, form in e.mentions]
        return {"id": number, "name": e.name, "kind": e.kind, "mentions": mentions}

    best: dict[int, str | None] = Links(text, gold, [told(e.number) for e in cast.entities if real(e)], True).best
    return best


def examples(data: Iterable[tuple[Document, dict[str, Any]]]) -> Iterator[Row]:
    """All pairs of the reports with their labels."""
    for document, gold in data:
        cast = cast_of(document)
        best, witness = annotated(cast, document.text, gold["actors"]), Witness(cast)
        for one, others in pairs(cast):
            for other in others:
                a, b = best[one.number], best[other.number]
                if a or b:
                    features = witness.features(one, other)
                    yield Row(features, a == b, document.report.id, 1.0 if a and b else UNKNOWN)


def write(fitted: Fitted, path: Path) -> None:
    """The weights as CSV, with how they came about in the header."""
    head = [
        "# Weights of whether a party without a name is another actor of the report: a logistic regression.",
        "# Made by: python -m training.fit_unions (annotated corpus without its dev reports).",
        f"# {fitted.figures}",
        "# Licence: Apache-2.0.",
    ]
    lines = [f'"{name}",{weights[0]:.2f}' for name, weights in sorted(fitted.table.items())]
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, default=PATH)
    a = args.parse_args()
    sys.path.insert(0, str(a.shared / "corpus"))
    fitted = fit(list(examples(corpus(a.shared / "corpus"))), [True], least_seen=8, penalties=PENALTIES)
    write(fitted, a.out)
    print(json.dumps(fitted.figures))


if __name__ == "__main__":
    main()
