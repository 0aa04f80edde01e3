"""A brief: every sentence cited, status in the wording, what conflicts side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from told_pictures import holding, told

from situate.brief import Brief, brief, html, markdown
from situate.store import Filters, Store


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Brief]:
    with Store.open(str(tmp_path / "test.db")) as store:
        store.add(
            told(
                "a",
                "Government forces shelled Nawa and killed 8 people.",
                actor="Government forces",
                place="Nawa",
                killed="8 people",
            )
        )
        store.add(
            told(
                "b",
                "At least 12 people died as Government forces shelled Nawa, medics said.",
                actor="Government forces",
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
        store.add(holding("d", "The army holds Saida.", "The army", "Saida", outlet="Jasmine"))
        store.add(holding("e", "Rebels still hold Saida.", "Rebels", "Saida", outlet="Basalt"))
        store.add(told("x", "<script>alert(1)</script> shelled Daraa.", place="Daraa", outlet="<b>Bad</b>"))
        yield brief(store, Filters())


def sentences(made: Brief) -> list[str]:
    return [text for section in made.sections for text, _ in section.sentences]


def test_no_sentence_stands_without_evidence(made: Brief) -> None:
    numbers = {c.number for c in made.citations}
    assert sentences(made)
    for section in made.sections:
        for text, cited in section.sentences:
            assert cited, text
            assert set(cited) <= numbers
    assert all(c.words and c.outlet for c in made.citations)


def test_two_tolls_stay_two(made: Brief) -> None:
    (text,) = [s for section in made.sections if section.title == "Figures in conflict" for s, _ in section.sentences]
    assert "8 (Tern Wire)" in text
    assert "at least 12 (medics)" in text


def test_two_holders_of_one_place_are_named(made: Brief) -> None:
    (text,) = [s for section in made.sections if section.title == "Control in conflict" for s, _ in section.sentences]
    assert "The army (Jasmine)" in text
    assert "Rebels (Basalt)" in text


def test_what_is_planned_does_not_look_like_done(made: Brief) -> None:
    about_idlib = [s for s in sentences(made) if "Idlib" in s]
    assert about_idlib
    assert all(s.startswith("Planned: ") for s in about_idlib)


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


def test_the_same_store_gives_the_same_words(tmp_path: Path, made: Brief) -> None:
    with Store.open(str(tmp_path / "test.db")) as store:
        assert markdown(brief(store, Filters())) == markdown(made)
