"""Fits how much word frames, encoder and network count for the likelihood of a tie.

    python -m training.blend_ties --shared ../shared

The encoder and the network have both learnt from the training reports, so the weights of `relations.yaml` are fitted
on the corpus's dev reports, by ridge regression. They are printed; the least likelihood of an entry is chosen by hand.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from situate.contract import Report
from situate.language import parse
from situate.reading.names import Names
from situate.reading.relations import evidence
from situate.reading.tie_candidates import TieEvidence
from situate.reading.tie_weighing import SIGNS, SYMMETRIC
from training import annotated
from training.fit_events import layers_before
from training.fit_ties import Truth, truth

ROUNDS = 40
FAINT = 0.05  # what no word frame says and encoder and network hold less likely isn't asked


def right(e: TieEvidence, told: Truth) -> bool:
    """Whether the annotation has the tie, by the corpus's own rule: both ends, their order where it tells, the sign."""
    one, other = told.names[e.tie.source], told.names[e.tie.target]
    for tie, _ in told.ties:
        either = e.tie.kind in SYMMETRIC or tie["kind"] in SYMMETRIC
        forth = tie["from"] in one and tie["to"] in other
        if tie["sign"] == SIGNS[e.tie.kind] and (forth or (either and tie["from"] in other and tie["to"] in one)):
            return True
    return False


def ridge(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Logistic regression with a penalty of 1 on all weights but the first, by Newton's method."""
    w, penalty = np.zeros(x.shape[1]), np.r_[1e-6, np.ones(x.shape[1] - 1)]
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(penalty), x.T @ (p - y) + penalty * w)
    return w


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    a = args.parse_args()
    some = annotated.corpus(a.shared, dev=True)
    features, answers = [], []
    for one, document in zip(some, parse(Report(x.id, x.text) for x in some), strict=True):
        picture = layers_before("movements", document)
        told = truth(document, picture, one.gold)
        for e in evidence(document, picture, Names(document, picture)).values():
            if e.tie.frame or max(e.encoder, e.network) >= FAINT:
                features.append(e.features())
                answers.append(right(e, told))
    names = list(features[0])
    found = ridge(np.array([[f[n] for n in names] for f in features]), np.array(answers, float))
    print(json.dumps({n: round(float(w), 2) for n, w in zip(names, found, strict=True)}))


if __name__ == "__main__":
    main()
