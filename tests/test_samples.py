"""The sample reports, and what is planted in them."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

import pytest
from sampled import pictures, reports

from situate.contract import LAYERS, Picture
from situate.samples import expected

REFERENCES = {
    "actor", "actors", "recipients", "third_parties", "places", "time", "claim", "parties", "guarantors", "who",
    "quantity", "origin", "destination", "agreement", "place", "holder", "from", "to", "forecaster", "event",
    "member_of", "within",
}  # fmt: skip


def _named(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in `expected.yaml` that names a report and quotes it."""
    if isinstance(value, dict):
        if "report" in value and "quote" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _named(item)


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """All objects of a picture."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _parts(item)


def test_twenty_reports_on_southern_syria_and_four_on_two_other_wars() -> None:
    about = [name.partition("-")[0] for name in reports()]
    assert {a: about.count(a) for a in about} == {"syria": 20, "karabakh": 2, "tigray": 2}
    assert all(r.published and r.title for r in reports().values())
    assert all(170 <= len(r.text.split()) <= 460 for r in reports().values())
    outlets = {r.publisher for r in reports().values() if r.publisher}
    assert outlets == set(expected()["outlets"])
    assert all(".example/" in r.url for r in reports().values() if r.url)


def test_every_quote_of_what_is_planted_stands_in_its_report() -> None:
    named = list(_named(expected()))
    assert len(named) > 40
    for item in named:
        assert item["quote"] in reports()[item["report"]].text, item


def test_forecasts_are_settled_by_later_reports_one_true_one_false_one_open() -> None:
    forecasts = expected()["forecasts"]
    assert [f["fate"] for f in forecasts[:3]] == ["true", "false", "open"]
    for forecast in forecasts:
        if "settled_by" in forecast:
            made, settled = reports()[forecast["report"]], reports()[forecast["settled_by"]["report"]]
            assert (made.published or "") < (settled.published or "")


def test_two_outlets_republish_one_text_and_change_its_words() -> None:
    (planted,) = expected()["republications"]
    original = reports()[planted["original"]].text
    for copy in planted["copies"]:
        report = reports()[copy]
        assert report.republished_from == planted["source"]
        assert 0.5 < SequenceMatcher(None, original.split(), report.text.split(), autojunk=False).ratio() < 0.95


def test_the_page_furniture_of_the_text_is_no_part_of_the_report() -> None:
    report = reports()["syria-2018-07-21-basalt"]
    assert {"related", "comments", "source", "byline"} <= {f.kind for f in report.furniture}
    assert report.byline == "Basalt Post Staff"
    html = reports()["syria-2018-07-27-basalt"]
    assert html.published == "2018-07-27" and html.title.startswith("Suwayda buries its dead")
    assert "Leave a Reply" not in html.text and "invented outlet" not in html.text


@pytest.mark.parametrize("layer", [x for x in LAYERS if x not in ("control", "relations", "forecasts", "agreements")])
def test_every_report_has_entries_of_the_common_layers(layer: str) -> None:
    missing = [name for name, picture in pictures().items() if not getattr(picture, layer)]
    assert len(missing) <= (3 if layer == "movements" else 0), missing


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_is_told_by_the_samples(layer: str) -> None:
    assert sum(len(getattr(p, layer)) for p in pictures().values()) >= 10


@pytest.mark.parametrize("name", list(reports()))
def test_pictures_hold_together(name: str) -> None:
    picture = pictures()[name]
    value, text = picture.to_dict(), picture.report.text
    for part in _parts(value):
        if {"start", "end", "text"} <= part.keys():
            assert text[part["start"] : part["end"]] == part["text"] != ""
    entries = [entry for layer in LAYERS for entry in value[layer]]
    ids = [entry["id"] for entry in entries]
    assert len(ids) == len(set(ids))
    for part in (p for entry in entries for p in _parts(entry)):
        for field in REFERENCES & part.keys():
            named = part[field] if isinstance(part[field], list) else [part[field]]
            assert {n for n in named if isinstance(n, str)} <= set(ids), (field, part)


@pytest.mark.parametrize("name", list(reports()))
def test_no_entry_rests_on_page_furniture(name: str) -> None:
    picture = pictures()[name]
    for layer in LAYERS:
        for part in _parts(picture.to_dict()[layer]):
            if {"start", "end"} <= part.keys():
                assert not any(f.start < part["end"] and part["start"] < f.end for f in picture.report.furniture), part


def _at(picture: Picture, quote: str) -> tuple[int, int]:
    start = picture.report.text.index(quote)
    return start, start + len(quote)


def _found(planted: list[dict[str, Any]], layer: str, **fields: str) -> list[bool]:
    """Of each planted item, whether an entry of the layer rests on its words, with the same values in these fields."""
    out = []
    for item in planted:
        picture = pictures()[item["report"]]
        start, end = _at(picture, item["quote"])
        out.append(
            any(
                any(s["start"] < end and start < s["end"] for s in _parts(entry) if "start" in s)
                and all(entry[field] == item[key] for field, key in fields.items())
                for entry in picture.to_dict()[layer]
            )
        )
    return out


def test_the_planted_tolls_are_read() -> None:
    figures = [figure for toll in expected()["tolls"] for figure in toll["figures"]]
    assert all(_found(figures, "quantities", value="value"))


def test_the_planted_agreements_are_read() -> None:
    assert sum(_found(expected()["agreements"], "agreements", kind="kind")) >= 6


def test_the_planted_movements_are_read() -> None:
    assert sum(_found(expected()["movements"], "movements")) >= 5


def test_the_planted_forecasts_are_read() -> None:
    found = _found(expected()["forecasts"], "forecasts")
    assert all(found[:3])
    assert sum(found) >= 6


def test_what_is_only_said_does_not_look_done() -> None:
    read, wrong = 0, []
    for item in expected()["said_not_done"]:
        start = _at(pictures()[item["report"]], item["quote"])[0] + item["quote"].index(item["act"])
        end = start + len(item["act"])
        acts = [e for e in pictures()[item["report"]].events if e.trigger.start < end and start < e.trigger.end]
        read += bool(acts)
        wrong += [(item["quote"], e.status) for e in acts if e.status in ("actual", "ongoing")]
    assert read >= 3
    assert len(wrong) <= 1, wrong
