"""Movement entries: people or forces that move, or wait to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from situate.contract import Movement, MovementKind, Picture, Status
from situate.knowledge.frames import lexicon
from situate.language import Document, Sentence
from situate.reading.frames import Match, matches
from situate.reading.names import Names
from situate.reading.standing import standing

_CIVIL = frozenset({"civilians", "ethnic_or_religious_group", "person", "aid_org", "media", "company", "other"})


@dataclass(frozen=True, slots=True)
class MovementCandidate:
    """What one place in the report says of a movement, before mentions of the same are put together."""

    sentence: Sentence
    at: int
    kind: MovementKind
    who: tuple[str, ...]
    who_span: tuple[int, int] | None
    origin: str | None
    destination: str | None
    means: tuple[int, int] | None
    status: Status
    frame: str


class MovementReader:
    """Reads the layer `movements`."""

    layer = "movements"
    version = "1"

    def read(self, document: Document, picture: Picture) -> Sequence[Movement]:
        """The layer's entries in text order."""
        names = Names(picture)
        out: list[Movement] = []
        seen: set[tuple[str, int]] = set()
        for candidate in candidates(document, names):
            key = (candidate.kind, candidate.sentence.index)
            if key not in seen:
                seen.add(key)
                out.append(_entry(document, names, candidate, f"m{len(out) + 1}"))
        return out


def _entry(document: Document, names: Names, c: MovementCandidate, identifier: str) -> Movement:
    claim = names.index.claim_of(c.at, c.at + 1)
    return Movement(
        id=identifier,
        kind=c.kind,
        status=c.status,
        evidence=document.evidence(c.sentence),
        who=c.who,
        who_span=document.span(*c.who_span) if c.who_span else None,
        quantity=_quantity(names, c),
        origin=c.origin,
        destination=c.destination,
        means=document.span(*c.means) if c.means else None,
        time=names.time_of(c.sentence, c.at),
        claim=claim.id if claim else None,
    )


def _quantity(names: Names, c: MovementCandidate) -> str | None:
    if c.who_span is None:
        return None
    found = names.index.quantities.within(*c.who_span)
    return found[0][2].id if found else None


def candidates(document: Document, names: Names) -> Iterator[MovementCandidate]:
    """What the words of a report say of movements, in text order."""
    for match in matches(document, lexicon("movements")):
        if (candidate := _of_match(match, names)) is not None:
            yield candidate


def _of_match(match: Match, names: Names) -> MovementCandidate | None:
    sentence = match.sentence
    for tokens in match.roles("who"):
        who = names.every_actor(sentence, tokens)
        sort = _sort(who, tokens, names)
        kind = match.frame.gives.get(sort or "", match.frame.gives.get("any") if sort else None)
        if kind is None:
            continue
        who = who or names.every_actor(sentence, match.role("sender"))
        first = tokens[0]
        means = match.role("means")
        return MovementCandidate(
            sentence=sentence,
            at=match.span[0],
            kind=kind,  # type: ignore[arg-type]
            who=who,
            who_span=sentence.where(first.doc[first.left_edge.i], first),
            origin=_place(match, "origin", names),
            destination=_place(match, "destination", names),
            means=sentence.where(means[0].left_edge, means[0]) if means else None,
            status=standing(match.token),
            frame=match.frame.name,
        )
    return None


def _sort(who: tuple[str, ...], tokens: list[Token], names: Names) -> str | None:
    if who:
        return "civilians" if names.actors[who[0]].kind in _CIVIL else "forces"
    lists = lexicon("movements").lists
    for token in tokens:
        for sort in ("forces", "civilians"):
            if token.lemma_.lower() in lists[sort]:
                return sort
    return None


def _place(match: Match, role: str, names: Names) -> str | None:
    for tokens in match.roles(role):
        if found := names.every_place(match.sentence, tokens):
            return found[0]
    return None
