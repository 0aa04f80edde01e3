"""A gazetteer on disk: arrays that are mapped into memory, so that opening costs nothing and size doesn't matter.

A store is a folder of four NumPy files and `about.json`: `places.npy` (one record a place), `names.npy` (their names,
one UTF-8 string after the other), `buckets.npy` and `keys.npy` (hashes of all names and spellings, sorted in 65,536
buckets, each with the row of its place). `Builder` writes one from a stream without holding it in memory.
"""

from __future__ import annotations

import json
import math
import shutil
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from situate.errors import SituateError
from situate.knowledge.gazetteer_keys import hashed

FORMAT = 1
_BUCKETS = 1 << 16
_RECORD = np.dtype(
    [
        ("id", "<u4"), ("lat", "<f4"), ("lon", "<f4"), ("population", "<u4"), ("name", "<u4"), ("radius", "<u2"),
        ("admin1", "<u2"), ("country", "u1"), ("feature", "u1"),
    ]
)  # fmt: skip
_KEY = np.dtype([("rest", "<u4"), ("row", "<u4")])
_PARTS = 64  # files that the keys are parted into while a store is built


@dataclass(frozen=True, slots=True)
class Record:
    """A place as stored.

    `id` is its GeoNames id or 0, `feature` a GeoNames feature code, `radius_km` 0 where unknown.
    """

    name: str
    feature: str
    country: str  # ISO 3166 alpha-2
    admin1: str  # code within the country
    lat: float | None
    lon: float | None
    population: int = 0
    radius_km: int = 0
    id: int = 0
    code: str | None = None  # P-code


class Store:
    """A gazetteer opened for look-up. Raises SituateError where the folder holds none."""

    def __init__(self, folder: Path) -> None:
        try:
            self.about: dict[str, Any] = json.loads((folder / "about.json").read_text(encoding="utf-8"))
            self._places = _mapped(folder, "places")
            self._names = _mapped(folder, "names")
            self._buckets = _mapped(folder, "buckets")
            self._keys = _mapped(folder, "keys")
        except (OSError, ValueError) as error:
            raise SituateError(f"the gazetteer in {folder} can't be opened ({error}); import it again") from error
        if self.about.get("format") != FORMAT:
            raise SituateError(f"the gazetteer in {folder} was made by another version; import it again")
        self._tables: dict[str, list[str]] = self.about["tables"]
        self._codes: list[str] = self.about.get("codes", [])

    def __len__(self) -> int:
        return len(self._places)

    def rows(self, key: str, kind: str = "plain") -> list[int]:
        """The rows of the places that bear a name with this key, in the order they were added."""
        bucket, rest = divmod(hashed(key, kind), 1 << 32)
        start, stop = int(self._buckets[bucket]), int(self._buckets[bucket + 1])
        slab = self._keys[start:stop]
        first = int(np.searchsorted(slab["rest"], rest))
        found = []
        while first < len(slab) and int(slab["rest"][first]) == rest:
            found.append(int(slab["row"][first]))
            first += 1
        return found

    def record(self, row: int) -> Record:
        """The place of a row."""
        ident, lat, lon, population, name, radius, admin1, country, feature = self._places[row].item()
        return Record(
            name=self._name(row, name),
            feature=self._tables["feature"][feature],
            country=self._tables["country"][country],
            admin1=self._tables["admin1"][admin1].partition(".")[2],
            lat=None if lat != lat else round(lat, 5),
            lon=None if lon != lon else round(lon, 5),
            population=population,
            radius_km=radius,
            id=ident,
            code=self._codes[row] if self._codes else None,
        )

    def divisions(self) -> dict[tuple[str, str], str]:
        """The names of first-order divisions by country (alpha-2) and code."""
        if "ADM1" not in self._tables["feature"]:
            return {}
        rows = np.flatnonzero(self._places["feature"] == self._tables["feature"].index("ADM1"))
        return {(r.country, r.admin1): r.name for r in map(self.record, rows.tolist())}

    def towns(self, country: str, division: str | None) -> npt.NDArray[np.float64]:
        """Latitude and longitude of the towns of a country (alpha-2), or of its division of that name."""
        tables = self._tables
        if country not in tables["country"] or "PPL" not in tables["feature"]:
            return np.empty((0, 2))
        chosen = self._places["country"] == tables["country"].index(country)
        chosen &= self._places["feature"] == tables["feature"].index("PPL")
        if division is not None:
            codes = [code for (land, code), name in self.divisions().items() if land == country and name == division]
            numbers = [tables["admin1"].index(f"{country}.{c}") for c in codes if f"{country}.{c}" in tables["admin1"]]
            chosen &= np.isin(self._places["admin1"], numbers)
        found = self._places[chosen]
        return np.stack([found["lat"], found["lon"]], axis=1).astype(np.float64)

    def largest(self, box: tuple[float, float, float, float], most: int) -> list[Record]:
        """The towns with most people inside (west, south, east, north), in degrees."""
        west, south, east, north = box
        places = self._places
        inside = (places["lat"] >= south) & (places["lat"] <= north) & (places["population"] > 0)
        inside &= (places["lon"] >= west) & (places["lon"] <= east)
        if "PPL" in self._tables["feature"]:
            inside &= places["feature"] == self._tables["feature"].index("PPL")
        rows = np.flatnonzero(inside)
        order = np.argsort(-places["population"][rows].astype(np.int64), kind="stable")[:most]
        return [self.record(row) for row in rows[order].tolist()]

    def _name(self, row: int, start: int) -> str:
        stop = int(self._places[row + 1]["name"]) if row + 1 < len(self._places) else len(self._names)
        name: bytes = self._names[start:stop].tobytes()
        return name.decode()


def _mapped(folder: Path, name: str) -> npt.NDArray[Any]:
    mapped: npt.NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)
    return mapped


class Builder:
    """Writes a store into a new folder. Nothing stands in `folder` before `finish`; `discard` leaves nothing behind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._work = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(self._work, ignore_errors=True)
        self._work.mkdir(parents=True)
        self._places = (self._work / "places.raw").open("wb")
        self._names = (self._work / "names.raw").open("wb")
        self._parts = [(self._work / f"keys.{i}").open("wb") for i in range(_PARTS)]
        self._pending = [array("Q") for _ in range(_PARTS)]
        self._tables: dict[str, dict[str, int]] = {"country": {}, "admin1": {}, "feature": {}}
        self._records: list[tuple[Any, ...]] = []
        self._name_at = 0
        self.count = 0

    def add(self, record: Record, plain: Iterable[str], sounds: Iterable[str] = ()) -> None:
        """One place with the keys of its names (as `plain_key` and `sound_key` make them)."""
        name = record.name.encode()
        self._records.append(
            (
                record.id, _or_nan(record.lat), _or_nan(record.lon), min(record.population, 2**32 - 1), self._name_at,
                min(record.radius_km, 65535), self._number("admin1", f"{record.country}.{record.admin1}"),
                self._number("country", record.country), self._number("feature", record.feature),
            )
        )  # fmt: skip
        self._names.write(name)
        self._name_at += len(name)
        for kind, keys in (("plain", plain), ("sound", sounds)):
            for key in keys:
                self._key(hashed(key, kind), self.count)
        self.count += 1
        if len(self._records) >= 100_000:
            self._flush()

    def _number(self, table: str, value: str) -> int:
        numbers = self._tables[table]
        number = numbers.setdefault(value, len(numbers))
        limit = 65535 if table == "admin1" else 255
        if number > limit:
            raise SituateError(f"more than {limit} different values in the column for {table}: is its order right?")
        return number

    def _key(self, key: int, row: int) -> None:
        part = self._pending[key >> 42]
        part.append(key)
        part.append(row)

    def _flush(self) -> None:
        np.array(self._records, dtype=_RECORD).tofile(self._places)
        self._records.clear()
        for i, part in enumerate(self._pending):
            part.tofile(self._parts[i])
            self._pending[i] = array("Q")

    def discard(self) -> None:
        """Gives up: closes and removes what was written."""
        for file in (self._places, self._names, *self._parts):
            file.close()
        shutil.rmtree(self._work, ignore_errors=True)

    def finish(self, **about: Any) -> None:
        """Sorts the keys and puts the store in its place, in one move. `about` goes into `about.json`."""
        self._flush()
        for file in (self._places, self._names, *self._parts):
            file.close()
        _save(self._work, "places", _RECORD)
        _save(self._work, "names", np.dtype(np.uint8))
        self._save_keys()
        tables = {name: list(numbers) for name, numbers in self._tables.items()}
        content = {"format": FORMAT, "places": self.count, **about, "tables": tables}
        (self._work / "about.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        for left in (*self._work.glob("*.raw"), *self._work.glob("keys.[0-9]*")):
            left.unlink()
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self._work.rename(self.folder)

    def _save_keys(self) -> None:
        """Sorts the keys part by part: all of them together need not fit into memory."""
        counts = np.zeros(_BUCKETS + 1, dtype="<u4")
        with (self._work / "keys.raw").open("wb") as file:
            for i in range(_PARTS):
                pairs = np.fromfile(self._work / f"keys.{i}", dtype="<u8").reshape(-1, 2)
                pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
                buckets = (pairs[:, 0] >> np.uint64(32)).astype(np.int64)
                counts[1:] += np.bincount(buckets, minlength=_BUCKETS).astype("<u4")
                slab = np.empty(len(pairs), dtype=_KEY)
                slab["rest"] = (pairs[:, 0] & np.uint64(0xFFFFFFFF)).astype("<u4")
                slab["row"] = pairs[:, 1].astype("<u4")
                slab.tofile(file)
        _save(self._work, "keys", _KEY)
        np.save(self._work / "buckets.npy", np.cumsum(counts, dtype="<u4"))


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def _save(folder: Path, name: str, dtype: np.dtype[Any]) -> None:
    """Puts the header of a NumPy file before raw records."""
    raw = folder / f"{name}.raw"
    header = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False}
    with (folder / f"{name}.npy").open("wb") as target, raw.open("rb") as source:
        np.lib.format.write_array_header_1_0(target, {**header, "shape": (raw.stat().st_size // dtype.itemsize,)})
        shutil.copyfileobj(source, target)
