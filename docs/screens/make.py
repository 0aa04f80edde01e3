"""Makes the screenshots in this folder from the sample reports: `python docs/screens/make.py`. Needs Chromium, Pillow.

The reports are read into a store of their own, which is served on the loopback interface; nothing of yours is touched.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from PIL import Image

COLOURS = 200  # of a page with few; the files stay small
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))

WIDE, PHONE, WALL = (1280, 860), (390, 780), (2560, 1440)
YEAR = "since=2018-05-01&until=2018-10-31"
SHOTS = {
    "map": ("view=map", WIDE, "light"),
    "map-dark": ("view=map", WALL, "dark"),
    "timeline": (f"view=timeline&{YEAR}", WIDE, "light"),
    "incidents": ("view=incidents", WIDE, "dark"),
    "events": ("view=list&type=ASSAULT", WIDE, "light"),
    "network": (f"view=network&{YEAR}", WIDE, "dark"),
    "control": (f"view=control&{YEAR}", WIDE, "light"),
    "agreements": (f"view=agreements&{YEAR}", WIDE, "light"),
    "movements": ("view=movements", WIDE, "light"),
    "forecasts": ("view=forecasts", WIDE, "light"),
    "reports": ("view=reports", WIDE, "light"),
    "settings": ("view=settings", WIDE, "light"),
    "brief": ("view=brief", WIDE, "light"),
    "review": ("view=review", WIDE, "light"),
    "phone": ("view=map", PHONE, "dark"),
}


def main() -> None:
    """Read the samples, serve them, and look."""
    from served import browser, served

    with tempfile.TemporaryDirectory() as folder:
        store = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "samples.db"
        if not store.exists():
            samples = str(files("situate.samples"))
            subprocess.run([sys.executable, "-m", "situate", "add", samples, "--store", str(store)], check=True)
        with served(store) as address, browser() as chromium:
            for name, (query, size, scheme) in SHOTS.items():
                _shoot(chromium, f"{address}/?{query}", HERE / f"{name}.png", size, scheme)
            _shoot(chromium, f"{address}/?view=agreements", HERE / "reader.png", WIDE, "light", click=".column .link")


def _shoot(chromium: Any, address: str, to: Path, size: tuple[int, int], scheme: str, click: str | None = None) -> None:
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page.goto(address)
    there = "#view:not(:empty):not([aria-busy]):not(:has(.skeleton))"
    page.wait_for_selector(there, timeout=60_000)
    if click:
        page.locator(click).first.click()
        page.wait_for_selector(f"{there} .report", timeout=60_000)
    page.wait_for_timeout(2500)  # the map has its towns, the time brush its bars
    page.screenshot(path=to)
    page.close()
    with Image.open(to) as image:
        image.convert("RGB").quantize(COLOURS).save(to, optimize=True)


if __name__ == "__main__":
    main()
