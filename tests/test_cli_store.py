"""`situate add` and the listing commands, as a person and as a program use them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result
from conftest import Run
from store_pictures import at_once, bare, many, picture
from told_pictures import told

from situate.cli import _run as situate_run
from situate.cli import cli
from situate.cli.coverage import OUTCOMES
from situate.contract import Picture, entries
from situate.export.listings import COLUMNS, cells, codebook
from situate.store import Filters, Store, query

LAYERS = ("events", "claims", "agreements", "movements", "control", "relations", "forecasts", "actors", "places")
DOCS = Path(__file__).parents[1] / "docs"
SHELLING = "Russian jets bombed the town of Saraqib on 8 September 2018, killing five people."


def run(*arguments: str, **given: Any) -> Result:
    """Runs the command line in this process; an exception is the test's."""
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=False, **given)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a store with some reports."""
    path = str(tmp_path_factory.mktemp("cli") / "test.db")
    with Store.open(path) as opened:
        at_once(opened, [picture(), *many(60), picture(id="undated", title="Undated", published=None, url=None)])
    return path


@pytest.mark.parametrize("layer", LAYERS)
def test_a_table_shows_words_report_outlet_and_date(store: str, layer: str) -> None:
    done = run(layer, "--store", store, "--limit", "0", env={"COLUMNS": "200"})
    assert done.exit_code == 0
    expected = {"actors": "Jabhat al-Nusra", "places": "Idlib"}.get(layer, "Orontes Post")
    assert expected in done.stdout
    if layer not in ("actors", "places"):
        assert "2018-07-2" in done.stdout


@pytest.mark.parametrize("layer", LAYERS)
def test_json_is_one_object_a_line_and_whole(store: str, layer: str) -> None:
    done = run(layer, "--store", store, "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.stderr == ""
    assert len(rows) > 1
    assert len({row["key"] for row in rows}) == len(rows)
    if layer in ("events", "claims"):
        assert len(rows) == 62


@pytest.mark.parametrize("layer", LAYERS)
def test_csv_has_the_documented_header(store: str, layer: str) -> None:
    done = run(layer, "--store", store, "--csv", "--limit", "2")
    header, *rows = csv.reader(io.StringIO(done.stdout))
    assert header == [column.name for column in COLUMNS[layer]]
    assert [len(row) for row in rows] == [len(header)] * 2
    assert len(set(header)) == len(header)


def test_the_codebook_is_up_to_date() -> None:
    assert (DOCS / "listings.md").read_text(encoding="utf-8") == codebook()


def test_csv_cannot_run_a_formula(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "test.db")) as opened:
        opened.add(picture(title="=1+1", publisher="@outlet"))
        row = query.page(opened, "events", Filters()).rows[0]
        values = cells("events", row)
    assert {"'=1+1", "'@outlet"} <= set(values)


def test_a_cap_is_announced_and_can_be_lifted(store: str) -> None:
    assert "50 of 62 events shown; --limit 0 shows all" in run("events", "--store", store).stderr
    assert run("events", "--store", store, "--limit", "0").stderr == ""
    assert "2 of 62 events shown" in run("events", "--store", store, "--limit", "2", "--json").stderr
    assert run("events", "--store", store, "--limit", "62").stderr == ""


def test_what_has_no_date_is_told_when_dates_are_asked_for(store: str) -> None:
    done = run("agreements", "--store", store, "--since", "2018-07", "--until", "2018-07", "--csv")
    assert len(done.stdout.splitlines()) == 1 + 61
    assert "1 agreements without any date are left out" in done.stderr


def test_filters_of_the_command_line(store: str) -> None:
    def number(*arguments: str) -> int:
        return len(run("events", "--store", store, "--json", *arguments).stdout.splitlines())

    assert number("--type", "assault", "--status", "ACTUAL", "--min-confidence", "0.9", "--review", "unreviewed") == 62
    assert number("--type", "aid", "--type", "assault") == 62
    assert number("--type", "aid") == 0
    assert number("--actor", "NUSRA", "--place", "idlib", "--source", "hauran", "--text", "shell*") == 30
    assert number("--report", "r7") == 1
    assert number("--since", "2018-07-24", "--until", "2018") == 62
    assert number("--until", "2018-07-23") == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--since", "yesterday"), "is not a date; write it as in 2018-07-31"),
        (("--until", "2018-02-30"), "is not a date"),
        (("--type", "asault"), "is not one of AGREE"),
        (("--min-confidence", "2"), "is not in the range"),
        (("--json", "--csv"), "exclude each other"),
        (("--limit", "-1"), "is not in the range"),
    ],
)
def test_wrong_use_is_told(store: str, arguments: tuple[str, ...], message: str) -> None:
    done = run("events", "--store", store, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_types_and_statuses_are_the_contract_s(store: str) -> None:
    for value in get_args(entries.ControlState):
        assert run("control", "--store", store, "--type", value).exit_code == 0
    assert "besieges" in run("control", "--help").stdout


def test_what_a_siege_leaves_open_is_listed(tmp_path: Path) -> None:
    report, store = tmp_path / "siege.txt", str(tmp_path / "siege.db")
    report.write_text("The Syrian army has surrounded the town of Rastan from all sides but the east.")
    assert run("add", str(report), "--store", store).exit_code == 0
    assert json.loads(run("control", "--store", store, "--json").stdout)["exception"] == "the east"
    for shown in (run("control", "--store", store), run("read", str(report))):
        assert "all but" in shown.stdout


def test_nothing_that_matches_and_nothing_at_all(store: str, tmp_path: Path) -> None:
    assert "no events match" in run("events", "--store", store, "--actor", "nobody").stderr
    empty = str(tmp_path / "empty.db")
    Store.open(empty).close()
    assert "holds no reports yet; add some with: situate add" in run("events", "--store", empty).stderr


def test_no_store_is_told_in_one_line(situate: Run) -> None:
    done = situate("events")
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "situate: there is no store at situate.db; make one with: situate add SOURCE --store situate.db\n"
    )


def test_a_listing_loads_nothing_that_takes_long(store: str) -> None:
    code = (
        "import sys; sys.argv = ['situate', 'events', '--store', sys.argv[1]]\n"
        "from situate.cli import main\n"
        "try: main()\n"
        "finally: print([m for m in ('spacy', 'pydantic', 'numpy', 'sqlalchemy', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, store], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "test.db")) as opened:
        opened.add(picture(publisher="Orontes \x1b[31mPost\x07", title="\x9b2J"))
    done = run("events", "--store", str(tmp_path / "test.db"))
    assert not any(character in done.stdout for character in "\x1b\x07\x9b")


# Adding


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with a report that tells something, one that doesn't, and two that can't be read."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "shelling.txt").write_text(SHELLING, encoding="utf-8")
    (folder / "cake.txt").write_text("A cake of flour, eggs and sugar, an hour in the oven.", encoding="utf-8")
    (folder / "empty.txt").write_text("")
    (folder / "lines.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
    return folder


def test_every_input_has_its_outcome(reports: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "test.db")
    first = run("add", str(reports), "--store", path, "--json")
    assert first.exit_code == 1
    summary = json.loads(first.stdout)
    assert (summary["kept"], summary["nothing"], summary["had"], summary["failed"]) == (1, 1, 0, 2)
    assert [name.endswith("cake.txt") for name in summary["nothing_in"]] == [True]
    assert len(first.stderr.splitlines()) == 2
    assert summary["reports"] == 2

    again = run("add", str(reports), str(reports / "shelling.txt"), "--store", path)
    assert [line.split("  ")[0] for line in again.stdout.splitlines()[:2]] == ["had already", "failed"]
    assert "had already                2" in again.stdout
    assert f"{path} has 2 reports" in again.stdout


def test_what_was_added_is_listed_with_its_words(reports: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "test.db")
    run("add", str(reports / "shelling.txt"), "--store", path)
    rows = [json.loads(line) for line in run("events", "--store", path, "--json").stdout.splitlines()]
    assert rows
    assert all(SHELLING[row["evidence"]["start"] : row["evidence"]["end"]] == row["evidence"]["text"] for row in rows)


def test_known_reports_are_not_read_again(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "test.db")
    run("add", str(reports / "shelling.txt"), "--store", path)
    monkeypatch.setattr("situate.reading.read_reports", lambda some: pytest.fail("read") if list(some) else iter(()))
    assert run("add", str(reports / "shelling.txt"), "--store", path).exit_code == 0


def test_standard_input_twice_the_same_and_a_bad_line(tmp_path: Path) -> None:
    path = str(tmp_path / "test.db")
    line = json.dumps({"id": "a", "text": SHELLING, "published": "2018-09-09"})
    done = run("add", "--jsonl", "-", "--store", path, "--json", input=f"{line}\n{line}\nnot json\n")
    summary = json.loads(done.stdout)
    assert (done.exit_code, summary["kept"], summary["had"], summary["failed"]) == (1, 1, 1, 1)


def test_interrupted_it_tells_what_is_done_and_goes_on_next_time(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "test.db")
    (reports / "zone.txt").write_text("The ceasefire in the zone held.", encoding="utf-8")
    arguments = ["add", str(reports / "shelling.txt"), str(reports / "zone.txt"), "--store", path]
    with monkeypatch.context() as patch:
        patch.setattr(Store, "add", lambda self, picture, add=Store.add, **more: _once(self, picture, add, more))
        assert situate_run(cli, args=arguments) == 130
    told = capsys.readouterr()
    assert "read and kept              1" in told.out
    assert "interrupted; what was finished is kept" in told.err
    assert run(*arguments).exit_code == 0
    with Store.open(path) as opened:
        assert opened.count() == 2


def _once(store: Store, picture: Picture, add: Callable[..., bool], more: dict[str, Any]) -> bool:
    """Adds to an empty store; then the user presses Ctrl-C."""
    if store.count():
        raise KeyboardInterrupt
    return add(store, picture, **more)


def test_coverage_tells_what_became_of_every_input(reports: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "test.db")
    (reports / "map.png").write_bytes(b"no report")
    for _ in range(2):
        run("add", str(reports), "--store", path)
    lines = [json.loads(line) for line in run("coverage", "--store", path, "--json").stdout.splitlines()]
    assert [[line[outcome] for outcome in OUTCOMES] for line in lines] == [[0, 0, 3, 2], [1, 1, 1, 2]]
    assert all(line["ended_at"] and line["sources"] == [str(reports)] for line in lines)

    first = [
        json.loads(line) for line in run("coverage", lines[1]["run"], "--store", path, "--json").stdout.splitlines()
    ]
    by_outcome = {item["outcome"]: item for item in first}
    assert by_outcome["nothing"]["source"].endswith("cake.txt")
    assert by_outcome["read"]["entries"] > 0
    assert by_outcome["skipped"]["reason"] == "1 other file left out (.png)"
    failed = run("coverage", "last", "--outcome", "failed", "--store", path, "--csv").stdout.splitlines()
    assert [line.split(",")[1] for line in failed] == ["outcome", "failed", "failed"]
    with Store.open(path) as opened:
        assert opened.report(by_outcome["read"]["report"]).id == by_outcome["read"]["source"]


def test_a_page_without_a_report_says_why_nothing_was_found(tmp_path: Path) -> None:
    path, page = str(tmp_path / "test.db"), tmp_path / "menu.txt"
    page.write_text("Home\nAbout us\nContact\nShare this\nLeave a Reply\nSimilar Posts\n", encoding="utf-8")
    run("add", str(page), "--store", path)
    (item,) = (json.loads(line) for line in run("coverage", "last", "--store", path, "--json").stdout.splitlines())
    assert (item["outcome"], item["entries"]) == ("nothing", 0)
    assert "what stands around a report" in item["reason"]


def test_a_program_gets_all_incidents_and_stories(tmp_path: Path) -> None:
    path = str(tmp_path / "test.db")
    with Store.open(path) as store:
        for n in range(35):
            store.add(told(f"r{n}", f"Rebels shelled Nawa. {n}", place="Nawa", day=f"20{n + 10}-07-18"))
    for command in ("incidents", "stories"):
        assert len(run(command, "--store", path, "--json").stdout.splitlines()) == 35
        assert "30 of 35" in run(command, "--store", path).stderr


def test_a_history_is_narrowed_by_what_its_own_layer_knows(store: str) -> None:
    given = ("history", "--of", "agreements", "--store", store)
    assert run(*given, "--status", "in force").exit_code == 0
    assert "is not one of" in run(*given, "--type", "captured").stderr


def test_stories_name_whom_a_report_is_a_copy_of(tmp_path: Path) -> None:
    path, text = str(tmp_path / "test.db"), "Rebels shelled Nawa and its market for an hour on Monday. " * 3
    with Store.open(path) as store:
        store.add(told("a", text, place="Nawa"))
        copy = told("b", text, place="Nawa", outlet="Basalt", day="2018-07-19")
        store.add(replace(copy, report=replace(copy.report, title=None)))
    assert "(copy of Tern Wire)" in run("stories", "--store", path).stdout


def test_a_run_that_was_broken_off_says_so(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "test.db")
    monkeypatch.setattr("situate.store.runs.item_of", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert situate_run(cli, args=["add", str(reports), "--store", path]) == 130
    with Store.open(path) as opened:
        assert opened.count() == 0
    assert "broken off" in run("coverage", "--store", path).stdout


def test_coverage_goes_along_when_a_store_is_taken_over(reports: Path, tmp_path: Path) -> None:
    theirs, mine = str(tmp_path / "theirs.db"), str(tmp_path / "mine.db")
    run("add", str(reports), "--store", theirs)
    for _ in range(2):
        run("add", "--from-store", theirs, "--store", mine)
    assert run("coverage", "--store", mine, "--json").stdout == run("coverage", "--store", theirs, "--json").stdout
    assert run("coverage", "last", "--store", mine).stdout == run("coverage", "last", "--store", theirs).stdout


def test_a_store_is_taken_over_once(store: str, tmp_path: Path) -> None:
    path = str(tmp_path / "mine.db")
    with Store.open(path) as mine:
        mine.add(picture())
        mine.add(bare("Only here."))
    assert "61 added, 1 had already" in run("add", "--from-store", store, "--store", path).stdout
    done = run("add", "--from-store", store, "--store", path)
    assert "0 added, 62 had already, 0 new decisions" in done.stdout
    assert f"{path} has 63 reports" in done.stdout


def test_adding_nothing_is_wrong_use() -> None:
    assert run("add").exit_code == 2


def test_a_fault_of_the_store_is_told(reports: Path, situate: Run, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database at all, and long enough " * 100)
    done = situate("add", str(reports / "cake.txt"), "--store", "text.db")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("situate: text.db is not a store of situate")


def test_exports_are_narrowed_by_the_types_of_any_layer(store: str) -> None:
    given = ("export", "--store", store, "--format", "jsonl", "--type", "assault")
    lines = [json.loads(line) for line in run(*given).stdout.splitlines()]
    assert {line["type"] for line in lines} == {"ASSAULT"}
    assert "is not one of" in run(*given, "--layer", "control").stderr
