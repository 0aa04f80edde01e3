"""Names of organisations by their form: "the Movement for the Liberation of Nuradia", "Union of Kasala Youth"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from situate.reading.actor_context import words_of
from situate.reading.actor_kinds import kind_of_name
from situate.reading.actor_unit import Unit

SCORE = 0.6  # of what is found by form alone
_JOINTS = frozenset(("of", "for", "and", "the"))


def organisations(tokens: Sequence[Token]) -> Iterator[Unit]:
    """The names of a sentence that a word for a group in capitals begins and that go on with "for" or "of"."""
    heads = words_of("heads_of_groups")
    for i, token in enumerate(tokens):
        if token.lower_ in heads and token.text.istitle() and i + 2 < len(tokens):
            last = _end(tokens, i + 1) if tokens[i + 1].lower_ in ("for", "of") else i
            first = _start(tokens, i)
            if last > i and (first or tokens[0].lower_ == "the"):
                kind = kind_of_name(tokens[first].doc[tokens[first].i : tokens[last].i + 1].text) or "other"
                yield Unit(first, last, label=f"actor:{kind}", score=SCORE)


def _end(tokens: Sequence[Token], joint: int) -> int:
    """The last word of a name that goes on after a joint: "for the Liberation of Nuradia"."""
    last, at = joint - 1, joint
    while at < len(tokens):
        if _is_capital(tokens[at]):
            last = at
        elif tokens[at].lower_ not in _JOINTS or at - last > 2:
            break
        at += 1
    return last


def _start(tokens: Sequence[Token], head: int) -> int:
    """The first word of a name with this head: "People's" in "People's Front for the Liberation of Nuradia"."""
    first = head
    while first and (_is_capital(tokens[first - 1]) or tokens[first - 1].lower_ in ("'s", "’s")):
        first -= 1
    return first + (first < head and tokens[first].lower_ in ("the", "a"))


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.is_alpha
