"""`situate watch`: feeds served on this machine, folders, restarts, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from situate.cli import cli
from situate.cli.watch import DAY, LEAST, Watch, Watched
from situate.contract import Report
from situate.intake import Failure, IntakeError, Limits
from situate.intake.feeds import Feed, feed_in
from situate.intake.following import AGAIN, TRIES, FollowedFeed, follow
from situate.intake.html import feed_named_in, words_of_html
from situate.intake.inner import is_inner, is_named_inner
from situate.store import Store

SLOWEST = 90  # seconds that anything may take, on a slow and busy machine
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body><article>
<h1>{title}</h1><p>Government forces shelled the town of Nawa on Tuesday, killing at least 12 civilians, a monitor said.
Families fled {title} towards the hills, where aid groups had set up tents for about 300 people, officials said.</p>
</article></body></html>"""
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Hill Courier</title>{more}{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>{link}</link><pubDate>Tue, 24 Jul 2018 23:30:00 -0400</pubDate>
<dc:creator>Jane Roe</dc:creator><description>{text}</description></item>"""
OWN = "&lt;p&gt;Rebels shelled Nawa on Tuesday.&lt;/p&gt;&lt;p&gt;Officials said so.&lt;/p&gt;"
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Basalt Post</title>
<entry><id>urn:x:1</id><title type="html">Truce &amp;amp; talks</title><updated>2018-07-20T10:00:00Z</updated>
<author><name>John Doe</name></author><author><name>Mary Major</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rebels shelled Sel on Friday.</p></div></content>
</entry></feed>"""


@dataclass
class Site:
    """A web server on this machine: what it answers at a path, and what it was asked."""

    address: str = ""
    pages: dict[str, tuple[int, dict[str, str], str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, body: str = "", code: int = 200, **headers: str) -> str:
        self.pages[path] = (code, {name.replace("_", "-"): value for name, value in headers.items()}, body)
        return self.address + path

    def feed(self, *paths: str, more: str = "", text: str = OWN, **headers: str) -> str:
        """An RSS feed at /feed, the first path the newest."""
        items = "".join(ITEM.format(title=f"Report {path}", link=self.address + path, text=text) for path in paths)
        return self.put("/feed", RSS.format(more=more, items=items), Content_Type="application/rss+xml", **headers)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            code, headers, body = site.pages.get(self.path, (404, {}, ""))
            known = self.headers.get("If-None-Match") or self.headers.get("If-Modified-Since")
            if known and known in headers.values():
                code, body = 304, ""
            self.send_response(code)
            for name, value in {"Content-Type": "text/html", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _in_haste(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("situate.intake.following.PAUSE", 0.0)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--store", "test.db"], catch_exceptions=False)


def once(*sources: str) -> Result:
    return run("watch", "--once", *sources)


def coverage() -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("coverage", "last", "--json").stdout.splitlines()]


def reports() -> dict[str, Report]:
    with Store.open("test.db") as store:
        return {picture.report.id: picture.report for picture in store.pictures()}


def look(source: FollowedFeed, **before: int | None) -> list[Report | Failure]:
    return list(source.look(lambda names: {name: before[n] for name in names if (n := name[-1]) in before}))


def feed_of(text: str, name: str = "http://example.org/feed") -> Feed:
    feed = feed_in(text.encode(), name, name)
    assert feed is not None
    return feed


def test_what_is_new_in_a_feed_is_read_and_kept_once(site: Site) -> None:
    site.put("/a", PAGE.format(title="Ridge"))
    feed = site.feed("/gone", "/a")
    done = once(feed)
    assert (done.exit_code, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith(f"{site.address}/a: Ridge, 2018-07-24: events")
    assert second.startswith(f"{site.address}/gone: Report /gone, 2018-07-24: events")
    assert second.endswith("(as far as the feed gives it: the server answers 404 Not Found)")
    kept = reports()
    page, own = kept[f"{site.address}/a"], kept[f"{site.address}/gone"]
    assert (page.title, page.byline, page.published) == ("Ridge", "Jane Roe", "2018-07-24")
    assert (own.title, own.byline, own.published) == ("Report /gone", "Jane Roe", "2018-07-24")
    assert (own.text, own.publisher) == ("Rebels shelled Nawa on Tuesday.\nOfficials said so.", "Hill Courier")
    rows = {row["source"]: row for row in coverage()}
    assert rows[f"{site.address}/gone"]["reason"] == "as far as the feed gives it: the server answers 404 Not Found"
    assert rows[f"{site.address}/a"]["entries"] > 0

    site.asked.clear()
    again = once(feed)
    assert (again.exit_code, again.output, site.asked) == (0, "", ["/feed"])
    assert len(run("coverage", "--json").stdout.splitlines()) == 1


def test_what_was_added_by_hand_is_not_taken_in_again(site: Site) -> None:
    run("add", site.put("/a", PAGE.format(title="Ridge")))
    assert once(site.feed("/a")).output == ""
    assert len(reports()) == 1


def test_who_adds_a_feed_is_told_of_this_command(site: Site) -> None:
    assert "a feed, not a page; follow it with situate watch" in run("add", site.feed()).stderr


def test_errors_are_told_with_a_remedy_and_the_rest_goes_on(site: Site) -> None:
    Path("inbox").mkdir()
    Path("inbox/a.txt").write_text("Rebels shelled Nawa on Tuesday, officials said.", encoding="utf-8")
    os.utime("inbox/a.txt", (1e9, 1e9))
    site.put("/page", PAGE.format(title="Ridge"))
    done = once("nowhere", f"{site.address}/none", f"{site.address}/page", "inbox", "inbox/a.txt")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "situate: nowhere: no such file or folder; check the path",
        f"situate: {site.address}/none: the server answers 404 Not Found; check the address, or save the page with a "
        "browser and give the file",
        f"situate: {site.address}/page: neither a feed nor a page that names one; give the feed's own address",
        "situate: inbox/a.txt: neither a feed nor a page that names one; give the feed's own address",
    ]
    assert done.stdout.startswith("inbox/a.txt: events")
    assert [row["outcome"] for row in coverage()] == ["failed"]


def test_a_page_that_cannot_be_had_for_now_is_asked_for_again_also_after_a_restart(site: Site) -> None:
    site.put("/a", code=503)
    feed = site.feed("/a")
    for _ in range(TRIES - 1):
        done = once(feed)
        assert (done.exit_code, done.stdout) == (1, "")
        assert f"{site.address}/a: the server answers 503 Service Unavailable; {AGAIN}" in done.stderr
    last = once(feed)
    assert (last.exit_code, last.stderr) == (0, "")
    assert "as far as the feed gives it: the server answers 503" in last.stdout
    assert once(feed).output == ""


def test_an_unchanged_feed_is_not_sent_again_and_what_is_left_of_it_is_tried(site: Site) -> None:
    site.put("/a", code=503, Retry_After="7200")
    for headers in ({"ETag": '"one"'}, {"Last_Modified": "Tue, 24 Jul 2018 10:00:00 GMT"}):
        source = follow(site.feed("/a", more="<ttl>30</ttl>", **headers), Limits())
        assert isinstance(source, FollowedFeed)
        (failed,) = look(source)
        assert isinstance(failed, Failure)
        assert (failed.remedy, source.every) == (AGAIN, 7200)
        (still,) = look(source, a=1)
        assert isinstance(still, Failure)
        (taken,) = look(source, a=2)
        assert isinstance(taken, Report)
        assert look(source) == []
        assert source.every == 1800
    assert site.asked == ["/feed", "/a"] * 3 + ["/feed"] + ["/feed", "/a"] * 3 + ["/feed"]


def test_a_page_names_its_feed(site: Site) -> None:
    link = '<link rel="alternate" type="application/{kind}+xml" title="{title}" href="{href}">'
    links = link.format(kind="rss", title="Comments", href="/c") + link.format(kind="atom", title="All", href="/feed")
    site.feed("/gone")
    (taken,) = look(FollowedFeed(site.put("/home", f"<html><head>{links}</head><body>Hello</body></html>"), Limits()))
    assert isinstance(taken, Report)
    assert site.asked == ["/home", "/feed", "/gone"]
    assert feed_named_in(links, "http://example.org/x/") == "http://example.org/feed"
    assert feed_named_in("<p>Nothing</p>", "http://example.org/") is None


def test_an_atom_entry_without_a_page_is_what_the_feed_gives(site: Site) -> None:
    address = site.put("/atom", ATOM, Content_Type="application/atom+xml")
    assert "(as far as the feed gives it: it has no page)" in once(address).stdout
    (own,) = reports().values()
    assert (own.id, own.text, own.url) == (f"{address}#urn:x:1", "Rebels shelled Sel on Friday.", None)
    assert (own.title, own.byline) == ("Truce & talks", "John Doe, Mary Major")
    assert (own.publisher, own.published) == ("Basalt Post", "2018-07-20")
    assert once(address).output == ""


def test_a_broken_feed_gives_what_can_be_read_of_it() -> None:
    whole = RSS.format(more="", items=ITEM.format(title="Rice & bread", link="/a", text="One < two.") * 2)
    (entry,) = feed_of(whole[: whole.rindex("</item>")]).entries
    assert (entry.title, entry.page) == ("Rice & bread", "http://example.org/a")
    for none in ("", "no feed", PAGE, "<rss", "{}", "\x00\x01"):
        assert feed_in(none.encode(), "x", "x") is None


def test_an_entry_without_anything_to_read_is_told(site: Site) -> None:
    (told,) = look(FollowedFeed(site.feed("/gone", text=""), Limits()))
    assert str(told) == (
        f"{site.address}/gone: the server answers 404 Not Found, and the feed gives no text of it; add its text by hand"
    )


def test_a_feed_never_leads_to_files_nor_into_ones_own_network(site: Site) -> None:
    Path("secret.txt").write_text("Nobody's business.", encoding="utf-8")
    links = ("secret.txt", Path("secret.txt").resolve().as_uri(), site.put("/inner", PAGE.format(title="Inner")))
    items = "".join(ITEM.format(title=f"T{n}", link=link, text=OWN) for n, link in enumerate(links))
    Path("feed.xml").write_text(RSS.format(more="", items=items), encoding="utf-8")
    taken = look(FollowedFeed("feed.xml", Limits()))
    assert {item.text for item in taken if isinstance(item, Report)} == {
        "Rebels shelled Nawa on Tuesday.\nOfficials said so."
    }
    assert (len(taken), site.asked) == (3, [])
    hosts = ("localhost", "::1", "::ffff:10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "fe80::1")
    assert all(map(is_inner, hosts))
    assert not any(map(is_inner, ("93.184.216.34", "198.18.0.1", "2606:2800::1", "no such host")))
    assert all(map(is_named_inner, ("localhost", "127.0.0.1", "::1", "wiki", "printer.local")))
    assert not any(map(is_named_inner, ("example.org", "93.184.216.34")))


def test_words_of_html() -> None:
    assert words_of_html("<p>One<br>two &amp; <b>three</b>\nfour</p><script>five</script><ul><li>six</ul>") == (
        "One\ntwo & three four\nsix"
    )


def test_a_failing_feed_is_left_alone_for_longer_each_time(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open("test.db") as store:
        watch, at = Watch(store, LEAST, 1, None), Watched(FollowedFeed(f"{site.address}/feed", Limits()))
        waits = []
        for _ in range(3):
            assert watch.look(at) == 1
            waits.append(round((at.due - time.monotonic()) / LEAST))
        site.put("/feed", code=429, Retry_After="36000")
        watch.look(at)
        assert round(at.due - time.monotonic()) == 36000
        site.feed(more="<ttl>5</ttl>")
        assert (watch.look(at), at.failures, round(at.due - time.monotonic())) == (0, 0, 300)
        site.feed(more="<ttl>99999</ttl>")
        watch.look(at)
        assert round(at.due - time.monotonic()) == DAY
    assert waits == [2, 4, 8]
    assert capsys.readouterr().err.count("404 Not Found") == 3


def test_a_server_that_is_not_there_may_be_so_later() -> None:
    with pytest.raises(IntakeError) as raised:
        look(FollowedFeed("http://127.0.0.1:9/", Limits()))
    assert raised.value.passing


@pytest.mark.parametrize("every", ["10", "59s", "2d", "soon"])
def test_how_often_is_given_with_its_unit_and_within_bounds(every: str) -> None:
    done = run("watch", "feed.xml", "--every", every)
    assert done.exit_code == 2
    assert "1m" in done.stderr or "15m" in done.stderr


def test_a_folder_in_which_nothing_is_new_leaves_no_trace() -> None:
    Path("inbox").mkdir()
    assert once("inbox").output == ""
    Path("inbox/a.txt").write_text("Rebels shelled Nawa on Tuesday, officials said.", encoding="utf-8")
    Path("inbox/map.png").write_bytes(b"no report")
    done = once("inbox")  # waits until nobody seems to be writing the file
    assert done.stdout.startswith("inbox/a.txt: ")
    assert done.stderr == "situate: inbox: 1 other file left out (.png)\n"
    assert once("inbox").stdout == ""
    assert len(run("coverage", "--json").stdout.splitlines()) == 1


def test_it_follows_a_folder_until_ctrl_c(tmp_path: Path) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run in the background it is ignored
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    command = [sys.executable, "-m", "situate", "watch", "inbox", "--store", "test.db"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True, process_group=0
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stderr.readline() == "situate: following inbox into test.db (Ctrl-C ends it)\n"
        (inbox / "a.txt").write_text("Rebels shelled Nawa on Tuesday, officials said.", encoding="utf-8")
        assert process.stdout.readline().startswith("inbox/a.txt: events 1")
        (inbox / "b.txt").write_text("The army took Sel on Monday, officials said.", encoding="utf-8")
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=SLOWEST) in (130, -signal.SIGINT)  # the same to a shell
        assert process.stderr.read().strip() == "situate: interrupted; what was finished is kept"
    assert list(reports()) == ["inbox/a.txt"]
    assert once("inbox").stdout.startswith("inbox/b.txt: ")
