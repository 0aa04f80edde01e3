"""Look-up by name, and bigger gazetteers: what is found under which spelling, and what a broken file leaves behind."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from situate.errors import SituateError
from situate.knowledge.gazetteer import Gazetteer, KnownPlace, gazetteer
from situate.knowledge.gazetteer_import import import_dump, import_pcodes
from situate.knowledge.gazetteer_keys import plain_key, sound_key
from situate.knowledge.gazetteer_shape import border, part_of
from situate.knowledge.gazetteer_store import Store
from situate.knowledge.gazetteer_zones import import_zones
from situate.knowledge.places import own_places


def best(name: str) -> KnownPlace:
    return gazetteer().find(name)[0]


@pytest.mark.parametrize(
    ("written", "lat", "lon"),
    [
        ("Hmaymeem", 35.41, 35.95),
        ("Khmeimim", 35.41, 35.95),
        ("Deir-ezzour", 35.33, 40.14),
        ("Dayr az Zawr", 35.33, 40.14),
        ("Jisr al-Shoughour", 35.81, 36.32),
        ("Lattakia", 35.53, 35.79),
        ("Kiev", 50.45, 30.52),
        ("Tal Rifaat", 36.47, 37.1),
        ("Qamishlo", 37.05, 41.23),
        ("Mogadisho", 2.04, 45.34),
        ("إدلب", 35.93, 36.63),
        ("Київ", 50.45, 30.52),
    ],
)
def test_a_place_is_found_under_any_spelling(written: str, lat: float, lon: float) -> None:
    assert any(p.distance_km(lat, lon) < 60 for p in gazetteer().find(written)[:2])


def test_countries_and_continents_are_not_villages() -> None:
    assert {best(n).kind for n in ("USA", "Peru", "India", "Iran", "Jordan")} == {"country"}
    assert best("Africa").kind == "region"
    assert best("the U.S.").country == "USA"


def test_an_unknown_name_finds_nothing() -> None:
    assert gazetteer().find("Qwxzplk") == ()


def test_keys_fold_what_spellings_differ_in() -> None:
    assert plain_key("The Deir ez-Zor") == plain_key("Deir Ezzor")
    assert plain_key("St. John's") == plain_key("Saint Johns")
    assert sound_key("Saraqeb") == sound_key("Sarāqib")
    assert sound_key("Homs") != sound_key("Hama")


def test_every_row_of_our_own_files_is_a_place() -> None:
    places = own_places()
    assert len(places) > 1000
    assert all(p.lat is None or (abs(p.lat) <= 90 and abs(p.lon or 0) <= 180) for p in places)
    assert all(p.radius_km > 0 for p in places)


def test_parts_and_borders_lie_where_they_should() -> None:
    north, south = part_of("SYR", None, 0), part_of("SYR", None, 180)
    assert north is not None and south is not None and north[0] > 35.5 > south[0]
    line = border("SYR", "TUR")
    assert line is not None and 36 < line[0] < 37.5
    assert border("SYR", "AUS") is None


def row(ident: int, name: str, lat: float = 36.2, lon: float = 37.1, alternates: str = "") -> str:
    cells = [
        str(ident),
        name,
        name,
        alternates,
        str(lat),
        str(lon),
        "P",
        "PPL",
        "SY",
        "",
        "09",
        "",
        "",
        "",
        "1200",
        "",
        "",
        "",
        "",
    ]
    return "\t".join(cells)


def test_a_dump_answers_from_disk(tmp_path: Path) -> None:
    dump = tmp_path / "SY.zip"
    with zipfile.ZipFile(dump, "w") as archive:
        archive.writestr("SY.txt", f"{row(1, 'Tell Nowhere', alternates='Tall Nuwayr,تل نوير')}\n{row(2, 'Other')}\n")
        archive.writestr("readme.txt", "about")
    told = []
    assert import_dump(dump, tmp_path / "store", told.append) == 2
    found = Gazetteer([], [Store(tmp_path / "store")]).find("Tall Nuwayr")
    assert [(p.name, p.gazetteer, p.country, p.population) for p in found] == [
        ("Tell Nowhere", "geonames:1", "SYR", 1200)
    ]
    assert sum(told) > 100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1\tA\tA", "row 1: 3 columns instead of 19"),
        (f"{row(1, 'A')}\n{row(2, 'B', lat=97.0)}", "row 2: latitude 97.0"),
        (row(1, "A").replace("\tSY\t", "\tPPL\t"), "row 1"),
        ("\t".join(["x", *row(1, "A").split("\t")[1:]]), "row 1: invalid literal for int"),
        ("", "no rows"),
    ],
)
def test_a_dump_that_does_not_fit_leaves_nothing(tmp_path: Path, text: str, said: str) -> None:
    dump = tmp_path / "allCountries.txt"
    dump.write_text(text, encoding="utf-8")
    with pytest.raises(SituateError, match=said) as error:
        import_dump(dump, tmp_path / "store")
    assert "\n" not in str(error.value) and "allCountries.txt" in str(error.value)
    assert [p.name for p in tmp_path.iterdir()] == ["allCountries.txt"]


def test_a_cut_off_zip_leaves_the_import_before_as_it_was(tmp_path: Path) -> None:
    dump = tmp_path / "SY.zip"
    with zipfile.ZipFile(dump, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", "".join(f"{row(i, f'Place {i}')}\n" for i in range(1, 2000)))
    import_dump(dump, tmp_path / "store")
    dump.write_bytes(dump.read_bytes()[:3000])
    with pytest.raises(SituateError, match=r"SY\.zip"):
        import_dump(dump, tmp_path / "store")
    assert len(Store(tmp_path / "store")) == 1999


def test_pcodes_become_places(tmp_path: Path) -> None:
    table = tmp_path / "adm.csv"
    table.write_text(
        "ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,center_lat,center_lon\n"
        "Syria,SY,Idleb,SY07,Somewhere,مكان,SY0799,35.8,36.6\n",
        encoding="utf-8",
    )
    assert import_pcodes(table, tmp_path / "store") == 3
    (found,) = Gazetteer([], [Store(tmp_path / "store")]).find("مكان")
    assert (found.name, found.gazetteer, found.kind, found.lat) == ("Somewhere", "pcode:SY0799", "admin", 35.8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,value\nA,1\n", "row 1"),
        ("ADM1_EN,ADM1_PCODE\nA,SY01\nB,SY01\n", "row 3: the P-code SY01 is there twice"),
        ("ADM1_EN,ADM1_PCODE\nA,\n", "row 2: no name or no P-code"),
        ("ADM1_EN,ADM1_PCODE,lat,lon\nA,SY01,200,36\n", "row 2: no such point"),
    ],
)
def test_pcodes_that_do_not_fit_leave_nothing(tmp_path: Path, text: str, said: str) -> None:
    table = tmp_path / "adm.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(SituateError, match=said):
        import_pcodes(table, tmp_path / "store")
    assert [p.name for p in tmp_path.iterdir()] == ["adm.csv"]


def test_zones_come_with_their_outlines(tmp_path: Path) -> None:
    square = [[[36.0, 35.0], [36.2, 35.0], [36.2, 35.2], [36.0, 35.2], [36.0, 35.0]]]
    geometry = {"type": "Polygon", "coordinates": square}
    properties = {"name": "Hill pocket", "aliases": ["The Pocket of the Hill"], "country": "SY"}
    features = [{"type": "Feature", "properties": properties, "geometry": geometry}]
    file = tmp_path / "zones.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert import_zones(file, tmp_path / "store") == 1
    (found,) = Gazetteer([], [Store(tmp_path / "store")]).find("pocket of the hill")
    assert (found.name, found.kind, found.country, found.lat, found.lon) == ("Hill pocket", "zone", "SYR", 35.1, 36.1)
    assert 12 <= found.radius_km <= 16


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "no GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "no features"),
        ('{"type": "Feature", "properties": {}, "geometry": null}', "feature 1: no name"),
        ('{"type": "Feature", "properties": {"name": "A"}, "geometry": null}', "no coordinates"),
        (
            '{"type": "Feature", "properties": {"name": "A"}, "geometry": {"type": "Point", "coordinates": [1, 99]}}',
            "feature 1: no such point",
        ),
    ],
)
def test_zones_that_do_not_fit_leave_nothing(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "zones.geojson"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SituateError, match=said):
        import_zones(file, tmp_path / "store")
    assert [p.name for p in tmp_path.iterdir()] == ["zones.geojson"]
