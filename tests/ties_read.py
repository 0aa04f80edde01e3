"""Texts read for the tests of agreements, movements, control and relations; by rules alone, without the encoder."""

from __future__ import annotations

from functools import cache

from situate.contract import Picture, Report
from situate.language import Document, parse
from situate.reading import read_document


@cache
def named_document(text: str) -> tuple[Document, Picture]:
    """A text with its grammar, and its picture."""
    document = next(iter(parse([Report("r", text)], encode=False)))
    return document, read_document(document)


def read(text: str) -> Picture:
    """The picture of a text."""
    return named_document(text)[1]


def name(picture: Picture, identifier: str | None) -> str | None:
    """The name of an actor or a place of a picture."""
    known = {x.id: x.name for x in (*picture.actors, *picture.places)}
    return known[identifier] if identifier else None


def names(picture: Picture, identifiers: tuple[str, ...]) -> set[str | None]:
    """The names of actors or places of a picture."""
    return {name(picture, i) for i in identifiers}


def control(text: str) -> set[tuple[str | None, str, str | None]]:
    """Holder, state and place of each control entry of a text."""
    p = read(text)
    return {(name(p, c.holder), c.state, name(p, c.place)) for c in p.control}


def ties(text: str) -> set[tuple[str | None, str, str | None]]:
    """Both actors and the kind of each relation of a text."""
    p = read(text)
    return {(name(p, r.from_), r.kind, name(p, r.to)) for r in p.relations}
