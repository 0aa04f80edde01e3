"""The gate before the encoder: what has something to tell is read, what has nothing isn't."""

from __future__ import annotations

import pytest

from situate.contract import Report
from situate.language import parse
from situate.language.gate import telling, words

RECIPE = "Chop the onions and fry them in butter. Add the mushrooms and cook them for five minutes."


def opened(text: str) -> list[bool]:
    """Which sentences of a text open the gate."""
    (document,) = parse([Report("r", text)], encode=False)
    found = telling(document)
    return [s.index in found for s in document.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled the village.",
        "They were arrested and deported.",
        "He said that it was over.",
        "The walk from Hungary took nine days.",
        "militants stormed the barracks",
    ],
)
def test_what_may_tell_opens_it(text: str) -> None:
    assert opened(text) == [True]


def test_everyday_words_do_not() -> None:
    assert opened(RECIPE) == [False, False]


def test_a_quotation_with_its_speaker_opens_it() -> None:
    assert opened("“You can’t solve it alone,” Anne added.") == [True]
    assert opened("She added salt to the soup.") == [False]


def test_each_sentence_is_judged() -> None:
    assert opened(f"{RECIPE} The ministers signed a ceasefire.") == [False, False, True]


def test_the_encoder_leaves_closed_windows_alone() -> None:
    (idle,) = parse([Report("r", RECIPE)])
    assert not any(s.topics or s.proposals for s in idle.sentences)
    (whole,) = parse([Report("r", f"{RECIPE} The ministers signed a ceasefire.")])
    assert not any(s.topics for s in whole.sentences) or all(s.topics for s in whole.sentences)


def test_words_are_single_and_lower_case() -> None:
    known = words()
    assert len(known.alone) > 1000
    assert all(w == w.lower() and " " not in w for w in known.alone | known.quoting)
    assert not known.alone & known.quoting
