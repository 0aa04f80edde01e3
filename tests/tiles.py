"""Map tiles for the tests: a PMTiles archive made by hand, and a server of pictures."""

from __future__ import annotations

import gzip
import json
import struct
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

POLYGON, LINE = 3, 2
WORLD = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
BLUE = (0, 90, 200)


def archive(path: Path) -> Path:
    """An archive of one tile for the whole world: water in its western half, a road across (PMTiles 3, MVT 2)."""
    water = _layer(b"water", POLYGON, [(0, 0), (2048, 0), (2048, 4096), (0, 4096)])
    tile = gzip.compress(water + _layer(b"roads", LINE, [(0, 1000), (4096, 3000)]))
    root = gzip.compress(b"".join(map(_number, (1, 0, 1, len(tile), 1))))
    about = gzip.compress(json.dumps({"attribution": "<a href='https://maps.example'>© Tern Maps</a>"}).encode())
    at_root, at_about = 127, 127 + len(root)
    at_tiles = at_about + len(about)
    places = (at_root, len(root), at_about, len(about), at_tiles, 0, at_tiles, len(tile), 1, 1, 1)
    header = b"PMTiles\x03" + struct.pack("<11Q", *places) + bytes((1, 2, 2, 1, 0, 0)) + struct.pack("<4i", *WORLD)
    path.write_bytes(header + bytes(1) + struct.pack("<2i", 0, 0) + root + about + tile)
    return path


def _number(value: int) -> bytes:
    """A number as both formats write it: seven bits a byte, the lowest first."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _field(number: int, content: bytes | int) -> bytes:
    if isinstance(content, int):
        return _number(number << 3) + _number(content)
    return _number(number << 3 | 2) + _number(len(content)) + content


def _layer(name: bytes, kind: int, points: Sequence[tuple[int, int]]) -> bytes:
    feature = _field(3, kind) + _field(4, _geometry(points, close=kind == POLYGON))
    return _field(3, _field(15, 2) + _field(1, name) + _field(2, feature) + _field(5, 4096))


def _geometry(points: Sequence[tuple[int, int]], *, close: bool) -> bytes:
    """Move to the first point, lines to the others, each from the one before."""
    out, before = [1 << 3 | 1], (0, 0)
    for n, point in enumerate(points):
        if n == 1:
            out.append(len(points) - 1 << 3 | 2)
        out += [(d << 1) ^ (d >> 31) for d in (point[0] - before[0], point[1] - before[1])]
        before = point
    return b"".join(map(_number, [*out, 1 << 3 | 7] if close else out))


@contextmanager
def tile_server() -> Iterator[tuple[str, list[str]]]:
    """A server of blue tiles on this machine: its address, and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(_picture())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def _picture(side: int = 256) -> bytes:
    """A PNG of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + bytes(BLUE) * side) * side)
    head = struct.pack(">2I5B", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
