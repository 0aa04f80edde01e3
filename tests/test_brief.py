"""A brief: every sentence cited, status in the wording, what conflicts side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from told_pictures import holding, span, told

from situate.brief import Brief, as_json, brief, html, last_brief, markdown, pdf
from situate.brief.brief import CitedSection, CitedSentence
from situate.contract import Agreement, Forecast, Horizon, Picture, Report, Span
from situate.errors import SituateError
from situate.store import Filters, Store


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Brief]:
    with Store.open(str(tmp_path / "test.db")) as store:
        store.add(
            told(
                "a",
                "Northern Brigade shelled Nawa and killed 8 people.",
                actor="Northern Brigade",
                place="Nawa",
                killed="8 people",
            )
        )
        store.add(
            told(
                "b",
                "At least 12 people died as Northern Brigade shelled Nawa, medics said.",
                actor="Northern Brigade",
                place="Nawa",
                killed="At least 12 people",
                source="medics",
                outlet="Basalt",
            )
        )
        store.add(
            told(
                "c",
                "Rebels plan an attack on Idlib.",
                trigger="attack",
                actor="Rebels",
                place="Idlib",
                status="planned",
            )
        )
        store.add(holding("d", "The Syrian Arab Army holds Saida.", "Syrian Arab Army", "Saida", outlet="Jasmine"))
        store.add(holding("e", "Northern Brigade still holds Saida.", "Northern Brigade", "Saida", outlet="Basalt"))
        store.add(told("x", "<script>alert(1)</script> shelled Daraa.", place="Daraa", outlet="<b>Bad</b>"))
        yield brief(store, Filters())


def sentences(made: Brief) -> list[str]:
    return [s.text for section in made.sections for s in section.sentences]


def section(made: Brief, title: str) -> list[str]:
    return [s.text for section in made.sections if section.title == title for s in section.sentences]


def test_no_sentence_stands_without_evidence(made: Brief) -> None:
    numbers = {c.number for c in made.citations}
    assert sentences(made)
    for part in made.sections:
        for s in part.sentences:
            assert s.cited, s.text
            assert set(s.cited) <= numbers
    assert all(c.words and c.outlet for c in made.citations)


def test_every_quote_stands_in_what_is_cited(made: Brief) -> None:
    words = {c.number: c.words for c in made.citations}
    for part in made.sections:
        for s in part.sentences:
            for quote in re.findall("“(.*?)”", s.text):
                assert any(quote.rstrip(".") in words[n] for n in s.cited), s.text


def test_an_incident_is_told_once_in_a_reports_words(made: Brief) -> None:
    (first, *_) = section(made, "What happened")
    assert first == (
        "Shelling, Nawa, 18 July 2018: “At least 12 people died as Northern Brigade shelled Nawa, medics said”, "
        "by different accounts 8 to 12 killed, reported by Tern Wire (corroborated: 2 independent sources)."
    )


def test_two_tolls_stay_two(made: Brief) -> None:
    (text,) = section(made, "Claims in conflict")[:1]
    assert "8 (Tern Wire)" in text
    assert "at least 12 (medics)" in text


def test_what_a_war_came_to_is_no_toll_in_conflict(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "sums.db")) as store:
        for outlet, text in (
            ("Basalt", "Northern Brigade shelled Nawa and killed 8 people."),
            ("Jasmine", "Northern Brigade shelled Nawa, where 900 people have died since the war began."),
        ):
            killed = "8 people" if "8 people" in text else "900 people"
            store.add(told(outlet, text, actor="Northern Brigade", place="Nawa", killed=killed, outlet=outlet))
        made = brief(store, Filters())
    assert not section(made, "Claims in conflict")
    assert not any("different accounts" in s for s in sentences(made))


def test_two_holders_of_one_place_are_named(made: Brief) -> None:
    (text,) = [s for s in section(made, "Claims in conflict") if "Saida" in s]
    assert text == (
        "Saida: “The Syrian Arab Army holds Saida” – but “Northern Brigade still holds Saida”, "
        "reported by Basalt on 6 July 2018."
    )
    assert [s for s in section(made, "Who holds what") if s.startswith("Saida") and s.endswith("(contested).")]


def test_a_denial_is_a_claim_in_conflict(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "denied.db")) as store:
        store.add(told("a", "Northern Brigade denied it.", trigger="denied", actor="Northern Brigade", type="REJECT"))
        made = brief(store, Filters())
    assert section(made, "Claims in conflict") == [
        "Denial, 18 July 2018: “Northern Brigade denied it”, reported by Tern Wire."
    ]
    assert not section(made, "Also done and said")


def test_what_is_planned_does_not_look_like_done(made: Brief) -> None:
    about_idlib = [s for s in sentences(made) if "Idlib" in s]
    assert about_idlib
    assert all(s.startswith("Planned: ") for s in about_idlib)


def test_nothing_is_told_twice(made: Brief) -> None:
    told = sentences(made)
    assert len(told) == len(set(told))


def test_a_sentence_that_leaves_who_to_they_is_told_in_its_own_words(tmp_path: Path) -> None:
    text = "On Wednesday they shelled Nawa, and Northern Brigade denied nothing."
    picture = told("a", text, actor="Northern Brigade", place="Nawa")
    evidence = Span.of(text, 0, text.index(","))
    event = replace(picture.events[0], evidence=evidence)
    with Store.open(str(tmp_path / "test.db")) as store:
        store.add(replace(picture, events=(event,)))
        (only,) = sentences(brief(store, Filters()))
    assert "“On Wednesday they shelled Nawa”" in only
    assert "Northern Brigade" not in only


def test_what_is_new_since_the_last_brief_comes_first(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "test.db")) as store:
        store.add(told("a", "Northern Brigade shelled Nawa.", actor="Northern Brigade", place="Nawa"))
        last = tmp_path / "last.json"
        last.write_text(as_json(brief(store, Filters())))
        assert "Nothing is new" in brief(store, Filters(), last_brief(store, Filters(), str(last))).scope
        store.add(
            told("b", "Northern Brigade shelled Daraa.", actor="Northern Brigade", place="Daraa", day="2018-07-20")
        )
        store.add(
            told(
                "c",
                "Near Nawa, Northern Brigade shelled the market.",
                actor="Northern Brigade",
                place="Nawa",
                outlet="Basalt",
            )
        )
        by_file = brief(store, Filters(), last_brief(store, Filters(), str(last)))
        by_day = brief(store, Filters(), last_brief(store, Filters(), "2018-07-18"))
    first, *rest = by_file.sections
    assert first.title == "New since the last brief"
    assert {("Daraa" in s.text, s.more) for s in first.sentences} == {(True, False), (False, True)}
    assert not any("shelled" in s.text for section in rest for s in section.sentences)
    assert [s.text for s in by_day.sections[0].sentences] == [s.text for s in first.sentences if "Daraa" in s.text]


@pytest.mark.parametrize("last", ["nothing.json", "2018-13-45"])
def test_a_last_brief_that_is_none_says_what_to_give(tmp_path: Path, last: str) -> None:
    with Store.open(str(tmp_path / "test.db")) as store, pytest.raises(SituateError, match="--format json"):
        last_brief(store, Filters(), last)


def test_markdown_cites_by_number(made: Brief) -> None:
    text = markdown(made)
    assert re.search(r"^- .*\[1\]", text, re.MULTILINE)
    assert re.search(r"^1\. .*2018", text, re.MULTILINE)


def test_report_text_is_never_markup(made: Brief) -> None:
    class Tags(HTMLParser):
        seen: set[str] = set()  # noqa: RUF012

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.seen.add(tag)

    page = html(made)
    Tags().feed(page)
    assert not Tags.seen & {"script", "b", "img", "iframe"}
    assert "&lt;script&gt;" in page


def test_the_same_store_gives_the_same_words_and_the_same_bytes(tmp_path: Path, made: Brief) -> None:
    with Store.open(str(tmp_path / "test.db")) as store:
        again = brief(store, Filters())
    assert markdown(again) == markdown(made)
    assert as_json(again) == as_json(made)
    assert pdf(again) == pdf(made)


def test_a_pdf_has_glyphs_for_latin_cyrillic_and_arabic_names(made: Brief, caplog: pytest.LogCaptureFixture) -> None:
    written = CitedSentence("Łukasz, Зеленський and المرصد السوري were named.", (1,))
    document = pdf(replace(made, sections=(CitedSection("What happened", (written,), 0),)))
    assert document.startswith(b"%PDF-")
    assert "missing" not in caplog.text
    assert pdf(made) != document


def test_of_very_much_a_brief_tells_the_latest_days_and_says_so(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "much.db")) as store:
        for n, place in enumerate(("Nawa", "Daraa", "Idlib")):
            store.add(told(f"r{n}", f"Rebels shelled {place}.", actor="Rebels", place=place, day=f"2018-07-1{n}"))
        whole, latest = brief(store, Filters(), most_events=3), brief(store, Filters(), most_events=1)
    assert whole.scope.startswith("All days") and "left out for its amount" not in whole.scope
    assert latest.scope.startswith("From 11 July 2018") and "left out for its amount" in latest.scope
    assert {c.report for c in latest.citations} < {c.report for c in whole.citations}


def test_what_the_reader_is_unsure_of_is_left_out(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "unsure.db")) as store:
        store.add(told("a", "Northern Brigade shelled Nawa.", actor="Northern Brigade", place="Nawa", confidence=0.55))
        assert not section(brief(store, Filters()), "What happened")


@pytest.mark.parametrize(
    ("words", "own", "kind"),
    [
        ("A car bomb went off there", {"mode": "explosives", "acled": "Armed clash"}, "Car bombing"),
        ("Jets and drones struck it", {"mode": "aerial", "acled": "Air/drone strike"}, "Drone strike"),
        ("They fought all day long", {"mode": "firearms", "acled": "Armed clash"}, "Fighting"),
        ("They freed the prisoners", {"type": "RETREAT", "acled": "Agreement"}, "Release"),
        ("They left the town", {"type": "RETREAT", "acled": "Agreement"}, "Departure"),
        ("Ten people lost their lives", {"acled": "Armed clash"}, "18 July 2018"),  # no word tells how
    ],
)
def test_an_event_is_called_by_what_its_words_bear_out(
    tmp_path: Path, words: str, own: dict[str, str], kind: str
) -> None:
    with Store.open(str(tmp_path / "named.db")) as store:
        store.add(told("a", f"{words}.", trigger=words.split()[-1], **own))
        assert [s.split(":")[0].split(",")[0] for s in sentences(brief(store, Filters()))] == [kind]


def test_a_place_that_the_words_begin_with_may_be_a_government(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "where.db")) as store:
        store.add(told("a", "Nawa prepared what it shelled Daraa with.", place="Nawa"))
        (only,) = section(brief(store, Filters()), "What happened")
    assert only.startswith("Shelling, 18 July 2018: “Nawa prepared")


def test_what_is_to_come_is_not_dated_before_its_report(tmp_path: Path) -> None:
    text = "Rebels plan an attack on the line of 2011."
    picture = told("a", text, trigger="attack", status="planned")
    with Store.open(str(tmp_path / "planned.db")) as store:
        store.add(replace(picture, times=(replace(picture.times[0], earliest="2011-01-01", latest="2011-12-31"),)))
        (only,) = sentences(brief(store, Filters()))
    assert only.startswith("Planned: attack: “Rebels plan")


def test_what_only_a_forecast_says_is_no_plan_and_no_deed(tmp_path: Path) -> None:
    text = "An attack on Idlib is likely within weeks, an analyst said."
    picture = told("a", text, trigger="attack", place="Idlib")
    content = span(text, "An attack on Idlib is likely within weeks")
    forecast = Forecast(
        "f", content, Span.of(text, 0, len(text)), horizon=Horizon(None, "2018-08-18", span(text, "within weeks"))
    )
    with Store.open(str(tmp_path / "foretold.db")) as store:
        store.add(replace(picture, forecasts=(forecast,)))
        titles = [s.title for s in brief(store, Filters()).sections]
    assert titles == ["Forecasts"]


@pytest.mark.parametrize(
    ("words", "kind", "head"),
    [
        ("The factions agreed to surrender their arms", "surrender", "Surrender"),
        ("The pact requires their disarmament", "surrender", "Agreement"),
        ("Both armies accepted a truce", "ceasefire", "Truce"),
        ("The deal does not name a ceasefire", "alliance", "Agreement"),
    ],
)
def test_an_agreement_is_called_what_its_words_call_it(tmp_path: Path, words: str, kind: str, head: str) -> None:
    everything = Span.of(words, 0, len(words))
    agreement = Agreement("a", kind, "concluded", (everything,))
    report = Report("a", words, publisher="Tern Wire", published="2018-07-06")
    with Store.open(str(tmp_path / "agreed.db")) as store:
        store.add(Picture(report, agreements=(agreement,)))
        (only,) = section(brief(store, Filters()), "Agreements")
    assert only == f"{head}: concluded: “{words}”, reported by Tern Wire on 6 July 2018."


def test_a_hold_without_a_word_that_says_so_is_told_in_the_reports_words(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "took.db")) as store:
        for identifier, text in (("a", "The Brigade entered Saida."), ("b", "The Brigade seized Nawa.")):
            picture = holding(identifier, text, "Brigade", text.split()[-1].rstrip("."), outlet="Basalt")
            store.add(replace(picture, control=(replace(picture.control[0], state="captured"),)))
        told_of = section(brief(store, Filters()), "What changed hands")
    assert any(s.startswith("Saida: “The Brigade entered Saida”") for s in told_of)
    assert any(s.startswith("Brigade took Nawa") for s in told_of)
