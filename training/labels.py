"""The labels of the encoder's heads: what each can say. Written beside the weights, read at run time."""

from __future__ import annotations

from typing import get_args

from situate.contract import AgreementKind, AgreementStatus, ControlState, EventType, MovementKind, RelationKind, Status
from situate.contract.entries import ActorKind, PlaceKind

# Spans of words, tagged B and I: head name, classes.
SPANS: dict[str, tuple[str, ...]] = {
    "actors": get_args(ActorKind),
    "places": get_args(PlaceKind),
    "events": get_args(EventType),
    "movements": get_args(MovementKind),
    "cue": ("direct", "indirect", "mixed"),
    "source": ("source",),
    "content": ("content",),
    "forecast": ("content",),
    "quantity": ("quantity",),
    "time": ("time",),
    "provision": ("provision",),
    "incident": ("perpetrator", "perpetrator_org", "target", "victim", "weapon"),
}
# One class a word, asked where an anchor stands.
WORDS: dict[str, tuple[str, ...]] = {"status": get_args(Status), "mention": ("main", "further")}
# Yes or no for each class, asked at the end of each sentence.
SENTENCES: dict[str, tuple[str, ...]] = {
    "agreements": get_args(AgreementKind),
    "agreement_status": get_args(AgreementStatus),
    "forecasts": ("forecast",),
    "attack": ("armed_assault", "bombing", "kidnapping", "other"),
}
# Yes or no for each pair of an anchor and a word: layer, roles.
PAIRS: dict[str, tuple[str, ...]] = {
    "events": ("actor", "recipient", "third_party", "place", "time", "quantity"),
    "movements": ("who", "origin", "destination", "quantity"),
    "claims": ("source", "content"),
    "agreements": ("party", "guarantor", "place"),
    "control": get_args(ControlState),
    "relations": get_args(RelationKind),
}
# One class a sentence, learnt from snippets that tell of one event.
TOPICS: dict[str, tuple[str, ...]] = {
    "plover": ("NONE", *get_args(EventType)),
    "acled": (
        "ABDUCT_DISSAP", "AGREEMENT", "AIR_STRIKE", "ARMED_CLASH", "ARREST", "ART_MISS_ATTACK", "ATTACK",
        "ATTRIB", "CHANGE_TO_GROUP_ACT", "CHEM_WEAP", "DIPLO", "DISR_WEAP", "FORCE_AGAINST_PROTEST",
        "GOV_REGAINS_TERIT", "GRENADE", "HQ_ESTABLISHED", "MAN_MADE_DISASTER", "MOB_VIOL", "NATURAL_DISASTER",
        "NON_STATE_ACTOR_OVERTAKES_TER", "NON_VIOL_TERRIT_TRANSFER", "ORG_CRIME", "OTHER", "PEACE_PROTEST",
        "PROPERTY_DISTRUCT", "PROTEST_WITH_INTER", "REM_EXPLOS", "SEX_VIOL", "SUIC_BOMB", "VIOL_DEMONSTR",
    ),
    "quad": ("statement", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"),
    "police": ("none", "action"),
}  # fmt: skip
