"""Attributions that the model suggests: its cues, sources and contents tied together, and weighed against the rules.

The model tags words; which source and which content belong to a cue is told by grammar where it has an answer, and by
nearness otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Token

from situate.knowledge.cues import TAKES, Cues, CueVerb
from situate.language import Document, Sentence
from situate.reading.attribution.content import content_of
from situate.reading.attribution.grammar import stretch, subject_of
from situate.reading.attribution.model import Attribution, Range, inside, meet
from situate.reading.attribution.tags import Cue, Tags, head_of

_LEAD = 6  # words between a cue's verb and its content that may belong to the cue
_FRAGMENT = 4  # words below which a tagged content may be only the beginning of one
_ANY = CueVerb(dict.fromkeys(sorted(TAKES - {"inverted"}), "suggested"))


def weighed(found: list[list[Attribution]], tags: Tags, document: Document, words: Cues) -> list[list[Attribution]]:
    """The rules' attributions, a list a sentence, joined with the model's. Without a model they stay as they are.

    Where there is one, a rule needs its word: of the cues that only a rule sees one in eight is right, on PolNeAR
    as on the corpus.
    """
    if tags.silent:
        return found
    return [_joined(s, rules, tags, words) for s, rules in zip(document.sentences, found, strict=True)]


def _joined(sentence: Sentence, rules: list[Attribution], tags: Tags, words: Cues) -> list[Attribution]:
    cues = tags.cues.get(sentence.index, [])
    sources, contents = tags.sources.get(sentence.index, []), tags.contents.get(sentence.index, [])
    owned = _owners(contents, [c.where for c in cues])
    out, known = [], []
    for rule in rules:
        tagged = next((c for c in cues if meet(c.where, rule.cue)), None)
        if tagged is not None and rule.content is None and (owned.get(tagged.where) or not rule.quotes):
            continue  # what the rule can't fill the model may
        known.append(rule.cue)
        if tagged is not None:
            both = min(rule.cue[0], tagged.where[0]), max(rule.cue[1], tagged.where[1])
            content = _widened(rule.content, owned.get(tagged.where, []))
            score = max(rule.score, tagged.score)
            out.append(_onward(replace(rule, cue=both, content=content, label=tagged.label, score=score)))
    for cue in cues:
        if not any(meet(cue.where, k) for k in known):
            out += _new(sentence, cue, sources, owned.get(cue.where, []), words)
    return sorted(out, key=lambda a: a.cue)


def _widened(content: Range | None, tagged: list[Range]) -> Range | None:
    """The rule's content with what the model tags of it beyond its edges."""
    whole = (min(c[0] for c in tagged), max(c[1] for c in tagged)) if tagged else None
    if content is None or whole is None or not meet(content, whole):
        return content
    return min(content[0], whole[0]), max(content[1], whole[1])


def _onward(found: Attribution) -> Attribution:
    """With a preposition that leads from the cue to its content in the cue: "threw their weight behind …"."""
    if found.content is None or found.content[0] < found.cue[1]:
        return found
    between = found.sentence.tokens_in(found.cue[1], found.content[0])
    if not 0 < len(between) <= _LEAD or between[-1].pos_ not in ("ADP", "PART"):
        return found
    if any(t.is_punct for t in between) or (
        found.source is not None and found.cue[1] <= found.source[0] < found.content[0]
    ):
        return found
    return replace(found, cue=(found.cue[0], found.sentence.where(between[-1])[1]))


def _owners(contents: list[Range], cues: list[Range]) -> dict[Range, list[Range]]:
    """For each cue the contents that lie nearest to it, those after it before those that lie before."""
    out: dict[Range, list[Range]] = defaultdict(list)
    for content in contents:
        free = [c for c in cues if not inside(c, content)] or cues
        if free:
            out[min(free, key=lambda c: _distance(c, content))].append(content)
    return out


def _distance(cue: Range, content: Range) -> float:
    if meet(cue, content):
        return 0
    return content[0] - cue[1] if content[0] >= cue[1] else 1.5 * (cue[0] - content[1])


def _new(sentence: Sentence, cue: Cue, sources: list[Range], contents: list[Range], words: Cues) -> list[Attribution]:
    """The attributions of a cue that no rule knows: one for each piece of its content."""
    word = _verb(sentence, cue.where)
    source = _source(sentence, cue.where, word, [s for s in sources if not meet(s, cue.where)])
    speaker = head_of(sentence, source) if source is not None else None
    lemma = word.lemma_.lower() if word is not None else ""
    frame = next(iter(words.verbs[lemma].takes.values())) if lemma in words.verbs else "suggested"
    base = Attribution(sentence, cue.where, frame, source, speaker, None, True, word, cue.score, cue.label)
    taken = _by_grammar(sentence, cue.where, word)
    if not contents:
        return [_onward(replace(base, content=taken))]
    pieces = [(min(c[0] for c in contents), max(c[1] for c in contents))]
    if taken is not None and meet(taken, pieces[0]) and len(sentence.tokens_in(*pieces[0])) < _FRAGMENT:
        pieces = contents = [(min(taken[0], pieces[0][0]), max(taken[1], pieces[0][1]))]
    if not _one(contents, cue.where, source):
        pieces = contents
    return [_onward(_led(replace(base, content=piece))) for piece in pieces]


def _led(found: Attribution) -> Attribution:
    """With the preposition that the content begins with in the cue: "paints | of a public"."""
    first = found.sentence.tokens_in(*found.content)[:1] if found.content is not None else []
    if not first or found.content is None or found.content[0] > found.cue[1] + 1 or found.content[0] < found.cue[1]:
        return found
    where = found.sentence.where(first[0])
    if first[0].dep_ != "prep" or first[0].lower_ == "that" or where[1] + 1 >= found.content[1]:
        return found
    return replace(found, cue=(found.cue[0], where[1]), content=(where[1] + 1, found.content[1]))


def _by_grammar(sentence: Sentence, cue: Range, word: Token | None) -> Range | None:
    """The content of a cue for which the model tags none: what the verb takes, or what its preposition governs."""
    if word is None or word.pos_ not in ("VERB", "AUX"):
        return _rest(sentence, cue)
    found = content_of(word, _ANY, sentence)
    if found is not None:
        return found.where
    after = [t for t in word.rights if t.dep_ in ("prep", "dobj", "xcomp", "ccomp", "acomp", "attr")]
    where = stretch(after[0].left_edge, after[-1].right_edge, sentence) if after else None
    if where is None or where[1] <= cue[1]:
        return _rest(sentence, cue)
    return max(where[0], cue[1] + 1), where[1]


def _rest(sentence: Sentence, cue: Range) -> Range | None:
    """The words from a cue to the next comma, or to the end."""
    after: list[Token] = []
    for token in sentence.tokens:
        if sentence.where(token)[0] >= cue[1]:
            if after and token.is_punct and token.text in {",", ";", ".", "—", ":"}:
                break
            after.append(token)
    return stretch(after[0], after[-1], sentence) if after else None


def _one(contents: list[Range], cue: Range, source: Range | None) -> bool:
    """Whether pieces of content belong together: only the cue and its source stand between."""
    ordered = sorted(contents)
    gaps = sum(b[0] - a[1] for a, b in pairwise(ordered))
    own = cue[1] - cue[0] + (source[1] - source[0] if source else 0)
    return gaps <= own + 8


def _verb(sentence: Sentence, where: Range) -> Token | None:
    tokens = sentence.tokens_in(*where)
    return next((t for t in tokens if t.pos_ == "VERB"), tokens[-1] if tokens else None)


def _source(sentence: Sentence, cue: Range, word: Token | None, sources: list[Range]) -> Range | None:
    """The tagged source that the grammar points at, or else the nearest."""
    subject = subject_of(word) if word is not None and word.pos_ in ("VERB", "AUX") else None
    if subject is not None:
        at = sentence.where(subject)
        for source in sources:
            if meet(source, at):
                return source
    return min(sources, key=lambda s: max(s[0] - cue[1], 1.2 * (cue[0] - s[1])), default=None)
