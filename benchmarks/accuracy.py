"""Accuracy on held-out open data: every layer on the corpus's dev reports, and the public sets of the proving ground.

    python -m benchmarks.accuracy [--shared FOLDER] [--only corpus,polnear] [--keep FOLDER] [--full]

Prints one JSON object a set (headlines; with --full all that the scorers say). Sets without a train file of their own
are scored on the fifth (re3d: the quarter) that training leaves out. Where the folders are absent it says so and skips.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.split import held_out

HERE = Path(__file__).parent
RE3D = set((HERE / "splits/re3d_dev.txt").read_text().split())
SETS = {
    "re3d": ("entities", "relations"),
    "case2021": ("event_type",),
    "plover_gsr": ("plover",),
    "cameo_class": ("quad",),
    "polnear": ("attribution",),
    "geovirus": ("geoparse",),
    "trnews": ("geoparse",),
    "india_police": ("relevance",),
    "satp": ("relevance",),
    "muc": ("muc",),
}
PARTLY_TRAINED = {"case2021", "plover_gsr", "geovirus", "trnews"}  # the other four fifths are training data


def run(command: list[str], stdin: str | None = None) -> str:
    """The standard output of a command; its failure is ours."""
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"{' '.join(command[:4])} stopped with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def read(records: str) -> str:
    """The pictures of records, as the program gives them on the command line."""
    return run([sys.executable, "-m", "situate", "read", "--jsonl", "-", "--json"], records)


def held(name: str, line: str) -> bool:
    """Whether a record of a set is one to score."""
    identifier = json.loads(line)["id"]
    if name == "re3d":
        return identifier in RE3D
    return name not in PARTLY_TRAINED or held_out(identifier)


def proving(folder: Path, name: str, keep: Path) -> dict[str, object]:
    """The scores of a public set, by task."""
    scorer, gold = folder / "score.py", keep / f"{name}.gold.jsonl"
    lines = (folder / name / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold.write_text("\n".join(x for x in lines if held(name, x)) + "\n", encoding="utf-8")
    pictures = keep / f"{name}.jsonl"
    pictures.write_text(read(run([sys.executable, str(scorer), "input", str(gold)])), encoding="utf-8")
    return {
        task: json.loads(run([sys.executable, str(scorer), task, str(gold), str(pictures), "--brief"]))
        for task in SETS[name]
    }


def corpus(folder: Path, keep: Path) -> dict[str, object]:
    """The scores of every layer on the dev reports."""
    scorer, only = [sys.executable, str(folder / "score.py")], ["--only-file", str(HERE / "splits/corpus_dev.txt")]
    pictures = keep / "corpus.jsonl"
    pictures.write_text(read(run([*scorer, "--input", *only])), encoding="utf-8")
    scores: dict[str, object] = json.loads(run([*scorer, str(pictures), *only]))
    return scores


def headline(scores: dict[str, object]) -> object:
    """What fits in a line: the headline of each task, or the F1 of each layer."""
    if "layers" in scores:
        return {"macro_f1": scores["macro_f1"], **scores["f1"]}  # type: ignore[dict-item]
    return {task: x["headline"] for task, x in scores.items()}  # type: ignore[index]


def main() -> None:
    """Scores the sets asked for."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args.add_argument("--only", type=lambda s: s.split(","), default=["corpus", *SETS])
    args.add_argument("--keep", type=Path, help="keep the pictures in this folder")
    args.add_argument("--full", action="store_true")
    a = args.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        keep = a.keep or Path(scratch)
        keep.mkdir(parents=True, exist_ok=True)
        for name in a.only:
            folder = a.shared / ("corpus" if name == "corpus" else "proving")
            if not folder.is_dir():
                print(json.dumps({"set": name, "skipped": f"there is no folder {folder.name} beside the project"}))
                continue
            begun = time.time()
            scores = corpus(folder, keep) if name == "corpus" else proving(folder, name, keep)
            seconds = round(time.time() - begun, 1)
            print(
                json.dumps({"set": name, "scores": scores if a.full else headline(scores), "seconds": seconds}),
                flush=True,
            )


if __name__ == "__main__":
    main()
