"""Takes in annotations of open sets' texts, as offsets.

    python -m training.take_annotations FOLDER

FOLDER holds NAME.json in the corpus's form beside reports/NAME.txt, and index.jsonl with {id, set, source} of each; a
text is the first so many characters of the set's text `source`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from training.annotated import ELSEWHERE, with_offsets, with_quotes


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("folder", type=Path)
    folder: Path = args.parse_args().folder
    lines = []
    for row in map(json.loads, (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()):
        path = folder / f"{row['id']}.json"
        if not path.exists():
            continue
        text = (folder / "reports" / f"{row['id']}.txt").read_text(encoding="utf-8")
        quotes = json.loads(path.read_text(encoding="utf-8"))
        gold = with_offsets({k: v for k, v in quotes.items() if k != "doubts"}, text)
        for x in gold["events"]:
            x.pop("said_by", None)  # nothing is learnt from it, and it may be a quote
        assert with_quotes(gold, text)["claims"] == quotes["claims"], row["id"]
        (ELSEWHERE / path.name).write_text(json.dumps(gold, ensure_ascii=False) + "\n", encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        kept = {k: row[k] for k in ("id", "set", "source")} | {"chars": len(text), "sha256": digest}
        lines.append(json.dumps(kept))
    (ELSEWHERE / "index.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
