"""Whatever is told inside what somebody says points to that claim, in every layer that has one."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from sampled import pictures

from situate.contract import Picture, Report, Span
from situate.language import parse
from situate.reading import read_document
from situate.reading.index import Index

SOURCES = ("The ministry", "A resident of Nawa", "Rebel commanders", "Sources close to the governor")
CLAUSES = (
    "Government troops shelled the town of Nawa on Monday",
    "the army captured the village of Tasil",
    "300 families left Daraa for Quneitra in a convoy",
    "the rebels and Russia signed a ceasefire in Bosra",
    "the truce will probably collapse within days",
    "gunmen killed two soldiers near Inkhil",
)
WAYS = (
    "{source} said that {clause}.",
    "{clause}, {source} said.",
    "According to {source}, {clause}.",
    '"{clause}," {source} said.',
)


def anchors(picture: Picture) -> Iterator[tuple[Span, str | None]]:
    """The words that each entry stands on, and the claim that it points to."""
    for event in picture.events:
        yield event.trigger, event.claim
    for forecast in picture.forecasts:
        yield forecast.content, forecast.claim
    for layer in (picture.agreements, picture.movements, picture.control):
        for entry in layer:
            yield (entry.evidence if isinstance(entry.evidence, Span) else entry.evidence[0]), entry.claim


def hold(picture: Picture) -> None:
    """An entry inside the content of claims points to the innermost one."""
    index = Index(picture)
    for words, claim in anchors(picture):
        around = index.claim_of(words.start, words.end)
        assert around is None or around.id == claim, (words.text, claim)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.tuples(*map(st.sampled_from, (SOURCES, CLAUSES, WAYS))), min_size=1, max_size=4))
def test_entries_inside_what_is_said_point_to_who_says_it(said: list[tuple[str, str, str]]) -> None:
    text = "\n\n".join(way.format(source=source, clause=clause) for source, clause, way in said)
    report = Report("r", text[:1].upper() + text[1:], published="2018-07-12")
    hold(read_document(next(iter(parse([report], encode=False)))))


def test_the_samples_too() -> None:
    for picture in pictures().values():
        hold(picture)
