"""What many reports come to: incidents, stories, reports around one, the reports themselves, and runs of adding."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from situate.picture.corroboration import Corroboration
from situate.store.listed import Figure
from situate.store.runs import Item
from situate.web.schemas.base import Page, Shape
from situate.web.schemas.entries import EventRow


class Value(Shape):
    """A figure of an incident, in whose words."""

    role: str
    figure: Figure
    said_by: str
    entries: list[str]


class IncidentRow(Shape):
    """One thing that happened, with all that tell it."""

    id: str
    type: str | None
    earliest: str | None
    latest: str | None
    reports: list[str]
    sources: list[str]
    corroboration: Corroboration
    values: list[Value]
    disputed: list[str]
    why: list[str]
    entries: list[EventRow]


class Incidents(Page):
    """A page of incidents."""

    rows: list[IncidentRow]
    count: int | None = Field(description="how many incidents there are, where that is known")
    events: int = Field(description="how many entries tell of what happened")


class ToldIn(Shape):
    """A report of a story."""

    report: str
    title: str | None
    publisher: str | None
    published: str | None


class StoryRow(Shape):
    """Reports about one matter: how many there are, and the first of them."""

    id: str
    about: list[str]
    first: str | None
    last: str | None
    size: int
    reports: list[ToldIn]


class Stories(Page):
    """A page of stories; `copies` tells of each report that is a copy what it is a copy of."""

    rows: list[StoryRow]
    copies: dict[str, str]


class Beside(Shape):
    """A report beside another one."""

    key: str
    title: str | None
    publisher: str | None
    published: str | None
    republished_from: str | None


class Copy(Beside):
    """A report with the same text."""

    original: bool
    of: str | None = None
    why: str | None = None


class Alike(Beside):
    """A report that names the same actors and places."""

    shared: int
    names: list[str]


class AroundReport(Shape):
    """What stands around a report."""

    copies: list[Copy]
    original: str
    similar: list[Alike]


class ReportRow(Shape):
    """A report of the store. `language` is its language's code, `entries` what it tells, by layer."""

    key: str
    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    added_at: str
    entries: int


class Reports(Page):
    """A page of reports, those added last first."""

    rows: list[ReportRow]


class RunRow(Shape):
    """A run of adding and what its inputs came to; `ended_at` is null where it goes on or was broken off."""

    key: str
    began_at: str
    ended_at: str | None
    sources: list[str]
    outcomes: dict[Literal["read", "nothing", "skipped", "failed"], int]
    entries: int


class Runs(Page):
    """A page of runs, the latest first."""

    rows: list[RunRow]


class RunItems(Page):
    """A page of what became of the inputs of a run."""

    rows: list[Item]


class Upload(Shape):
    """An upload under way, or done: its run (null until its turn has come), and how many of its reports are read."""

    id: str
    name: str
    state: Literal["waiting", "reading", "done", "failed"]
    run: str | None
    total: int | None = Field(description="how many reports there are in it; null where that isn't known yet")
    done: int
    kept: int
    nothing: int
    had: int
    failed: int
    error: str | None


class Uploads(Shape):
    """The uploads since the server began, the latest first."""

    rows: list[Upload]
