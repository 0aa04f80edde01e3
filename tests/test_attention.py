"""Places of attention: by area and week, what is told, each thing once."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from told_pictures import told

from situate.cli import cli
from situate.contract import Claim, Movement, Picture, Quantity, Span
from situate.knowledge.attention import needs_told
from situate.store import Store


def in_province(picture: Picture, province: str) -> Picture:
    return replace(picture, places=tuple(replace(p, admin1=province) for p in picture.places))


def flight(name: str, text: str, people: str, outlet: str) -> Picture:
    base = told(name, text, outlet=outlet, trigger="fled", place="Nawa", type="RETREAT")
    start = text.index(people)
    figure = Span.of(text, start, start + len(people))
    value = float(people.split()[0].replace(",", ""))
    quantity = Quantity("q", figure, value, value, value, "people", "people")
    everything = Span.of(text, 0, len(text))
    movement = Movement(
        "m", "displacement", "actual", everything, quantity="q", origin="Nawa", who_span=figure, time="t"
    )
    return replace(base, events=(), quantities=(quantity,), movements=(movement,))


def need(name: str, text: str, outlet: str) -> Picture:
    base = told(name, text, outlet=outlet, trigger="said", place="Nawa")
    return replace(base, events=(), claims=(Claim("c", Span.of(text, 0, text.index(",")), "indirect"),))


REPORTS = (
    told("a", "Government troops shelled Nawa on Wednesday.", place="Nawa"),
    told("b", "Rebels shelled Daraa at night.", place="Daraa", trigger="shelled"),
    flight("c", "Some 2,000 people fled from Nawa on Wednesday.", "2,000 people", "Tern Wire"),
    flight("d", "On Wednesday 2,100 people fled Nawa.", "2,100 people", "Basalt Post"),
    need("e", "Families in Nawa have no bread and need clean water, a medic said.", "Tern Wire"),
    need("f", "Families in Nawa have no bread and need clean water, a doctor said.", "Basalt Post"),
)


@pytest.fixture
def target(tmp_path: Path) -> str:
    path = str(tmp_path / "test.db")
    with Store.open(path) as store:
        for picture in REPORTS:
            store.add(in_province(picture, "Daraa"))
    return path


def test_a_row_for_each_province_and_week_with_everything_once(target: str) -> None:
    result = CliRunner().invoke(cli, ["attention", "--json", "--store", target])
    (row,) = map(json.loads, result.output.splitlines())
    assert (row["area"], row["week"]) == ("Daraa", "2018-07-16")
    assert row["counts"] == {"fighting": 2, "displacement": 1, "needs": 1}
    assert row["people"] == [2000, 2100]
    assert row["needs"] == ["food", "water"]
    assert len(row["entries"]) == 5  # both tellings of the flight, and one of the need


def test_the_same_as_csv(target: str) -> None:
    result = CliRunner().invoke(cli, ["attention", "--csv", "--store", target])
    (row,) = csv.DictReader(io.StringIO(result.output))
    assert (row["fighting"], row["people moved"], row["lacking"]) == ("2", "2,000 to 2,100", "food, water")


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("Hospitals are running short of medicine.", ("health",)),
        ("The camp has had no rain, and families are starving.", ("food",)),
        ("The convoy brought food and blankets.", ()),
        ("They need tents and fuel before the winter.", ("fuel", "shelter")),
    ],
)
def test_needs_by_their_words(text: str, needs: tuple[str, ...]) -> None:
    assert needs_told(text) == needs
