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

COLOURS = 64  # of a page with few; the files stay small
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))

WIDE, PHONE = (1100, 700), (390, 700)
SHOTS = {
    "events": ("view=events&type=ASSAULT", WIDE, "light"),
    "incidents": ("view=incidents", WIDE, "dark"),
    "map": ("view=map", WIDE, "light"),
    "brief": ("view=brief", WIDE, "light"),
    "phone": ("view=events", PHONE, "dark"),
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


def _shoot(chromium: Any, address: str, to: Path, size: tuple[int, int], scheme: str) -> None:
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page.goto(address)
    page.wait_for_selector("#view:not([aria-busy])", timeout=60_000)
    if page.locator("iframe.page").count():
        page.frame_locator("iframe.page").locator("#map").wait_for()
        page.wait_for_timeout(1500)  # the map is drawn
    page.screenshot(path=to)
    page.close()
    with Image.open(to) as image:
        image.convert("RGB").quantize(COLOURS).save(to, optimize=True)


if __name__ == "__main__":
    main()
