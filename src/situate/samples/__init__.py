"""Reports written for the project, which `situate demo` reads, and what is planted in them.

The outlets and every unnamed source are invented; the events are public. `docs/samples.md` tells more.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_FORMS = (".jsonl", ".txt", ".html")


def paths() -> tuple[Path, ...]:
    """The files with the sample reports, in order of name: lines of JSON, a plain text, a page."""
    return tuple(sorted(p for p in _HERE.iterdir() if p.suffix in _FORMS))


@cache
def expected() -> dict[str, Any]:
    """What is planted in the reports, by kind (republications, tolls, control, forecasts …), as `expected.yaml` has it.

    Every `quote` there is an exact piece of the report it names.
    """
    import yaml

    value: dict[str, Any] = yaml.safe_load((_HERE / "expected.yaml").read_text(encoding="utf-8"))
    return value
