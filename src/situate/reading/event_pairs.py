"""What tells whether two mentions are of one event: words, grammar, parts, standing, distance, as named features."""

from __future__ import annotations

from situate.reading.candidates import Candidate
from situate.reading.role_weighing import path

_DONE = frozenset({"actual", "ongoing"})
_HARM = frozenset({"assault.kill", "assault.wound", "assault.destroy"})


def may_be_one(a: Candidate, b: Candidate) -> bool:
    """Whether two mentions of one class are worth comparing: in one sentence, or with a word or a part in common."""
    if _two_deeds(a, b):
        return False
    if a.sentence is b.sentence or a.lemma == b.lemma or a.sense is b.sense:
        return True
    return bool(
        set(a.parts.actors) & set(b.parts.actors)
        or set(a.parts.recipients) & set(b.parts.recipients)
        or set(a.parts.places) & set(b.parts.places)
    )


def _two_deeds(a: Candidate, b: Candidate) -> bool:
    """Coordinated verbs, each with an object of its own: "shelled A and stormed B". To kill and wound is one deed."""
    if b.token.dep_ != "conj" or b.token.head != a.token or a.part != "verb" or b.part != "verb":
        return False
    if a.lemma == b.lemma or {a.sense.id, b.sense.id} & _HARM:
        return False
    return all(any(t.dep_ in ("dobj", "nsubjpass") for t in c.token.children) for c in (a, b))


def pair_features(a: Candidate, b: Candidate, between: int) -> list[str]:
    """What is seen of two mentions of one class, the earlier first; `between`: mentions of the class between them."""
    gap = b.sentence.index - a.sentence.index
    far = "0" if gap == 0 else "1" if gap == 1 else "2-3" if gap < 4 else "4-8" if gap < 9 else "9+"
    words = "lemma" if a.lemma == b.lemma else "sense" if a.sense is b.sense else "other"
    relations = {
        name: _relation(getattr(a.parts, field), getattr(b.parts, field))
        for name, field in (("actors", "actors"), ("recipients", "recipients"), ("places", "places"))
    }
    own = _relation(_objects(a), _objects(b))
    status = _standing(a, b)
    determiner = next((c.lower_ for c in b.token.children if c.dep_ in ("det", "poss")), "none")
    determiner = (
        determiner if determiner in ("the", "a", "an", "this", "these", "those", "that", "another", "none") else "other"
    )
    out = [
        "bias",
        f"gap {far}",
        f"type {a.type} {far}",
        f"words {words} {far}",
        f"words {words} {a.type}",
        f"parts of speech {a.part}{b.part} {far}",
        f"between {min(between, 4)}",
        f"status {status}",
        f"status {a.standing.status} {b.standing.status}",
        f"senses {min(a.sense.id, b.sense.id)} {max(a.sense.id, b.sense.id)}",
        f"time {_times(a, b)} {far}",
        f"time {_times(a, b)} {words}",
        f"shared words {_shared_words(a, b)} {'here' if gap == 0 else 'apart'}",
        f"shared words {_shared_words(a, b)} {words} {'here' if gap == 0 else 'apart'}",
        f"shared figures {_shared_figures(a, b)} {'here' if gap == 0 else 'apart'}",
        f"claim {'same' if a.claim == b.claim else 'other'}",
        *(f"{name} {how}" for name, how in relations.items()),
        *(f"{name} {how} words {words}" for name, how in relations.items()),
        f"sides {relations['actors']} {relations['recipients']} {a.type}",
        f"all {relations['actors']} {relations['recipients']} {relations['places']} {'here' if gap == 0 else 'apart'}",
        f"own objects {own} {'here' if gap == 0 else 'apart'}",
        f"own objects {own} {relations['places']} {words}",
        f"first paragraph {a.sentence.paragraph == 0:d} {words}",
        f"figures {_figures(a, b)} {far}",
    ]
    if b.part == "noun":
        out += [f"determiner {determiner} {far}", f"determiner {determiner} {words}"]
    if gap == 0:
        way = path(a.token, b.token)
        apart = abs(a.token.i - b.token.i)
        out += [
            f"tokens {min(apart // 4, 6)}",
            f"tokens {min(apart // 4, 6)} {words}",
            f"verbs of one subject {a.part}{b.part} {relations['actors']} {own}",
        ]
        out += [f"path {way}", f"path {way} {a.part}{b.part} {words}", f"path length {way.count('<') + way.count('>')}"]
    return out


def _objects(c: Candidate) -> list[str]:
    """The actors and places that the grammar makes the object or the scene of a mention."""
    return [id_ for id_, slot in c.parts.slots.items() if slot.endswith(("recipient", "place"))]


def _relation(x: list[str], y: list[str]) -> str:
    if not x or not y:
        return "both open" if not x and not y else "one open"
    if set(x) == set(y):
        return "same"
    return "shared" if set(x) & set(y) else "apart"


def _standing(a: Candidate, b: Candidate) -> str:
    s, t = a.standing.status, b.standing.status
    return "same" if s == t else "done" if {s, t} <= _DONE else "mixed" if {s, t} & _DONE else "open"


def _times(a: Candidate, b: Candidate) -> str:
    """How the days of two mentions lie: the same, within each other, apart, or not told."""
    if a.time is not None and a.time == b.time:
        return "one"
    (x, y), (u, v) = a.days, b.days
    if not (x and y and u and v):
        return "open"
    if (x, y) == (u, v):
        return "same"
    return "apart" if y < u or v < x else "overlap"


def _shared_words(a: Candidate, b: Candidate) -> str:
    """How much of the nouns, names and verbs of two sentences is the same, in steps."""
    if a.sentence is b.sentence:
        return "all"
    x, y = a.content, b.content
    share = len(x & y) / (min(len(x), len(y)) or 1)
    return next(name for limit, name in ((0.1, "few"), (0.2, "some"), (0.35, "many"), (2.0, "most")) if share < limit)


def _shared_figures(a: Candidate, b: Candidate) -> str:
    x, y = ({w for w in c.content if w[:1].isdigit()} for c in (a, b))
    return "open" if not x or not y else "some" if x & y else "none"


def _figures(a: Candidate, b: Candidate) -> str:
    x, y = {q.quantity for q in a.quantities}, {q.quantity for q in b.quantities}
    return "open" if not x or not y else "same" if x & y else "apart"
