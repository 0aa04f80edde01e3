"""Who is party to an agreement, and who stands for it: guarantors, mediators, supervisors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from situate.knowledge.agreements import agreement_words
from situate.language import Sentence
from situate.reading.agreement_mentions import AgreementMention
from situate.reading.agreement_roles import go_between
from situate.reading.arguments import subjects
from situate.reading.names import Names

_TWO_SIDED = frozenset({"ceasefire", "prisoner_exchange"})
_PROPOSED = frozenset({"ceasefire", "prisoner_exchange", "peace"})  # where who proposes it may stand between the sides
_SIDES = frozenset({"armed_group", "state", "government", "military", "political_group"})
_NO_BODY = frozenset({"person", "other"})
ZONES = frozenset({"deescalation_zone", "demilitarised_zone"})


def sides(
    names: Names, kind: str, ms: Sequence[AgreementMention], helping: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parties and guarantors. A person speaks for a side, so persons count only where nobody else is named.

    `helping` are those of whom later sentences say that they stand for it.
    """
    outside = {a for m in ms for span in left_out(m.sentence) for _, _, a in names.index.actors.within(*span)}
    if kind not in _PROPOSED and any(m.status not in ("proposed", "negotiated", None) for m in ms):
        outside |= {a for m in ms for a in m.refusers}  # it was made, and not by these
    stood = Counter([*(a for m in ms for a in m.guarantors), *helping])
    joined = Counter(a for m in ms for a in m.parties)
    guarantors = [a for a in stood if stood[a] >= joined[a]]
    parties = [a for a in joined if a not in guarantors and a not in outside]
    if kind in _PROPOSED:
        envoys = [a for a in parties if names.actors[a].kind == "person" and go_between(names, a)]
        parties = [a for a in parties if a not in envoys]
        guarantors = list(dict.fromkeys([*guarantors, *(x for a in envoys for x in go_between(names, a))]))
    bodies = [a for a in parties if names.actors[a].kind not in _NO_BODY]
    parties = bodies or parties
    between = [a for a in parties if kind in _PROPOSED and any(a in m.proposers for m in ms)]
    if between and len(parties) - len(between) > 1:  # "both accepted a truce proposed by Egypt"
        parties = [a for a in parties if a not in between]
        guarantors += between
    if kind in _TWO_SIDED and len(parties) < 2:
        parties = _both_sides(names, ms, parties, {*guarantors, *outside})
    if kind in ZONES and not parties:
        parties = guarantors
    return tuple(parties), tuple(guarantors)


def left_out(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Offsets of words for what an agreement doesn't cover, or who isn't in it: "the pact does not cover the region",
    "Turkey, which is not a party"."""
    for verb in (t.head for t in sentence.tokens if t.dep_ == "neg"):
        if verb.lemma_.lower() in agreement_words().covering:
            yield sentence.where(verb, verb.right_edge)
        elif any(c.lemma_.lower() in ("party", "signatory") for c in verb.children if c.dep_ == "attr"):
            yield from (sentence.where(t) for t in subjects(verb))


def _both_sides(names: Names, ms: Sequence[AgreementMention], known: list[str], helping: set[str]) -> list[str]:
    """The sides of a truce of which the report names one or none: who attack each other most, as it tells."""
    fights: Counter[frozenset[str]] = Counter()
    for event in names.index.picture.events:
        if event.type == "ASSAULT":
            fights.update(frozenset((a, b)) for a in event.actors for b in event.recipients if a != b)
    spoken = {a for m in ms for _, _, a in names.index.actors.within(m.sentence.start, m.sentence.end)}
    for pair, times in fights.most_common():
        armed = all(names.actors[a].kind in _SIDES and a not in helping for a in pair)
        if armed and (set(known) < pair if known else times > 1 and spoken & pair):
            return [*known, *(a for a in names.actors if a in pair and a not in known)]
    return known + (_other_side(names, ms, {*known, *helping}) if known else [])


def _other_side(names: Names, ms: Sequence[AgreementMention], known: set[str]) -> list[str]:
    """The other side of a truce of which the report names one: who is most spoken of beside it, if more than once."""
    beside = Counter(a for m in ms for _, _, a in names.index.actors.within(m.sentence.start, m.sentence.end))
    for actor, times in beside.most_common():
        if times > 1 and actor not in known and names.actors[actor].kind in _SIDES:
            return [actor]
    return []
