"""A review at a terminal: one entry at a time, one key a decision; each decision is kept before the next is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import click

from situate.cli.common import bring_up_to_date, tell
from situate.cli.correcting import NOTHING, allowed_in, field_named, fields_of, shown, stands_in, value_of
from situate.cli.excerpt import sentence_around
from situate.cli.grid import Cell, cell, line, sheet
from situate.cli.listing_tables import entry_sheet, words_line
from situate.errors import SituateError
from situate.store.decisions import TOGETHER, Decision, DecisionKind
from situate.store.judging import judge, now
from situate.store.listed import Words
from situate.store.opinions import corrected, opinions, stands_of

if TYPE_CHECKING:
    from situate.store import Filters, Listed, Store
    from situate.store.waiting import Order

AROUND = 420  # characters of the report on either side of the words
_KINDS: dict[str, DecisionKind] = {"a": "accept", "r": "reject", "d": "unsure"}
_KEYS = "a accept  r reject  c correct  d in doubt  s skip  u undo  o text around  n note  q quit"


@dataclass(frozen=True, slots=True)
class Task:
    """What is gone through: the entries of a layer that wait, in which order, and who decides.

    With `second`, those that others decided on and this person didn't, without what the others said.
    """

    layer: str
    filters: Filters
    who: str
    order: Order = "doubt"
    second: bool = False


@dataclass(slots=True)
class Sitting:
    """One person at work on a task."""

    store: Store
    task: Task
    later: list[str] = field(default_factory=list)  # the keys of the entries that were skipped
    made: list[Decision] = field(default_factory=list)  # what was decided and still stands
    waiting: int = 0
    note: str | None = None  # why the next decision is made
    again: Listed | None = None  # what comes next, because its decision was taken back

    def run(self) -> None:
        """Entry after entry, until none waits or the person has enough."""
        while (row := self.again or self._next()) is not None:
            self.again = None
            self._show(row)
            if not self._goes_on(row):
                break
        else:
            left = f"; {len(self.later):,} left for later" if self.later else ""
            tell(f"nothing else of the {self.task.layer} waits for a review here{left}")
        kinds = Counter(made.decision for made in self.made)
        told = ", ".join(f"{number:,} {kind}" for kind, number in kinds.items())
        tell(f"decisions kept: {told or 'none'}")

    def _next(self) -> Listed | None:
        from situate.store.waiting import next_waiting

        task = self.task
        second_of = task.who if task.second else None
        row, self.waiting = next_waiting(
            self.store, task.layer, task.filters, task.order, second_of, but=tuple(self.later)
        )
        return self._unseen(row)

    def _unseen(self, row: Listed | None) -> Listed | None:
        """The entry, for a second opinion without what comes of the first."""
        return replace(row, review="unreviewed") if row and self.task.second else row

    def _show(self, row: Listed) -> None:
        from situate.picture.corroborated import corroboration_of, in_short

        bring_up_to_date(self.store)
        stands = cell(in_short(corroboration_of(self.store, row.layer, [row])[row.key]))
        wait = f"{self.task.layer} waiting: {self.waiting:,}"
        done = f"decided: {len(self.made):,}" if self.made else ""
        left = f"left for later: {len(self.later):,}" if self.later else ""
        click.echo()
        _say(" · ".join(part for part in (wait, done, left) if part), "cyan")
        click.echo(entry_sheet(row, self._sentence(row), ("stands", stands), *self._corrected(row)))

    def _sentence(self, row: Listed) -> Words:
        text = self.store.report(row.report.key).text
        start, end = sentence_around(text, row.evidence)
        return Words(start, end, text[start:end])

    def _corrected(self, row: Listed) -> list[tuple[str, Cell]]:
        """What somebody corrected, where that is not to be kept from who gives a second opinion."""
        if self.task.second:
            return []
        trail = self.store.decisions(row.key)
        made = [(name, corrected(trail, name)) for name in fields_of(row.layer)]
        return [("corrected", cell(f"{name}: {shown(last.after)} ({last.who})")) for name, last in made if last]

    def _goes_on(self, row: Listed) -> bool:
        """Takes keys until this entry is done with; False where the person has enough."""
        while (key := _key()) != "q":
            if kind := _KINDS.get(key):
                self._keep(row, kind)
                return True
            if key == "s":
                self.later.append(row.key)
                return True
            if (key == "c" and self._correct(row)) or (key == "u" and self._take_back()):
                return True
            if key == "o":
                self._around(row)
            elif key == "n":
                self.note = click.prompt("why", default="", show_default=False) or None
            elif key not in "cu":
                tell(f"{key!r} is none of the keys")
        return False

    def _keep(self, row: Listed, kind: DecisionKind, **correction: Any) -> None:
        said = Decision(row.key, kind, self.task.who, now(), **correction, comment=self.note)
        made = judge(self.store, said, lambda: stands_in(row, said.field or "")).made
        self.made.append(made)
        self.note = None
        value = f": {made.field} {shown(made.before)} → {shown(made.after)}" if made.field else ""
        _say(f"{kind}{value}", "red" if kind == "reject" else "green")
        if self.task.second:
            self._compare(row)

    def _compare(self, row: Listed) -> None:
        """After a second opinion: what the others said."""
        said = opinions(self.store.decisions(row.key)).get(row.key, {})
        others = [f"{who}: {state}" for who, state in said.items() if who != self.task.who]
        _say(f"others: {', '.join(others)}")

    def _correct(self, row: Listed) -> bool:
        """Asks for fields and their values, and keeps each at once; False where nothing was corrected."""
        so_far = len(self.made)
        click.echo(sheet([(name, cell(shown(self._stands(row, name)))) for name in fields_of(row.layer)]))
        while name := click.prompt("which field (Enter: no further)", default="", show_default=False):
            try:
                named = field_named(row.layer, name)
                allowed = " ".join(allowed_in(row.layer, named)) or f"{NOTHING} for nothing"
                words = click.prompt(f"{named} ({allowed})", default="", show_default=False)
                if words:
                    after = value_of(row.layer, named, words)
                    self.note = self.note or click.prompt("why (Enter: unsaid)", default="", show_default=False) or None
                    self._keep(row, "correct", field=named, after=after)
            except SituateError as error:
                tell(str(error))
        return len(self.made) > so_far

    def _stands(self, row: Listed, name: str) -> Any:
        last = None if self.task.second else corrected(self.store.decisions(row.key), name)
        return last.after if last else stands_in(row, name)

    def _take_back(self) -> bool:
        """Takes back the last decision of this sitting, and has its entry shown again; False where there is none."""
        from situate.store.query import entry

        if not self.made:
            tell("nothing to undo: nothing was decided yet since the review began")
            return False
        last = self.made[-1]
        taken_back(self.store, last.entry_key, self.task.who, self.note)
        self.made.pop()
        self.waiting += 1
        self.note = None
        self.again = self._unseen(entry(self.store, last.entry_key))
        _say(f"{last.decision} taken back", "yellow")
        return True

    def _around(self, row: Listed) -> None:
        """The words with what stands around them in the report."""
        text = self.store.report(row.report.key).text
        most = len(row.evidence.text) + 2 * AROUND
        click.echo(sheet([("around", (words_line(Words(0, len(text), text), row.evidence, most),))]))


def taken_back(store: Store, key: str, who: str, why: str | None) -> str:
    """Take back what a person decided last on an entry; gives what its decisions come to. Raises SituateError where
    nothing stands, or the last is said of incidents, forecasts or readers, which have commands of their own.
    """
    own = stands_of(store.decisions(key), who)
    if own and own[-1].field in TOGETHER:
        raise SituateError(
            f"{key}: what {who} said last of it is no review but its {own[-1].field!r}; situate incidents undo, or "
            "forecasts settle --as open, take that back"
        )
    return judge(store, Decision(key, "undo", who, now(), comment=why)).review


def _say(words: str, style: str = "") -> None:
    click.echo(sheet([("", (line(words, style),))]))


def _key() -> str:
    """One key, without Enter; q where the terminal is gone. What else was typed before it was asked is dropped."""
    _say(_KEYS, "dim")
    try:
        return click.getchar()[:1].lower() or "q"
    except (EOFError, OSError):
        return "q"
