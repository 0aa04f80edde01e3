"""How far the confidence of events can be trusted, and what `--min-confidence` trades, on the corpus's dev reports.

    python -m benchmarks.confidence [--shared FOLDER] [--pictures FILE]

Prints the reliability of the confidence (events by confidence in ten bins of equal width: how many, mean confidence,
share that is right), the expected calibration error, and precision, recall and F1 of events at rising thresholds. An
event is right where the corpus's scorer pairs it with an annotated one; a repeat of one that is paired is wrong.
`--pictures` takes pictures made before (`benchmarks.accuracy --only corpus --keep FOLDER` leaves them in corpus.jsonl).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.accuracy import HERE, read, run

BINS = 10
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
Judged = tuple[float, bool]  # an event's confidence, and whether it is right


@dataclass(frozen=True, slots=True)
class Events:
    """The events of some reports with their confidence, and how many are annotated."""

    judged: Sequence[Judged]
    annotated: int


def scorer(folder: Path) -> ModuleType:
    """The corpus's own scorer as a module."""
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("corpus_score", folder / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{folder}: there is no score.py; --shared names the folder that holds the corpus")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judge(score: Any, golds: dict[str, Any], pictures: dict[str, Any], least: float = 0.0) -> Events:
    """Which events of the pictures, none less sure than `least`, the scorer takes for right."""
    pairs: list[tuple[dict[str, Any], Any]] = []

    class Noting(score.Tally):  # type: ignore[misc]
        """A tally that notes what was paired."""

        def compare(self, *args: Any, **kwargs: Any) -> Any:
            found = super().compare(*args, **kwargs)
            pairs.extend(found)
            return found

    judged, annotated = [], 0
    for id_, (gold, text) in golds.items():
        picture = pictures.get(id_, {})
        events = [e for e in picture.get("events") or [] if e["confidence"] >= least]
        pairs.clear()
        score.score_events(score.Doc(id_, gold, text, {**picture, "events": events}), Noting(), score.Tally())
        right = {id(p) for p, _ in pairs}
        judged += [(e["confidence"], id(e) in right) for e in events]
        annotated += len(gold.get("events") or [])
    return Events(judged, annotated)


def reliability(judged: Iterable[Judged]) -> list[dict[str, float]]:
    """By bin of confidence: its lower edge, how many events, their mean confidence, the share that is right."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for confidence, right in judged:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    return [
        {
            "from": i / BINS,
            "events": len(some),
            "confidence": sum(c for c, _ in some) / len(some),
            "right": sum(r for _, r in some) / len(some),
        }
        for i, some in enumerate(bins)
        if some
    ]


def calibration_error(judged: Sequence[Judged]) -> float:
    """The expected calibration error: the mean distance of confidence and share right, bins weighed by their events."""
    bins = reliability(judged)
    return sum(b["events"] * abs(b["confidence"] - b["right"]) for b in bins) / max(1, len(judged))


def curve(score: Any, golds: dict[str, Any], pictures: dict[str, Any]) -> list[dict[str, float]]:
    """Precision, recall and F1 of events at rising thresholds."""
    out = []
    for least in THRESHOLDS:
        events = judge(score, golds, pictures, least)
        right = sum(r for _, r in events.judged)
        precision, recall = right / max(1, len(events.judged)), right / max(1, events.annotated)
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        out.append({"at least": least, "precision": precision, "recall": recall, "f1": f1})
    return out


def main() -> None:
    """Prints one JSON object a line."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args.add_argument("--pictures", type=Path)
    a = args.parse_args()
    folder = a.shared / "corpus"
    score: Any = scorer(folder)
    dev = HERE / "splits/corpus_dev.txt"
    golds = score.read_golds(dev.read_text(encoding="utf-8").split())
    with tempfile.TemporaryDirectory() as scratch:
        path = a.pictures or Path(scratch) / "corpus.jsonl"
        if a.pictures is None:
            reports = run([sys.executable, str(folder / "score.py"), "--input", "--only-file", str(dev)])
            path.write_text(read(reports), encoding="utf-8")
        pictures, _ = score.read_pictures(path, golds)
    events = judge(score, golds, pictures)
    for line in (*reliability(events.judged), {"calibration error": calibration_error(events.judged)}):
        print(json.dumps({k: round(v, 3) for k, v in line.items()}))
    for line in curve(score, golds, pictures):
        print(json.dumps({k: round(v, 3) for k, v in line.items()}))


if __name__ == "__main__":
    main()
