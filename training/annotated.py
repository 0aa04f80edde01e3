"""Reports annotated in every layer: the project's corpus, reports of our own, and texts of open sets by offsets.

`reports/` holds reports written for training, with annotation in the corpus's form. `annotations/` holds annotations of
texts that stay where they are: each quote is [start, end] in the text that `index.jsonl` names by set and id, cut after
so many characters.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from situate.errors import SituateError

HERE = Path(__file__).parent
LATER = HERE / "later.txt"
DEV = HERE.parent / "benchmarks" / "splits" / "corpus_dev.txt"
OWN, ELSEWHERE = HERE / "reports", HERE / "annotations"
QUOTES = {"sentence", "trigger", "time", "cue", "source", "content", "means", "horizon", "likelihood", "condition"}
QUOTES |= {"quote", "aliases", "provisions", "sentences", "who"}
FILES = {"re3d": "re3d/dev.jsonl", "trnews": "trnews/dev.jsonl", "polnear": "polnear/train.jsonl.gz"}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A report's text and what a careful analyst entered, in the corpus's form."""

    id: str
    text: str
    gold: dict[str, Any]


def corpus(shared: Path, *, dev: bool) -> list[Annotated]:
    """The corpus's training reports, or its dev reports."""
    folder = shared / "corpus"
    sys.path.insert(0, str(folder))  # the corpus's own scripts tell what its quotes mean
    held = set(DEV.read_text(encoding="utf-8").split())
    paths = [p for p in sorted(folder.glob("c[0-9]*.json")) if (p.stem in held) == dev]
    return [_beside(p, folder / "reports") for p in paths]


def own() -> list[Annotated]:
    """The reports written for training."""
    return [_beside(p, OWN) for p in sorted(OWN.glob("*.json"))]


def _beside(path: Path, texts: Path) -> Annotated:
    text = (texts / f"{path.stem}.txt").read_text(encoding="utf-8")
    return Annotated(path.stem, text, json.loads(path.read_text(encoding="utf-8")))


def later() -> list[Annotated]:
    """Those of them that the shipped encoder wasn't trained on (`later.txt`): what it says there can be trusted as far
    as anywhere."""
    ids = set(LATER.read_text(encoding="utf-8").split())
    return [a for a in own() if a.id in ids]


def elsewhere(shared: Path) -> list[Annotated]:
    """The annotated texts of open sets. Raises SituateError where a text isn't the one that was annotated."""
    rows = _lines(ELSEWHERE / "index.jsonl")
    texts = {r["id"]: r["text"] for name in {r["set"] for r in rows} for r in _lines(shared / "proving" / FILES[name])}
    out = []
    for row in rows:
        text = texts[row["source"]][: row["chars"]]
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            raise SituateError(f"{row['source']}: not the text that was annotated; drop {row['id']} from index.jsonl")
        gold = json.loads((ELSEWHERE / f"{row['id']}.json").read_text(encoding="utf-8"))
        out.append(Annotated(row["id"], text, with_quotes(gold, text)))
    return out


def _lines(path: Path) -> list[dict[str, Any]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(x) for x in raw.decode().splitlines()]


def training(shared: Path) -> list[Annotated]:
    """All that may be trained on."""
    return [*corpus(shared, dev=False), *own(), *elsewhere(shared)]


def with_quotes(gold: Any, text: str) -> Any:
    """An annotation with words for offsets."""
    return _replaced(gold, lambda x: text[x[0] : x[1]] if _is_span(x) else x)


def _is_span(x: Any) -> bool:
    return isinstance(x, list) and len(x) == 2 and all(isinstance(i, int) for i in x)


def _replaced(x: Any, change: Any) -> Any:
    """The same with every quote changed, in lists of quotes too."""
    if isinstance(x, dict):
        return {k: _quote(v, change) if k in QUOTES else _replaced(v, change) for k, v in x.items()}
    return [_replaced(v, change) for v in x] if isinstance(x, list) else x


def _quote(x: Any, change: Any) -> Any:
    return [_quote(v, change) for v in x] if isinstance(x, list) and not _is_span(x) else change(x)


def with_offsets(gold: Any, text: str) -> Any:
    """An annotation with offsets for words, where they first stand; names that aren't in the text stay."""

    def change(x: Any) -> Any:
        return [at, at + len(x)] if isinstance(x, str) and (at := text.find(x)) >= 0 else x

    return _replaced(gold, change)
