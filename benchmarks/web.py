"""How soon the web page's server answers: the first view, filters, and many readers while reports are being added.

    python -m benchmarks.web                     100,000 events in a temporary folder, 50 readers for a minute
    python -m benchmarks.web --keep big.db       keep the store, and take it as it is the next time
    python -m benchmarks.web --only readers --readers 10 --seconds 20
    python -m benchmarks.web --only readers --seconds 3600      whether memory stays flat over an hour

The server is `situate serve` as a process of its own. Times are those that a reader waits; beside them stands the
server's processor time, which other work on the machine doesn't stretch, and how busy the machine was. A reader asks
for a view at random, half of the time of everything and else of a filter, looks at it for some seconds, and goes on;
meanwhile a report is added every second. The server's memory is told every five minutes, or ten times on the way: all
that it holds, and what of it isn't a file's.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx

from benchmarks.invented import EVENTS_A_REPORT, Pictures
from benchmarks.store import fill, filters
from situate.picture import incident_count, keep_up
from situate.store import Filters, Store, query

FIRST = ("tally", "timeline", "map", "layers/events?limit=40")  # what the page asks for when it is opened
VIEWS = (
    "tally", "timeline", "map", "layers/events?limit=40", "layers/actors?limit=40", "incidents?limit=40", "network",
    "control/history", "flows", "forecasts",
)  # fmt: skip
_NAMES = {
    "places": "place", "actors": "actor", "types": "type", "statuses": "status", "sources": "source",
    "reports": "report", "reviews": "review", "layers": "layer",
}  # fmt: skip
WEIGHED = 10  # times at least that the server's memory is told while there are readers
WEIGHED_EVERY = 300.0  # seconds at most between two of them
LOOKS = (1.0, 5.0)  # seconds for which a reader looks at a view
NARROWED = 0.5  # the share of views for which a filter is drawn; the others are of everything
GOALS_MS = {"first view": 1000, "a filter": 300, "many readers": 400}


@dataclass(frozen=True, slots=True)
class Served:
    """A server: its address and its process."""

    address: str
    number: int

    def processor_ms(self) -> float:
        """The processor time that it has taken."""
        fields = Path(f"/proc/{self.number}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") * 1000

    def megabytes(self) -> tuple[float, float]:
        """The memory that it holds, and what of it isn't a file's."""
        status = Path(f"/proc/{self.number}/status").read_text()
        held, own = (int(status.partition(f"{name}:")[2].split()[0]) / 1024 for name in ("VmRSS", "RssAnon"))
        return held, own


@contextmanager
def served(path: Path) -> Iterator[Served]:
    """The store, served while the context lasts."""
    command = [sys.executable, "-m", "situate", "serve", "--port", "0", "--store", str(path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = server.stderr.readline()
        address = said[said.index("http://") : said.index("/ (")]
        try:
            while True:
                try:
                    httpx.get(f"{address}/api/me", timeout=5)
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield Served(address, server.pid)
        finally:
            server.terminate()


def asked(view: str, wanted: Filters) -> str:
    """The address of a view of a filter."""
    given: list[tuple[str, Any]] = []
    for field in fields(wanted):
        value = getattr(wanted, field.name)
        if field.name == "box" and value:
            given.append(("box", ",".join(map(str, value))))
        elif isinstance(value, tuple):
            given += [(_NAMES[field.name], each) for each in value]
        elif value is not None:
            given.append((field.name, value))
    return f"/api/{view}{'&' if '?' in view else '?'}{httpx.QueryParams(given)}"


def first_view(server: Served) -> float:
    """Open the page as a browser does: the page itself, then all that it asks for at once. Gives milliseconds."""

    async def view() -> float:
        async with httpx.AsyncClient(base_url=server.address, timeout=60) as client:
            begin = time.perf_counter()
            await client.get("/")
            await asyncio.gather(*(client.get(f"/api/{part}") for part in FIRST))
            return (time.perf_counter() - begin) * 1000

    return asyncio.run(view())


def each_filter(server: Served, some: dict[str, Filters]) -> list[float]:
    """Every view of every filter, asked for once, nothing kept: prints the slowest of each view."""
    times: list[float] = []
    with httpx.Client(base_url=server.address, timeout=120) as client:
        for view in VIEWS:
            by_filter = {}
            for name, wanted in some.items():
                before, begin = server.processor_ms(), time.perf_counter()
                answer = client.get(asked(view, wanted))
                spent = (time.perf_counter() - begin) * 1000
                assert answer.status_code == 200, answer.text
                by_filter[name] = spent, server.processor_ms() - before, len(answer.content)
                times.append(spent)
            slowest = max(by_filter, key=lambda name: by_filter[name][0])
            spent, own, size = by_filter[slowest]
            median = sorted(t for t, _, _ in by_filter.values())[len(by_filter) // 2]
            print(
                f"{view:<24} median {median:7.0f} ms   slowest {spent:7.0f} ms"
                f" ({own:.0f} ms of processor time, {size / 1000:,.0f} kB: {slowest})"
            )
    return times


Times = dict[str, list[float]]  # milliseconds, by view


def many_readers(server: Served, path: Path, some: Sequence[Filters], readers: int, seconds: float) -> Times:
    """Readers who look at views while reports are being added; gives the milliseconds that they waited.

    Prints what memory the server holds on the way.
    """
    stop, added = Event(), [0]

    def add() -> None:
        pictures = Pictures(seed=int(time.time()))
        with Store.open(str(path)) as store:
            while not stop.wait(1.0):
                added[0] += store.add(pictures.make(10_000_000 + int(time.time() * 10)))

    def weigh() -> None:
        begin = time.monotonic()
        while not stop.wait(min(seconds / WEIGHED, WEIGHED_EVERY)):
            held, own = server.megabytes()
            busy = os.getloadavg()[0]
            print(
                f"{time.monotonic() - begin:6.0f} s   {held:5.0f} MB, {own:5.0f} MB its own   load {busy:.1f}",
                flush=True,
            )

    beside = [Thread(target=add), Thread(target=weigh)]
    for thread in beside:
        thread.start()
    try:
        times = asyncio.run(_look(server, some, readers, seconds))
    finally:
        stop.set()
        for thread in beside:
            thread.join()
    number = sum(map(len, times.values()))
    print(f"{readers} readers, {number} views in {seconds:.0f} s, while {added[0]} reports were added")
    return times


async def _look(server: Served, some: Sequence[Filters], readers: int, seconds: float) -> Times:
    times: Times = {view: [] for view in VIEWS}
    end = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=readers, keepalive_expiry=1.0)  # before the server lets go of them

    async def reader(number: int) -> None:
        drawn = random.Random(number)
        await asyncio.sleep(drawn.uniform(0, LOOKS[1]))
        while time.monotonic() < end:
            begin = time.perf_counter()
            wanted = drawn.choice(some) if drawn.random() < NARROWED else Filters()
            view = drawn.choice(VIEWS)
            answer = await client.get(asked(view, wanted))
            times[view].append((time.perf_counter() - begin) * 1000)
            assert answer.status_code == 200, answer.text
            await asyncio.sleep(drawn.uniform(*LOOKS))

    async with httpx.AsyncClient(base_url=server.address, timeout=600, limits=limits) as client:
        await asyncio.gather(*(reader(number) for number in range(readers)))
    return times


def tell(what: str, times: Sequence[float], goal: float | None = None) -> None:
    """Median, 95th percentile and slowest of some times."""
    if not times:
        return
    ordered = sorted(times)
    median, p95 = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    told = f"{what:<24} median {median:7.0f} ms   p95 {p95:7.0f} ms   slowest {ordered[-1]:7.0f} ms"
    print(told if goal is None else f"{told}; the goal is {goal}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", choices=("views", "readers"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "benchmark.db"
        with Store.open(str(path)) as store:
            if store.count() == 0:
                fill(store, given.events // EVENTS_A_REPORT, 1)
            keep_up(store)
            events, found = query.count(store, "events", Filters()), incident_count(store, Filters())
            print(f"{store.count():,} reports, {events:,} events, {found:,} incidents")
            some = filters(store)
        with served(path) as server:
            if given.only in (None, "views"):
                views(server, some)
            if given.only in (None, "readers"):
                spent = server.processor_ms()
                times = many_readers(server, path, list(some.values()), given.readers, given.seconds)
                for view in VIEWS:
                    tell(view, times[view])
                everything = [each for view in VIEWS for each in times[view]]
                tell("many readers", everything, GOALS_MS["many readers"])
                print(f"{(server.processor_ms() - spent) / len(everything):.0f} ms of processor time a view")


def views(server: Served, some: dict[str, Filters]) -> None:
    """The first view, then every view of every filter."""
    before = server.processor_ms()
    tell("first view", [first_view(server)], GOALS_MS["first view"])
    print(f"first view     {server.processor_ms() - before:.0f} ms of processor time")
    tell("a filter", each_filter(server, some), GOALS_MS["a filter"])


if __name__ == "__main__":
    main()
