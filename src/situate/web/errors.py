"""One shape for every error: {"error": {"status", "code", "message"}}; the message names the value and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from situate.errors import SituateError


class Told(BaseModel):
    """What went wrong."""

    status: int
    code: str
    message: str


class Error(BaseModel):
    """The one shape of an error."""

    error: Told


ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Error, "description": "a value that can't be"},
    401: {"model": Error, "description": "nobody is logged in, and there is no token"},
    403: {"model": Error, "description": "not allowed to who asks, or not from the page itself"},
    404: {"model": Error, "description": "nothing with that key"},
    413: {"model": Error, "description": "more than one may send"},
    422: {"model": Error, "description": "a parameter that isn't well-formed"},
    429: {"model": Error, "description": "too many requests; Retry-After tells the seconds to wait"},
}
_CODES = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "not_allowed",
    413: "too_large",
    429: "too_many",
}


def error_answer(status: int, code: str, message: str, headers: Mapping[str, str]) -> JSONResponse:
    """The answer that tells an error."""
    content = {"error": {"status": status, "code": code, "message": message}}
    return JSONResponse(content, status, headers=dict(headers))


def tell_errors(app: FastAPI, headers: Mapping[str, str]) -> None:
    """Have the application tell its errors in the one shape."""

    @app.exception_handler(SituateError)
    async def situate_error(_request: Request, error: SituateError) -> JSONResponse:
        missing = "with that key" in str(error)
        code = "not_found" if missing else "bad_request"
        return error_answer(404 if missing else 400, code, str(error), headers)

    @app.exception_handler(Exception)
    async def unforeseen(_request: Request, _error: Exception) -> JSONResponse:
        return error_answer(500, "internal", "this should not have happened; the server's log tells more", headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        first: dict[str, Any] = dict(error.errors()[0])
        where = ".".join(str(x) for x in first["loc"][1:])
        return error_answer(422, "invalid", f"{where}: {first['msg']}".removeprefix(": "), headers)

    @app.exception_handler(HTTPException)
    async def http_error(_request: Request, error: HTTPException) -> JSONResponse:
        own = {**headers, **(error.headers or {})}
        return error_answer(error.status_code, _CODES.get(error.status_code, "http"), str(error.detail), own)
