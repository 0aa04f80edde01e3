"""Agreement entries: what was agreed, by whom, who stands for it, what it provides for, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from situate.contract import Agreement, AgreementKind, AgreementStatus, Picture, Provision, Span
from situate.knowledge.agreements import agreement_words
from situate.language import Document
from situate.reading.agreement_mentions import AgreementMention, mentions
from situate.reading.agreement_sequel import Sequel, sequels
from situate.reading.agreement_setting import places_of, time_of
from situate.reading.agreement_sides import ZONES, sides
from situate.reading.agreement_standing import settled
from situate.reading.names import Names
from situate.reading.provisions import provisions

_ENDINGS = frozenset({"surrender", "evacuation", "reconciliation"})  # one deal is often all three
_STANDING = frozenset({"in_force", "concluded", "breached", "ended"})
_MADE_IN = re.compile(r" (?:of|from|(?:signed|reached|struck|concluded|made|agreed)(?: \w+){0,2} in) ([A-Z]\w+)")
_FURTHER = 3  # sentences in which a deal is explained
_NEAR = 3  # sentences between mentions of one deal


@dataclass(slots=True)
class _Entry:
    """An agreement as its mentions add up."""

    kind: str
    earlier: bool
    hoped: bool = False
    mentions: list[AgreementMention] = field(default_factory=list)
    sequels: list[Sequel] = field(default_factory=list)

    def called(self, mention: AgreementMention) -> bool:
        """Whether it was called by the same noun before."""
        return any(m.head.lemma_ == mention.head.lemma_ for m in self.mentions)

    def near(self, mention: AgreementMention) -> bool:
        """Whether it is spoken of close to another mention."""
        return any(abs(m.sentence.index - mention.sentence.index) <= _NEAR for m in self.mentions)


class AgreementReader:
    """Reads the layer `agreements`."""

    layer = "agreements"
    version = "7"

    def read(self, document: Document, picture: Picture) -> Sequence[Agreement]:
        """The layer's entries in text order."""
        names = Names(document, picture)
        found = list(mentions(document, names))
        entries = _entries(document, found) if found else []
        _go_on(document, names, entries, {m.sentence.index for m in found})
        return [_agreement(document, names, e, f"g{i}") for i, e in enumerate(entries, 1)]


def _entries(document: Document, found: list[AgreementMention]) -> list[_Entry]:
    """Mentions of one agreement together: by kind, past ones apart; a mere "deal" goes to the one last spoken of."""
    entries: list[_Entry] = []
    loose: list[AgreementMention] = []
    for mention in found:
        kind = _kind(document, mention, found)
        again = [e for e in entries if e.near(mention) and not e.earlier] if mention.definite else []
        if mention.kind == "deal" and again and not (mention.business or mention.earlier):
            called = [e for e in entries if not e.earlier and e.called(mention)]  # "the agreement": the one called so
            (called or again)[-1].mentions.append(mention)  # else that spoken of just before
        elif kind == "deal":
            loose.append(mention)
        else:
            _join(entries, mention, kind)
    for mention in loose:
        before = [
            e for e in entries if not (e.earlier or e.hoped) and e.mentions[0].sentence.index <= mention.sentence.index
        ]
        near = (
            [e for e in before if mention.definite and not mention.earlier and e.called(mention)][-1:]
            or before[-1:]
            or [e for e in entries if e.near(mention)][:1]
        )
        if near:
            near[0].mentions.append(mention)
        else:
            _join(entries, mention, _explained(document, mention))
    entries = _folded(entries)
    for entry in entries:
        entry.mentions.sort(key=lambda m: m.phrase)
    return sorted((e for e in entries if _worth(e)), key=lambda e: e.mentions[0].phrase)


def _folded(entries: list[_Entry]) -> list[_Entry]:
    """A lasting truce that is hoped for is one of its own only beside one that stands; else it is the one spoken of."""
    out = [e for e in entries if not e.hoped]
    for hoped in (e for e in entries if e.hoped):
        plain = next((e for e in out if e.kind == hoped.kind and not e.earlier), None)
        if plain is None or settled(m.status for m in plain.mentions) in _STANDING:
            out.append(hoped)
        else:
            plain.mentions += hoped.mentions
    return out


def _kind(document: Document, mention: AgreementMention, found: list[AgreementMention]) -> str:
    if mention.kind != "deal":
        return mention.kind
    if mention.business:
        return "other"
    called = document.text[mention.phrase[0] : mention.phrase[1]]
    made = _MADE_IN.match(document.text, mention.phrase[1])  # "the agreement signed in Pretoria"
    if made and made[1] not in agreement_words().venues:
        called += f" {made[1]}"
    if known := next((kind for kind, towns in agreement_words().known.items() if towns.search(called)), None):
        return known
    beside = [m for m in found if m.sentence is mention.sentence and m.kind != "deal"]
    if beside:  # "an agreement for a humanitarian corridor", "a deal and truce"
        return min(beside, key=lambda m: abs(m.head.i - mention.head.i)).kind
    return _about(document, mention.sentence.index) or "deal"


def _about(document: Document, index: int) -> str | None:
    """What a sentence says that a deal is about."""
    sentence = document.sentences[index]
    text = document.text[sentence.start : sentence.end]
    return next((kind for kind, words in agreement_words().about.items() if words.search(text)), None)


def _explained(document: Document, mention: AgreementMention) -> str:
    """What the sentences after a deal's first mention say that it is about."""
    after = range(mention.sentence.index + 1, min(mention.sentence.index + _FURTHER, len(document.sentences)))
    return next((about for i in after if (about := _about(document, i))), "other")


def _join(entries: list[_Entry], mention: AgreementMention, kind: str) -> None:
    for entry in entries:
        kin = {entry.kind, kind} <= _ENDINGS and entry.near(mention)
        alike = entry.earlier == mention.earlier and entry.hoped == mention.hoped
        if (entry.kind == kind or kin) and alike:
            entry.mentions.append(mention)
            return
    entries.append(_Entry(kind, mention.earlier, mention.hoped, [mention]))


def _go_on(document: Document, names: Names, entries: list[_Entry], taken: set[int]) -> None:
    """What later sentences add to each, a sentence to the agreement last spoken of before it."""
    told: set[int] = set(taken)
    mentions = [(m.head.i, m, e) for e in entries for m in e.mentions]
    for _, mention, entry in sorted(mentions, key=lambda x: (-x[1].sentence.index, -x[0])):
        for sequel in sequels(document, names, mention, told):
            entry.sequels.append(sequel)
            told.add(sequel.sentence.index)


def _worth(entry: _Entry) -> bool:
    """Whether the report says enough of it: who is in it, or where it stands; a zone may be a mere place."""
    if entry.kind in ZONES:
        return any(m.status or m.guarantors for m in entry.mentions)
    talked = agreement_words().talked
    return any(m.parties or m.guarantors or (m.status and m.head.lemma_.lower() not in talked) for m in entry.mentions)


def _agreement(document: Document, names: Names, entry: _Entry, identifier: str) -> Agreement:
    ms = entry.mentions
    kind: AgreementKind = entry.kind  # type: ignore[assignment]
    parties, guarantors = sides(names, kind, ms, [a for s in entry.sequels for a in s.guarantors])
    named = next((m for m in ms if m.named), None)
    told = [*(m.sentence for m in ms), *(s.sentence for s in entry.sequels)]
    evidence = {s.index: document.evidence(s) for s in told}
    claim = names.index.claim_of(*ms[0].phrase)
    provided = _provisions(document, entry)
    return Agreement(
        id=identifier,
        kind=kind,
        status=_status(entry),
        evidence=tuple(evidence[i] for i in sorted(evidence)),
        name=document.span(*named.phrase) if named else None,
        parties=parties,
        guarantors=guarantors,
        places=places_of(names, kind, ms, provided, {*parties, *guarantors}),
        time=time_of(names, ms),
        provisions=tuple(provided),
        claim=claim.id if claim else None,
    )


def _status(entry: _Entry) -> AgreementStatus:
    known = settled(m.status for m in entry.mentions)
    over = entry.kind == "ceasefire" or any(m.bygone for m in entry.mentions)  # a treaty of another year may stand
    if entry.earlier and over and known not in ("breached", "disputed"):
        return "ended"
    return known or "concluded"


def _provisions(document: Document, entry: _Entry) -> list[Provision]:
    out: dict[Span, Provision] = {}
    said = [x for m in entry.mentions for x in provisions(document, m)]
    for kind, start, end in (*said, *(x for s in entry.sequels for x in s.provisions)):
        span = document.span(start, end)
        if not any(span.overlaps(other) for other in out):
            out[span] = Provision(kind, span)
    return list(out.values())
