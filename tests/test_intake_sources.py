"""Files, folders, pages and lines of JSON: what becomes a report, and what is told of what doesn't."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from situate.contract import Report
from situate.intake import Failure, Limits, count_reports, find_sources, take_in
from situate.intake.tongue import language_of

TEXT = "The army took the ridge above Marat on Tuesday, “after two days” of shelling at the café, officials said.\n"
FRENCH = (
    "L'armée a repris mardi la crête qui domine la ville après deux jours de combats, ont indiqué des responsables. "
    "Des familles attendaient encore au point de passage, selon le conseil local, et les routes restaient fermées."
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Army takes ridge | Hill Courier</title>
<meta property="og:site_name" content="Hill Courier"><meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2018-07-24T10:00:00Z"></head><body>
<nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Army takes ridge</h1>
<p>The army took the ridge above Marat on Tuesday after two days of shelling, officials in the capital said.</p>
<p>Families fled towards the town of Sel, where aid groups had set up tents for about 300 people from the hills.</p>
</article><div class="related-posts"><h3>Similar Posts</h3><a href="/x">Convoy reaches the north</a></div>
<div id="comments"><h3>Leave a Reply</h3><p>I was there and nothing of this is true at all, believe me.</p></div>
</body></html>"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def take(*names: str, lines: bool = False, limits: Limits | None = None) -> list[Report | Failure]:
    return list(take_in(find_sources(names, lines=lines), limits))


def report(*names: str) -> Report:
    (only,) = take(*names)
    assert isinstance(only, Report), only
    return only


def failure(*names: str, lines: bool = False, limits: Limits | None = None) -> str:
    (only,) = take(*names, lines=lines, limits=limits)
    assert isinstance(only, Failure), only
    return str(only)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    Path("a.txt").write_bytes((TEXT * 5).encode(encoding))
    assert report("a.txt").text == TEXT * 5


def test_text_is_taken_unchanged() -> None:
    text = "  The army \t took the ridge.\r\n\r\n\x0bOfficials said so \U0001f600 مرحبا.\r"
    Path("a.txt").write_bytes(text.encode())
    assert report("a.txt").text == text


def test_a_folder_gives_its_reports_in_the_order_of_their_paths(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("f/b.txt", "f/a/z.md", "f/c.HTML", "f/.hidden/x.txt", "f/notes.pdf"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(PAGE if name.endswith("HTML") else TEXT, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        taken = take("f")
    assert [r.id for r in taken if isinstance(r, Report)] == ["f/a/z.md", "f/b.txt", "f/c.HTML"]
    assert "1 other file left out (.pdf)" in caplog.text


def test_a_file_named_twice_is_read_once() -> None:
    Path("f").mkdir()
    Path("f/a.txt").write_text(TEXT, encoding="utf-8")
    assert len(take("f/a.txt", "f", "./f/a.txt")) == 1


def test_ids_are_paths_and_unique(tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = [tmp_path_factory.mktemp("x") / "reports", tmp_path_factory.mktemp("y") / "reports"]
    for folder in elsewhere:
        folder.mkdir()
        (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    assert [r.id for r in take("a.txt", *map(str, elsewhere))] == ["a.txt", "reports/a.txt", "reports/a.txt-2"]


def test_markdown_loses_its_marks_and_gives_its_front_matter() -> None:
    Path("a.md").write_text(
        "---\ntitle: Army takes ridge\ndate: 2018-07-24\nauthor: [Jane Roe, John Doe]\nsource: Hill Courier\n---\n"
        "# Army takes ridge\n\nThe **army** took [the ridge](http://example.org/a_b) on _Tuesday_.[^1]\n\n"
        "![map](m.png)\n\n> Officials *said* so.\n\n- one_two\n- 3 * 4 * 5\n",
        encoding="utf-8",
    )
    taken = report("a.md")
    assert taken.text == (
        "Army takes ridge\n\nThe army took the ridge on Tuesday.\n\nOfficials said so.\n\none_two\n3 * 4 * 5"
    )
    assert (taken.title, taken.published, taken.byline) == ("Army takes ridge", "2018-07-24", "Jane Roe, John Doe")
    assert taken.republished_from == "Hill Courier"


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_a_page(name: str) -> None:
    Path(name).write_text(PAGE, encoding="utf-8")
    taken = report(name)
    assert (taken.title, taken.byline, taken.publisher) == ("Army takes ridge", "Jane Roe", "Hill Courier")
    assert (taken.published, taken.language) == ("2018-07-24", "en")
    assert "aid groups had set up tents" in taken.text
    assert "Convoy" not in taken.text
    assert "believe me" not in taken.text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "a.txt: empty; leave it out, or give the report's text"),
        ("a.txt", b" \r\n\t", "a.txt: empty; leave it out, or give the report's text"),
        ("a.txt", b"%PDF-1.4 ...", "a.txt: a PDF, not text; save its text, as with pdftotext, and give that"),
        ("a.txt", b"\x89PNG\r\n", "a.txt: a picture, not text; give the text of the report"),
        ("a.txt", b"\x00\x01\x02" * 99, "a.txt: not text; give .txt, .md, .html or .jsonl files in UTF-8"),
        ("a.json", b"{}", "a.json: a JSON file; write one object a line into a .jsonl file"),
        ("a.html", b"", "a.html: empty; leave it out, or give the report's text"),
        ("a.html", b"<html><body></body></html>", "a.html: no article found on the page; give the page of one article"),
        ("a.txt", FRENCH.encode(), "a.txt: written in French; give a translation: only English is read"),
        ("a.txt", ("قال الجيش اليوم إنه سيطر على التلة بعد يومين من القصف. " * 9).encode(), "written in Arabic"),
    ],
)
def test_what_is_no_report_is_told(name: str, content: bytes, message: str) -> None:
    Path(name).write_bytes(content)
    assert message in failure(name)


def test_what_is_not_there_is_told_and_the_rest_goes_on() -> None:
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    Path("empty").mkdir()
    told = [str(x) if isinstance(x, Failure) else x.id for x in take("b.txt", "empty", "a.txt")]
    assert told == [
        "b.txt: no such file or folder; check the path",
        "empty: no .txt, .md, .html, .htm, .jsonl file in it; name a folder of reports",
        "a.txt",
    ]


def test_a_report_over_the_limit_is_told() -> None:
    Path("a.txt").write_text(TEXT * 20, encoding="utf-8")
    lines = [{"id": 1, "text": TEXT * 20}, {"id": 2, "text": TEXT}]
    Path("a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    limits = Limits(largest=1_000)
    assert failure("a.txt", limits=limits) == "a.txt: larger than 0.001 MB; split it, or raise --max-size"
    told, taken = take("a.jsonl", limits=limits)
    assert str(told) == "a.jsonl:1: longer than 0.001 MB; shorten it, or raise --max-size"
    assert isinstance(taken, Report)


def test_messages_are_one_line_whatever_the_name() -> None:
    assert "\n" not in failure("no\nsuch\x1bfile")


@pytest.mark.parametrize(
    ("line", "given", "message"),
    [
        (b"nope", "a.jsonl:1", "not JSON"),
        (b"[1]", "a.jsonl:1", "a list instead of an object"),
        (b'{"id": 7}', "7", 'no "text"'),
        (b'{"id": "x", "text": null}', "x", 'no "text"'),
        (b'{"id": "x", "text": 5}', "x", '"text" is a number'),
        (b'{"id": "x", "text": " "}', "x", "empty"),
        (b'{"id": "x", "text": "\\ud800"}', "x", "half a character"),
        (b'{"id": ["x"], "text": "y"}', "a.jsonl:1", "its id is a list"),
        (b'{"id": "x", "text": "\xff"}', "a.jsonl:1", "not in UTF-8"),
        (b"[" * 100_000, "a.jsonl:1", "not JSON"),
        (json.dumps({"id": "x", "text": FRENCH}).encode(), "x", "written in French"),
    ],
)
def test_lines_that_are_no_reports_are_told_in_their_place(line: bytes, given: str, message: str) -> None:
    Path("a.jsonl").write_bytes(line + b'\n\n{"id": 2, "text": "The army took the ridge."}\n')
    told, taken = take("a.jsonl")
    assert isinstance(told, Failure)
    assert isinstance(taken, Report)
    assert (told.id, taken.id) == (given, "2")
    assert message in str(told)


def test_what_has_no_lines_of_json_is_told_once() -> None:
    for content in (b"\x7fELF\x00\x01\n\x00\n\x02\n", '{"id": 1}\n{"id": 2}\n'.encode("utf-16")):
        Path("a.jsonl").write_bytes(content)
        assert [str(told).partition(";")[0] for told in take("a.jsonl")] == ["a.jsonl: not lines of JSON in UTF-8"]


def test_fields_of_lines(caplog: pytest.LogCaptureFixture) -> None:
    fields = {"title": "T", "published": "2018-07-24T10:00:00Z", "url": "http://example.org", "publisher": "P"}
    Path("a.jsonl").write_text(
        "\ufeff"
        + json.dumps({"id": "a", "text": TEXT, **fields})
        + "\n"
        + json.dumps({"text": TEXT, "published": "soon"}),
        encoding="utf-8",
    )
    first, second = take("a.jsonl")
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.title, first.published, first.url, first.publisher) == ("T", "2018-07-24", "http://example.org", "P")
    assert (second.id, second.published) == ("a.jsonl:2", None)
    assert "a.jsonl:2: published: 'soon' is not a date and is left out; write it as in 2018-07-24" in caplog.text


def test_how_many_reports_there_are() -> None:
    Path("a.jsonl").write_text("{}\n\n{}\n", encoding="utf-8")
    Path("b.txt").write_text(TEXT, encoding="utf-8")
    assert count_reports(find_sources(["a.jsonl", "b.txt", "c.txt"])) == 4
    assert count_reports(find_sources(["-"], lines=True)) is None


@pytest.mark.parametrize(
    "text",
    [
        "army takes ridge",
        "the army took the ridge above marat on tuesday after two days of shelling, officials said, " * 9,
        "THE ARMY TOOK THE RIDGE ABOVE MARAT ON TUESDAY AFTER TWO DAYS OF SHELLING, OFFICIALS SAID. " * 9,
        "Ahmad al-Karim, Yusuf Haddad, Leila Mansour, Budi Santoso, Jean Dupont, Juan Pérez, Olena Shevchenko, " * 4,
        "12 July 2018: 3 killed, 4 injured, Marat. 13 July 2018: 1 killed, Sel. 14 July 2018: 2 killed, Sel. " * 4,
        "Marat – Sel – Karm: 4 km, 7 km, 11 km. " * 12,
        "x" * 2_000,
        "\U0001f600" * 2_000,
        "L'armée, dit-il.",
    ],
)
def test_no_text_is_turned_away_that_may_be_english(text: str) -> None:
    assert language_of(text) in ("en", None)


@pytest.fixture
def site() -> Iterator[str]:
    """A web server on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {
                "/page": (200, "text/html; charset=utf-8", PAGE.encode()),
                "/text": (200, "text/plain; charset=cp1252", TEXT.encode("cp1252")),
                "/pdf": (200, "application/pdf", b"%PDF"),
                "/gone": (404, "text/html", b"gone"),
                "/big": (200, "text/html", b"<p>" + b"x" * 20_000),
                "/lines.jsonl": (200, "application/json", b'{"id": 1, "text": "The army took the ridge."}\n' * 2),
            }
            code, kind, body = pages.get(self.path, (302, "text/html", b""))
            self.send_response(code)
            self.send_header("Content-Type", kind)
            if code == 302:
                self.send_header("Location", "/page" if self.path == "/moved" else self.path)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_pages_from_the_web(site: str) -> None:
    taken = report(f"{site}/moved")
    assert (taken.id, taken.title, taken.publisher) == (f"{site}/moved", "Army takes ridge", "Hill Courier")
    assert report(f"{site}/text").text == TEXT
    assert [r.id for r in take(f"{site}/lines.jsonl")] == ["1", "1"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/gone", "the server answers 404 Not Found; check the address"),
        ("/pdf", "sent as application/pdf, not as a page or text; save its text as .txt"),
        ("/loop", "redirected more than 5 times; give the page's own address"),
        ("/big", "larger than 0.01 MB; split it, or raise --max-size"),
    ],
)
def test_pages_that_are_no_reports_are_told(site: str, path: str, message: str) -> None:
    assert message in failure(site + path, limits=Limits(largest=10_000))


def test_a_server_that_is_not_there_is_told() -> None:
    assert "can't be fetched" in failure("http://127.0.0.1:9/")


def test_an_address_that_is_none_is_told() -> None:
    assert "not a web address" in failure("http://")
