"""What the commands that add reports share: what the store doesn't have is read and kept, and all of it counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from situate.cli.common import bring_up_to_date, progress, tell_failure

if TYPE_CHECKING:
    from situate.contract import Picture, Report
    from situate.intake import Failure
    from situate.store import Store
    from situate.store.runs import Outcome, Run

_PUT_TOGETHER = 200  # reports after which incidents and stories are brought up to date
_NAMED = 5  # reports named in the summary


@dataclass(slots=True)
class Coverage:
    """What became of each input: every one is in exactly one of these."""

    kept: int = 0  # read and kept, with something told
    nothing: int = 0  # read and kept, but it tells nothing
    had: int = 0
    failed: int = 0
    nothing_in: list[str] = field(default_factory=list)  # the first few such reports
    entries: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def count_kept(self, picture: Picture) -> None:
        """Count a picture that the store took."""
        from situate.store.runs import told_in

        told = told_in(picture)
        if told:
            self.kept += 1
            self.entries.update(told)
            return
        self.nothing += 1
        if len(self.nothing_in) < _NAMED:
            self.nothing_in.append(picture.report.id)

    def count_failure(self, failure: Failure) -> None:
        """Count an input that couldn't be read or kept, and tell why; or one that the store has already."""
        from situate.store.runs import HAD

        if failure.reason == HAD:
            self.had += 1
            return
        self.failed += 1
        self.reasons[failure.reason] += 1
        tell_failure(failure)


@dataclass(frozen=True, slots=True)
class Adding:
    """One run of adding to a store.

    `remarks` says, by a report's id, what is to be kept with what became of it; `told` hears of each picture kept.
    `idle` tells whether the next report isn't there yet, so that those that are there are read.
    """

    store: Store
    run: Run
    coverage: Coverage
    jobs: int = 1
    remarks: dict[str, str] = field(default_factory=dict)
    told: Callable[[Picture], None] = lambda picture: None
    idle: Callable[[], bool] = lambda: False

    def read(self, items: Iterable[Report | Failure], total: int | None) -> None:
        """Read what the store doesn't have, and keep each report as soon as it is read."""
        from situate.engine import read_all

        try:
            read = read_all(self._less_had(items), _same, self.jobs, self.idle)
            with progress(read, total, "adding") as shown:
                for number, item in enumerate(shown, 1):
                    self._keep(item)
                    if number % _PUT_TOGETHER == 0:
                        bring_up_to_date(self.store)
        except BaseException:
            self.run.keep_waiting()
            raise
        self.run.end()

    def _less_had(self, items: Iterable[Report | Failure]) -> Iterator[Report | Failure]:
        """The items; instead of a report that the store has, an item that passes through the reading unread."""
        from situate.intake import Failure
        from situate.store.runs import HAD

        for item in items:
            yield item if isinstance(item, Failure) or not self.store.has(item) else Failure(item.id, HAD, "")

    def _keep(self, item: Picture | Failure) -> None:
        """Keep a picture, and count what became of it."""
        from situate.intake import Failure
        from situate.store.runs import HAD, Item, item_of

        if isinstance(item, Failure):
            self.coverage.count_failure(item)
            outcome: Outcome = "skipped" if item.reason == HAD else "failed"
            self.run.note(Item(item.id or item.source, outcome, reason=item.reason, remedy=item.remedy or None))
            return

        def outcome_of(new: bool) -> Item:
            became, remark = item_of(item, new), self.remarks.get(item.report.id)
            return replace(became, reason=remark) if new and remark else became

        try:
            added = self.store.add(item, also=lambda connection, new: self.run.keep(connection, outcome_of(new)))
        except ValueError as error:  # text that can't be written, such as half a surrogate pair
            reason = f"can't be kept ({' '.join(str(error).split())[:120]})"
            self._keep(Failure(item.report.id, reason, "take out what is no text"))
            return
        if added:
            self.coverage.count_kept(item)
            self.told(item)
        else:
            self.coverage.had += 1  # the same report came twice, or another process was faster


def _same(picture: Picture) -> Picture:
    return picture
