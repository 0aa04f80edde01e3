"""How much one may ask: so many requests a while, and so many bytes in one."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field

MOST_KEPT = 10_000  # askers that are remembered at once
BODY = 1_000_000  # bytes of a request
UPLOAD = 10_000_000  # bytes of reports that are added


@dataclass(slots=True)
class Limit:
    """`burst` requests at once, and `rate` a second in the long run, for each asker by itself."""

    burst: float
    rate: float
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, asker: str, cost: float = 1.0) -> float:
        """0 where the asker may go on, and takes from what is left; else the seconds until they may."""
        now = time.monotonic()
        left, then = self._left.pop(asker, (self.burst, now))
        left = min(self.burst, left + (now - then) * self.rate)
        allowed = left >= cost
        self._left[asker] = (left - cost if allowed else left), now
        while len(self._left) > MOST_KEPT:
            self._left.popitem(last=False)
        return 0.0 if allowed else (cost - left) / self.rate


@dataclass(slots=True)
class Limits:
    """The limits of an application. Log-ins count by name and address, and by address alone."""

    asking: Limit = field(default_factory=lambda: Limit(burst=300, rate=30))
    log_ins: Limit = field(default_factory=lambda: Limit(burst=5, rate=1 / 60))
    log_ins_of_address: Limit = field(default_factory=lambda: Limit(burst=30, rate=1 / 20))
    body: int = BODY
    upload: int = UPLOAD
