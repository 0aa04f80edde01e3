"""What a batch of examples costs under the model."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training.examples import ANY, FEW, LIMITED, UNASKED, Example
from training.labels import PAIRS, SENTENCES, SPANS, TOPICS, WORDS
from training.model import Encoder, token_heads

WEIGHTS = {
    **dict.fromkeys(("status", "quantity", "time", "forecast", "acled"), 0.5),
    **dict.fromkeys(("mention", "provision", "plover", "quad", "attack", "police"), 0.3),
    **dict.fromkeys(("agreements", "forecasts"), 3.0),
    "agreement_status": 2.0,
}  # 1 where none is named; sentences are few beside words
PAIR_WEIGHT = 0.5
NO_WEIGHT = {"relations": 0.4, "control": 0.6}  # what an unmarked pair counts, where annotators leave out many


def tensors(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Padded ids, mask and casing."""
    longest = max(len(e.window) for e in batch)
    ids, mask, casing = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    for i, e in enumerate(batch):
        n = len(e.window)
        ids[i, :n], casing[i, :n], mask[i, :n] = torch.tensor(e.window.ids), torch.tensor(e.window.casing), 1
    return ids, mask, casing


def slices() -> dict[str, slice]:
    """Each token head's part of the logits."""
    out, at = {}, 0
    for name, n in token_heads():
        out[name] = slice(at, at + n)
        at += n
    return out


def loss(model: Encoder, batch: list[Example]) -> Tensor:
    """The weighted sum of all heads' losses over what the batch asks."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden, logits = model(*tensors(batch))
    hidden, logits = hidden.float(), logits.float()
    parts = slices()
    total = logits.sum() * 0
    for name in (*SPANS, *WORDS):
        total = total + WEIGHTS.get(name, 1.0) * _words(name, logits[..., parts[name]], batch)
    for name in (*SENTENCES, *TOPICS):
        total = total + WEIGHTS.get(name, 1.0) * _ends(name, logits[..., parts[name]], batch)
    for layer in PAIRS:
        total = total + PAIR_WEIGHT * _pairs(model, layer, hidden, batch)
    return total


def _words(name: str, logits: Tensor, batch: list[Example]) -> Tensor:
    rows, cols, labels = [], [], []
    for i, e in enumerate(batch):
        for (at, *_), label in zip(e.window.words, (e.spans if name in SPANS else e.words).get(name, ()), strict=False):
            if label != UNASKED:
                rows.append(i), cols.append(at), labels.append(label)
    if not labels:
        return logits.sum() * 0
    chosen, wanted = F.log_softmax(logits[rows, cols], -1), torch.tensor(labels)
    sure = wanted >= 0
    nll = F.nll_loss(chosen[sure], wanted[sure], reduction="sum") if sure.any() else logits.sum() * 0
    for code, first in ((ANY, 1), (ANY - 1, 2)):
        some = wanted == code
        if some.any():
            nll = nll - chosen[some][:, first::2].logsumexp(-1).sum()
    share = len(labels) if name in SPANS else max(8, len(labels))
    return nll / share * (4 if name in SPANS else 1)


def _ends(name: str, logits: Tensor, batch: list[Example]) -> Tensor:
    costs = []
    for i, e in enumerate(batch):
        at = [p for p, _ in e.window.ends]
        if not at:
            continue
        if name in TOPICS and name in e.topics:
            costs.append(F.cross_entropy(logits[i, at].mean(0, keepdim=True), torch.tensor([e.topics[name]])))
        elif name in e.sentences:
            costs.append(F.binary_cross_entropy_with_logits(logits[i, at], torch.tensor(e.sentences[name])))
    return torch.stack(costs).mean() if costs else logits.sum() * 0


def _pairs(model: Encoder, layer: str, hidden: Tensor, batch: list[Example]) -> Tensor:
    rows, anchors, targets, distance, wanted, asked = [], [], [], [], [], []
    for i, e in enumerate(batch):
        words = e.window.words
        for a, t, roles in e.pairs.get(layer, ()):
            rows.append(i), anchors.append(words[a][0]), targets.append(words[t][0])
            distance.append(words[t][3] - words[a][3])
            wanted.append([float(r in roles) for r in PAIRS[layer]])
            asked.append([float(FEW not in roles or r in LIMITED) for r in PAIRS[layer]])
    if not rows:
        return hidden.sum() * 0
    flat, width = hidden.flatten(0, 1), hidden.shape[1]
    places = torch.tensor(rows) * width
    ends = torch.stack([places + torch.tensor(anchors), places + torch.tensor(targets)])
    used, at = ends.unique(return_inverse=True)
    scores = model.pairs[layer](flat.index_select(0, used), at[0], at[1], torch.tensor(distance))
    gold = torch.tensor(wanted)
    counts = torch.tensor(asked) * torch.where(gold > 0, 1.0, NO_WEIGHT.get(layer, 1.0))
    cost = F.binary_cross_entropy_with_logits(scores, gold, counts, reduction="sum")
    return cost / (gold.sum() + 8)
