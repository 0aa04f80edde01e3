"""`situate review`: by keys at a terminal, by names of entries in scripts; decisions are seen, kept and undone."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told_pictures import span, told

import situate
from situate.cli import _run as situate_run
from situate.cli import cli
from situate.cli.correcting import fields_of
from situate.cli.excerpt import sentence_around
from situate.cli.listing_options import ENTRY_LAYERS, standings_of
from situate.intake import report_from_text
from situate.store import Decision, Store
from situate.store.decisions import INCIDENT

PATIENCE = 60.0  # seconds that a busy machine gets before a test gives up
WORDS = ("Nawa", "Daraa", "Idlib", "Saida")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with four events; the first is in most doubt, the last in least."""
    path = tmp_path_factory.mktemp("review") / "test.db"
    with Store.open(str(path)) as store:
        for n, place in enumerate(WORDS):
            killed = f"{n + 3} people"
            text = f"It was quiet before. Rebels shelled {place} and {killed} died. Nobody knows why."
            day, sure = f"2018-0{n + 4}-10", 0.5 + n / 10
            store.add(told(f"r{n}", text, actor="Rebels", place=place, day=day, killed=killed, confidence=sure))
    return path


@pytest.fixture
def path(kept: Path, tmp_path: Path) -> str:
    return str(shutil.copy(kept, tmp_path))


def run(*arguments: str, **given: Any) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=False, **given)


def rows(path: str, *more: str) -> list[dict[str, Any]]:
    """The events, those first that are in most doubt."""
    found = map(json.loads, run("events", "--store", path, "--json", *more).stdout.splitlines())
    return sorted(found, key=lambda row: row["confidence"])


def states(path: str) -> list[str]:
    return [row["review"] for row in rows(path)]


def trail(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("review", "list", "--json", "--store", path).stdout.splitlines()]


def review(path: str, *arguments: str, **given: Any) -> Result:
    return run("review", *arguments, "--store", path, "--by", "mona", **given)


class Terminal:
    """A pseudo-terminal in which `situate review` runs, and what was shown in it."""

    def __init__(self, path: str, *arguments: str) -> None:
        self.fd, inner = pty.openpty()
        code = "from situate.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "review", "--store", path, "--by", "mona", *arguments],
            stdin=inner, stdout=inner, stderr=inner, env={**os.environ, "COLUMNS": "100", "TERM": "xterm"},
        )  # fmt: skip
        os.close(inner)
        self.shown = ""

    def press(self, key: str) -> None:
        """A key, as soon as the program waits for one: only then the terminal hands keys on without Enter."""
        self._until(lambda: not termios.tcgetattr(self.fd)[3] & termios.ICANON)
        asked = self.shown.count("q quit")
        os.write(self.fd, key.encode())
        self._until(lambda: self.shown.count("q quit") > asked or self.shown.rstrip(" ").endswith(":") or self.ended)

    def answer(self, words: str, asked: str) -> None:
        """A line, once the question is on the screen."""
        self._until(lambda: asked in self.shown.rpartition("\n")[2])
        so_far = len(self.shown)
        os.write(self.fd, f"{words}\n".encode())
        self._until(lambda: "\n" in self.shown[so_far:])

    def end(self) -> int:
        """The exit code, after all was read."""
        self._until(lambda: self.ended)
        return self.process.wait()

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def _until(self, reached: Any) -> None:
        last = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < last, self.shown
            self._read()
        self._read()

    def _read(self) -> None:
        while select.select([self.fd], [], [], 0.02)[0]:
            with suppress(OSError):  # the other end is closed
                if some := os.read(self.fd, 65536):
                    self.shown += some.decode(errors="replace").replace("\r\n", "\n")
                    continue
            return

    def close(self) -> None:
        """Nothing stays behind."""
        self.process.kill()
        self.process.wait()
        os.close(self.fd)


@pytest.fixture
def terminal(path: str) -> Iterator[Any]:
    opened: list[Terminal] = []

    def open_one(*arguments: str) -> Terminal:
        opened.append(Terminal(path, *arguments))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def test_a_key_decides_and_the_next_entry_comes(path: str, terminal: Any) -> None:
    at = terminal()
    for key in "ars":
        at.press(key)
    at.press("q")
    assert at.end() == 0
    assert states(path) == ["accepted", "rejected", "unreviewed", "unreviewed"]
    assert "Rebels \x1b[1;7mshelled\x1b[0m Nawa" in at.shown
    for told_of in ("Tern Wire · 2018-04-10", "Report r0", "single source", "killed 3", "events waiting: 4", "ASSAULT"):
        assert told_of in at.shown
    assert [shown in at.shown for shown in WORDS] == [True, True, True, True]
    assert "decisions kept: 1 accept, 1 reject" in at.shown


def test_a_note_goes_with_the_decision_that_follows(path: str, terminal: Any) -> None:
    at = terminal()
    at.press("n")
    at.answer("seen on film", "why:")
    for key in "ad":
        at.press(key)
    at.press("q")
    at.end()
    assert [(made["decision"], made["comment"]) for made in trail(path)] == [
        ("unsure", None),
        ("accept", "seen on film"),
    ]


def test_an_undo_brings_the_entry_back(path: str, terminal: Any) -> None:
    at = terminal()
    for key in ("u", "r", "u", "a"):
        at.press(key)
    at.press("q")
    at.end()
    assert "nothing to undo" in at.shown
    assert states(path) == ["accepted", *["unreviewed"] * 3]
    assert at.shown.count("shelled\x1b[0m Nawa") == 2  # and again after the undo


def test_a_correction_asks_for_field_and_value(path: str, terminal: Any) -> None:
    at = terminal()
    at.press("c")
    for words, asked in (
        ("colour", "no further):"), ("stat", "no further):"), ("maybe", "status ("), ("status", "no further):"),
        ("planned", "status ("), ("it is only said", "unsaid):"), ("places", "no further):"), ("-", "places ("),
        ("", "unsaid):"), ("", "no further):"),
    ):  # fmt: skip
        at.answer(words, asked)
    at.press("q")
    at.end()
    assert "name one of type, status" in at.shown
    assert "name one of actual, ongoing, planned" in at.shown
    made = [(each["field"], each["before"], each["after"], each["comment"]) for each in trail(path)]
    assert made == [("places", ["Nawa"], [], None), ("status", "actual", "planned", "it is only said")]
    assert states(path)[0] == "corrected"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("the war is over", '"Today the war is over," he said.'),
        ("Quiet", "Quiet since 3.5 weeks."),
        ("3.5 weeks. ", "Quiet since 3.5 weeks."),
        ('weeks. "Today', 'Quiet since 3.5 weeks. "Today the war is over," he said.'),
        ("Nobody", "Nobody knows"),
    ],
)
def test_words_are_shown_in_their_sentence(words: str, sentence: str) -> None:
    text = 'Quiet since 3.5 weeks. "Today the war is over," he said.\n\nNobody knows'
    start, end = sentence_around(text, span(text, words))
    assert text[start:end] == sentence


def test_the_text_around_can_be_opened(path: str, terminal: Any) -> None:
    at = terminal("--place", "Idlib")
    at.press("o")
    at.press("q")
    at.end()
    assert "around" in at.shown
    assert at.shown.count("It was quiet before.") == 2
    assert "events waiting: 1" in at.shown


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 0)])
def test_an_interrupt_loses_nothing(path: str, terminal: Any, key: str, code: int) -> None:
    at = terminal()
    at.press("a")
    at.press(key)
    assert at.end() == code
    assert states(path) == ["accepted", *["unreviewed"] * 3]


def test_a_second_opinion_does_not_see_the_first(path: str, terminal: Any) -> None:
    key = rows(path)[1]["key"]
    run("review", "correct", key, "--set", "status=planned", "--by", "omar", "--store", path)
    at = terminal("--second")
    at.press("a")
    assert at.end() == 0
    before, _, after = at.shown.partition("others: ")
    assert "omar" not in before and "corrected" not in before
    assert after.startswith("omar: corrected")
    assert "decisions kept: 1 accept" in at.shown


def test_without_a_terminal_it_names_what_scripts_use(path: str) -> None:
    done = CliRunner().invoke(cli, ["review", "--store", path])
    assert done.exit_code == 1
    assert "situate review accept, reject" in str(done.exception)


def test_decisions_by_key_are_seen_in_the_listings(path: str) -> None:
    keys = [row["key"] for row in rows(path)]
    done = review(path, "accept", keys[0], keys[1][:20], "--note", "two films of it")
    assert done.stdout.splitlines() == [f"{keys[0]}  accepted", f"{keys[1]}  accepted"]
    review(path, "reject", "-", input=f"{keys[2]}\n\n")
    review(path, "unsure", keys[3])
    assert states(path) == ["accepted", "accepted", "rejected", "unsure"]
    assert [row["key"] for row in rows(path, "--review", "accepted")] == keys[:2]
    made = trail(path)
    assert [each["who"] for each in made] == ["mona"] * 4
    assert [each["decision"] for each in made[:2]] == ["unsure", "reject"]
    assert {each["comment"] for each in made[2:]} == {"two films of it"}
    table = run("review", "list", "--store", path, "--limit", "1").stdout
    assert "unsure" in table and "was unreviewed" in table
    assert run("review", "list", "--store", path, "--by", "omar", "--json").stdout == ""


def test_a_correction_tells_what_stood_before(path: str) -> None:
    key = rows(path)[0]["key"]
    review(path, "correct", key, "--set", "type=coerce", "--set", "recipients=Civilians, Rebels", "--set", "source=")
    review(path, "correct", key, "--set", "type=MOBILIZE", "--set", "latest=2018-05")
    made = [(each["field"], each["before"], each["after"], each["stood"]) for each in reversed(trail(path))]
    assert made == [
        ("type", "ASSAULT", "COERCE", "unreviewed"),
        ("recipients", [], ["Civilians", "Rebels"], "corrected"),
        ("source", None, None, "corrected"),
        ("type", "COERCE", "MOBILIZE", "corrected"),
        ("latest", "2018-04-10", "2018-05-31", "corrected"),
    ]
    assert rows(path)[0]["type"] == "ASSAULT"  # what the reader found stays beside it


def test_page_and_terminal_correct_the_same_fields() -> None:
    script = (Path(situate.__file__).parent / "web" / "static" / "js" / "correct.js").read_text(encoding="utf-8")
    always = set(re.findall(r'"(\w+)"', re.findall(r"ALWAYS = \[(.*)\]", script)[0]))
    by_layer = dict(re.findall(r"^  (\w+): \[(.*)\],$", script, re.MULTILINE))
    for layer, names in by_layer.items():
        assert set(fields_of(layer)) == (always | set(re.findall(r'"(\w+)"', names))) - _without(layer)
    assert {layer for layer in ENTRY_LAYERS if set(fields_of(layer)) - always} == set(by_layer)


def _without(layer: str) -> set[str]:
    return set() if standings_of(layer) else {"status"}


def test_who_decides_may_be_said_before_or_after_or_by_the_environment(path: str) -> None:
    key = rows(path)[0]["key"]
    run("review", "--by", "mona", "--store", path, "accept", key, env={"SITUATE_WHO": "omar"})
    run("review", "accept", key, "--store", path, env={"SITUATE_WHO": "omar"})
    run("review", "--by", "mona", "accept", key, "--who", "rana", "--store", path)
    assert [made["who"] for made in trail(path)] == ["rana", "omar", "mona"]


def test_nobody_undoes_what_others_decided(path: str) -> None:
    key = rows(path)[0]["key"]
    run("review", "--by", "omar", "--store", path, "accept", key)
    done = CliRunner().invoke(cli, ["review", "undo", key, "--by", "mona", "--store", path])
    assert "nothing that mona decided" in str(done.exception)
    assert states(path)[0] == "accepted"


def test_what_is_said_of_incidents_is_no_review(path: str) -> None:
    one, other = (row["key"] for row in rows(path)[:2])
    with Store.open(path) as store:
        store.decide(Decision(one, "accept", "mona", "2018-08-01T10:00:00+00:00", INCIDENT, None, other))
    done = CliRunner().invoke(cli, ["review", "undo", one, "--by", "mona", "--store", path])
    assert "situate incidents undo" in str(done.exception)
    assert trail(path) == []


@pytest.mark.parametrize(
    ("arguments", "told_of"),
    [
        (("accept", "nothing"), "no entry with that key"),
        (("accept", ""), "no entry with that key"),
        (("correct", "KEY", "--set", "status=maybe"), "name one of actual, ongoing"),
        (("correct", "KEY", "--set", "type="), "name one of AGREE"),
        (("correct", "KEY", "--set", "colour=red"), "name one of type, status, earliest"),
        (("correct", "KEY", "--set", "earliest=soon"), "is not a date"),
        (("correct", "KEY", "--set", "status"), "FIELD=VALUE"),
        (("undo", "KEY"), "nothing to undo"),
    ],
)
def test_what_can_not_be_is_told_in_one_line(
    path: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told_of: str
) -> None:
    key = rows(path)[0]["key"]
    given = [key if each == "KEY" else each for each in arguments]
    assert situate_run(cli, args=["review", *given, "--store", path]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert told_of in line
    assert trail(path) == []


def test_a_beginning_that_several_have_is_refused(path: str) -> None:
    with Store.open(path) as store:
        text = "Rebels shelled Nawa. A monitor said so."
        store.add(told("two", text, actor="Rebels", place="Nawa", source="A monitor"))
    (key,) = (row["key"] for row in rows(path, "--source", "monitor"))
    report = key.partition(".")[0]
    done = CliRunner().invoke(cli, ["review", "accept", rows(path)[0]["key"], report, "--store", path])
    assert "more than one entry" in str(done.exception)
    assert trail(path) == []  # all or none


STEPS = st.sampled_from(["accept", "reject", "unsure", "status=planned", "type=COERCE", "source=a monitor"])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(STEPS, st.sampled_from(["mona", "omar"])), max_size=6))
def test_every_undo_restores_what_stood_before(path: str, steps: list[tuple[str, str]]) -> None:
    key = rows(path)[0]["key"]
    stood = [states(path)[0]]
    for step, who in steps:
        command = ["correct", key, "--set", step] if "=" in step else [step, key]
        run("review", *command, "--by", who, "--store", path)
        stood.append(states(path)[0])
    for _, who in reversed(steps):
        assert states(path)[0] == stood.pop()
        run("review", "undo", key, "--by", who, "--store", path)
    assert states(path)[0] == stood.pop() == "unreviewed"


def test_decisions_survive_a_refresh(tmp_path: Path) -> None:
    path = str(tmp_path / "test.db")
    text = "Government jets bombed the village of Ain Zahra on Monday, killing five people."
    now = situate.read(report_from_text(text, id="one", published="2018-07-24"))
    with Store.open(path) as store:
        store.add(replace(now, made_by=now.made_by | {"events": "0+00000000"}))
    key = rows(path)[0]["key"]
    review(path, "accept", key)
    assert "1 of 1 reports read again" in run("refresh", "--store", path).stdout
    assert [row["key"] for row in rows(path, "--review", "accepted")] == [key]
    review(path, "undo", key)
    assert set(states(path)) == {"unreviewed"}
