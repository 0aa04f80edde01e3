"""What the gate before the encoder loses and saves.

    python -m benchmarks.gate [--shared FOLDER]

For the corpus's dev reports: the share of subwords in windows that the gate keeps from the encoder, and of annotated
events whose every mention stands there. For the open sets: the shares of subwords, and of what the encoder itself
would have proposed (events, claims, names; scores from a half up), in such windows. For texts with nothing to tell
(written for this, below): the share of subwords kept from the encoder, and the time of encoding as a multiple of the
grammar's.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.accuracy import HERE, held
from situate.contract import Report
from situate.language import Document, parse
from situate.language.encoder import Encoder
from situate.language.gate import telling
from situate.language.windows import windows

SETS = ("case2021", "plover_gsr", "cameo_class", "satp", "re3d", "muc", "polnear", "trnews")
SURE = 0.5
MOST = 200  # texts of a set
IDLE = (
    "Mix the flour with two eggs and a pinch of salt. Add the milk slowly and stir until the dough is smooth. "
    "Let it rest for half an hour in a cool place. Meanwhile, chop the onions and fry them in butter over low "
    "heat. When they are golden, add the mushrooms and cook for five minutes. Roll out the dough and cut it "
    "into circles.",
    "Roses like a sunny spot and rich soil. Water them once a week rather than a little every day. In early "
    "spring, cut back dead wood and shape the plant. Watch for black spots on the leaves, which a fungus "
    "causes. A layer of straw keeps the roots cool. Feed with compost when new shoots appear, and the bush will "
    "flower until the first frost.",
    "She woke before the alarm and lay listening to the rain. The kitchen was cold, and the cat wanted to be "
    "fed. While the kettle boiled she wrote a list of things to buy. The bus was late again, so she walked "
    "along the canal. An old man was feeding ducks and smiled at her. By noon the sun had come out, and the "
    "roof of the shed began to steam.",
    "To install the package, open a window and type the line below. The settings are kept in the home folder. "
    "If the file is missing, the usual values are used. The colour of the window can be changed in the menu. "
    "Press the button to save your work. Pages load faster in this version and need less memory. The manual "
    "lists all keys.",
)


def closed(document: Document, encoder: Encoder) -> tuple[set[int], int, int]:
    """The sentences whose windows stay closed, and the subwords in these and in all windows."""
    kept, aside, every = set(), 0, 0
    open_ = telling(document)
    sentences = set()
    for window in windows(document, encoder.tokenizer):
        here = {word[3] for word in window.words}
        sentences |= here
        every += len(window)
        if here & open_:
            kept |= here
        else:
            aside += len(window)
    return sentences - kept, aside, every


def losses(documents: Iterable[Document], encoder: Encoder) -> dict[str, float]:
    """The shares of subwords and of proposals that lie in closed windows."""
    lost: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for document in documents:
        away, aside, all_ = closed(document, encoder)
        lost["subwords"] += aside
        every["subwords"] += all_
        encoder.annotate([document], gated=False)
        for sentence in document.sentences:
            found = [p.layer for p in sentence.proposals if p.layer in ("events", "claims") and p.score >= SURE]
            for layer in [*found, *("names" for n in sentence.names if n.score >= SURE)]:
                every[layer] += 1
                lost[layer] += sentence.index in away
    return {k: round(lost[k] / n, 4) for k, n in every.items() if n}


def annotated(folder: Path, encoder: Encoder) -> dict[str, float]:
    """The shares of subwords and of annotated events of the dev reports that lie in closed windows."""
    lost = events = aside = every = 0
    ids = (HERE / "splits/corpus_dev.txt").read_text(encoding="utf-8").split()
    reports = [Report(i, (folder / "reports" / f"{i}.txt").read_text(encoding="utf-8")) for i in ids]
    for document in parse(reports, encode=False):
        away, here, all_ = closed(document, encoder)
        aside, every = aside + here, every + all_
        gold = json.loads((folder / f"{document.report.id}.json").read_text(encoding="utf-8"))
        for event in gold["events"]:
            told = [m["sentence"] for m in [event, *(event.get("other_mentions") or [])]]
            where = [s.index for t in told if (s := document.sentence_at(document.text.find(t[:60]))) is not None]
            events += bool(where)
            lost += bool(where) and set(where) <= away
    return {"subwords": round(aside / every, 4), "annotated events": round(lost / events, 4)}


def idle(encoder: Encoder) -> dict[str, float]:
    """What texts with nothing to tell cost."""
    reports = [Report(f"idle-{i}", text) for i in range(40) for text in IDLE]
    list(parse(reports[:4], encode=False))
    begun = time.process_time()
    documents = list(parse(reports, encode=False))
    grammar = time.process_time() - begun
    shares = [closed(d, encoder)[1:] for d in documents[: len(IDLE)]]
    begun = time.process_time()
    encoder.annotate(documents)
    encoding = time.process_time() - begun
    kept = sum(a for a, _ in shares) / sum(n for _, n in shares)
    return {"subwords": round(kept, 4), "encoding by grammar": round(encoding / grammar, 3)}


def open_set(folder: Path, name: str) -> Iterator[Document]:
    """The held-out texts of an open set, parsed."""
    lines: Sequence[str] = (folder / name / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(x) for x in lines if held(name, x)][:MOST]
    return parse((Report(r["id"], r["text"]) for r in rows), encode=False)


def main() -> None:
    """Prints one JSON object a line."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    args.add_argument("--only", type=lambda s: s.split(","), default=["idle", "corpus", *SETS])
    a = args.parse_args()
    encoder = Encoder()
    for name in a.only:
        if name == "idle":
            found = idle(encoder)
        elif name == "corpus":
            found = annotated(a.shared / "corpus", encoder)
        else:
            found = losses(open_set(a.shared / "proving", name), encoder)
        print(json.dumps({"texts": name, **found}), flush=True)


if __name__ == "__main__":
    main()
