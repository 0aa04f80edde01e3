"""The open public sets as training examples: claims, places, topics of sentences."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import random
import re
from pathlib import Path
from typing import Any

from benchmarks.split import held_out
from tokenizers import Tokenizer

from training.examples import FEW, Example, documents, examples

QUOTES = "\"“”‘’'«»"


def rows(path: Path) -> list[dict[str, Any]]:
    """JSON lines, gzipped or not."""
    read = gzip.open if path.suffix == ".gz" else open
    with read(path, "rt", encoding="utf-8") as lines:
        return [json.loads(x) for x in lines]


def polnear(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """Who says what: cues, sources, contents; the kind by the quotation marks in the content."""
    data = rows(path)
    out: list[Example] = []
    for row, document in zip(data, documents(data), strict=True):
        for e in examples(document, tokenizer):
            tags: dict[str, list[tuple[int, int, str]]] = {"cue": [], "source": [], "content": []}
            for a in row["attributions"]:
                kind = quotation(row["text"], a["content"] or [])
                pieces = {"cue": a["cue"] or [], "source": a["source"] or [], "content": a["content"] or []}
                for head, spans in pieces.items():
                    tags[head] += [(s["start"], s["end"], kind if head == "cue" else head) for s in spans]
                _claim_pairs(e, pieces)
            for head, spans_ in tags.items():
                e.tag(head, spans_)
            e.cross("claims", e.firsts(tags["cue"]), e.firsts(tags["source"] + tags["content"]))
            out.append(e)
    return out


def _claim_pairs(e: Example, pieces: dict[str, list[dict[str, Any]]]) -> None:
    """Each piece of a cue with each piece of its source and content, by their first words."""
    anchors = e.firsts((s["start"], s["end"], "") for s in pieces["cue"])
    for role in ("source", "content"):
        for target in e.firsts((s["start"], s["end"], "") for s in pieces[role]):
            for anchor in anchors:
                e.pair("claims", anchor, target, role)


def quotation(text: str, content: list[dict[str, Any]]) -> str:
    """direct: all within quotation marks; mixed: some; indirect: none."""
    whole = "".join(text[s["start"] : s["end"]] for s in content)
    around = "".join(text[max(0, s["start"] - 1) : s["end"] + 1] for s in content)
    if content and all(text[s["start"]] in QUOTES or text[max(0, s["start"] - 1)] in QUOTES for s in content):
        return "direct"
    return "mixed" if any(q in whole or q in around for q in '"“”') else "indirect"


def toponyms(path: Path, tokenizer: Tokenizer, optional: bool = False) -> list[Example]:
    """Places by name, of no stated kind, from the four fifths of a set that are not held out."""
    data = [r for r in rows(path) if not held_out(r["id"])]
    out: list[Example] = []
    for row, document in zip(data, documents(data), strict=True):
        for e in examples(document, tokenizer):
            e.tag("places", [(t["start"], t["end"], None) for t in row["toponyms"]])
            out.append(e)
    return out


def snippets(path: Path, tokenizer: Tokenizer, label: Any, most: int | None = None, seed: int = 1) -> list[Example]:
    """Short texts of one topic. `label(row)` gives {head: class} or None to leave the row out."""
    labelled = [(r, topics) for r in rows(path) if (topics := label(r))]
    if most is not None:
        labelled = random.Random(seed).sample(labelled, min(most, len(labelled)))
    out: list[Example] = []
    data = [r for r, _ in labelled]
    for (_, topics), document in zip(labelled, documents(data), strict=True):
        for e in examples(document, tokenizer)[:1]:  # a snippet fits in one window
            for head, kind in topics.items():
                if isinstance(kind, str):
                    e.topic(head, kind)
                else:
                    e.sentences[head] = [list(kind) for _ in e.window.ends]
            out.append(e)
    return out


TIES = {"FightingAgainst": "fights", "AlliesOf": "allied", "BelongsTo": "part_of", "InChargeOf": "commands"}


def ties(path: Path, held: set[str], tokenizer: Tokenizer) -> list[Example]:
    """re3d's ties between organisations, persons and nationalities, in the documents that are not held out."""
    data = [r for r in rows(path) if r["id"] not in held]
    out: list[Example] = []
    for row, document in zip(data, documents(data), strict=True):
        parties = [x for x in row["entities"] if x["type"] in ("Organisation", "Person", "Nationality")]
        for e in examples(document, tokenizer):
            at = {i for x in parties if (i := e.word_at(x["end"] - 1)) is not None}
            words = e.window.words
            for i, j in itertools.permutations(sorted(at), 2):
                if abs(words[i][3] - words[j][3]) <= 1:
                    e.pair("relations", i, j, FEW)
            for r in row["relations"]:
                ends = [e.word_at(r[k]["end"] - 1) for k in ("source", "target")]
                kind = TIES.get(r["type"])
                if kind and r["confidence"] >= 0.5 and None not in ends and ends[0] != ends[1]:
                    for i, j in [ends, ends[::-1]] if kind in ("fights", "allied") else [ends]:
                        e.pair("relations", i, j, FEW)
                        e.pair("relations", i, j, kind)
            out.append(e)
    return out


INCIDENT = {
    "PerpInd": "perpetrator",
    "PerpOrg": "perpetrator_org",
    "Target": "target",
    "Victim": "victim",
    "Weapon": "weapon",
}


def incidents(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """MUC-4: who did it, who and what was hit, with what. Where a filler's words stand again, nothing is asked."""
    data = rows(path)
    out: list[Example] = []
    for row, document in zip(data, documents(data), strict=True):
        fillers = [(m, INCIDENT[k]) for k, some in row["roles"].items() for entity in some for m in entity]
        again = [
            m.span() for text in {m["text"] for m, _ in fillers} for m in re.finditer(re.escape(text), row["text"])
        ]
        for e in examples(document, tokenizer):
            e.tag("incident", [(m["start"], m["end"], kind) for m, kind in fillers])
            for start, end in again:
                e.blank("incident", start, end)
            out.append(e)
    return out


QUAD_NAMES = ("statement", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


def topics_of(name: str) -> Any:
    """How a set's rows become topics."""

    def plover(r: dict[str, Any]) -> dict[str, Any] | None:
        return None if held_out(r["id"]) else {"plover": r["event"]}

    def stories(r: dict[str, Any]) -> dict[str, Any]:
        return {"plover": r["event"]}

    def acled(r: dict[str, Any]) -> dict[str, Any] | None:
        return None if held_out(r["id"]) else {"acled": r["label"]}

    def quad(r: dict[str, Any]) -> dict[str, Any]:
        return {"quad": QUAD_NAMES[r["label"]]}

    def attack(r: dict[str, Any]) -> dict[str, Any]:
        return {"attack": [float(r["labels"][k]) for k in ("armed_assault", "bombing", "kidnapping", "other")]}

    def police(r: dict[str, Any]) -> dict[str, Any] | None:
        few = int(hashlib.sha256(r["id"].encode()).hexdigest(), 16) % 5 == 0
        return {"police": "action" if r["relevant"] else "none"} if r["relevant"] or few else None

    return {"plover": plover, "stories": stories, "acled": acled, "quad": quad, "attack": attack, "police": police}[
        name
    ]
