"""`situate read`, `situate schema` and the program around them, as a user runs them."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import Run

from situate.cli import COMMANDS, Commands, cli
from situate.contract import LAYERS, Picture, json_schema

TEXT = "The Hill Guard shelled Sel on Tuesday, killing 12 civilians, officials said.\n"


def line(**fields: Any) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def invoke(*arguments: str, given: bytes = b"") -> Result:
    """A command in this process, where the models are loaded already."""
    return CliRunner().invoke(cli, arguments, input=given)


def test_the_filter(situate: Run) -> None:
    """One picture a line on stdout and nothing else, in order, failures in their places."""
    given = b"".join(
        [
            line(id=7, text=TEXT, published="2018-07-25", title="Shelling", url="http://example.org", publisher="P"),
            line(id="empty", text=""),
            b"nope\n",
            line(id="half", text="\ud800"),
            b"\n",
            line(id="z", text=TEXT + "\u2028\U0001f600\r\n\x00"),
        ]
    )
    done = situate("read", "--jsonl", "-", "--json", given=given)
    out = [json.loads(x) for x in done.stdout.decode().split("\n") if x]
    assert [x["report"]["id"] if "report" in x else x["id"] for x in out] == ["7", "empty", "stdin:3", "half", "z"]
    assert [sorted(x) for x in out[1:4]] == [["error", "id"]] * 3
    first = Picture.from_json(done.stdout.split(b"\n")[0]).report
    assert (first.text, first.title, first.published, first.publisher) == (TEXT, "Shelling", "2018-07-25", "P")
    assert out[4]["report"]["text"] == TEXT + "\u2028\U0001f600\r\n\x00"
    told = done.stderr.decode().splitlines()
    assert len(told) == 3
    assert all(x.startswith("situate: stdin:") for x in told)
    assert "Traceback" not in done.stderr.decode()
    assert done.returncode == 1


def test_no_input_is_no_failure(situate: Run) -> None:
    done = situate("read", "--jsonl", "-", "--json")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_several_processes_give_the_same_in_the_same_order() -> None:
    given = b"".join(line(id=i, text=f"{TEXT} It was the {i}. time." if i % 7 else "") for i in range(80))
    alone, together = (invoke("read", "--jsonl", "-", "--json", "--jobs", n, given=given) for n in ("1", "2"))
    assert alone.stdout == together.stdout
    assert together.stdout.count("\n") == 80
    assert (alone.exit_code, together.exit_code) == (1, 1)


def test_tables_for_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(f"Guns on the hill\n\nBy Jane Roe\n\n{TEXT}\nSource: Hill Courier\n", encoding="utf-8")
    done = invoke("read", "a.txt", "missing.txt")
    assert "Guns on the hill" in done.stdout
    assert "Jane Roe" in done.stdout
    assert "from Hill Courier" in done.stdout
    assert "Who did what to whom" in done.stdout
    assert "The Hill Guard shelled Sel on Tuesday" in " ".join(done.stdout.replace("│", " ").split())
    assert "\x1b" not in done.stdout  # no colours where the output is no terminal
    assert done.stderr == "situate: missing.txt: no such file or folder; check the path\n"
    assert done.exit_code == 1


def test_one_layer() -> None:
    out = invoke("read", "-", "--layer", "claims", "--layer", "agreements", given=TEXT.encode()).stdout
    assert "Who says what" in out
    assert "no agreements" in out
    assert "Who did what to whom" not in out


def test_why_an_event_was_read() -> None:
    done = invoke("read", "-", "--explain", "e1", given=TEXT.encode())
    assert done.exit_code == 0, done.stderr
    told = done.stdout
    assert "e1 ASSAULT “shelled”: the lexicon's sense assault.shelling" in told
    assert "actor Hill Guard: by grammar (subject)" in told
    assert "status actual: told as a plain fact" in told
    assert "confidence: " in told
    everything = invoke("read", "-", "--explain", "all", given=TEXT.encode()).stdout
    assert told.splitlines()[2] in everything


def test_an_event_that_is_not_there_cannot_be_explained() -> None:
    given = line(id="a", text=TEXT) + line(id="b", text="Nobody came.")
    done = invoke("read", "--jsonl", "-", "--explain", "e1", given=given)
    assert "e1 ASSAULT" in done.stdout
    assert done.stderr == "situate: b: there is no event 'e1'; nothing was read as one\n"
    assert done.exit_code == 1


def test_least_confidence_and_the_day_of_reports_that_give_none() -> None:
    given = line(id="a", text=TEXT) + line(id="b", text=TEXT, published="2018-07-01")
    done = invoke("read", "--jsonl", "-", "--json", "--min-confidence", "1", "--published", "2018-07-25", given=given)
    pictures = [Picture.from_json(x) for x in done.stdout.splitlines()]
    assert [p.report.published for p in pictures] == ["2018-07-25", "2018-07-01"]
    assert all(e.confidence == 1 for p in pictures for e in p.events)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["read"], "name a file, a folder or an address, or - for standard input"),
        (["read", "-", "--json", "--layer", "events"], "--layer chooses tables"),
        (["read", "-", "--explain", "e1", "--json"], "--explain prints reasons instead of pictures"),
        (["read", "-", "--layer", "nonsense"], "nonsense"),
        (["read", "-", "--published", "soon"], "'soon' is not a date; write it as in 2018-07-24"),
        (["read", "-", "--jobs", "-1"], "--jobs"),
        (["raed"], "No such command 'raed'"),
        (["read", "--nope"], "--nope"),
    ],
)
def test_wrong_use(arguments: list[str], message: str) -> None:
    done = invoke(*arguments)
    assert done.exit_code == 2
    assert message in done.output


def test_the_schema() -> None:
    assert json.loads(invoke("schema").stdout) == json.loads(json.dumps(json_schema()))


def test_a_terminal_that_lacks_characters(situate: Run) -> None:
    """JSON is UTF-8 whatever the terminal says; a table shows other characters in place of those that it lacks."""
    text = f"“{TEXT}” café".encode()
    poor = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert (
        "“" in json.loads(situate("read", "-", "--json", given=text, **poor).stdout.decode("utf-8"))["report"]["text"]
    )
    assert situate("read", "-", given=text, **poor).returncode == 0


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m situate read --jsonl - --json | head -c 10"
    given = line(id="a", text=TEXT) * 40
    done = subprocess.run(["bash", "-c", command], input=given, capture_output=True, cwd=tmp_path, check=False)
    assert done.stdout == b'{"report":'
    assert done.stderr == b""


def test_a_line_is_answered_before_the_next_is_there(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "situate", "read", "--jsonl", "-", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in "abc":
            process.stdin.write(line(id=name, text=TEXT))
            process.stdin.flush()
            assert Picture.from_json(process.stdout.readline()).report.id == name
        process.stdin.close()
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_is_done(tmp_path: Path, jobs: str) -> None:
    """Ctrl-C reaches all processes of the group, as from a terminal."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run in the background it is ignored
    command = [sys.executable, "-m", "situate", "read", "--jsonl", "-", "--json", "--jobs", jobs]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, process_group=0
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(line(id="a", text=TEXT) * 100)
        process.stdin.flush()
        first = process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        began = time.monotonic()
        rest, told = process.stdout.read(), process.stderr.read().decode()
        process.stdin.close()
        code = process.wait(timeout=60)
    assert time.monotonic() - began < 20
    assert code == 130
    assert told.strip() == "situate: interrupted; what was finished is kept"
    assert all(Picture.from_json(x).report.id == "a" for x in [first, *rest.splitlines()])


def test_a_bar_where_there_is_a_terminal_and_none_where_there_is_not(situate: Run, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    assert situate("read", ".", "--json").stderr == b""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "situate", "read", ".", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, cwd=tmp_path) as process:
        os.close(theirs)
        assert process.stdout is not None
        shown = b""
        while True:
            ready, _, _ = select.select([ours], [], [], 120)
            try:
                piece = os.read(ours, 4_096) if ready else b""
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            shown += piece
        out = process.stdout.read()
    os.close(ours)
    assert b"/3" in shown
    assert len(out.splitlines()) == 3


def test_the_help_teaches_and_comes_at_once(situate: Run) -> None:
    began = time.monotonic()
    out = situate("--help").stdout.decode()
    assert time.monotonic() - began < 3  # under 0.3 s on a quiet machine
    assert "situate read report.txt" in out
    assert "Examples:" in situate("read", "--help").stdout.decode()


def test_every_command_is_where_the_table_says() -> None:
    group = cli
    assert isinstance(group, Commands)
    context = group.make_context("situate", ["schema"])
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        assert command.help, name
        assert COMMANDS[name][1].endswith(".")


def test_layers_have_tables() -> None:
    from situate.cli.tables import LAYOUTS

    assert set(LAYOUTS) == set(LAYERS)


def test_a_fault_in_a_user_s_catalogue_is_told_once_and_is_no_report_s(situate: Run, tmp_path: Path) -> None:
    (tmp_path / "actors_mine.csv").write_text(
        "id,name,kind,country,aliases,parent,from,to,wikidata\nharrat,Harrat Brigade,armed_group,SYR,,nobody,,,\n"
    )
    done = situate("read", "-", "--json", given=b"The Harrat Brigade left.", SITUATE_HOME=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "situate: actors_mine.csv, row 2: parent 'nobody' is no id of the catalogue"
    ]
