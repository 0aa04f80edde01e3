"""What a user names becomes a list of sources: files, files of folders, addresses, standard input."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from situate.intake.failure import Failure

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl")
STDIN = "-"
NO_REPORTS = f"no {', '.join(SUFFIXES)} file in it"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """Something that holds one report, or one a line. `name` is what messages call it, `id` its report's id."""

    kind: Literal["file", "page", "stdin"]
    name: str
    id: str
    lines: bool  # JSON lines

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.name)


def find_sources(names: Iterable[str], *, lines: bool = False) -> list[Source | Failure]:
    """The sources that the names stand for, each once, folders in the order of their paths.

    `lines` says that all hold JSON lines, whatever their names.
    """
    out: list[Source | Failure] = []
    seen: set[str] = set()
    ids: Counter[str] = Counter()
    for found in (x for name in names for x in _found(name)):
        if isinstance(found, Failure):
            out.append(found)
        elif (key := _key(found)) not in seen:
            seen.add(key)
            ids[found.id] += 1
            unique = found.id if ids[found.id] == 1 else f"{found.id}-{ids[found.id]}"
            out.append(Source(found.kind, found.name, unique, found.lines or lines))
    return out


def _found(name: str) -> Iterator[Source | Failure]:
    if name == STDIN:
        yield Source("stdin", "stdin", "stdin", lines=False)
    elif name.startswith(("http://", "https://")):
        yield Source("page", name, name, lines=name.partition("?")[0].endswith(".jsonl"))
    elif Path(name).is_dir():
        yield from _files(Path(name))
    elif Path(name).exists():
        yield _file(Path(name), Path(name).parent)
    else:
        yield Failure(name, "no such file or folder", "check the path", name)


def _files(folder: Path) -> Iterator[Source | Failure]:
    """The files of a folder that are reports by their names, in the order of their paths."""
    faults: list[OSError] = []
    paths = sorted(Path(at) / f for at, _, names in os.walk(folder, onerror=faults.append) for f in names)
    visible = [p for p in paths if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    taken = [p for p in visible if p.suffix.lower() in SUFFIXES]
    for fault in faults:
        yield Failure(str(fault.filename), f"can't be opened ({fault.strerror})", "check that you may read it")
    if not taken and not faults:
        yield Failure(str(folder), NO_REPORTS, "name a folder of reports")
    elif len(taken) < len(visible):
        kinds = ", ".join(sorted({p.suffix or "no suffix" for p in visible if p.suffix.lower() not in SUFFIXES}))
        left = len(visible) - len(taken)
        _log.warning("%s: %d other %s left out (%s)", folder, left, "file" if left == 1 else "files", kinds)
    yield from (_file(path, folder) for path in taken)


def _file(path: Path, root: Path) -> Source:
    return Source("file", str(path), _id(path, root), lines=path.suffix.lower() == ".jsonl")


def _id(path: Path, root: Path) -> str:
    """The path from where the program runs, or from the folder that was named where that lies elsewhere."""
    whole, here = path.resolve(), Path.cwd().resolve()
    if whole.is_relative_to(here):
        return whole.relative_to(here).as_posix()
    return (Path(root.resolve().name) / path.relative_to(root)).as_posix()


def _key(source: Source) -> str:
    return str(source.path.resolve()) if source.kind == "file" else f"{source.kind} {source.name}"
