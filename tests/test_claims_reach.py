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
    "Iran backs Hezbollah and arms it",
    "the fighters of Hezbollah helped the army of Syria against Islamic State",
)
WAYS = (
    "{source} said that {clause}.",
    "{clause}, {source} said.",
    "According to {source}, {clause}.",
    '"{clause}," {source} said.',
    "{source} accused Turkey of claiming that {clause}.",
    "A diplomat said {source} had claimed that {clause}.",
    '{source} spoke on Friday. "{clause}. We know it," he said.',
)


def anchors(picture: Picture) -> Iterator[tuple[Span, str | None]]:
    """The words that each entry stands on, and the claim that it points to."""
    for event in picture.events:
        yield event.trigger, event.claim
    for forecast in picture.forecasts:
        yield forecast.content, forecast.claim
    for layer in (picture.agreements, picture.movements, picture.control, picture.relations):
        for entry in layer:
            yield (entry.evidence if isinstance(entry.evidence, Span) else entry.evidence[0]), entry.claim


def chain(picture: Picture, claim: str | None) -> list[str]:
    """A claim with those that it stands in, the innermost first."""
    within = {c.id: c.within for c in picture.claims}
    found: list[str] = []
    while claim is not None and claim not in found:
        found.append(claim)
        claim = within[claim]
    return found


def hold(picture: Picture) -> None:
    """An entry inside the content of claims points to the innermost one, or to one that stands in it, where only a part
    of the entry's sentence is said by somebody else again; and every claim holds the words that the entry stands on."""
    index = Index(picture)
    contents = {c.id: c.content for c in picture.claims}
    for words, claim in anchors(picture):
        around = index.claim_of(words.start, words.end)
        assert around is None or around.id in chain(picture, claim), (words.text, claim)
        assert claim is None or contents[claim].overlaps(words), (words.text, claim)
    for event in picture.events:
        around = index.claim_of(event.trigger.start, event.trigger.end)
        assert (around.id if around else None) == event.claim, event.trigger


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.tuples(*map(st.sampled_from, (SOURCES, CLAUSES, WAYS))), min_size=1, max_size=4))
def test_entries_inside_what_is_said_point_to_who_says_it(said: list[tuple[str, str, str]]) -> None:
    text = "\n\n".join(way.format(source=source, clause=clause) for source, clause, way in said)
    report = Report("r", text[:1].upper() + text[1:], published="2018-07-12")
    hold(read_document(next(iter(parse([report], encode=False)))))


def test_the_samples_too() -> None:
    for picture in pictures().values():
        hold(picture)
