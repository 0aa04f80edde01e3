"""Attributions of one sentence by its words and grammar."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from situate.knowledge.cues import Cues, CueVerb
from situate.knowledge.sources import source_words
from situate.language import Sentence
from situate.reading.attribution.content import Content, content_of
from situate.reading.attribution.grammar import (
    by_phrase,
    child,
    edges,
    is_passive,
    noun_phrase,
    own_subject,
    preposition,
    stretch,
    subject_of,
)
from situate.reading.attribution.model import Attribution, Range, meet

_MODALS = {"would", "could", "should", "might", "may", "must", "can", "will", "shall", "'ll", "’ll", "wo", "ca"}
_SPEAKING = {"PERSON", "ORG", "GPE", "NORP"}
_AROUND = {"inverted", "passive", "as-said"}  # contents that may hold their source
_EMPTY = {"it", "there"}
_LOWER = frozenset({"i", "we", "you"})


def attributions(sentence: Sentence, words: Cues) -> Iterator[Attribution]:
    """The attributions that a sentence's words show, in text order."""
    for token in sentence.tokens:
        lemma = token.lemma_.lower()
        found: Attribution | None = None
        if lemma in words.verbs and token.pos_ in ("VERB", "AUX"):
            found = _by_verb(token, words.verbs[lemma], sentence, words)
        elif lemma in words.relays and token.tag_ == "VBG":
            found = _by_relay(token, sentence)
        elif token.lower_ in words.phrases:
            found = _by_phrase(token, sentence, words)
        elif lemma in words.clause_nouns and token.pos_ == "NOUN":
            found = _by_noun(token, sentence, words)
        elif token.lower_ in words.adverbs:
            found = _by_adverb(token, sentence)
        if found is not None:
            yield found


def _by_verb(verb: Token, cue: CueVerb, sentence: Sentence, words: Cues) -> Attribution | None:
    if cue.particle and not any(c.lower_ == cue.particle for c in verb.children):
        return None
    content = content_of(verb, cue, sentence)
    kind = _class_of(cue, content)
    speaker, carrier = _speaker(verb, words)
    if (kind == "speech" and _unsaid(verb, words)) or not _fits(verb, cue, kind, speaker, content, words):
        return None
    source = noun_phrase(speaker, sentence) if speaker is not None else None
    where = _cue_range(verb, carrier, sentence, words)
    if speaker is not None and source is not None and content is not None and content.frame not in _AROUND:
        source = sentence.where(speaker) if meet(source, content.where) else source
    return Attribution(
        sentence, where, kind, source, speaker, content.where if content else None, cue.may("quote"), verb
    )


def _class_of(cue: CueVerb, content: Content | None) -> str:
    frame = content.frame if content is not None else "quote"
    frame = {"as-said": "inverted"}.get(frame, frame)
    return cue.takes.get(frame) or next(iter(cue.takes.values()))


def _fits(verb: Token, cue: CueVerb, kind: str, speaker: Token | None, content: Content | None, words: Cues) -> bool:
    """Whether verb, source and content go together."""
    if content is None and not cue.may("quote"):
        return False
    if speaker is None:
        return content is not None and is_passive(verb)
    person = speaker.lower_ in _LOWER
    if kind == "record":
        return speaker.lemma_.lower() in words.documents
    if kind == "belief" and (person or _repeats(verb, speaker, words)):
        return False
    return speaker.lower_ not in ("you", "there")


def _repeats(verb: Token, speaker: Token, words: Cues) -> bool:
    """ "he said he believed": one claim, not two."""
    outer = words.verbs.get(verb.head.lemma_.lower()) if verb.dep_ == "ccomp" else None
    return outer is not None and outer.takes.get("clause") == "speech" and speaker.pos_ == "PRON"


def _unsaid(verb: Token, words: Cues) -> bool:
    """Said by nobody: denied, withheld, wished, ordered."""
    if any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children):
        return True
    if any(c.dep_ == "aux" and c.lower_ in _MODALS for c in verb.children):
        return True
    if verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children):
        return verb.head.lemma_ not in ("go", "continue") or verb.dep_ != "xcomp"
    return verb.dep_ == "xcomp" and verb.head.lemma_ in words.withheld


def _speaker(verb: Token, words: Cues) -> tuple[Token | None, Token | None]:
    """The head of the source, and the noun that carried the words: "issued a *statement* saying"."""
    if is_passive(verb):
        return by_phrase(verb), None
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.lemma_ in words.relays:
        relay = verb.head.head
        return (own_subject(relay) if is_passive(relay) else child(relay, "dobj")), None
    noun = verb.head if verb.dep_ in ("acl", "relcl") and own_subject(verb) in (None, verb.head) else None
    if noun is not None and noun.lemma_.lower() in words.carriers and noun.dep_ == "dobj" and verb.tag_ == "VBG":
        issuer = subject_of(noun.head)
        if issuer is not None:
            return issuer, noun
    subject = subject_of(verb)
    if subject is not None and subject.lower_ in _EMPTY and subject.dep_ == "expl":
        return None, None
    return subject, None


def _cue_range(verb: Token, carrier: Token | None, sentence: Sentence, words: Cues) -> Range:
    """The verb with its auxiliaries, adverbs beside it, particle, and "in a statement"."""
    doc, low, high = verb.doc, verb.i, verb.i
    if carrier is not None and carrier.head.i < verb.i and verb.i - carrier.head.i < 8:
        low = carrier.head.i
    while low > sentence.tokens.start:
        before = doc[low - 1]
        if (before.head.i == verb.i and (before.dep_ in ("aux", "auxpass", "neg") or _plain_adverb(before))) or (
            verb.dep_ == "xcomp" and before.i == verb.head.i
        ):
            low -= 1
        else:
            break
    for c in verb.rights:
        near = c.left_edge.i <= high + 1
        if c.dep_ == "prt" or (c.dep_ == "prep" and near and _carried(c, words)):
            high = max(high, c.right_edge.i)
    return sentence.where(doc[low], doc[high])


def _plain_adverb(token: Token) -> bool:
    return token.dep_ == "advmod" and token.tag_ == "RB" and token.left_edge.i == token.i


def _carried(prep: Token, words: Cues) -> bool:
    noun = child(prep, "pobj")
    return noun is not None and noun.lemma_.lower() in words.carriers and len(list(noun.subtree)) <= 4


def _by_relay(verb: Token, sentence: Sentence) -> Attribution | None:
    """ "citing two officials": they say what the one who cites them says, or what the sentence does."""
    cited = child(verb, "dobj")
    words = source_words()
    if cited is None or not (cited.ent_type_ in _SPEAKING or cited.lemma_.lower() in words.people | words.heads.keys()):
        return None
    source = noun_phrase(cited, sentence)
    content = _around(verb, source, sentence) if source is not None else None
    return Attribution(sentence, sentence.where(verb), "speech", source, cited, content, word=verb) if content else None


def _by_phrase(token: Token, sentence: Sentence, words: Cues) -> Attribution | None:
    """ "according to X": everything else in the sentence is what X says."""
    doc = token.doc
    for phrase in words.phrases[token.lower_]:
        last = token.i + len(phrase) - 1
        if last + 1 < sentence.tokens.end and all(doc[token.i + k].lower_ == w for k, w in enumerate(phrase)):
            break
    else:
        return None
    noun = child(doc[last], "pobj") or next(
        (t for t in sentence.tokens if t.i > last and t.pos_ in ("NOUN", "PROPN", "PRON")), None
    )
    if noun is None:
        return None
    source = noun_phrase(noun, sentence)
    if source is None:
        return None
    cue = sentence.where(token, doc[last])
    content = _around(token, source, sentence)
    return Attribution(sentence, cue, "speech", source, noun, content, quotes=True) if content else None


def _around(token: Token, source: Range, sentence: Sentence) -> Range | None:
    """The sentence without a phrase of attribution at one of its ends; the whole where it stands within."""
    before = [t for t in sentence.tokens if t.i < token.i]
    after = [t for t in sentence.tokens if sentence.offset + t.idx >= source[1]]
    content_before = [t for t in before if not t.is_punct and not t.is_space]
    content_after = [t for t in after if not t.is_punct and not t.is_space]
    if len(content_after) < 3 and len(content_before) >= 2:
        return edges(before, sentence)
    if len(content_before) < 3 and len(content_after) >= 2:
        return edges(after, sentence)
    return edges(before + after, sentence)


def _by_noun(noun: Token, sentence: Sentence, words: Cues) -> Attribution | None:
    """ "the claim that …", "reports of …"."""
    clause = next(
        (c for c in noun.rights if c.dep_ in ("acl", "ccomp", "relcl") and child(c, "mark") is not None), None
    )
    link = preposition(noun, "of") if noun.lemma_.lower() in words.of_nouns else None
    if clause is not None and any(c.lower_ == "that" for c in clause.children if c.dep_ == "mark"):
        content = stretch(clause.left_edge, clause.right_edge, sentence)
        cue = sentence.where(noun)
    elif link is not None and noun.tag_ == "NNS" and link.i == noun.i + 1:
        thing = child(link, "pobj", "pcomp")
        content = stretch(thing.left_edge, thing.right_edge, sentence) if thing is not None else None
        cue = sentence.where(noun, link)
    else:
        return None
    speaker = _owner(noun)
    source = noun_phrase(speaker, sentence) if speaker is not None else None
    return Attribution(sentence, cue, "speech", source, speaker, content) if content else None


def _owner(noun: Token) -> Token | None:
    """Whose claim it is: "Ukraine's claim", "claims by residents", "reports from soldiers"."""
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    link = preposition(noun, "by", "from")
    return child(link, "pobj") if link is not None else None


def _by_adverb(token: Token, sentence: Sentence) -> Attribution | None:
    """ "reportedly": the clause of the verb that it goes with."""
    verb = token.head
    while verb.pos_ not in ("VERB", "AUX") and verb.dep_ != "ROOT":
        verb = verb.head
    subject = own_subject(verb)
    first = (
        subject.left_edge
        if subject is not None and subject.i < verb.i and verb.dep_ not in ("relcl",)
        else min(token, verb, key=lambda t: t.i)
    )
    last = verb
    for c in verb.rights:
        if c.dep_ in ("conj", "cc", "parataxis"):
            break
        if c.dep_ != "punct":
            last = c.right_edge
    content = stretch(first, last, sentence)
    return Attribution(sentence, sentence.where(token), "speech", None, None, content) if content else None
