"""Place entries: every place of the report once, with all its mentions, its kind, and where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from situate.contract import Mention, Picture, Place
from situate.knowledge.gazetteer import gazetteer
from situate.knowledge.places import place_words
from situate.language import Document
from situate.reading.index import Index
from situate.reading.place_descriptions import descriptions, near
from situate.reading.place_groups import Group, grouped, merged
from situate.reading.place_mentions import SPACY_SCORE, Mentions
from situate.reading.place_nouns import Naming
from situate.reading.place_references import apposed, references
from situate.reading.placing import MOST_RIVALS, SMALL, Placer
from situate.reading.zone_words import Zone
from situate.reading.zones import Zones

FAR_RIVAL_KM = 1000.0  # beyond this a rival doesn't widen the radius any more


CONFLICT = 0.25  # share of sentences that tell of fighting, from which on places without a name are worth noting

POLITICS = 0.4  # likewise, of sentences that tell of states' dealings too, from which on countries may only act


class PlaceReader:
    """Reads the layer `places`."""

    layer = "places"
    version = "6"

    def read(self, document: Document, picture: Picture) -> Sequence[Place]:
        """The layer's entries in text order."""
        known = gazetteer()
        placer = Placer(document, grouped(Mentions(document, Index(picture), known).all(), known))
        placer.settle()
        conflict = _share_telling(document, place_words().happenings) >= CONFLICT
        if conflict or _share_telling(document, place_words().happenings | place_words().politics) >= POLITICS:
            encoded = any(n.score != SPACY_SCORE for s in document.sentences for n in s.names)
            placer.drop_actors(encoded)
        groups = merged(placer.groups if conflict else [g for g in placer.groups if not _is_institution(g)])
        zones = Zones(document, groups, placer.setting.countries(), known).find(conflict)
        drafts = [*(_from_group(g, document) for g in groups if g.namings), *(_from_zone(z, document) for z in zones)]
        if conflict:
            shares = placer.setting.countries()
            main = max(shares, key=lambda c: (shares[c], c), default=None)
            drafts = apposed(document, drafts)
            drafts = references(document, list(near([*drafts, *descriptions(document, drafts, main)], document)))
        drafts.sort(key=lambda p: p.mentions[0].start)
        return [replace(p, id=f"p{i}") for i, p in enumerate(drafts, 1)]


def _is_institution(group: Group) -> bool:
    """Whether a name is that of a school or a farm that no gazetteer knows: in peace, of those who work there."""
    unknown = group.kind == "facility" and (group.best is None or group.near_only)
    return unknown and all(n.noun in place_words().everyday for n in group.namings)


def _share_telling(document: Document, words: frozenset[str]) -> float:
    """The share of sentences with one of the words (lemmas)."""
    telling = sum(any(t.lemma_.lower() in words for t in s.tokens) for s in document.sentences)
    return telling / max(1, len(document.sentences))


def _from_group(group: Group, document: Document) -> Place:
    best = group.best
    name = _name(group)
    mentions = tuple(_mention(n, name, document.report.text) for n in group.namings)
    if best is None:
        said = _said_country(group)
        return Place("", name, group.kind, mentions, country=said, candidates=() if said else _elsewhere(group))
    rivals = [r for r in group.rivals if r.lat is not None and r.lon is not None]
    radius = max(10.0, best.radius_km) if group.near_only else best.radius_km
    for rival in rivals:
        if rival.lat is not None and rival.lon is not None:
            radius = max(radius, min(FAR_RIVAL_KM, best.distance_km(rival.lat, rival.lon)))
    return Place(
        id="",
        name=name,
        kind=group.kind,
        mentions=mentions,
        gazetteer=None if group.near_only else best.gazetteer,
        lat=best.lat,
        lon=best.lon,
        radius_km=round(radius, 1),
        country=best.country,
        admin1=best.admin1,
        candidates=tuple(c.gazetteer for c in (best, *rivals) if c.gazetteer) if rivals else (),
    )


def _elsewhere(group: Group) -> tuple[str, ...]:
    """The ids of the places of this name that somebody may have heard of, in countries the report doesn't speak of."""
    found = [c for c in group.candidates if c.exact and not group.near_only]
    known = any(c.population >= SMALL or c.feature == "ADM1" for c in found)
    return tuple(c.gazetteer for c in found if c.gazetteer)[:MOST_RIVALS] if known else ()


def _said_country(group: Group) -> str | None:
    """The country that the words put an unknown place in."""
    for naming in group.namings:
        if naming.country:
            return naming.country
        for found in gazetteer().find(naming.within[0], False)[:1] if naming.within else ():
            if found.kind == "country":
                return found.country
    return None


def _name(group: Group) -> str:
    """What the place is called: the gazetteer's name for countries, else the report's most frequent one."""
    if group.best is not None and group.best.kind == "country" and not group.near_only:
        return group.best.name
    return Counter(n.name for n in group.namings).most_common(1)[0][0]


def _mention(naming: Naming, name: str, text: str) -> Mention:
    words = text[naming.start : naming.end]
    return Mention(naming.start, naming.end, words, "name" if words == name else "alias")


def _from_zone(zone: Zone, document: Document) -> Place:
    spans = sorted(zone.mentions)
    mentions = tuple(Mention(s, e, document.report.text[s:e], form) for s, e, form in spans)
    where = (zone.lat, zone.lon, zone.radius_km, zone.country, zone.admin1)
    return Place("", zone.name, zone.kind, mentions, None, *where)
