"""What people do: decisions, comments, agreement between reviewers; accounts, tokens, rules."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from situate.people import Right, Role
from situate.store.decisions import DecisionKind, ReviewState
from situate.web.schemas.base import Page, Shape


class DecisionRow(Shape):
    """One decision: who, when, on what."""

    entry_key: str
    decision: DecisionKind
    who: str
    made_at: str
    field: str | None
    before: Any
    after: Any
    comment: str | None
    key: str


class InTrail(DecisionRow):
    """A decision of the trail, with the review state that it found."""

    stood: ReviewState


class Trail(Page):
    """A page of the trail, oldest first."""

    rows: list[InTrail]


class Kept(Shape):
    """A decision as it was kept, and what all decisions on the entry come to."""

    decision: DecisionRow
    review: ReviewState


class KeptTogether(Shape):
    """How many were kept, which were left as they are, and the states by now."""

    kept: int
    left: list[str]
    reviews: dict[str, ReviewState]


class Pair(Shape):
    """Two reviewers, and how alike they judge what both judged."""

    one: str
    other: str
    both: int
    same: int
    raw: float
    kappa: float | None
    apart: list[str]


class Agreements(Shape):
    """Every two reviewers with something in common."""

    rows: list[Pair]


class CommentRow(Shape):
    """A comment on an entry or a report."""

    about: str
    words: str
    who: str
    made_at: str
    reply_to: str | None
    key: str


class Comments(Page):
    """A page of comments, the newest first."""

    rows: list[CommentRow]


class Me(Shape):
    """Who asks."""

    name: str
    role: Role
    rights: list[Right]
    by: Literal["alone", "session", "token"]
    csrf: str = Field(description="what the page sends as X-Situate when it writes")


class PersonRow(Shape):
    """An account."""

    name: str
    role: Role
    active: bool
    made_at: str


class People(Shape):
    """All accounts."""

    rows: list[PersonRow]


class TokenRow(Shape):
    """A token without its secret."""

    id: str
    name: str
    scopes: list[Right]
    made_at: str
    ends_at: str | None


class IssuedToken(TokenRow):
    """A new token with its secret, which is shown this once."""

    secret: str


class Tokens(Shape):
    """One's tokens."""

    rows: list[TokenRow]


class RulesNow(Shape):
    """The rules of what readers see."""

    layers: list[str]
    actors: list[str]
    places: list[str]
    reviews: list[str]
    cell: float
