"""Movement entries: people or forces that move, or wait to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from spacy.tokens import Token

from situate.contract import Movement, MovementKind, Picture, Status
from situate.knowledge.frames import lexicon
from situate.language import Document, Sentence
from situate.reading.frames import Match, matches
from situate.reading.names import Names
from situate.reading.standing import negated, standing

_CIVIL = frozenset({"civilians", "ethnic_or_religious_group", "aid_org", "media", "company", "other"})
_OFFICIAL = frozenset({"state", "government", "military", "police"})


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
        names = Names(document, picture)
        kept: list[MovementCandidate] = []
        for candidate in candidates(document, names):
            for at, other in enumerate(kept):
                if _same(candidate, other, names):
                    kept[at] = _merged(other, candidate)
                    break
            else:
                kept.append(candidate)
        return [_entry(document, names, c, f"m{i}") for i, c in enumerate(kept, 1)]


def _same(one: MovementCandidate, other: MovementCandidate, names: Names) -> bool:
    """Whether two mentions are of one movement: of one kind and people, and no end that differs."""
    if one.kind != other.kind:
        return False
    ends = ((one.origin, other.origin), (one.destination, other.destination))
    if any(a and b and a != b for a, b in ends):
        return False
    if one.sentence is other.sentence:
        return True
    adds = (one.origin and not other.origin) or (one.destination and not other.destination)
    return not adds and one.frame == other.frame and _same_people(one.who, other.who, names)


def _same_people(some: tuple[str, ...], others: tuple[str, ...], names: Names) -> bool:
    if set(some) & set(others):
        return True
    countries = [
        {names.actors[a].country for a in who if names.actors[a].kind in _OFFICIAL} - {None} for who in (some, others)
    ]
    return bool(countries[0] & countries[1])


def _merged(first: MovementCandidate, later: MovementCandidate) -> MovementCandidate:
    """The first mention with what a later one adds."""
    return replace(
        first,
        origin=first.origin or later.origin,
        destination=first.destination or later.destination,
        means=first.means or later.means,
    )


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
        yield from _of_match(match, names)


def _of_match(match: Match, names: Names) -> Iterator[MovementCandidate]:
    sentence = match.sentence
    tokens = match.role("who")
    if not tokens:
        return
    who = names.every_actor(sentence, tokens)
    kind = _kind(match, names, who, tokens)
    ends = {role: _places(match, role, names) for role in ("origin", "destination")}
    if (
        kind is None
        or negated(match.token)
        or (match.frame.needs and not any(ends.get(role) for role in match.frame.needs))
    ):
        return
    first, means = tokens[0], match.role("means")
    for origin, destination in product(ends["origin"] or (None,), ends["destination"] or (None,)):
        yield MovementCandidate(
            sentence=sentence,
            at=match.span[0],
            kind=kind,
            who=who or names.every_actor(sentence, match.role("sender")),
            who_span=sentence.where(first.left_edge, first),
            origin=origin,
            destination=destination,
            means=sentence.where(means[0].left_edge, means[0]) if means else None,
            status=standing(match.token),
            frame=match.frame.name,
        )


def _kind(match: Match, names: Names, who: tuple[str, ...], tokens: list[Token]) -> MovementKind | None:
    """What kind of movement a frame tells, by who moves: an actor of a kind, forces, civilians, or anybody."""
    gives = match.frame.gives
    sorts: list[str] = []
    if who:
        kind = names.actors[who[0]].kind
        general = () if kind == "person" else ("civilians",) if kind in _CIVIL else ("forces",)
        sorts = [kind, *general, "any"]
    else:
        lists = lexicon("movements").lists
        known = (sort for t in tokens for sort in lists if t.lemma_.lower() in lists[sort])
        if sort := next(known, None):
            sorts = [sort, "any"]
    return next((gives[s] for s in sorts if s in gives), None)  # type: ignore[misc]


def _places(match: Match, role: str, names: Names) -> tuple[str, ...]:
    found = next((p for tokens in match.roles(role) if (p := names.every_place(match.sentence, tokens))), ())
    allowed = match.frame.only.get(role)
    return tuple(p for p in found if names.places[p].kind in allowed) if allowed else found
