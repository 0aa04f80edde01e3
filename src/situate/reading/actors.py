"""Actor entries: the parties of a report, each under all its names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from situate.contract import Actor, Picture
from situate.knowledge.actors import catalogue
from situate.knowledge.catalogue_roles import roles
from situate.language import Document
from situate.reading.actor_coreference import Entity, Resolver, mention
from situate.reading.actor_mentions import Found, Scanner
from situate.reading.actor_units import units


class ActorReader:
    """Reads the layer `actors`."""

    layer = "actors"
    version = "1"

    def read(self, document: Document, picture: Picture) -> Sequence[Actor]:
        """The layer's entries in the order of their first mention."""
        known, words = catalogue(), roles()
        lower = document.text.islower()
        names = [units(s, document.text, known, lower) for s in document.sentences]
        countries = Counter(
            s.actor.country for us in names for u in us for s in u.surfaces if s.actor.country and not s.shaky
        )
        found: list[Found] = []
        for sentence, its_names in zip(document.sentences, names, strict=True):
            for unit in its_names:
                unit.keep(countries)
            found += Scanner(sentence, its_names, words).mentions()
        resolver = Resolver(known, document.text, document.report.published, countries)
        return _entries(resolver.resolve(found), document.text)


def _entries(entities: list[Entity], text: str) -> list[Actor]:
    ids = {e.number: f"a{n}" for n, e in enumerate(entities, 1)}
    by_known = {e.known.id: ids[e.number] for e in entities if e.known}
    return [
        Actor(
            id=ids[e.number],
            name=e.name,
            kind=e.kind,
            mentions=tuple(mention(f, form, text) for f, form in e.mentions),
            country=e.country,
            wikidata=e.known.wikidata if e.known else None,
            member_of=_members(e, by_known, ids[e.number]),
        )
        for e in entities
    ]


def _members(entity: Entity, by_known: dict[str, str], own: str) -> tuple[str, ...]:
    side = by_known.get((entity.known.parent if entity.known else entity.owner) or "")
    return (side,) if side and side != own else ()
