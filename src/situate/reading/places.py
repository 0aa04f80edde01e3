"""Place entries: every place of the report once, with all its mentions, its kind, and where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from situate.contract import Mention, Picture, Place
from situate.knowledge.gazetteer import gazetteer
from situate.language import Document
from situate.reading.index import Index
from situate.reading.place_mentions import Mentions, Naming
from situate.reading.placing import Group, Placer, grouped, merged

FAR_RIVAL_KM = 1000.0  # beyond this a rival doesn't widen the radius any more


class PlaceReader:
    """Reads the layer `places`."""

    layer = "places"
    version = "1"

    def read(self, document: Document, picture: Picture) -> Sequence[Place]:
        """The layer's entries in text order."""
        known = gazetteer()
        namings = Mentions(document, Index(picture), known).all()
        groups = grouped(namings, known)
        Placer(document, groups).settle()
        groups = sorted(merged(groups), key=lambda g: g.namings[0].start)
        return [_entry(f"p{i}", group, document) for i, group in enumerate(groups, 1)]


def _entry(ident: str, group: Group, document: Document) -> Place:
    best = group.best
    name = _name(group)
    mentions = tuple(_mention(n, name, document.text) for n in group.namings)
    if best is None:
        return Place(ident, name, group.kind, mentions)
    rivals = [r for r in group.rivals if r.lat is not None and r.lon is not None]
    radius = best.radius_km
    if group.near_only:
        radius = max(10.0, radius)
    if rivals and best.lat is not None:
        radius = max(radius, min(FAR_RIVAL_KM, max(best.distance_km(r.lat, r.lon) for r in rivals)))  # type: ignore[arg-type]
    return Place(
        id=ident,
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


def _name(group: Group) -> str:
    """What the place is called: the gazetteer's name for countries, else the report's most frequent one."""
    if group.best is not None and group.best.kind == "country" and not group.near_only:
        return group.best.name
    return Counter(n.name for n in group.namings).most_common(1)[0][0]


def _mention(naming: Naming, name: str, text: str) -> Mention:
    words = text[naming.start : naming.end]
    return Mention(naming.start, naming.end, words, "name" if words == name else "alias")
