"""An entry in a few words: who did what to whom, how many. Used wherever incidents and briefs are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from situate.store.listed import Figure, Listed


@cache
def _nouns() -> dict[str, Any]:
    import yaml  # a listing shows what is kept in words, and needs no nouns

    text = (files("situate.knowledge") / "data/brief/nouns.yaml").read_text(encoding="utf-8")
    nouns: dict[str, Any] = yaml.safe_load(text)
    return nouns


def listing(names: Sequence[str], most: int = 4) -> str:
    """Names as English lists them: "A", "A and B", "A, B and 3 others"."""
    names = list(dict.fromkeys(names))
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def noun(event: Listed) -> str:
    """What an event is called: "Shelling", "Talks"."""
    return str(_noun(event)["noun"])


def sides(event: Listed) -> str:
    """An event as a noun with its sides: "Shelling of X by Y", "Clash between A and B"."""
    noun = _noun(event)
    actors, recipients = event.actors_as("actor"), event.actors_as("recipient")
    everyone = [*actors, *recipients]
    if noun.get("joined") and len(dict.fromkeys(everyone)) > 1:
        return f"{noun['noun']} between {listing(everyone)}"
    words = [noun["noun"]]
    if recipients:
        words += [noun.get("on", "against"), listing(recipients)]
    if actors:
        words += [noun.get("by", "by"), listing(actors)]
    return " ".join(words)


def sub_event(event: Listed) -> str:
    """The ACLED sub-event type that an event is called by; "" where its class says more: by its mode, else its own."""
    nouns, own = _nouns(), str(event.own.get("acled") or "")
    if event.type not in nouns["by_acled"]:
        return ""
    fit = nouns["modes"].get(str(event.own.get("mode")))
    return own if fit is None or own in fit else next(iter(fit), "")


def _noun(event: Listed) -> Mapping[str, Any]:
    nouns = _nouns()
    by_acled: Mapping[str, Any] | None = nouns["acled"].get(sub_event(event))
    return by_acled or nouns["types"].get(str(event.type)) or {"noun": event.type}


def where(entry: Listed) -> str:
    """The places of an entry, each as finely as the report names it."""
    return listing([site.name for site in entry.places if site.role in ("place", "places")] or _sites(entry), 3)


def _sites(entry: Listed) -> list[str]:
    return [site.name for site in entry.places]


def figure(f: Figure) -> str:
    """A figure with its bounds: "8", "at least 12", "up to 40", "10 to 20"."""
    if f.low is not None and f.high is not None and f.low != f.high:
        return f"{number(f.low)} to {number(f.high)}"
    if f.low is not None and f.high is None:
        return f"at least {number(f.low)}"
    if f.high is not None and f.low is None:
        return f"up to {number(f.high)}"
    value = f.value if f.value is not None else f.low
    return number(value) if value is not None else f.words


def number(value: float) -> str:
    """A number with thousands apart."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def between(people: tuple[float, float] | None) -> str:
    """A range of numbers: "800", "400 to 800"; nothing where there is none."""
    if people is None:
        return ""
    low, high = people
    return number(low) if low == high else f"{number(low)} to {number(high)}"
