"""A small store with something of every layer, for the tests of the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from told_pictures import holding, span, told

from situate.contract import (
    Actor,
    Agreement,
    Forecast,
    Horizon,
    Likelihood,
    Mention,
    Movement,
    Picture,
    Place,
    Provision,
    Quantity,
    Relation,
    Report,
)
from situate.store import Store

SHELLED = (("Nawa", "Tern Wire"), ("Daraa", "Lantern"), ("Idlib", "Basalt Post"))
WHOLE = (
    "Rebels in Nawa agreed on Monday to leave for Idlib, and Russia vouches for it. "
    "About 600 fighters left Nawa for Idlib on buses. "
    "Turkey backs the rebels. "
    "Idlib will probably fall before October, a diplomat said."
)
EVERYTHING = 5  # reports in the store


def made(path: Path) -> Path:
    """The store at this path: three shellings, a town that is held, and a report with all the other layers."""
    with Store.open(str(path)) as store:
        for n, (place, outlet) in enumerate(SHELLED):
            text = f"Rebels shelled {place} and at least {n + 3} people died, residents said."
            given = {"killed": f"at least {n + 3}", "source": "residents", "day": f"2018-07-1{n}"}
            store.add(told(f"r{n}", text, actor="Rebels", place=place, outlet=outlet, **given))
        store.add(holding("h", "The army holds Saida.", "The army", "Saida", outlet="Lantern"))
        store.add(whole())
    return path


def whole() -> Picture:
    """A report with an agreement, a movement, a tie and a forecast."""
    deal, left, tie, fall = (span(WHOLE, f"{words.strip()}.") for words in WHOLE.rstrip(".").split(". "))
    many = span(WHOLE, "About 600")
    return Picture(
        Report("w", WHOLE, title="Deal in Nawa", publisher="Tern Wire", published="2018-07-16"),
        actors=tuple(
            Actor(name, name, kind, (_named(name),), country=country)  # type: ignore[arg-type]
            for name, kind, country in (
                ("Rebels", "armed_group", "SYR"),
                ("Russia", "state", "RUS"),
                ("Turkey", "state", "TUR"),
            )
        ),
        places=(
            Place("Nawa", "Nawa", "settlement", (_named("Nawa"),), "geonames:1", 32.89, 36.04, 3.0, "SYR"),
            Place("Idlib", "Idlib", "admin", (_named("Idlib"),), "geonames:2", 35.93, 36.63, 30.0, "SYR"),
        ),
        quantities=(Quantity("q", many, 600.0, None, None, None, "fighters"),),
        agreements=(
            Agreement(
                "g", "evacuation", "concluded", (deal,), parties=("Rebels",), guarantors=("Russia",), places=("Nawa",),
                provisions=(Provision("departure", span(WHOLE, "leave for Idlib")),),
            ),
        ),
        movements=(
            Movement(
                "m", "evacuation", "actual", left, who=("Rebels",), who_span=span(WHOLE, "fighters"), quantity="q",
                origin="Nawa", destination="Idlib", means=span(WHOLE, "buses"), agreement="g",
            ),
        ),
        relations=(Relation("t", "Turkey", "Rebels", "backs", 1, tie),),
        forecasts=(
            Forecast(
                "f", fall, fall, Likelihood(span(WHOLE, "probably"), 0.55, 0.85),
                horizon=Horizon(None, "2018-09-30", span(WHOLE, "before October")),
            ),
        ),
    )  # fmt: skip


def republished(picture: Picture) -> Picture:
    """The same text from another outlet."""
    report = replace(picture.report, id=f"{picture.report.id}-again", publisher="Lantern", republished_from="Tern Wire")
    return replace(picture, report=report)


def _named(words: str) -> Mention:
    found = span(WHOLE, words)
    return Mention(found.start, found.end, found.text, "name")
