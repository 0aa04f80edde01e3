"""A brief: every sentence cited, status in the wording, what conflicts side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from told_pictures import holding, told

from situate.brief import Brief, as_json, brief, html, last_brief, markdown, pdf
from situate.brief.brief import CitedSection, CitedSentence
from situate.contract import Span
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


def test_an_incident_is_one_plain_sentence(made: Brief) -> None:
    (first, *_) = section(made, "What happened")
    assert first == (
        "Northern Brigade attacked Nawa on 18 July 2018; 8 to 12 killed by different accounts, "
        "according to medics; reported by Tern Wire (corroborated: 2 independent sources)."
    )


def test_two_tolls_stay_two(made: Brief) -> None:
    (text,) = section(made, "Claims in conflict")[:1]
    assert "8 (Tern Wire)" in text
    assert "at least 12 (medics)" in text


def test_two_holders_of_one_place_are_named(made: Brief) -> None:
    (text,) = [s for s in section(made, "Claims in conflict") if "Saida" in s]
    assert "Syrian Arab Army (Jasmine)" in text
    assert "Northern Brigade (Basalt)" in text


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


@pytest.mark.parametrize(("recipient", "words"), [("Northern Brigade", "was"), ("Desert Falcons", "were")])
def test_one_group_takes_a_verb_in_the_singular(tmp_path: Path, recipient: str, words: str) -> None:
    with Store.open(str(tmp_path / "one.db")) as store:
        store.add(told("r", f"{recipient} shelled at Nawa.", recipient=recipient, place="Nawa"))
        assert f"{recipient} {words} attacked in Nawa" in markdown(brief(store, Filters()))


def test_of_very_much_a_brief_tells_the_latest_days_and_says_so(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "much.db")) as store:
        for n, place in enumerate(("Nawa", "Daraa", "Idlib")):
            store.add(told(f"r{n}", f"Rebels shelled {place}.", actor="Rebels", place=place, day=f"2018-07-1{n}"))
        whole, latest = brief(store, Filters(), most_events=3), brief(store, Filters(), most_events=1)
    assert whole.scope.startswith("From the first day") and "left out for its amount" not in whole.scope
    assert latest.scope.startswith("From 11 July 2018") and "left out for its amount" in latest.scope
    assert {c.report for c in latest.citations} < {c.report for c in whole.citations}


def test_what_the_reader_is_unsure_of_is_left_out(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "unsure.db")) as store:
        store.add(told("a", "Northern Brigade shelled Nawa.", actor="Northern Brigade", place="Nawa", confidence=0.55))
        assert not section(brief(store, Filters()), "What happened")


@pytest.mark.parametrize(
    ("own", "noun"),
    [
        ({"mode": "explosives", "acled": "Armed clash"}, "Bombing"),
        ({"mode": "aerial", "acled": "Suicide bomb"}, "Suicide bombing"),
        ({"mode": "firearms", "acled": "Armed clash"}, "Clash"),
        ({"type": "RETREAT", "acled": "Agreement"}, "Withdrawal or release"),
    ],
)
def test_an_event_is_called_by_how_it_was_done_before_what_its_sentence_is_about(
    tmp_path: Path, own: dict[str, str], noun: str
) -> None:
    with Store.open(str(tmp_path / "named.db")) as store:
        store.add(told("a", "It shelled them all day long.", **own))
        assert [s.split(":")[0].split(",")[0] for s in sentences(brief(store, Filters()))] == [noun]


def test_a_country_where_it_happens_is_not_named_as_who_does_it(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "where.db")) as store:
        store.add(told("a", "Ten people were shelled in Nawa.", actor="Nawa", place="Nawa"))
        (only,) = section(brief(store, Filters()), "What happened")
    assert not only.startswith("Nawa")
    assert "(Nawa)" not in only
