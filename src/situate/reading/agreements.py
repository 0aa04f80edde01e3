"""Agreement entries: what was agreed, by whom, who stands for it, what it provides for, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from situate.contract import Agreement, AgreementKind, AgreementStatus, Picture, Provision, Span
from situate.knowledge.agreements import agreement_words
from situate.language import Document
from situate.reading.agreement_mentions import AgreementMention, mentions
from situate.reading.agreement_standing import settled
from situate.reading.names import Names
from situate.reading.provisions import provisions

_ENDINGS = frozenset({"surrender", "evacuation", "reconciliation"})  # one deal is often all three
_TWO_SIDED = frozenset({"ceasefire", "prisoner_exchange"})
_SIDES = frozenset({"armed_group", "state", "government", "military", "political_group"})
_ZONES = frozenset({"deescalation_zone", "demilitarised_zone"})
_STANDING = frozenset({"in_force", "concluded", "breached", "ended"})
_FURTHER = 3  # sentences in which a deal is explained
_NEAR = 3  # sentences between mentions of one deal


@dataclass(slots=True)
class _Entry:
    """An agreement as its mentions add up."""

    kind: str
    earlier: bool
    hoped: bool = False
    mentions: list[AgreementMention] = field(default_factory=list)

    def near(self, mention: AgreementMention) -> bool:
        """Whether it is spoken of close to another mention."""
        return any(abs(m.sentence.index - mention.sentence.index) <= _NEAR for m in self.mentions)


class AgreementReader:
    """Reads the layer `agreements`."""

    layer = "agreements"
    version = "6"

    def read(self, document: Document, picture: Picture) -> Sequence[Agreement]:
        """The layer's entries in text order."""
        names = Names(document, picture)
        found = list(mentions(document, names))
        entries = _entries(document, found) if found else []
        return [_agreement(document, names, e, f"g{i}") for i, e in enumerate(entries, 1)]


def _entries(document: Document, found: list[AgreementMention]) -> list[_Entry]:
    """Mentions of one agreement together: by kind, past ones apart; a mere "deal" goes to the one last spoken of."""
    entries: list[_Entry] = []
    loose: list[AgreementMention] = []
    for mention in found:
        kind = _kind(document, mention, found)
        again = [e for e in entries if e.near(mention) and not e.earlier] if mention.definite else []
        if mention.kind == "deal" and again and not (mention.business or mention.earlier):
            again[-1].mentions.append(mention)  # "the agreement": that spoken of just before
        elif kind == "deal":
            loose.append(mention)
        else:
            _join(entries, mention, kind)
    for mention in loose:
        before = [
            e for e in entries if not (e.earlier or e.hoped) and e.mentions[0].sentence.index <= mention.sentence.index
        ]
        near = before[-1:] or [e for e in entries if e.near(mention)][:1]
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


def _worth(entry: _Entry) -> bool:
    """Whether the report says enough of it: who is in it, or where it stands; a zone may be a mere place."""
    if entry.kind in _ZONES:
        return any(m.status or m.guarantors for m in entry.mentions)
    return any(m.parties or m.guarantors or m.status for m in entry.mentions)


def _agreement(document: Document, names: Names, entry: _Entry, identifier: str) -> Agreement:
    ms = entry.mentions
    kind: AgreementKind = entry.kind  # type: ignore[assignment]
    parties, guarantors = _sides(names, entry)
    named = next((m for m in ms if m.named), None)
    evidence = {m.sentence.index: document.evidence(m.sentence) for m in ms}
    claim = names.index.claim_of(*ms[0].phrase)
    provided = _provisions(document, ms)
    return Agreement(
        id=identifier,
        kind=kind,
        status=_status(entry),
        evidence=tuple(evidence.values()),
        name=document.span(*named.phrase) if named else None,
        parties=parties,
        guarantors=guarantors,
        places=_places(names, entry, provided, {*parties, *guarantors}),
        time=_time(names, ms),
        provisions=tuple(provided),
        claim=claim.id if claim else None,
    )


def _sides(names: Names, entry: _Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parties and guarantors. A person speaks for a side, so persons count only where nobody else is named."""
    stood = Counter(a for m in entry.mentions for a in m.guarantors)
    joined = Counter(a for m in entry.mentions for a in m.parties)
    guarantors = [a for a in stood if stood[a] >= joined[a]]
    parties = [a for a in joined if a not in guarantors]
    bodies = [a for a in parties if names.actors[a].kind != "person"]
    parties = bodies or parties
    if entry.kind in _TWO_SIDED and len(parties) < 2:
        parties = _both_sides(names, entry, parties, {*guarantors})
    if entry.kind in _ZONES and not parties:
        parties = guarantors
    return tuple(parties), tuple(guarantors)


def _both_sides(names: Names, entry: _Entry, known: list[str], helping: set[str]) -> list[str]:
    """The sides of a truce of which the report names one or none: who attack each other most, as it tells."""
    fights: Counter[frozenset[str]] = Counter()
    for event in names.index.picture.events:
        if event.type == "ASSAULT":
            fights.update(frozenset((a, b)) for a in event.actors for b in event.recipients if a != b)
    spoken = {a for m in entry.mentions for _, _, a in names.index.actors.within(m.sentence.start, m.sentence.end)}
    for pair, times in fights.most_common():
        armed = all(names.actors[a].kind in _SIDES and a not in helping for a in pair)
        if armed and (set(known) < pair if known else times > 1 and spoken & pair):
            return [*known, *(a for a in names.actors if a in pair and a not in known)]
    return known + (_other_side(names, entry, {*known, *helping}) if known else [])


def _other_side(names: Names, entry: _Entry, known: set[str]) -> list[str]:
    """The other side of a truce of which the report names one: who is most spoken of beside it, if more than once."""
    beside = Counter(
        a for m in entry.mentions for _, _, a in names.index.actors.within(m.sentence.start, m.sentence.end)
    )
    for actor, times in beside.most_common():
        if times > 1 and actor not in known and names.actors[actor].kind in _SIDES:
            return [actor]
    return []


def _status(entry: _Entry) -> AgreementStatus:
    known = settled(m.status for m in entry.mentions)
    if entry.earlier and known not in ("breached", "disputed"):
        return "ended"
    return known or "concluded"


def _places(names: Names, entry: _Entry, provided: Iterable[Provision], actors: set[str]) -> tuple[str, ...]:
    """The places said of it; those of its provisions for access and evacuation; else where it is spoken of."""
    found = dict.fromkeys(p for m in entry.mentions for p in m.places)
    made = {p for m in entry.mentions if m.named for _, _, p in names.index.places.within(*m.phrase)}
    found = {p: None for p in found if p not in made} or found  # "the deal of Astana" is not about Astana
    if entry.kind in _ENDINGS or entry.kind == "humanitarian_access":
        found |= dict.fromkeys(p for x in provided for _, _, p in names.index.places.within(x.span.start, x.span.end))
        found = {p: None for p in found if names.places[p].kind != "country"} or found
    if not found:
        called = {names.actors[a].name for a in actors}
        near = (x for m in entry.mentions for x in names.index.places.within(m.sentence.start, m.sentence.end))
        beside = Counter(p for s, e, p in near if not names.document.text[s:e].isupper())  # no dateline
        found = dict.fromkeys([p for p, _ in beside.most_common() if names.places[p].name not in called][:1])
    return tuple(found)


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
            if not any(span.overlaps(other) for other in out):
                out[span] = Provision(kind, span)
    return list(out.values())
