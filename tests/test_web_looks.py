"""How the page looks: nothing keeps anybody out, on a phone and on a wall, in light and dark."""

from __future__ import annotations

from typing import Any

import pytest
from browsed import address, chromium, kept, shown  # noqa: F401  # fixtures
from test_web_page import VIEWS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_nothing_keeps_anybody_out(chromium: Any, address: str, scheme: str, width: int) -> None:  # noqa: F811
    """axe finds nothing against WCAG 2.2 AA, and nothing scrolls sideways."""
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="no axe; remedy: pip install axe-core-python")
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for view, there in (*VIEWS.items(), ("list&layer=claims", "#view"), ("settings", ".settings")):
        shown(page, address, f"view={view}")
        page.wait_for_selector(there)
        found = axe.Axe().run(page, options=RULES)["violations"]
        assert [(view, v["id"], v["nodes"][0]["html"][:160], v["nodes"][0].get("failureSummary")) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view
    page.close()


def test_nothing_scrolls_sideways_on_a_wall(chromium: Any, address: str) -> None:  # noqa: F811
    page = chromium.new_page(viewport={"width": 2560, "height": 1440}, color_scheme="dark")
    for view in VIEWS:
        shown(page, address, f"view={view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 2560, view
    page.close()


def test_the_reader_and_the_login_keep_nobody_out(chromium: Any, address: str) -> None:  # noqa: F811
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="no axe; remedy: pip install axe-core-python")
    page = chromium.new_page(viewport={"width": 390, "height": 900})
    shown(page, address, "view=agreements")
    page.click(".column .link")
    page.wait_for_selector(".report .badge")
    assert [v["id"] for v in axe.Axe().run(page, options=RULES)["violations"]] == []
    page.goto(f"{address}/login.html")
    assert [v["id"] for v in axe.Axe().run(page, options=RULES)["violations"]] == []
    page.close()


def test_what_is_only_said_differs_by_more_than_colour(chromium: Any, address: str) -> None:  # noqa: F811
    page = chromium.new_page()
    shown(page, address, "view=list")
    style = "getComputedStyle(document.querySelector('.status.{}')).borderTopStyle"
    assert page.evaluate(style.format("done")) == "solid"
    assert page.evaluate("getComputedStyle(document.querySelector('.lane-line, .entry')).borderLeftStyle") == "solid"
    page.close()
