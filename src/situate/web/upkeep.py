"""What is new is worked into incidents, stories and histories beside the requests: nobody who reads waits for it.

One thread of the process does so, a few reports at a time, so that the database's one writer is never kept for long,
and rests as long as it works. What somebody decides is worked in before the decision is answered. The same thread hands
memory back from time to time.
"""

from __future__ import annotations

import logging
import time
from threading import Event, Lock, Thread

from situate.errors import SituateError
from situate.picture.keeping import work_some
from situate.store import Store
from situate.web.memory import few_pools, hand_back, seldom_looked_for

EVERY = 1.0  # seconds between looks, where nothing is left
FEW = 5  # reports worked in at once: some tenths of a second
TIDY = 30.0  # seconds between two times that memory is handed back
ENDING = 10.0  # seconds that an end waits for what is being worked in

_log = logging.getLogger(__name__)


class Upkeep:
    """Tends to a store from `begin` to `close`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at_work = Lock()
        self._end = Event()
        self._thread: Thread | None = None

    def begin(self) -> None:
        """From now on nobody else has to work in what is new."""
        few_pools()
        seldom_looked_for()
        self._store.tended = True
        self._thread = Thread(target=self._run, name="upkeep", daemon=True)
        self._thread.start()

    def now(self) -> None:
        """Work in what was just decided."""
        if self._store.tended:
            self._work()

    def close(self) -> None:
        """Leave the store to whoever asks next."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(ENDING)
        self._store.tended = False

    def _run(self) -> None:
        pause, tidied = 0.0, time.monotonic()
        while not self._end.wait(pause):
            began = time.monotonic()
            worked = self._work()
            if began - tidied > TIDY:
                self._store.close()  # connections that nobody uses, with their caches; they are opened again
                hand_back()
                tidied = began
            pause = time.monotonic() - began if worked else EVERY

    def _work(self) -> bool:
        """Work in some of what is new. Gives whether there was anything."""
        try:
            with self._at_work:
                return work_some(self._store, FEW)
        except SituateError as error:  # somebody else writes for very long, or the disk is full: it is tried again
            _log.warning("what is new isn't worked in yet: %s", error)
            return False
