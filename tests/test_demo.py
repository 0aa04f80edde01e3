"""`situate demo`, as a newcomer runs it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from situate.cli.demo import HEADINGS, ROWS

Run = Callable[..., "CompletedProcess[bytes]"]


def test_the_demo_prints_its_tables_and_writes_the_page(situate: Run, tmp_path: Path) -> None:
    done = situate("demo")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    printed = done.stdout.decode()
    for heading in HEADINGS.values():
        shown = re.search(rf"^{heading} \((\d+)", printed, re.MULTILINE)
        assert shown and 3 <= int(shown[1]) <= ROWS, heading
    assert "Read 24 reports" in printed and "Try next" in printed
    written = (tmp_path / "demo" / "picture.html").read_text(encoding="utf-8")
    embedded = re.search(r'<script type="application/json" id="pictures">(.*?)</script>', written, re.DOTALL)
    assert embedded and len(json.loads(embedded[1])) == 24


def test_the_page_goes_where_it_is_told(situate: Run, tmp_path: Path) -> None:
    done = situate("demo", "--out", "here/there")
    assert done.returncode == 0
    assert (tmp_path / "here" / "there" / "picture.html").exists()


def test_a_file_in_the_place_of_the_folder_is_told_in_one_line(situate: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    done = situate("demo", "--out", "taken")
    assert done.returncode == 2
    assert b"taken" in done.stderr and b"Traceback" not in done.stderr
