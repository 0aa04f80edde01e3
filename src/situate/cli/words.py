"""A picture's ids as names, and its evidence as coloured words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from situate.cli.common import STATUS_COLOURS
from situate.cli.excerpt import LONGEST_WORDS, Stretch, excerpt, interval

if TYPE_CHECKING:
    from situate.contract import Claim, Picture, Quantity, Time

__all__ = ["Names", "evidence", "interval", "on_one_line"]


class Names:
    """Finds what the ids of a picture stand for."""

    def __init__(self, picture: Picture) -> None:
        self._named = {a.id: a.name for a in picture.actors} | {p.id: p.name for p in picture.places}
        self._times: dict[str, Time] = {t.id: t for t in picture.times}
        self._quantities: dict[str, Quantity] = {q.id: q for q in picture.quantities}
        self._claims: dict[str, Claim] = {c.id: c for c in picture.claims}

    def names(self, ids: Iterable[str | None]) -> str:
        """The names of actors or places, in one line."""
        return ", ".join(self._named.get(i, i) for i in ids if i)

    def time(self, id: str | None) -> str:  # noqa: A002  (the contract's own name)
        """The words of a time, and its days where they are known."""
        time = self._times.get(id or "")
        if time is None:
            return ""
        days = interval(time.earliest, time.latest)
        return time.span.text if days == "" or days == time.span.text else f"{time.span.text} ({days})"

    def quantity(self, id: str | None) -> str:  # noqa: A002
        """The words of a quantity."""
        quantity = self._quantities.get(id or "")
        return "" if quantity is None else quantity.span.text

    def teller(self, claim: str | None) -> str:
        """Who says so: the source's words, or nothing for the report's own voice."""
        said = self._claims.get(claim or "")
        if said is None:
            return ""
        return said.source.text if said.source else "unnamed source"

    def standing(self, status: str, claim: str | None) -> Text:
        """How sure it is that it happened, and who says so."""
        text = Text(status, style=STATUS_COLOURS.get(status, ""))
        teller = self.teller(claim)
        return text.append(f"\nsays {teller}", style="default") if teller else text


def evidence(sentence: Stretch, *marked: Stretch | None, most: int = LONGEST_WORDS) -> Text:
    """A sentence with the words that count marked; a long one is cut around the first of them."""
    pieces = excerpt(sentence, *marked, most=most)
    return on_one_line(Text.assemble(*((words, "bold reverse" if told else "") for words, told in pieces)))


def on_one_line(text: Text) -> Text:
    """The text with line breaks and control characters as spaces."""
    text.plain = "".join(c if c.isprintable() else " " for c in text.plain)
    return text
