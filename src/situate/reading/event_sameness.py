"""Whether two mentions of one class tell of one event: what is seen of both, for the network `sameness`."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from situate.knowledge.events import lexicon
from situate.reading.candidates import Candidate
from situate.reading.networks import Pairs, network
from situate.reading.standing import DONE

_HARM = frozenset({"assault.kill", "assault.wound", "assault.destroy"})
_EFFECTS = _HARM | {"assault.strike", "assault.explode", "assault.fight"}  # what a deed that a noun names may do
_OBJECTS, _SUBJECTS = ("dobj", "nsubjpass"), ("nsubj", "nsubjpass")
_LISTED = 3  # steps up from a noun to the first of its list
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
    """Whether two mentions, the earlier first, plainly tell of two deeds.

    Words that exclude each other do ("left", "returned"), nouns that are told apart ("nine strikes", "two strikes"; "a
    raid", "another raid"), and coordinated verbs with objects or subjects of their own ("shelled A and stormed B"; but
    to kill and wound is one deed), or one told to go on beside the other ("was hit while it bombed the hill").
    """
    apart = lexicon().apart
    if (a.sense.id, b.sense.id) in (apart.in_one_sentence if a.sentence is b.sentence else apart.anywhere):
        return True
    if a.part == b.part == "noun":
        return a.token.lemma_ == b.token.lemma_ and _told_apart(a, b)
    if a.part != "verb" or b.part != "verb" or a.lemma == b.lemma or {a.sense.id, b.sense.id} & _HARM:
        return False
    first, second = _clause(a.token), _clause(b.token)
    if second.head != first or not (second.dep_ == "conj" or _meanwhile(second)):
        return False
    return _each_has((a.token, b.token), _OBJECTS) or _each_has((first, second), _SUBJECTS)


def _meanwhile(verb: Token) -> bool:
    """Whether a clause tells what goes on beside another: "was hit while it bombed the hill"."""
    return verb.dep_ == "advcl" and any(c.lower_ == "while" for c in verb.children)


def _clause(verb: Token) -> Token:
    """The verb that a clause hangs on: "are" in "they are to be exchanged"."""
    return verb.head if verb.dep_ == "xcomp" and verb.head.pos_ == "AUX" else verb


def _each_has(verbs: tuple[Token, Token], labels: tuple[str, ...]) -> bool:
    return all(any(t.dep_ in labels for t in verb.children) for verb in verbs)


def done_and_to_come(a: Candidate, b: Candidate) -> bool:
    """Whether one mention tells plainly of what is still to come, and the other of what has happened."""
    ahead = [c.standing.status == "planned" and c.standing.sure for c in (a, b)]
    return any(ahead) and any(c.standing.status in DONE for c in (a, b))


def _told_apart(a: Candidate, b: Candidate) -> bool:
    """Whether a noun says that it means another deed than one before, or counts them otherwise."""
    further = lexicon().words["further"]
    if any(t.lower_ in further for t in b.token.children):
        return True
    counts = [{t.lower_ for t in c.token.children if t.dep_ == "nummod"} for c in (a, b)]
    return all(counts) and counts[0] != counts[1]


def one_deed(a: Candidate, b: Candidate) -> bool:
    """A noun and the verb that tells what its deed did: "the blast killed six", "hit by shelling", "raids that hurt".

    In the training reports nearly all such pairs are one event.
    """
    if a.sentence is not b.sentence or a.part == b.part:
        return False
    noun, verb = (a, b) if a.part == "noun" else (b, a)
    if verb.sense.id not in _EFFECTS:
        return False
    word, does = noun.token, verb.token
    for _ in range(_LISTED):
        if word.dep_ not in ("conj", "compound") or word.head.pos_ not in ("NOUN", "PROPN"):
            break
        word = word.head
    if word.dep_ == "nsubj":
        return does == word.head or (does.dep_ == "conj" and does.head == word.head and verb.sense.id in _HARM)
    if word.dep_ == "pobj":
        return word.head.lower_ in ("by", "in") and word.head.head == does
    return does.dep_ == "relcl" and does.head == word


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
    return "same" if s == t else "done" if {s, t} <= DONE else "mixed" if {s, t} & DONE else "open"


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
