"""Relation entries: stated ties between two actors."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Token

from situate.contract import Picture, Relation, RelationKind
from situate.knowledge.frames import lexicon
from situate.language import Document
from situate.reading.arguments import objects
from situate.reading.frames import Compound, Match, compounds, matches
from situate.reading.names import Names
from situate.reading.phrases import above
from situate.reading.prefixes import leanings
from situate.reading.standing import standing
from situate.reading.suggested_ties import SuggestedTie, suggested_ties
from situate.reading.tie_candidates import Pair, RelationCandidate, TieEvidence, pair_of, turned
from situate.reading.tie_checks import TieChecks, is_one
from situate.reading.tie_weighing import SIGNS, TieWeigher, Told, WeighedTie
from situate.reading.titles import Post, posts

# Of several ties of one sign between two actors the most telling is kept: who fights opposes as well.
_TELLING: tuple[RelationKind, ...] = (
    "part_of", "commands", "supplies", "backs", "allied", "fights", "rivals", "opposes", "negotiates_with",
)  # fmt: skip
_BETWEEN_PARTIES = frozenset({"fights", "negotiates_with", "rivals", "allied"})
_CIVIL = frozenset({"civilians", "ethnic_or_religious_group"})
_BOTH = 2
_UNTOLD = (False, 0.0)
_NEAR = 50  # characters after "Iran-backed" in which the other actor has to stand


class RelationReader:
    """Reads the layer `relations`."""

    layer = "relations"
    version = "8"

    def read(self, document: Document, picture: Picture) -> Sequence[Relation]:
        """The layer's entries in text order."""
        names = Names(document, picture)
        known = evidence(document, picture, names)
        sure = _likelihoods(known, document.heard)
        least = lexicon("relations").weights["least"]
        weight = {pair: (bool(e.tie.frame), sure[pair]) for pair, e in known.items()}  # words before what is only felt
        likely = {p: e for p, e in known.items() if sure[p] >= least and weight[p] >= weight.get(turned(p), _UNTOLD)}
        checks = TieChecks(picture, names, likely, sure)
        kept = [e.tie for e in likely.values() if e.tie.frame or not checks.against(e.tie)]
        ordered = sorted(kept, key=lambda c: (c.at, c.source, c.target, SIGNS[c.kind]))
        return [_entry(document, names, c, f"r{i}") for i, c in enumerate(ordered, 1)]


def evidence(document: Document, picture: Picture, names: Names) -> dict[Pair, TieEvidence]:
    """What word frames, encoder and network say of every two actors, by sign; the network alone tells no talks."""
    told = list(frames(document, names))
    found = _most_telling(c for c in told if _plausible(c, names))
    seen = suggested_ties(document, names.index, lexicon("relations").weights["faint"])
    weighed = _weigher(document, picture, names, told).ties()
    out: dict[Pair, TieEvidence] = {}
    for pair in {*found, *seen, *(p for p in weighed if p[1])}:
        tie = found.get(pair) or _shown(seen.get(pair) or weighed[pair])
        if pair in found or _plausible(tie, names):
            scores = [by[pair].score if pair in by else 0.0 for by in (seen, weighed)]
            out[pair] = TieEvidence(tie, *scores)
    return out


def _most_telling(told: Iterable[RelationCandidate]) -> dict[Pair, RelationCandidate]:
    """Of what word frames say of two actors the most telling for each sign; of equals the first."""
    out: dict[Pair, RelationCandidate] = {}
    for c in sorted(told, key=lambda c: (_TELLING.index(c.kind), c.at)):
        if c.source != c.target:
            out.setdefault(pair_of(c), c)
    return out


def _shown(tie: SuggestedTie | WeighedTie) -> RelationCandidate:
    return RelationCandidate(tie.sentence, tie.at, tie.source, tie.target, tie.kind, "", tie.until)


def _likelihoods(known: Mapping[Pair, TieEvidence], heard: bool) -> dict[Pair, float]:
    """How likely each tie is stated; what one frame says of parties named together is as likely of each of them."""
    sure = {pair: _likelihood(e, heard) for pair, e in known.items()}
    together: defaultdict[tuple[str | int, ...], list[Pair]] = defaultdict(list)
    for pair, e in known.items():
        for side, shared in enumerate((e.tie.source, e.tie.target)):
            if e.tie.frame:
                together[e.tie.sentence.index, e.tie.at, e.tie.frame, side, shared].append(pair)
    best = {pair: max(sure[p] for p in some) for some in together.values() for pair in some if len(some) > 1}
    return {pair: max(likely, best.get(pair, 0.0)) for pair, likely in sure.items()}


def _likelihood(e: TieEvidence, heard: bool) -> float:
    """How likely a tie is stated; what word frames say is taken as said where no encoder has read."""
    weights = lexicon("relations").weights
    if e.tie.frame and not heard:
        return 1.0
    total = sum(weights[name] * x for name, x in e.features().items())
    return 1 / (1 + math.exp(-total))


def weigher(document: Document, picture: Picture) -> TieWeigher:
    """What weighs the ties of a report."""
    names = Names(document, picture)
    return _weigher(document, picture, names, frames(document, names))


def _weigher(document: Document, picture: Picture, names: Names, told: Iterable[RelationCandidate]) -> TieWeigher:
    said = (Told(c.sentence, c.source, c.target, c.kind, c.frame) for c in told)
    return TieWeigher(document, picture, said, names.listed_together())


def _entry(document: Document, names: Names, c: RelationCandidate, identifier: str) -> Relation:
    claim = names.index.claim_of(c.at, (c.at if c.until is None else c.until) + 1)
    return Relation(
        id=identifier,
        from_=c.source,
        to=c.target,
        kind=c.kind,
        sign=SIGNS[c.kind],
        evidence=document.evidence(c.sentence),
        time=names.time_of(c.sentence, c.at),
        claim=claim.id if claim else None,
    )


def frames(document: Document, names: Names) -> Iterator[RelationCandidate]:
    """What the words of a report say of ties, in no special order."""
    words = lexicon("relations")
    for match in matches(document, words):
        yield from _of_match(match, names)
    for compound in compounds(document, words):
        yield from _of_compound(compound, names)
    yield from map(_of_post, posts(document, names))
    yield from (
        RelationCandidate(x.sentence, x.at, x.actor, x.other, x.kind, "pro-") for x in leanings(document, names)
    )
    yield from _of_talks(document, names.index.picture)


def _plausible(c: RelationCandidate, names: Names) -> bool:
    """Whether actors of these kinds can stand so: nobody is part of a person, and civilians command nobody."""
    source, target = names.actors[c.source].kind, names.actors[c.target].kind
    if c.kind == "negotiates_with" and is_one(names, c.source, c.target):
        return False
    if c.kind in _BETWEEN_PARTIES and "media" in (source, target):
        return False  # who reports it is no side
    if c.kind in ("part_of", "commands"):
        return source not in _CIVIL and target not in _CIVIL and target != "person"
    if c.kind in ("fights", "supplies"):
        return source not in _CIVIL and target not in _CIVIL and "person" not in (source, target)
    if c.frame == "pro-" and source in ("media", "other"):
        return False  # "a pro-government source"
    return "civilians" not in (source, target)


def _of_talks(document: Document, picture: Picture) -> Iterator[RelationCandidate]:
    """The two parties of a peace or a truce that is being negotiated negotiate with each other."""
    for deal in picture.agreements:
        if deal.kind in ("peace", "ceasefire") and deal.status == "negotiated" and len(deal.parties) == 2:
            at = deal.evidence[0].start
            sentence = document.sentence_at(at)
            if sentence is not None:
                one, other = deal.parties
                yield RelationCandidate(sentence, at, one, other, "negotiates_with", "agreement")


def _of_post(post: Post) -> RelationCandidate:
    kind: RelationKind = "commands" if post.leads else "part_of"
    at = post.sentence.where(post.token)[0]
    return RelationCandidate(post.sentence, at, post.person, post.organisation, kind, "post")


def _of_match(match: Match, names: Names) -> Iterator[RelationCandidate]:
    sentence = match.sentence
    sources, targets = _side(match, "from", names), _side(match, "to", names)
    if match.frame.gives["kind"] == "part_of":  # "fighters belonging to the group" are no party of it
        sources = tuple(a for a in sources if any(names.named_at(sentence, t, a) for t in match.role("from")))
    vow = next((t for t in above(match.token) if t.lemma_.lower() in match.frame.governors), match.token)
    if standing(vow) not in ("actual", "ongoing"):  # who vows to destroy a group is against it, though it isn't done
        return
    kind: RelationKind = match.frame.gives["kind"]  # type: ignore[assignment]
    joint = match.frame.roles["from"] == match.frame.roles["to"]  # "between A and B"
    if joint and len(sources) < _BOTH:
        sources = targets = names.both_sides(sentence, match.token)
    for i, source in enumerate(sources):
        for target in targets[i + 1 :] if joint else targets:
            yield RelationCandidate(sentence, match.span[0], source, target, kind, match.frame.name)


def _side(match: Match, role: str, names: Names) -> tuple[str, ...]:
    found = next((a for t in match.roles(role) if (a := names.every_actor(match.sentence, _meant(t)))), ())
    allowed = match.frame.only.get(role)
    return tuple(a for a in found if names.actors[a].kind in allowed) if allowed else found


def _meant(tokens: Iterable[Token]) -> Iterator[Token]:
    """The words that name who stands so: A in "leaves A as the only group that fights B", and no "former rebels"."""
    past = lexicon("relations").lists["past"]
    for token in tokens:
        if token.dep_ == "pobj" and token.head.lower_ == "as" and (over := objects(token.head.head)):
            yield from over
        elif token.pos_ != "NOUN" or not any(c.lower_ in past for c in token.lefts):
            yield token
            yield from _listed(token)


def _listed(token: Token) -> Iterator[Token]:
    """B and C of "A, B and C", where the grammar has B for another name of A."""
    for child in token.children:
        if child.dep_ == "appos" and token.pos_ == child.pos_ == "PROPN":
            others = [c for c in child.conjuncts if c.pos_ == "PROPN"]
            yield from (child, *others) if others else ()


def _of_compound(compound: Compound, names: Names) -> Iterator[RelationCandidate]:
    left = names.pointed(compound.sentence, *compound.left)
    right = next((a for _, _, a in names.index.actors.within(compound.end, compound.end + _NEAR) if a != left), None)
    if left is None or right is None:
        return
    kind: RelationKind = compound.frame.gives["kind"]  # type: ignore[assignment]
    source, target = (left, right) if compound.frame.gives.get("from") == "left" else (right, left)
    yield RelationCandidate(compound.sentence, compound.left[0], source, target, kind, compound.frame.name)
