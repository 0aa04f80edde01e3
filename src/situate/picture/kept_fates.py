"""What became of forecasts, as far as the reports of a store tell, from what is kept of it (`fate_keeping`)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from situate.contract import Span
from situate.picture.clues import Hint, Question
from situate.picture.grouping import Block
from situate.picture.keeping import keep_up
from situate.picture.settling import MANY, Foretold, Proposal, Telling, overdue, proposal, settle
from situate.store.asking import Asking
from situate.store.sql import Sql, sql
from situate.store.store import Store

_ASKED = """SELECT asked.question_id, entries.key, reports.key, reports.day, own.content, questions.body,
    own.likelihood_low, own.likelihood_high, own.horizon_latest, own.condition
    FROM asked JOIN questions ON questions.id = asked.question_id JOIN entries ON entries.id = asked.entry_id
    JOIN reports ON reports.id = asked.report_id JOIN forecasts own ON own.entry_id = asked.entry_id
    WHERE entries.review <> 'rejected' ORDER BY reports.day, entries.key"""
_CLUES = """SELECT clues.question_id, clues.body, reports.key, reports.publisher, reports.published
    FROM clues JOIN reports ON reports.id = clues.report_id"""
_SILENT = """SELECT DISTINCT reports.key, marks.day FROM report_marks marks
    JOIN reports ON reports.id = marks.report_id
    WHERE marks.mark IN (?) AND marks.day > ? AND marks.day <= ? LIMIT ?"""


def fates(store: Store, on: str | None = None) -> list[Proposal]:
    """A proposal for each forecast of a store, as of a day (ISO; by default that of the last report)."""
    today = on or (store.last_day() or "")[:10]
    if store.veiled:
        return settle(store.kept(), today or None)
    keep_up(store)
    with store.asking() as asked:
        tellings = _tellings(asked)
        return [proposal(f, tellings[q], _silent(asked, f, today), today) for q, f in _foretold(asked)]


def _foretold(asked: Asking) -> Iterator[tuple[int, Foretold]]:
    known: dict[int, Question] = {}
    for number, key, report, day, content, body, low, high, deadline, condition in asked.tuples(Sql(_ASKED)):
        if number not in known:
            known[number] = Question.from_dict(json.loads(body))
        more = low, high, deadline, condition is not None
        yield number, Foretold(key, report, day, content, known[number], *more)


def _tellings(asked: Asking) -> Mapping[int, list[Telling]]:
    """What reports tell, by question."""
    found: dict[int, list[Telling]] = defaultdict(list)
    for question, body, report, outlet, published in asked.tuples(Sql(_CLUES)):
        found[question].append(Telling(report, outlet, published, _hint(json.loads(body))))
    return found


def _hint(values: dict[str, Any]) -> Hint:
    return Hint(**{**values, "words": Span(**values["words"])})


def _silent(asked: Asking, f: Foretold, today: str) -> int:
    """How many reports after the time of a forecast name the same, `MANY` at most."""
    if not (f.asks.named and f.deadline and f.deadline < today):
        return 0
    marks = [Block.of("mark", f"{name} ").number for name in f.asks.names]
    found = asked.tuples(sql(_SILENT, marks, f.deadline, min(today, f.last), MANY + 1))
    return min(MANY, sum(overdue(f, report, day, today) for report, day in found))
