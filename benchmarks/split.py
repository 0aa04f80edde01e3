"""Makes `splits/`: which open reports are held out for choosing (dev), by report, once and for all.

A quarter of re3d's open documents is held out by the hash of its id, with the corpus reports that are the same
documents; the corpus's own dev quarter is filled up by hash from the reports of other origins.
"""

import hashlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent


def rank(identifier: str) -> str:
    """A stable shuffling."""
    return hashlib.sha256(f"situate-1:{identifier}".encode()).hexdigest()


def held_out(identifier: str, of: int = 5) -> bool:
    """Whether a record of an open set without a train file is kept out of training: one of `of`, by hash."""
    return int(rank(identifier), 16) % of == 0


def main(shared: Path) -> None:
    """Writes the two lists from the folders under `shared`."""
    lines = lambda path: [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines()]  # noqa: E731
    re3d = sorted((x["id"] for x in lines(shared / "proving/re3d/dev.jsonl")), key=rank)
    held = set(re3d[: len(re3d) // 4])
    index = lines(shared / "corpus/index.jsonl")
    twin = {x["id"]: x["origin"].split("id ")[-1] for x in index if x["origin"].startswith("re3d")}
    dev = {c for c, r in twin.items() if r in held}
    others = sorted((x["id"] for x in index if x["id"] not in twin), key=rank)
    dev |= set(others[: len(index) // 4 + 1 - len(dev)])
    (HERE / "splits").mkdir(exist_ok=True)
    (HERE / "splits/re3d_dev.txt").write_text("\n".join(sorted(held)) + "\n")
    (HERE / "splits/corpus_dev.txt").write_text("\n".join(sorted(dev)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
