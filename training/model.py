"""The encoder and its heads, as they are trained."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from training.labels import PAIRS, SENTENCES, SPANS, TOPICS, WORDS

RANK = 64  # of the bilinear form that joins two words in a role
NEAR = 2  # sentences apart, either way, that the pair heads tell from one another


def token_heads() -> list[tuple[str, int]]:
    """Heads with an answer for each word, and how many classes each has, in the order of the weights."""
    spans = [(name, 1 + 2 * len(classes)) for name, classes in SPANS.items()]
    words = [(name, len(classes)) for name, classes in WORDS.items()]
    ends = [(name, len(classes)) for name, classes in {**SENTENCES, **TOPICS}.items()]
    return spans + words + ends


class PairHead(nn.Module):
    """For each role, how well word j plays it for anchor i: a bilinear form of low rank, and the distance."""

    def __init__(self, width: int, roles: int) -> None:
        super().__init__()
        self.roles = roles
        self.left = nn.Linear(width, roles * RANK)
        self.right = nn.Linear(width, roles * RANK)
        self.bias = nn.Parameter(torch.full((2 * NEAR + 1, roles), -2.0))
        self.dropout = nn.Dropout(0.2)

    def forward(self, words: Tensor, anchors: Tensor, targets: Tensor, distance: Tensor) -> Tensor:
        """Scores of N pairs: words (W, width), indices into them (N,), (N,) and sentences apart (N,) → (N, roles)."""
        words = self.dropout(words)
        left, right = torch.tanh(self.left(words)), torch.tanh(self.right(words))
        product = left.index_select(0, anchors) * right.index_select(0, targets)
        score = product.view(len(anchors), self.roles, RANK).sum(-1) / RANK**0.5 * 4
        out: Tensor = score + self.bias.index_select(0, distance.clamp(-NEAR, NEAR) + NEAR)
        return out


class Encoder(nn.Module):
    """MiniLM with casing, one linear layer for all token heads, one bilinear head a layer of pairs."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="sdpa")
        config: BertConfig = self.bert.config
        self.casing = nn.Embedding(5, config.hidden_size)
        nn.init.normal_(self.casing.weight, std=0.01)
        self.dropout = nn.Dropout(0.1)
        self.tokens = nn.Linear(config.hidden_size, sum(n for _, n in token_heads()))
        self.pairs = nn.ModuleDict({k: PairHead(config.hidden_size, len(v)) for k, v in PAIRS.items()})
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)  # too many for so few texts

    def forward(self, ids: Tensor, mask: Tensor, casing: Tensor) -> tuple[Tensor, Tensor]:
        """Hidden states (B, T, width) and token logits (B, T, classes of all token heads)."""
        words = self.bert.embeddings.word_embeddings(ids) + self.casing(casing)
        hidden = self.bert(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return hidden, self.tokens(self.dropout(hidden))
