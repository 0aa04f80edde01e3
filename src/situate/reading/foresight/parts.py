"""The parts of a forecast: what is foretold, on what condition, by when, and how likely."""

from __future__ import annotations

from datetime import date, timedelta

from spacy.tokens import Token

from situate.contract import Horizon, Likelihood, Time
from situate.knowledge.foresight import ForesightWords
from situate.knowledge.likelihood import Found, likelihood_table
from situate.language import Document, Sentence
from situate.reading.attribution.grammar import child, is_passive, stretch, subject_of
from situate.reading.attribution.model import Range, meet
from situate.reading.foresight.markers import Outlook

_REACH = 25  # tokens between a clause and the words that colour it
_WITHIN = frozenset({"within", "in", "of", "coming", "next", "few"})
_WITHIN_IT = frozenset({"relcl", "advcl", "acl", "conj"})
_HAVING = frozenset({"has", "have", "had"})
_ASIDE = {"parataxis", "punct", "cc"}
_OBJECTS = frozenset({"ccomp", "dobj", "pobj", "pcomp"})
_HELD = frozenset({"feared", "believed", "warned"})
_AS_LONG = frozenset({"long", "soon"})


def content(outlook: Outlook, condition: Range | None) -> Range | None:
    """The clause that is foretold, a condition at its edge left out."""
    sentence = outlook.sentence
    first, last = _first(outlook), _last(outlook)
    where = stretch(first, last, sentence)
    if where is None or condition is None:
        return where
    start, end = where
    if condition[0] <= start < condition[1] < end:
        start = condition[1]
    elif start < condition[0] and condition[1] >= end:
        end = condition[0]
    kept = sentence.tokens_in(start, end)
    return stretch(kept[0], kept[-1], sentence) if kept else where


def _first(outlook: Outlook) -> Token:
    tokens = [t for kind, t in outlook.markers if not _governs(kind, t, outlook.verb)] + [outlook.verb]
    if outlook.verb.dep_ in ("dobj", "pobj") and len(tokens) <= len(outlook.markers):
        tokens.append(outlook.verb.left_edge)
    subject = outlook.subject
    if subject is not None and subject.i < outlook.verb.i and outlook.verb.dep_ != "relcl":
        tokens.append(subject.left_edge)
    low = min(tokens, key=lambda t: t.i)
    for c in outlook.verb.lefts:
        if c.dep_ in ("mark", "cc", "punct", "advcl"):
            continue
        if c.left_edge.i < low.i and c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj"):
            low = c.left_edge
    return low


def _governs(kind: str, marker: Token, verb: Token) -> bool:
    """Whether a marker stands over what is foretold and is no part of it: "they *expect* that …", "*fears* of …"."""
    return kind in ("expect", "fear") and marker.i < verb.i and verb.dep_ in _OBJECTS and not verb.is_ancestor(marker)


def _last(outlook: Outlook) -> Token:
    last = outlook.verb
    for c in outlook.verb.rights:
        if c.dep_ in _ASIDE or (c.dep_ == "conj" and any(x.dep_ in ("nsubj", "nsubjpass") for x in c.children)):
            continue
        if c.right_edge.i > last.i:
            last = c.right_edge
    return max([last, *(t for kind, t in outlook.markers if not _governs(kind, t, outlook.verb))], key=lambda t: t.i)


def condition(outlook: Outlook, words: ForesightWords) -> Range | None:
    """The clause or phrase that the forecast hangs on: "unless …", "if …", "once …", "without …"."""
    sentence = outlook.sentence
    heads = [outlook.verb, *outlook.governors[:2]]
    for head in heads:
        for c in head.children:
            if c.dep_ == "advcl" and _conditional(c, words):
                return stretch(c.left_edge, c.right_edge, sentence)
            if c.dep_ == "advmod" and c.lower_ in _AS_LONG and (clause := child(c, "advcl")) is not None:
                return stretch(c.left_edge, clause.right_edge, sentence)
            if c.dep_ == "prep" and c.lower_ in words.conditions and c.lower_ not in ("until", "once") and _is_thing(c):
                return stretch(c, c.right_edge, sentence)
    return None


def _is_thing(preposition: Token) -> bool:
    """ "without a truce", not "without warning" or "without firing a shot"."""
    thing = child(preposition, "pobj")
    return thing is not None and any(True for _ in thing.children)


def _conditional(clause: Token, words: ForesightWords) -> bool:
    """Whether a clause opens with a word of condition, or is turned round: "should they fail"."""
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in words.conditions for c in clause.children):
        return True
    first = next((t for t in clause.subtree if not t.is_punct), clause)
    return first.lower_ in ("should", "were", "had") and first.dep_ in ("aux", "auxpass", "ROOT")


def horizon(
    document: Document, outlook: Outlook, where: Range, times: list[Time], words: ForesightWords
) -> Horizon | None:
    """By when: the first time in the forecast that isn't past, or an open one for "soon"."""
    published = document.report.published
    for time in times:
        token = outlook.sentence.token_at(time.span.start)
        if token is not None and _is_past(token, outlook):
            continue
        if published is not None and time.latest is not None and time.latest < published:
            continue
        return Horizon(time.earliest, time.latest, time.span)
    tokens = [t for t in outlook.sentence.tokens_in(*where) if not _is_past(t, outlook)]
    return _vague(document, tokens, outlook.sentence, words) or _undated(
        document, tokens, outlook.sentence, times, words
    )


def _is_past(token: Token, outlook: Outlook) -> bool:
    """Whether a word belongs to a clause within the forecast that tells of the past: "who backed them for years"."""
    for verb in token.ancestors:
        if verb.i == outlook.verb.i:
            return False
        if verb.dep_ in _WITHIN_IT and (verb.tag_ == "VBD" or any(c.lower_ in _HAVING for c in verb.children)):
            return True
    return False


def _vague(document: Document, tokens: list[Token], sentence: Sentence, words: ForesightWords) -> Horizon | None:
    """ "within days" as the interval that the table gives, "soon" as an open one."""
    published = document.report.published
    for token in tokens:
        before = [t.lower_ for t in token.doc[max(0, token.i - 3) : token.i]]
        if token.lower_ in words.soon:
            return Horizon(published, None, document.span(*sentence.where(token)))
        if token.lower_ in words.vague and before and before[-1] in _WITHIN:
            first = token.doc[token.i - 1]
            last = date.fromisoformat(published[:10]) + timedelta(words.vague[token.lower_]) if published else None
            span = document.span(*sentence.where(first, token))
            return Horizon(published, last.isoformat() if last else None, span)
    return None


def _undated(
    document: Document, tokens: list[Token], sentence: Sentence, times: list[Time], words: ForesightWords
) -> Horizon | None:
    """A time without dates of its own, as an open one: "by spring", "through the winter", "for months"."""
    for token in tokens:
        if token.ent_iob_ != "B" or token.ent_type_ != "DATE" or token.i == token.doc[0].i:
            continue
        entity = [
            t for t in tokens if token.i <= t.i and all(x.ent_iob_ == "I" for x in token.doc[token.i + 1 : t.i + 1])
        ]
        leads = {token.lower_, token.doc[token.i - 1].lower_, token.doc[max(token.i - 2, 0)].lower_}
        start, end = sentence.where(token, entity[-1])
        if leads & words.by_when and not any(meet((start, end), (t.span.start, t.span.end)) for t in times):
            return Horizon(document.report.published, None, document.span(start, end))
    return None


def likelihood(document: Document, outlook: Outlook) -> Likelihood:
    """The words of likelihood that hold for the clause, and their interval. Words of judgement count before a bare
    modal: "believe it will" is no more than believed."""
    sentence = outlook.sentence
    tokens = _colouring(outlook)
    found = likelihood_table().find([t.lower_ for t in tokens])
    if not found:
        return Likelihood()
    best = min(found, key=lambda f: (_is_modal(f, tokens), -f.start))
    start, end = sentence.where(tokens[best.start], tokens[best.end - 1])
    low, high = best.low, best.high
    if _is_denied(outlook, tokens[best.start : best.end]):
        low, high = round(1 - high, 2), round(1 - low, 2)
    return Likelihood(document.span(start, end), low, high)


def _is_denied(outlook: Outlook, phrase: list[Token]) -> bool:
    """Whether the clause is negated and the phrase doesn't hold the negation: "probably won't"."""
    if any(t.dep_ == "neg" or t.lower_ in ("not", "never", "no") for t in phrase) or "likely" in outlook.kinds:
        return False
    return any(c.dep_ == "neg" for c in outlook.verb.children)


def _colouring(outlook: Outlook) -> list[Token]:
    """The tokens that may colour the clause: from its governors and markers to its verb."""
    marked = [t.i for _, t in outlook.markers]
    governing = [g.i for g in outlook.governors if outlook.verb.i - _REACH < g.i < outlook.verb.i]
    low, high = min([*marked, *governing, outlook.verb.i]), max([*marked, outlook.verb.i])
    low = max(low - 2, outlook.sentence.tokens.start)
    if any(t.lower_ in ("likely", "likelier") for t in outlook.sentence.tokens if t.i == high):
        high += 2  # "more likely than not"
    return [t for t in outlook.sentence.tokens if low <= t.i <= high + 1]


def _is_modal(found: Found, tokens: list[Token]) -> bool:
    return any(t.tag_ == "MD" for t in tokens[found.start : found.end])


def clause(outlook: Outlook, where: Range) -> Range:
    """The content with the words of the same clause that the parser hung elsewhere: up to the next comma."""
    tokens = [t for t in outlook.sentence.tokens if outlook.sentence.where(t)[0] >= where[1]]
    end = where[1]
    for t in tokens:
        if t.is_punct or t.dep_ in ("cc", "mark") or t.pos_ in ("VERB", "AUX"):
            break
        end = outlook.sentence.where(t)[1]
    return where[0], end


def holder(outlook: Outlook, words: ForesightWords) -> Token | None:
    """Who expects, fears or predicts it: the subject of an active verb that says so."""
    for kind, marker in outlook.markers:
        if kind == "expect" and marker.pos_ == "VERB" and not is_passive(marker):
            return subject_of(marker)
    for above in outlook.governors:
        kind = words.governors.get(above.lemma_.lower(), "")
        if kind in _HELD and above.pos_ in ("VERB", "AUX") and not is_passive(above):
            return subject_of(above)
    return None
