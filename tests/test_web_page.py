"""The page in a real browser: views, one filter in the address for all of them, the time brush, the map, live news."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browsed import address, chromium, kept, page, shown  # noqa: F401  # fixtures
from served import until
from told_pictures import told
from web_store import EVERYTHING

from situate.store import Store

STATIC = Path(__file__).parents[1] / "src/situate/web/static"
VIEWS = {
    "map": ".map canvas.sheet",
    "timeline": ".bubble",
    "incidents": ".entry .figures",
    "list": ".entry",
    "network": ".network canvas",
    "control": ".stretch",
    "agreements": ".column .entry",
    "movements": ".sankey",
    "forecasts": ".standing .entry",
    "reports": ".reports .row",
    "stories": ".entry li",
    "brief": ".prose sup",
    "review": ".only .entry",
}


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_shown(page: Any, address: str, view: str) -> None:  # noqa: F811
    shown(page, address, f"view={view}")
    page.wait_for_selector(VIEWS[view])
    assert page.locator("#view .error").count() == 0
    assert f"{EVERYTHING} reports" in page.locator("#counts").inner_text()
    assert page.locator("#views [aria-current]").inner_text().lower() == view


def test_the_filter_is_in_the_address_and_holds_in_every_view(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=list")
    assert page.locator(".entry").count() == 3
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


def test_facets_count_narrow_and_keep_the_other_choices_in_sight(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=list")
    page.click(".facets button:has-text('Lantern')")
    until(page, "location.search.includes('source=Lantern')")
    page.wait_for_selector(".facets button[aria-pressed=true]:has-text('Lantern')")
    assert page.locator(".facets button:has-text('Tern Wire')").count() == 1
    page.click(".facets button:has-text('control')")
    page.wait_for_selector(".entry:has-text('The army')")


def test_what_the_filter_holds_is_seen_and_can_be_taken_away(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=agreements&type=ASSAULT&place=Nawa")
    page.wait_for_selector("#view:has-text('No agreements for this filter')")
    page.click("#held button:has-text('ASSAULT')")
    until(page, "!location.search.includes('ASSAULT')")
    page.click("#reset")
    until(page, "!location.search.includes('Nawa')")
    assert page.locator("#held button").count() == 0


def test_days_are_chosen_by_dragging_over_the_time_brush(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=list")
    bars = page.locator("#brush .bars").bounding_box()
    page.mouse.move(bars["x"] + bars["width"] * 0.14, bars["y"] + 20)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] * 0.4, bars["y"] + 20, steps=4)
    page.mouse.up()
    until(page, "/since=2018-07-07/.test(location.search) && /until=2018-07-10/.test(location.search)")
    page.wait_for_selector("#brush .chosen:visible")
    page.dblclick("#brush .chosen")
    until(page, "!location.search.includes('since')")


def test_days_are_chosen_by_keys(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=list")
    page.focus("#brush .handle >> nth=0")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    until(page, "/since=2018-07-15&until=2018-07-16/.test(location.search)")
    assert "15 Jul 2018" in page.locator("#brush .handle >> nth=0").get_attribute("aria-valuetext")
    page.focus("#brush .handle >> nth=0")
    page.keyboard.press("Escape")
    until(page, "!location.search.includes('since')")


def test_the_map_shows_places_as_precisely_as_they_are_known(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=map")
    page.wait_for_selector(".map-side .row:has-text('Nawa')")
    assert page.locator(".map-side .row", has_text="Idlib").locator("text=admin").count() == 1
    page.click(".map-side .row:has-text('Saida')")
    page.wait_for_selector(".map-side .entry:has-text('The army')")
    assert "within 3 km" in page.locator(".map-side").inner_text()
    page.click("text=Only this place")
    until(page, "location.search.includes('place=')")
    page.wait_for_selector("#counts:has-text('1 entry')")


def test_the_map_is_moved_by_keys_and_narrows_to_its_area(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=map")
    page.focus(".map")
    for _ in range(4):
        page.keyboard.press("+")
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(100)
    page.click("text=Only this area")
    until(page, "location.search.includes('box=')")
    page.wait_for_selector("#held .chip:has-text('box')")


def test_the_network_fades_with_time(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=network")
    page.wait_for_selector(".side .row:has-text('Turkey')")
    page.click(".side .row:has-text('Turkey')")
    page.wait_for_selector(".side .entry:has-text('Turkey backs')")
    before = page.locator(".network-bar output").inner_text()
    page.focus(".network-bar input[type=range]")
    page.keyboard.press("Home")
    until(page, f"document.querySelector('.network-bar output').textContent !== '{before}'")
    assert "at=" in page.url


def test_one_movement_told_twice_counts_once(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=movements")
    assert "600" in page.locator(".totals").inner_text()
    page.click(".plain .link")
    page.wait_for_selector(".side .entry:has-text('buses')")


def test_an_outcome_makes_a_score(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=forecasts")
    assert "nobody has a score" in page.locator("#view").inner_text()
    page.click(".outcomes .link:has-text('It did not')")
    page.wait_for_selector(".plain:has-text('0.49')")  # called 70 % likely: 0.7 squared
    assert page.locator(".calibration circle").count() == 1
    page.click(".outcomes .link:has-text('Still open')")
    page.wait_for_selector("text=nobody has a score")


def test_what_a_view_shows_is_taken_away_as_a_file(page: Any, address: str) -> None:  # noqa: F811
    for view in ("map", "timeline", "incidents", "list", "network", "control", "agreements", "movements", "reports"):
        shown(page, address, f"view={view}&since=2018-07-01")
        link = page.locator(".exports a:has-text('CSV'), .map-told a:has-text('CSV')").first.get_attribute("href")
        answer = page.request.get(f"{address}{link}")
        assert answer.ok and answer.headers["content-type"].startswith("text/csv"), view
        assert "since=2018-07-01" in link


def test_links_within_the_brief_stay_in_it(page: Any, address: str) -> None:  # noqa: F811
    shown(page, address, "view=brief")
    page.wait_for_selector("#view sup a")
    page.evaluate("document.querySelector('#view h2').dataset.same = '1'")
    page.click("sup a >> nth=0")
    until(page, "location.hash === '#s1'")
    assert page.locator("h2[data-same]").count() == 1


def test_a_second_browser_sees_what_is_added(page: Any, chromium: Any, address: str, kept: Path) -> None:  # noqa: F811
    other = chromium.new_context().new_page()
    for one in (page, other):
        shown(one, address, "view=list&place=Saida")
    with Store.open(str(kept)) as store:
        store.add(told("live", "Rebels shelled Saida.", actor="Rebels", place="Saida", day="2018-07-20"))
    for one in (page, other):
        one.wait_for_selector(".entry")
        until(one, f"document.getElementById('counts').textContent.includes('{EVERYTHING + 1} reports')")
    other.context.close()


def test_what_somebody_began_to_review_is_not_pulled_away(page: Any, address: str, kept: Path) -> None:  # noqa: F811
    """The view is being made anew when the reviewer turns to an entry of the old one."""
    with Store.open(str(kept)) as store:
        store.add(told("ahead", "Rebels shelled Saida at dawn.", actor="Rebels", place="Saida", day="2018-07-19"))
    shown(page, address, "view=list&place=Saida")
    held: list[Any] = []
    page.route("**/api/layers/**", lambda route: held.append(route))
    with page.expect_request("**/api/layers/**"), Store.open(str(kept)) as store:
        store.add(told("late", "Rebels shelled Saida again.", actor="Rebels", place="Saida", day="2018-07-21"))
    until(page, "!!document.querySelector('#view[aria-busy]')")
    page.keyboard.press("j")
    for route in held:
        route.continue_()
    page.wait_for_selector("#notice:has-text('1 new report')")
    assert page.evaluate("document.activeElement.classList.contains('entry')")


def test_an_error_is_told_and_can_be_tried_again(chromium: Any, address: str) -> None:  # noqa: F811
    other = chromium.new_page()
    other.route("**/api/layers/**", lambda route: route.fulfill(status=400, body='{"error": {"message": "no disk"}}'))
    shown(other, address, "view=list")
    assert "no disk" in other.locator("#view .error").inner_text()
    other.unroute("**/api/layers/**")
    other.click("#view .error button")
    other.wait_for_selector(".entry")
    other.close()


def test_no_script_or_style_stands_in_the_page() -> None:
    for name in ("index.html", "login.html"):
        html = (STATIC / name).read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=|https?:", html)


def test_report_text_reaches_the_page_by_text_nodes_alone() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js"))
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser"):
        assert way not in scripts
