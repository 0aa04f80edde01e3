"""Agreement entries: what was agreed, by whom, who stands for it, what it provides for, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from situate.contract import Agreement, AgreementKind, AgreementStatus, Picture, Provision, Span
from situate.knowledge.agreements import agreement_words
from situate.language import Document
from situate.reading.agreement_mentions import AgreementMention, mentions
from situate.reading.names import Names
from situate.reading.provisions import provisions

_RANK: tuple[AgreementStatus, ...] = (
    "breached", "ended", "disputed", "in_force", "concluded", "negotiated", "proposed",
)  # fmt: skip


@dataclass(slots=True)
class _Entry:
    """An agreement as its mentions add up."""

    kind: str
    earlier: bool
    mentions: list[AgreementMention] = field(default_factory=list)


class AgreementReader:
    """Reads the layer `agreements`."""

    layer = "agreements"
    version = "1"

    def read(self, document: Document, picture: Picture) -> Sequence[Agreement]:
        """The layer's entries in text order."""
        names = Names(document, picture)
        out: list[Agreement] = []
        for entry in _entries(document, names):
            out.append(_agreement(document, names, entry, f"g{len(out) + 1}"))
        return out


def _entries(document: Document, names: Names) -> list[_Entry]:
    """Mentions of one agreement together: by kind, past ones apart; a mere "deal" goes to the one last spoken of."""
    found = list(mentions(document, names))
    entries: list[_Entry] = []
    loose: list[AgreementMention] = []
    for mention in found:
        kind = _kind(document, mention)
        if kind == "deal":
            loose.append(mention)
        else:
            _join(entries, mention, kind)
    for mention in loose:
        before = [e for e in entries if not e.earlier and e.mentions[0].sentence.index <= mention.sentence.index]
        near = [e for e in entries if abs(e.mentions[0].sentence.index - mention.sentence.index) <= 3]
        if near_one := (before[-1:] or near[:1]):
            near_one[0].mentions.append(mention)
        else:
            _join(entries, mention, "other")
    for entry in entries:
        entry.mentions.sort(key=lambda m: m.phrase)
    return sorted((e for e in entries if _worth(e)), key=lambda e: e.mentions[0].phrase)


def _kind(document: Document, mention: AgreementMention) -> str:
    if mention.kind != "deal":
        return mention.kind
    if mention.business:
        return "other"
    sentence = document.text[mention.sentence.start : mention.sentence.end]
    return next((kind for kind, words in agreement_words().about.items() if words.search(sentence)), "deal")


def _join(entries: list[_Entry], mention: AgreementMention, kind: str) -> None:
    for entry in entries:
        if entry.kind == kind and entry.earlier == mention.earlier:
            entry.mentions.append(mention)
            return
    entries.append(_Entry(kind, mention.earlier, [mention]))


def _worth(entry: _Entry) -> bool:
    """Whether the report says enough of it: who is in it, or where it stands."""
    return any(m.parties or m.guarantors for m in entry.mentions) or any(m.status for m in entry.mentions)


def _agreement(document: Document, names: Names, entry: _Entry, identifier: str) -> Agreement:
    ms = entry.mentions
    kind: AgreementKind = entry.kind  # type: ignore[assignment]
    guarantors = tuple(dict.fromkeys(a for m in ms for a in m.guarantors))
    parties = tuple(dict.fromkeys(a for m in ms for a in m.parties if a not in guarantors))
    named = next((m for m in ms if m.named), None)
    evidence = {m.sentence.index: document.evidence(m.sentence) for m in ms}
    claim = names.index.claim_of(*ms[0].phrase)
    return Agreement(
        id=identifier,
        kind=kind,
        status=_status(entry),
        evidence=tuple(evidence.values()),
        name=document.span(*named.phrase) if named else None,
        parties=parties,
        guarantors=guarantors,
        places=tuple(dict.fromkeys(p for m in ms for p in m.places)),
        time=_time(names, ms),
        provisions=tuple(_provisions(document, ms)),
        claim=claim.id if claim else None,
    )


def _status(entry: _Entry) -> AgreementStatus:
    said = {m.status for m in entry.mentions}
    known = next((s for s in _RANK if s in said), None)
    if entry.earlier and known not in ("breached", "disputed"):
        return "ended"
    return known or "concluded"


def _time(names: Names, ms: list[AgreementMention]) -> str | None:
    for m in ms:
        if found := names.index.times.within(m.sentence.start, m.sentence.end):
            return found[0][2].id
    return None


def _provisions(document: Document, ms: list[AgreementMention]) -> list[Provision]:
    out: dict[Span, Provision] = {}
    for m in ms:
        for kind, start, end in provisions(document, m):
            span = document.span(start, end)
            out.setdefault(span, Provision(kind, span))
    return list(out.values())
