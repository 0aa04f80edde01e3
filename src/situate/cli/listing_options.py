"""The filters of the listing commands, as options."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, get_args

import click

if TYPE_CHECKING:
    from situate.store import Filters

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_STORE = "situate.db"
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
# layer: what --type and --status mean there, by the contract's names for their values
_CONTRACT = "situate.contract.entries"
_TYPES = {
    "events": "EventType",
    "claims": "ClaimKind",
    "agreements": "AgreementKind",
    "movements": "MovementKind",
    "control": "ControlState",
    "relations": "RelationKind",
    "actors": "ActorKind",
    "places": "PlaceKind",
}
ENTRY_LAYERS = ("events", "claims", "agreements", "movements", "control", "relations", "forecasts")
_STATUSES = {"events": "Status", "agreements": "AgreementStatus", "movements": "Status", "control": "Status"}


class Day(click.ParamType[str]):
    """A day, or a month or a year that stands for its first or its last day."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day as an ISO date."""
        match = _DAY.fullmatch(str(value).strip())
        try:
            return self._day(*match.groups()).isoformat() if match else self._wrong(value, param, ctx)
        except ValueError:  # there is no such day
            return self._wrong(value, param, ctx)

    def _day(self, year: str, month: str | None, day: str | None) -> date:
        in_month = int(month or (12 if self.last else 1))
        end = calendar.monthrange(int(year), in_month)[1] if self.last else 1
        return date(int(year), in_month, int(day or end))

    def _wrong(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
        self.fail(f"{value!r} is not a date; write it as in 2018-07-31, 2018-07 or 2018", param, ctx)


class OneOf(click.ParamType[str]):
    """One of the values that names of a module stand for, in any case. The module is loaded only when needed."""

    name = "one"

    def __init__(self, module: str, *literals: str) -> None:
        self.module, self.literals = module, literals

    def values(self) -> Sequence[str]:
        """The values that there are."""
        named = (get_args(getattr(import_module(self.module), each)) for each in self.literals)
        return tuple(dict.fromkeys(value for values in named for value in values))

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The values, for the help."""
        return f"[{'|'.join(self.values())}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value as it is kept."""
        wanted = str(value).strip().casefold().replace("-", "_").replace(" ", "_")
        known = {each.casefold(): each for each in self.values()}
        if wanted not in known:
            self.fail(f"{value!r} is not one of {', '.join(known.values())}", param, ctx)
        return known[wanted]


def kinds_of(*layers: str) -> OneOf | None:
    """The types of layers; None where they have none."""
    return _one_of(_TYPES, layers)


def standings_of(*layers: str) -> OneOf | None:
    """The standings of layers; None where they have none."""
    return _one_of(_STATUSES, layers)


def _one_of(named: Mapping[str, str], layers: Sequence[str]) -> OneOf | None:
    literals = [named[layer] for layer in layers if layer in named]
    return OneOf(_CONTRACT, *literals) if literals else None


def filter_options(layer: str) -> Callable[[F], F]:
    """The options that `filters_of` makes a layer's filter of."""

    def decorate(command: F) -> F:
        for option in reversed(_options(layer)):
            command = option(command)
        return command

    return decorate


def store_option(command: F) -> F:
    """--store: which store."""
    option = click.option(
        "--store",
        "target",
        default=DEFAULT_STORE,
        show_default=True,
        envvar="SITUATE_STORE",
        metavar="PATH|URL",
        help="The store: a file, or postgresql://USER@HOST/DATABASE. SITUATE_STORE says so too.",
    )
    return option(command)


def graded_option(command: F) -> F:
    """--graded: how well each entry is corroborated."""
    words = "Say how well each is corroborated, as situate incidents does; slower."
    return click.option("--graded", is_flag=True, help=words)(command)


def store_here(command: F) -> F:
    """--store after the name of a command within a group, whose `obj` the store then is."""
    option = click.option(
        "--store",
        metavar="PATH|URL",
        expose_value=False,
        callback=_take_store,
        help="The store, as before the command's name: both places will do.",
    )
    return option(command)


def _take_store(ctx: click.Context, _option: click.Parameter, target: str | None) -> None:
    if target is not None:
        ctx.obj = target


def who_option(command: F) -> F:
    """--who: who decides."""
    return click.option("--who", envvar="SITUATE_WHO", metavar="NAME", help="Who decides. [default: your login]")(
        command
    )


def filters_of(given: dict[str, Any]) -> Filters:
    """The filter that the options come to; an option that a layer doesn't have filters nothing."""
    from situate.store import Filters

    return Filters(
        since=given.get("since"),
        until=given.get("until"),
        places=given.get("places", ()),
        actors=given.get("actors", ()),
        types=given.get("types", ()),
        statuses=given.get("statuses", ()),
        sources=given.get("sources", ()),
        reports=given.get("reports", ()),
        reviews=given.get("reviews", ()),
        text=given.get("text"),
        min_confidence=given.get("min_confidence"),
    )


def kind_options(command: F) -> F:
    """--type and --status of commands that show several layers; `filters_among` takes them as these name them."""
    for flag, name, metavar, words in (
        ("--status", "statuses", "STANDING", "With this standing, as these name it."),
        (
            "--type",
            "types",
            "KIND",
            "Of this type, as situate events --help, control --help and so on name it.",
        ),
    ):
        command = click.option(flag, name, multiple=True, metavar=metavar, help=words)(command)
    return command


def filters_among(layers: Sequence[str], given: dict[str, Any]) -> Filters:
    """The filter, with types and statuses of some layers. Raises click.BadParameter for those that none of them has."""
    kinds = OneOf(_CONTRACT, *(_TYPES[each] for each in layers if each in _TYPES))
    standings = OneOf(_CONTRACT, *(_STATUSES[each] for each in layers if each in _STATUSES))
    types = tuple(kinds.convert(each, None, None) for each in given["types"])
    statuses = tuple(standings.convert(each, None, None) for each in given["statuses"])
    return filters_of({**given, "types": types, "statuses": statuses})


def _options(layer: str) -> list[Callable[[F], F]]:
    merged = layer in ("actors", "places")
    dated = "reports of" if merged else "what took place on"
    options = [
        click.option("--since", type=Day(last=False), metavar="DATE", help=f"Only {dated} this day or later."),
        click.option("--until", type=Day(last=True), metavar="DATE", help=f"Only {dated} this day or earlier."),
        _many("--place", "places", "NAME", "At this place, or in this country or province (again for more)."),
        _many("--actor", "actors", "NAME", "With this actor, under any of its names (again for more)."),
    ]
    if kinds := kinds_of(layer):
        options.append(click.option("--type", "types", multiple=True, type=kinds, help="Of this type."))
    if statuses := standings_of(layer):
        options.append(click.option("--status", "statuses", multiple=True, type=statuses, help="With this standing."))
    source = "From this outlet" if merged else "From this outlet, or said by this source"
    options += [
        _many("--source", "sources", "NAME", f"{source} (again for more)."),
        _many("--report", "reports", "KEY", "From this report: its key, id or address (again for more)."),
        click.option("--text", metavar="WORDS", help='Whose words hold these; "in this order", or begin* so.'),
    ]
    if layer == "events":
        sure = click.FloatRange(0, 1)
        options.append(click.option("--min-confidence", type=sure, help="Leave out events less sure than this."))
    if not merged:
        states = OneOf("situate.store.decisions", "ReviewState")
        options.append(
            click.option("--review", "reviews", type=states, multiple=True, help="What people decided on it.")
        )
    return options


def _many(flag: str, name: str, metavar: str, text: str) -> Callable[[F], F]:
    return click.option(flag, name, multiple=True, metavar=metavar, help=text)
