"""Standard input read so that one can tell whether the next line is there yet.

A filter in the midst of a pipe has to give out what it has when its input pauses: the other side may be waiting for it.
"""

from __future__ import annotations

import io
import select
from typing import IO, Protocol

PIECE = 65_536  # bytes read at once


class Readable(Protocol):
    """What the intake asks of a stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, fewer only at the end."""
        ...

    def readline(self, size: int, /) -> bytes:
        """A line with its end, cut where it is longer than that."""
        ...


class InputStream:
    """A stream of bytes that knows whether reading a line would mean waiting."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._held = bytearray()
        self._searched = 0  # so much of what is held has no line end in it
        self._can_wait = _has_descriptor(stream)
        self._begun = self._ended = False

    def idle(self) -> bool:
        """Whether the stream is being read and its next line isn't there yet. The end of the stream is there."""
        if not self._can_wait or not self._begun or self._ended or self._line_end() >= 0:
            return False
        try:
            return not select.select([self._stream], [], [], 0)[0]
        except OSError:  # a system where only sockets can be asked
            return False

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, fewer only at the end."""
        while len(self._held) < size and self._fill():
            pass
        return self._take(size)

    def readline(self, size: int, /) -> bytes:
        """A line with its end, cut where it is longer than that."""
        while self._line_end() < 0 and len(self._held) < size and self._fill():
            pass
        end = self._line_end()
        return self._take(min(size, end + 1) if end >= 0 else size)

    def _line_end(self) -> int:
        found = self._held.find(b"\n", self._searched)
        if found < 0:
            self._searched = len(self._held)
        return found

    def _fill(self) -> bool:
        """Whether there was more. A terminal is not asked again after its end."""
        if self._ended:
            return False
        piece = self._stream.read1(PIECE) if isinstance(self._stream, io.BufferedReader) else self._stream.read(PIECE)
        self._held += piece
        self._begun, self._ended = True, not piece
        return not self._ended

    def _take(self, size: int) -> bytes:
        taken = bytes(self._held[:size])
        del self._held[:size]
        self._searched = 0
        return taken


def _has_descriptor(stream: IO[bytes]) -> bool:
    try:
        stream.fileno()
    except (OSError, AttributeError):
        return False
    return True
