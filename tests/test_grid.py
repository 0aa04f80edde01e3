"""Tables drawn for a terminal: every line as wide as it should be, every word still there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from situate.cli.grid import Column, Piece, _width, cell, grid, line

COLUMNS = (Column("when", least=12), Column("who"), Column("words", share=5))
WORDS = st.text(st.characters(codec="utf-8"), max_size=200).map(lambda words: f"x{words}")


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4), st.integers(60, 200))
def test_every_line_is_equally_wide_and_no_letter_is_lost(rows: list[tuple[str, str, str]], columns: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(columns))
        drawn = grid(COLUMNS, [[cell(each) for each in row] for row in rows])
    lines = drawn.split("\n")
    assert len({_width(each) for each in lines}) == 1
    assert _width(lines[0]) <= columns
    assert drawn.replace("\n", "").isprintable()
    letters = sorted(c for row in rows for words in row for c in words if c.isprintable() and not c.isspace())
    shown = sorted(c for each in lines[3:-1] for c in each if not c.isspace())
    assert [c for c in shown if c != "│"] == [c for c in letters if c != "│"]


def test_a_column_takes_no_more_than_it_needs_and_an_empty_one_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    drawn = grid(COLUMNS, [[cell("2018-07-31"), cell(None), cell("word " * 20)]])
    assert drawn.split("\n")[1].split("│")[1:3] == [" when       ", " words                                       "]


def test_styles_are_drawn_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[cell(line("denied", "red")), cell("x"), ((Piece("a "), Piece("b", "bold reverse")),)]]
    assert "\x1b" not in grid(COLUMNS, rows)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "\x1b[31mdenied\x1b[0m" in grid(COLUMNS, rows)
    assert "a \x1b[1;7mb\x1b[0m" in grid(COLUMNS, rows)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in grid(COLUMNS, rows)
