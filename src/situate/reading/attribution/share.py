"""Cues that share their source with an earlier cue of the sentence, against a parse that ties them to something said.

In "the ministry said the shelling killed two, adding that …" a parser may make the shelling the one who adds.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from situate.knowledge.sources import source_words
from situate.reading.attribution.grammar import own_subject
from situate.reading.attribution.model import Attribution, Range, inside

_SPEAKING = {"PERSON", "ORG", "GPE", "NORP"}
_JOINTS = {"and", "but", "or", "then"}


def shared(found: list[Attribution]) -> list[Attribution]:
    """The attributions of a sentence, in order, with sources and contents put right where they share a speaker."""
    out: list[Attribution] = []
    for attribution in found:
        if (
            attribution.word is not None
            and attribution.word.lemma_ == "cite"
            and (said := _relayed(attribution, found))
        ):
            out.append(replace(attribution, content=said))
            continue
        at = _earlier(attribution, out)
        if at is not None:
            first = out[at]
            out[at] = replace(first, content=_cut(first, attribution))
            attribution = replace(attribution, source=first.source, speaker=first.speaker)
        out.append(attribution)
    return out


def _relayed(relay: Attribution, found: list[Attribution]) -> Range | None:
    """What the one who cites another says in the same sentence."""
    for other in found:
        if other is relay or other.word is None or other.frame != "speech" or other.content is None:
            continue
        if not inside(relay.cue, other.content) or any(t == relay.word for t in other.word.subtree):
            return _cut(other, relay)
    return None


def _earlier(attribution: Attribution, before: list[Attribution]) -> int | None:
    """The index of the cue whose speaker goes on with this one, or None."""
    word, speaker = attribution.word, attribution.speaker
    if word is None or not _leans(word):
        return None
    for i in range(len(before) - 1, -1, -1):
        first = before[i]
        if first.source is None or first.content is None or first.speaker is None or first.cue[1] > attribution.cue[0]:
            continue
        if first.frame in ("speech", "charge") and (speaker is None or _mistaken(attribution, first.content)):
            return i
    return None


def _leans(word: Token) -> bool:
    """Whether a verb has no subject of its own: a participle, or one joined on by "and"."""
    if own_subject(word) is not None and word.dep_ != "acl":
        return False
    first = min([word, *(c for c in word.lefts if c.dep_ in ("aux", "advmod", "neg"))], key=lambda t: t.i)
    before = word.doc[first.i - 1] if first.i > 0 else None
    if before is None:
        return False
    return word.tag_ == "VBG" or (before.lower_ in _JOINTS and word.dep_ == "conj")


def _mistaken(attribution: Attribution, content: Range) -> bool:
    """Whether the speaker that the parse gives stands in what was said, and can't well speak."""
    speaker, sentence = attribution.speaker, attribution.sentence
    if speaker is None or not inside(sentence.where(speaker), content):
        return False
    if attribution.word is not None and attribution.word.lemma_ == "add":
        return True
    words = source_words()
    lemma = speaker.lemma_.lower()
    return not (
        speaker.ent_type_ in _SPEAKING or speaker.pos_ == "PRON" or lemma in words.people or lemma in words.heads
    )


def _cut(first: Attribution, later: Attribution) -> Range | None:
    """The earlier content without the later attribution."""
    if first.content is None or not first.content[0] < later.cue[0] < first.content[1]:
        return first.content
    text = first.sentence.tokens.doc.text
    end = later.cue[0] - first.sentence.offset
    kept = text[first.content[0] - first.sentence.offset : end].rstrip(" ,;–—-")
    for joint in _JOINTS:
        kept = kept.removesuffix(f" {joint}").rstrip(" ,;–—-")
    return first.content[0], first.content[0] + len(kept)
