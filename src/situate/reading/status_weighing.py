"""The standing of an event, weighed: the rules of `status.py` with the words and grammar around the trigger.

The likeliest status has the highest sum of weights. What the rules are sure of stands, and `generic`, which the corpus
leaves out, is only ever what they say.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from spacy.tokens import Token

from situate.contract import Status
from situate.reading.event_blend import status_totals
from situate.reading.event_weights import EventWeights, totals
from situate.reading.status import Standing

if TYPE_CHECKING:
    from situate.reading.candidates import Candidate

STATUSES: tuple[Status, ...] = (
    "actual", "ongoing", "planned", "offered", "threatened", "conditional", "denied", "predicted",
)  # fmt: skip
_NEAR = 8  # words on each side of the trigger that may tell
_UP = 3  # steps above the trigger whose words are looked at
_CLOSE = frozenset(
    {
        *("if", "unless", "would", "could", "may", "might", "should", "will", "to", "not", "never", "n't", "plan"),
        *("planned", "continue", "continued", "continuing", "ongoing", "still", "currently", "until", "possible"),
        *("potential", "future", "vowed", "threatened", "warned", "would-be", "after", "since"),
    }
)


def status_features(c: Candidate) -> list[str]:
    """What is seen around a trigger that may tell its standing."""
    token, rule = c.token, c.standing
    auxiliaries = " ".join(t.lower_ for t in token.children if t.dep_ in ("aux", "auxpass", "neg"))
    out = [
        "bias",
        f"rule {rule.status}",
        f"rule {rule.status} {c.part} {c.type}",
        f"cue {rule.cue.lower()}",
        f"cue {rule.cue.lower()} {rule.status}",
        f"type {c.type} {c.part}",
        f"sense {c.sense.id} {c.part}",
        f"word {c.lemma}",
        f"tag {token.tag_} {token.dep_}",
        f"auxiliaries {auxiliaries} {token.tag_}",
        f"claim {bool(c.claim):d} {rule.status}",
        *_above(token),
        *_before(token, c.part),
    ]
    at = token.i - c.sentence.tokens.start
    out += [f"near {w}" for w in c.trigger.wording.forms[max(at - _NEAR, 0) : at + _NEAR + 1] if w in _CLOSE]
    root = c.sentence.tokens.root
    out.append(f"root {root.tag_} {' '.join(t.lower_ for t in root.children if t.dep_ in ('aux', 'auxpass'))} {c.part}")
    if c.sentence.index == 0:
        out.append(f"first sentence {token.tag_}")
    return out


def _above(token: Token) -> list[str]:
    out, here, way = [], token, ""
    for n in range(_UP):
        head = here.head
        if head == here:
            break
        way += f"{here.dep_}<"
        label = head.lower_ if head.pos_ == "ADP" else head.lemma_.lower()
        out += [f"above {n} {way}", f"above {label} {here.dep_}", f"above {way} {label}"]
        if n < 2 and head.pos_ in ("VERB", "AUX"):
            out.append(f"above {n} tag {head.tag_}")
            out += [f"above has {t.lower_}" for t in head.children if t.dep_ in ("aux", "neg", "mark")]
        here = head
    return out


def _before(token: Token, part: str) -> list[str]:
    if part == "verb":
        return [f"has {t.lower_}" for t in token.children if t.dep_ in ("mark", "advmod", "prt")]
    found = [t.lower_ for t in token.children if t.dep_ in ("amod", "det", "poss", "compound", "nummod")]
    return [f"before {w}" for w in found] + [f"plural {token.tag_ in ('NNS', 'NNPS'):d}"]


def model_status(c: Candidate) -> dict[str, float]:
    """The model's probability of each status, from its surest proposal on the trigger; empty where it has none."""
    best = max(c.trigger.proposals, key=lambda p: p.score, default=None)
    return best.details.get("status", {}) if best else {}


def settled(c: Candidate, weights: EventWeights) -> Standing:
    """The likeliest standing; the rules' own cue where it agrees with them."""
    if c.standing.status == "generic" or c.standing.sure:
        return c.standing
    sums = totals(weights.status, status_features(c)) or [0.0] * len(STATUSES)
    if model := model_status(c):
        sums = status_totals(weights.blend, sums, STATUSES, model)
    if not c.standing.cue:  # nothing is denied without a word that denies it
        sums[STATUSES.index("denied")] = -math.inf
    best = STATUSES[sums.index(max(sums))]
    cue = c.standing.cue if best == c.standing.status else "weighed from the words around it"
    return Standing(best, cue)
