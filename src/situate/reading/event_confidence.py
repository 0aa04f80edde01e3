"""What is seen of a mention of an event that tells how sure it is: names of features, weighed in `event_weights`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from situate.knowledge.events import EventLexicon

if TYPE_CHECKING:
    from situate.reading.candidates import Candidate


def mention_features(candidate: Candidate, kinds: Mapping[str, str], lexicon: EventLexicon) -> list[str]:
    """What the confidence of a mention is weighed from, with the parts that the grammar gives."""
    c, token, parts = candidate, candidate.token, candidate.parts
    lemma = f"{c.lemma}/{c.part[0]}"
    out = {
        "bias",
        f"type {c.type}",
        f"sense {c.sense.id} {c.part}",
        f"word {lemma} {c.type}",
        f"status {c.standing.status}",
        f"type and status {c.type} {c.standing.status}",
        f"dep {c.part} {token.dep_}",
        f"actors {min(2, len(parts.actors))} {c.part}",
        f"recipients {min(2, len(parts.recipients))} {c.part}",
        f"places {min(1, len(parts.places))} {c.part}",
        f"sides {bool(parts.actors):d}{bool(parts.recipients):d} {c.type}",
        f"tag {token.tag_}",
    }
    if not c.met:
        out |= {"needs unmet", f"needs unmet {c.sense.id}"}
    if len(c.trigger.words) > 1:
        out.add(f"phrase {c.part}")
    if c.claim:
        out |= {"said", f"said {c.type}"}
    if c.part == "noun":
        out |= _of_noun(c, lexicon)
    for id_ in parts.actors[:1]:
        out |= {f"actor kind {kinds[id_]}", f"actor kind {kinds[id_]} {c.type}"}
    for id_ in parts.recipients[:1]:
        out |= {f"recipient kind {kinds[id_]}", f"recipient kind {kinds[id_]} {c.type}"}
    if c.sentence.paragraph == 0:
        out.add("first paragraph")
    return sorted(out)


def _of_noun(c: Candidate, lexicon: EventLexicon) -> set[str]:
    token = c.token
    head = token.head
    out = set()
    if head.pos_ == "VERB" and token.dep_ in ("dobj", "nsubjpass", "nsubj"):
        lemma = lexicon.lemmas.get(head.lower_, head.lemma_)
        light = (
            "light" if lemma in lexicon.words["light"] else "suffered" if lemma in lexicon.words["suffered"] else "verb"
        )
        out |= {f"noun {token.dep_} of {light}", f"governed by {lemma}"}
    elif token.dep_ == "pobj":
        out |= {f"noun after {head.lower_}", f"noun after {head.lower_} {c.type}"}
    determiner = next((ch.lower_ for ch in token.children if ch.dep_ in ("det", "poss")), "none")
    out.add(f"determiner {determiner if determiner in ('the', 'a', 'an', 'this', 'any', 'no', 'none') else 'other'}")
    if token.tag_ in ("NNS", "NNPS"):
        out.add("plural")
    return out
