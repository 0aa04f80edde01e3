"""The catalogue of actors: states, organisations, media, armed groups, leaders, with all their names and spellings.

`catalogue()` gives the one that ships with the program, with a user's own files (`actors_*.csv` in the folder of
`situate.knowledge.home`); `Catalogue.load(folder)` reads another. The files say where each row is from and under which
licence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from situate.contract import ActorKind
from situate.knowledge.catalogue_files import Row, rows
from situate.knowledge.catalogue_keys import Word
from situate.knowledge.catalogue_match import Match, Matcher
from situate.knowledge.home import home

FOLDER = Path(__file__).parent / "data" / "actors"
ACTOR_COLUMNS = ("id", "name", "kind", "country", "aliases", "parent", "from", "to", "wikidata")
STATE_COLUMNS = ("id", "name", "aliases", "adjectives", "people", "seats", "military", "wikidata")
PEOPLE_COLUMNS = ("id", "name", "country", "aliases", "adjectives", "wikidata")
OFFICE_COLUMNS = ("name", "office", "of", "from", "to", "aliases", "wikidata")

Sort = Literal["name", "adjective", "people", "seat"]


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor of the catalogue. `since` and `until` are years or ISO dates.

    `described`: words in lower case by which reports speak of it without its name ("kurdish", "rebels"). `where`: the
    countries, beside its own, in which it acts.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None  # ISO 3166 alpha-3
    parent: str | None = None  # id of the actor it belongs to
    since: str | None = None
    until: str | None = None
    wikidata: str | None = None
    described: tuple[str, ...] = ()
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surface:
    """What a way of writing stands for: the actor, and whether it names it or only points to it.

    An adjective ("Syrian") or the word for a country's people ("Syrians") or its seat ("Damascus") isn't its name.
    `shaky` words mean the actor only in a report that speaks of its country.
    """

    actor: KnownActor
    sort: Sort
    shaky: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A post that a person held: "president" of an actor, from and until a date."""

    person: KnownActor
    title: str
    of: str
    since: str | None
    until: str | None

    def held_at(self, date: str | None) -> bool:
        """Whether the person held it on an ISO date; without a date, whether ever."""
        if date is None:
            return True
        return (self.since or "") <= date and (self.until is None or date[: len(self.until)] <= self.until)


class Catalogue:
    """Known actors by id, by name in any spelling, and by office."""

    def __init__(self) -> None:
        self.actors: dict[str, KnownActor] = {}
        self.offices: list[Office] = []
        self.adjectives: dict[str, str] = {}  # id of a state or people: its usual adjective
        self.militaries: dict[str, str] = {}  # id of a state: its main armed forces
        self._held: dict[str, list[Office]] = {}
        self._places: dict[str, Row] = {}
        self._matcher: Matcher[Surface] = Matcher()

    @classmethod
    def load(cls, folder: Path = FOLDER, *more: Path) -> Catalogue:
        """The catalogue of a folder of CSV files, with the actors of `more` folders.

        Raises CatalogueError, which names file and row.
        """
        made = cls()
        for row in rows(folder / "states.csv", STATE_COLUMNS):
            made._add_state(row)
        for row in rows(folder / "peoples.csv", PEOPLE_COLUMNS):
            made._add_people(row)
        for path in (path for each in (folder, *more) for path in sorted(each.glob("actors_*.csv"))):
            for row in rows(path, ACTOR_COLUMNS):
                made._add_actor(row)
        for row in rows(folder / "offices.csv", OFFICE_COLUMNS):
            made._add_office(row)
        made._check()
        return made

    def find(self, words: list[Word], lower: bool = False, bare: bool = False) -> Iterator[Match[Surface]]:
        """The longest names among words in text order.

        `lower`: the text has no capitals to go by; `bare`: it has lost its apostrophes.
        """
        return self._matcher.find(words, lower, bare)

    def named(self, name: str) -> tuple[Surface, ...]:
        """What a whole name may stand for; nothing known is an empty tuple."""
        return self._matcher.whole(name)

    def holder(self, title: str, of: str, date: str | None) -> KnownActor | None:
        """Who held an office on a date, if the catalogue knows just one."""
        held = {o.person.id: o.person for o in self.offices if o.title == title and o.of == of and o.held_at(date)}
        return next(iter(held.values())) if len(held) == 1 else None

    @cached_property
    def abroad(self) -> tuple[KnownActor, ...]:
        """The actors that act in other countries than their own."""
        return tuple(a for a in self.actors.values() if a.where)

    @cached_property
    def latest_year(self) -> str:
        """The last year in which the catalogue has somebody take an office."""
        return max((o.since[:4] for o in self.offices if o.since), default="")

    def holds(self, person: KnownActor, title: str, date: str | None) -> bool:
        """Whether a person holds an office of this title on a date."""
        return any(o.title == title and o.held_at(date) for o in self._held.get(person.id, ()))

    def side(self, actor: KnownActor, date: str | None) -> str | None:
        """What an actor belongs to: of a person on a date whose office he held then, the latest taken."""
        held = [o for o in self._held.get(actor.id, ()) if date is not None and o.held_at(date)]
        return max(held, key=lambda o: o.since or "").of if held else actor.parent

    def _add(self, row: Row, actor: KnownActor) -> None:
        if actor.id in self.actors:
            raise row.error(f"id '{actor.id}' stands already in {self._where(actor.id)}: give one of them another")
        self.actors[actor.id] = actor
        self._places[actor.id] = row

    def _where(self, actor: str) -> str:
        row = self._places[actor]
        return f"{row.path.name}, row {row.line}"

    def _name(self, actor: KnownActor, names: tuple[str, ...], sort: Sort = "name", loose: bool = True) -> None:
        shaky = {n[:-1] for n in names if n.endswith("?")}
        for name in shaky:
            self._matcher.add(name, Surface(actor, sort, shaky=True), loose=False)
        for name in names:
            if not name.endswith("?") and name not in shaky:
                self._matcher.add(name, Surface(actor, sort), loose)

    def _add_state(self, row: Row) -> None:
        code = row["id"]
        state = KnownActor(code, row["name"], "state", code, wikidata=row["wikidata"] or None)
        self._add(row, state)
        self._name(state, (state.name, *row.many("aliases")), loose=False)
        self._name(state, row.many("adjectives"), "adjective", loose=False)
        self._name(state, row.many("people"), "people", loose=False)
        self._name(state, row.many("seats"), "seat", loose=False)
        self.adjectives[code] = (*row.many("adjectives"), state.name)[0]
        if row["military"]:
            self.militaries[code] = row["military"]

    def _add_people(self, row: Row) -> None:
        people = KnownActor(
            row["id"],
            row["name"],
            "ethnic_or_religious_group",
            row["country"] or None,
            wikidata=row["wikidata"] or None,
        )
        self._add(row, people)
        self._name(people, (people.name, *row.many("aliases")), "people", loose=False)
        self._name(people, row.many("adjectives"), "adjective", loose=False)
        self.adjectives[people.id] = (*row.many("adjectives"), people.name)[0]

    def _add_actor(self, row: Row) -> None:
        actor = KnownActor(
            row["id"], row["name"], row.kind(), row["country"] or None, row["parent"] or None,
            row.date("from"), row.date("to"), row["wikidata"] or None,
            tuple(w.lower() for w in row.many("described")), row.many("where"),
        )  # fmt: skip
        self._add(row, actor)
        self._name(actor, (actor.name, *row.many("aliases")))

    def _add_office(self, row: Row) -> None:
        of = row["of"]
        key = "person:" + row["name"].casefold().replace(" ", "-")
        person = self.actors.get(key)
        if person is None:
            base = self.actors.get(of)
            wikidata = row["wikidata"] or None
            person = KnownActor(key, row["name"], "person", base.country if base else None, of, wikidata=wikidata)
            self._add(row, person)
            self._name(person, (person.name, *row.many("aliases")))
        office = Office(person, row["office"], of, row.date("from"), row.date("to"))
        self.offices.append(office)
        self._held.setdefault(person.id, []).append(office)
        if of not in self.actors:
            raise row.error(f"'{of}' in column 'of' is no id of the catalogue")

    def _check(self) -> None:
        for state, military in self.militaries.items():
            if military not in self.actors:
                raise self._places[state].error(f"military '{military}' is no id of the catalogue")
        for actor in self.actors.values():
            row = self._places[actor.id]
            if actor.parent and actor.parent not in self.actors:
                raise row.error(f"parent '{actor.parent}' is no id of the catalogue")
            for code in (*filter(None, (actor.country,)), *actor.where):
                country = self.actors.get(code)
                if country is None or country.kind != "state":
                    raise row.error(f"country '{code}' is no code of states.csv")


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships with the program and what a user added to it, loaded once a process."""
    return Catalogue.load(FOLDER, home())
