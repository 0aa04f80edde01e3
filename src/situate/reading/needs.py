"""Whether what a sense of the lexicon needs stands beside its word: a weapon, a place, a captive, a promise …"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Token

from situate.knowledge.events import EventLexicon, Part, Sense
from situate.reading.arguments import objects, subjects
from situate.reading.index import Index
from situate.reading.triggers import Trigger

_HANGING = frozenset(
    {"dobj", "nsubj", "nsubjpass", "pobj", "attr", "oprd", "dative", "compound", "amod", "nmod", "poss", "conj"}
)
_OBJECT = "object "  # before a need that only the verb's object, or a noun's "of", may fill
_AT = frozenset({"at", "on", "into", "toward", "towards"})
_SELF = frozenset({"himself", "herself", "itself", "themselves"})


def _twice(token: Token, label: str) -> bool:
    return sum(c.dep_ == label for c in token.children) > 1


_GRAMMAR: Mapping[str, Callable[[Token], bool]] = {
    "recipient": lambda t: any(c.lower_ in _AT for c in t.children),
    "infinitive": lambda t: any(c.dep_ in ("xcomp", "ccomp") for c in t.children),
    "patient": lambda t: bool(objects(t)),
    "naming": lambda t: any(c.dep_ in ("oprd", "ccomp") for c in t.children) or _twice(t, "dobj"),
    "self": lambda t: any(c.lower_ in _SELF for c in t.children),
}


class Needs:
    """Checks the needs of senses in one report."""

    def __init__(self, index: Index, kinds: Mapping[str, str], lexicon: EventLexicon) -> None:
        self._index = index
        self._kinds = kinds
        self._lexicon = lexicon

    def met(self, trigger: Trigger, sense: Sense, events: set[int]) -> bool:
        """Whether any of them is; a sense without needs has them met. `events`: token indices of all triggers."""
        needs = sense.needs[trigger.part]
        if not needs:
            return True
        if any(need in _GRAMMAR and _GRAMMAR[need](trigger.token) for need in needs):
            return True
        if "light" in needs and trigger.token.head.lemma_.lower() in self._lexicon.words["light"]:
            return True
        of_object = frozenset(need.removeprefix(_OBJECT) for need in needs if need.startswith(_OBJECT))
        if of_object and any(self._fills(t, trigger, of_object, events) for t in _objects(trigger.token)):
            return True
        return any(self._fills(beside, trigger, needs, events) for beside in _beside(trigger.token, trigger.part))

    def rules_out(self, trigger: Trigger, sense: Sense) -> bool:
        """Whether a verb is no use of force by what it is and who does it: people enter a town, troops dig trenches.

        To enter or reach a place is an assault only by those who bear arms, and not where they leave another.
        """
        verb = trigger.token
        phrase = sense in trigger.senses and len(trigger.words) > 1  # "go off"
        if sense.type != "ASSAULT" or trigger.part != "verb" or phrase:
            return False
        words, lemma = self._lexicon.words, verb.lemma_.lower()
        if lemma not in words["motion"]:
            return lemma in words["building"]
        if objects(verb) and lemma not in words["arriving"]:
            return False  # "drove them out"
        led = subjects(verb)
        return _goes_on_leaving(verb, self._lexicon) or (bool(led) and not any(self._armed(trigger, t) for t in led))

    def _armed(self, trigger: Trigger, subject: Token) -> bool:
        """Whether a subject bears arms, or might: a pronoun that names nobody."""
        kind = self._kinds.get(self._index.actors.at(*trigger.sentence.where(subject)) or "")
        power = self._lexicon.fillers["power"]
        named = [subject, *(p for c in subject.children if c.lower_ == "of" for p in c.children)]
        if kind in power.kinds or any(t.lemma_.lower() in power.words for t in named):
            return True
        return kind is None and subject.pos_ == "PRON"

    def _fills(self, beside: Token, trigger: Trigger, needs: frozenset[str], events: set[int]) -> bool:
        if "event" in needs and beside.i in events and beside != trigger.token:
            return True
        start, end = trigger.sentence.where(beside)
        if "place" in needs and self._index.places.at(start, end):
            return True
        kind = self._kinds.get(self._index.actors.at(start, end) or "")
        if kind and "actor" in needs:
            return True
        for need in needs:
            filler = self._lexicon.fillers.get(need)
            if filler and (
                beside.lemma_.lower() in filler.words or beside.lower_ in filler.words or kind in filler.kinds
            ):
                return True
        return False


def _goes_on_leaving(verb: Token, lexicon: EventLexicon) -> bool:
    """Whether a verb is coordinated with one of leaving: "have pulled out and driven north"."""
    first = verb
    while first.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in first.children):
        first = first.head
    beside = {c.lower_ for c in first.children}
    entries = lexicon.verbs.get(first.lower_, ())
    return first is not verb and any(e.sense.type == "RETREAT" and beside.issuperset(e.words[1:]) for e in entries)


def _objects(token: Token) -> Iterator[Token]:
    """What a verb is done to, or what stands after a noun's "of", with all that is coordinated with it."""
    for child in token.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "dative"):
            yield child
            yield from child.conjuncts
        elif child.dep_ == "prep" and child.lower_ == "of":
            yield from (c for c in child.children if c.dep_ == "pobj")
    if token.dep_ in ("amod", "acl", "relcl"):
        yield token.head


def _beside(token: Token, part: Part) -> Iterator[Token]:
    """The words that may fill a need: objects, subjects, the nouns of phrases that hang on the word, its own head."""
    for child in token.children:
        if child.dep_ in _HANGING:
            yield child
        if child.dep_ in ("prep", "agent", "dative"):
            yield from (c for c in child.children if c.dep_ == "pobj")
    if part == "noun" or token.dep_ in ("amod", "acl", "relcl"):
        yield token.head
