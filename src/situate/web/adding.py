"""Reports that come through the page or the API: read one after the other in a process of their own, beside the server.

An upload waits until its turn comes; what became of each of its reports is kept as a run, as `situate add` does. The
reading process is started with the first upload, and ends when there was nothing to read for a while.
"""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
import uuid
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Any, Literal

from situate.contract import Picture, Report
from situate.engine.batch import Item as Given
from situate.engine.batch import batches
from situate.engine.pool import read_in_processes
from situate.errors import SituateError
from situate.intake import Failure, Source, count_reports, take_in
from situate.store import Store
from situate.store.runs import HAD, Item, Run, item_of

WAITING = 20  # uploads that may wait; beyond that others come later
REMEMBERED = 100  # uploads that are told of
IDLE = 60.0  # seconds without anything to read after which the reading process ends
_COUNTED = {"read": "kept", "nothing": "nothing", "skipped": "had", "failed": "failed"}
Result = Picture | Failure


@dataclass(slots=True)
class Upload:
    """A file that somebody sent, and how far it is read."""

    name: str
    published: str | None
    path: Path
    id: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    state: Literal["waiting", "reading", "done", "failed"] = "waiting"
    run: str | None = None
    total: int | None = None
    counts: Counter[str] = field(default_factory=Counter)
    error: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The upload as plain values, for JSON."""
        told = {name: getattr(self, name) for name in ("id", "name", "state", "run", "total", "error")}
        counts = {name: self.counts[name] for name in _COUNTED.values()}
        return {**told, "done": self.counts.total(), **counts}


class Adder:
    """Reads what is uploaded into a store. `close` ends it, also in the midst of a report."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder: Path | None = None
        self._queue: Queue[Upload] = Queue(WAITING)
        self._known: deque[Upload] = deque(maxlen=REMEMBERED)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._closed = False

    def put(self, name: str, data: bytes, published: str | None) -> Upload:
        """Have a file read when its turn comes. Raises `Full` where too many wait."""
        with self._lock:
            if self._queue.full():
                raise Full
            self._folder = self._folder or Path(tempfile.mkdtemp(prefix="situate-"))
            suffix = Path(name).suffix.lower()
            upload = Upload(name, published, self._folder / f"{uuid.uuid4().hex}{suffix}")
            upload.path.write_bytes(data)
            self._queue.put_nowait(upload)
            self._known.appendleft(upload)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="adding", daemon=True)
                self._thread.start()
        return upload

    def uploads(self) -> list[Upload]:
        """The uploads, the latest first."""
        return list(self._known)

    def close(self) -> None:
        """Let go of all; a report that is being read is left, and its run stays broken off."""
        self._closed = True
        if self._thread is not None:
            for process in multiprocessing.active_children():
                process.terminate()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _work(self) -> None:
        while not self._closed:
            work = _Work(self._store, self._queue, self._queue.get())
            try:
                for results in read_in_processes(work.batches(), _same, 1):
                    for result in results:
                        work.keep(result)
            except Exception as error:  # whatever it is, the uploads after this one are read
                work.fail(error)


class _Work:
    """What is read by one reading process: upload after upload, as long as there is one."""

    def __init__(self, store: Store, queue: Queue[Upload], first: Upload) -> None:
        self._store, self._queue = store, queue
        self._upload: Upload | None = first
        self._run: Run | None = None

    def batches(self) -> Iterator[list[Given]]:
        """What is to be read; an empty batch at the end of each upload waits until all of it is kept."""
        while self._upload is not None:
            yield from batches(self._begin(self._upload))
            yield []
            self._end()
            try:
                self._upload = self._queue.get(timeout=IDLE)
            except Empty:
                self._upload = None

    def _begin(self, upload: Upload) -> Iterable[Given]:
        source = Source("file", str(upload.path), upload.name, upload.path.suffix == ".jsonl")
        self._run = Run(self._store, (upload.name,))
        upload.state, upload.run, upload.total = "reading", self._run.key, count_reports([source])
        return (self._given(item, upload) for item in take_in([source]))

    def _given(self, item: Report | Failure, upload: Upload) -> Given:
        if isinstance(item, Failure):
            return item
        report = replace(item, published=upload.published) if upload.published and not item.published else item
        return Failure(report.id, HAD, "") if self._store.has(report) else report

    def keep(self, result: Result) -> None:
        """Keep a picture, or what became of a report that isn't read."""
        assert self._run is not None and self._upload is not None  # something was given before
        if isinstance(result, Failure):
            outcome: Literal["skipped", "failed"] = "skipped" if result.reason == HAD else "failed"
            self._run.note(Item(result.id or self._upload.name, outcome, None, 0, result.reason, result.remedy or None))
            self._upload.counts[_COUNTED[outcome]] += 1
            return
        run: Run = self._run
        kept: list[Item] = []
        try:
            self._store.add(result, also=lambda connection, new: run.keep(connection, *_noted(kept, result, new)))
        except ValueError as error:  # text that can't be written, such as half a surrogate pair
            reason = f"can't be kept ({' '.join(str(error).split())[:120]})"
            self.keep(Failure(self._upload.name, reason, "take out what is no text", result.report.id))
            return
        self._upload.counts[_COUNTED[kept[-1].outcome]] += 1

    def _end(self) -> None:
        if self._upload is not None and self._run is not None:
            self._run.end()
            self._upload.state = "done"
            self._upload.path.unlink(missing_ok=True)

    def fail(self, error: Exception) -> None:
        """Say that the upload under way wasn't read to its end."""
        if self._upload is not None:
            told = str(error) if isinstance(error, SituateError) else f"{type(error).__name__}: {error}"
            self._upload.state, self._upload.error = "failed", " ".join(told.split())[:300]


def _noted(kept: list[Item], picture: Picture, new: bool) -> list[Item]:
    kept.append(item_of(picture, new))
    return kept[-1:]


def _same(picture: Picture) -> Picture:
    return picture
