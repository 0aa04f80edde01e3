"""Who does what to whom, read off the grammar: a word's subjects, objects and prepositional phrases.

A *path* says how to walk from a word to the words that fill a role: steps joined by dots. Coordinated words all count.

- `subject`, `object`: of a verb, as meant ("the town was taken by rebels" has the subject "rebels");
- `poss`: whose it is; `mod`: the words before a noun; `is`: what else the noun is called; `self`: the word itself;
- `bearer`: what a prepositional phrase is said of; `described`: what an adjective is said of;
- `relative`: what a relative clause describes, where its verb has no object ("the last city they hold");
- `governor`: the verb whose subject or object a noun is; `doer`: whose noun it is by a verb without weight of its own
  (who "gives support"); `clause`: the subject of the verb above (who acts "with the help of" somebody);
- anything else is a preposition: "from", "out of".
"""

from __future__ import annotations

from spacy.tokens import Token

from situate.knowledge.frames import lexicon
from situate.reading.phrases import NOUNS, after, modifiers, once, possessors, together

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_VERBS = frozenset({"VERB", "AUX"})
_FINITE = ("VBD", "VBZ", "VBP")


def walk(token: Token, path: str) -> list[Token]:
    """The words at the end of a path from a word, in text order."""
    here = [token]
    for step in path.split("."):
        here = [t for h in here for t in _step(h, step)]
    return once(here)


def _step(token: Token, step: str) -> list[Token]:
    known = {
        "self": lambda t: [t],
        "subject": subjects,
        "object": objects,
        "poss": possessors,
        "mod": modifiers,
        "is": same,
        "bearer": bearers,
        "doer": doers,
        "clause": clause_subjects,
        "described": described,
        "governor": governors,
        "relative": relatives,
    }
    return known[step](token) if step in known else after(token, step)


def subjects(verb: Token) -> list[Token]:
    """Who does it: a verb's logical subjects, through passives, participles, relatives, verbs that lean on others."""
    verb = full(verb)
    return _subjects(verb, 5) or _just_before(verb)


def _just_before(verb: Token) -> list[Token]:
    """The noun before a finite verb that the parser gave no subject: "On 3 May, the army and rebels took it"."""
    at = verb.i - 1
    while at > verb.sent.start and verb.doc[at].pos_ in ("ADV", "AUX"):
        at -= 1
    near = verb.doc[at]
    finite = verb.tag_ in ("VBD", "VBP", "VBZ") and verb.dep_ in ("ROOT", "ccomp", "advcl") and not _passive(verb)
    return [near] if finite and at >= verb.sent.start and near.dep_ == "pobj" and near.pos_ in ("NOUN", "PROPN") else []


def _subjects(verb: Token, depth: int) -> list[Token]:
    if depth == 0:
        return []
    if _passive(verb):
        by = [a for a in verb.children if a.dep_ == "agent" or _is_by(a)]
        return together(p for a in by or _strayed(verb) for p in a.children if p.dep_ == "pobj")
    own = [c for c in verb.children if c.dep_ in _SUBJECTS]
    if own:
        return _heads([*_listed_before(own[0]), *own], verb)
    if verb.dep_ == "acl" and verb.tag_ == "VB" and (whose := _whose(verb.head)):
        return whose  # "launched an offensive to retake the town", "their attempt to take it"
    if verb.dep_ in ("acl", "relcl"):
        return _subjects(verb.head, depth - 1) if verb.head.pos_ in _VERBS else together([verb.head])
    if verb.dep_ == "pcomp":
        governor = verb.head.head
        return _of_gerund(verb, depth) if governor.pos_ in _VERBS else _whose(governor)  # "its role in taking the town"
    return _leaning(verb, depth) if verb.head != verb else []


def _whose(noun: Token) -> list[Token]:
    """Whose noun it is, by its verb, its possessor or a "by": "an attempt by the army"."""
    return doers(noun) or possessors(noun) or after(noun, "by")


def _strayed(verb: Token) -> list[Token]:
    """The "by" of a passive that the parser hung on a noun behind the verb: "taken from the rebels by the army"."""
    inner = (p for c in verb.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj")
    return [by for noun in inner for by in noun.children if _is_by(by)]


def _listed_before(subject: Token) -> list[Token]:
    """Names before the first of a list that the parser took for something else: "A, B and C deployed"."""
    out: list[Token] = []
    at = subject.left_edge.i
    doc = subject.doc
    while at - 2 >= subject.sent.start and doc[at - 1].text == "," and doc[at - 2].pos_ == "PROPN":
        before = doc[at - 2]
        if before.head != subject.head or before.dep_ not in ("npadvmod", "dep", "nmod", "nsubj"):
            break
        out.insert(0, before)
        at = before.left_edge.i
    return out if subject.conjuncts else []


def _leaning(verb: Token, depth: int) -> list[Token]:
    """The subjects of a verb that leans on another word: "forced them to leave", "they are ready to leave"."""
    head = _joined(verb)
    if verb.dep_ == "xcomp" and head.lemma_ in lexicon("names").lists["persuading"]:
        return objects(head) or _subjects(head, depth - 1)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and head.lemma_ in lexicon("names").lists["hindering"]:
        return objects(head)  # "to prevent them, holding the hill, from advancing"
    if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "dep", "parataxis"):
        return []
    if head.pos_ in _VERBS:
        return _patients(head) if _passive(head) else _subjects(head, depth - 1)
    if head.pos_ == "ADJ" and verb.dep_ == "xcomp":
        return described(head)
    return together([head]) if verb.dep_ == "conj" and head.dep_ == "acl" else []


def _joined(verb: Token) -> Token:
    """The verb that a coordinated one is joined to: a finite one to a finite one.

    In "they asked him to stay and promised help" the parser joins "promised" to "stay".
    """
    head = verb.head
    if verb.dep_ != "conj" or not _finite(verb) or head.pos_ not in _VERBS:
        return head
    while not _finite(head) and head.dep_ in ("conj", "xcomp", "advcl") and head.head.pos_ in _VERBS:
        head = head.head
    return head if _finite(head) else verb.head


def _finite(verb: Token) -> bool:
    helped = (t.tag_ for t in verb.children if t.dep_ in ("aux", "auxpass"))
    return verb.tag_ in _FINITE or any(tag in _FINITE or tag == "MD" for tag in helped)


def _of_gerund(verb: Token, depth: int) -> list[Token]:
    """The subjects of a verb after a preposition: "accused them of arming", "after taking the town"."""
    governor = verb.head.head
    if verb.head.lower_ in ("of", "from", "into") and (accused := objects(governor)):
        return accused
    return _patients(governor) if _passive(governor) else _subjects(governor, depth - 1)


def objects(verb: Token) -> list[Token]:
    """To whom it is done: the logical objects of a verb."""
    verb = full(verb)
    if _passive(verb):
        return _patients(verb)
    own = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"]
    own = own or [c for c in verb.children if c.dep_ == "ccomp" and c.text == "IS"]  # the group, taken for a verb
    own = own or _face_to_face(verb)
    own = own or [verb.head] * (verb.dep_ == "amod" and any(c.dep_ == "nsubj" for c in verb.children))
    return _heads(own, verb)


def full(verb: Token) -> Token:
    """The verb that an auxiliary helps: who "shall not" is who does it not."""
    return verb.head if verb.dep_ in ("aux", "auxpass") and verb.head.pos_ in _VERBS else verb


def _face_to_face(verb: Token) -> list[Token]:
    """The object that the parser took for the subject of a verb "face": "they met the enemy face to face"."""
    faced = (c for c in verb.children if c.dep_ == "ccomp" and c.lower_ == "face" and c.i + 2 < len(c.doc))
    clause = next((c for c in faced if [c.nbor(n).lower_ for n in (1, 2)] == ["to", "face"]), None)
    return [c for c in clause.children if c.dep_ in _SUBJECTS] if clause is not None else []


def _patients(verb: Token) -> list[Token]:
    own = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if own:
        return _heads(own, verb)
    if verb.dep_ in ("acl", "relcl", "amod"):
        return together([verb.head])
    if verb.dep_ in ("conj", "xcomp", "advcl", "dep") and verb.head != verb:
        return _patients(verb.head) if _passive(verb.head) else _subjects(verb.head, 3)
    return []


def _passive(verb: Token) -> bool:
    if any(c.dep_ in ("auxpass", "nsubjpass", "agent") for c in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in ("acl", "amod"):  # but "the army secured the hill" may be read as a noun with a participle
        return not any(c.dep_ in ("dobj", "nsubj") for c in verb.children)
    if verb.dep_ == "relcl":
        return False
    leans = verb.dep_ == "conj" and not any(c.dep_ in ("aux", "nsubj", "dobj") for c in verb.children)
    return leans and verb.head.pos_ == "VERB" and _passive(verb.head)


def _is_by(token: Token) -> bool:
    return token.dep_ == "prep" and token.lower_ == "by"


def _heads(tokens: list[Token], verb: Token) -> list[Token]:
    """The nouns meant: a relative pronoun stands for the noun that its clause describes."""
    out: list[Token] = []
    for token in tokens:
        if token.lower_ in _RELATIVE and verb.dep_ in ("relcl", "conj", "ccomp", "acl"):
            clause = verb
            while clause.dep_ == "conj" and clause.head.pos_ in ("VERB", "AUX"):
                clause = clause.head
            out += [clause.head] if clause.dep_ in ("relcl", "acl", "ccomp") and clause.head.pos_ in NOUNS else []
        else:
            out.append(token)
    return together(out)


def same(noun: Token) -> list[Token]:
    """Other words for the same thing: apposition, predicate, and the name that a title stands before."""
    out = together(c for c in noun.children if c.dep_ == "appos")
    head = noun.head
    if noun.dep_ == "appos" and noun.tag_ == "NNS":
        out += together([head])  # "A, B and C, its allies"
    elif noun.dep_ in ("appos", "compound") or (noun.dep_ in ("nmod", "amod") and noun.pos_ in ("NOUN", "PROPN")):
        out.append(head)
    elif noun.dep_ in ("attr", "oprd") or (noun.dep_ == "pobj" and head.lower_ == "as"):
        verb = head.head if noun.dep_ == "pobj" else head
        out += subjects(verb) if noun.dep_ == "attr" else objects(verb)
    elif noun.dep_ == "conj" and head.dep_ in ("attr", "appos", "oprd"):
        out += same(head)
    return once(out)


def bearers(noun: Token) -> list[Token]:
    """What is said to be "under the control of" someone: what the noun's prepositional phrase is attached to."""
    preposition = noun.head
    while preposition.dep_ in ("conj", "pobj", "pcomp") and preposition.head != preposition:
        preposition = preposition.head
    if preposition.dep_ not in ("prep", "advmod", "agent"):
        return []
    head = preposition.head
    if head.pos_ not in _VERBS:
        return together([head])
    before = preposition.nbor(-1) if preposition.i > preposition.sent.start else preposition
    beside = [*before.conjuncts, before] if before.pos_ in ("NOUN", "PROPN") and before.i > head.i else []
    return [t for t in beside if t.i <= before.i] or objects(head) or subjects(head)


def doers(noun: Token) -> list[Token]:
    """Whose noun it is by a verb without weight of its own: who "provides support", who "leads the fight"."""
    verb = noun.head
    light = noun.dep_ == "dobj" and verb.lemma_.lower() in lexicon("names").lists["light"]
    return subjects(verb) if light else []


def clause_subjects(noun: Token) -> list[Token]:
    """The subject of the verb that governs a noun: who acts "with the help of" someone."""
    head = noun.head
    while head.dep_ in ("prep", "pobj", "conj", "acl", "dobj") and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    return subjects(head) if head.pos_ in ("VERB", "AUX") else []


def governors(noun: Token) -> list[Token]:
    """The verb whose subject or object a noun is."""
    verb = noun.head
    return [verb] if noun.dep_ in ("nsubj", "nsubjpass", "dobj") and verb.pos_ in _VERBS else []


def relatives(verb: Token) -> list[Token]:
    """What a relative clause describes, where nothing else is its verb's object: "which they still hold"."""
    clause = verb
    while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head.pos_ in _VERBS:
        clause = clause.head
    own = [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
    if clause.dep_ != "relcl" or any(c.lower_ not in _RELATIVE for c in own):
        return []
    # "the army, which took it" has a subject
    led = [c for v in {verb, clause} for c in v.children if c.dep_ in _SUBJECTS]
    return together([clause.head]) if led and not any(c.lower_ in _RELATIVE for c in led) else []


def described(word: Token) -> list[Token]:
    """What an adjective or participle is said of: "forces loyal to", "the group is close to"."""
    head = word.head
    if word.dep_ in ("amod", "acl", "relcl"):
        return together([head]) if head.pos_ in NOUNS else []
    if word.dep_ in ("acomp", "oprd", "attr") or (word.dep_ == "conj" and head.pos_ == "ADJ"):
        return subjects(head) if head.pos_ in ("VERB", "AUX") else described(head)
    return []
