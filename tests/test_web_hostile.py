"""Reports are written by strangers: 200 of them that try to run script in the page, in a real browser."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from served import browser, served, until
from told_pictures import told

from situate.contract import Picture
from situate.store import Store

RUN = "window.hostile=1;alert(1)"
ATTEMPTS = (
    "<script>{run}</script>",
    "<img src=x onerror='{run}' data-hostile>",
    "<svg onload='{run}' data-hostile></svg>",
    "<iframe srcdoc='<script>{run}</script>' data-hostile></iframe>",
    "<a href='javascript:{run}' data-hostile autofocus onfocus='{run}'>go</a>",
    "<details open ontoggle='{run}' data-hostile>",
    "<style data-hostile>*{{background:url(javascript:{run})}}</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror={run} data-hostile>",
    "<object data='javascript:{run}' data-hostile></object>",
    "<form data-hostile><button formaction='javascript:{run}'>go</button></form>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}' data-hostile>",
    "<base href='//elsewhere.example/' data-hostile>",
    "<body onpageshow='{run}' data-hostile>",
    "<video><source onerror='{run}' data-hostile></video>",
    "<template data-hostile><script>{run}</script></template>",
    "<link rel=stylesheet href='//elsewhere.example/x.css' data-hostile>",
    "javascript:{run}//",
    "{{{{constructor.constructor('{run}')()}}}}",
    "${{{run}}}",
    "\u2028{run}\u2029",
)
WRAPS = (
    "{0}",
    "</script>{0}",
    "</title></textarea></style>{0}",
    '">{0}',
    "'>{0}",
    "-->{0}<!--",
    "]]>{0}",
    "`{0}`",
    "\\u003c/script\\u003e{0}",
    "&lt;{0}&gt;",
)
PAYLOADS = [wrap.format(attempt.format(run=RUN)) for attempt, wrap in itertools.product(ATTEMPTS, WRAPS)]


def _hostile(number: int, payload: str) -> Picture:
    text = f"{payload} shelled Nawa and killed 3 people, {payload} said."
    day = f"2018-{1 + number // 28:02}-{1 + number % 28:02}"
    made = told(
        f"x{number}", text, actor=payload, place="Nawa", day=day, outlet=payload, source=payload, killed="3 people"
    )
    return replace(made, report=replace(made.report, title=payload, id=f"{number} {payload}"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("hostile") / "test.db"
    with Store.open(str(path)) as store:
        for number, payload in enumerate(PAYLOADS):
            store.add(_hostile(number, payload))
    with served(path) as address, browser() as chromium:
        page = chromium.new_page(base_url=address)
        page.wrong = []
        page.on("dialog", lambda dialog: (page.wrong.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("request", lambda asked: page.wrong.append(asked.url) if "//127.0.0.1:" not in asked.url else None)
        yield page


def _harmless(page: Any) -> None:
    for frame in page.frames:
        assert not frame.evaluate("window.hostile")
        assert frame.locator("[data-hostile]").count() == 0
    assert page.wrong == []


def test_there_are_two_hundred_attempts() -> None:
    assert len(set(PAYLOADS)) == 200


VIEWS = (
    "list", "list&layer=claims", "incidents", "stories", "brief", "map", "timeline", "network", "control", "agreements",
    "movements", "forecasts", "reports", "review",
)  # fmt: skip
THERE = "#view:not(:empty):not([aria-busy]):not(:has(.skeleton))"


@pytest.mark.parametrize("view", VIEWS)
def test_none_runs_in_any_view(page: Any, view: str) -> None:
    page.goto(f"/?view={view}")
    page.wait_for_selector(THERE)
    for _ in range(3):  # the server may tell of news meanwhile, and the list begins anew
        while view != "incidents" and page.locator("#view > button:visible").count():
            shown = page.locator(".entry").count()
            page.click("#view > button")
            until(page, f"document.querySelectorAll('.entry').length > {shown}")
        if view != "list" or page.locator(".entry").count() >= 200:
            break
        page.wait_for_timeout(1000)
    if view == "list":
        assert page.locator(".entry").count() == 200
    _harmless(page)


def test_none_runs_in_the_reader_or_the_dialog_or_beside_the_map(page: Any) -> None:
    page.goto("/?view=list")
    page.wait_for_selector(".entry")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_selector("dialog#correct[open]")
    _harmless(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_selector(".report .hit")
    page.click(".report .hit >> nth=0")
    page.wait_for_selector(".reader-side .entry")
    _harmless(page)
    page.goto("/?view=map")
    page.click(".map-side .row")
    page.wait_for_selector(".map-side .entry")
    _harmless(page)


@pytest.mark.parametrize("field", ["place", "text", "type", "source", "report"])
def test_none_runs_from_the_address(page: Any, field: str) -> None:
    for payload in PAYLOADS[::40]:
        page.goto(f"/?{urlencode({'view': 'list', field: payload})}")
        page.wait_for_selector(THERE)
        _harmless(page)
