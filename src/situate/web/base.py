"""What lies under the map: the outlines that ship with the program, or, where somebody wants them, tiles.

Tiles come from an archive of one's own (PMTiles, a file that this program serves), from such an archive elsewhere, or
from a tile server. Only where one is named may the page ask another machine, and that one alone: it learns which areas
are looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from situate.errors import SituateError
from situate.web.answers import answer
from situate.web.schemas.views import BaseMap as Shape

router = APIRouter(tags=["views"])
ARCHIVE = "/base.pmtiles"  # where the program serves an archive of one's own
_MAGIC = b"PMTiles"
_PARTS = ("{z}", "{x}", "{y}")
_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class BaseMap:
    """What lies under the map. `origin` is the machine that the page asks for it, `path` the file that is served."""

    kind: Literal["outlines", "tiles", "pmtiles"] = "outlines"
    url: str | None = None
    credit: str | None = None
    origin: str | None = None
    path: Path | None = None

    @classmethod
    def named(cls, said: str | None, credit: str | None = None) -> BaseMap:
        """The base map that a setting names. Raises SituateError where it names none."""
        if said is None:
            return cls()
        if said.startswith(("http://", "https://")):
            return _elsewhere(said, credit)
        path = Path(said)
        try:
            with path.open("rb") as file:
                begin = file.read(len(_MAGIC))
        except OSError as error:
            raise SituateError(f"{said}: can't be read ({error.strerror}); check the path of the archive") from error
        if begin != _MAGIC:
            raise SituateError(f"{said}: no PMTiles archive; docs/page.md tells how to have one")
        return cls("pmtiles", ARCHIVE, credit, None, path)

    @property
    def sources(self) -> dict[str, str]:
        """What the content security policy has to let through beside the page's own: directive and origin."""
        if self.origin is None:
            return {}
        return {"img-src" if self.kind == "tiles" else "connect-src": self.origin}


def _elsewhere(said: str, credit: str | None) -> BaseMap:
    parts = urlsplit(said)
    if not _HOST.fullmatch(parts.netloc):
        raise SituateError(f"{said}: not an address with a plain host; give it as in https://tiles.example.org/…")
    origin = f"{parts.scheme}://{parts.netloc}"
    if all(part in said for part in _PARTS):
        return BaseMap("tiles", said, credit, origin)
    if parts.path.endswith(".pmtiles"):
        return BaseMap("pmtiles", said, credit, origin)
    raise SituateError(f"{said}: neither tiles nor an archive; give …/{{z}}/{{x}}/{{y}}.png or ….pmtiles")


@router.get("/base", response_model=Shape)
def base_map(request: Request) -> Response:
    """What lies under the map; `credit` is to be shown on it."""
    base: BaseMap = request.app.state.base
    value: dict[str, Any] = {"kind": base.kind, "url": base.url, "credit": base.credit}
    return answer(request, value)


def archive(request: Request) -> Response:
    """The archive of one's own, in the pieces that the page asks for."""
    base: BaseMap = request.app.state.base
    assert base.path is not None  # the route is there only where it is
    return FileResponse(base.path, media_type="application/octet-stream")
