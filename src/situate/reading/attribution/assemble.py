"""From attributions and quotations to what each source says: one statement a sentence.

A quotation may run over many sentences and paragraphs: each sentence of it is a statement of its own, with the cue and
the source that introduce or close the quotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from situate.contract import ClaimKind
from situate.language import Document, Sentence
from situate.reading.attribution.grammar import noun_phrase, own_subject
from situate.reading.attribution.model import Attribution, Range, inside, meet
from situate.reading.attribution.tags import head_of

_SENTENCE_LIKE = 4  # words from which a quotation is speech rather than a word in quotation marks
_SAYING = 3  # words from which a sentence of a quotation is a statement of its own
_MARKS = "\"“”'‘«"
_OWN = frozenset({"i", "we", "they", "it", "he", "she"})
_FAR = 3  # sentences between a content and the cue that it may still belong to
_CLOSE = 60  # characters between a cue and a quotation of the same sentence that it may open or close


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim in the making: an attribution with the content of one sentence."""

    by: Attribution
    content: Range
    kind: ClaimKind


def statements(
    document: Document, found: list[Attribution], quoted: list[Range], tagged: list[Range]
) -> list[Statement]:
    """All that the report's sources say, in text order of the content.

    `quoted` are the quotations, `tagged` what the model takes for content, a piece a sentence.
    """
    owners: dict[Range, Attribution] = {}
    whole: list[Statement] = []
    for attribution in found:
        filled = _filled(document, attribution, quoted)
        if filled is None or filled.content is None:
            continue
        if filled.quotes and not any(inside(filled.cue, q) for q in quoted):
            for quotation in quoted:
                if meet(quotation, filled.content) and quotation not in owners:
                    owners[quotation] = filled
        whole.append(Statement(filled, filled.content, _kind(document, filled, filled.content, quoted)))
    _led(document, owners, quoted, found)
    _inherit(document, owners, quoted)
    for quotation, owner in owners.items():
        whole += _further(document, quotation, owner, whole, quoted)
    whole += _unquoted(document, found, quoted)
    whole += _left_over(document, tagged, whole, quoted)
    return sorted(whole, key=lambda s: (s.content[0], -s.content[1], s.by.cue))


def _filled(document: Document, attribution: Attribution, quoted: list[Range]) -> Attribution | None:
    """An attribution with its content settled against the quotations."""
    around = next((q for q in quoted if inside(attribution.cue, q)), None)
    content = attribution.content
    if around is not None:
        if content is None:
            return None
        clipped = max(content[0], around[0]), min(content[1], around[1])
        return replace(attribution, content=clipped) if clipped[0] < clipped[1] else None
    if not attribution.quotes:
        return attribution
    if content is None:
        return replace(attribution, content=_adjacent(document, attribution, quoted))
    sentence = attribution.sentence
    for q in quoted:
        if meet(q, content):
            low, high = max(q[0], sentence.start), min(q[1], sentence.end)
            if not meet((low, high), attribution.cue):
                content = min(content[0], low), max(content[1], high)
    return replace(attribution, content=content)


def _adjacent(document: Document, attribution: Attribution, quoted: list[Range]) -> Range | None:
    """The quoted words next to a cue that has no other content."""
    sentence = attribution.sentence
    start, end = attribution.cue
    if attribution.source is not None:
        start, end = min(start, attribution.source[0]), max(end, attribution.source[1])
    pieces = [
        (max(q[0], sentence.start), min(q[1], sentence.end)) for q in quoted if meet(q, (sentence.start, sentence.end))
    ]
    pieces = [p for p in pieces if not meet(p, (start, end)) and _leads(document.text, p, (start, end))]
    if pieces:
        before, after = [p for p in pieces if p[1] <= start], [p for p in pieces if p[0] >= end]
        return min((before or after)[0][0], (after or before)[0][0]), max(
            (before or after)[-1][1], (after or before)[-1][1]
        )
    text = document.text
    if start - sentence.start <= 3:  # "…" He said.
        for q in quoted:
            if q[1] <= start and not text[q[1] : start].strip(" ,\n"):
                return _last_piece(document, q)
    if sentence.end - end <= _CLOSE and text[end : sentence.end].rstrip().endswith((":", ",")):
        for q in quoted:
            if q[0] >= sentence.end and not text[sentence.end : q[0]].strip():
                return _first_piece(document, q)
    return None


def _leads(text: str, piece: Range, cue: Range) -> bool:
    """Whether a cue with its source opens or closes quoted words: nothing but a comma or colon stands between."""
    if piece[1] <= cue[0]:
        return not text[piece[1] : cue[0]].strip(" ,.-–—")
    between = text[cue[1] : piece[0]].strip()
    return not between or (len(between) <= _CLOSE and between.endswith((",", ":", "that", "—", "-")))


def _pieces(document: Document, quotation: Range) -> Iterator[tuple[Sentence, Range]]:
    for sentence in document.sentences:
        if sentence.start >= quotation[1]:
            return
        if sentence.end > quotation[0]:
            yield sentence, (max(sentence.start, quotation[0]), min(sentence.end, quotation[1]))


def _first_piece(document: Document, quotation: Range) -> Range:
    return next((p for _, p in _pieces(document, quotation)), quotation)


def _last_piece(document: Document, quotation: Range) -> Range:
    return [p for _, p in _pieces(document, quotation)][-1]


def _led(document: Document, owners: dict[Range, Attribution], quoted: list[Range], found: list[Attribution]) -> None:
    """Quotations that a colon opens, after a sentence or a name that has no other cue: 'The mayor: "…"'."""
    for q in quoted:
        lead = document.text[: q[0]].rstrip()
        sentence = document.sentence_at(len(lead) - 1) if lead.endswith(":") else None
        if q in owners or sentence is None or len(document.text[q[0] : q[1]].split()) < _SENTENCE_LIKE:
            continue
        colon = len(lead) - 1, len(lead)
        if any(a.sentence.index == sentence.index and not meet(a.cue, q) for a in found):
            continue
        speaker = _opener(sentence, colon[0])
        source = noun_phrase(speaker, sentence) if speaker is not None else None
        owners[q] = Attribution(sentence, colon, "speech", source, speaker, None, True)


def _opener(sentence: Sentence, end: int) -> Token | None:
    """Who a sentence that leads to a quotation is about: its subject, or the name that it consists of."""
    root = head_of(sentence, (sentence.start, end))
    if root is None:
        return None
    subject = root if root.pos_ in ("NOUN", "PROPN") else own_subject(root)
    return subject if subject is not None and subject.pos_ in ("NOUN", "PROPN", "PRON") else None


def _inherit(document: Document, owners: dict[Range, Attribution], quoted: list[Range]) -> None:
    """Quotations without a cue of their own go on with the speaker of the one before."""
    before: Range | None = None
    for q in quoted:
        if q in owners:
            before = q
            continue
        if before is not None and _goes_on(document, before, q):
            owners[q] = owners[before]
            before = q


def _goes_on(document: Document, before: Range, after: Range) -> bool:
    """Whether a quotation follows the one before so closely that the same source speaks."""
    text = document.text
    if len(text[after[0] : after[1]].split()) < _SENTENCE_LIKE:
        return False
    first, then = document.sentence_at(before[1] - 1), document.sentence_at(after[0])
    if first is None or then is None or after[0] > then.start + 1:
        return False
    if then.index - first.index > 1:
        return False
    if then.paragraph == first.paragraph:
        return True
    return not text[after[1] : after[1] + 40].split("\n")[0].strip(" .,")


def _further(
    document: Document, quotation: Range, owner: Attribution, whole: list[Statement], quoted: list[Range]
) -> list[Statement]:
    """A quotation's sentences outside its owner's own content; "No." goes with the one before or after."""
    out: list[Statement] = []
    if len(document.text[quotation[0] : quotation[1]].split()) < _SENTENCE_LIKE:
        return out
    start: int | None = None
    on = False  # whether the last one ends where this one begins
    for _sentence, piece in _pieces(document, quotation):
        if owner.content is not None and meet(piece, owner.content):
            start, on = None, False
        elif len(document.text[piece[0] : piece[1]].split()) >= _SAYING:
            out.append(Statement(owner, (piece[0] if start is None else start, piece[1]), "direct"))
            start, on = None, True
        elif on:
            out[-1] = replace(out[-1], content=(out[-1].content[0], piece[1]))
        elif start is None:
            start = piece[0]
    return out


def _unquoted(document: Document, found: list[Attribution], quoted: list[Range]) -> list[Statement]:
    """A statement printed after "… said:" without quotation marks."""
    out: list[Statement] = []
    for attribution in found:
        sentence, end = attribution.sentence, attribution.cue[1]
        if attribution.frame != "speech" or attribution.source is None or any(meet(attribution.cue, q) for q in quoted):
            continue
        lead = document.text[: sentence.end].endswith(":")
        if lead or document.text[end : sentence.end].lstrip()[:1] == ":":
            printed = _printed(document, sentence, lead, found)
            out += [Statement(attribution, (later.start, later.end), "direct") for later in printed]
    return out


def _printed(document: Document, cue: Sentence, lead: bool, found: list[Attribution]) -> Iterator[Sentence]:
    """The sentences of a statement printed without marks. It fills the paragraph that it begins, and the rest of the
    report where nobody else speaks there, as in a press release."""
    later = document.sentences[cue.index + 1 :]
    if not later or (lead and document.text[later[0].start] in _MARKS):
        return
    others = any(
        a.sentence.index > cue.index and a.frame == "speech" and a.speaker is not None and a.speaker.lower_ not in _OWN
        for a in found
    )
    only = later[0].paragraph if lead else cue.paragraph
    for sentence in later:
        if (others and sentence.paragraph != only) or document.text[: sentence.end].endswith(":"):
            return
        yield sentence


def _left_over(document: Document, tagged: list[Range], whole: list[Statement], quoted: list[Range]) -> list[Statement]:
    """Contents that the model tags in sentences without a cue: the words of whoever spoke last, or of who speaks next
    in the same paragraph."""
    out: list[Statement] = []
    for piece in tagged:
        words = document.text[piece[0] : piece[1]].split()
        if len(words) < _SENTENCE_LIKE or any(meet(piece, s.content) for s in whole):
            continue
        sentence = document.sentence_at(piece[0])
        near = [s.by for s in whole if sentence is not None and abs(s.by.sentence.index - sentence.index) <= _FAR]
        owner = min(near, key=lambda a: _apart(a.cue, piece), default=None)
        if owner is not None and not meet(owner.cue, piece):
            out.append(Statement(owner, piece, _kind(document, owner, piece, quoted)))
    return out


def _apart(cue: Range, piece: Range) -> float:
    return piece[0] - cue[1] if piece[0] >= cue[1] else 2.0 * (cue[0] - piece[1])


def _kind(document: Document, attribution: Attribution, content: Range, quoted: list[Range]) -> ClaimKind:
    """Whether the source's own words stand there: all, some or none."""
    text = document.text
    own = [r for r in (attribution.cue, attribution.source) if r is not None]
    letters = [i for i in range(*content) if text[i].isalnum() and not any(s <= i < e for s, e in own)]
    said = sum(any(s <= i < e for s, e in quoted if meet((s, e), content)) for i in letters)
    if not said:
        return "indirect"
    return "direct" if said >= 0.9 * len(letters) else "mixed"
