"""How well an entry is corroborated, in words that anyone can check.

- Independent sources: as many texts, none a copy of another, as can each be given a voice of its own among those that
  tell it there. Two reports that quote one monitor are one source, and so are three outlets with one agency's text.
- Sides: the doer's own, the opponent's (those to whom it was done), third parties.
- Contradicted: by whom it is denied, or who says otherwise.

The grade is the first that holds:

| grade | rule |
| --- | --- |
| contested | somebody says that it isn't so |
| told by both sides | the doer's side and the opponent's both tell it |
| corroborated | two or more independent sources, and not all of one side |
| one side only | two or more independent sources, all of the doer's side or all of the opponent's |
| single source | anything else |
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from situate.picture.sides import Heard, Side, Ties, Voice, spoken_by, with_ties
from situate.store.listed import Listed

Grade = Literal["contested", "told by both sides", "corroborated", "one side only", "single source"]
_SIDE_WORDS: Mapping[Side, str] = {
    "own": "the doer's side",
    "opponent": "the opponent's side",
    "third": "third parties",
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One who says that it isn't so, and the entry that says so."""

    who: str
    entry: str


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What stands behind an entry: `first` and `last` are the days of the first and the last report of it."""

    grade: Grade
    why: str
    sources: int
    reports: int
    voices: tuple[Voice, ...]
    sides: tuple[Side, ...]
    contradicted: tuple[Contradiction, ...]
    first: str | None
    last: str | None


def corroboration(
    entries: Sequence[Listed],
    original: Mapping[str, str] | None = None,
    against: Iterable[Listed] = (),
    ties: Ties | None = None,
) -> Corroboration:
    """The corroboration of what `entries` tell together.

    `original` names the original of each report that is a copy; `against` are entries that say it isn't so.
    """
    from situate.picture.voices import heard

    denied = tuple(Contradiction(spoken_by(e), e.key) for e in against)
    return weighed(entries, heard(entries), original or {}, denied, ties or {})


def weighed(
    entries: Sequence[Listed],
    heard: Sequence[Heard],
    original: Mapping[str, str],
    against: Iterable[Contradiction],
    ties: Ties,
) -> Corroboration:
    """The same where it is known who tells the entries, and who denies them."""
    told = with_ties(heard, entries, ties)
    sides = tuple(side for side in _SIDE_WORDS if any(v.side == side for v in told))
    denied = tuple({c.entry: c for c in against}.values())
    sources = _independent(entries, heard, original)
    days = sorted(e.report.published for e in entries if e.report.published)
    return Corroboration(
        _grade(sources, sides, bool(denied)),
        _why(sources, told, denied),
        sources,
        len({e.report.key for e in entries}),
        told,
        sides,
        denied,
        days[0] if days else None,
        days[-1] if days else None,
    )


def _independent(entries: Iterable[Listed], heard: Iterable[Heard], original: Mapping[str, str]) -> int:
    """How many texts can each be given a voice of its own (a greatest matching, by augmenting paths)."""
    text_of = {e.key: original.get(e.report.key, e.report.key) for e in entries}
    voices: dict[str, dict[str, None]] = {text: {} for text in text_of.values()}
    for h in heard:
        for key in h.entries:
            voices[text_of[key]][h.key] = None
    given: dict[str, str] = {}  # voices to texts

    def give(text: str, tried: set[str]) -> bool:
        for voice in voices[text]:
            if voice not in tried:
                tried.add(voice)
                if voice not in given or give(given[voice], tried):
                    given[voice] = text
                    return True
        return False

    return sum(give(text, set()) for text in voices)


def _grade(sources: int, sides: Sequence[Side], denied: bool) -> Grade:
    if denied:
        return "contested"
    if "own" in sides and "opponent" in sides:
        return "told by both sides"
    if sources < 2:
        return "single source"
    return "corroborated" if "third" in sides else "one side only"


def _why(sources: int, told: Sequence[Voice], denied: Sequence[Contradiction]) -> str:
    by_side = [
        f"{words}: {', '.join(dict.fromkeys(v.name for v in told if v.side == side))}"
        for side, words in _SIDE_WORDS.items()
        if any(v.side == side for v in told)
    ]
    counted = f"{sources} independent source{'s' * (sources != 1)}"
    against = [f"contradicted by {', '.join(dict.fromkeys(c.who for c in denied))}"] if denied else []
    return "; ".join([counted, *by_side, *against])
