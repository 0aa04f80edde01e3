"""What each role may do, and who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "reviewer", "editor", "admin"]
# read: through the veil; review: see all, decide, comment; edit: rules for readers, reports; administer: people
Right = Literal["read", "review", "edit", "administer"]
ROLES: tuple[Role, ...] = get_args(Role)
RIGHTS: tuple[Right, ...] = get_args(Right)
OF_ROLE: Mapping[str, frozenset[Right]] = {role: frozenset(RIGHTS[: n + 1]) for n, role in enumerate(ROLES)}


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks, and what they may do: by their role, or by the scopes of the token that they ask with.

    `csrf` is what a page that writes has to repeat, where a cookie says who it is; `number` is the account's.
    """

    name: str
    role: Role
    rights: frozenset[Right]
    by: Literal["alone", "session", "token"]
    csrf: str | None = None
    number: int | None = None

    def may(self, right: Right) -> bool:
        """Whether they have the right."""
        return right in self.rights


def alone() -> Who:
    """The one user of a store that is served on this machine alone."""
    return Who("you", "admin", OF_ROLE["admin"], "alone")
