"""How fast the store takes reports in and answers, with invented pictures.

    python -m benchmarks.store                       100,000 events in a temporary folder: adding, putting together
                                                     (incidents, stories, histories), queries, commands
    python -m benchmarks.store --events 20000        fewer
    python -m benchmarks.store --keep big.db         keep the store, and take it as it is the next time
    python -m benchmarks.store --grow                adding 1,000 reports to 10,000, 100,000 and a million
    python -m benchmarks.store --new                 adding 100 reports to 1,000 and to 10,000, and working them in

Adding is told for each tenth, since it must not slow down with what is there. A listing is what the command does once
it is loaded: a page of 50 and the count of all. Whole commands are told beside the bare start of Python; they run as
they do once installed, from compiled modules.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.fresh import fresh
from benchmarks.growth import grow
from benchmarks.invented import EVENTS_A_REPORT, Pictures
from situate.picture import keep_up
from situate.store import Filters, Store, query, query_merged

ROUNDS = 7
GOAL_MS = 200
COMMANDS = (
    *((layer,) for layer in ("events", "claims", "agreements", "movements", "control", "relations", "forecasts")),
    ("events", "--place", "Idlib", "--since", "2019-01", "--until", "2019-06"),
    ("events", "--type", "assault", "--status", "actual"),
    ("claims", "--text", "people"),
    ("actors",),
    ("actors", "--place", "Idlib"),
    ("places", "--csv", "--limit", "50"),
    ("incidents",),
    ("incidents", "--place", "Idlib", "--since", "2019-01", "--until", "2019-06"),
    ("stories",),
    *(("history", "--of", of, "--place", "Idlib") for of in ("control", "agreements", "movements", "relations")),
    ("forecasts", "settle", "--json"),
)


def fill(store: Store, reports: int, seed: int) -> None:
    """Add the pictures, and tell how long each tenth took."""
    pictures = Pictures(seed)
    for tenth in range(10):
        some = [pictures.make(number) for number in range(reports * tenth // 10, reports * (tenth + 1) // 10)]
        begin = time.process_time()
        for picture in some:
            store.add(picture)
        spent = (time.process_time() - begin) / max(1, len(some))
        print(f"adding, {reports * (tenth + 1) // 10:>8,} reports  {spent * 1000:6.1f} ms of processor time a report")


def put_together(store: Store) -> None:
    """Bring incidents, stories and histories up to date, and tell how long each tenth took."""
    begin, tenth, before = time.process_time(), 0, 0

    def told(left: int, total: int) -> None:
        nonlocal begin, tenth, before
        done = total - left
        if total and done * 10 // total > tenth:
            spent, begin = time.process_time() - begin, time.process_time()
            each = spent / max(1, done - before) * 1000
            print(f"putting together, {done:>8,} of {total:,}  {each:6.1f} ms of processor time each", flush=True)
            tenth, before = done * 10 // total, done

    keep_up(store, tell=told)


def filters(store: Store) -> dict[str, Filters]:
    """One filter of each kind; the names are of the most and of a little reported."""
    often = query_merged.merged_page(store, "actors", Filters(), limit=200).rows
    return {
        "all": Filters(),
        "type": Filters(types=("ASSAULT",)),
        "status": Filters(statuses=("denied",)),
        "a month": Filters(since="2019-01-01", until="2019-01-31"),
        "three years": Filters(since="2018-06-01", until="2021-06-01"),
        "actor in most reports": Filters(actors=(often[0].name,)),
        "actor in few": Filters(actors=(often[-1].name,)),
        "country": Filters(places=("Syria",)),
        "province": Filters(places=("Idlib",)),
        "outlet": Filters(sources=("Orontes",)),
        "who is quoted": Filters(sources=("officials",)),
        "report": Filters(reports=("report-7",)),
        "a word in all": Filters(text="people"),
        "a phrase": Filters(text='"59 people died"'),
        "confidence": Filters(min_confidence=0.5),
        "box": Filters(box=(36.0, 33.0, 37.0, 34.0)),
        "all of them": Filters(
            since="2019-01-01", until="2019-12-31", places=("Idlib",), actors=(often[0].name,), types=("ASSAULT",),
            statuses=("actual",), sources=("Orontes",), text="people", min_confidence=0.2,
        ),
    }  # fmt: skip


def listings(store: Store) -> float:
    """Time each listing; gives the slowest, in milliseconds."""
    slowest = 0.0
    for name, wanted in filters(store).items():
        for layer in ("events", "actors", "places"):
            spent, number = fastest(lambda: listing(store, layer, wanted))  # noqa: B023  (called at once)
            slowest = max(slowest, spent)
            print(f"{layer:<7} {name:<22} {number:>8,} match  {spent:6.1f} ms")
    return slowest


def listing(store: Store, layer: str, wanted: Filters) -> int:
    """What a listing command asks of the store."""
    if layer == "events":
        query.page(store, layer, wanted)
        return query.count(store, layer, wanted)
    return query_merged.merged_page(store, layer, wanted).total or 0


def fastest(ask: Callable[[], int]) -> tuple[float, int]:
    """The fastest of some rounds in milliseconds of processor time, and the answer."""
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        number = ask()
        times.append((time.process_time() - begin) * 1000)
    return min(times), number


def commands(path: Path, compiled: str) -> None:
    """Time whole commands, and the bare start of Python. Compiled modules go into the folder `compiled`."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    as_installed = inherited | {"PYTHONPYCACHEPREFIX": compiled}
    start, _ = command_time([sys.executable, "-c", "pass"], as_installed)
    print(f"the start of Python alone {start:54.0f} ms of processor time")
    slowest = 0.0
    for command in COMMANDS:
        spent, passed = command_time([sys.executable, "-m", "situate", *command, "--store", str(path)], as_installed)
        slowest = max(slowest, spent)
        print(f"situate {' '.join(command):<66} {spent:5.0f} ms of processor time, {passed:5.0f} ms in all")
    print(f"the slowest command  {slowest:.0f} ms of processor time; the goal is {GOAL_MS} ms, by the clock")


def command_time(command: list[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """The fastest of some runs, in milliseconds of processor time, and of time that passed."""
    times = []
    for _ in range(ROUNDS):
        before, began = _of_children(), time.perf_counter()
        done = subprocess.DEVNULL
        subprocess.run(command, check=True, stdout=done, stderr=done, env=environment)
        times.append(((_of_children() - before) * 1000, (time.perf_counter() - began) * 1000))
    return min(spent for spent, _ in times), min(passed for _, passed in times)


def _of_children() -> float:
    """The processor time of the processes that were started and have ended, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--grow", action="store_true")
    parser.add_argument("--new", action="store_true")
    asked = parser.parse_args()
    if asked.grow or asked.new:
        (grow if asked.grow else fresh)(asked.seed)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "benchmark.db"
        with Store.open(str(path)) as store:
            if store.count() == 0:
                fill(store, asked.events // EVENTS_A_REPORT, asked.seed)
            put_together(store)
            size = path.stat().st_size / 1e6
            print(f"{store.count():,} reports, {query.count(store, 'events', Filters()):,} events, {size:,.0f} MB")
            slowest = listings(store)
            print(f"the slowest listing  {slowest:.0f} ms; the goal is {GOAL_MS} ms")
        commands(path, str(Path(folder) / "compiled"))


if __name__ == "__main__":
    main()
