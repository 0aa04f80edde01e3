"""A store brought up to date with the readers of today: only reports of which a layer is out of date are read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from situate.contract import Picture, Report
from situate.errors import SituateError
from situate.intake import Failure
from situate.picture.rereading import Difference, carried, differences
from situate.store import Store
from situate.store.decisions import review_states
from situate.store.sql import sql

KEPT_STATES = ("accepted", "corrected")  # what a person said of an entry so that it stays, whatever the readers say
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Outdated:
    """A report, by its key, and the first of its layers that is out of date."""

    report: str
    first: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A report that was read again: from which layer on, what changed, and what stayed because a person said so."""

    report: str
    id: str
    first: str
    changes: tuple[Difference, ...]
    kept: tuple[str, ...] = ()  # accepted or corrected entries that the readers don't find any more
    unheld: tuple[str, ...] = ()  # entries that people decided on otherwise, and that are gone


def outdated(store: Store, *, every: bool = False) -> Iterator[Outdated]:
    """The reports of which a layer was made with another reader, version or settings than today's; or all of them."""
    from situate.reading import first_outdated, readers

    known: dict[str, str | None] = {}
    last = ""
    while True:
        with store.asking() as asked:
            rows = asked.tuples(sql("SELECT key, made_by FROM reports WHERE key > ? ORDER BY key LIMIT ?", last, _PAGE))
        for key, made in rows:
            if made not in known:
                known[made] = readers()[0].layer if every else first_outdated(json.loads(made), readers())
            first = known[made]
            if first is not None:
                yield Outdated(key, first)
        if len(rows) < _PAGE:
            return
        last = rows[-1][0]


def refreshed(store: Store, todo: Iterable[Outdated]) -> Iterator[Refreshed | Failure]:
    """Read the reports again from the layer on that is out of date, keep what comes of it, and tell what changed."""
    from situate.language import parse
    from situate.reading import read_document

    waiting: list[tuple[Outdated, Picture]] = []

    def reports() -> Iterator[Report]:
        for each in todo:
            picture = store.picture(each.report)
            waiting.append((each, picture))
            yield picture.report

    for document in parse(reports()):
        each, before = waiting.pop(0)
        try:
            after = read_document(document, before, each.first)
        except SituateError:  # what the program reads by is at fault
            raise
        except Exception as error:  # a reader's fault, whatever it is: the report stays as it was
            what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            name = before.report.id
            yield Failure(name, f"reading broke off ({what})", "please report this with the text", name)
            continue
        yield _replaced(store, each, before, after)


def _replaced(store: Store, what: Outdated, before: Picture, after: Picture) -> Refreshed:
    with store.asking() as asked:
        decided = review_states(asked, what.report)
    stay = {key for key, state in decided.items() if state in KEPT_STATES}
    whole = carried(before, after, what.report, stay)
    store.replace(whole)
    found = differences(before, whole, what.report)
    now, read = (_keys(picture, what.report) for picture in (whole, after))
    unheld = tuple(sorted(key for key in decided if key not in now and key in _keys(before, what.report)))
    return Refreshed(
        what.report, before.report.id, what.first, tuple(found), tuple(sorted((stay & now) - read)), unheld
    )


def _keys(picture: Picture, report: str) -> set[str]:
    from situate.store.keys import entry_keys

    return {key for _, _, key in entry_keys(picture, report)}
