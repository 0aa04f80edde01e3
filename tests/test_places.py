"""Places: recognised, settled by the report's context, described by others, and honest where they are in doubt."""

from __future__ import annotations

import pytest

from situate.contract import Picture, Place, Report
from situate.knowledge.gazetteer import kilometres
from situate.language import parse
from situate.reading.place_evidence import is_scene
from situate.reading.place_runs import trimmed
from situate.reading.places import PlaceReader


def places(text: str, url: str | None = None) -> dict[str, Place]:
    (document,) = parse([Report("r", text, url=url)], encode=False)
    found = PlaceReader().read(document, Picture(document.report))
    assert all(document.text[m.start : m.end] == m.text for p in found for m in p.mentions)
    return {p.name: p for p in found}


def near(place: Place, lat: float, lon: float, km: float = 50) -> bool:
    return place.lat is not None and place.lon is not None and kilometres(place.lat, place.lon, lat, lon) <= km


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon"),
    [
        ("The mayor of Paris, Texas, resigned.", "Paris", 33.66, -95.56),
        ("Protests were held in Paris and in Lyon.", "Paris", 48.85, 2.35),
        ("Ontario police closed a road in London, in the south of Ontario.", "London", 42.98, -81.25),
        ("Shells fell on Saraqeb, in the north of Syria.", "Saraqeb", 35.86, 36.8),
        ("Troops left the town of Jisr al-Shoughour in Syria.", "Jisr al-Shoughour", 35.81, 36.32),
    ],
)
def test_context_settles_a_name(text: str, name: str, lat: float, lon: float) -> None:
    assert near(places(text)[name], lat, lon)


def test_a_province_and_its_city_are_two_places() -> None:
    found = places("Rebels hold most of Idlib province in Syria. The city of Idlib is quiet.")
    assert found["Idlib"].kind == "settlement"
    assert next(p for n, p in found.items() if n.startswith("Idlib province")).kind == "admin"


def test_spellings_of_one_place_are_one_entry() -> None:
    found = places("Troops entered Deir ez-Zor in Syria. Later, residents of Deir Ezzor returned to Deir ez-Zor.")
    (place,) = [p for n, p in found.items() if n.startswith("Deir")]
    assert [m.form for m in place.mentions] == ["name", "alias", "name"]


def test_parts_of_a_country_are_regions_of_their_own() -> None:
    found = places("Clashes broke out in southern Syria on Monday.")
    south = found["southern Syria"]
    assert south.kind == "region"
    assert near(south, 32.8, 36.3, 60)
    assert south.radius_km is not None and 20 < south.radius_km < 150


CONFLICT = "Rebels attacked an army convoy. Two soldiers were killed in the fighting. "


def test_distance_and_direction_shift_the_point() -> None:
    found = places(CONFLICT + "Artillery shelled a village 20 km west of Izium in Ukraine.")
    izium, offset = found["Izium"], next(p for n, p in found.items() if "west of" in n)
    assert izium.lon is not None and offset.lon is not None and offset.lon < izium.lon
    assert near(offset, 49.21, 37.0, 3)
    assert offset.radius_km is not None and izium.radius_km is not None and offset.radius_km > izium.radius_km


def test_zones_and_lines_stand_on_what_describes_them() -> None:
    text = (
        CONFLICT + "They shelled the outskirts of Bakhmut in Ukraine and attacked the road between Izium and Sloviansk."
    )
    found = places(text)
    outskirts = next(p for n, p in found.items() if n.startswith("Outskirts"))
    road = next(p for n, p in found.items() if n.startswith("Road"))
    assert (outskirts.kind, road.kind) == ("zone", "line")
    assert near(outskirts, 48.59, 38.0, 5)
    assert near(road, 49.03, 37.45, 10)


def test_a_border_lies_between_its_countries() -> None:
    found = places(CONFLICT + "Fighters in Syria crossed the Turkish border at night.")
    border = next(p for p in found.values() if p.kind == "line")
    assert near(border, 36.6, 37.6, 120)


def test_descriptions_point_back_to_the_place() -> None:
    found = places(CONFLICT + "Troops surrounded Slavutych in Ukraine. They later shelled the city.")
    assert [(m.text, m.form) for m in found["Slavutych"].mentions] == [
        ("Slavutych", "name"),
        ("the city", "description"),
    ]


def test_a_country_that_only_acts_is_no_place_of_a_conflict() -> None:
    found = places(CONFLICT + "Russia condemned the attack, which happened in Syria.")
    assert "Syria" in found and "Russia" not in found


def test_countries_have_a_point_and_a_wide_radius() -> None:
    syria = places("He lives in Syria.")["Syria"]
    assert (syria.kind, syria.country, syria.gazetteer) == ("country", "SYR", "geonames:163843")
    assert syria.radius_km is not None and syria.radius_km > 200


def test_a_place_of_another_country_is_not_guessed() -> None:
    found = places("Militants captured the village of Qwexbury in Syria.")
    assert found["Qwexbury"].lat is None and found["Qwexbury"].country == "SYR"


def test_rivals_are_kept_and_widen_the_radius() -> None:
    place = places("A fire broke out in Springfield.")["Springfield"]
    assert len(place.candidates) > 1 and place.candidates[0] == place.gazetteer
    assert place.radius_km is not None and place.radius_km > 100


def test_demonyms_and_months_are_no_places() -> None:
    assert places("Syrian and Russian officers met in May.") == {}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Officials in China, Japan and Korea met on Monday.", "China", "CHN"),
        ("Cases were found in Oklahoma, Pennsylvania and Wisconsin.", "Oklahoma", "USA"),
    ],
)
def test_a_list_of_countries_or_states_puts_none_in_the_next(text: str, name: str, country: str) -> None:
    place = places(text)[name]
    assert (place.kind in ("country", "admin"), place.country) == (True, country)


def test_a_capital_called_after_its_country_is_another_place() -> None:
    found = places("Schools in Mexico City closed. Floods hit Mexico again.")
    assert {n: p.kind for n, p in found.items()} == {"Mexico City": "settlement", "Mexico": "country"}


def test_the_quarter_is_the_place_that_was_called_one() -> None:
    found = places("Shells fell on Barzeh, a suburb of Damascus. Fighters left for Idlib. Troops entered the suburb.")
    assert [m.text for m in found["Barzeh"].mentions] == ["Barzeh", "a suburb", "the suburb"]
    assert [m.text for m in found["Idlib"].mentions] == ["Idlib"]


def test_the_capital_is_the_country_s_and_not_the_town_named_last() -> None:
    found = places("Talks in Kabul broke down. Fighters took Herat, and shops in the capital closed.")
    assert [m.text for m in found["Kabul"].mentions] == ["Kabul", "the capital"]


@pytest.mark.parametrize(
    ("url", "country"),
    [("https://www.example.co.uk/news/1", "GBR"), ("https://www.edmontonjournal.com/news/1", "CAN")],
)
def test_a_town_is_sought_where_the_report_comes_from(url: str, country: str) -> None:
    assert places("Two shops burned in Richmond on Monday.", url)["Richmond"].country == country


@pytest.mark.parametrize(
    ("text", "name", "scene"),
    [
        ("BEIRUT (Agency) - Shells fell near Aleppo on Monday.", "BEIRUT", False),
        ("Shells fell near Aleppo on Monday, said a group based in London.", "London", False),
        ("Shells fell near Aleppo on Monday.", "Aleppo", True),
    ],
)
def test_nothing_happens_where_a_report_is_written_or_somebody_is_based(text: str, name: str, scene: bool) -> None:
    (document,) = parse([Report("r", text)], encode=False)
    at = text.index(name)
    assert is_scene(document.sentences[0], at, at + len(name)) is scene


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon"),
    [
        ("A convoy was attacked between Homs and Palmyra in Syria.", "Between Homs and Palmyra", 34.64, 37.5),
        ("Soldiers were killed 12 miles outside Gao in Mali.", "12 miles outside Gao", 16.27, -0.04),
        ("Troops shelled a hill 30 km north-east of Mosul in Iraq.", "30 km north-east of Mosul", 36.53, 43.36),
    ],
)
def test_a_place_by_distance_or_between_two_is_one_of_its_own(text: str, name: str, lat: float, lon: float) -> None:
    zone = places(text)[name]
    assert zone.kind == "zone"
    assert near(zone, lat, lon, 5)
    assert zone.radius_km is not None
    assert zone.radius_km > 10


def test_talks_between_two_capitals_are_in_neither() -> None:
    assert not [n for n in places("Troops withdrew after talks between Moscow and Kyiv.") if "etween" in n]


def test_a_place_lies_in_what_owns_it() -> None:
    found = places("Troops captured Dhamar province's Ans district in Yemen on Monday.")
    assert all(p.country in ("YEM", None) for p in found.values())


@pytest.mark.parametrize(
    ("text", "name", "kind", "lat", "lon"),
    [
        ("Israel wants a return to the 1974 line.", "1974 line", "line", 33.0, 35.83),
        ("The Damascus-Amman highway was cut.", "Damascus-Amman highway", "line", 32.72, 36.12),
        ("Clashes went on along the Kupiansk-Svatove front.", "Kupiansk-Svatove front", "line", 49.56, 37.91),
        ("They left by a corridor between Homs and Aleppo.", "Corridor between Homs and Aleppo", "zone", 35.46, 36.94),
    ],
)
def test_lines_and_corridors_are_places(text: str, name: str, kind: str, lat: float, lon: float) -> None:
    place = places(CONFLICT + text)[name]
    assert (place.kind, near(place, lat, lon)) == (kind, True)
    assert place.radius_km is not None and place.radius_km > 5


@pytest.mark.parametrize(("name", "lat", "lon"), [("Daraa", 32.62, 36.1), ("Hodeidah", 14.8, 42.95)])
def test_a_bare_name_is_the_town_s_before_its_province_s(name: str, lat: float, lon: float) -> None:
    place = places(CONFLICT + f"Shells fell near {name}. The war in Syria and in Yemen goes on.")[name]
    assert (place.kind, near(place, lat, lon, 10)) == ("settlement", True)


def test_a_name_that_nothing_settles_keeps_its_candidates() -> None:
    place = places("Clashes were reported in Victoria.")["Victoria"]
    assert place.candidates
    assert place.radius_km is not None and place.radius_km > 500


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Marburg virus was found in two patients.", "Marburg"),
        ("Doctors fear that Ebola will spread in Guinea.", "Ebola"),
        ("The Department of Health said so in London.", "Health"),
    ],
)
def test_what_is_only_called_so_is_no_place(text: str, name: str) -> None:
    assert name not in places(text)


def test_what_a_name_is_said_to_be_is_the_same_place() -> None:
    found = places(CONFLICT + "Shells fell on Saraqib, a town in the north of Syria. The town was quiet later.")
    (saraqib,) = [p for n, p in found.items() if n == "Saraqib"]
    assert [m.text for m in saraqib.mentions] == ["Saraqib", "a town", "The town"]


def test_the_state_is_no_province_where_provinces_are_no_states() -> None:
    found = places(CONFLICT + "Shells fell on Aleppo province in Syria. Later the state released the prisoners.")
    assert not [m for p in found.values() for m in p.mentions if m.text == "the state"]


def test_a_zone_takes_no_other_zone_s_place() -> None:
    found = places(CONFLICT + "Families returned to the Demilitarized Zone around Idlib in Syria on Monday.")
    assert not [p for p in found.values() if p.lon is not None and p.lon > 100]


def test_a_name_has_no_small_word_at_its_end() -> None:
    text = "Troops entered Adwa and Axum."
    start, end = trimmed(text, text.index("Adwa"), text.index(" Axum"))
    assert text[start:end] == "Adwa"
