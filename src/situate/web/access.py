"""What who asks may do and see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from situate.people import Right, Who
from situate.store import Store
from situate.store.changes import Revision
from situate.store.rules import NAME
from situate.store.sql import sql
from situate.store.veiled import VeiledStore


def who_asks(request: Request) -> Who:
    """Who asks, as the guard found out."""
    who: Who | None = getattr(request.state, "who", None)
    if who is None:
        raise HTTPException(401, "log in first, or send a token: Authorization: Bearer …")
    return who


Asker = Annotated[Who, Depends(who_asks)]


def needs(right: Right) -> Callable[[Who], Who]:
    """A dependency that lets those with the right go on."""

    def allowed(who: Asker) -> Who:
        if not who.may(right):
            raise HTTPException(403, f"this needs the right to {right}, which {_said(who)} doesn't have")
        return who

    return allowed


def _said(who: Who) -> str:
    return "this token" if who.by == "token" else f"a {who.role}"


Reviewer = Annotated[Who, Depends(needs("review"))]
Editor = Annotated[Who, Depends(needs("edit"))]
Admin = Annotated[Who, Depends(needs("administer"))]


@dataclass(slots=True)
class Readers:
    """The store as readers see it, by the rules that hold at a revision."""

    whole: Store
    _lock: Lock = field(default_factory=Lock)
    _store: VeiledStore | None = None
    _acts: int = -1
    _rules: int = -1

    def store(self, revision: Revision) -> Store:
        """The store through the veil; the same one as long as the rules stay as they are."""
        with self._lock:
            if self._store is None or revision.acts != self._acts:
                with self.whole.asking() as asked:
                    rules = asked.number(sql("SELECT coalesce(max(id), 0) FROM settings WHERE name = ?", NAME))
                if self._store is None or rules != self._rules:
                    self._let_go()
                    self._store, self._rules = VeiledStore(self.whole), rules
                self._acts = revision.acts
            return self._store

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        """Whoever still reads through the veil goes on; connections are closed as they come back."""
        if self._store is not None:
            self._store.close()
            self._store = None


def the_store(request: Request, who: Asker) -> Store:
    """The store as far as who asks may see it."""
    if not who.may("read"):
        raise HTTPException(403, f"this needs the right to read, which {_said(who)} doesn't have")
    whole: Store = request.app.state.store
    if who.may("review"):
        return whole
    readers: Readers = request.app.state.readers
    return readers.store(request.state.revision)


def the_whole_store(request: Request) -> Store:
    """All of the store, for what only those with the right to review reach."""
    store: Store = request.app.state.store
    return store


TheStore = Annotated[Store, Depends(the_store)]
TheWholeStore = Annotated[Store, Depends(the_whole_store)]
