"""Actor entries: the parties of a report, each under all its names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from situate.contract import Actor, Mention, MentionForm, Picture
from situate.knowledge.actors import catalogue
from situate.knowledge.catalogue_roles import roles
from situate.language import Document
from situate.reading.actor_cast import Cast, Entity
from situate.reading.actor_coreference import Resolver
from situate.reading.actor_echo import echo, heard_names
from situate.reading.actor_evidence import Evidence
from situate.reading.actor_found import Found
from situate.reading.actor_mentions import Scanner
from situate.reading.actor_nested import nested, take_nested
from situate.reading.actor_speakers import take_speakers
from situate.reading.actor_units import Names, Typing, names

_YEAR = re.compile(r"(?<![\d.,])20[0-4]\d(?![\d,])")


class ActorReader:
    """Reads the layer `actors`."""

    layer = "actors"
    version = "12"

    def read(self, document: Document, picture: Picture) -> Sequence[Actor]:
        """The layer's entries in the order of their first mention."""
        cast = cast_of(document)
        for found in cast.passed_over:
            take_nested(cast, found)
        return _entries(cast, document.report.text)


def cast_of(document: Document) -> Cast:
    """Who stands in a report by rules and knowledge."""
    found_names, countries = _names(document)
    evidence = Evidence(document.sentences, [n.units for n in found_names], countries)
    cast = Cast(catalogue(), roles(), document.report.published or _told_date(document.text), countries)
    resolver = Resolver(cast, document.text)
    for sentence, its in zip(document.sentences, found_names, strict=True):
        scanner = Scanner(sentence, its, cast.roles, evidence)
        mentions = scanner.mentions()
        for found in mentions:
            resolver.take(found)
        cast.passed_over += nested(sentence, scanner.units, mentions)
    take_speakers(cast, document.sentences)
    return cast


def _told_date(text: str) -> str | None:
    """The middle of the latest year that a report without a date names: who held an office then."""
    years = [y for y in _YEAR.findall(text) if y <= catalogue().latest_year]
    return f"{max(years)}-07-01" if years else None


def _names(document: Document) -> tuple[list[Names], Counter[str | None]]:
    """The names of each sentence, and how often each country is spoken of."""
    typing = Typing.of(document)
    found = [names(s, document.text, catalogue(), typing) for s in document.sentences]
    heard = heard_names(document.sentences, [n.units for n in found])
    for sentence, its in zip(document.sentences, found, strict=True):
        echo(sentence, its.units, heard)
    surfaces = (s for its in found for u in its.units for s in u.surfaces)
    countries: Counter[str | None] = Counter(s.actor.country for s in surfaces if s.actor.country and not s.shaky)
    for its in found:
        for unit in its.units:
            unit.keep(countries)
    return found, countries


def _entries(cast: Cast, text: str) -> list[Actor]:
    entities = [e for e in cast.entities if any(not f.weak for f, _ in e.mentions)]
    ids = {e.number: f"a{n}" for n, e in enumerate(entities, 1)}
    return [
        Actor(
            id=ids[e.number],
            name=e.name,
            kind=e.kind,
            mentions=tuple(Mention(f.start, f.end, text[f.start : f.end], form) for f, form in _in_order(e)),
            country=e.country,
            wikidata=e.known.wikidata if e.known else None,
            member_of=_members(e, cast, ids),
        )
        for e in entities
    ]


def _in_order(entity: Entity) -> list[tuple[Found, MentionForm]]:
    return sorted(entity.mentions, key=lambda m: (m[0].start, -m[0].end))


def _members(entity: Entity, cast: Cast, ids: dict[int, str]) -> tuple[str, ...]:
    """The nearest of the report's actors that an actor belongs to."""
    found = (side for key in cast.sides(entity) if (side := cast.by_key(key)) is not None)
    return next(((ids[side.number],) for side in found if side is not entity and side.number in ids), ())
