"""The page in a real browser: views, the filter in the address, review by keys, live news, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from served import browser, served, until
from told_pictures import holding, told

from situate.store import Store

VIEWS = (
    "events", "claims", "agreements", "movements", "control", "relations", "forecasts",
    "incidents", "stories", "map", "brief",
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a few reports."""
    path = tmp_path_factory.mktemp("page") / "test.db"
    with Store.open(str(path)) as store:
        for n, (place, outlet) in enumerate((("Nawa", "Tern Wire"), ("Daraa", "Lantern"), ("Idlib", "Basalt Post"))):
            text = f"Rebels shelled {place} and at least {n + 3} people died, residents said."
            figure = f"at least {n + 3}"
            told_here = told(
                f"r{n}", text, actor="Rebels", place=place, day=f"2018-07-1{n}", outlet=outlet, killed=figure,
                source="residents",
            )  # fmt: skip
            store.add(told_here)
        store.add(holding("h", "The army holds Saida.", "The army", "Saida", outlet="Lantern"))
    return path


@pytest.fixture(scope="module")
def address(kept: Path) -> Iterator[str]:
    with served(kept) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as chromium:
        yield chromium


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page whose errors fail the test: in the console, in scripts, and where it asks another host."""
    context = chromium.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: wrong.append(asked.url) if "//127.0.0.1:" not in asked.url else None)
    yield page
    context.close()
    assert not wrong


def _shown(page: Any, address: str, query: str = "") -> None:
    page.goto(f"{address}/?{query}")
    page.wait_for_selector("#view:not([aria-busy])")


def _cards(page: Any) -> list[str]:
    found: list[str] = page.locator(".entry .what").all_inner_texts()
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_shown(page: Any, address: str, view: str) -> None:
    _shown(page, address, f"view={view}")
    assert page.locator("#view").inner_text() or page.locator("#view iframe").count()
    assert page.locator("#view .error").count() == 0
    assert "4 reports" in page.locator("#counts").inner_text()


def test_the_filter_is_in_the_address_and_stays(page: Any, address: str) -> None:
    _shown(page, address)
    assert len(_cards(page)) == 3
    page.fill("input[name=place]", "Nawa")
    page.press("input[name=place]", "Enter")
    until(page, "document.querySelectorAll('.entry').length === 1")
    assert "place=Nawa" in page.url
    page.reload()
    until(page, "document.querySelectorAll('.entry').length === 1")
    page.click("#views button:has-text('incidents')")
    page.wait_for_selector("text=1 incident")
    page.go_back()
    page.go_back()
    until(page, "document.querySelectorAll('.entry').length === 3")
    assert page.input_value("input[name=place]") == ""


def test_what_the_filter_holds_is_seen_and_can_be_taken_away(page: Any, address: str) -> None:
    _shown(page, address, "view=agreements&type=ASSAULT&place=Nawa")
    assert "Nothing here for this filter" in page.locator("#view").inner_text()
    page.click("#held button:has-text('ASSAULT')")
    until(page, "!location.search.includes('ASSAULT')")
    page.click("#reset")
    until(page, "!location.search.includes('Nawa')")
    assert page.locator("#held button").count() == 0


def test_one_click_leads_from_an_entry_to_its_words(page: Any, address: str) -> None:
    _shown(page, address, "place=Daraa")
    page.click(".entry .link")
    words = page.frame_locator("iframe.page").locator(".active, .trigger, mark").first
    words.wait_for()
    assert "entry=" in page.url
    page.click("text=Back")
    page.wait_for_selector(".entry")


def test_links_within_the_brief_stay_in_it(page: Any, address: str) -> None:
    _shown(page, address, "view=brief")
    page.evaluate("document.querySelector('#view h2').dataset.same = '1'")
    page.click("sup a >> nth=0")
    until(page, "location.hash === '#s1'")
    assert page.locator("h2[data-same]").count() == 1


def _decided(kept: Path) -> list[tuple[str, str]]:
    with Store.open(str(kept)) as store:
        return [(made.entry_key, made.decision) for made in store.decisions()]


def test_review_by_keys_alone_is_kept(page: Any, address: str, kept: Path) -> None:
    """One key a decision: 300 an hour are 300 keys, and the next entry is there at once."""
    _shown(page, address)
    keys = [card.get_attribute("data-key") for card in page.locator(".entry").all()]
    before = len(_decided(kept))
    for key in "ja":
        page.keyboard.press(key)
    page.wait_for_selector(".entry.accepted")
    for key in "jr":
        page.keyboard.press(key)
    page.wait_for_selector(".entry.rejected")
    page.keyboard.press("z")
    until(page, "!document.querySelector('.entry.rejected')")
    made = _decided(kept)[before:]
    assert made == [(keys[0], "accept"), (keys[2], "reject"), (keys[2], "undo")]
    page.reload()
    page.wait_for_selector(".entry.accepted")


def test_a_field_is_corrected_by_keys(page: Any, address: str, kept: Path) -> None:
    _shown(page, address, "place=Idlib")
    for key in "jc":
        page.keyboard.press(key)
    page.wait_for_selector("dialog#correct[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog#correct", state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('entry')")
    page.keyboard.press("c")
    page.select_option("#correct select", "status")
    page.fill("#correct input[name=after]", "alleged")
    page.keyboard.press("Enter")
    page.wait_for_selector(".entry.corrected")
    with Store.open(str(kept)) as store:
        made = store.decisions()[-1]
    assert (made.field, made.before, made.after) == ("status", "actual", "alleged")


def test_the_entry_most_in_doubt_is_a_key_away(page: Any, address: str) -> None:
    _shown(page, address)
    page.keyboard.press("n")
    until(page, "document.activeElement.classList.contains('entry')")
    assert "unreviewed" in page.locator(".entry:focus").inner_text()


def test_a_second_page_sees_what_is_added(page: Any, address: str, kept: Path) -> None:
    other = page.context.new_page()
    _shown(page, address, "place=Saida")
    _shown(other, address, "place=Saida")
    other.wait_for_timeout(300)
    with Store.open(str(kept)) as store:
        store.add(told("live", "Rebels shelled Saida.", actor="Rebels", place="Saida", day="2018-07-20"))
    for one in (page, other):
        one.wait_for_selector(".entry", timeout=15_000)
        until(one, "document.getElementById('counts').textContent.includes('5 reports')")


def test_an_error_is_told_and_can_be_tried_again(chromium: Any, address: str) -> None:
    page = chromium.new_page()
    page.route("**/api/layers/**", lambda route: route.fulfill(status=400, body='{"error": {"message": "no disk"}}'))
    _shown(page, address)
    assert "no disk" in page.locator("#view .error").inner_text()
    page.unroute("**/api/layers/**")
    page.click("#view .error button")
    page.wait_for_selector(".entry")
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_needs_nothing_from_elsewhere(page: Any, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    _shown(page, address, "view=map")
    frame = page.frame_locator("iframe.page")
    frame.locator("#map").wait_for()
    assert frame.locator("#map").bounding_box()["width"] > 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_keeps_anybody_out(chromium: Any, address: str, scheme: str, width: int) -> None:
    """axe finds nothing against WCAG 2.2 AA, and a phone scrolls one way only."""
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="no axe; remedy: pip install axe-core-python")
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for view in ("events", "incidents", "stories", "brief", "agreements"):
        _shown(page, address, f"view={view}&type=ASSAULT")
        run = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
        found = axe.Axe().run(page, options=run)["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:100]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_no_script_or_style_stands_in_the_page(address: str) -> None:
    html = (Path(__file__).parents[1] / "src/situate/web/static/index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=|https?:", html)
