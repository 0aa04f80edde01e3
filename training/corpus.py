"""The annotated corpus as training examples: every layer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tokenizers import Tokenizer

from situate.language import Document
from training.annotated import Annotated
from training.examples import Example, documents, examples

Quote = tuple[int, int]
LONG_QUOTE = 15  # words: a gold content may have been cut at 25, so what follows in the sentence isn't asked about
_JOINING = """of for from in the a an by to with against and or at on who are is within inside near under fighting loyal
close backed led supporting opposed allied belonging linked affiliated"""
JOINING = frozenset(_JOINING.split())  # words between a group and the actor it is described by
SYMMETRIC = {"allied", "rivals", "opposes", "fights", "negotiates_with"}


def load(some: Sequence[Annotated], tokenizer: Tokenizer) -> list[Example]:
    """The examples of annotated reports."""
    out: list[Example] = []
    for report, document in zip(some, documents([{"id": r.id, "text": r.text} for r in some]), strict=True):
        out += Labeller(document, report.gold).label(examples(document, tokenizer))
    return out


class Labeller:
    """Turns one report's annotation into labels."""

    def __init__(self, document: Document, gold: dict[str, Any]) -> None:
        from gold_words import find, to_sentence_end  # the corpus's own way from quotes to offsets

        self.document, self.gold, self.text = document, gold, document.text
        self.find, self.to_sentence_end = find, to_sentence_end
        self.spots = {layer: self._occurrences(layer) for layer in ("actors", "places")}

    def _occurrences(self, layer: str) -> dict[Quote, tuple[str, str]]:
        """Where each actor or place is named: span → name, kind; a longer one wins over one inside it."""
        found: dict[Quote, tuple[str, str]] = {}
        for x in self.gold[layer]:
            for alias in x.get("aliases") or []:
                forms = {alias, alias[:1].swapcase() + alias[1:]} if " " in alias or alias.islower() else {alias}
                for form in forms:
                    for span in self.find(self.text, form):
                        found.setdefault(span, (x["name"], x["kind"]))
        flat: dict[Quote, tuple[str, str]] = {}
        for span in sorted(found, key=lambda s: s[0] - s[1]):
            around = [o for o in flat if o[0] <= span[0] and span[1] <= o[1]]
            if around and (flat[around[0]][0] == found[span][0] or not (cut := self._cut(around[0], span))):
                continue
            for outer in around:
                flat[cut] = flat.pop(outer)
            flat[span] = found[span]
        return flat

    def _cut(self, outer: Quote, inner: Quote) -> Quote | None:
        """The outer mention up to another actor named at its end ("rebels fighting X"), None where that begins it."""
        words = list(re.finditer(r"\S+", self.text[outer[0] : inner[0]]))
        while words and words[-1].group().lower().strip(',(“"') in JOINING:
            words.pop()
        content = [w for w in words if w.group().lower() not in ("the", "a", "an")]
        return (outer[0], outer[0] + words[-1].end()) if content else None

    def quotes(self, x: dict[str, Any]) -> list[Quote]:
        """The sentences that an entry quotes."""
        some = x.get("sentences") or [x.get("sentence")]
        return [self.to_sentence_end(self.text, s) for q in some for s in self.find(self.text, q, x.get("nth"))]

    def label(self, windows: list[Example]) -> list[Example]:
        """The examples, labelled in every head."""
        for e in windows:
            for layer in ("actors", "places"):
                e.tag(layer, [(*s, kind) for s, (_, kind) in self.spots[layer].items()])
            self.events(e)
            self.movements(e)
            self.claims(e)
            self.forecasts(e)
            self.quantities(e)
            self.agreements(e)
            self.control(e)
            self.relations(e)
        return windows

    # -- helpers

    def targets(self, e: Example, layer: str) -> dict[int, str]:
        """The last word of each mention in the window → name."""
        out = {}
        for (_, end), (name, _) in self.spots[layer].items():
            i = e.word_at(end - 1)
            if i is not None:
                out[i] = name
        return out

    def near(self, e: Example, layer: str, name: str, where: list[int]) -> list[int]:
        """The mentions of a name in the sentences given, else the last before them in the window."""
        targets = [i for i, n in self.targets(e, layer).items() if n == name]
        inside = [i for i in targets if e.window.words[i][3] in where]
        before = [i for i in targets if where and e.window.words[i][3] < min(where)]
        return inside or before[-1:]

    def indices(self, e: Example, spans: list[Quote]) -> list[int]:
        """Indices of the window's sentences that the spans overlap."""
        return sorted({e.window.words[i][3] for s in spans for i in e.words_in(*s)})

    def roles(self, e: Example, layer: str, anchor: int, sides: dict[str, tuple[str, list[str]]]) -> None:
        """Pairs of an anchor with every mention: role → (actors or places, names)."""
        where = [e.window.words[anchor][3]]
        for kind in {k for k, _ in sides.values()}:
            for t in self.targets(e, kind):
                e.pair(layer, anchor, t, None)
        for role, (kind, names) in sides.items():
            for name in names:
                for t in self.near(e, kind, name, where):
                    e.pair(layer, anchor, t, role)

    def trigger(self, e: Example, mention: dict[str, Any], sentences: list[Quote]) -> Quote | None:
        """Where a trigger stands in its sentence, if it is in the window."""
        found = self.find(self.text, mention.get("trigger"), near=sentences)
        return next((s for s in found if e.words_in(*s)), None)

    # -- the layers

    def events(self, e: Example) -> None:
        """Triggers, main or further, with status, roles, time and casualties."""
        tags, anchors = [], []
        for x in self.gold["events"]:
            for k, m in enumerate([x, *(x.get("other_mentions") or [])]):
                at = self.trigger(e, m, self.quotes(m))
                if at:
                    tags.append((*at, x["type"]))
                    anchors.append((at, x, "further" if k else "main"))
        e.tag("events", tags)
        e.words.setdefault("status", [-100] * len(e.window.words))
        for (start, end), x, mention in anchors:
            a = e.words_in(start, end)[0]
            e.word("mention", a, mention)
            e.word("status", a, x["status"])
            sides = {"actor": ("actors", x["actors"]), "recipient": ("actors", x["recipients"])}
            sides |= {"third_party": ("actors", x["third_parties"]), "place": ("places", x["places"])}
            self.roles(e, "events", a, sides)
            figures = [("quantity", c.get("quote")) for c in x.get("casualties") or []]
            for role, quote in [("time", x.get("time")), *figures]:
                for s in self.find(self.text, quote, near=self.quotes(x)) if quote else []:
                    if where := e.words_in(*s):
                        e.pair("events", a, where[-1], role)
        times = [s for x in self.gold["events"] if x.get("time") for s in self.find(self.text, x["time"])]
        e.tag("time", [(*s, "time") for s in times])

    def movements(self, e: Example) -> None:
        """Triggers with kind, status and sides."""
        found = [(at, m) for m in self.gold["movements"] if (at := self.trigger(e, m, self.quotes(m)))]
        e.tag("movements", [(*at, m["kind"]) for at, m in found])
        for at, m in found:
            a = e.words_in(*at)[0]
            e.word("status", a, m["status"])
            who = m["who"] if isinstance(m["who"], list) else []
            sides = {"who": ("actors", who)}
            sides |= {k: ("places", [m[k]] if m[k] else []) for k in ("origin", "destination")}
            self.roles(e, "movements", a, sides)
            if isinstance(m["who"], str):
                for s in self.find(self.text, m["who"], near=self.quotes(m))[:1]:
                    if where := e.words_in(*s):
                        e.pair("movements", a, where[-1], "who")

    def claims(self, e: Example) -> None:
        """Cues with kind, sources and contents."""
        cues, sources, contents = [], [], []
        for c in self.gold["claims"]:
            content = self.find(self.text, c["content"])[:1]
            if not content:
                continue
            (start, end) = content[0]
            source = self.closest(c.get("source"), content[0])
            cue = self.closest(c.get("cue"), source or content[0])
            if not cue:
                continue
            cues.append((*cue, c["kind"]))
            contents.append((start, end, "content"))
            sources += [(*source, "source")] if source else []
            self.claim_pairs(e, cue, source, (start, end))
        e.tag("cue", cues)
        e.tag("source", sources)
        e.tag("content", contents)
        e.cross("claims", e.firsts(cues), e.firsts(sources + contents))
        for start, end, _ in contents:
            if len(self.text[start:end].split()) >= LONG_QUOTE:
                sentence = self.document.sentence_at(end - 1)
                e.blank("content", end, sentence.end if sentence else end)

    def closest(self, quote: str | None, to: Quote) -> Quote | None:
        """The occurrence of a quote that lies closest to other words, outside them if it can."""

        def gap(s: Quote) -> int:
            inside = s[0] < to[1] and to[0] < s[1]
            return max(0, s[0] - to[1], to[0] - s[1]) + 300 * inside

        return min(self.find(self.text, quote), key=gap, default=None) if quote else None

    def claim_pairs(self, e: Example, cue: Quote, source: Quote | None, content: Quote) -> None:
        """Cue with source and content: their first words."""
        anchor = e.words_in(*cue)
        for role, span in (("source", source), ("content", content)):
            if span and anchor and (where := e.words_in(*span)):
                e.pair("claims", anchor[0], where[0], role)

    def forecasts(self, e: Example) -> None:
        """Sentences with a forecast, and its content."""
        e.open_sentences("forecasts")
        spans = []
        for f in self.gold["forecasts"]:
            spans += [(*s, "content") for s in self.find(self.text, f["content"], f.get("nth"))[:1]]
            e.sentence("forecasts", self.indices(e, self.quotes(f)), "forecast")
        e.tag("forecast", spans)

    def quantities(self, e: Example) -> None:
        """Figures that matter, those of events and movements too."""
        quotes = [(q["quote"], None) for q in self.gold["quantities"]]
        for x in self.gold["events"]:
            quotes += [(c.get("quote"), self.quotes(x)) for c in x.get("casualties") or []]
        spans = [s for q, near in quotes if q for s in self.find(self.text, q, near=near)]
        e.tag("quantity", [(*s, "quantity") for s in spans])

    def agreements(self, e: Example) -> None:
        """Sentences that tell of an agreement, with kind, status, sides and provisions."""
        e.open_sentences("agreements")
        e.open_sentences("agreement_status")
        provisions = []
        for a in self.gold["agreements"]:
            where = self.indices(e, self.quotes(a))
            e.sentence("agreements", where, a["kind"])
            e.sentence("agreement_status", where, a["status"])
            provisions += [(*s, "provision") for q in a["provisions"] for s in self.find(self.text, q)]
        e.tag("provision", provisions)

    def control(self, e: Example) -> None:
        """Place and holder: the state between them; where it is told in other sentences, these aren't asked."""
        actors, places = self.targets(e, "actors"), self.targets(e, "places")
        told = {(c["place"], c["holder"]) for c in self.gold["control"]}
        for p in places:
            for a in actors:
                if (places[p], actors[a]) not in told:
                    e.pair("control", p, a, None)
        for c in self.gold["control"]:
            where = self.indices(e, self.quotes(c))
            for p in self.near(e, "places", c["place"], where):
                for a in self.near(e, "actors", c["holder"], where):
                    e.pair("control", p, a, c["state"])

    def relations(self, e: Example) -> None:
        """Two actors: the tie between them, as stated in a sentence; where it is told in others, these aren't asked."""
        actors = self.targets(e, "actors")
        words = e.window.words
        tied = {frozenset((r["from"], r["to"])) for r in self.gold["relations"]}
        for i in actors:
            for j in actors:
                near = i != j and abs(words[i][3] - words[j][3]) <= 1
                if near and frozenset((actors[i], actors[j])) not in tied:
                    e.pair("relations", i, j, None)
        for r in self.gold["relations"]:
            where = self.indices(e, self.quotes(r))
            for i in self.near(e, "actors", r["from"], where):
                for j in self.near(e, "actors", r["to"], where):
                    if i != j:
                        e.pair("relations", i, j, r["kind"])
                        if r["kind"] in SYMMETRIC:
                            e.pair("relations", j, i, r["kind"])
