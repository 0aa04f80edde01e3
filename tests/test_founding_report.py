"""The report that the project was founded on, where it is at hand: what was agreed, who moved, who holds what."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tests.ties_read import name, names

from situate.contract import Picture, Report
from situate.reading import read_reports

REPORT = Path(__file__).parents[2] / "shared/reports/founding-report.txt"

pytestmark = pytest.mark.skipif(not REPORT.is_file(), reason="the founding report isn't at hand")


@cache
def picture() -> Picture:
    return next(iter(read_reports([Report("founding", REPORT.read_text(encoding="utf-8"))])))


def test_the_surrender_deal_is_supervised_by_russia() -> None:
    p = picture()
    (deal,) = (a for a in p.agreements if a.kind == "surrender")
    assert names(p, deal.guarantors) == {"Russian forces"}
    assert "Syrian government" in names(p, deal.parties)
    assert any(x.kind == "arms" and "light weapons" in x.span.text for x in deal.provisions)


def test_the_evacuation_to_idlib_goes_by_green_buses() -> None:
    p = picture()
    (deal,) = (a for a in p.agreements if a.kind == "surrender")
    (move,) = (m for m in p.movements if m.kind == "evacuation" and name(p, m.destination) == "Idlib")
    assert move.means and "green buses" in move.means.text
    assert (move.agreement, move.status) == (deal.id, "offered")


def test_the_zone_has_three_guarantors_and_twelve_points() -> None:
    p = picture()
    (zone,) = (a for a in p.agreements if a.kind == "deescalation_zone")
    assert names(p, zone.guarantors) == {"Turkey", "Russia", "Iran"}
    assert any("12 observation points" in x.span.text for x in zone.provisions)


def test_corridors_lead_out_of_idlib() -> None:
    p = picture()
    (access,) = (a for a in p.agreements if a.kind == "humanitarian_access")
    assert "Idlib" in names(p, access.places)
    assert any(m.agreement == access.id and name(p, m.origin) == "Idlib" for m in p.movements)


def test_the_pocket_is_surrounded_but_for_the_west() -> None:
    sieges = [c for c in picture().control if c.state == "besieges"]
    assert sieges
    assert all(c.exception and "west" in c.exception.text for c in sieges)


def test_us_forces_occupy_the_north_east() -> None:
    p = picture()
    held = {name(p, c.place) for c in p.control if c.state == "occupies" and name(p, c.holder) == "U.S. forces"}
    assert held == {"al-Hasaka", "Deir-ezzour province"}


def test_the_ties_of_the_main_actors() -> None:
    p = picture()
    signed = {(frozenset((name(p, r.from_), name(p, r.to))), r.sign) for r in p.relations}
    assert (frozenset(("Bashar al-Assad", "Iran")), 1) in signed
    assert (frozenset(("Bashar al-Assad", "Hezbollah")), 1) in signed
    assert (frozenset(("Recep Tayyip Erdogan", "Al-Qaeda")), 1) in signed
    assert (frozenset(("Russia", "Al-Qaeda")), -1) in signed


def test_nothing_that_the_report_only_imagines() -> None:
    p = picture()
    assert not [c for c in p.control if c.state == "captured" and name(p, c.place) == "Idlib"]
    assert not [c for c in p.control if name(p, c.holder) == "Turkey"]
