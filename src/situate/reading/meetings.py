"""Two mentions that meet in a sentence, and what is seen of them: how the words between tie them together.

What is seen are named features: the way through the grammar and the words on it, the words between and beside, what the
two are. The network `ties` weighs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from situate.contract import Picture
from situate.language import Document, Sentence
from situate.reading.event_weights import logistic
from situate.reading.index import Spots
from situate.reading.networks import Network, Pairs, State
from situate.reading.role_mentions import path, way

_BETWEEN = 9  # words between two mentions that are looked at one by one
_STEPS = 6  # words on the way through the grammar that are looked at
_GAPS = ((0, "0"), (1, "1"), (2, "2"), (4, "4"), (8, "8"), (15, "15"), (30, "30"))
_TOLD = frozenset({"NOUN", "VERB", "ADJ", "ADV", "ADP", "PART", "AUX", "SCONJ", "CCONJ", "PROPN", "PUNCT"})
_OPEN = frozenset({"prt", "dobj", "aux", "mark", "prep"})  # what stands with a verb and tells what it means


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of an actor in a sentence: whose, how, where, its head and its first and last words."""

    id: str
    kind: str
    form: str
    start: int
    end: int
    head: Token
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of two who meet: whose mention it is, where its head word stands, and the encoder's state of that word."""

    id: str
    at: int
    state: State


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two who meet in a sentence, with what is seen of them."""

    sentence: Sentence
    left: Side
    right: Side
    features: list[str]


class ActorMentions:
    """The mentions of a report's actors, by sentence."""

    def __init__(self, picture: Picture) -> None:
        self._kinds: dict[str, str] = {a.id: a.kind for a in picture.actors}
        self._spots: Spots[tuple[str, str]] = Spots(
            (m.start, m.end, (a.id, m.form)) for a in picture.actors for m in a.mentions
        )

    def of(self, sentence: Sentence) -> list[Named]:
        """The mentions in a sentence, in text order."""
        out = []
        doc = sentence.tokens.doc
        for start, end, (id_, form) in self._spots.within(sentence.start, sentence.end):
            words = doc.char_span(start - sentence.offset, end - sentence.offset, alignment_mode="expand")
            if words is not None:
                out.append(Named(id_, self._kinds[id_], form, start, end, words.root, words.start, words.end - 1))
        return out


def nearest(pairs: Iterable[tuple[Named, Named]]) -> list[tuple[Named, Named]]:
    """Of pairs of mentions those that stand nearest to each other, one for every two ids."""
    best: dict[tuple[str, str], tuple[int, Named, Named]] = {}
    for a, b in pairs:
        if a.id != b.id:
            gap = max(b.start - a.end, a.start - b.end)
            key = (a.id, b.id) if a.id < b.id else (b.id, a.id)
            if key not in best or gap < best[key][0]:
                best[key] = gap, a, b
    return [(a, b) for _, a, b in best.values()]


def between(a: Named, b: Named, others: Sequence[Named]) -> int:
    """How many mentions of others stand between two, at most four."""
    start, end = min(a.end, b.end), max(a.start, b.start)
    return min(4, sum(1 for m in others if start <= m.start and m.end <= end and m.id not in (a.id, b.id)))


def side(document: Document, sentence: Sentence, m: Named) -> Side:
    """A mention in a sentence as one side of a meeting."""
    at = sentence.offset + m.head.idx
    return Side(m.id, at, document.states.at(at))


def seen(sentence: Sentence, a: Named, b: Named) -> list[str]:
    """The features of two mentions, `a` before `b` in the text."""
    route = path(way(a.head), way(b.head))
    out = [
        "bias",
        f"path {route}",
        f"path {route} {a.kind} {b.kind}",
        f"kinds {a.kind} {b.kind}",
        f"forms {a.form} {b.form}",
        f"heads {a.head.lemma_.lower()}",
        f"tails {b.head.lemma_.lower()}",
    ]
    out += _words_around(sentence, a, b)
    out += _along(a.head, b.head)
    return out


def _words_around(sentence: Sentence, a: Named, b: Named) -> Iterator[str]:
    """How far two mentions stand apart, the words between them, and those before and behind."""
    doc, nested = sentence.tokens.doc, b.start < a.end
    start, stop = a.last + 1, b.first
    gap = "in" if nested else next((name for most, name in _GAPS if stop - start <= most), "far")
    yield f"gap {gap}"
    words = [_word(t) for t in doc[start:stop] if t.pos_ in _TOLD] if stop > start else []
    if len(words) <= _BETWEEN:
        yield from (f"between {w}" for w in words)
        yield f"between {' '.join(words)}"
    else:
        yield from (f"after one {w}" for w in words[:3])
        yield from (f"before other {w}" for w in words[-3:])
    yield from (f"before {_word(t)}" for t in doc[max(sentence.tokens.start, a.first - 2) : a.first])
    yield from (f"behind {_word(t)}" for t in doc[b.last + 1 : min(sentence.tokens.end, b.last + 4)])
    if nested:
        yield from (f"inside {t.lower_}" for t in doc[a.first : max(a.last, b.last) + 1])


def _word(token: Token) -> str:
    pos: str = token.pos_
    return pos if pos in ("PROPN", "NUM") else token.lemma_.lower()


def _along(a: Token, b: Token) -> Iterator[str]:
    """The words on the way through the grammar from one head to the other, and the one at the top."""
    chain = _chain(a)
    at = {t.i: k for k, t in enumerate(chain)}
    down = _chain(b)
    met = next((k for k, t in enumerate(down[:_STEPS]) if t.i in at), None)
    if met is None:
        yield "way none"
        return
    top = down[met]
    up, down = chain[: at[top.i]], down[:met]
    yield from (f"way up {_word(t)}" for t in up[1:])
    yield from (f"way down {_word(t)}" for t in down[1:])
    ends = f"{up[-1].dep_ if up else '-'} {down[-1].dep_ if down else '-'}"
    labels = {c.dep_ for c in top.children}
    yield f"top {_word(top)}"
    yield f"top {_word(top)} {ends}"
    yield f"top {top.pos_} {ends} {'passive' if labels & {'nsubjpass', 'auxpass'} else ''}"
    if "neg" in labels:
        yield "top not"
    yield from (f"top with {c.dep_} {_word(c)}" for c in top.children if c.dep_ in _OPEN)


def _chain(token: Token) -> list[Token]:
    """A word and those above it, nearest first."""
    out = [token]
    while len(out) <= _STEPS and (head := token.head) != token:
        out.append(head)
        token = head
    return out


def weigh(meetings: Sequence[Meeting], network: Network) -> list[list[float]]:
    """How likely each output of a network holds of each meeting."""
    pairs = Pairs(network)
    for m in meetings:
        left = pairs.word("left", m.left.at, m.left.state)
        right = pairs.word("right", m.right.at, m.right.state)
        pairs.add(left, right, [tuple(dict.fromkeys(m.features))])
    return [[logistic(x) for x in row] for row in pairs.scores()]
