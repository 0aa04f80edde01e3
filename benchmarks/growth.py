"""Whether adding takes longer the more the store holds: `python -m benchmarks.store --grow`.

A store is filled with reports that have signatures and bands, but no entries: reading and pictures are left out, so
that a million are there in minutes. Their signatures are drawn at random, as of texts without a word in common. Then
1,000 invented reports with whole pictures are added, a transaction each, every tenth an edited copy of the one before.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.invented import Pictures
from situate.contract import Picture, Report
from situate.picture import copies
from situate.store import Store
from situate.store.same_text import BANDS, VALUES

SIZES = (10_000, 100_000, 1_000_000)
ADDED = 1_000
COPIES = 10  # every so many is an edited copy of the one before
EDITED = 12  # one word in so many is another one in a copy
_CHUNK = 20_000
_RANGES = 64  # bands are put in by ranges of their values, in order: a hundred times as fast as at random


def grow(seed: int = 1) -> None:
    """Measure and print."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "grow.db"
            Store.open(str(path)).close()
            _fill(path, size, seed)
            with Store.open(str(path)) as store:
                wall, cpu = _add(store, list(_reports(seed)))
                found = sum(len(each.copies) for each in copies(store))
            each, megabytes = 1000 / ADDED, path.stat().st_size / 1e6
            print(
                f"{size:>9,} reports, {megabytes:>5,.0f} MB: {ADDED:,} more take {wall * each:5.1f} ms each,"
                f" {cpu * each:5.1f} ms of processor time; {found} of {ADDED // COPIES} copies found",
                flush=True,
            )


def _add(store: Store, pictures: list[Picture]) -> tuple[float, float]:
    """Seconds that passed, and of processor time."""
    store.add(pictures[0])  # what is loaded once doesn't count
    wall, cpu = time.perf_counter(), time.process_time()
    for picture in pictures[1:]:
        store.add(picture)
    return time.perf_counter() - wall, time.process_time() - cpu


def _reports(seed: int) -> Iterator[Picture]:
    """One report more than are counted; copies say the same with some other words, in another outlet."""
    pictures, draw = Pictures(seed), random.Random(seed)
    last = pictures.make(0)
    yield last
    for number in range(1, ADDED + 1):
        if number % COPIES:
            last = pictures.make(number)
            yield last
        else:
            words = [
                draw.choice(("still", "again")) if draw.randrange(EDITED) == 0 else w for w in last.report.text.split()
            ]
            yield Picture(replace(last.report, id=f"copy-{number}", text=" ".join(words), publisher="Another Outlet"))


def _fill(path: Path, size: int, seed: int) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous = OFF", "cache_size = -200000", "foreign_keys = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    draw = np.random.default_rng(seed)
    for first in range(1, size + 1, _CHUNK):
        numbers = range(first, min(first + _CHUNK, size + 1))
        connection.execute("BEGIN")
        _put(connection, "reports", _report_rows(numbers))
        _put(connection, "texts", ((n, f"{n:032x}", draw.bytes(4 * VALUES), n) for n in numbers))
        _put(connection, "report_texts", ((n, n) for n in numbers))
        connection.execute("COMMIT")
    width = 2**64 // _RANGES
    for n in range(_RANGES):
        low = -(2**63) + n * width
        bands = np.sort(draw.integers(low, low + width, size * BANDS // _RANGES, dtype=np.int64))
        texts = draw.integers(1, size + 1, len(bands))
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT OR IGNORE INTO text_bands VALUES (?, ?)", zip(bands.tolist(), texts.tolist(), strict=True)
        )
        connection.execute("COMMIT")
    connection.close()


def _put(connection: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    width = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def _report_rows(numbers: range) -> Iterator[tuple[object, ...]]:
    """Rows of `reports` in the order of its columns."""
    packed = zlib.compress(Picture(Report("", "")).to_json().encode())
    draw = random.Random(numbers.start)
    for n in numbers:
        digest = f"{draw.getrandbits(256):064x}"
        day = f"2018-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        named = (None, None, "Orontes Post", " orontes post ", None, None, day, "en")
        yield (n, digest[:16], digest, f"r{n}", day, *named, "2026-01-01T00:00:00+00:00", "{}", "[]", "", packed)
