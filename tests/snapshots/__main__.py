"""Write the snapshots of the samples anew: `python -m tests.snapshots`. Read the difference before committing it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sampled import pictures
from snapshots.form import FOLDER, path_of, snapshot

for old in FOLDER.glob("*.txt"):
    old.unlink()
for name, picture in pictures().items():
    path_of(name).write_text(snapshot(picture), encoding="utf-8")
print(f"{len(pictures())} snapshots in {FOLDER}")
