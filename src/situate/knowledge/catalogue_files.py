"""The catalogue's files: rows of CSV with comments, and one clear line where a row is wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from situate.contract import ActorKind
from situate.errors import SituateError

KINDS = frozenset(get_args(ActorKind))
_YEAR = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class CatalogueError(SituateError):
    """A file of the catalogue that can't be used: file, row and what is wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a catalogue file, with where it stands."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a cell that may hold several, separated by semicolons."""
        return tuple(v.strip() for v in self.cells.get(column, "").split(";") if v.strip())

    def date(self, column: str) -> str | None:
        """A year or an ISO date, or None."""
        value = self.cells.get(column, "")
        if value and not _YEAR.fullmatch(value):
            raise self.error(f"'{value}' in column '{column}' is no year or date: write 2011 or 2011-03-15")
        return value or None

    def kind(self) -> ActorKind:
        """The row's kind, checked against the contract's kinds."""
        value = self.cells["kind"]
        if value not in KINDS:
            raise self.error(f"'{value}' is no kind of actor: use one of {', '.join(sorted(KINDS))}")
        return value  # type: ignore[return-value]

    def error(self, problem: str) -> CatalogueError:
        """The error that names this row."""
        return CatalogueError(f"{self.path.name}, row {self.line}: {problem}")


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a CSV file. Lines that begin with # are comments; the first other line names the columns."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as e:
        raise CatalogueError(f"{path}: can't be read as UTF-8 text ({e})") from e
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    header: list[str] | None = None
    for (number, _), cells in zip(lines, csv.reader([line for _, line in lines]), strict=False):
        values = [v.strip() for v in cells]
        if header is None:
            header = values
            missing = [c for c in columns if c not in header]
            if missing:
                raise CatalogueError(f"{path.name}, row {number}: column '{missing[0]}' is missing")
            continue
        row = Row(path, number, dict(zip(header, values, strict=False)))
        if len(values) != len(header):
            raise row.error(f"{len(values)} cells where the header has {len(header)}: put quotes around a comma")
        yield row
