"""Paragraphs without capitals, or of nothing else, are read as if they had them; the words stay as they are."""

from hypothesis import given
from hypothesis import strategies as st

from situate.contract import Report
from situate.language.casing import restored
from situate.reading import read_reports

LOW = (
    "guerrillas of the farabundo marti national liberation front attacked the san miguel barracks on monday. "
    "colonel rene ponce said five soldiers were killed and that president alfredo cristiani would go to washington."
)
HEADLINE = "SYRIAN REBELS LEAVE ALEPPO AFTER DEAL WITH RUSSIA, US SAYS"


def test_names_get_their_capitals_back() -> None:
    text = restored(LOW)
    for name in (
        "Farabundo Marti National Liberation Front",
        "San Miguel",
        "Monday",
        "Alfredo Cristiani",
        "Washington",
    ):
        assert name in text
    for word in (" attacked ", " barracks ", " soldiers ", " killed "):
        assert word in text


def test_a_headline_in_capitals_reads_as_a_sentence() -> None:
    assert restored(HEADLINE) == "Syrian rebels leave Aleppo after deal with Russia, US says"


def test_a_title_reads_as_a_sentence() -> None:
    title = "Yemen Falls Apart: Marines Forced to Destroy Weapons, U.S. Embassy Evacuated in Sanaa"
    assert restored(title) == "Yemen falls apart: Marines forced to destroy weapons, U.S. embassy evacuated in Sanaa"


def test_text_with_capitals_stays() -> None:
    for text in ("Troops of the army entered al-Bab.", "iPhone makers met in Paris", "US, UN", ""):
        assert restored(text) == text


@given(st.text(max_size=120).map(str.lower) | st.text(max_size=120).map(str.upper))
def test_the_length_stays(text: str) -> None:
    assert len(restored(text)) == len(text)


def test_entries_quote_the_report_as_it_is() -> None:
    text = f"{HEADLINE}\n\n{LOW}"
    (picture,) = read_reports([Report(id="low", text=text)])
    assert "Farabundo Marti National Liberation Front" in {a.name for a in picture.actors}
    assert picture.events
    spans = [m for a in picture.actors for m in a.mentions] + [e.trigger for e in picture.events]
    assert all(s.text == text[s.start : s.end] for s in spans)
