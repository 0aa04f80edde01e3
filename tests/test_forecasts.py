"""Forecasts: told apart from plans, threats, wishes and questions; with likelihood, horizon and condition."""

from __future__ import annotations

from dataclasses import replace

import pytest

from situate.contract import Forecast, Picture, Report
from situate.knowledge.foresight import foresight_words
from situate.knowledge.likelihood import likelihood_table
from situate.language import parse
from situate.reading import readers
from situate.reading.forecasts import ForecastReader, prospects
from situate.reading.foresight import parts
from situate.reading.foresight.markers import outlooks
from situate.reading.foresight.ruled_out import no_outlook
from situate.reading.index import Index


def read(text: str, published: str = "2018-07-12") -> tuple[Picture, list[Forecast]]:
    """The picture of a text by the rules alone, and its forecasts."""
    document = next(iter(parse([Report("r", text, published=published)], encode=False)))
    picture = Picture(document.report)
    for reader in readers():
        if reader.layer in ("actors", "places", "times", "quantities", "claims", "events"):
            picture = replace(picture, **{reader.layer: tuple(reader.read(document, picture))})
    return picture, list(ForecastReader().read(document, picture))


def forecasts(text: str) -> list[Forecast]:
    return read(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        "The truce is likely to collapse before the winter.",
        "The death toll is expected to rise.",
        "An analyst in Beirut said the deal would lead to more fighting in the north.",
        "If the bridge falls, the fighting could spread to the capital within days.",
        "It is most unlikely that the governor will start a war against his allies.",
        "Diplomats fear that the offensive will drive thousands from their homes.",
        "The growing violence threatens to disrupt the election in March.",
    ],
)
def test_what_could_turn_out_right_or_wrong(text: str) -> None:
    assert len(forecasts(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The army said it would withdraw from the town on Friday.",
        "We will never give up, the commander said.",
        "They didn't say when the ceasefire would begin.",
        "The general would not say how many men he had.",
        "Gunfire could be heard near the port.",
        "The rebels threatened to kill the hostages.",
        "He hopes the talks will succeed.",
        "Who will rebuild the city?",
        "The man, who would later become president, was born in Homs.",
        "The mayor said the gunmen may have fled to the hills.",
        "He warned that the army would strike back if the shelling went on.",
        "An analyst had predicted in May that the town would fall.",
    ],
)
def test_plans_threats_wishes_questions_and_the_past_are_none(text: str) -> None:
    assert forecasts(text) == []


@pytest.mark.parametrize(
    ("text", "phrase", "low", "high"),
    [
        ("The truce is likely to collapse this year.", "likely", 0.55, 0.85),
        ("The truce will almost certainly collapse this year.", "almost certainly", 0.87, 0.99),
        ("It is most unlikely that the truce will survive this year.", "most unlikely", 0.03, 0.20),
        ("The truce is not expected to survive this year.", "not expected", 0.13, 0.37),
        ("The truce probably won't survive this year.", "probably", 0.15, 0.45),
        ("The truce will collapse this year.", "will", 0.80, 1.0),
        ("The truce could collapse this year.", "could", 0.20, 0.50),
    ],
)
def test_words_of_likelihood(text: str, phrase: str, low: float, high: float) -> None:
    (forecast,) = forecasts(text)
    likelihood = forecast.likelihood
    assert likelihood.phrase is not None and likelihood.phrase.text == phrase
    assert (likelihood.low, likelihood.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("before the end of August", None, "2018-08-31"),
        ("before the middle of September", None, "2018-09-15"),
        ("this year", "2018-01-01", "2018-12-31"),
        ("within days", "2018-07-12", "2018-07-26"),
        ("soon", "2018-07-12", None),
    ],
)
def test_horizons(words: str, earliest: str | None, latest: str | None) -> None:
    (forecast,) = forecasts(f"The truce will probably collapse {words}.")
    assert forecast.horizon is not None
    assert (forecast.horizon.earliest, forecast.horizon.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("The truce will collapse unless the siege ends.", "unless the siege ends"),
        ("If the siege goes on, the truce is likely to collapse.", "If the siege goes on"),
        ("Once the road opens, the prices are likely to fall.", "Once the road opens"),
        ("The truce will collapse without a firm guarantee.", "without a firm guarantee"),
    ],
)
def test_conditions(text: str, condition: str) -> None:
    (forecast,) = forecasts(text)
    assert forecast.condition is not None and forecast.condition.text == condition
    assert not forecast.content.overlaps(forecast.condition)


def test_no_thing_is_no_condition() -> None:
    (forecast,) = forecasts("The truce will probably collapse without warning.")
    assert forecast.condition is None


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Residents say there are growing fears of a wider war.", "a wider war"),
        ("The danger is that one side misreads the other.", "one side misreads the other"),
        ("Observers expect that the truce collapses this year.", "the truce collapses this year"),
    ],
)
def test_what_is_feared_or_expected_is_the_content_alone(text: str, content: str) -> None:
    (sentence,) = next(iter(parse([Report("r", text)], encode=False))).sentences
    where = [parts.content(outlook, None) for outlook in outlooks(sentence, foresight_words())]
    assert [text[slice(*w)] for w in where if w is not None] == [content]


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        ("The likelier outcome is that the talks stall by spring.", "expect", "the talks stall by spring"),
        ("Envoys warned of a massacre in the camps.", "fear", "a massacre in the camps"),
        ("Relief workers fear a famine.", "fear", "a famine"),
        ("The truce has little chance of lasting.", "fear", "The truce has little chance of lasting"),
        ("The first battalion is to be ready in March.", "set", "The first battalion is to be ready in March"),
        ("Sooner or later the town falls.", "dated", "Sooner or later the town falls"),
        ("An attack is imminent, he said.", "likely", "An attack is imminent"),
        ("A hard winter awaits the camps.", "near", "A hard winter awaits the camps"),
        ("Reinforcements are coming.", "near", "Reinforcements are coming"),
        ("Peace is within reach.", "near", "Peace is within reach"),
        ("The country is heading for civil war.", "near", "The country is heading for civil war"),
        ("There is no sign of a truce.", "prospect", "no sign of a truce"),
        ("The elections are due in April.", "set", "The elections are due in April"),
        ("If the bridge falls, Kabul falls.", "given", "Kabul falls"),
        ("The town is thought unlikely to hold.", "likely", "The town is thought unlikely to hold"),
        ("What will follow is a war of years.", "will", "What will follow"),
    ],
)
def test_words_that_announce_what_is_to_come(text: str, kind: str, content: str) -> None:
    (sentence,) = next(iter(parse([Report("r", text)], encode=False))).sentences
    words = foresight_words()
    found = [parts.content(o, parts.condition(o, words)) for o in outlooks(sentence, words) if kind in o.kinds]
    assert [text[slice(*where)] for where in found if where is not None] == [content]


@pytest.mark.parametrize(
    "text",
    [
        "The aim is to retake the town.",
        "The minister would be happy to meet them.",
        "They did not expect the fall of the town.",
        "If they find no formula by the end of the month, the talks are over.",
        "The minister could not be reached for comment.",
        "Hundreds fled in the days ahead of the vote.",
        "Nobody knows what will follow.",
    ],
)
def test_what_foretells_nothing(text: str) -> None:
    (sentence,) = next(iter(parse([Report("r", text)], encode=False))).sentences
    words = foresight_words()
    assert [o.verb.text for o in outlooks(sentence, words) if not no_outlook(o, words)] == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('"They will come back," the general said.', "said party"),
        ("The general said he would come back.", "said own"),
        ("Experts say it will come back.", "said that"),
        ("The governor admitted it will be hard to hold the vote.", "said that"),
    ],
)
def test_whose_doing_it_will_be(text: str, who: str) -> None:
    document = next(iter(parse([Report("r", text)], encode=False)))
    picture = Picture(document.report)
    for reader in readers():
        if reader.layer in ("actors", "claims"):
            picture = replace(picture, **{reader.layer: tuple(reader.read(document, picture))})
    assert [who in p.features for p in prospects(document, Index(picture))] == [True]


def test_a_time_of_a_clause_about_the_past_is_no_horizon() -> None:
    (forecast,) = forecasts("It is unlikely that he will attack the group, which he has backed for years.")
    assert forecast.horizon is None


def test_the_forecaster_is_who_says_so_or_the_author() -> None:
    picture, found = read(
        "Angela Merkel said the sanctions would hurt the Russian economy. The truce is likely to collapse."
    )
    said, written = found
    names = {a.id: a.name for a in picture.actors}
    assert said.forecaster is not None and "Merkel" in names[said.forecaster]
    assert said.claim is not None and written.forecaster is None and written.claim is None


def test_a_forecast_points_to_the_event_that_it_names() -> None:
    picture, (forecast,) = read("Government forces will probably attack Nawa this year, an analyst said.")
    event = next(e for e in picture.events if e.id == forecast.event)
    assert forecast.content.covers(event.trigger) and event.status not in ("actual", "ongoing")


def test_the_table_of_likelihood() -> None:
    table = likelihood_table()
    found = table.find(["it", "is", "very", "likely", "and", "not", "impossible"])
    assert [(f.phrase.words, f.phrase.source) for f in found] == [
        (("very", "likely"), "icd203"),
        (("impossible",), "kent1964"),
    ]
    assert all(0 <= p.low <= p.high <= 1 for some in table.phrases.values() for p in some)
