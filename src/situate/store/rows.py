"""A picture becomes rows."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

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
    Span,
)
from situate.store.dates import DATE_LENGTH, dated
from situate.store.digest import REPORT_KEY_LENGTH
from situate.store.fold import fold, framed
from situate.store.keys import content_hash, entry_keys
from situate.store.roles import actor_roles, evidence_of, figures_of, place_roles, type_of
from situate.store.tellers import figure_claim, further_claims, source_words

Row = dict[str, Any]
Pointer = tuple[str, str]  # an entry by its layer and its id in the picture
FOLDED_LENGTH = 200  # what is folded for filters is cut here, so that an index takes it


@dataclass(frozen=True, slots=True)
class Ids:
    """The numbers that a picture's rows get in this store."""

    report: int
    first_entry: int
    merged: Mapping[Pointer, int]  # of actors and places


def report_row(picture: Picture, report_id: int, added_at: str) -> Row:
    """The row of the picture's report."""
    report = picture.report
    digest = content_hash(report)
    return {
        "id": report_id,
        "key": digest[:REPORT_KEY_LENGTH],
        "content_hash": digest,
        "source_id": report.id,
        "day": (report.published or "")[:DATE_LENGTH],
        "url": report.url,
        "title": report.title,
        "publisher": report.publisher,
        "publisher_folded": framed(report.publisher)[:FOLDED_LENGTH] if report.publisher else None,
        "byline": report.byline,
        "republished_from": report.republished_from,
        "published": report.published,
        "language": report.language,
        "added_at": added_at,
        "made_by": json.dumps(picture.made_by, ensure_ascii=False, sort_keys=True),
        "furniture": json.dumps([asdict(span) for span in report.furniture], ensure_ascii=False),
        "text": report.text,
        "picture": zlib.compress(picture.to_json().encode()),
    }


def entry_rows(picture: Picture, report_key: str, ids: Ids) -> dict[str, list[Row]]:
    """The rows of the picture's entries, by table."""
    return _EntryRows(picture, report_key, ids).rows()


def together_rows(rows: Mapping[str, Sequence[Row]], report: Row) -> list[Row]:
    """The rows that say which merged actors and places are in one entry, from those of a report and its entries."""
    who: dict[int, set[int]] = {}
    for link in rows.get("entry_actors", ()):
        who.setdefault(link["entry_id"], set()).add(link["merged_id"])
    pairs = {
        (link["merged_id"], actor) for link in rows.get("entry_places", ()) for actor in who.get(link["entry_id"], ())
    }
    return [
        {"place_id": place, "actor_id": actor, "report_id": report["id"], "day": report["day"]}
        for place, actor in sorted(pairs)
    ]


@dataclass(slots=True)
class _EntryRows:
    picture: Picture
    report_key: str
    ids: Ids
    tables: dict[str, list[Row]] = field(default_factory=dict)
    numbers: dict[Pointer, int] = field(default_factory=dict)

    def rows(self) -> dict[str, list[Row]]:
        keyed = list(entry_keys(self.picture, self.report_key))
        self.numbers = {(layer, entry.id): self.ids.first_entry + n for n, (layer, entry, _) in enumerate(keyed)}
        self.tables["entries"] = []
        times = {time.id: time for time in self.picture.times}
        claims = {claim.id: claim for claim in self.picture.claims}
        actors = {actor.id: actor for actor in self.picture.actors}
        for number, (layer, entry, key) in enumerate(keyed, self.ids.first_entry):
            when = dated(entry, times, self.picture.report.published)
            claim = entry if isinstance(entry, Claim) else claims.get(getattr(entry, "claim", None) or "")
            self._add(
                "entries",
                id=number,
                key=key,
                report_id=self.ids.report,
                layer=layer,
                local_id=entry.id,
                type=type_of(entry),
                status=getattr(entry, "status", None),
                confidence=getattr(entry, "confidence", None),
                day=when.earliest or "",
                earliest=when.earliest,
                latest=when.latest,
                dated_by=when.by,
                claim_id=self.numbers["claims", claim.id] if claim and claim is not entry else None,
                **_source(claim, actors),
            )
            self._add_own(number, layer, entry, when.earliest or "")
            self._add_links(number, layer, entry)
        return self.tables

    def _number(self, layer: str, local_id: str | None) -> int | None:
        return self.numbers.get((layer, local_id or ""))

    def _add(self, table: str, **row: Any) -> None:
        self.tables.setdefault(table, []).append(row)

    def _add_own(self, number: int, layer: str, entry: Entry, day: str) -> None:
        """The row in the layer's table, and the words that full text search finds."""
        evidence = evidence_of(entry)
        foremost = evidence[0] if evidence else Span(0, 0, "")
        own = self._own(entry)
        if isinstance(entry, Actor | Place):
            own |= {"merged_id": self.ids.merged[layer, entry.id], "report_id": self.ids.report, "day": day}
        self._add(
            layer,
            entry_id=number,
            evidence=foremost.text,
            evidence_start=foremost.start,
            evidence_end=foremost.end,
            **own,
        )
        more = (entry.source,) if isinstance(entry, Claim) else (entry.name,) if isinstance(entry, Agreement) else ()
        words = dict.fromkeys(fold(span.text) for span in (*more, *evidence) if span)
        self._add("entry_text", rowid=number, words=" ".join(words))

    def _own(self, entry: Entry) -> Row:
        """What only the entry's layer has."""
        match entry:
            case Actor():
                return _fields(entry, "name", "kind", "country", "wikidata") | {"mentions": len(entry.mentions)}
            case Place():
                given = _fields(entry, "name", "kind", "gazetteer", "lat", "lon", "radius_km", "country", "admin1")
                return given | {"mentions": len(entry.mentions)}
            case Claim():
                within = self._number("claims", entry.within)
                return _fields(entry, "kind", "anonymous") | {"cue": _text(entry.cue), "within_id": within}
            case Event():
                return _event(entry)
            case Agreement():
                provisions = [{"kind": each.kind, "text": each.span.text} for each in entry.provisions]
                return {"name": _text(entry.name), "provisions": json.dumps(provisions, ensure_ascii=False)}
            case Movement():
                agreement = self._number("agreements", entry.agreement)
                return {"who": _text(entry.who_span), "means": _text(entry.means), "agreement_id": agreement}
            case Control():
                return {"exception": _text(entry.exception)}
            case Relation():
                return {"sign": entry.sign}
            case Forecast():
                return _forecast(entry) | {"event_id": self._number("events", entry.event)}
        return {}

    def _add_links(self, number: int, layer: str, entry: Entry) -> None:
        """Who, where and how many, by role. An id that stands for nothing in the picture links to nothing."""
        for to, table, column, roles in (
            ("actors", "entry_actors", "actor_id", actor_roles(entry, self.picture)),
            ("places", "entry_places", "place_id", place_roles(entry, self.picture)),
        ):
            for role, local_ids in roles:
                known = dict.fromkeys((to, each) for each in local_ids if (to, each) in self.ids.merged)
                for position, each in enumerate(known):
                    link = {column: self.numbers[each], "merged_id": self.ids.merged[each]}
                    self._add(table, entry_id=number, role=role, position=position, layer=layer, **link)
        for position, (role, quantity) in enumerate(figures_of(entry, self.picture)):
            given = _fields(quantity, "value", "low", "high", "unit", "of")
            claim = self._number("claims", figure_claim(entry, quantity, self.picture))
            words = quantity.span.text
            self._add(
                "entry_figures", entry_id=number, position=position, role=role, words=words, claim_id=claim, **given
            )
        for further in further_claims(entry, self.picture):
            self._add("entry_claims", entry_id=number, claim_id=self.numbers["claims", further])


def _fields(entry: object, *names: str) -> Row:
    return {name: getattr(entry, name) for name in names}


def _text(span: Span | None) -> str | None:
    return span.text if span else None


def _source(claim: Claim | None, actors: Mapping[str, Actor]) -> Row:
    """Who says so, in words, which are found by the actor's name as well."""
    if claim is None:
        return {"source": None, "source_folded": None, "source_kind": None}
    actor = actors.get(claim.actor or "")
    words = source_words(claim, actor)
    folded = framed(f"{words or ''} {actor.name if actor else ''}")[:FOLDED_LENGTH]
    return {"source": words, "source_folded": folded if folded.strip() else None, "source_kind": claim.source_kind}


def _event(event: Event) -> Row:
    return {
        "trigger": event.trigger.text,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "contexts": json.dumps(event.contexts),
        "instrument": _text(event.instrument),
        "mentions": len(event.mentions),
        **_fields(event, "mode", "cameo", "acled"),
    }


def _forecast(forecast: Forecast) -> Row:
    horizon = forecast.horizon
    return {
        "content": forecast.content.text,
        "likelihood": _text(forecast.likelihood.phrase),
        "likelihood_low": forecast.likelihood.low,
        "likelihood_high": forecast.likelihood.high,
        "horizon": _text(horizon.span) if horizon else None,
        "horizon_earliest": horizon.earliest if horizon else None,
        "horizon_latest": horizon.latest if horizon else None,
        "condition": _text(forecast.condition),
    }
