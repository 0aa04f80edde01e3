"""A store served by `situate serve` as a program of its own, and a browser that looks at it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

SLOWEST = 90  # seconds that anything may take, on a slow and busy machine
READING = 300  # seconds that reading a report may take there, the start of its process included
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address at which the store is served while the context lasts."""
    with serving(store) as (_, address):
        yield address


@contextmanager
def answered(app: Any) -> Iterator[str]:
    """The address at which an application answers, by a thread of this process: sooner there than one of its own."""
    import uvicorn

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        app.state.ending = lambda: server.should_exit
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        _await(address)
        yield address
        server.should_exit = True
        thread.join(SLOWEST)


@contextmanager
def serving(store: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server, which answers by now, and its address."""
    command = [sys.executable, "-m", "situate", "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            said = server.stderr.readline()
            assert "http://" in said, said
            address = said[said.index("http://") : said.index("/ (")]
            _await(address)
            yield server, address
        finally:
            server.kill()


def _await(address: str) -> None:
    end = time.monotonic() + SLOWEST
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/login.html", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} doesn't answer")


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium of this machine, by Playwright; skips the test, with the remedy, where one of them is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright; remedy: pip install playwright")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium on PATH; remedy: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=["--no-sandbox"], timeout=SLOWEST * 1000)
        yield _Patient(chromium)
        chromium.close()


class _Patient:
    """A browser whose contexts and pages wait as long as a slow machine needs."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def new_context(self, **given: Any) -> Any:
        context = self._browser.new_context(**given)
        context.set_default_timeout(SLOWEST * 1000)
        return context

    def new_page(self, **given: Any) -> Any:
        """A page in a context of its own, which ends with it."""
        page = self._browser.new_page(**given)
        page.set_default_timeout(SLOWEST * 1000)
        return page


def until(page: Any, expression: str, seconds: float = SLOWEST) -> None:
    """Wait until an expression holds in the page. (Playwright's own waiting needs `eval`, which the page forbids.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never came: {expression}"
        page.wait_for_timeout(50)
