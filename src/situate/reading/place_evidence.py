"""What the words around a name say of whether it is a place's."""

from __future__ import annotations

from spacy.tokens import Token

from situate.knowledge.gazetteer import Gazetteer
from situate.knowledge.places import place_words
from situate.language import Sentence
from situate.reading.place_nouns import Naming

MAYBE_A_PLACE = 0.5  # the encoder's score that tips "to" and "from" towards a place
FIRST_WORDS = 5  # of a sentence, among which a dateline's place stands
LONG = 4  # letters: a shorter word in capitals may be an abbreviation
_AFTER_DATELINE = frozenset(("-", "--", "—", "–", "(", ",", "_", ":"))


class Evidence:
    """Weighs the words around names."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.words = place_words()

    def of(self, sentence: Sentence, naming: Naming) -> int:
        """How surely the words before a name speak of a place."""
        first = sentence.token_at(naming.start)
        if first is None:
            return 0
        people = self._of_people(sentence, naming)
        if first.i <= sentence.tokens.start:
            return int(people or self._dateline(sentence, naming))
        before = first.nbor(-1)
        if before.lower_ == "the" and before.i > sentence.tokens.start:
            before = before.nbor(-1)
        if self.words.nouns.get(before.lower_) in ("settlement", "admin"):
            return 2
        if before.lower_ == "of":
            return self._after_of(before.nbor(-1)) if before.i > sentence.tokens.start else 0
        return int(people or (before.text == "," and self._is_division(naming)) or self._leads_to_place(before))

    def _leads_to_place(self, before: Token) -> bool:
        """Whether a preposition or a verb is one that a place follows: "in", "fell on", "went to", "captured"."""
        lower = before.lower_
        if lower in ("in", "at", "near", "around", "outside", "inside"):
            return True
        if lower == "on":
            return before.head.lemma_ in self.words.happenings
        if lower == "to":
            return before.head.pos_ in ("VERB", "NOUN") and before.dep_ == "prep"
        if before.pos_ in ("ADP", "SCONJ", "PART"):
            return lower in self.words.locative and lower != "for"
        return before.lemma_ in self.words.taking and before.pos_ == "VERB"

    def _after_of(self, noun: Token) -> int:
        """ "the town of Suluk", "an occupation of Suluk", "Donnie Smith, 43, of London"."""
        if noun.lower_ in self.words.nouns:
            return 2
        return int(noun.text == "," or noun.ent_type_ == "PERSON" or noun.lower_ in self.words.directions)

    def _dateline(self, sentence: Sentence, naming: Naming) -> bool:
        """ "BEIJING — ", "KABUL, " at the beginning of a report."""
        last = sentence.tokens_in(naming.start, naming.end)[-1]
        return naming.name.isupper() and last.i + 1 < len(last.doc) and last.nbor(1).text in _AFTER_DATELINE

    def _of_people(self, sentence: Sentence, naming: Naming) -> bool:
        """Whether people or an office of the place follow, or its state: "Tabriz residents", "Hugo, Oklahoma"."""
        last = sentence.tokens_in(naming.start, naming.end)[-1]
        if last.i + 1 >= sentence.tokens.end:
            return False
        after = last.nbor(1)
        if after.text == "," and last.i + 2 < sentence.tokens.end:
            return after.nbor(1).text[:1].isupper() and self._is_division(naming, after.nbor(1).text)
        return after.lemma_.lower() in self.words.locals

    def _is_division(self, naming: Naming, name: str | None = None) -> bool:
        return any(k.feature == "ADM1" for k in self.gazetteer.find(name or naming.name, False))


def is_scene(sentence: Sentence, start: int, end: int) -> bool:
    """Whether something may happen at a named place: not at a dateline's, nor where somebody is "based in"."""
    tokens = sentence.tokens_in(start, end)
    if not tokens:
        return True
    following = tokens[-1].nbor(1).text if tokens[-1].i + 1 < sentence.tokens.end else ""
    if tokens[0].i - sentence.tokens.start < FIRST_WORDS and tokens[0].text.isupper() and len(tokens[0]) > LONG:
        return following not in _AFTER_DATELINE
    before = sentence.tokens.doc[max(sentence.tokens.start, tokens[0].i - 3) : tokens[0].i]
    words = [t.lower_ for t in before if t.lower_ != "the"]
    return words[-2:-1] not in (["based"], ["headquartered"]) or words[-1] not in ("in", "at")


def is_located(naming: Naming) -> bool:
    """Whether the words speak of a country as somewhere: "in Syria", "entered Iraq", "Mosul, Iraq"."""
    dateline = naming.name.isupper() and naming.start == naming.sentence.start
    if naming.hint is not None or dateline:
        return True
    words = place_words()
    tokens = naming.sentence.tokens_in(naming.start, naming.end)
    if not tokens:
        return False
    members = {t.i for t in tokens}
    root = next((t for t in reversed(tokens) if t.head.i not in members or t.head is t), tokens[-1])
    for _ in range(3):  # "in Syria and Iraq": the second hangs on the first
        if root.dep_ != "conj" or root.head is root:
            break
        root = root.head
    head = root.head
    if root.dep_ == "pobj":
        if head.lower_ == "of":
            return any(head.head.lower_ in those for those in (words.nouns, words.directions, words.parts))
        if head.lower_ in ("to", "from"):
            return naming.score >= MAYBE_A_PLACE or head.head.lemma_ in words.moving
        return head.lower_ in words.locative and head.lower_ not in ("for", "on", "between")
    if root.dep_ == "dobj":
        return head.lemma_ in words.taking
    if root.dep_ in ("appos", "npadvmod", "ROOT"):
        following = tokens[-1].nbor(1).text if tokens[-1].i + 1 < naming.sentence.tokens.end else ""
        return following not in ("-", "–") or root.dep_ != "npadvmod"
    return root.dep_ in ("poss", "compound", "nmod") and (
        head.lower_ in words.directions
        or words.nouns.get(head.lower_) in ("settlement", "region", "line", "zone", "terrain")
    )
