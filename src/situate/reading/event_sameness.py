"""Whether two mentions of one class tell of one event: what is seen of both, for the network `sameness`."""

from __future__ import annotations

from collections.abc import Sequence

from situate.reading.candidates import Candidate
from situate.reading.networks import Pairs, network

_DONE = frozenset({"actual", "ongoing"})
_HARM = frozenset({"assault.kill", "assault.wound", "assault.destroy"})
_GAPS = ((0, "0"), (1, "1"), (3, "2-3"), (8, "4-8"), (20, "9-20"))


def likenesses(pairs: Sequence[tuple[Candidate, Candidate]]) -> list[float]:
    """How likely each pair of mentions, the earlier first, is of one event: logits."""
    some = Pairs(network("sameness"))
    for a, b in pairs:
        left, right = some.word("left", id(a), a.state), some.word("right", id(b), b.state)
        some.add(left, right, [tuple(features(a, b))])
    return [row[0] for row in some.scores()]


def features(a: Candidate, b: Candidate) -> list[str]:
    """What is plainly seen of two mentions of one class, the earlier first."""
    gap = b.sentence.index - a.sentence.index
    far = next((name for most, name in _GAPS if gap <= most), "far")
    words = "lemma" if a.lemma == b.lemma else "sense" if a.sense is b.sense else "other"
    out = [
        f"gap {far}",
        f"words {words}",
        f"type {a.type}",
        f"parts of speech {a.part}{b.part}",
        f"status {_standing(a, b)}",
        f"time {_times(a, b)}",
        f"claim {'same' if a.claim == b.claim else 'other'}",
        f"actors {_relation(a.parts.actors, b.parts.actors)}",
        f"recipients {_relation(a.parts.recipients, b.parts.recipients)}",
        f"places {_relation(a.parts.places, b.parts.places)}",
        f"objects {_relation(_objects(a), _objects(b))}",
        f"figures {_figures(a, b)}",
        f"first paragraph {a.sentence.paragraph == 0:d}",
    ]
    if b.part == "noun":
        out.append(f"determiner {_determiner(b)}")
    if gap:
        out += [f"shared words {_shared_words(a, b)}", f"shared numbers {_shared_numbers(a, b)}"]
    else:
        out.append(f"tokens {min(abs(a.token.i - b.token.i) // 4, 6)}")
        out += ["one governs the other"] if a.token.head is b.token or b.token.head is a.token else []
    return out


def two_deeds(a: Candidate, b: Candidate) -> bool:
    """Coordinated verbs, each with an object of its own: "shelled A and stormed B". To kill and wound is one deed."""
    if b.token.dep_ != "conj" or b.token.head != a.token or a.part != "verb" or b.part != "verb":
        return False
    if a.lemma == b.lemma or {a.sense.id, b.sense.id} & _HARM:
        return False
    return all(any(t.dep_ in ("dobj", "nsubjpass") for t in c.token.children) for c in (a, b))


def _determiner(c: Candidate) -> str:
    word = next((t.lower_ for t in c.token.children if t.dep_ in ("det", "poss")), "none")
    return word if word in ("the", "a", "an", "this", "these", "those", "that", "another", "none") else "other"


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
    x, y = a.trigger.wording.content, b.trigger.wording.content
    share = len(x & y) / (min(len(x), len(y)) or 1)
    return next(name for limit, name in ((0.1, "few"), (0.2, "some"), (0.35, "many"), (2.0, "most")) if share < limit)


def _shared_numbers(a: Candidate, b: Candidate) -> str:
    x, y = a.trigger.wording.numbers, b.trigger.wording.numbers
    return "open" if not x or not y else "some" if x & y else "none"


def _figures(a: Candidate, b: Candidate) -> str:
    x, y = {q.quantity for q in a.quantities}, {q.quantity for q in b.quantities}
    return "open" if not x or not y else "same" if x & y else "apart"
