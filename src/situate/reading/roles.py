"""Who plays what part in an event: from the grammar around a trigger to the actors, places and words in its roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from situate.knowledge.events import EventLexicon, Part, Sense
from situate.language import Sentence
from situate.reading.arguments import objects, subjects
from situate.reading.index import Index
from situate.reading.phrases import modifiers, possessors, together

_VERBS = frozenset({"VERB", "AUX"})
_PREPOSITIONAL = frozenset({"prep", "agent", "dative", "prt", "advmod"})
_HANGING = frozenset(
    {"xcomp", "advcl", "ccomp", "pcomp", "prep", "acl", "conj", "dep", "dobj", "attr", "acomp", "pobj"}
)
_SCENE = frozenset({"against", "on", "in", "at", "near", "with", "between", "from", "to"})
_DEPTH = 3
_CLIMB = 5


@dataclass(frozen=True, slots=True)
class Argument:
    """Words in a slot of a trigger: the slot's name, the head of the words, and how they were reached."""

    slot: str
    token: Token
    path: str


@dataclass(slots=True)
class Parts:
    """What the roles of one event came to: ids in the order found, without repeats."""

    actors: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    third: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    forces: list[str] = field(default_factory=list)
    instrument: list[Token] = field(default_factory=list)
    slots: dict[str, str] = field(default_factory=dict)  # id: slot and role that the grammar gives it
    paths: dict[str, str] = field(default_factory=dict)  # id: how the grammar leads there
    odds: dict[tuple[str, str], float] = field(default_factory=dict)  # (role, id): the probability, once weighed

    def note(self, id_: str, argument: Argument, role: str | None) -> None:
        """Notes by which slot and path the grammar leads to an actor or place."""
        self.slots.setdefault(id_, f"{argument.slot} {role or 'open'}")
        self.paths.setdefault(id_, argument.path)

    def add(self, role: str, ids: Iterable[str]) -> None:
        """Adds ids to a role."""
        into = {
            "actor": self.actors,
            "both": self.actors,
            "recipient": self.recipients,
            "third": self.third,
            "place": self.places,
            "force": self.forces,
        }[role]
        for id_ in ids:
            if id_ not in into:
                into.append(id_)


class RoleFinder:
    """Finds the parts of events in one report."""

    def __init__(self, index: Index, lexicon: EventLexicon) -> None:
        self._index = index
        self._lexicon = lexicon
        self._words = lexicon.words

    def find(self, sentence: Sentence, arguments: Iterable[Argument], part: Part, sense: Sense) -> Parts:
        """The actors, recipients, third parties, places and instrument of a trigger read in a sense."""
        parts = Parts()
        frame = sense.frame.verb if part == "verb" else sense.frame.noun
        for argument in arguments:
            role = frame.get(argument.slot)
            if role == "":
                continue
            self._fill(parts, sentence, role, argument)
        if parts.forces and not parts.actors:
            parts.add("actor", parts.forces)
        parts.recipients[:] = [r for r in parts.recipients if r not in parts.actors]
        return parts

    def _fill(self, parts: Parts, sentence: Sentence, role: str | None, argument: Argument) -> None:
        """Adds the words of a slot to the role that the frame gives it, and notes the slot of whom they name."""
        token = argument.token
        if role == "instrument":
            parts.instrument.append(token)
            return
        ids = [] if role == "place" else self.actors(sentence, token)
        for id_ in ids:
            parts.note(id_, argument, role)
        if ids and role is not None:
            parts.add(role, ids)
        elif role != "actor":
            self._fill_place(parts, sentence, role, argument)

    def _fill_place(self, parts: Parts, sentence: Sentence, role: str | None, argument: Argument) -> None:
        place = self.place(sentence, argument.token)
        if place:
            parts.note(place, argument, role)
            if role in ("place", "recipient", "force") or argument.slot in self._words["locative"]:
                parts.add("place", [place])
        elif role == "place":
            parts.add("recipient", self.actors(sentence, argument.token, own=True))

    def arguments(self, token: Token, part: Part) -> Iterator[Argument]:
        """The slots of a trigger with the words in them."""
        yield from self._verb_arguments(token) if part == "verb" else self._noun_arguments(token)
        if token.dep_ == "acomp" and token.lower_ in self._words["bearing"] and token.head.pos_ in _VERBS:
            yield from (Argument("light", t, f"who '{token.head.text}' so") for t in subjects(token.head))

    def actors(self, sentence: Sentence, token: Token, depth: int = _DEPTH, own: bool = False) -> list[str]:
        """The actors that a phrase's head names; for words that name none, those that they are said to belong to.

        With `own` only the head counts.
        """
        found = self._index.actors.at(*sentence.where(token))
        if found is not None:
            return [found]
        if own or depth == 0 or token.pos_ == "PRON":
            return []
        for t, left in self._below(token, depth - 1):
            if ids := self.actors(sentence, t, left):
                return ids
        return []

    def _below(self, token: Token, left: int) -> Iterator[tuple[Token, int]]:
        """The words of a phrase that may name whom its head belongs to, with how deep to look in theirs."""
        of = _after(token, "of")
        parts = (of or _after(token, "from")) if token.lemma_.lower() in self._words["partitive"] else []
        yield from ((t, left) for t in parts or possessors(token))
        yield from ((t, 0) for t in modifiers(token))
        yield from ((t, left) for t in (*_after(token, "by"), *of))

    def place(self, sentence: Sentence, token: Token) -> str | None:
        """The place that a word names."""
        start, end = sentence.where(token)
        return self._index.places.at(start, end)

    def _verb_arguments(self, verb: Token) -> Iterator[Argument]:
        own = subjects(verb)
        for t in own:
            yield Argument("subject", t, "subject")
        if not own and not passive(verb):
            yield from (Argument("subject", t, path) for t, path in self._controller(verb))
        for t in objects(verb):
            yield Argument("object", t, "object")
        yield from _prepositional(verb)
        for child in verb.children:
            if child.dep_ in ("ccomp", "xcomp") and child.pos_ in _VERBS:
                for c in child.children:
                    if c.dep_ in ("nsubj", "nsubjpass"):
                        yield from (Argument("complement", t, f"subject of '{child.text}'") for t in together([c]))

    def _controller(self, verb: Token) -> list[tuple[Token, str]]:
        """Who is meant to do it, where the verb names nobody: the subject or object of the words that it hangs on."""
        here = verb
        for _ in range(_CLIMB):
            head = here.head
            if head == here:
                break
            found, path = self._of_head(here, head)
            if found:
                return [(t, path) for t in found]
            here = head
        return []

    def _of_head(self, here: Token, head: Token) -> tuple[list[Token], str]:
        if head.pos_ in _VERBS and here.dep_ in _HANGING:
            lemma = self._lexicon.lemmas.get(head.lower_, head.lemma_)
            steered = here.dep_ in ("xcomp", "ccomp", "prep", "advcl") and lemma in self._words["object_control"]
            if steered and (found := objects(head)):
                return found, f"object of '{head.text}'"
            found = objects(head) if passive(head) else subjects(head)
            return found, f"subject of '{head.text}'"
        if head.pos_ in ("NOUN", "PROPN") and here.dep_ in ("acl", "prep", "pcomp", "appos"):
            return possessors(head), f"whose '{head.text}' it is"
        return [], ""

    def _noun_arguments(self, noun: Token) -> Iterator[Argument]:
        for t in possessors(noun):
            yield Argument("owner", t, "whose it is")
        for t in modifiers(noun):
            yield Argument("modifier", t, f"modifier of '{noun.text}'")
        yield from _prepositional(noun)
        for child in noun.children:
            if child.dep_ in ("acl", "relcl") and child.pos_ in _VERBS:
                yield from self._clause_of(noun, child)
        top = _top(noun, self._words["partitive"])
        if top is not noun:
            yield from self._noun_top(top)
        yield from self._governor(top)

    def _noun_top(self, top: Token) -> Iterator[Argument]:
        for t in possessors(top):
            yield Argument("owner", t, "whose it is")
        for child in top.children:
            if child.dep_ in ("acl", "relcl") and child.pos_ in _VERBS:
                yield from self._clause_of(top, child)

    def _clause_of(self, noun: Token, verb: Token) -> Iterator[Argument]:
        """A clause that describes the event: "carried out by X", "that killed Y", "targeting Z"."""
        lemma = self._lexicon.lemmas.get(verb.lower_, verb.lemma_)
        path = f"'{verb.text}' said of '{noun.text}'"
        if lemma in self._words["light"]:
            for t in subjects(verb):
                if t != noun:
                    yield Argument("light", t, path)
        else:
            for t in objects(verb):
                if t != noun:
                    yield Argument("verb", t, path)
        for argument in _prepositional(verb):
            if argument.slot in ("by", "against", "on", "in", "at"):
                yield Argument(argument.slot, argument.token, path)

    def _governor(self, noun: Token) -> Iterator[Argument]:
        """What the verb above an event's noun says of it: who carried it out, whom it hit, where."""
        head = noun.head
        if head.pos_ not in _VERBS:
            return
        lemma = self._lexicon.lemmas.get(head.lower_, head.lemma_)
        light, staging = lemma in self._words["light"], lemma in self._words["staging"]
        done = noun.dep_ in ("dobj", "nsubjpass") and light
        if noun.dep_ in ("dobj", "nsubjpass", "attr", "pobj") and lemma in self._words["suffered"]:
            yield from (Argument("verb", t, f"subject of '{head.text}'") for t in subjects(head))
        elif done:
            yield from (Argument("light", t, f"subject of '{head.text}'") for t in subjects(head))
        elif noun.dep_ == "nsubj" and not light and not staging:
            yield from (Argument("verb", t, f"object of '{head.text}'") for t in objects(head))
        if done or staging:
            for argument in _prepositional(head):
                if argument.slot in _SCENE:
                    yield Argument(argument.slot, argument.token, f"'{argument.slot}' after '{head.text}'")


def passive(verb: Token) -> bool:
    """Whether a verb stands in the passive."""
    return any(c.dep_ in ("auxpass", "nsubjpass", "agent") for c in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")
    )


def _prepositional(token: Token) -> Iterator[Argument]:
    for child in token.children:
        if child.dep_ in _PREPOSITIONAL or child.pos_ == "ADP":
            name = child.lower_
            for pobj in child.children:
                if pobj.dep_ == "pobj":
                    yield from (Argument(name, t, f"'{name}' phrase") for t in together([pobj]))
                elif pobj.dep_ == "prep":  # "out of the city"
                    yield from (
                        Argument(pobj.lower_, t, f"'{name} {pobj.lower_}' phrase")
                        for p in pobj.children
                        if p.dep_ == "pobj"
                        for t in together([p])
                    )


def _after(token: Token, preposition: str) -> list[Token]:
    return together(
        p
        for c in token.children
        if c.dep_ == "prep" and c.lower_ == preposition
        for p in c.children
        if p.dep_ == "pobj"
    )


def _top(noun: Token, partitive: frozenset[str]) -> Token:
    """The noun that stands for it in the clause: "series" in "a series of attacks"; the first of coordinated ones."""
    for _ in range(4):
        head = noun.head
        if noun.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN"):
            noun = head
        elif noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in partitive:
            noun = head.head
        elif noun.dep_ in ("compound", "nmod") and head.pos_ in ("NOUN", "PROPN"):
            noun = head
        else:
            break
    return noun
