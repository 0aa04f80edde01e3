"""Reading over many inputs: batches, order, failures in their places, memory that doesn't grow."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from situate.contract import Picture, Report
from situate.engine import read_all
from situate.engine.batch import CHARACTERS, REPORTS, Item, batches, read_batch
from situate.intake import Failure, InputStream

TEXT = "The Hill Guard shelled Sel on Tuesday, officials said."


def reports(count: int, length: int = 10) -> Iterator[Report]:
    return (Report(id=str(i), text="x" * length) for i in range(count))


def name(picture: Picture) -> str:
    return picture.report.id


def test_batches_are_cut_by_number_and_by_length() -> None:
    assert [len(b) for b in batches(reports(REPORTS * 2 + 2))] == [1, REPORTS, REPORTS, 1]
    assert [len(b) for b in batches(reports(5, CHARACTERS // 2))] == [1, 2, 2]
    assert list(batches([])) == []


def test_what_is_there_is_given_out_when_the_input_pauses() -> None:
    pauses = iter([False, False, True, False, True])
    cut = [[getattr(x, "id", None) for x in b] for b in batches(reports(5), lambda: next(pauses))]
    assert cut == [["0"], ["1", "2"], [], ["3", "4"], []]


def test_no_more_is_taken_than_is_read() -> None:
    taken: list[str] = []

    def source() -> Iterator[Item]:
        for report in reports(1_000):
            taken.append(report.id)
            yield report

    out = read_all(source(), name)
    assert next(out) == "0"
    assert len(taken) <= 2


def test_failures_stay_in_their_places() -> None:
    failure = Failure("b.txt", "empty", "leave it out", "b.txt")
    items = [Report(id="a", text=TEXT), failure, Report(id="c", text=TEXT), failure]
    assert list(read_all(items, name)) == ["a", failure, "c", failure]
    assert list(read_all(items, name, jobs=2)) == ["a", failure, "c", failure]


def test_a_fault_with_one_report_costs_that_report_alone() -> None:
    def faulty(picture: Picture) -> str:
        if picture.report.id == "b":
            raise ValueError("broken\nin two")
        return picture.report.id

    out = read_batch([Report(id=x, text=TEXT) for x in "abc"], faulty)
    assert [x if isinstance(x, str) else x.id for x in out] == ["a", "b", "c"]
    assert str(out[1]) == "b: reading broke off (ValueError: broken in two); please report this with the text"


@given(st.binary(max_size=300), st.lists(st.integers(1, 40), max_size=30))
def test_a_stream_is_cut_into_the_same_lines_as_a_file(data: bytes, sizes: list[int]) -> None:
    ours, theirs = InputStream(io.BytesIO(data)), io.BytesIO(data)
    for size in sizes:
        assert ours.readline(size) == theirs.readline(size)
    assert ours.read(1_000) == theirs.read(1_000)


def test_a_stream_knows_whether_the_next_line_is_there() -> None:
    out, into = os.pipe()
    with os.fdopen(out, "rb") as stream:
        lines = InputStream(stream)
        assert not lines.idle()  # it may be a terminal that nobody reads from
        os.write(into, b"one\ntwo\nthr")
        assert lines.readline(100) == b"one\n"
        assert not lines.idle()
        assert lines.readline(100) == b"two\n"
        assert lines.idle()
        os.write(into, b"ee")
        os.close(into)
        assert not lines.idle()
        assert lines.readline(100) == b"three"
        assert lines.readline(100) == b""


def test_a_stream_in_memory_never_pauses() -> None:
    assert not InputStream(io.BytesIO(b"x")).idle()
