"""Pictures for the tests of the store: one written out, any number drawn, and a store's content without its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select

from situate.contract import (
    Actor,
    Agreement,
    Claim,
    Control,
    Event,
    EventQuantity,
    Forecast,
    Furniture,
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
    Span,
    Time,
)
from situate.store import Store, tables

TEXT = (
    "The monitor said that Jabhat al-Nusra shelled the army near Idlib on Tuesday, killing 8 people. "
    "Russia and Turkey agreed on a truce in Idlib. Families left Daraa for Idlib in buses. "
    "The army holds Daraa. Russia backs the army. The truce will probably end within a month."
)


def span(words: str, text: str = TEXT) -> Span:
    """The first place where the words stand."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def named(*words: str, form: Any = "name") -> tuple[Mention, ...]:
    """Mentions of an actor or a place."""
    return tuple(Mention(s.start, s.end, s.text, form) for s in map(span, words))


def picture(**report: Any) -> Picture:
    """A picture in all layers. What is given changes its report."""
    shelling = span(TEXT[: TEXT.index(".") + 1])
    truce, families, army, backs, end = (span(f"{sentence}.") for sentence in TEXT.removesuffix(".").split(". ")[1:])
    return Picture(
        Report(
            **{
                "id": "one",
                "text": TEXT,
                "title": "A truce",
                "published": "2018-07-26",
                "publisher": "Orontes Post",
                "url": "https://example.org/one",
                "furniture": (Furniture(0, 3, "The", "menu"),),
                **report,
            }
        ),
        actors=(
            Actor("a1", "Jabhat al-Nusra", "armed_group", named("Jabhat al-Nusra"), "SYR", "Q1"),
            Actor("a2", "Syrian army", "military", named("the army", form="description"), "SYR"),
            Actor("a3", "Russia", "state", named("Russia"), "RUS", member_of=("a4", "nobody")),
            Actor("a4", "Turkey", "state", named("Turkey"), "TUR"),
            Actor("a5", "monitor", "media", named("The monitor", form="description")),
        ),
        places=(
            Place("p1", "Idlib", "admin", named("Idlib"), "geonames:1", 35.9, 36.6, 5.0, "SYR", "Idlib"),
            Place("p2", "Daraa", "settlement", named("Daraa"), "geonames:2", 32.6, 36.1, 3.0, "SYR", "Daraa"),
        ),
        times=(Time("t1", span("on Tuesday"), "2018-07-24", "2018-07-24", "report"),),
        quantities=(Quantity("q1", span("8 people"), 8.0, 8.0, 8.0, "person", "people"),),
        claims=(
            Claim(
                "c1", span(TEXT[22:94]), "indirect", span("said"), span("The monitor"), "a5", source_kind="monitor"
            ),
        ),
        events=(
            Event(
                "e1", "ASSAULT", span("shelled"), shelling, "actual", 0.9, "artillery", ("conflict",), "190",
                "Shelling/artillery/missile attack", ("a1",), ("a2",), (), ("p1",), "t1", "c1",
                quantities=(EventQuantity("killed", "q1"),),
            ),
        ),
        agreements=(
            Agreement(
                "g1", "ceasefire", "concluded", (truce,), span("a truce"), ("a3", "a4"), places=("p1",),
                provisions=(Provision("ceasefire", span("a truce")),),
            ),
        ),
        movements=(
            Movement(
                "m1", "displacement", "actual", families, (), span("Families"), None, "p2", "p1", span("buses"), "g1"
            ),
        ),
        control=(Control("k1", "p2", "a2", "holds", "actual", army),),
        relations=(Relation("r1", "a3", "a2", "backs", 1, backs),),
        forecasts=(
            Forecast(
                "f1", span("The truce will probably end"), end, Likelihood(span("probably"), 0.55, 0.85),
                horizon=Horizon(None, "2018-08-26", span("within a month")),
            ),
        ),
        made_by={"events": "test 1"},
    )  # fmt: skip


def bare(text: str, **report: Any) -> Picture:
    """A picture of a report that tells nothing."""
    return Picture(Report("bare", text, **report))


_names = st.sampled_from(["Russia", "Free Syrian Army", "Hay'at Tahrir al-Shām", "the rebels", "مجلس", "", "x" * 300])
_days = st.sampled_from([None, "2018-07-01", "2018-07-31", "2018-09-17"])
_words = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Any picture that the contract allows, with pointers that may point nowhere."""
    text = draw(_words)

    def words() -> Span:
        start = draw(st.integers(0, len(text)))
        return Span.of(text, start, draw(st.integers(start, len(text))))

    def mentions() -> tuple[Mention, ...]:
        form = draw(st.sampled_from(["name", "alias", "description", "pronoun"]))
        return tuple(Mention(s.start, s.end, s.text, form) for s in (words() for _ in range(draw(st.integers(0, 2)))))

    def some(strategy: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(strategy, max_size=2))

    ids = st.sampled_from(["a0", "a1", "p0", "c0", "t0", "q0", "g0", "nowhere"])
    countries = st.sampled_from([None, "SYR", "RUS"])
    actors = [
        Actor(f"a{n}", name, "armed_group", mentions(), draw(countries), draw(st.sampled_from([None, "Q1", "Q2"])))
        for n, name in enumerate(some(_names))
    ]
    places = [
        Place(
            f"p{n}", name, "settlement", mentions(), draw(st.sampled_from([None, "geonames:1"])), 1.5, 2.5, 1.0, "SYR"
        )
        for n, name in enumerate(some(_names))
    ]  # fmt: skip
    times = [Time(f"t{n}", words(), day, draw(_days), "report") for n, day in enumerate(some(_days))]
    claims = [Claim(f"c{n}", words(), "direct", None, words(), actor, within="c0") for n, actor in enumerate(some(ids))]
    events = [
        Event(
            f"e{n}", "ASSAULT", words(), words(), "actual", 0.5, actors=(who, who), places=("p0",), time="t0",
            claim="c0", quantities=(EventQuantity("killed", "q0"),),
        )
        for n, who in enumerate(some(ids))
    ]  # fmt: skip
    return Picture(
        Report(
            draw(_words), text, published=draw(_days), publisher=draw(st.sampled_from([None, "Orontes Post", "\0"]))
        ),
        tuple(actors),
        tuple(places),
        tuple(times),
        tuple(Quantity(f"q{n}", words(), 1.0, None, 2.0, None, None) for n in range(draw(st.integers(0, 1)))),
        tuple(claims),
        tuple(events),
        tuple(Agreement(f"g{n}", "ceasefire", "concluded", (words(),)) for n in range(draw(st.integers(0, 2)))),
        tuple(
            Movement(f"m{n}", "return", "actual", words(), agreement="g0", origin="p0") for n, _ in enumerate(some(ids))
        ),
        tuple(Control(f"k{n}", "p0", who, "holds", "actual", words()) for n, who in enumerate(some(ids))),
        tuple(Relation(f"r{n}", "a0", who, "backs", 1, words()) for n, who in enumerate(some(ids))),
        tuple(Forecast(f"f{n}", words(), words(), horizon=Horizon(day)) for n, day in enumerate(some(_days))),
    )


def content(store: Store) -> dict[str, list[tuple[str, ...]]]:
    """All that a store holds, with keys instead of its own numbers: the same for stores that hold the same."""
    with store.reading() as connection:
        rows = {
            name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for name, table in {**tables.metadata.tables, "entry_text": tables.entry_text}.items()
        }
    keys = {
        column: {row["id"]: row["key"] for row in rows[table]}
        for table, column in (("entries", "entry_id"), ("reports", "report_id"))
    }
    digests = {row["id"]: row["digest"] for row in rows["texts"]}
    merged = {kind: {row["id"]: row["key"] for row in rows[f"merged_{kind}s"]} for kind in ("actor", "place")}

    def known(table: str, name: str, value: Any) -> Any:
        if value is None or name == "id":
            return None
        if name == "merged_id":
            return merged["actor" if "actor" in table else "place"][value]
        if name == "text_id":
            return digests[value]
        if name == "group_id":
            return min(row["digest"] for row in rows["texts"] if row["group_id"] == value)
        if name == "report_id":
            return keys["report_id"][value]
        if name == "rowid" or (name.endswith("_id") and name not in ("local_id", "source_id")):
            return keys["entry_id"][value]
        return value

    return {
        table: sorted(
            tuple(f"{name}={known(table, name, value)!r}" for name, value in row.items() if name not in _UNLIKE)
            for row in rows[table]
        )
        for table in rows
    }


_UNLIKE = ("added_at",)  # when a report was added is the only thing that two such stores may differ in


def at_once(store: Store, some: Iterable[Picture]) -> list[bool]:
    """Whether each was new to the store."""
    return [store.add(each) for each in some]


def many(count: int) -> list[Picture]:
    """Different pictures, of different days and outlets."""
    outlets = ("Orontes Post", "Hauran Wire")
    return [
        replace(
            picture(),
            report=replace(
                picture().report, id=f"r{n}", title=f"Report {n}", url=None, publisher=outlets[n % 2],
                published=f"2018-07-{n % 28 + 1:02d}",
            ),
        )
        for n in range(count)
    ]  # fmt: skip
