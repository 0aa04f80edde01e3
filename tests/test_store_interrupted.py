"""Killed at any point and run again, or two at once: each report is whole or not there, and none is there twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import PIPE

import pytest
from sqlalchemy import text
from store_pictures import at_once, content, many

from situate.store import Filters, Store, query

REPORTS = 60
ADD = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from store_pictures import many
from situate.store import Store
print("begins", flush=True)
with Store.open(sys.argv[1]) as store:
    for picture in many({REPORTS}):
        store.add(picture)
"""


KILLED_BEFORE_COMMIT = f"""
import os, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from store_pictures import many
from situate.store import Store, keeping, opening
store = Store.open(sys.argv[1])
with opening.writing(store.engine) as connection:
    assert keeping.insert_picture(connection, many(1)[0], "2018-08-01")
    os.kill(os.getpid(), 9)
"""
MAKE_MANY = """
import sys
from situate.store import Store
for turn in range(20):
    print("ready", flush=True)
    sys.stdin.readline()
    Store.open(f"{sys.argv[1]}{turn}.db").close()
"""
MAKE = "import sys; from situate.store import Store; print('begins', flush=True); Store.open(sys.argv[1])"


@contextmanager
def running(script: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """The script as a process of its own; it has said that it begins."""
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
        yield process


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, ...]]]:
    """What a store holds after an undisturbed run."""
    with Store.open(str(tmp_path_factory.mktemp("whole") / "whole.db")) as store:
        at_once(store, many(REPORTS))
        return content(store)


def test_killed_and_run_again(tmp_path: Path, whole: dict[str, list[tuple[str, ...]]]) -> None:
    path = tmp_path / "killed.db"
    kept = 0
    for _ in range(4):
        with running(ADD, path) as process, Store.open(str(path)) as store:
            while store.count() <= min(kept + 5, REPORTS - 1) and process.poll() is None:
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
        with Store.open(str(path)) as store:
            assert store.count() >= kept
            kept = store.count()
            with store.reading() as connection:
                assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert query.count(store, "events", Filters()) == query.count(store, "control", Filters()) == kept
    with running(ADD, path) as process:
        assert process.wait() == 0
    with Store.open(str(path)) as store:
        assert content(store) == whole


def test_killed_before_the_commit_leaves_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "killed.db")
    for _ in range(2):
        assert subprocess.run([sys.executable, "-c", KILLED_BEFORE_COMMIT, path], check=False).returncode == -9
    with Store.open(path) as store:
        assert set(map(len, content(store).values())) == {0}


def test_killed_while_it_is_being_made(tmp_path: Path) -> None:
    for wait in (0.0, 0.005, 0.01, 0.02, 0.04):
        path = tmp_path / f"{wait}.db"
        with running(MAKE, path) as process:
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
        with Store.open(str(path)) as store:
            assert at_once(store, many(2)) == [True, True]


def test_two_at_once(tmp_path: Path, whole: dict[str, list[tuple[str, ...]]]) -> None:
    path = tmp_path / "both.db"
    with running(ADD, path) as one, running(ADD, path) as other:
        assert (one.wait(), other.wait()) == (0, 0)
    with Store.open(str(path)) as store:
        assert content(store) == whole


def test_several_make_it_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAKE_MANY, str(tmp_path / "store")]
    with ExitStack() as stack:
        makers = [
            stack.enter_context(subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, bufsize=1))
            for _ in range(4)
        ]
        for _ in range(20):
            for maker in makers:
                assert maker.stdout is not None
                assert maker.stdout.readline() == "ready\n"
            for maker in makers:
                assert maker.stdin is not None
                maker.stdin.write("go\n")
        assert [maker.wait() for maker in makers] == [0] * 4
