"""Exact matches of source, cue and content on PolNeAR's dev articles, as published taggers are scored.

    python -m benchmarks.attribution [--shared FOLDER] [--pictures FILE]

Claims of one cue and source (one for each sentence of a quotation) are one attribution; its content is their contents
without the cue and source. A part is right where its words are the annotated ones, word for word, punctuation aside;
each annotated part can be found once. Prints one JSON object: precision, recall and F1 of each part.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.accuracy import HERE, read

EDGES = "\"'“”‘’`.,;:!?()[]{}«»–—-…"
ROLES = ("source", "cue", "content")
Part = frozenset[int]  # words by their number in the text
Spans = Iterable[dict[str, Any]]


class Words:
    """The words of a text, found by offsets."""

    def __init__(self, text: str) -> None:
        bare = ((m, m[0].strip(EDGES) or m[0]) for m in re.finditer(r"\S+", text))
        self._places = [(m.start() + m[0].find(w), m.start() + m[0].find(w) + len(w)) for m, w in bare]

    def touched(self, spans: Spans) -> Part:
        """The words that spans share a character with."""
        edges = [(s["start"], s["end"]) for s in spans]
        return frozenset(i for i, (a, b) in enumerate(self._places) if any(s < b and a < e for s, e in edges))


def annotated(record: dict[str, Any]) -> dict[str, Counter[Part]]:
    """The parts of all annotated attributions."""
    words = Words(record["text"])
    return {r: Counter(words.touched(a[r]) for a in record["attributions"] if a[r]) for r in ROLES}


def said(record: dict[str, Any], picture: dict[str, Any]) -> dict[str, Counter[Part]]:
    """The parts of a picture's attributions."""
    words = Words(record["text"])
    joined: dict[tuple[Part, Part], set[int]] = {}
    for claim in picture.get("claims", []):
        cue, source = (words.touched([claim[k]] if claim[k] else []) for k in ("cue", "source"))
        joined.setdefault((cue, source), set()).update(words.touched([claim["content"]]))
    parts: dict[str, Counter[Part]] = {r: Counter() for r in ROLES}
    for (cue, source), content in joined.items():
        for role, part in (("source", source), ("cue", cue), ("content", frozenset(content - cue - source))):
            parts[role][part] += bool(part)
    return parts


def scores(records: list[dict[str, Any]], pictures: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of exact matches, by part."""
    tally = {r: [0, 0, 0] for r in ROLES}
    for record in records:
        gold, found = annotated(record), said(record, pictures.get(record["id"], {}))
        for role in ROLES:
            counts = (gold[role] & found[role]).total(), found[role].total(), gold[role].total()
            tally[role] = [a + b for a, b in zip(tally[role], counts, strict=True)]
    return {
        role: {"p": right / max(1, said_), "r": right / max(1, asked), "f1": 2 * right / max(1, said_ + asked)}
        for role, (right, said_, asked) in tally.items()
    }


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args.add_argument("--pictures", type=Path, help="pictures read before, one a line")
    a = args.parse_args()
    dev = a.shared / "proving" / "polnear" / "dev.jsonl"
    if not dev.is_file():
        print(json.dumps({"skipped": f"{dev.name} of PolNeAR is not beside the project"}))
        return
    records = [json.loads(x) for x in dev.read_text(encoding="utf-8").splitlines()]
    lines = a.pictures.read_text(encoding="utf-8") if a.pictures else read("".join(_input(r) for r in records))
    pictures = {p["report"]["id"]: p for p in map(json.loads, lines.splitlines())}
    found = scores(records, pictures)
    print(json.dumps({role: {k: round(v, 3) for k, v in x.items()} for role, x in found.items()}))


def _input(record: dict[str, Any]) -> str:
    return json.dumps({k: record.get(k) for k in ("id", "text", "title", "published", "publisher")}) + "\n"


if __name__ == "__main__":
    main()
