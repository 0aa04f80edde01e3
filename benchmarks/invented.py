"""Pictures of invented reports, any number of them, the same for the same seed: what the store is measured with."""

from __future__ import annotations

import random
from datetime import date, timedelta

from situate.contract import (
    Actor,
    ActorKind,
    Agreement,
    Claim,
    Control,
    Event,
    EventQuantity,
    EventType,
    Forecast,
    Likelihood,
    Mention,
    Movement,
    Picture,
    Place,
    PlaceKind,
    Quantity,
    Relation,
    Report,
    Span,
    Status,
    Time,
)

EVENTS_A_REPORT = 8
FIRST_DAY = date(2018, 1, 1)
DAYS = 1500
TYPES: tuple[EventType, ...] = (
    "ASSAULT",
    "ASSAULT",
    "ASSAULT",
    "COERCE",
    "MOBILIZE",
    "AGREE",
    "RETREAT",
    "AID",
    "THREATEN",
    "ACCUSE",
)
STATUSES: tuple[Status, ...] = ("actual", "actual", "actual", "ongoing", "planned", "denied", "threatened", "predicted")
VERBS = ("shelled", "attacked", "struck", "blamed", "warned", "besieged", "entered", "left", "supplied", "met")
PLACE_KINDS: dict[int, PlaceKind] = {0: "admin", 1: "admin", 2: "country"}
KINDS: tuple[ActorKind, ...] = ("armed_group", "military", "state", "civilians", "person")
_RIVERS = ("Orontes", "Hauran", "Jazira", "Barada")
OUTLETS = tuple(f"{name} {form}" for name in _RIVERS for form in ("Post", "Wire", "Now"))
SYLLABLES = ("al", "ba", "da", "far", "hal", "jab", "kan", "lat", "mar", "nus", "qun", "ra", "sir", "tal", "yar", "zab")


class Pictures:
    """Invented pictures, the same for the same seed. Some actors and places are in many reports, most in few."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.actors = [self._name(3) for _ in range(3000)]
        self.places = ["Idlib", "Daraa", "Syria", *(self._name(2) for _ in range(3000))]

    def make(self, number: int, day: int | None = None) -> Picture:
        """The picture of the report with that number, of so many days after the first, or of any day."""
        published = FIRST_DAY + timedelta(days=self.random.randrange(DAYS) if day is None else day)
        return _Drawing(self, number, published).picture()

    def some(self, names: list[str], number: int) -> list[int]:
        """Different positions in a list, the first ones by far the likeliest."""
        found: dict[int, None] = {}
        while len(found) < number:
            found[min(int(self.random.paretovariate(0.6)) - 1, len(names) - 1)] = None
        return list(found)

    def _name(self, syllables: int) -> str:
        words = ("".join(self.random.choice(SYLLABLES) for _ in range(2)).capitalize() for _ in range(syllables - 1))
        return " ".join(words)


class _Drawing:
    """One picture while it is being made: the text grows by sentences, whose words become spans."""

    def __init__(self, source: Pictures, number: int, published: date) -> None:
        self.source, self.random, self.number, self.published = source, source.random, number, published
        self.text = ""
        self.who = source.some(source.actors, 5)
        self.where = source.some(source.places, 4)
        self.mentions: dict[str, list[Mention]] = {}
        self.times: list[Time] = []
        self.quantities: list[Quantity] = []
        self.claims: list[Claim] = []

    def picture(self) -> Picture:
        """The whole picture."""
        events = tuple(self._event(position) for position in range(EVENTS_A_REPORT))
        layers = (self._agreement(), self._movement(), self._control(), self._relation(), self._forecast())
        report = Report(
            f"report-{self.number}", self.text, title=f"Report {self.number}",
            published=self.published.isoformat(), publisher=self.random.choice(OUTLETS), language="en",
        )  # fmt: skip
        agreement, movement, control, relation, forecast = layers
        return Picture(
            report, self._actors(), self._places(), tuple(self.times), tuple(self.quantities), tuple(self.claims),
            events, (agreement,), (movement,), (control,), (relation,), (forecast,), {"events": "invented 1"},
        )  # fmt: skip

    def _sentence(self, *words: tuple[str, str]) -> dict[str, Span]:
        """Add a sentence of (what, words); gives the spans by what they are, the whole as "sentence"."""
        start = len(self.text)
        spans: dict[str, Span] = {}
        for what, said in words:
            self.text += said
            if what:
                spans[what] = Span(len(self.text) - len(said), len(self.text), said)
                if what[0] in "ap" and what[1:].isdigit():
                    span = spans[what]
                    self.mentions.setdefault(what, []).append(Mention(span.start, span.end, span.text))
            self.text += " "
        spans["sentence"] = Span(start, len(self.text) - 1, self.text[start:-1])
        return spans

    def _actor(self, position: int) -> tuple[str, str]:
        return f"a{position}", self.source.actors[self.who[position]]

    def _place(self, position: int) -> tuple[str, str]:
        return f"p{position}", self.source.places[self.where[position]]

    def _event(self, position: int) -> Event:
        by, to, at = position % 5, (position + 1) % 5, position % 4
        killed = self.random.randrange(1, 60)
        lead = (("", "Officials"), ("", "said"), ("", "that")) if position % 3 == 0 else ()
        spans = self._sentence(
            *lead, self._actor(by), ("trigger", self.random.choice(VERBS)), self._actor(to), ("", "near"),
            self._place(at), ("when", "two days before,"), ("", "and"), ("number", f"{killed} people"), ("", "died."),
        )  # fmt: skip
        day = (self.published - timedelta(days=2)).isoformat()
        self.times.append(Time(f"t{position}", spans["when"], day, day, "report"))
        self.quantities.append(Quantity(f"q{position}", spans["number"], killed, killed, killed, "person", "people"))
        claim = self._claim(spans["sentence"]) if lead else None
        return Event(
            f"e{position}", self.random.choice(TYPES), spans["trigger"], spans["sentence"],
            self.random.choice(STATUSES), round(self.random.random(), 3),
            actors=(f"a{by}",), recipients=(f"a{to}",), places=(f"p{at}",), time=f"t{position}", claim=claim,
            quantities=(EventQuantity("killed", f"q{position}"),),
        )  # fmt: skip

    def _claim(self, sentence: Span) -> str:
        said = len("Officials said that ")
        content = Span.of(self.text, sentence.start + said, sentence.end)
        source, cue = (Span.of(self.text, sentence.start + a, sentence.start + b) for a, b in ((0, 9), (10, 14)))
        self.claims.append(
            Claim(f"c{len(self.claims)}", content, "indirect", cue, source, anonymous=True, source_kind="official")
        )
        return self.claims[-1].id

    def _agreement(self) -> Agreement:
        said = self._sentence(self._actor(0), ("", "and"), self._actor(1), ("", "agreed on a truce in"), self._place(0))
        return Agreement("g0", "ceasefire", "concluded", (said["sentence"],), parties=("a0", "a1"), places=("p0",))

    def _movement(self) -> Movement:
        said = self._sentence(("who", "families"), ("", "left"), self._place(1), ("", "for"), self._place(2))
        return Movement(
            "m0", "displacement", "actual", said["sentence"], who_span=said["who"], origin="p1", destination="p2"
        )

    def _control(self) -> Control:
        said = self._sentence(self._actor(2), ("", "holds"), self._place(3))
        return Control("k0", "p3", "a2", "holds", "actual", said["sentence"])

    def _relation(self) -> Relation:
        said = self._sentence(self._actor(3), ("", "backs"), self._actor(4))
        return Relation("r0", "a3", "a4", "backs", 1, said["sentence"])

    def _forecast(self) -> Forecast:
        said = self._sentence(("content", "the siege"), ("phrase", "will probably"), ("", "end soon"))
        return Forecast("f0", said["content"], said["sentence"], Likelihood(said["phrase"], 0.55, 0.85))

    def _actors(self) -> tuple[Actor, ...]:
        return tuple(
            Actor(f"a{n}", self.source.actors[who], KINDS[who % len(KINDS)], tuple(self.mentions[f"a{n}"]), "SYR")
            for n, who in enumerate(self.who)
        )

    def _places(self) -> tuple[Place, ...]:
        return tuple(self._place_entry(n, where) for n, where in enumerate(self.where))

    def _place_entry(self, n: int, where: int) -> Place:
        return Place(
            f"p{n}", self.source.places[where], PLACE_KINDS.get(where, "settlement"), tuple(self.mentions[f"p{n}"]),
            f"geonames:{where + 1}", 32.5 + where % 40 / 10, 36 + where % 60 / 10, 2.0, "SYR",
            None if where == 2 else "Idlib" if where % 3 else "Daraa",
        )  # fmt: skip
