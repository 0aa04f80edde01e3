"""Logistic regression over named features: small tables of weights that a person can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

NEGLIGIBLE = 0.03  # features whose weights are all smaller than this are left out
PENALTIES = (0.05, 0.1, 0.2)


@dataclass(frozen=True)
class Row:
    """An example: its features (with values, or only their names), its class, the report it is from, its share."""

    features: Mapping[str, float] | Sequence[str]
    label: Any
    report: str
    share: float = 1.0


@dataclass(frozen=True)
class Fitted:
    """The weights by feature, a column a class, and figures of the cross-validation."""

    table: dict[str, tuple[float, ...]]
    figures: dict[str, Any]


def fit(
    rows: list[Row] | dict[Any, list[Row]],
    classes: list[Any],
    least_seen: int = 4,
    penalties: tuple[float, ...] = PENALTIES,
) -> Fitted:
    """The weights of each class.

    Rows of their own for each class (a dict) or yes-or-no rows make one regression a class; rows of one list with
    several classes make a multinomial one.
    """
    if isinstance(rows, dict):
        each = {k: fit(rows[k], [True], least_seen, penalties) for k in classes}
        names = sorted({f for x in each.values() for f in x.table})
        table = {f: tuple(each[k].table.get(f, (0.0,))[0] for k in classes) for f in names}
        penalty = each[classes[0]].figures["penalty"]
        return Fitted(table, {"penalty": penalty} | {str(k): x.figures for k, x in each.items()})
    seen = Counter(f for r in rows for f in r.features)
    index = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= least_seen))}
    x, y = matrix(rows, index), np.array([classes.index(r.label) if len(classes) > 1 else bool(r.label) for r in rows])
    shares = np.array([r.share for r in rows])
    groups = np.array([r.report for r in rows])
    losses = {c: _loss(x, y, shares, groups, c) for c in penalties} if len(penalties) > 1 else {penalties[0]: 0.0}
    best = min(losses, key=lambda c: losses[c])
    model = _model(best, len(classes)).fit(x, y, shares)
    weights = np.zeros((len(classes), len(index)))
    weights[model.classes_.astype(int) if len(classes) > 1 else [0]] = model.coef_
    kept = {f: tuple(weights[:, i].tolist()) for f, i in index.items() if np.abs(weights[:, i]).max() >= NEGLIGIBLE}
    return Fitted(kept, {"rows": len(rows), "penalty": best, "log_loss": round(losses[best], 4)})


def matrix(rows: list[Row], index: Mapping[str, int]) -> csr_matrix:
    """Rows as a sparse matrix."""
    at, columns, values = [], [], []
    for i, row in enumerate(rows):
        items = row.features.items() if isinstance(row.features, Mapping) else ((f, 1.0) for f in set(row.features))
        for feature, value in items:
            if feature in index:
                at.append(i), columns.append(index[feature]), values.append(value)
    return csr_matrix((values, (at, columns)), shape=(len(rows), len(index)))


def folds(reports: Sequence[str], n: int) -> Iterator[tuple[list[int], list[int]]]:
    """Indices of the reports to fit on and to hold out, n times."""
    for train, test in GroupKFold(n).split(list(reports), groups=list(reports)):
        yield train.tolist(), test.tolist()


def _model(penalty: float, classes: int) -> LogisticRegression:
    solver = "lbfgs" if classes > 1 else "liblinear"
    return LogisticRegression(C=penalty, solver=solver, max_iter=200, fit_intercept=False, random_state=1)


def _loss(x: csr_matrix, y: Any, shares: Any, groups: Any, penalty: float) -> float:
    p = np.zeros(len(y))
    for train, test in GroupKFold(4).split(x, y, groups):
        model = _model(penalty, 2 if y.max() > 1 else 1).fit(x[train], y[train], shares[train])
        given = model.predict_proba(x[test])
        column = {c: k for k, c in enumerate(model.classes_)}
        p[test] = [row[column[c]] if c in column else 0.0 for row, c in zip(given, y[test], strict=True)]
    return float(np.average(-np.log(np.maximum(p, 1e-6)), weights=shares))
