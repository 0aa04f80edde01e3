"""What lies under the map: nothing from elsewhere unless somebody names it, and then that one machine alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsed import chromium, kept, shown  # noqa: F401  # fixtures
from fastapi.testclient import TestClient
from served import answered, until
from tiles import BLUE, archive, tile_server
from web_store import made

from situate.errors import SituateError
from situate.store import Store
from situate.web import make_app
from situate.web.base import BaseMap

POINT = (
    "[...document.querySelector('.map canvas').getContext('2d').getImageData({x}, 40, 1, 1).data].slice(0, 3).join()"
)


def _policy(base: BaseMap, tmp_path: Path) -> dict[str, str]:
    with Store.open(str(tmp_path / "test.db")) as store:
        client = TestClient(make_app(store, base_map=base), base_url="http://127.0.0.1")
        said = client.get("/").headers["content-security-policy"]
    return dict(part.split(" ", 1) for part in said.split("; "))


def test_without_a_setting_the_page_asks_nobody_else(tmp_path: Path) -> None:
    policy = _policy(BaseMap.named(None), tmp_path)
    assert policy["img-src"] == "'self' data:" and policy["connect-src"] == "'self'"
    assert all("http" not in sources for sources in policy.values())


@pytest.mark.parametrize(
    ("said", "directive"),
    [
        ("https://tiles.example.org/{z}/{x}/{y}.png", "img-src"),
        ("https://tiles.example.org/levant.pmtiles?key=1", "connect-src"),
    ],
)
def test_the_policy_opens_for_the_named_machine_alone(said: str, directive: str, tmp_path: Path) -> None:
    policy = _policy(BaseMap.named(said, "© Tern"), tmp_path)
    assert policy.pop(directive).endswith(" https://tiles.example.org")
    assert all("http" not in sources for sources in policy.values())


@pytest.mark.parametrize(
    "said",
    [
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org; script-src *//{z}/{x}/{y}",
        "https://you:me@tiles.example.org/{z}/{x}/{y}",
        "no-such-file.pmtiles",
    ],
)
def test_what_is_no_map_is_refused_in_one_line(said: str) -> None:
    with pytest.raises(SituateError) as refused:
        BaseMap.named(said)
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.pmtiles").write_text("a map")
    with pytest.raises(SituateError, match="no PMTiles archive"):
        BaseMap.named(str(tmp_path / "x.pmtiles"))


def test_an_archive_is_served_in_pieces(tmp_path: Path) -> None:
    path = archive(tmp_path / "world.pmtiles")
    with Store.open(str(tmp_path / "test.db")) as store:
        client = TestClient(make_app(store, base_map=BaseMap.named(str(path))), base_url="http://127.0.0.1")
        piece = client.get("/base.pmtiles", headers={"Range": "bytes=0-6"})
        assert client.get("/api/base").json()["url"] == "/base.pmtiles"
        assert TestClient(make_app(store), base_url="http://127.0.0.1").get("/base.pmtiles").status_code == 404
    assert (piece.status_code, piece.content) == (206, b"PMTiles")


def test_the_shapes_of_an_archive_are_drawn(chromium: Any, tmp_path: Path) -> None:  # noqa: F811
    base = BaseMap.named(str(archive(tmp_path / "world.pmtiles")))
    with Store.open(str(made(tmp_path / "test.db"))) as store, answered(make_app(store, base_map=base)) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
        wrong: list[str] = []
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        _shown(page, address)
        until(page, "document.querySelector('.map .credit').textContent === '© Tern Maps'")
        page.focus(".map")
        for _ in range(12):
            page.keyboard.press("-")
        until(page, f"{POINT.format(x=60)} !== {POINT.format(x=400)}")
        page.close()
    assert wrong == []


def test_the_pictures_of_a_tile_server_are_drawn(chromium: Any, tmp_path: Path) -> None:  # noqa: F811
    with tile_server() as (tiles, asked), Store.open(str(made(tmp_path / "test.db"))) as store:
        base = BaseMap.named(f"{tiles}/{{z}}/{{x}}/{{y}}.png")
        with answered(make_app(store, base_map=base)) as address:
            page = chromium.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
            wrong: list[str] = []
            page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
            _shown(page, address)
            page.wait_for_timeout(500)
            page.screenshot(path=str(tmp_path / "seen.png"))
            page.close()
    assert wrong == []
    assert asked and all(path.count("/") == 3 for path in asked)
    assert _most(tmp_path / "seen.png") == BLUE


def _shown(page: Any, address: str) -> None:
    shown(page, address, "view=map")
    page.wait_for_selector(".map canvas.sheet")


def _most(picture: Path) -> tuple[int, ...]:
    """The commonest colour in the map's corner of a screenshot."""
    image = pytest.importorskip("PIL.Image", reason="no Pillow; remedy: pip install pillow")
    with image.open(picture) as whole:
        corner = whole.convert("RGB").crop((300, 640, 420, 700))
        return tuple(max(corner.getcolors(corner.width * corner.height))[1])
