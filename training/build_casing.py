"""Learns which words are written with a capital, for texts that have lost theirs (`situate.language.casing`).

    python -m training.build_casing --shared ../shared

Counted in the annotated training reports, PolNeAR's train part, NGEC's made-up stories, GeoVirus and TR-News without
their held-out fifths. The
file gives each word's commonest form and its share of capitals where no sentence begins, then the weights of a logistic
regression over what is seen of a word and its neighbours. The regression learns from a fifth of the texts with the
words of the others, so that it meets unknown ones. Printed: how many words of the corpus's dev reports come out as
they were.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.accuracy import held
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from situate.language.casing import FILE, WORD, Casing, restored
from training import annotated

SETS = {
    "polnear": "polnear/train.jsonl.gz",
    "ngec": "ngec_synthetic/train.jsonl.gz",
    "geovirus": "geovirus/dev.jsonl",
    "trnews": "trnews/dev.jsonl",
}
OFTEN = 2  # a word seen less often says nothing
LEAST = 0.1  # weights nearer to nothing are left out
OPENS = re.compile(r"[.!?:\n][\"”’')\]\s]*$|\n")
QUOTED = re.compile(r"[“\"‘]$")
HEAD = """# Capitals for texts that have lost theirs: word, commonest form, share of capitals; weight, feature, weight.
# Made by: python -m training.build_casing (counts and weights only; its docstring names the texts).
# {figures}
# Licence: Apache-2.0.
"""


def texts(shared: Path) -> list[str]:
    """The texts to count in."""
    out = [a.text for a in annotated.training(shared)]
    for name, path in SETS.items():
        raw = (shared / "proving" / path).read_bytes()
        lines = (gzip.decompress(raw) if path.endswith(".gz") else raw).decode().splitlines()
        out += [json.loads(x)["text"] for x in lines if path.endswith(".gz") or not held(name, x)]
    return out


def words_of(text: str) -> Iterator[tuple[list[str], list[str], list[bool]]]:
    """By paragraph: words as written, what stands before each, and whether a sentence or quotation begins there."""
    for line in text.splitlines():
        spots = [m.span() for m in WORD.finditer(line)]
        if len(spots) < 4:
            continue
        gaps = [line[: spots[0][0]], *(line[a[1] : b[0]] for a, b in pairwise(spots))]
        opens = [i == 0 or bool(OPENS.search(g) or QUOTED.search(g)) for i, g in enumerate(gaps)]
        written = [line[s:e] for s, e in spots]
        if sum(w[0].isupper() for w in written) < len(written) / 2:  # no headline, where every word has one
            yield written, gaps, opens


def count(some: Iterable[str]) -> dict[str, tuple[str, float]]:
    """Each word's commonest form and share of capitals."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in some:
        for written, _, opens in words_of(text):
            for word, begins in zip(written, opens, strict=True):
                if not begins:
                    forms[word.lower()][word] += 1
    out = {}
    for word, seen in forms.items():
        n = seen.total()
        if n >= OFTEN:
            cased = [(k, f) for f, k in seen.items() if not f.islower()]
            out[word] = (max(cased)[1] if cased else word, round(sum(k for k, _ in cased) / n, 3))
    return out


def fit(words: dict[str, tuple[str, float]], some: Iterable[str]) -> dict[str, float]:
    """The weights of what is seen of a word."""
    casing, rows, right = Casing(words, {}), list[dict[str, int]](), list[bool]()
    for text in some:
        for written, gaps, opens in words_of(text):
            low = [w.lower() for w in written]
            for i in range(len(low)):
                if not opens[i]:
                    before = i > 0 and not written[i - 1].islower()
                    rows.append(dict.fromkeys(casing.features(low, gaps, i, before), 1))
                    right.append(not written[i].islower())
    vectors = DictVectorizer()
    model = LogisticRegression(C=1.0, max_iter=300, fit_intercept=False).fit(vectors.fit_transform(rows), right)
    found = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {name: round(float(w), 2) for name, w in found if abs(w) >= LEAST}


def figures(some: Iterable[str]) -> dict[str, Any]:
    """How many words come out as they were written, and of those with a capital, sentence beginnings left out."""
    tally: Counter[str] = Counter()
    for text in some:
        for line in text.splitlines():
            made = restored(line.lower())
            if len(made) != len(line):
                continue
            gaps = [m.span() for m in WORD.finditer(line)]
            for (_, end), (start, stop) in pairwise(gaps):
                if not OPENS.search(line[end:start]):
                    was, now = line[start:stop], made[start:stop]
                    kind = "capital" if not was.islower() else "small"
                    tally[kind] += 1
                    tally[f"{kind} kept"] += was.islower() == now.islower()
    return {k: round(tally[f"{k} kept"] / tally[k], 4) for k in ("capital", "small")}


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    shared: Path = args.parse_args().shared
    every = texts(shared)
    words = count(t for i, t in enumerate(every) if i % 5)
    weights = fit(words, every[::5])
    lines = [f"word\t{form}\t{share}" for _, (form, share) in sorted(count(every).items())]
    lines += [f"weight\t{name}\t{w}" for name, w in sorted(weights.items())]
    FILE.write_text(HEAD.format(figures="") + "\n".join(lines) + "\n", encoding="utf-8")
    found = json.dumps(figures(a.text for a in annotated.corpus(shared, dev=True)))
    print(found)
    FILE.write_text(HEAD.format(figures=found) + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
