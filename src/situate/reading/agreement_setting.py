"""When an agreement was made and what it covers, by the words that tell of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from situate.contract import AgreementKind, Provision
from situate.knowledge.agreements import agreement_words
from situate.reading.agreement_mentions import AgreementMention
from situate.reading.agreement_sides import left_out
from situate.reading.frames import dateline
from situate.reading.names import Names

_REACHING = frozenset({"evacuation", "surrender", "reconciliation", "humanitarian_access"})  # into the places they name
_NOT_LOCAL = frozenset({"alliance", "other"})  # what is not about the fighting at a place
_NOT_THEN = frozenset({"by", "until", "till", "before", "within", "for"})  # deadlines and lengths
_LIGHT = frozenset({"come", "go", "take"})  # "took effect"
_FIGHTING = frozenset({"ASSAULT", "COERCE", "RETREAT"})


def time_of(names: Names, ms: Sequence[AgreementMention]) -> str | None:
    """The id of the time at which it was made, by the first words that tell it, else that of another of its steps.

    A time counts where it hangs on the agreement's name or on the verb that says what became of it; the other times of
    its sentences are those of other things.
    """
    told = [(m.status != "concluded", t) for m in ms for t in _times(names, m)]
    return min(told, key=lambda x: x[0])[1] if told else None


def _times(names: Names, m: AgreementMention) -> list[str]:
    found = []
    telling = set(_telling(m))
    for start, _, time in names.index.times.within(m.sentence.start, m.sentence.end):
        token = m.sentence.token_at(start)
        if token is not None and token.idx >= dateline(m.sentence) and _governor(token) in telling:
            found.append(time.id)
    several = m.head.tag_ == "NNS" and len(found) > 1  # "three truces, of 10, 17 and 26 October"
    return [] if several else found


def _telling(m: AgreementMention) -> Iterator[Token]:
    """The agreement's name, and the verbs that tell what became of it."""
    words = agreement_words()
    said = words.party_verbs.union(words.guarantor_verbs, _LIGHT, *words.status.values())
    yield m.head
    yield from (v for v in m.telling if v.pos_ == "AUX" or v.lemma_.lower() in said)


def _governor(token: Token) -> Token | None:
    """The verb or the noun that a time hangs on, None for a deadline; "early on Monday, 2 November" is one time."""
    here = token
    while here.head != here:
        if here.lower_ in _NOT_THEN:
            return None
        here = here.head
        timely = here.ent_type_ in ("DATE", "TIME") or here.pos_ in ("ADP", "NUM", "ADV", "SCONJ")
        if not timely:
            return here
    return here


def places_of(
    names: Names,
    kind: AgreementKind,
    ms: Sequence[AgreementMention],
    provided: Iterable[Provision],
    actors: Iterable[str],
) -> tuple[str, ...]:
    """The ids of the places said of it; those of its provisions for access and evacuation; else where its sides fight.

    A party's country is no place of a deal "with Turkey"; a deal is not about the town that it is called by; and what
    it doesn't cover is none of its places.
    """
    called = {names.actors[a].name for a in actors}
    found = dict.fromkeys(p for m in ms for p in m.places)
    made = {p for m in ms if m.named for _, _, p in names.index.places.within(*m.phrase)}
    found = {p: None for p in found if p not in made} or found
    found = {p: None for p in found if names.places[p].name not in called}
    if kind in _REACHING:
        found |= dict.fromkeys(p for x in provided for _, _, p in names.index.places.within(x.span.start, x.span.end))
        found = {p: None for p in found if names.places[p].kind != "country"} or found
    found = found or dict.fromkeys(
        (_inside(names, ms, called) or _beside(names, ms, called) * (kind not in _NOT_LOCAL))[:1]
    )
    outside = {p for m in ms for span in left_out(m.sentence) for _, _, p in names.index.places.within(*span)}
    return tuple(p for p in found if p not in outside)


def _inside(names: Names, ms: Sequence[AgreementMention], called: set[str]) -> list[str]:
    """Places in what hangs on its name: "a truce between the army and rebels around the city"."""
    found = (x for m in ms for x in names.index.places.within(*m.sentence.where(m.head, m.head.right_edge)))
    return [p for _, _, p in found if names.places[p].name not in called]


def _beside(names: Names, ms: Sequence[AgreementMention], called: set[str]) -> list[str]:
    """Places that its sentences speak of and where the report tells of fighting, those named most often first."""
    fought = {p for e in names.index.picture.events if e.type in _FIGHTING for p in e.places}
    text = names.document.text
    near = (x for m in ms for x in names.index.places.within(m.sentence.start, m.sentence.end))
    beside = Counter(p for s, e, p in near if not text[s:e].isupper())  # no dateline
    return [p for p, _ in beside.most_common() if p in fought and names.places[p].name not in called]
