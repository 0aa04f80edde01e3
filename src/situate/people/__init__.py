"""Who may use a store through the web: accounts, sessions, API tokens, and what each role may do."""

from situate.people.accounts import Person, RefusedError, add, known, names, people, remove, set_password, set_role
from situate.people.roles import RIGHTS, ROLES, Right, Role, Who, alone
from situate.people.sessions import LASTS, begin, end, end_all, of_session
from situate.people.tokens import Token, issue, of_token, revoke, tokens

__all__ = [
    "LASTS",
    "RIGHTS",
    "ROLES",
    "Person",
    "RefusedError",
    "Right",
    "Role",
    "Token",
    "Who",
    "add",
    "alone",
    "begin",
    "end",
    "end_all",
    "issue",
    "known",
    "names",
    "of_session",
    "of_token",
    "people",
    "remove",
    "revoke",
    "set_password",
    "set_role",
    "tokens",
]
