"""Proposals which forecasts came true, from what later reports say; a person confirms.

Every sentence of a later report that names what a forecast names and tells of the same kind of change, or of its
opposite, is a clue. So is a report that retells the prediction and says in its next breath that it didn't happen, and,
once the time is over, the silence of reports on the same places. Clues are listed on both sides and never hidden.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from situate.contract import Forecast, Mention, Picture, Span
from situate.knowledge.settling import SettlingWords, settling_words
from situate.store.fold import fold
from situate.store.keys import entry_keys
from situate.store.outcomes import Outcome
from situate.store.store import Kept

LEAST = 0.5  # support from which a side counts
RELEVANT = 0.55  # likeness from which a sentence is a clue
_RETOLD = 0.6  # share of a forecast's words from which a sentence retells it
_NAMES, _KIND, _WORDS = 0.5, 0.3, 0.2  # what the likeness of a sentence is made of
_SHORT = 7  # words of an answer to a prediction retold: "None did."
_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?](?!\s|[\"”’]|$)[^\n.!?]*)*[.!?]*[\"”’]*")
_HELD_BY = re.compile(r"\b(?:held|controlled|taken|left)\s+by\b", re.IGNORECASE)  # describes, tells no news
_IS_TO = re.compile(r"\b(?:is|are|was|were)\s+(?:due\s+|set\s+)?to\s+\w", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|n[’']t")
_COMMON = frozenset(
    """
    the and for with that this from have been were was are is its their his her they them into over about after before
    than then there which who whom whose what when where all any more most some such only also said says very as of
    in on at by to an or but it he she be not
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Clue:
    """A sentence of a later report that speaks for or against a forecast; without words, the silence of reports."""

    report: str  # its key
    outlet: str | None
    published: str | None
    words: Span | None
    favours: bool
    weight: float  # 0 to 1
    kind: Literal["told", "retold", "silence"]
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What became of a forecast, as far as later reports tell.

    `outcome` is of the happening that the forecast names; `right` is whether the forecaster called it rightly, None
    where it isn't settled or was called even.
    """

    forecast: str  # its entry key
    content: str
    outcome: Outcome
    confidence: float
    right: bool | None
    speaking_for: tuple[Clue, ...]
    speaking_against: tuple[Clue, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Foretold:
    """A forecast with what its words name, and the kinds of change that they tell of."""

    key: str
    report: str
    published: str
    forecast: Forecast
    names: frozenset[str]
    named: bool  # by its own words, or only by what the report is about
    words: frozenset[str]
    kinds: frozenset[str]
    against: frozenset[str]

    @property
    def deadline(self) -> str | None:
        horizon = self.forecast.horizon
        return horizon.latest if horizon is not None else None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A clause of a later report: its words in small letters, those of its sentence, and the answer that follows."""

    span: Span
    words: frozenset[str]
    around: frozenset[str]
    pending: bool
    answer: tuple[str, ...]


def settle(kept: Iterable[Kept], on: str | None = None) -> list[Proposal]:
    """A proposal for each forecast of the pictures kept, as of a day (ISO; by default that of the last report)."""
    dated = sorted((k for k in kept if k.picture.report.published), key=lambda k: (_day(k.picture), k.key))
    if not dated:
        return []
    words = settling_words()
    sentences = {k.key: list(_sentences(k.picture, words)) for k in dated}
    rarity = _rarity([s for some in sentences.values() for s in some])
    today = on or _day(dated[-1].picture)
    foretold = [f for k in dated for f in _foretold(k, words)]
    return [_proposal(f, dated, sentences, rarity, today, words) for f in foretold]


def _day(picture: Picture) -> str:
    return (picture.report.published or "")[:10]


def _foretold(kept: Kept, words: SettlingWords) -> Iterator[_Foretold]:
    keys = {(layer, entry.id): key for layer, entry, key in entry_keys(kept.picture, kept.key)}
    for forecast in kept.picture.forecasts:
        said = _words(forecast.content.text)
        kinds = frozenset(words.foretold(frozenset(said)))
        against = frozenset(a for k in kinds for a in words.against[k]) - kinds
        own = _names(kept.picture, forecast.content)
        names = own or _main_place(kept.picture)
        plain = frozenset(w for w in said if len(w) > 3) - _COMMON - words.pending - names
        key = keys["forecasts", forecast.id]
        yield _Foretold(key, kept.key, _day(kept.picture), forecast, names, bool(own), plain, kinds, against)


def _names(picture: Picture, where: Span) -> frozenset[str]:
    """The words of the names of actors and places within some words."""
    found: set[str] = set()
    mentions: list[Mention] = [m for a in picture.actors for m in a.mentions]
    mentions += [m for p in picture.places for m in p.mentions]
    for mention in mentions:
        if mention.form in ("name", "alias") and where.covers(mention):
            found |= {fold(w) for w in mention.text.split() if w[:1].isupper() or any(c.isdigit() for c in w)}
    return frozenset(w for w in found if len(w) > 1)


def _main_place(picture: Picture) -> frozenset[str]:
    """The name of the place, smaller than a country, that a report names most."""
    places = [p for p in picture.places if p.kind != "country"]
    most = max(places, key=lambda p: len(p.mentions), default=None)
    return frozenset(fold(most.name).split()) if most is not None else frozenset()


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]


def _sentences(picture: Picture, words: SettlingWords) -> Iterator[_Sentence]:
    text = picture.report.text
    skipped = [(f.start, f.end) for f in picture.report.furniture]
    found = [m.span() for m in _SENTENCE.finditer(text) if m.group().strip()]
    found = [s for s in found if not any(a < s[1] and s[0] < b for a, b in skipped)]
    split = [tuple(_words(text[a:b])) for a, b in found]
    for i, (start, end) in enumerate(found):
        answer = split[i + 1] if i + 1 < len(split) and len(split[i + 1]) <= _SHORT else ()
        around = frozenset(split[i]) | frozenset(fold(text[start:end]).split())
        for m in re.finditer("[^;]+", text[start:end]):
            clause = m.group()
            first = start + m.start() + len(clause) - len(clause.lstrip())
            order = _words(_HELD_BY.sub(" ", clause))
            own = frozenset(order)
            pending = bool(own & words.pending) or _IS_TO.search(clause) is not None
            yield _Sentence(Span.of(text, first, start + m.end()), own, around, pending, answer)


def _rarity(sentences: Sequence[_Sentence]) -> dict[str, float]:
    """How much a word tells: rare ones more."""
    seen = Counter(w for s in sentences for w in s.words)
    return {w: math.log((len(sentences) + 1) / n) for w, n in seen.items()}


def _proposal(
    f: _Foretold,
    kept: Sequence[Kept],
    sentences: dict[str, list[_Sentence]],
    rarity: dict[str, float],
    today: str,
    words: SettlingWords,
) -> Proposal:
    clues: dict[str, Clue] = {}  # one for each wording, so that copies count once
    covered = 0
    for later in kept:
        day = _day(later.picture)
        if later.key == f.report or day < f.published or day > today:
            continue
        if f.named and f.deadline is not None and day > f.deadline:
            covered += any(f.names & s.around for s in sentences[later.key])
        for sentence in sentences[later.key]:
            clue = _clue(f, later, sentence, rarity, words)
            if clue is not None and clue.words is not None:
                clues.setdefault(fold(clue.words.text), clue)
    found = [*clues.values(), *_silence(f, covered, clues.values())]
    return _weighed(f, found, over=covered > 0)


def _clue(f: _Foretold, later: Kept, s: _Sentence, rarity: dict[str, float], words: SettlingWords) -> Clue | None:
    alike = _alike(f.words, s.around, rarity)
    if s.pending:
        return _retold(f, later, s, alike, words)
    shared = f.names & s.around
    if f.names and not shared:
        return None
    told = words.told(s.words)
    same, opposite = _sides(told & f.kinds, told & f.against)
    if not (same or opposite or alike > 0.5) or (alike < 0.1 and (same | opposite) <= words.loose):
        return None
    named = 0.5 + 0.5 * len(shared) / len(f.names) if f.names else 0.2
    likeness = _NAMES * named + _KIND * bool(same or opposite) + _WORDS * alike
    turned = bool(s.words & words.negations)
    if likeness < RELEVANT or (turned and opposite):
        return None
    favours = not opposite and not turned
    why = f"tells of {'the same' if favours else 'the contrary'}: {', '.join(sorted(shared | same | opposite))}"
    return _made(f, later, s, favours, likeness, why)


def _sides(same: set[str], opposite: set[str]) -> tuple[set[str], set[str]]:
    """The kinds of change for and against; of both, what is still so ("the land they hold") tells less."""
    if same and opposite:
        return (set(), opposite) if same <= {"keep"} else (same, set()) if opposite <= {"keep"} else (set(), set())
    return same, opposite


def _made(f: _Foretold, later: Kept, s: _Sentence, favours: bool, weight: float, why: str) -> Clue:
    report = later.picture.report
    if favours and f.deadline is not None and _day(later.picture) > f.deadline:
        weight *= 0.8  # it may have come about only after the time
    kind: Literal["told", "retold"] = "retold" if s.pending else "told"
    return Clue(later.key, report.publisher, report.published, s.span, favours, round(weight, 2), kind, why)


def _retold(f: _Foretold, later: Kept, s: _Sentence, alike: float, words: SettlingWords) -> Clue | None:
    """A prediction retold with its answer: "… had predicted that it would begin. None did."."""
    answer = frozenset(s.answer)
    if not answer or alike < _RETOLD:
        return None
    if answer & words.negations:
        return _made(f, later, s, False, 0.9, f"retold, and answered: {' '.join(s.answer)}")
    if answer & words.answers:
        return _made(f, later, s, True, 0.9, f"retold, and answered: {' '.join(s.answer)}")
    return None


def _alike(some: frozenset[str], others: frozenset[str], rarity: dict[str, float]) -> float:
    """The share of the words of a forecast that a sentence has, rare ones counting more."""
    whole = sum(rarity.get(w, 1.0) for w in some)
    return sum(rarity.get(w, 1.0) for w in some & others) / whole if whole else 0.0


def _silence(f: _Foretold, covered: int, clues: Iterable[Clue]) -> Iterator[Clue]:
    """What it tells that reports after the time name the same places and parties, and not that it happened."""
    if covered and f.named and not any(c.favours for c in clues):
        why = f"{covered} reports after {f.deadline} name it, and none tells that it happened"
        yield Clue(f.report, None, f.deadline, None, False, min(0.75, 0.45 + 0.1 * covered), "silence", why)


def _weighed(f: _Foretold, clues: Sequence[Clue], over: bool) -> Proposal:
    ordered = sorted(clues, key=lambda c: (-c.weight, c.published or "", c.report))
    favouring = tuple(c for c in ordered if c.favours)
    contrary = tuple(c for c in ordered if not c.favours)
    support, doubt = _joined(favouring), _joined(contrary)
    likely = f.forecast.likelihood
    chance = (likely.low + likely.high) / 2 if likely.low is not None and likely.high is not None else None
    outcome: Outcome = "lapsed" if over else "open"
    confidence = 1 - max(support, doubt) if over else 1.0
    if support >= LEAST and support >= doubt:
        outcome, confidence = "happened", support * (1 - doubt / 2)
    elif doubt >= LEAST and (over or any(c.kind == "retold" for c in contrary)):
        unmet = f.forecast.condition is not None and all(c.kind == "silence" for c in contrary)
        outcome, confidence = ("lapsed" if unmet else "not"), doubt * (1 - support / 2)
    right = (
        None if outcome in ("open", "lapsed") or chance in (None, 0.5) else (outcome == "happened") == (chance > 0.5)
    )
    return Proposal(f.key, f.forecast.content.text, outcome, round(confidence, 2), right, favouring, contrary)


def _joined(clues: Iterable[Clue]) -> float:
    """Several clues together: the strongest, and a little more for each other outlet that says so."""
    by_outlet: dict[str | None, float] = {}
    for clue in clues:
        by_outlet[clue.outlet] = max(by_outlet.get(clue.outlet, 0.0), clue.weight)
    missing = 1.0
    for n, weight in enumerate(sorted(by_outlet.values(), reverse=True)):
        missing *= 1 - weight / (n + 1)
    return 1 - missing if by_outlet else 0.0
