"""How long it takes to import a whole GeoNames dump, how much memory, and how fast it answers then.

    python -m benchmarks.gazetteer                   12 million invented rows, as many as allCountries.zip has
    python -m benchmarks.gazetteer --rows 200000     fewer

The rows are invented: names put together from syllables, a tenth of them borne by many places, with other spellings
for a part of them, in the proportions of the real dump (about 120 bytes a row). The import is the command itself in a
process of its own. Everything is written to a temporary folder, about 5 GB of it, and removed at the end.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROWS = 12_000_000
GOAL_SECONDS, GOAL_MB = 900, 1024
COUNTRIES = ("SY", "IQ", "UA", "RU", "US", "CN", "IN", "FR", "BR", "NG", "YE", "AF", "MX", "ID", "IR", "TR")
FEATURES = (
    ("P", "PPL", 40), ("H", "STM", 20), ("T", "HLL", 10), ("S", "BLDG", 12), ("A", "ADM3", 4), ("L", "LCTY", 8),
    ("R", "RD", 2), ("V", "FRST", 2), ("U", "SHLU", 1), ("A", "ADM2", 1),
)  # fmt: skip
SYLLABLES = (
    "ka", "ra", "ta", "la", "ma", "sa", "na", "ba", "da", "ri", "li", "mi", "ni", "ti", "do", "ro", "lo", "mo", "ko",
    "no", "ku", "lu", "ru", "su", "sha", "kha", "dar", "bir", "tal", "far", "wad",
)  # fmt: skip
OFTEN = 400_000  # names that many places share
QUERIES = 2_000


def rows(count: int, seed: int) -> Iterator[str]:
    """The lines of a dump."""
    draw = random.Random(seed)
    features = [f for f in FEATURES for _ in range(f[2])]
    for ident in range(1, count + 1):
        name = _name(draw.randrange(OFTEN) if draw.random() < 0.1 else OFTEN + ident)
        others = ",".join(f"{name}{x}" for x in ("abad", " al Kabir", "'")[: draw.choice((0, 0, 0, 1, 1, 2, 3))])
        kind, code, _ = draw.choice(features)
        country, admin = draw.choice(COUNTRIES), f"{draw.randrange(1, 30):02d}"
        people = int(10 ** draw.uniform(0, 6)) if kind in "PA" else 0
        lat, lon = f"{draw.uniform(-60, 75):.5f}", f"{draw.uniform(-180, 180):.5f}"
        cells = (
            ident,
            name,
            name,
            others,
            lat,
            lon,
            kind,
            code,
            country,
            "",
            admin,
            "",
            "",
            "",
            people,
            "",
            "100",
            "UTC",
        )
        yield "\t".join(map(str, cells)) + "\t2024-01-01\n"


def _name(number: int) -> str:
    """The name of a number: four syllables or more, every number another."""
    parts = []
    number += len(SYLLABLES) ** 3
    while number:
        number, left = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[left])
    return "".join(parts).capitalize()


def write(path: Path, count: int, seed: int) -> int:
    """Writes the dump as the zip that GeoNames gives; its length unpacked."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("allCountries.txt", "w", force_zip64=True) as member:
            text = io.TextIOWrapper(io.BufferedWriter(member, 1 << 20), encoding="utf-8", newline="\n")
            text.writelines(rows(count, seed))
            text.flush()
            text.detach()
        return archive.getinfo("allCountries.txt").file_size


def run(count: int, seed: int) -> None:
    """The import and some questions."""
    with tempfile.TemporaryDirectory(prefix="situate-gazetteer-") as folder:
        dump = Path(folder) / "allCountries.zip"
        size = write(dump, count, seed)
        print(f"{count:,} rows, {size / 1e6:,.0f} MB unpacked")
        os.environ["SITUATE_HOME"] = str(Path(folder) / "home")
        begin = time.perf_counter()
        command = [sys.executable, "-m", "situate", "gazetteer", "import", str(dump)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        spent = time.perf_counter() - begin
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        kept = sum(f.stat().st_size for f in Path(folder, "home").rglob("*") if f.is_file())
        print(f"import: {spent:.0f} s (goal {GOAL_SECONDS}), {used.ru_utime + used.ru_stime:.0f} s of processor time")
        print(f"memory: {used.ru_maxrss / 1024:,.0f} MB (goal {GOAL_MB}); on disk {kept / 1e6:,.0f} MB")
        ask(count, seed)


def ask(count: int, seed: int) -> None:
    """How soon the imported places answer."""
    from situate.knowledge.gazetteer import gazetteer

    begin = time.perf_counter()
    known = gazetteer()
    loaded = time.perf_counter() - begin
    draw = random.Random(seed + 1)
    names = [_name(OFTEN + draw.randrange(1, count + 1)) for _ in range(QUERIES)]
    begin = time.perf_counter()
    found = sum(bool(known.find(name, False)) for name in names)
    each = (time.perf_counter() - begin) / QUERIES
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"loaded in {loaded:.2f} s; {found:,} of {QUERIES:,} names found, {each * 1e6:.0f} µs each; {peak:,.0f} MB")


def main() -> None:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--rows", type=int, default=ROWS)
    args.add_argument("--seed", type=int, default=1)
    a = args.parse_args()
    run(a.rows, a.seed)


if __name__ == "__main__":
    main()
