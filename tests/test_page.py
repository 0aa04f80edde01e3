"""The page that `situate.export.page` writes: whole in itself, and safe with any text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from situate.contract import (
    Actor,
    Control,
    Event,
    Forecast,
    Furniture,
    Likelihood,
    Mention,
    Movement,
    Picture,
    Place,
    Report,
    Span,
    Time,
)
from situate.export import page

HOSTILE = (
    "</script><script>document.title='owned'</script><!-- <img src=x onerror=\"document.title='owned'\"> \u2028 😀 "
)
TEXT = (
    HOSTILE
    + "Rebels shelled Nawa on Tuesday. Nawa will probably fall by May. Families fled Nawa for Daraa.\nLeave a Reply"
)


class Page(HTMLParser):
    """The elements of a page and what its scripts hold."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.contents: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag
        if tag in self.contents:
            self.contents[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.contents:
            self.contents[self._inside][-1] += data


def _span(words: str, nth: int = 0) -> Span:
    start = [m.start() for m in re.finditer(re.escape(words), TEXT)][nth]
    return Span.of(TEXT, start, start + len(words))


def _mention(words: str, nth: int = 0) -> Mention:
    span = _span(words, nth)
    return Mention(span.start, span.end, span.text)


@pytest.fixture
def picture() -> Picture:
    shelling = _span("Rebels shelled Nawa on Tuesday.")
    fall = _span("Nawa will probably fall by May.")
    flight = _span("Families fled Nawa for Daraa.")
    furniture = _span("Leave a Reply")
    return Picture(
        Report(
            "r<1>",
            TEXT,
            title=HOSTILE,
            published="2018-04-10",
            publisher="A & B",
            url="javascript:alert(1)",
            furniture=(Furniture(furniture.start, furniture.end, furniture.text, "comments"),),
        ),
        actors=(
            Actor("a1", "<b>Rebels</b>", "armed_group", (_mention("Rebels"),)),
            Actor("a2", "families", "civilians", (_mention("Families"),)),
        ),
        places=(
            Place("p1", "Nawa", "settlement", tuple(_mention("Nawa", i) for i in range(3)), None, 32.89, 36.04, 3.0),
            Place("p2", "Daraa", "settlement", (_mention("Daraa"),), lat=32.62, lon=36.1, radius_km=4),
        ),
        times=(Time("t1", _span("Tuesday"), "2018-04-10", "2018-04-10", "report"),),
        events=(
            Event(
                "e1", "ASSAULT", _span("shelled"), shelling, "actual", 0.9, actors=("a1",), places=("p1",), time="t1"
            ),
        ),
        movements=(Movement("m1", "displacement", "actual", flight, who=("a2",), origin="p1", destination="p2"),),
        control=(Control("k1", "p1", "a1", "besieges", "predicted", fall),),
        forecasts=(Forecast("f1", fall, fall, Likelihood(_span("probably"), 0.55, 0.85)),),
    )


def test_the_page_asks_nothing_of_the_network(picture: Picture) -> None:
    text = page.render([picture], "Samples")
    for tag, attributes in Page(text).tags:
        for name in ("src", "href", "srcset", "action", "poster", "data"):
            assert (attributes.get(name) or "#").startswith("#"), (tag, attributes)
        assert tag not in ("link", "iframe", "object", "embed", "img", "base")
    assert "@import" not in text and not re.search(r"url\((?!#)", text)


def test_hostile_text_stays_text(picture: Picture) -> None:
    parsed = Page(page.render([picture], HOSTILE))
    pictures, outlines, script = parsed.contents["script"]
    assert Picture.from_json(json.dumps(json.loads(pictures)[0])) == picture
    assert json.loads(outlines)["countries"]
    assert "owned" not in script
    assert parsed.contents["title"] == [HOSTILE]
    assert not any(name.startswith("on") for _, attributes in parsed.tags for name in attributes)


def test_the_policy_admits_the_pages_own_script_and_style_only(picture: Picture) -> None:
    parsed = Page(page.render([picture]))
    policy = next(a["content"] or "" for t, a in parsed.tags if t == "meta" and "http-equiv" in a)
    for kind, content in (("script-src", parsed.contents["script"][-1]), ("style-src", parsed.contents["style"][0])):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_report_text_reaches_the_page_by_text_nodes_alone() -> None:
    scripts = "".join((page.ASSETS / "js" / f"{name}.js").read_text(encoding="utf-8") for name in page.SCRIPTS)
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser"):
        assert way not in scripts
    assert {p.stem for p in (page.ASSETS / "js").iterdir()} == set(page.SCRIPTS)


def test_the_outlines_are_small() -> None:
    assert (page.ASSETS / "outlines.json").stat().st_size < 400_000


def test_folders_on_the_way_are_made_and_no_picture_is_a_page_too(tmp_path: Path) -> None:
    path = page.write([], tmp_path / "a" / "b.html", "Empty")
    assert json.loads(Page(path.read_text(encoding="utf-8")).contents["script"][0]) == []


def test_a_browser_draws_it(picture: Picture, tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        pytest.skip("no Chromium here: install chromium to have the page drawn")
    path = page.write([picture, picture], tmp_path / "picture.html", "Samples")
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--virtual-time-budget=3000",
        "--dump-dom",
        path.as_uri(),
    ]
    drawn = subprocess.run(command, capture_output=True, timeout=120, check=False).stdout.decode()
    assert "<title>Samples</title>" in drawn
    words = re.sub(r"<[^>]+>", "", drawn[drawn.index('class="words"') : drawn.index("</article>")])
    assert "Nawa will probably fall by May." in words
    assert 'class="hit l-events g-force done"' in drawn
    assert re.search(r'class="badge l-movements done"[^>]*>M<', drawn)
    assert re.search(r"<g class=\"mark[^>]*><title>Nawa \(within 3 km\): 6 entries", drawn)
    assert 'class="mark route done"' in drawn
