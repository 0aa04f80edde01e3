"""People: logging in and out, their tokens, and who has which role."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from situate import people
from situate.errors import SituateError
from situate.people import RefusedError, Right, Role, Who
from situate.people.accounts import LONGEST as LONGEST_PASSWORD
from situate.people.accounts import NAME, Person, person
from situate.web.access import Admin, Asker, TheWholeStore
from situate.web.answers import answer
from situate.web.guard import COOKIE
from situate.web.limits import Limits
from situate.web.schemas import deeds as shapes

router = APIRouter(tags=["people"])
Name = Annotated[str, Path(max_length=NAME)]


class LogIn(BaseModel):
    """Who wants to log in."""

    name: str = Field(min_length=1, max_length=NAME)
    password: str = Field(min_length=1, max_length=LONGEST_PASSWORD)


class NewPassword(BaseModel):
    """A new password, and the one that holds."""

    old: str = Field(min_length=1, max_length=LONGEST_PASSWORD)
    new: str = Field(min_length=1, max_length=LONGEST_PASSWORD)


class NewPerson(LogIn):
    """A new account."""

    role: Role


class Changes(BaseModel):
    """What is changed of an account; what isn't given stays."""

    role: Role | None = None
    password: str | None = Field(default=None, min_length=1, max_length=LONGEST_PASSWORD)


class NewToken(BaseModel):
    """A new token: what it is for, what it may do, and for how many days (null: until it is revoked)."""

    name: str = Field(min_length=1, max_length=NAME)
    scopes: list[Right] = Field(min_length=1, max_length=4)
    days: int | None = Field(default=None, ge=1, le=3660)


@router.post("/session", status_code=201, response_model=shapes.Me)
def log_in(request: Request, said: LogIn, store: TheWholeStore) -> Response:
    """Log in: the answer sets the session's cookie, and tells as /me does."""
    limits: Limits = request.app.state.limits
    address = request.client.host if request.client else ""
    wait = max(limits.log_ins.wait(f"{said.name} {address}"), limits.log_ins_of_address.wait(address))
    if wait:
        message = "too many attempts to log in; wait a little"
        raise HTTPException(429, message, {"Retry-After": str(int(wait) + 1)})
    try:
        one = people.known(store, said.name, said.password)
    except RefusedError as refused:
        raise HTTPException(401, str(refused)) from refused
    secret = people.begin(store, one)
    response = answer(request, _shown(people.of_session(store, secret)), 201)
    secure = request.url.scheme == "https"
    lasts = int(people.LASTS.total_seconds())
    response.set_cookie(COOKIE, secret, max_age=lasts, path="/", secure=secure, httponly=True, samesite="lax")
    return response


@router.delete("/session", status_code=204)
def log_out(request: Request, store: TheWholeStore, _who: Asker) -> Response:
    """Log out: the session ends, here and on the server."""
    people.end(store, request.cookies.get(COOKIE, ""))
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/me", response_model=shapes.Me)
def me(request: Request, who: Asker) -> Response:
    """Who is logged in, what they may do, and the word (`csrf`) that the page sends as X-Situate when it writes."""
    return answer(request, _shown(who))


def _shown(who: Who | None) -> dict[str, Any]:
    if who is None:
        raise HTTPException(401, "the session is over; log in again")
    rights = [right for right in people.RIGHTS if who.may(right)]
    return {"name": who.name, "role": who.role, "rights": rights, "by": who.by, "csrf": who.csrf or "1"}


@router.put("/me/password", status_code=204)
def new_password(request: Request, said: NewPassword, who: Asker, store: TheWholeStore) -> Response:
    """Change one's own password; all sessions end."""
    _has_account(who)
    limits: Limits = request.app.state.limits
    if wait := limits.log_ins.wait(f"{who.name} password"):
        raise HTTPException(429, "too many attempts; wait a little", {"Retry-After": str(int(wait) + 1)})
    try:
        people.known(store, who.name, said.old)
    except RefusedError as refused:
        raise HTTPException(403, "the old password is wrong") from refused
    people.set_password(store, who.name, said.new)
    return Response(status_code=204)


@router.delete("/me/sessions", status_code=204)
def end_others(request: Request, who: Asker, store: TheWholeStore) -> Response:
    """End all of one's sessions but the one that asks."""
    people.end_all(store, _has_account(who), request.cookies.get(COOKIE, ""))
    return Response(status_code=204)


@router.get("/tokens", response_model=shapes.Tokens)
def own_tokens(request: Request, who: Asker, store: TheWholeStore) -> Response:
    """One's tokens, without their secrets."""
    rows = people.tokens(store, who.number) if who.number is not None else []
    return answer(request, {"rows": [asdict(token) for token in rows]})


@router.post("/tokens", status_code=201, response_model=shapes.IssuedToken)
def new_token(request: Request, said: NewToken, who: Asker, store: TheWholeStore) -> Response:
    """A new token, with its secret, which is shown this once. A token can't make another one."""
    _has_account(who)
    token, secret = people.issue(store, person(store, who.name), said.name, said.scopes, said.days)
    return answer(request, {**asdict(token), "secret": secret}, 201)


@router.delete("/tokens/{token}", status_code=204)
def void_token(token: Annotated[str, Path(max_length=100)], who: Asker, store: TheWholeStore) -> Response:
    """Make one of one's tokens void."""
    people.revoke(store, _has_account(who), token)
    return Response(status_code=204)


@router.get("/people", response_model=shapes.People)
def everybody(request: Request, _who: Admin, store: TheWholeStore) -> Response:
    """All accounts by name."""
    return answer(request, {"rows": [_told(one) for one in people.people(store)]})


@router.post("/people", status_code=201, response_model=shapes.PersonRow)
def new_person(request: Request, said: NewPerson, _who: Admin, store: TheWholeStore) -> Response:
    """A new account."""
    return answer(request, _told(people.add(store, said.name, said.role, said.password)), 201)


@router.patch("/people/{name}", response_model=shapes.PersonRow)
def change_person(request: Request, name: Name, said: Changes, _who: Admin, store: TheWholeStore) -> Response:
    """Give an account another role or password; both hold at once."""
    if said.role:
        people.set_role(store, name, said.role)
    if said.password:
        people.set_password(store, name, said.password)
    return answer(request, _told(person(store, name)))


@router.delete("/people/{name}", status_code=204)
def remove_person(name: Name, _who: Admin, store: TheWholeStore) -> Response:
    """Let nobody in by this account any more; what it decided stays."""
    people.remove(store, name)
    return Response(status_code=204)


def _has_account(who: Who) -> int:
    if who.number is None or who.by != "session":
        raise SituateError("this is for people who are logged in; make accounts with: situate people add NAME")
    return who.number


def _told(one: Person) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name != "number"}
