"""Memory that isn't used goes back to the system, and nobody waits while it is looked for.

Answers are made by several threads. glibc gives threads pools of their own and keeps what was freed in them: after an
hour of readers that was more than all that is in use. Where the C library is another one, nothing is done.
"""

from __future__ import annotations

import ctypes
import gc
import sys

POOLS = 2  # as many threads as make answers at the same time on most machines
RINGS = (50_000, 20, 20)  # objects more than before, after which rings of them are looked for; a network has 40,000
_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h


def few_pools() -> None:
    """Have the threads that are started from now on share a few pools of memory."""
    if library := _glibc():
        library.mallopt(_ARENA_MAX, POOLS)


def seldom_looked_for() -> None:
    """Look seldom for rings of objects, and not among what is loaded: it took a third of a large answer's time."""
    gc.freeze()
    gc.set_threshold(*RINGS)


def hand_back() -> None:
    """Give what was freed back to the system."""
    if library := _glibc():
        library.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None
