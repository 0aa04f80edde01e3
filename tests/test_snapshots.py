"""The samples read as they were read when somebody last looked: `python -m tests.snapshots` writes them anew.

The encoder's arithmetic is quantised and differs a little between processors, so that a doubtful entry may come or go:
one line in fifty may differ in all, and no report may differ in more than one line of ten.
"""

from __future__ import annotations

from difflib import unified_diff

from sampled import pictures
from snapshots.form import FOLDER, path_of, snapshot

REMEDY = "if the new reading is right, run `python -m tests.snapshots` and commit what changed"


def test_the_samples_read_as_in_their_snapshots() -> None:
    kept = {name: path_of(name).read_text(encoding="utf-8").splitlines() for name in pictures()}
    read = {name: snapshot(picture).splitlines() for name, picture in pictures().items()}
    changed = {name: len(set(kept[name]) ^ set(read[name])) / 2 for name in kept}
    differences = "\n".join(
        line for name in kept for line in unified_diff(kept[name], read[name], name, name, lineterm="", n=0)
    )
    lines = sum(map(len, kept.values()))
    assert sum(changed.values()) <= lines / 50, f"{REMEDY}\n{differences}"
    assert all(changed[name] <= len(kept[name]) / 10 for name in kept), f"{REMEDY}\n{differences}"


def test_no_snapshot_is_left_over() -> None:
    assert {p.stem for p in FOLDER.glob("*.txt")} == set(pictures())
