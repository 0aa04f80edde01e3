"""The contract: words stand where the picture says, ids lead somewhere, JSON and schema agree; on any text at all."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import situate
from situate.contract import LAYERS, Actor, Event, Mention, Picture, Relation, Report, Span, json_schema
from situate.intake import report_from_text
from situate.reading import read_reports

SENTENCES = [
    "The Marat army (aka the Hill Guard) shelled Sel on Tuesday, killing at least 12 civilians, officials said.",
    "“We will never leave the ridge,” said General Yusuf Haddad, who leads the Hill Guard.",
    "Under a deal brokered by Russia, some 300 fighters were bused from Daraa to Idlib on 24 July 2018.",
    "Sources close to President Assad denied that Turkey had threatened to attack the Kurds.",
    "It is most unlikely that ISIS will retake Palmyra within two months unless the US withdraws.",
    "Hezbollah, which is backed by Iran, besieged the town of Zabadani, where 40,000 people are trapped.",
    "قال الجيش إنه سيطر على التلة.",
    "The UN called on both sides to let aid in; rebels rejected the demand.",
    "REBELS LEAVE ALEPPO AFTER DEAL WITH RUSSIA",
    "guerrillas shelled the barracks of san miguel, colonel rene ponce said on monday",
    "By Jane Roe",
    "Similar Posts",
    "Source: Hill Courier",
]
FAMILY = " \U0001f1f8\U0001f1fe\U0001f468\u200d\U0001f469\u200d\U0001f467 "
BREAKS = ["\n", "\r\n", "\n\n", "\r", " ", "\u2028", "\t", "\x00", "\x0b", "\u200f", FAMILY, "e\u0301"]
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
news = st.lists(st.one_of(st.sampled_from(SENTENCES), st.sampled_from(BREAKS), anything), max_size=12).map("".join)


@cache
def schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema())


def spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spans(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from spans(part)


def ids_pointed_to(picture: Picture) -> Iterator[tuple[str, set[str]]]:
    """The ids that entries hold, with the ids that they may be."""
    known = {layer: {e.id for e in getattr(picture, layer)} for layer in LAYERS}
    fields = {
        "actor": "actors", "actors": "actors", "recipients": "actors", "third_parties": "actors", "member_of": "actors",
        "parties": "actors", "guarantors": "actors", "who": "actors", "holder": "actors", "from_": "actors",
        "to": "actors", "forecaster": "actors", "places": "places", "origin": "places", "destination": "places",
        "place": "places", "time": "times", "quantity": "quantities", "claim": "claims", "within": "claims",
        "agreement": "agreements", "event": "events",
    }  # fmt: skip
    for layer in LAYERS:
        for entry in getattr(picture, layer):
            for field in dataclasses.fields(entry):
                value = getattr(entry, field.name)
                if field.name in fields and value:
                    for pointed in (value,) if isinstance(value, str) else value:
                        yield pointed, known[fields[field.name]]


def check(picture: Picture) -> None:
    text = picture.report.text
    for span in spans(picture):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    ids = [e.id for layer in LAYERS for e in getattr(picture, layer)]
    assert len(ids) == len(set(ids))
    assert all(pointed in known for pointed, known in ids_pointed_to(picture))
    line = picture.to_json()
    assert "\n" not in line
    schema().validate(json.loads(line))
    assert Picture.from_json(line) == picture


def read(text: str) -> Picture:
    return next(read_reports([report_from_text(text)]))


@settings(max_examples=30)
@given(news)
@example("")
@example("\x00")
@example("\ufeffThe army took Sel.\r\nOfficials said so.\r\n")
@example("\r\n\r\n".join(SENTENCES))
def test_every_entry_stands_on_its_words_in_any_text(text: str) -> None:
    picture = read(text)
    assert picture.report.text == text
    check(picture)


@pytest.mark.parametrize("filler", ["x", "مرحبا", "\x00"])
def test_a_line_of_a_megabyte(filler: str) -> None:
    """Without a break, with sentences at both ends."""
    wall = filler * (1_000_000 // len(filler.encode()))
    picture = read(f"{SENTENCES[0]} {wall}. {SENTENCES[2]}")
    check(picture)
    assert picture.report.text.endswith(SENTENCES[2])


@given(anything.filter(bool))
def test_plain_text_is_taken_unchanged(text: str) -> None:
    report = report_from_text(text)
    assert report.text == text
    assert all(text[f.start : f.end] == f.text for f in report.furniture)
    assert all(a.end <= b.start for a, b in zip(report.furniture, report.furniture[1:], strict=False))


@settings(max_examples=8)
@given(st.lists(news, min_size=1, max_size=4))
def test_reports_read_together_are_as_read_alone(texts: list[str]) -> None:
    reports = [report_from_text(text, id=str(i)) for i, text in enumerate(texts)]
    together = list(read_reports(reports))
    alone = [next(read_reports([report])) for report in reports]
    assert together == alone


def test_furniture_gives_no_entry() -> None:
    text = "\n\n".join([SENTENCES[0], "Related stories", "Turkey threatens Iran", "Leave a Reply", SENTENCES[3]])
    picture = read(text)
    furniture = picture.report.furniture
    assert [f.kind for f in furniture] == ["related", "related", "comments", "comments"]
    inside = [s for layer in LAYERS for s in spans(getattr(picture, layer)) if any(f.overlaps(s) for f in furniture)]
    assert inside == []


def test_python_mirrors_the_command_line() -> None:
    picture = situate.read(SENTENCES[0], published="2018-07-25", title="Shelling")
    assert isinstance(picture, situate.Picture)
    assert (picture.schema, picture.report.title, picture.report.published) == ("situate/1", "Shelling", "2018-07-25")
    assert picture.events[0].trigger.text in SENTENCES[0]
    assert set(picture.made_by) == set(LAYERS)
    assert situate.read(picture.report) == picture


def test_the_schema_is_one_and_names_what_the_contract_fixes() -> None:
    contract = json_schema()
    jsonschema.Draft202012Validator.check_schema(contract)
    assert set(contract["properties"]) == {"schema", "report", "made_by", *LAYERS}
    assert contract["properties"]["schema"]["const"] == "situate/1"
    assert {"from", "to"} <= set(contract["$defs"]["Relation"]["properties"])
    assert {"start", "end", "text"} == set(contract["$defs"]["Span"]["properties"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": "situate/2"},
        {"events": [{"id": "e1"}]},
        {"actors": None},
        {"report": {"id": "x"}},
    ],
)
def test_what_is_no_picture_fails_the_schema(wrong: dict[str, Any]) -> None:
    picture = Picture(Report(id="x", text="y")).to_dict()
    schema().validate(picture)
    with pytest.raises(jsonschema.ValidationError):
        schema().validate({**picture, **wrong})


def test_from_is_written_as_the_contract_names_it() -> None:
    text = "A backs B."
    a, b = (Actor(f"a{at}", text[at], "other", (Mention(at, at + 1, text[at]),)) for at in (0, 8))
    relation = Relation("r1", "a0", "a8", "backs", 1, Span.of(text, 0, 10))
    event = Event("e1", "SUPPORT", Span.of(text, 2, 7), Span.of(text, 0, 10), "actual", 0.5, actors=("a0",))
    picture = Picture(Report(id="x", text=text), actors=(a, b), relations=(relation,), events=(event,))
    check(picture)
    assert picture.to_dict()["relations"][0]["from"] == "a0"
