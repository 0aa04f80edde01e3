"""What a cue says: the clause, phrase or words before it that are its content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from situate.knowledge.cues import CueVerb
from situate.language import Sentence
from situate.reading.attribution.grammar import child, edges, is_passive, own_subject, preposition, stretch
from situate.reading.attribution.model import Range

_SHORTEST = 3  # words before a cue that can be its content


@dataclass(frozen=True, slots=True)
class Content:
    """The content's range, the frame that gave it (see `cues.yaml`), and the word of the cue's own that it leans on."""

    where: Range
    frame: str
    joint: Token | None = None  # "as", "for", "of": belongs to the cue where it stands next to the verb


Finder = Callable[[Token, CueVerb, Sentence], Content | None]


def content_of(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    """The content of a verb of attribution by the parse, or None."""
    finders: tuple[Finder, ...] = (_as, _naming, _charged, _resolved, _told_to, _passive, _object, _rest)
    if cue.may("clause", "inverted"):
        finders = (_clause, _inverted, _as_said, *finders)
    return next((found for find in finders if (found := find(verb, cue, sentence))), None)


def _clause(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    if not cue.may("clause"):
        return None
    comp = _complement(verb)
    if comp is None:
        return None
    if comp.i < verb.i:
        return _before(verb, comp, sentence)
    last = _end_of_content(verb, comp)
    where = stretch(comp.left_edge, last, sentence)
    return Content(where, "clause") if where else None


def _complement(verb: Token) -> Token | None:
    """The clause that a verb takes. An infinitive counts only with its own subject or a question word."""
    for c in verb.children:
        if c.dep_ not in ("ccomp", "parataxis") or (c.left_edge.i > verb.i and c.i < verb.i):
            continue
        if any(t.text == ";" for t in verb.doc[c.i : verb.i]):
            continue  # "A accuses B; C denies this": no content, but a sentence before
        if (
            c.i < verb.i
            or child(c, "nsubj", "nsubjpass", "csubj", "expl", "mark", "attr") is not None
            or c.pos_ in ("VERB", "AUX")
        ):
            return c
    return None


def _before(verb: Token, comp: Token, sentence: Sentence) -> Content | None:
    """Content that stands before its cue, or around it."""
    first, last = _group(verb)
    start = sentence.tokens[0]
    end = first.doc[first.i - 1] if first.i > sentence.tokens.start else first
    if comp.right_edge.i > last.i:
        end = comp.right_edge
    where = stretch(start, end, sentence) if start.i <= end.i else None
    return Content(where, "inverted") if where else None


def _group(verb: Token) -> tuple[Token, Token]:
    """The first and last token of a cue with its source: "a spokesman said on Friday"."""
    doc = verb.doc
    subject = own_subject(verb)
    low = high = verb.i
    if subject is not None and subject.head.i == verb.i:
        low, high = min(low, subject.left_edge.i), max(high, subject.right_edge.i)
    for c in verb.children:
        if c.dep_ in ("aux", "auxpass", "neg", "advmod") and c.i < verb.i and c.i >= low - 3:
            low = min(low, c.left_edge.i)
        if c.dep_ in ("prep", "npadvmod", "prt", "dobj", "dative", "advmod", "agent") and c.i > verb.i:
            high = max(high, c.right_edge.i)
    return doc[low], doc[high]


def _inverted(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    """Content before the cue where the parse doesn't tie them: "…, he said"."""
    if (
        not cue.may("inverted")
        or own_subject(verb) is None
        or (child(verb, "dobj") is not None and verb.lemma_ != "tell")
    ):
        return None
    first, last = _group(verb)
    if first.i - sentence.tokens.start < _SHORTEST:
        return None
    before = first.doc[first.i - 1]
    if before.text == ";":
        return None
    after = first.doc[last.i + 1] if last.i + 1 < sentence.tokens.end else None
    if after is not None and (not (after.is_punct or after.is_quote) or after.text == ":"):
        return None
    if not before.is_punct and ((after is not None and after.text != ".") or not _is_sentence(sentence, first)):
        return None
    if verb.dep_ in ("conj", "relcl", "advcl", "acl") and verb.head.i < verb.i and not before.is_quote:
        return None
    where = stretch(sentence.tokens[0], before, sentence)
    return Content(where, "inverted") if where else None


def _is_sentence(sentence: Sentence, end: Token) -> bool:
    """Whether the words before a token could stand alone, for texts that have lost their commas."""
    before = [t for t in sentence.tokens if t.i < end.i]
    return len(before) > 4 and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in before)


def _as_said(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    """The main clause that "as X said" leans on."""
    if (
        not cue.may("clause")
        or verb.dep_ != "advcl"
        or not any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children)
    ):
        return None
    if child(verb, "dobj", "ccomp", "xcomp") is not None:
        return None
    own = set(verb.subtree)
    where = edges((t for t in sentence.tokens if t not in own), sentence)
    return Content(where, "as-said") if where else None


def _as(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    if not cue.may("as"):
        return None
    link = preposition(verb, "as") or next(
        (p for c in verb.children if c.dep_ == "dobj" for p in [preposition(c, "as")] if p), None
    )
    if link is None or link.i < verb.i or not list(link.children):
        return None
    thing = child(verb, "dobj")
    if thing is not None and thing.i > verb.i:
        where = stretch(thing.left_edge, link.right_edge, sentence)
        return Content(where, "as") if where else None
    subject = child(verb, "nsubjpass")
    first = subject.left_edge if subject is not None and subject.lower_ not in ("which", "that", "who") else link
    where = stretch(first, link.right_edge, sentence)
    return Content(where, "as") if where else None


def _naming(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    if not cue.may("naming") or is_passive(verb):
        return None
    small = child(verb, "ccomp", "oprd", "xcomp")
    if small is None or small.i < verb.i or small.tag_ in ("VBD", "VBZ", "VBP"):
        return None
    thing = child(verb, "dobj") or child(small, "nsubj")
    if thing is None or thing.i > small.i:
        return None
    first = thing.left_edge if thing.i > verb.i else small.left_edge
    where = stretch(first, small.right_edge, sentence)
    return Content(where, "naming") if where else None


def _charged(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    """ "accused them of …", "blamed them for …"."""
    words = ("of",) if cue.may("of") else ("for", "on", "as") if cue.may("for") else ()
    thing = child(verb, "dobj")
    if not words:
        return None
    link = preposition(verb, *words) or (preposition(thing, *words) if thing is not None else None)
    if link is None or link.i < verb.i:
        return None
    subject = child(verb, "nsubjpass")
    if thing is None and subject is None and not is_passive(verb):
        return None
    first = thing.left_edge if thing is not None else subject.left_edge if subject is not None else link
    where = stretch(first, link.right_edge, sentence)
    return Content(where, "of" if "of" in words else "for") if where else None


def _resolved(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    """ "vowed to return", "claims to hold the town"."""
    aim = child(verb, "xcomp")
    if not cue.may("to") or is_passive(verb) or aim is None or not any(c.lower_ == "to" for c in aim.children):
        return None
    where = stretch(aim.left_edge, _end_of_content(verb, aim), sentence)
    return Content(where, "to") if where else None


def _told_to(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    """ "urged all sides to hold fire"."""
    if not cue.may("object-to") or is_passive(verb):
        return None
    aim = child(verb, "xcomp", "ccomp")
    if aim is None or aim.i < verb.i or not any(c.dep_ == "aux" and c.lower_ == "to" for c in aim.children):
        return None
    thing = child(verb, "dobj")
    first = thing.left_edge if thing is not None else aim.left_edge
    where = stretch(first, _end_of_content(verb, aim), sentence)
    return Content(where, "object-to") if where else None


def _passive(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    """ "is believed to be dead", "fighting was reported": the subject with what follows."""
    if not cue.may("passive") or not is_passive(verb):
        return None
    subject = child(verb, "nsubjpass")
    rest = child(verb, "xcomp", "oprd", "ccomp", "acomp")
    if subject is None and rest is None:
        return None
    first = subject.left_edge if subject is not None else rest.left_edge if rest is not None else verb
    if subject is not None and subject.lower_ in ("which", "who", "that"):
        first = verb
    where = stretch(first, _end_of_content(verb, verb), sentence)
    return Content(where, "passive") if where else None


def _object(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    thing = child(verb, "dobj", "xcomp")
    if not cue.may("object") or is_passive(verb) or thing is None or thing.i < verb.i or thing.pos_ == "PRON":
        return None
    if cue.takes["object"] == "record" and not any(c.tag_ == "VBG" for c in thing.rights):
        return None
    where = stretch(thing.left_edge, thing.right_edge, sentence)
    return Content(where, "object") if where else None


def _rest(verb: Token, cue: CueVerb, sentence: Sentence) -> Content | None:
    """A clause after the cue that the parse has tied elsewhere."""
    if not cue.may("clause") or cue.takes["clause"] == "record" or own_subject(verb) is None:
        return None
    after = [t for t in sentence.tokens if t.i > verb.i]
    if not after or not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in after) or after[0].dep_ == "cc":
        return None
    mark = next((t for t in after[:6] if t.lower_ == "that" and t.dep_ == "mark"), None)
    if mark is None and after[0].text not in (":", ","):
        return None
    where = stretch(mark or after[0], after[-1], sentence)
    return Content(where, "clause") if where else None


def _end_of_content(verb: Token, comp: Token) -> Token:
    """Where content that follows its cue ends: before a further verb that the speaker does, or another attribution."""
    last = comp.right_edge if comp.i != verb.i else verb
    for c in _after(verb, comp):
        if c.dep_ in ("conj", "cc", "parataxis", "nsubj", "nsubjpass", "appos") or _is_participle(c):
            break
        if c.dep_ == "punct":
            continue
        if c.right_edge.i > last.i:
            last = c.right_edge
    return last


def _after(verb: Token, comp: Token) -> Iterator[Token]:
    return (c for c in verb.rights if c.i > comp.i)


def _is_participle(token: Token) -> bool:
    """ "…, adding that …", "…, according to …"."""
    return token.dep_ in ("advcl", "prep") and token.tag_ == "VBG"
