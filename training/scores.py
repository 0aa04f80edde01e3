"""How well the heads do on held-out windows: a quick look while training, not the figures of `benchmarks/`."""

from __future__ import annotations

from typing import Any

import torch

from training.examples import UNASKED, Example
from training.labels import PAIRS, SENTENCES, SPANS, WORDS
from training.losses import slices, tensors
from training.model import Encoder


def scores(model: Encoder, data: list[Example], threshold: float = 0.5) -> dict[str, float]:
    """F1 of spans (class and overlap of their first word), of sentences and of pairs; accuracy of words."""
    model.eval()
    tally: dict[str, list[int]] = {}
    with torch.no_grad():
        ordered = sorted(data, key=lambda e: len(e.window))
        for i in range(0, len(ordered), 32):
            batch = ordered[i : i + 32]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                hidden, logits = model(*tensors(batch))
            hidden, logits = hidden.float(), logits.float()
            for k, e in enumerate(batch):
                _count(tally, e, logits[k])
                _count_pairs(tally, model, e, hidden[k], threshold)
    return {k: round(2 * tp / (2 * tp + fp + fn), 3) for k, (tp, fp, fn) in tally.items() if tp + fp + fn}


def spans_of(labels: list[int]) -> set[tuple[int, int]]:
    """(first word, class) of each span in a row of B and I tags."""
    return {(i, (x - 1) // 2) for i, x in enumerate(labels) if x > 0 and x % 2 == 1}


def _count(tally: dict[str, list[int]], e: Example, logits: torch.Tensor) -> None:
    parts = slices()
    at = [w[0] for w in e.window.words]
    for name in SPANS:
        if name in e.spans:
            gold = e.spans[name]
            said = logits[at][:, parts[name]].argmax(-1).tolist()
            said = [0 if g == UNASKED else x for x, g in zip(said, gold, strict=True)]
            _add(tally, name, spans_of(said), spans_of(gold))
    for name in WORDS:
        for i, g in enumerate(e.words.get(name, ())):
            if g != UNASKED:
                right = logits[at[i], parts[name]].argmax().item() == g
                _add(tally, name, {1} if right else {0}, {1})
    ends = [p for p, _ in e.window.ends]
    for name in SENTENCES:
        if name in e.sentences and ends:
            said_rows = logits[ends][:, parts[name]] > 0
            gold_rows = torch.tensor(e.sentences[name]) > 0
            said_at, gold_at = ({tuple(x) for x in rows.nonzero().tolist()} for rows in (said_rows, gold_rows))
            _add(tally, name, said_at, gold_at)


def _count_pairs(
    tally: dict[str, list[int]], model: Encoder, e: Example, hidden: torch.Tensor, threshold: float
) -> None:
    words = e.window.words
    for layer, pairs in e.pairs.items():
        if not pairs:
            continue
        a, t = [words[a][0] for a, _, _ in pairs], [words[t][0] for _, t, _ in pairs]
        distance = torch.tensor([words[t][3] - words[a][3] for a, t, _ in pairs])
        said = model.pairs[layer](hidden, torch.tensor(a), torch.tensor(t), distance).sigmoid() > threshold
        for r, role in enumerate(PAIRS[layer]):
            key = f"{layer}>{role}" if layer in ("events", "claims") else f"{layer}>"
            chosen = {(i, r) for i in range(len(pairs)) if said[i, r]}
            _add(tally, key, chosen, {(i, r) for i, (_, _, roles) in enumerate(pairs) if role in roles})


def _add(tally: dict[str, list[int]], name: str, said: set[Any], gold: set[Any]) -> None:
    both = said & gold
    counts = tally.setdefault(name, [0, 0, 0])
    counts[0] += len(both)
    counts[1] += len(said) - len(both)
    counts[2] += len(gold) - len(both)
