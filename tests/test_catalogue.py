"""The catalogue of actors: what it knows, how names are found, and what it says of a wrong file."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from situate.knowledge.actors import FOLDER, Catalogue, catalogue
from situate.knowledge.catalogue_files import CatalogueError
from situate.knowledge.catalogue_keys import words
from situate.knowledge.catalogue_roles import Roles, roles

ROW = "new-front,New Front,armed_group,SYR,NF,,2011,,\n"
HEADER = "id,name,kind,country,aliases,parent,from,to,wikidata\n"


def found(text: str) -> list[tuple[str, str]]:
    """The names in a text with the id of the first actor that each may stand for."""
    return [(text[m.start : m.end], m.values[0].actor.id) for m in catalogue().find(list(words(text)))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue's files that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "actors"))


def test_it_knows_the_worlds_states_and_its_armed_groups() -> None:
    kinds = [a.kind for a in catalogue().actors.values()]
    assert kinds.count("state") >= 195
    assert kinds.count("armed_group") >= 1200


def test_it_loads_fast() -> None:
    before = time.process_time()
    Catalogue.load()
    assert time.process_time() - before < 1.0  # about 0.2 s on an idle core


@pytest.mark.parametrize(
    ("spelled", "actor"),
    [
        ("Jabhat an-Nusrah", "al-nusra-front"),
        ("Hay’at Tahreer ash-Shaam", "hayat-tahrir-al-sham"),
        ("Hizbullah", "hezbollah"),
        ("Jaish al-Izzah", "jaysh-al-izza"),
        ("Jeish el-Islam", "jaysh-al-islam"),
        ("Daesh", "islamic-state"),
        ("Isis", "islamic-state"),
        ("Volodymyr Zelenskiy", "person:volodymyr-zelenskyy"),
        ("Médecins Sans Frontières", "doctors-without-borders"),
        ("the People's Protection Units", "peoples-protection-units"),
    ],
)
def test_spellings_of_one_name_lead_to_one_actor(spelled: str, actor: str) -> None:
    assert [a for _, a in found(f"On Monday {spelled} left.")] == [actor]


def test_the_longest_name_wins_and_names_dont_overlap() -> None:
    assert found("Al-Qaeda in the Arabian Peninsula and Al-Qaeda") == [
        ("Al-Qaeda in the Arabian Peninsula", "al-qaeda-in-the-arabian-peninsula"),
        ("Al-Qaeda", "al-qaeda"),
    ]


def test_ordinary_words_are_no_names() -> None:
    assert found("He told us who is fast, and let the sun in.") == []


def test_a_newspaper_wants_its_article() -> None:
    assert found("The Sun reported it.") == [("Sun", "the-sun")]
    assert found("Sun and rain came.") == []


def test_words_for_a_state_tell_its_name_from_its_people_and_its_seat() -> None:
    sorts = {text: {s.sort for s in catalogue().named(text)} for text in ("Syria", "Syrian", "Syrians", "Damascus")}
    assert sorts == {"Syria": {"name"}, "Syrian": {"adjective"}, "Syrians": {"people"}, "Damascus": {"seat"}}


def test_who_held_an_office_depends_on_the_date() -> None:
    known = catalogue()
    president = [known.holder("president", "USA", date) for date in ("2015-06-01", "2018-06-01", "2022-06-01")]
    assert [p.name if p else None for p in president] == ["Barack Obama", "Donald Trump", "Joe Biden"]


def test_shaky_names_are_marked() -> None:
    assert all(s.shaky for s in catalogue().named("AA"))
    assert not any(s.shaky for s in catalogue().named("Arakan Army"))


@pytest.mark.parametrize(
    ("file", "rows", "message"),
    [
        ("actors_mine.csv", ROW + ROW, "actors_mine.csv, row 3: id 'new-front' stands already in actors_mine.csv"),
        ("actors_mine.csv", ROW.replace("NF,,", "NF,nowhere,"), "actors_mine.csv, row 2: parent 'nowhere' is no id"),
        ("actors_mine.csv", ROW.replace("armed_group", "army"), "actors_mine.csv, row 2: 'army' is no kind of actor"),
        ("actors_mine.csv", ROW.replace("SYR", "SYRIA"), "actors_mine.csv, row 2: country 'SYRIA' is no code"),
        ("actors_mine.csv", ROW.replace("2011", "spring"), "actors_mine.csv, row 2: 'spring' in column 'from'"),
        ("actors_mine.csv", ROW.replace("NF", "NF, again"), "actors_mine.csv, row 2: 10 cells where the header has 9"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_by_file_and_row(folder: Path, file: str, rows: str, message: str) -> None:
    (folder / file).write_text(HEADER + rows)
    with pytest.raises(CatalogueError) as e:
        Catalogue.load(folder)
    assert message in str(e.value)
    assert "\n" not in str(e.value)


def test_a_missing_column_is_named(folder: Path) -> None:
    (folder / "actors_mine.csv").write_text("id,name\nx,X\n")
    with pytest.raises(CatalogueError, match=r"actors_mine.csv, row 1: column 'kind' is missing"):
        Catalogue.load(folder)


def test_an_office_of_nobody_is_named(folder: Path) -> None:
    with (folder / "offices.csv").open("a") as file:
        file.write("Somebody New,president,XYZ,2020,,,\n")
    with pytest.raises(CatalogueError, match=r"offices.csv, row \d+: 'XYZ' in column 'of' is no id"):
        Catalogue.load(folder)


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "actors_mine.csv").write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(CatalogueError, match="can't be read as UTF-8"):
        Catalogue.load(folder)


def test_an_added_row_is_found_without_touching_code(folder: Path) -> None:
    (folder / "actors_mine.csv").write_text(HEADER + ROW)
    known = Catalogue.load(folder)
    assert [s.actor.id for s in known.named("New Front")] == ["new-front"]


def test_every_actor_has_a_kind_and_a_name_of_its_own() -> None:
    assert all(a.name.strip() == a.name and "_" not in a.name for a in catalogue().actors.values())


def test_role_words_by_their_longest_phrase() -> None:
    role, length = roles().ending(["the", "government", "forces"]) or (None, 0)
    assert role is not None
    assert (role.kind, length) == ("military", 2)


def test_a_wrong_role_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "roles.csv"
    path.write_text("words,kind,class,stands,members\nrebels,armed_group,rebels,always,\n")
    with pytest.raises(CatalogueError, match=r"roles.csv, row 2: 'always' in column 'stands'"):
        Roles.load(path)


def test_every_state_but_those_without_forces_has_its_military() -> None:
    known = catalogue()
    bare = {a.id for a in known.actors.values() if a.kind == "state" and a.id not in known.militaries}
    assert bare <= {
        "AND", "ATG", "COM", "CRI", "DMA", "GRD", "HKG", "ISL", "LBY", "LCA", "LIE", "MCO", "MUS", "PAN", "PSE", "SLB",
        "STP", "VAT", "VUT", "WSM", "XNC", "XSO", "XTR",
    }  # fmt: skip


@pytest.mark.parametrize("date", ["2011-07-01", "2015-07-01", "2019-07-01", "2023-07-01"])
def test_who_led_a_party_to_a_conflict_is_known_by_date(date: str) -> None:
    offices = ("president", "prime minister", "ruler", "leader")
    parties = "SYR IRQ IRN ISR TUR RUS UKR USA GBR FRA DEU SAU YEM EGY LBY MLI NGA SOM ETH ERI SDN COD CAF AFG PAK"
    assert not [
        s for s in f"{parties} IND COL ARM AZE".split() if not any(catalogue().holder(o, s, date) for o in offices)
    ]


def test_a_user_s_own_actors_are_added_to_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "actors_mine.csv").write_text(HEADER + ROW)
    known = Catalogue.load(FOLDER, tmp_path)
    assert [s.actor.id for s in known.named("New Front")] == ["new-front"]
    (tmp_path / "actors_mine.csv").write_text(HEADER + ROW.replace("new-front,", "hezbollah,"))
    with pytest.raises(CatalogueError, match=r"actors_mine.csv, row 2: id 'hezbollah' stands already in actors_groups"):
        Catalogue.load(FOLDER, tmp_path)
