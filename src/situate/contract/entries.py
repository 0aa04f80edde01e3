"""The entries of a picture, a class a layer: the contract `situate/1`.

Lists of ids point to other entries of the same picture. A field that the words don't give is None or empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from situate.contract.spans import Mention, Span

ActorKind = Literal[
    "state", "government", "military", "police", "armed_group", "political_group", "international_org", "aid_org",
    "media", "company", "civilians", "ethnic_or_religious_group", "person", "other",
]  # fmt: skip
PlaceKind = Literal["country", "admin", "settlement", "facility", "region", "zone", "line", "water", "terrain"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal[
    "actual", "ongoing", "planned", "offered", "threatened", "conditional", "denied", "predicted", "generic"
]
QuantityRole = Literal["killed", "injured", "detained", "abducted", "displaced", "deployed", "withdrawn", "other"]
AgreementKind = Literal[
    "surrender", "evacuation", "reconciliation", "ceasefire", "deescalation_zone", "demilitarised_zone",
    "prisoner_exchange", "humanitarian_access", "peace", "alliance", "other",
]  # fmt: skip
AgreementStatus = Literal["proposed", "negotiated", "concluded", "in_force", "disputed", "breached", "ended"]
MovementKind = Literal["evacuation", "displacement", "return", "deployment", "withdrawal", "convoy", "other"]
ControlState = Literal["holds", "contests", "besieges", "captured", "lost", "withdrew", "occupies", "patrols"]
RelationKind = Literal[
    "allied", "backs", "supplies", "commands", "part_of", "negotiates_with", "rivals", "opposes", "fights"
]
Sign = Literal[1, 0, -1]
TimeAnchor = Literal["absolute", "report", "narrative"]
ClaimKind = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A party that acts or is acted on, under all its names in the report."""

    id: str
    name: str
    kind: ActorKind
    mentions: tuple[Mention, ...]
    country: str | None = None  # ISO 3166 alpha-3
    wikidata: str | None = None
    member_of: tuple[str, ...] = ()  # actor ids


@dataclass(frozen=True, slots=True)
class Place:
    """A place or zone. `radius_km` is the uncertainty of the point; both are None where the place isn't settled."""

    id: str
    name: str
    kind: PlaceKind
    mentions: tuple[Mention, ...]
    gazetteer: str | None = None  # "geonames:ID"
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    country: str | None = None  # ISO 3166 alpha-3
    admin1: str | None = None
    candidates: tuple[str, ...] = ()  # "geonames:ID", where more than one place may be meant


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression as an interval of days (ISO dates, both inclusive), open where an end is None."""

    id: str
    span: Span
    earliest: str | None
    latest: str | None
    anchor: TimeAnchor


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: its value or its bounds, its unit, and what it counts."""

    id: str
    span: Span
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    of: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Attributed content: who says so, by which words, what is said."""

    id: str
    content: Span
    kind: ClaimKind
    cue: Span | None = None
    source: Span | None = None
    actor: str | None = None
    anonymous: bool = False
    within: str | None = None  # the claim in whose content this one stands
    source_kind: str | None = None  # official, military, armed_group, eyewitness, medic, monitor, journalist, media …
    side: str | None = None  # actor id: for whom an unnamed official, soldier … speaks


@dataclass(frozen=True, slots=True)
class EventQuantity:
    """A figure of an event, by the role it plays in it."""

    role: QuantityRole
    quantity: str


@dataclass(frozen=True, slots=True)
class EventMention:
    """Another place where the report tells the same event."""

    trigger: Span
    evidence: Span


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom (PLOVER class of 2023), with what standing: done, planned, threatened, denied …"""

    id: str
    type: EventType
    trigger: Span
    evidence: Span
    status: Status
    confidence: float
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    acled: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    third_parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    time: str | None = None
    claim: str | None = None  # None: the report's own voice
    instrument: Span | None = None
    quantities: tuple[EventQuantity, ...] = ()
    mentions: tuple[EventMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """One thing that an agreement provides for."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed, by whom, and who guarantees, mediates or supervises it."""

    id: str
    kind: AgreementKind
    status: AgreementStatus
    evidence: tuple[Span, ...]
    name: Span | None = None
    parties: tuple[str, ...] = ()
    guarantors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    time: str | None = None
    provisions: tuple[Provision, ...] = ()
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """People or forces that move, or wait to."""

    id: str
    kind: MovementKind
    status: Status
    evidence: Span
    who: tuple[str, ...] = ()
    who_span: Span | None = None
    quantity: str | None = None
    origin: str | None = None
    destination: str | None = None
    means: Span | None = None
    agreement: str | None = None
    time: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """Who holds, takes, loses, contests or besieges a place."""

    id: str
    place: str
    holder: str
    state: ControlState
    status: Status
    evidence: Span
    time: str | None = None
    claim: str | None = None
    exception: Span | None = None  # "surrounded on all sides but *the west*"


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated tie between two actors, signed."""

    id: str
    from_: str = field(metadata={"alias": "from"})  # pydantic's alias: the name in JSON
    to: str
    kind: RelationKind
    sign: Sign
    evidence: Span
    time: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely the forecaster calls it: the words, and their interval of probability (0 to 1)."""

    phrase: Span | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Horizon:
    """By when: an interval of ISO dates, open where an end is None, and the words."""

    earliest: str | None = None
    latest: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """A statement about what will come, that later reports can settle."""

    id: str
    content: Span
    evidence: Span
    likelihood: Likelihood = field(default_factory=Likelihood)
    forecaster: str | None = None  # actor id; None: the author
    claim: str | None = None
    event: str | None = None
    horizon: Horizon | None = None
    condition: Span | None = None


Entry = Actor | Place | Time | Quantity | Claim | Event | Agreement | Movement | Control | Relation | Forecast
