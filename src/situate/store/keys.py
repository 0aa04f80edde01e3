"""Keys that stay the same when a report is read again, on another machine, or into another store.

- A report's key is the beginning of its content hash.
- An entry's key is `REPORT.LAYER.WORDS`, where WORDS says where the entry's own words stand (`0001034-1042`); for an
  actor or a place it is the name. Readers may number their entries otherwise in a later version: the words stay.
- A merged actor's or place's key is what is known of it everywhere: its Wikidata or gazetteer id, else its name and
  country. "The rebels" or "the village", without a name, are somebody else in another report, and stay its own; "the
  Russian military police" are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from situate.contract import (
    Actor,
    Agreement,
    Claim,
    Control,
    Entry,
    Event,
    Forecast,
    Movement,
    Picture,
    Place,
    Relation,
    Report,
    Span,
)
from situate.store.digest import REPORT_KEY_LENGTH, digest_of
from situate.store.fold import fold

KEPT_LAYERS = (
    "actors", "places", "claims", "events", "agreements", "movements", "control", "relations", "forecasts",
)  # fmt: skip
NAME_LENGTH = 100
OF_STATES = ("government", "military", "police")  # kinds of which a state has one: its name and theirs tell which


def content_hash(report: Report) -> str:
    """The SHA-256 of what a source gives of a report: text, title, address, outlet and date.

    The id is only a name. The same text from two outlets is two reports: one republished the other.
    """
    return digest_of(report.text, report.title, report.url, report.publisher, report.published, length=64)


def report_key(report: Report) -> str:
    """The report's key: 16 hexadecimal digits of its content hash."""
    return content_hash(report)[:REPORT_KEY_LENGTH]


def merged_key(entry: Actor | Place, report: str) -> str:
    """The key of the actor or place that this one is in all reports; `report` is the key of its own."""
    known = entry.gazetteer if isinstance(entry, Place) else f"wikidata:{entry.wikidata}" if entry.wikidata else None
    if known:
        return known
    name = _short(fold(entry.name), entry.name)
    named = any(mention.form in ("name", "alias") for mention in entry.mentions)
    of_state = isinstance(entry, Actor) and entry.kind in OF_STATES and entry.country
    return f"name:{name}|{entry.country or ''}" if named or of_state else own_key(entry, report)


def own_key(entry: Actor | Place, report: str) -> str:
    """The key of an actor or place as one that is a report's own."""
    return f"report:{report}|{_short(fold(entry.name), entry.name)}"


def entry_keys(picture: Picture, report: str) -> Iterator[tuple[str, Entry, str]]:
    """(layer, entry, key) of each entry in the kept layers, claims before what they are the claims of."""
    named: tuple[Actor | Place, ...] = (*picture.actors, *picture.places)
    names = {entry.id: fold(entry.name) for entry in named}
    seen: dict[str, int] = {}
    for layer in KEPT_LAYERS:
        for entry in getattr(picture, layer):
            key = f"{report}.{layer}.{_words(entry, names)}"
            seen[key] = seen.get(key, 0) + 1
            yield layer, entry, key if seen[key] == 1 else f"{key}~{seen[key]}"


def _words(entry: Entry, names: Mapping[str, str]) -> str:
    """Where the entry's own words stand, and what else tells it from another one in the same words."""
    match entry:
        case Actor() | Place():
            return _short(fold(entry.name), entry.name).replace(" ", "-")
        case Event():
            return _at(entry.trigger)
        case Claim() | Forecast():
            return _at(entry.content)
        case Agreement():
            return _at(entry.evidence[0] if entry.evidence else None, entry.kind)
        case Movement():
            ends = (names.get(place or "", "") for place in (entry.origin, entry.destination))
            who = entry.who_span.text if entry.who_span else ""
            return _at(entry.evidence, entry.kind, who, *ends)
        case Control():
            return _at(entry.evidence, entry.state, names.get(entry.place, ""), names.get(entry.holder, ""))
        case Relation():
            return _at(entry.evidence, entry.kind, names.get(entry.from_, ""), names.get(entry.to, ""))
    raise TypeError(f"{type(entry).__name__} entries are kept in the picture only")


def _at(span: Span | None, *what: str) -> str:
    place = f"{span.start:07d}-{span.end}" if span else "none"
    return f"{place}.{digest_of(*what, length=6)}" if what else place


def _short(folded: str, name: str) -> str:
    """The folded name, cut and made unique where it is too long for a key or has no letter."""
    return folded if 0 < len(folded) <= NAME_LENGTH else f"{folded[:NAME_LENGTH]} {digest_of(name, length=6)}".strip()
