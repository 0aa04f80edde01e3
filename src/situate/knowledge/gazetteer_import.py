"""Bigger gazetteers: a GeoNames dump, or a humanitarian table of P-codes, read as a stream into a store.

GeoNames' format: geonames.org/export (19 columns, tab-separated, UTF-8). P-code tables: the common operational datasets
of administrative boundaries (COD-AB) as CSV. What doesn't fit stops the import with the file and the row, and leaves
nothing behind.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from situate.errors import SituateError
from situate.knowledge.gazetteer_keys import plain_key, sound_key
from situate.knowledge.gazetteer_store import Builder, Record
from situate.knowledge.places import alpha2, known_feature, romanised_countries

COLUMNS = 19
SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "HEBREW", "GREEK")
Progress = Callable[[int], None]  # is told how many bytes more have been read
_CLASSES = frozenset("AHLPRSTUV")
_COUNTRY = re.compile(r"[A-Z]{2}|")
_LEVEL = re.compile(
    r"(?:adm|admin)\s*_?(\d)_?(pcode|name|[a-z]{2}|code|ref)?(?:_?([a-z]{2}))?(?:_name)?", re.IGNORECASE
)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, OSError)


def import_dump(path: Path, folder: Path, progress: Progress = lambda _: None) -> int:
    """Writes a GeoNames dump (`.zip` or `.txt`) into a store at `folder`; the number of places.

    Raises SituateError where the file is none, is broken, or has a row that doesn't fit.
    """
    with building(folder) as builder:
        row = 0
        try:
            with _opened(path) as lines:
                for row, line in enumerate(lines, 1):
                    progress(len(line))
                    _add(builder, _record(line, path.name, row), line)
        except _BROKEN as error:
            raise SituateError(
                f"{path.name}, after row {row}: the file is broken or cut off ({error}); get it again"
            ) from error
        if not row:
            raise SituateError(f"{path.name}: no rows in it; expected a GeoNames dump such as allCountries.zip")
        builder.finish(source=f"GeoNames (geonames.org), CC BY 4.0, {path.name}")
        return builder.count


@contextmanager
def building(folder: Path) -> Iterator[Builder]:
    """A store that is being built: what goes wrong inside leaves nothing behind."""
    builder = Builder(folder)
    try:
        yield builder
    except BaseException:
        builder.discard()
        raise


@contextmanager
def _opened(path: Path) -> Iterator[Iterable[str]]:
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8", newline="\n") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        inside = [i for i in archive.infolist() if i.filename.endswith(".txt") and "readme" not in i.filename.lower()]
        if not inside:
            raise SituateError(f"{path.name}: no .txt file in it; expected a GeoNames dump such as allCountries.zip")
        with archive.open(max(inside, key=lambda i: i.file_size)) as member:
            yield io.TextIOWrapper(member, encoding="utf-8", newline="\n")


def _record(line: str, file: str, row: int) -> Record:
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != COLUMNS:
        raise SituateError(f"{file}, row {row}: {len(cells)} columns instead of {COLUMNS}; is it a GeoNames dump?")
    try:
        ident, lat, lon, population = int(cells[0]), float(cells[4]), float(cells[5]), int(cells[14] or 0)
    except ValueError as error:
        raise SituateError(f"{file}, row {row}: {error}; is the order of the columns that of GeoNames?") from error
    fits = (
        abs(lat) <= 90 and abs(lon) <= 180 and (cells[6] in _CLASSES or not cells[6]) and _COUNTRY.fullmatch(cells[8])
    )
    if not fits or not cells[1] or ident <= 0 or population < 0:
        what = f"latitude {cells[4]}, longitude {cells[5]}, class {cells[6]!r}, country {cells[8]!r}"
        raise SituateError(f"{file}, row {row}: {what} can't be; is the order of the columns that of GeoNames?")
    return Record(cells[1], known_feature(cells[6], cells[7]), cells[8], cells[10], lat, lon, population, 0, ident)


def _add(builder: Builder, record: Record, line: str) -> None:
    cells = line.split("\t", 4)
    names = {record.name, cells[2], *filter(worth_a_key, cells[3].split(","))}
    builder.add(record, plain_keys(names), sound_keys(names, record.country))


def plain_keys(names: Iterable[str]) -> set[str]:
    """The plain keys of names."""
    return {k for n in names if n and (k := plain_key(n))}


def sound_keys(names: Iterable[str], country: str) -> set[str]:
    """The sound keys of names in countries (alpha-2) whose languages are romanised in several ways."""
    if country not in romanised_countries():
        return set()
    return {k for n in names if n.isascii() and len(k := sound_key(n)) > 1}


def worth_a_key(name: str) -> bool:
    """Whether a report in English, or someone who searches, might use the name: no airport code, no far script."""
    if len(name) < 3 or (len(name) <= 4 and name.isupper()) or name.startswith("http"):
        return False
    if name.isascii():
        return True
    letter = next((c for c in name if c.isalpha()), "x")
    return unicodedata.name(letter, "").startswith(SCRIPTS)


# ---------------------------------------------------------------------------------------------------------- P-codes


def import_pcodes(path: Path, folder: Path) -> int:
    """Writes a table of P-codes (CSV) into a store at `folder`; the number of divisions.

    Each level with a name and a code becomes a place; the point that a row's columns for latitude and longitude give
    belongs to the lowest level. Raises SituateError where the table lacks codes or has a row that doesn't fit.
    """
    if path.suffix.lower() in (".xlsx", ".xls"):
        raise SituateError(f"{path.name}: save the table as CSV first; spreadsheets aren't read")
    codes: list[str] = []
    with building(folder) as builder:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                for code, record, names in _divisions(file, path.name):
                    codes.append(code)
                    builder.add(record, plain_keys(names), sound_keys(names, record.country))
        except (UnicodeDecodeError, csv.Error, OSError) as error:
            raise SituateError(f"{path.name}: not a CSV table in UTF-8 ({error})") from error
        if not codes:
            raise SituateError(f"{path.name}: no P-codes in it; expected columns such as ADM1_EN and ADM1_PCODE")
        builder.finish(source=f"P-codes of {path.name}", codes=codes)
        return builder.count


def _divisions(file: IO[str], name: str) -> Iterator[tuple[str, Record, set[str]]]:
    rows = csv.DictReader(file, delimiter=_delimiter(file))
    levels = _levels(rows.fieldnames or [])
    if not levels:
        raise SituateError(f"{name}, row 1: no columns for names and P-codes; expected such as ADM1_EN and ADM1_PCODE")
    lat, lon = (next((c for c in rows.fieldnames or [] if c.lower() in names), None) for names in _POINT)
    seen: set[str] = set()
    lowest = max(levels)
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise SituateError(f"{name}, row {number}: more or fewer cells than the header has columns")
        for level, (code_column, name_columns) in sorted(levels.items()):
            code, names = row[code_column].strip(), {row[c].strip() for c in name_columns} - {""}
            if not code or not names:
                raise SituateError(f"{name}, row {number}: no name or no P-code for level {level}")
            if code in seen:
                if level == lowest:
                    raise SituateError(f"{name}, row {number}: the P-code {code} is there twice")
                continue
            seen.add(code)
            point = _point(row, lat, lon, name, number) if level == lowest else (math.nan, math.nan)
            country = _country(row, levels, code)
            main = row[name_columns[0]].strip() or min(names)
            yield (
                code,
                Record(main, "PCLI" if level == 0 else f"ADM{level}", country, code if level == 1 else "", *point),
                names,
            )


_POINT = (
    ("center_lat", "lat", "latitude", "y", "centroid_lat"),
    ("center_lon", "lon", "longitude", "x", "centroid_lon"),
)


def _delimiter(file: IO[str]) -> str:
    first = file.readline()
    file.seek(0)
    if first.startswith("\ufeff"):
        file.read(1)
    return max(",;\t", key=first.count)


def _levels(columns: Iterable[str]) -> dict[int, tuple[str, list[str]]]:
    """The columns of each level: its P-code and its names, English first."""
    codes: dict[int, str] = {}
    names: dict[int, list[str]] = {}
    for column in columns:
        m = _LEVEL.match(column.strip())
        if m is None or (m[2] or "").lower() == "ref":
            continue
        level = int(m[1])
        if "code" in column.lower():
            codes.setdefault(level, column)
        elif (m[2] or "").lower() != "code":
            names.setdefault(level, []).append(column)
    english = lambda c: (not c.lower().endswith("en"), c)  # noqa: E731
    return {level: (codes[level], sorted(names[level], key=english)) for level in codes if level in names}


def _point(row: dict[str, str], lat: str | None, lon: str | None, file: str, number: int) -> tuple[float, float]:
    if lat is None or lon is None or not row[lat].strip():
        return math.nan, math.nan
    try:
        point = float(row[lat]), float(row[lon])
    except ValueError as error:
        raise SituateError(f"{file}, row {number}: {error}") from error
    if abs(point[0]) > 90 or abs(point[1]) > 180:
        raise SituateError(f"{file}, row {number}: no such point: {point[0]}, {point[1]}")
    return point


def _country(row: dict[str, str], levels: dict[int, tuple[str, list[str]]], code: str) -> str:
    """The country (alpha-2) of a row: its code of level 0, else the letters that its P-code begins with."""
    said = row[levels[0][0]].strip() if 0 in levels else (re.match(r"[A-Z]+", code) or [""])[0]
    return said if len(said) == 2 else alpha2(said[:3]) or said[:2]
