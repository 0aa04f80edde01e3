"""One self-contained page of pictures: text with highlighted entries, map, timeline, tables.

The page opens from the disk, asks nothing of the network, and takes report text only as text: the pictures are embedded
as JSON that can't end its script, and a content security policy admits the page's own script and style by their hash.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable
from pathlib import Path

from situate.contract import Picture

ASSETS = Path(__file__).parent / "assets"
SCRIPTS = (
    "dom",
    "shapes",
    "model",
    "entries",
    "marked",
    "text",
    "card",
    "projection",
    "map",
    "marks",
    "timeline",
    "tables",
    "main",
)
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_MODULE = re.compile(r"^(?:import [^\n]*\n|export )", re.M)
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write(pictures: Iterable[Picture], path: str | Path, title: str = "Situate") -> Path:
    """Write the page of these pictures and tell where it is. Folders on the way are made."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render(pictures, title), encoding="utf-8")
    return target


def render(pictures: Iterable[Picture], title: str = "Situate") -> str:
    """The page as HTML."""
    style = _asset("page.css")
    script = '(() => {\n"use strict";\n' + "\n".join(map(_script, SCRIPTS)) + "\n})();"
    slots = {
        "title": html.escape(title),
        "style": style,
        "script": script,
        "policy": html.escape(_policy(style, script)),
        "pictures": _embedded([picture.to_json() for picture in pictures]),
        "outlines": _asset("outlines.json").strip(),
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _asset("page.html"))


def _script(name: str) -> str:
    """A script without its imports and exports: here all share one scope; the web page takes them as modules."""
    return _MODULE.sub("", _asset(f"js/{name}.js"))


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _embedded(lines: list[str]) -> str:
    """A JSON array that is safe inside a script element: no character of it can end the element or the line."""
    array = "[" + ",\n".join(lines) + "]"
    return re.sub("[<>&\u2028\u2029]", lambda c: _UNSAFE[c[0]], array)


def _policy(style: str, script: str) -> str:
    rules = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{what} {which}" for what, which in rules.items())


def _hash(content: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"
