"""Whether what is new takes longer the more the store holds: `python -m benchmarks.store --new`.

Stores of 1,000 and of 10,000 invented reports, so many a day, so that the larger one goes on for ten times as long.
Then the reports of the next days are added, and worked into incidents, stories, histories, ties and what becomes of
forecasts.
"""

from __future__ import annotations

import tempfile
import time

from benchmarks.invented import Pictures
from situate.picture import keep_up
from situate.store import Store

SIZES = (1_000, 10_000)
ADDED = 100
A_DAY = 8


def fresh(seed: int = 1) -> None:
    """Measure and print."""
    for size in SIZES:
        pictures = Pictures(seed)
        with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/fresh.db") as store:
            built = time.process_time()
            for number in range(size):
                store.add(pictures.make(number, number // A_DAY))
            keep_up(store)
            built = time.process_time() - built
            some = [pictures.make(number, number // A_DAY) for number in range(size, size + ADDED)]
            begin = time.process_time()
            for picture in some:
                store.add(picture)
            added = time.process_time()
            keep_up(store)
            done = time.process_time()
        each = 1000 / ADDED
        print(
            f"{size:>7,} reports: {ADDED} more take {(added - begin) * each:5.1f} ms of processor time each to add,"
            f" {(done - added) * each:5.1f} ms to work in; the store itself took {built:,.0f} s",
            flush=True,
        )
