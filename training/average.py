"""Averages the weights of two training runs that began alike.

    python -m training.average training/runs/a training/runs/b --out training/runs/average.pt

Runs from one beginning often lie in one basin, and the middle of it generalises better than either (Wortsman et al.
2022, model soups). Pair heads are products, so their means are no means of their scores: those of the last run are
taken as they are. `training.train --begin FILE --epochs 3 --rate 0.2` then lets all parts fit one another again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("runs", type=Path, nargs=2)
    args.add_argument("--out", type=Path, required=True)
    a = args.parse_args()
    one, other = (torch.load(run / "weights.pt") for run in a.runs)
    mean = {k: v if k.startswith("pairs.") else (one[k] + v) / 2 for k, v in other.items() if v.is_floating_point()}
    torch.save(other | mean, a.out)


if __name__ == "__main__":
    main()
