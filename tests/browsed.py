"""Fixtures of the browser tests: a store that is served, Chromium, and a page whose errors fail the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from served import browser, served
from web_store import made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a few reports."""
    return made(tmp_path_factory.mktemp("page") / "test.db")


@pytest.fixture(scope="module")
def address(kept: Path) -> Iterator[str]:
    """Where it is served."""
    with served(kept) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser."""
    with browser() as chromium:
        yield chromium


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page whose errors fail the test: in the console, in scripts, and where it asks another host."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: wrong.append(asked.url) if "//127.0.0.1:" not in asked.url else None)
    yield page
    context.close()
    assert not wrong


def shown(page: Any, address: str, query: str = "") -> None:
    """Open a view and wait until it is there."""
    page.goto(f"{address}/?{query}")
    page.wait_for_selector("#view:not(:empty):not([aria-busy]):not(:has(.skeleton))")
    page.wait_for_selector("#counts:not(:empty)", state="attached")
