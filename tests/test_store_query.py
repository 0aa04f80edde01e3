"""What a filter lets through, in which order, how many, and that pages leave nothing out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_pictures import TEXT, at_once, bare, many, named, picture, span
from told_pictures import told

from situate.contract import Actor, Event, Forecast, Horizon, Picture, Place, Time
from situate.errors import SituateError
from situate.store import Filters, Store, query, query_merged
from situate.store.dates import Dated, dated
from situate.store.fold import fold


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(str(tmp_path_factory.mktemp("query") / "test.db")) as opened:
        at_once(opened, [picture(), *many(6), picture(id="undated", title="Undated", published=None, url=None)])
        yield opened


def listed(store: Store, layer: str, **filters: Any) -> list[str]:
    """The ids of the reports whose entries the filter lets through."""
    return [row.report.id for row in query.every(store, layer, Filters(**filters))]


EVERYTHING = 8

NAMES = [
    ("events", {}, EVERYTHING),
    ("events", {"actors": ("JABHAT AL NUSRA",)}, EVERYTHING),
    ("events", {"actors": ("nusra",)}, EVERYTHING),
    ("events", {"actors": ("usra",)}, 0),
    ("events", {"actors": ("Q1",)}, EVERYTHING),
    ("events", {"actors": ("Russia",)}, 0),
    ("events", {"actors": ("Russia", "nusra")}, EVERYTHING),
    ("events", {"actors": ("syrian army",)}, EVERYTHING),
    ("events", {"actors": ("",)}, 0),
    ("claims", {"actors": ("nusra",)}, EVERYTHING),
    ("claims", {"places": ("idlib",)}, EVERYTHING),
    ("relations", {"actors": ("russia",)}, EVERYTHING),
    ("movements", {"places": ("daraa",)}, EVERYTHING),
    ("control", {"places": ("Idlib",)}, 0),
    ("control", {"places": ("SYR",)}, EVERYTHING),
    ("control", {"places": ("geonames:2",)}, EVERYTHING),
    ("events", {"places": ("Idlib",), "actors": ("russia",)}, 0),
    ("events", {"types": ("ASSAULT", "AID")}, EVERYTHING),
    ("events", {"types": ("AID",)}, 0),
    ("agreements", {"types": ("ceasefire",), "statuses": ("concluded",)}, EVERYTHING),
    ("events", {"statuses": ("denied",)}, 0),
    ("events", {"min_confidence": 0.9}, EVERYTHING),
    ("events", {"min_confidence": 0.91}, 0),
    ("events", {"text": "shelled"}, EVERYTHING),
    ("events", {"text": "SHELL*"}, EVERYTHING),
    ("events", {"text": "shell"}, 0),
    ("events", {"text": '"near idlib" army'}, EVERYTHING),
    ("events", {"text": '"idlib near"'}, 0),
    ("events", {"text": '" OR *'}, 0),
    ("events", {"text": "idlib AND NOT"}, 0),
    ("claims", {"text": "monitor"}, EVERYTHING),
    ("events", {"box": (36, 35, 37, 36)}, EVERYTHING),
    ("events", {"box": (37, 35, 38, 36)}, 0),
    ("events", {"box": (170, 35, 37, 36)}, EVERYTHING),
    ("events", {"sources": ("monitor",)}, EVERYTHING),
    ("agreements", {"sources": ("monitor",)}, 0),
    ("agreements", {"sources": ("hauran wire",)}, 3),
]


@pytest.mark.parametrize(("layer", "filters", "expected"), NAMES)
def test_filters(store: Store, layer: str, filters: dict[str, Any], expected: int) -> None:
    assert len(listed(store, layer, **filters)) == expected
    assert query.count(store, layer, Filters(**filters)) == expected


def test_days_overlap_and_the_undated_are_counted(store: Store) -> None:
    """All events tell their own day, 24 July; agreements are dated by their reports only."""
    assert len(listed(store, "events", since="2018-07-24", until="2018-07-24")) == EVERYTHING
    assert listed(store, "events", since="2018-07-25") == []
    assert listed(store, "agreements", since="2018-07-02", until="2018-07-04") == ["r3", "r2", "r1"]
    assert query.undated(store, "agreements", Filters(since="2018-07-02")) == 1
    assert query.undated(store, "events", Filters(since="2018-07-02")) == 0


def test_newest_first_undated_last(store: Store) -> None:
    assert listed(store, "agreements") == ["one", "r5", "r4", "r3", "r2", "r1", "r0", "undated"]


@pytest.mark.parametrize("limit", [1, 2, 3, 8, 9])
def test_pages_leave_nothing_out_and_double_nothing(store: Store, limit: int) -> None:
    seen: list[str] = []
    after = None
    while True:
        page = query.page(store, "agreements", Filters(), limit=limit, after=after)
        seen += [row.key for row in page.rows]
        after = page.after
        if after is None:
            break
        assert len(page.rows) == limit
    assert seen == [row.key for row in query.every(store, "agreements", Filters())]
    assert len(set(seen)) == EVERYTHING


def test_pages_of_actors_leave_nothing_out(store: Store) -> None:
    whole = list(query_merged.every_merged(store, "actors", Filters()))
    seen, after = [], None
    for _ in range(20):
        page = query_merged.merged_page(store, "actors", Filters(), limit=3, after=after)
        seen += page.rows
        after = page.after
        if after is None:
            break
    assert seen == whole
    assert query_merged.count_merged(store, "actors", Filters()) == len(whole)


@pytest.mark.parametrize("cursor", ["", "nonsense", "x~y"])
def test_a_wrong_cursor_is_told(store: Store, cursor: str) -> None:
    with pytest.raises(SituateError, match="not a cursor"):
        query_merged.merged_page(store, "actors", Filters(), after=cursor)
    if "~" not in cursor:
        with pytest.raises(SituateError, match="not a cursor"):
            query.page(store, "events", Filters(), after=cursor)


def test_a_row_holds_all_that_it_takes_to_show_it(store: Store) -> None:
    row = query.page(store, "events", Filters(reports=("one",))).rows[0]
    assert (row.type, row.status, row.confidence, row.review) == ("ASSAULT", "actual", 0.9, "unreviewed")
    assert (row.earliest, row.latest, row.dated_by) == ("2018-07-24", "2018-07-24", "time")
    assert TEXT[row.evidence.start : row.evidence.end] == row.evidence.text
    assert row.actors_as("actor") == ["Jabhat al-Nusra"]
    assert row.actors_as("recipient") == ["Syrian army"]
    assert [(site.role, site.name, site.lat) for site in row.places] == [("place", "Idlib", 35.9)]
    assert [(figure.role, figure.value, figure.words) for figure in row.figures] == [("killed", 8, "8 people")]
    assert (row.source, row.source_kind) == ("The monitor", "monitor")
    assert row.claim == next(c.key for c in query.every(store, "claims", Filters(reports=("one",))))
    assert (row.own["trigger"], row.own["contexts"]) == ("shelled", ["conflict"])
    assert row.report.url == "https://example.org/one"


def test_pointers_between_layers_are_keys(store: Store) -> None:
    movement = query.page(store, "movements", Filters(reports=("one",))).rows[0]
    agreement = query.page(store, "agreements", Filters(reports=("one",))).rows[0]
    assert movement.own["agreement"] == agreement.key
    assert agreement.own["provisions"] == [{"kind": "ceasefire", "text": "a truce"}]


def test_facets_count_what_the_filter_lets_through(store: Store) -> None:
    assert query.facet(store, "events", Filters(), "type") == {"ASSAULT": EVERYTHING}
    assert query.facet(store, "agreements", Filters(), "publisher") == {"Orontes Post": 5, "Hauran Wire": 3}
    assert query.facet(store, "events", Filters(types=("AID",)), "status") == {}


# Actors and places over all reports


def test_an_actor_of_many_reports_is_one(store: Store) -> None:
    actors = {actor.key: actor for actor in query_merged.every_merged(store, "actors", Filters())}
    nusra = actors["wikidata:Q1"]
    assert (nusra.name, nusra.kind, nusra.country, nusra.reports) == ("Jabhat al-Nusra", "armed_group", "SYR", 8)
    assert (nusra.first, nusra.last) == ("2018-07-01", "2018-07-26")
    assert nusra.roles == {"claims.mentioned": 8, "events.actor": 8}


def test_the_army_of_a_state_is_one_in_all_reports(store: Store) -> None:
    (army,) = query_merged.every_merged(store, "actors", Filters(actors=("army",)))
    assert (army.key, army.reports) == ("name:syrian army|SYR", EVERYTHING)


def test_who_has_no_name_stays_somebody_else_in_every_report(tmp_path: Path) -> None:
    text = "Syrian rebels shelled Nawa."
    with Store.open(str(tmp_path / "test.db")) as store:
        for name in ("a", "b"):
            made = told(name, f"{text} {name}", actor="Syrian rebels", place="Nawa")
            (rebels,) = made.actors
            nameless = replace(rebels, mentions=tuple(replace(m, form="description") for m in rebels.mentions))
            store.add(replace(made, actors=(nameless,)))
        assert [r.reports for r in query_merged.every_merged(store, "actors", Filters())] == [1, 1]


def test_actors_at_a_place_and_places_of_an_actor(store: Store) -> None:
    def names(layer: str, **filters: Any) -> set[str]:
        return {each.name for each in query_merged.every_merged(store, layer, Filters(**filters))}

    assert names("actors", places=("Daraa",)) == {"Syrian army"}
    assert names("places", actors=("russia",)) == {"Idlib"}
    assert names("actors", types=("state",)) == {"Russia", "Turkey"}
    assert names("places", sources=("nobody",)) == set()


def test_the_commonest_name_and_description_stand_for_all(tmp_path: Path) -> None:
    def telling(number: int, name: str, *others: str) -> Picture:
        text = f"{number} {TEXT}"
        actor = Actor("a1", name, "armed_group", named(*others), None, "Q1")
        return replace(bare(text, published=f"2018-07-{number:02d}"), actors=(actor,))

    told = [telling(1, "Nusra Front"), telling(2, "Jabhat al-Nusra", "Jabhat al-Nusra"), telling(3, "Jabhat al-Nusra")]
    for order in (told, told[::-1]):
        with Store.open(str(tmp_path / f"{order[0].report.published}.db")) as store:
            at_once(store, order)
            (actor,) = query_merged.every_merged(store, "actors", Filters())
            assert (actor.name, actor.names, actor.reports) == ("Jabhat al-Nusra", ("Nusra Front",), 3)
            assert [a.name for a in query_merged.every_merged(store, "actors", Filters(actors=("front",)))] == [
                actor.name
            ]


def test_a_country_or_a_province_stands_for_what_lies_in_it(tmp_path: Path) -> None:
    def at(number: int, **place: Any) -> Picture:
        where = Place("p1", mentions=named("Idlib", form="description"), **{"kind": "settlement", **place})
        event = Event("e1", "ASSAULT", span("shelled"), span(TEXT[:60]), "actual", 1, places=("p1",))
        return replace(bare(f"{TEXT} {number}", published="2018-07-01"), places=(where,), events=(event,))

    with Store.open(str(tmp_path / "test.db")) as store:
        at_once(
            store,
            [
                at(1, name="Syria", kind="country", country="SYR", gazetteer="geonames:1"),
                at(2, name="Idlib", kind="admin", country="SYR", admin1="Idlib", gazetteer="geonames:2"),
                at(3, name="Saraqib", country="SYR", admin1="Idlib", gazetteer="geonames:3"),
                at(4, name="Daraa", country="SYR", admin1="Daraa", gazetteer="geonames:4"),
                at(5, name="Idlib", country="XXX", gazetteer="geonames:5"),
            ],
        )
        for name, expected in (("syria", 4), ("SYR", 4), ("idlib", 3), ("Daraa", 1), ("saraqib", 1), ("XXX", 1)):
            assert query.count(store, "events", Filters(places=(name,))) == expected, name


# Days and words


@pytest.mark.parametrize(
    ("earliest", "latest", "published", "expected"),
    [
        ("2018-07-24", "2018-07-24", "2018-07-26", Dated("2018-07-24", "2018-07-24", "time")),
        ("2018-05-01", None, "2018-07-26", Dated("2018-05-01", "2018-07-26", "time")),
        ("2018-09-01", None, "2018-07-26", Dated("2018-09-01", "2018-09-01", "time")),
        (None, "2018-05-31", "2018-07-26", Dated("2018-05-31", "2018-05-31", "time")),
        (None, "2018-09-30", "2018-07-26", Dated("2018-07-26", "2018-09-30", "time")),
        (None, "2018-09-30", None, Dated("2018-09-30", "2018-09-30", "time")),
        (None, None, "2018-07-26T10:00:00Z", Dated("2018-07-26", "2018-07-26", "report")),
        (None, None, None, Dated()),
    ],
)
def test_days_of_an_entry(earliest: str | None, latest: str | None, published: str | None, expected: Dated) -> None:
    event = replace(picture().events[0], time="t")
    time = Time("t", span("on Tuesday"), earliest, latest, "report")
    assert dated(event, {"t": time}, published) == expected


@pytest.mark.parametrize(
    ("horizon", "expected"),
    [
        (None, Dated("2018-07-26", "2018-07-26", "report")),
        (Horizon(None, "2018-08-26"), Dated("2018-07-26", "2018-08-26", "time")),
        (Horizon("2018-09-01", "2018-09-30"), Dated("2018-07-26", "2018-09-30", "time")),
        (Horizon("2018-09-01", None), Dated("2018-07-26", "2018-09-01", "time")),
    ],
)
def test_a_forecast_stands_from_its_making_to_its_horizon(horizon: Horizon | None, expected: Dated) -> None:
    forecast: Forecast = replace(picture().forecasts[0], horizon=horizon)
    assert dated(forecast, {}, "2018-07-26") == expected


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Hay’at Tahrir al-Shām", "hayat tahrir al sham"),
        ("Hay'at Tahrir al-Sham", "hayat tahrir al sham"),
        ("Daraa's", "daraa"),
        ("DEIR EZ-ZOR", "deir ez zor"),
        ("Deir_ez_Zor", "deir ez zor"),
        ("İdlib", "idlib"),
        ("Łódź Straße Ærø", "lodz strasse aero"),
        ("درعا", "درعا"),
        ("…", ""),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text) == " ".join(fold(text).split())


@pytest.mark.parametrize("layer", ["actors", "places"])
@pytest.mark.parametrize("since", [None, "2018-07-10"])
def test_who_is_where_is_told_alike_by_what_is_kept_and_entry_by_entry(
    store: Store, layer: str, since: str | None
) -> None:
    at_once(store, [picture(), *many(12)])
    store.replace(picture(title="Read again"))
    store.replace(many(3)[2])
    filters = Filters(since=since, **({"places": ("idlib",)} if layer == "actors" else {"actors": ("army",)}))
    kinds = {each.kind for each in query_merged.every_merged(store, layer, Filters())}
    by_entry = list(query_merged.every_merged(store, layer, replace(filters, types=tuple(kinds))))
    assert list(query_merged.every_merged(store, layer, filters)) == by_entry != []
