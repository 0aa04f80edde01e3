"""Exact matches of attributions: parts are compared word for word, sentences of one quotation as one attribution."""

from __future__ import annotations

from typing import Any

from benchmarks.attribution import scores

TEXT = '"The road is closed. Nobody gets through," the mayor said.'


def part(words: str) -> dict[str, Any]:
    """A span of the text."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def test_sentences_of_a_quotation_are_one_content_and_a_shorter_source_is_none() -> None:
    gold = {
        "source": [part("the mayor")],
        "cue": [part("said")],
        "content": [part("The road is closed. Nobody gets through")],
    }
    claims = [
        {"source": part("mayor"), "cue": part("said"), "content": part(content)}
        for content in ("The road is closed.", "Nobody gets through,")
    ]
    found = scores([{"id": "a", "text": TEXT, "attributions": [gold]}], {"a": {"claims": claims}})
    assert {role: x["f1"] for role, x in found.items()} == {"source": 0.0, "cue": 1.0, "content": 1.0}
