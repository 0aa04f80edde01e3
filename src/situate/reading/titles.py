"""Who holds which post where: "army spokesman John Doe", "Jane Roe, head of the agency"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from situate.knowledge.frames import lexicon
from situate.language import Document, Sentence
from situate.reading.names import Names

_REACH = 6  # words between a post and the organisation or the person
_OF = frozenset({"of", "for", "at", "in", "with", "from"})
_ORGANISED = frozenset(
    {
        "government", "military", "police", "armed_group", "political_group", "international_org", "aid_org", "media",
        "company", "other",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """A person's post: the word for it, the person, the organisation, and whether the person leads it."""

    sentence: Sentence
    token: Token
    person: str
    organisation: str
    leads: bool


def posts(document: Document, names: Names) -> Iterator[Post]:
    """The posts that a report names with person and organisation, in text order."""
    lists = lexicon("relations").lists
    leading, belonging = lists["leading"], lists["belonging"]
    for sentence in document.sentences:
        for token in sentence.tokens:
            lower = token.lower_
            if lower in leading or lower in belonging:
                yield from _Post(sentence, token, names).read(lower in leading)


class _Post:
    """Reads one post off the words around it."""

    def __init__(self, sentence: Sentence, token: Token, names: Names) -> None:
        self.sentence, self.token, self.names = sentence, token, names
        self.doc: Doc = token.doc
        self.first, self.last = sentence.tokens.start, sentence.tokens.end - 1

    def read(self, leads: bool) -> Iterator[Post]:
        lists = lexicon("relations").lists
        before = self.doc[max(self.first, self.token.i - 3) : self.token.i]
        if any(t.lower_ in lists["past"] for t in before):
            return
        if any(t.lower_ in lists["under"] for t in before):
            leads = False
        right, end = self._right()
        organisation = right or self._left()
        person = self._inside() or self._after(end, comma=organisation is not None) or self._before()
        if person and organisation and person != organisation:
            yield Post(self.sentence, self.token, person, organisation, leads)

    def _actor(self, token: Token, kinds: frozenset[str]) -> tuple[str, int, int] | None:
        found = [
            x
            for x in self.names.index.actors.within(*self.sentence.where(token))
            if self.names.actors[x[2]].kind in kinds
        ]
        if not found:
            return None
        start, end, actor = max(found, key=lambda x: x[1] - x[0])
        return actor, start, end

    def _right(self) -> tuple[str | None, int]:
        """The organisation after "of", and the index of the word after it."""
        i = self.token.i + 1
        if i > self.last or self.doc[i].lower_ not in _OF:
            return None, i
        for j in range(i + 1, min(i + _REACH, self.last + 1)):
            token = self.doc[j]
            if token.is_punct and token.text not in "-’'\"":
                break
            if found := self._actor(token, _ORGANISED):
                after = self.sentence.token_at(found[2])
                return found[0], after.i if after is not None else self.last + 1
            if token.pos_ in ("VERB", "AUX", "SCONJ", "PRON"):
                break
        return None, i

    def _left(self) -> str | None:
        """The organisation before the post: "army spokesman", "Iran's foreign minister", "Israeli minister"."""
        for j in range(self.token.i - 1, max(self.first, self.token.i - _REACH) - 1, -1):
            token = self.doc[j]
            if found := self._actor(token, _ORGANISED):
                return found[0]
            if token.pos_ not in ("NOUN", "PROPN", "ADJ", "PART", "PUNCT") or token.text in ",;:()":
                return None
        return None

    def _inside(self) -> str | None:
        """The person whose mention holds the post as its first part."""
        start, end = self.sentence.where(self.token)
        for s, e, actor in self.names.index.actors.within(start, end):
            if s <= start and e > end and self.names.actors[actor].kind == "person":
                return actor
        return None

    def _after(self, i: int, comma: bool) -> str | None:
        """The person named right after the post, or after its organisation and a comma."""
        stop = min(i + 5, self.last + 1)
        for j in range(i, stop):
            token = self.doc[j]
            if found := self._actor(token, frozenset({"person"})):
                return found[0]
            if token.text != "." and not (comma and token.text == ",") and token.pos_ not in ("PROPN", "NOUN"):
                return None
        return None

    def _before(self) -> str | None:
        """The person named before: "Jane Roe, the head of …", "Jane Roe is the head of …"."""
        comma = False
        for j in range(self.token.i - 1, max(self.first, self.token.i - 2 * _REACH) - 1, -1):
            token = self.doc[j]
            if found := self._actor(token, frozenset({"person"})):
                return found[0] if comma else None
            if token.text == "," or token.lemma_ == "be":
                if comma:
                    return None
                comma = True
            elif comma or token.pos_ in ("VERB", "SCONJ"):
                return None
        return None
