"""How well the entries of many reports are merged to incidents, on the annotated set beside this file.

    python -m benchmarks.incidents [--shared FOLDER] [--part test|dev|all] [--pictures FILE] [--errors N]

Reads the reports of the set, keeps them in a store of their own, and compares the incidents of that store with the
annotated ones: B³ and pairs over the mentions that the program has an event for, and B³ over those alone whose incident
is told more than once. `pairs of reports` are those of different reports, which merging makes; what a reader takes for
one event within a report is among `pairs`. `nothing merged` is what leaving every entry alone would get. Where the
folder of reports is absent it says so and skips. See README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accuracy import read, run
from benchmarks.incidents.scores import b_cubed, pairs
from situate.contract import Picture
from situate.picture import Incident, incidents_of
from situate.store import Filters, Store
from situate.store.keys import entry_keys, report_key

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a report that tell an event, and the incident that they tell."""

    report: str
    start: int
    end: int
    type: str
    incident: str
    part: str

    @property
    def name(self) -> str:
        """What to call it."""
        return f"{self.report}:{self.start}"


def annotated(part: str) -> list[Mention]:
    """The mentions of a part of the set."""
    lines = (HERE / "mentions.jsonl").read_text(encoding="utf-8").splitlines()
    return [m for m in (Mention(**json.loads(line)) for line in lines) if part in ("all", m.part)]


def pictures(folder: Path, reports: Iterable[str]) -> list[str]:
    """The pictures of the set's reports, a line each, as the program gives them on the command line."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as only:
        only.write("\n".join(sorted(reports)))
        only.flush()
        records = run([sys.executable, str(folder / "score.py"), "--input", "--only-file", only.name])
    return read(records).splitlines()


def entries(picture: Picture, mentions: Iterable[Mention]) -> Iterator[tuple[str, str]]:
    """(mention, key of the event that has it as its trigger or one of its further ones), for those that have one."""
    spans: list[tuple[int, int, str]] = []
    for layer, event, key in entry_keys(picture, report_key(picture.report)):
        if layer == "events":
            spans += [(s.start, s.end, key) for s in (event.trigger, *(m.trigger for m in event.mentions))]  # type: ignore[union-attr]
    for m in mentions:
        over = [(min(end, m.end) - max(start, m.start), key) for start, end, key in spans]
        best = max(over, default=(0, ""))
        if best[0] > 0:
            yield m.name, best[1]


def score(lines: Iterable[str], mentions: list[Mention], errors: int = 0) -> dict[str, object]:
    """The figures for pictures, one a line."""
    by_report: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        by_report[m.report].append(m)
    entry: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, Store.open(f"{folder}/incidents.db") as store:
        for line in lines:
            picture = Picture.from_json(line)
            store.add(picture)
            entry |= entries(picture, by_report[picture.report.id])
        found = incidents_of(store, Filters())
    group = {e.key: i.id for i in found for e in i.entries}
    truth, report_of = {m.name: m.incident for m in mentions}, {m.name: m.report for m in mentions}
    made = {name: group.get(key, key) for name, key in entry.items()}
    alone = {name: name for name in made}
    counts = Counter(truth[name] for name in made)
    shared = {name: incident for name, incident in truth.items() if counts[incident] > 1}
    if errors:
        _tell(found, truth, entry, errors)
    return {
        "mentions": len(mentions),
        "with an event": len(made),
        "b_cubed": b_cubed(truth, made),
        "told more than once": b_cubed(shared, made),
        "pairs": pairs(truth, made),
        "pairs of reports": pairs(truth, made, lambda a, b: report_of[a] != report_of[b]),
        "nothing merged": b_cubed(truth, alone),
    }


def _tell(found: list[Incident], truth: dict[str, str], entry: dict[str, str], most: int) -> None:
    """What was merged wrongly or not, on stderr."""
    from situate.picture.likeness import likeness

    listed = {e.key: (e, i.id) for i in found for e in i.entries}
    known = [(name, *listed[key]) for name, key in sorted(entry.items()) if key in listed]
    wrong = [
        (a, b)
        for n, a in enumerate(known)
        for b in known[n + 1 :]
        if (truth[a[0]] == truth[b[0]]) != (a[2] == b[2]) and a[1].key != b[1].key
    ]
    for (name, a, _), (other, b, _) in wrong[:most]:
        kind = "apart" if truth[name] == truth[other] else "merged"
        print(f"{kind}: {name} “{a.own['trigger']}” {other} “{b.own['trigger']}”: {likeness(a, b)}", file=sys.stderr)


def main() -> None:
    """Prints one JSON object."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--shared", type=Path, default=HERE.parent.parent.parent / "shared")
    args.add_argument("--part", choices=["test", "dev", "all"], default="test")
    args.add_argument("--pictures", type=Path, help="pictures read before, one a line, instead of reading now")
    args.add_argument("--errors", type=int, default=0, metavar="N", help="show so many pairs that are wrong")
    a = args.parse_args()
    mentions, folder = annotated(a.part), a.shared / "corpus"
    if a.pictures is None and not folder.is_dir():
        print(json.dumps({"set": "incidents", "skipped": "there is no folder corpus beside the project"}))
        return
    wanted = {m.report for m in annotated("all")}
    lines = a.pictures.read_text(encoding="utf-8").splitlines() if a.pictures else pictures(folder, wanted)
    print(json.dumps({"set": "incidents", "part": a.part, **score(lines, mentions, a.errors)}))


if __name__ == "__main__":
    main()
