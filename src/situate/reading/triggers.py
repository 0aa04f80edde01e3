"""Words that tell of an event: the lexicon's entries found in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from situate.knowledge.events import Entry, EventLexicon, Part, Sense
from situate.language import Proposal, Role, Sentence
from situate.reading.event_bars import tells_nothing
from situate.reading.wording import Wording

_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset(
    {"pobj", "dobj", "nsubj", "nsubjpass", "compound", "conj", "attr", "appos", "ROOT", "poss", "nmod"}
)
_OPENING = frozenset({"DET", "CCONJ", "SCONJ", "PUNCT", "PRON"})
_SKIPPED = frozenset({"-", "–", "the", "a", "an", "its", "their", "his"})
_REACH = 8  # tokens between a verb and the words that belong to it ("took full control")
_NEAR = 5  # tokens on each side in which a sense's `unless` is looked for


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words of a sentence that may tell of an event: the word that carries the grammar, all words, and the senses."""

    sentence: Sentence
    token: Token
    words: tuple[Token, ...]
    part: Part
    senses: tuple[Sense, ...]
    wording: Wording
    proposals: tuple[Proposal, ...] = ()  # of events, that stand on the same words

    @property
    def span(self) -> tuple[int, int]:
        """Its report offsets, from the first to the last of its words where they stand together."""
        first, last = self.words[0], self.words[-1]
        if last.i - first.i < 2 * len(self.words) + 2:
            return self.sentence.where(first, last)
        return self.sentence.where(self.token)

    def roles(self, name: str) -> list[Role]:
        """The words that the model ties to the event in a role, surest first."""
        found = [r for p in self.proposals for r in p.roles if r.role == name]
        return sorted(found, key=lambda r: -r.score)


def triggers(sentence: Sentence, lexicon: EventLexicon) -> list[Trigger]:
    """The triggers of a sentence in text order; of phrases that share their anchor only the longest."""
    wording = Wording(sentence)
    tokens = wording.tokens
    found: list[Trigger] = []
    for i, form in enumerate(wording.forms):
        verbs, nouns = lexicon.verbs.get(form), lexicon.nouns.get(form)
        if not verbs and not nouns:
            continue
        token = tokens[i]
        if verbs and _may_be_verb(token, form, nouns is not None):
            found += _best(sentence, wording, i, verbs)
        elif nouns and _may_be_noun(token, verbs is not None):
            found += _best(sentence, wording, i, nouns)
    found = _without_parts(found)
    suggested = [p for p in sentence.proposals if p.layer == "events"]
    found = _with_proposals(sentence, wording, found, suggested) if suggested else found
    return [t for t in found if not tells_nothing(t.token, t.part)]


def _with_proposals(
    sentence: Sentence, wording: Wording, found: list[Trigger], suggested: list[Proposal]
) -> list[Trigger]:
    """The triggers with what the model suggests on their words, and its suggestions on other words."""
    out, used = [], set()
    for trigger in found:
        start, end = sentence.where(trigger.token)
        here = tuple(p for p in suggested if p.start < end and start < p.end)
        used |= {id(p) for p in here}
        out.append(replace(trigger, proposals=here) if here else trigger)
    for proposal in suggested:
        if id(proposal) not in used and (words := _trimmed(sentence.tokens_in(proposal.start, proposal.end))):
            token = min(words, key=lambda t: (sum(1 for _ in t.ancestors), t.i))
            part: Part = "verb" if token.pos_ in _VERBS else "noun"
            out.append(Trigger(sentence, token, tuple(words), part, (), wording, (proposal,)))
    return sorted(out, key=lambda t: t.token.i)


def _trimmed(words: Sequence[Token]) -> Sequence[Token]:
    """Words without the small ones at their end that belong to what follows: "hosts a", "tanks and"."""
    end = len(words)
    while end > 1 and words[end - 1].pos_ in _OPENING:
        end -= 1
    return words[:end]


def _may_be_verb(token: Token, form: str, also_noun: bool) -> bool:
    if token.pos_ in _VERBS:
        return not (token.tag_ == "VBG" and also_noun and token.dep_ in _NOMINAL and token.dep_ not in ("ROOT", "conj"))
    return token.pos_ == "ADJ" and form.endswith(("ed", "en", "ing"))


def _may_be_noun(token: Token, also_verb: bool) -> bool:
    if token.pos_ in _NOUNS:
        return True
    return token.pos_ in _VERBS | {"ADJ"} and (not also_verb or token.dep_ in _NOMINAL)


def _best(sentence: Sentence, wording: Wording, i: int, entries: tuple[Entry, ...]) -> list[Trigger]:
    """The trigger at a token: the senses of its longest entries that match there."""
    token = wording.tokens[i]
    words: tuple[Token, ...] = (token,)
    length, senses = 0, []
    for entry in entries:
        if len(entry.words) < length:
            break
        matched = (token,) if len(entry.words) == 1 else _phrase(wording, i, entry)
        if matched and not _ruled_out(entry.sense, wording.forms, i):
            length, words = len(entry.words), matched
            senses.append(entry.sense)
    if not senses:
        return []
    return [Trigger(sentence, token, words, entries[0].part, tuple(dict.fromkeys(senses)), wording)]


def _phrase(wording: Wording, i: int, entry: Entry) -> tuple[Token, ...]:
    """The tokens of a phrase anchored at token i, or none."""
    if entry.part == "noun":
        return _noun_phrase(wording.tokens, wording.forms, i, entry)
    at, places = i, [i]
    for word in entry.words[1:]:
        at = _belonging(wording, at, i, word)
        if at < 0:
            return ()
        places.append(at)
    return tuple(wording.tokens[j] for j in sorted(places))


def _belonging(wording: Wording, after: int, i: int, word: str) -> int:
    """Where a word of the phrase of the verb at i stands: next to it, or governed by the verb; -1 if nowhere."""
    plural = word + "s"
    if word not in wording.known and plural not in wording.known:
        return -1
    tokens, forms, verb = wording.tokens, wording.forms, wording.tokens[i]
    for j in range(after + 1, min(len(forms), i + _REACH)):
        if (forms[j] == word or forms[j] == plural) and (j == after + 1 or _governs(verb, tokens[j])):
            return j
    for j in range(max(0, i - _REACH), i):  # "control was taken"
        if forms[j] == word and tokens[j].dep_ in ("nsubjpass", "dobj") and tokens[j].head is verb:
            return j
    return -1


def _governs(verb: Token, token: Token) -> bool:
    """Whether a token hangs on a verb: a small word directly, another word at most in a phrase that does.

    A small word before a day ("took the town on Sunday") belongs to the day.
    """
    if token.pos_ == "ADP" and any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in token.children):
        return False
    for _ in range(1 if token.pos_ in ("ADP", "PART", "ADV") else 3):
        if token.head == verb:
            return True
        token = token.head
    return False


def _noun_phrase(tokens: list[Token], forms: list[str], i: int, entry: Entry) -> tuple[Token, ...]:
    k = entry.anchor_at
    matched = [tokens[i]]
    at = i
    for word in reversed(entry.words[:k]):
        at -= 1
        while at >= 0 and forms[at] == "-":
            at -= 1
        if at < 0 or not _same(forms[at], word):
            return ()
        matched.insert(0, tokens[at])
    at = i
    for word in entry.words[k + 1 :]:
        at += 1
        while at < len(forms) and forms[at] in _SKIPPED and forms[at] != word:
            at += 1
        if at >= len(forms) or not _same(forms[at], word):
            return ()
        matched.append(tokens[at])
    return tuple(matched)


def _same(form: str, word: str) -> bool:
    return form == word or (form.startswith(word) and form[len(word) :] in ("s", "es")) or word == form + "s"


def _ruled_out(sense: Sense, forms: list[str], i: int) -> bool:
    """Whether words near a token rule a sense out."""
    if not sense.unless:
        return False
    for j in range(max(0, i - _NEAR), min(len(forms), i + _NEAR + 1)):
        for phrase in sense.unless.get(forms[j], ()):
            if (j != i or len(phrase) > 1) and _stands_at(phrase, forms, j):
                return True
    return False


def _stands_at(phrase: tuple[str, ...], forms: list[str], j: int) -> bool:
    return j + len(phrase) <= len(forms) and all(_same(forms[j + k], w) for k, w in enumerate(phrase))


def _without_parts(found: list[Trigger]) -> list[Trigger]:
    """Triggers without those whose words are part of another's phrase, unless they tell of another class."""
    long = [t for t in found if len(t.words) > 1]

    def inside(t: Trigger) -> bool:
        types = {s.type for s in t.senses}
        return any(o is not t and t.token in o.words and types & {s.type for s in o.senses} for o in long)

    return [t for t in found if not inside(t)]
