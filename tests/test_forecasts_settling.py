"""Settling: what later reports tell of forecasts, on both sides; people's word; scores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from sampled import pictures

from situate.contract import Forecast, Horizon, Likelihood, Mention, Picture, Place, Report, Span
from situate.export.calibration import draw
from situate.picture.forecasts import called, proposals
from situate.picture.scores import Called, calibration, scores, wilson
from situate.picture.settling import settle
from situate.samples import expected, paths
from situate.store import Filters, Store, query
from situate.store.keys import report_key
from situate.store.outcomes import outcome_decision, outcomes, standing_of
from situate.store.store import Kept

PLANTED = {  # name in expected.yaml: what becomes of it
    "the Yarmouk Basin retaken before the end of August": "happened",
    "a ground offensive on Idlib before the middle of September": "not",
    "the M5 highway open before the end of the year": "open",
}


def told(
    name: str, text: str, day: str, forecast: str | None = None, by: str | None = None, place: str = "Nawa"
) -> Kept:
    """A report about a place, kept, with a forecast in its words if one is given."""
    places = (
        (Place("p1", place, "settlement", (Mention(text.index(place), text.index(place) + len(place), place),)),)
        if place in text
        else ()
    )
    made: tuple[Forecast, ...] = ()
    if forecast is not None:
        at = text.index(forecast)
        content = Span(at, at + len(forecast), forecast)
        made = (
            Forecast("f1", content, content, Likelihood(None, 0.55, 0.85), horizon=Horizon(None, by) if by else None),
        )
    report = Report(name, text, published=day, publisher=f"Outlet {name}")
    return Kept(report_key(report), day, Picture(report, places=places, forecasts=made))


FORETOLD = told(
    "a",
    "The army will probably capture Nawa before August.",
    "2018-07-01",
    "The army will probably capture Nawa",
    "2018-07-31",
)


def test_a_later_report_of_the_same_bears_it_out() -> None:
    later = told("b", "Troops captured Nawa on Wednesday.", "2018-07-20")
    (proposal,) = settle([FORETOLD, later])
    assert (proposal.outcome, proposal.right) == ("happened", True)
    (clue,) = proposal.speaking_for
    assert (
        clue.report == later.key and clue.words is not None and clue.words.text == "Troops captured Nawa on Wednesday."
    )


def test_the_contrary_and_the_time_over_speak_against_it() -> None:
    later = [
        told("b", "Rebels repelled an attack on Nawa on Wednesday.", "2018-07-20"),
        told("c", "The market of Nawa was open on Friday.", "2018-08-10"),
    ]
    (proposal,) = settle([FORETOLD, *later])
    assert (proposal.outcome, proposal.right) == ("not", False)
    assert {clue.kind for clue in proposal.speaking_against} == {"told", "silence"}


def test_what_may_come_settles_nothing() -> None:
    later = told("b", "The army may capture Nawa soon, a diplomat said.", "2018-07-20")
    (proposal,) = settle([FORETOLD, later])
    assert proposal.outcome == "open" and not proposal.speaking_for


def test_a_prediction_retold_with_its_answer() -> None:
    text = "An officer had said the army would probably capture Nawa before August. It did not."
    (proposal,) = settle([FORETOLD, told("b", text, "2018-07-30")])
    assert proposal.outcome == "not" and proposal.speaking_against[0].kind == "retold"


def test_earlier_reports_and_other_places_are_no_clues() -> None:
    earlier = told("b", "Troops captured Nawa in June.", "2018-06-20")
    elsewhere = told("c", "Troops captured Saida on Friday.", "2018-07-20", place="Saida")
    (proposal,) = settle([FORETOLD, earlier, elsewhere])
    assert proposal.outcome == "open" and not proposal.speaking_for


def test_copies_of_one_text_count_once() -> None:
    once = settle([FORETOLD, told("b", "Troops captured Nawa on Wednesday.", "2018-07-20")])[0]
    later = [told(n, "Troops captured Nawa on Wednesday.", "2018-07-20") for n in "bcd"]
    assert len(settle([FORETOLD, *later])[0].speaking_for) == len(once.speaking_for) == 1


def test_the_planted_forecasts_are_found_and_settled() -> None:
    kept = [Kept(report_key(p.report), p.report.published or "", p) for p in pictures().values()]
    found = settle(kept)
    for item in expected()["forecasts"]:
        if item["name"] in PLANTED:
            key = report_key(pictures()[item["report"]].report)
            mine = [p for p in found if p.forecast.startswith(key) and p.content in item["quote"]]
            assert [p.outcome for p in mine] == [PLANTED[item["name"]]], item["name"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "test.db")) as opened:
        for kept in (FORETOLD, told("b", "Troops captured Nawa on Wednesday.", "2018-07-20")):
            opened.add(kept.picture)
        yield opened


def test_a_person_confirms_and_takes_back(store: Store) -> None:
    (proposal,) = proposals(store)
    (row,) = query.every(store, "forecasts", Filters())
    assert standing_of(row, {}, "2018-07-20") == "due" and standing_of(row, {}, "2018-09-01") == "overdue"
    store.decide(outcome_decision(proposal.forecast, "happened", "Ada", "2018-08-01T00:00:00+00:00"))
    settled = outcomes(store.decisions())
    assert settled[proposal.forecast].outcome == "happened" and standing_of(row, settled, "2018-09-01") == "settled"
    assert proposals(store) == [] and [c.happened for c in called(store)] == [True]
    (row,) = query.every(store, "forecasts", Filters())
    assert row.review == "unreviewed"  # what became of it doesn't judge how it was read
    store.decide(outcome_decision(proposal.forecast, "open", "Ada", "2018-08-02T00:00:00+00:00"))
    assert outcomes(store.decisions()) == {}


def a_call(chance: float, happened: bool | None, who: str = "Ada") -> Called:
    return Called("k", who, "Tern Wire", chance, chance, True, happened)


def test_brier_scores_with_their_interval() -> None:
    (score,) = scores(
        [a_call(0.9, True), a_call(0.9, True), a_call(0.8, False), a_call(0.7, None)], lambda c: c.forecaster
    )
    assert (score.made, score.resolvable, score.settled) == (4, 4, 3)
    assert score.brier == pytest.approx((0.01 + 0.01 + 0.64) / 3, abs=1e-3) and score.right == pytest.approx(
        2 / 3, abs=1e-3
    )
    assert score.brier_low is not None and score.brier_high is not None
    assert score.brier_low <= score.brier <= score.brier_high


def test_calibration_and_its_picture() -> None:
    made = [a_call(0.9, True)] * 8 + [a_call(0.9, False)] * 2 + [a_call(0.1, False)] * 5
    low, high = calibration(made)
    assert (low.count, low.happened, high.count, high.happened) == (5, 0.0, 10, 0.8)
    assert high.low < 0.8 < high.high and wilson(0, 5)[0] == 0.0
    picture = draw([low, high])
    assert picture.startswith("<svg") and picture.count("<circle") == 2 and "15 settled forecasts" in picture


def test_the_command_settles_and_scores(situate: Run) -> None:
    source = str(next(p for p in paths() if p.name == "southern-syria-2018.jsonl"))
    assert situate("add", source).returncode == 0
    proposed = [json.loads(line) for line in situate("forecasts", "settle", "--json").stdout.decode().splitlines()]
    basin = next(p for p in proposed if "Yarmouk Basin" in p["content"])
    assert basin["outcome"] == "happened" and basin["speaking_for"]
    assert situate("forecasts", "settle", basin["forecast"], "--as", "happened", "--who", "Ada").returncode == 0
    (listed,) = situate("forecasts", "--standing", "settled", "--json").stdout.decode().splitlines()
    assert json.loads(listed)["outcome"] == "happened"
    rows = situate("forecasts", "scores", "--by", "outlet", "--csv", "--picture", "c.svg").stdout.decode().splitlines()
    assert rows[0].startswith("name,made,resolvable,settled,brier") and rows[1].startswith("Tern Wire,")
