"""Fits the small networks of the event reader: who plays which role, and which mentions are of one event.

    python -m training.fit_networks --shared ../shared [--seed 1]

Examples are what the event reader sees in the corpus's training reports, read by the encoder; figures are on the dev
reports, with the encoder's states and without. Run `training.fit_events` before: its table of mentions decides what is
looked at; and `training.blend_events` after.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score

from situate.knowledge.events import FOLDER
from situate.reading.candidates import Candidate
from situate.reading.event_candidates import CandidateFinder
from situate.reading.event_context import EventContext
from situate.reading.event_merging import REACH
from situate.reading.event_sameness import features
from situate.reading.role_seats import ROLES
from situate.reading.role_weighing import COLUMNS
from training import annotated
from training.event_examples import Data
from training.event_gold import GOLD_FIELDS, Gold
from training.fit_events import read
from training.networks import Network, Pair, answers, fit

LEAST = 0.15  # mentions less sure than this are not looked at


def roles(data: Data) -> list[Pair]:
    """The trigger of each annotated event with everyone who may play a role in it."""
    out = []
    for document, picture, truth in data:
        finder = CandidateFinder(document, picture)
        found = list(finder.surest(LEAST))
        context = EventContext.of(found)
        for n, c in enumerate(found):
            event = truth.event_of(c)
            if event is not None and c.state is not None:
                for layer in ROLES:
                    out += _seats(finder, c, layer, context, truth, f"{document.report.id} {n}")
            context.note(c.type, c.parts)
    return out


def _seats(
    finder: CandidateFinder, c: Candidate, layer: str, context: EventContext, truth: Gold, group: str
) -> list[Pair]:
    event = truth.event_of(c)
    assert event is not None
    assert c.state is not None
    out = []
    for id_, seats in finder.weigher.seats.of(c, layer, context).items():
        right = tuple(
            truth.stands_for(layer, id_, event[GOLD_FIELDS[role]]) if role in ROLES[layer] else None for role in COLUMNS
        )
        out += [Pair(c.state, seat.state, seat.features, right, (group, id_)) for seat in seats]
    return out


def pairs(data: Data) -> list[Pair]:
    """Pairs of annotated mentions of one class: of one event or of two."""
    out = []
    for document, picture, truth in data:
        by_type: dict[str, list[tuple[Candidate, int | None]]] = {}
        for n, c in enumerate(CandidateFinder(document, picture).all(LEAST)):
            told = truth.number_of(c, strict=False)
            earlier = by_type.setdefault(c.type, [])
            for k, (other, number) in enumerate(earlier[-REACH:]):
                if None not in (told, number) and c.state is not None and other.state is not None:
                    group = (document.report.id, str(n), str(k))
                    out.append(Pair(other.state, c.state, features(other, c), (told == number,), group))
            earlier.append((c, told))
    return out


def figures(network: Network, some: list[Pair], outputs: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Average precision of each output, the best row of a group counting."""
    found = {}
    for name, silent in (("with states", False), ("without", True)):
        best: dict[tuple[str, ...], tuple[list[float], tuple[bool | None, ...]]] = {}
        for p, scores in zip(some, answers(network, some, silent).tolist(), strict=True):
            kept = best.get(p.group, (scores, p.answers))[0]
            best[p.group] = ([max(x) for x in zip(kept, scores, strict=True)], p.answers)
        found[name] = {}
        for i, output in enumerate(outputs):
            rows = [(a[i], s[i]) for s, a in best.values() if a[i] is not None]
            wanted, given = map(np.array, zip(*rows, strict=True))
            found[name][output] = round(float(average_precision_score(wanted.astype(bool), given)), 4)
    return found


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--shared", type=Path, required=True)
    args.add_argument("--out", type=Path, default=FOLDER / "weights")
    args.add_argument("--seed", type=int, default=1)
    a = args.parse_args()
    torch.set_num_threads(1)
    train, dev = (
        list(read(some, encode=True)) for some in (annotated.training(a.shared), annotated.corpus(a.shared, dev=True))
    )
    for name, examples, outputs, epochs in (("roles", roles, COLUMNS, 10), ("sameness", pairs, ("same",), 6)):
        some = examples(train)
        network = fit(some, epochs, a.seed)
        network.save(a.out / f"{name}.npz")
        print(json.dumps({name: {"rows": len(some), "dev": figures(network, examples(dev), outputs)}}), flush=True)


if __name__ == "__main__":
    main()
