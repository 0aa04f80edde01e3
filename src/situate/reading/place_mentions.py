"""Words that name places: what the tagger sees, and names of the gazetteer where a place is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from situate.contract import PlaceKind
from situate.knowledge.gazetteer import Gazetteer
from situate.knowledge.places import PlaceWords, place_words
from situate.language import Document, Sentence
from situate.reading.index import Index

_EDGE_START = re.compile(r"^(?:[Tt]he\s+|THE\s+|[\"“”'‘’(\[]+|(?:northern|southern|eastern|western|central)\s+(?=[A-Z]))+")
_EDGE_END = re.compile(r"(?:['’]s?|[\s.,;:\"“”)\]\-–—]+)$")
_SPLIT = re.compile(r",\s+|\s+and\s+|\s*[\n/]\s*|\s+\(|\s+[–—-]\s+")
_ARTICLE = frozenset("al el ez ash as ar ad an at az ed es et ul il de la las los del du des le bin ibn abu umm tel tal tall deir dayr st san santa".split())
_DASHES = frozenset("-–")
_KINDS: frozenset[str] = frozenset(("country", "admin", "settlement", "facility", "region", "zone", "line", "water", "terrain"))


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name a place: the report offsets of the name, what to look up, and what the words around say of it."""

    start: int
    end: int
    name: str
    sentence: Sentence
    hint: PlaceKind | None = None  # the kind that a noun beside it gives
    noun: str | None = None  # that noun
    core: str | None = None  # the name without its noun, where the noun is part of it
    within: tuple[str, ...] = ()  # names of what it lies in, as the words say
    country: str | None = None  # of an adjective beside it: "the Syrian town of"
    tagged: str | None = None  # the kind that the tagger gave
    sure: bool = True  # whether the tagger saw it, or the gazetteer has it for sure

    @property
    def label(self) -> str:
        """The name with its noun, as the place may be called."""
        return self.name


class Mentions:
    """Finds the place names of a document."""

    def __init__(self, document: Document, index: Index, gazetteer: Gazetteer) -> None:
        self.document = document
        self.index = index
        self.gazetteer = gazetteer
        self.words: PlaceWords = place_words()

    def all(self) -> list[Naming]:
        """All of them in text order, with their nouns and containers."""
        found: list[Naming] = []
        for sentence in self.document.sentences:
            inside = self._tagged(sentence)
            inside += self._untagged(sentence, inside)
            inside.sort(key=lambda n: n.start)
            found += _contained(self.document.text, [self._with_noun(n) for n in inside])
        return found

    # -------------------------------------------------------------------------------------------- from the tagger

    def _tagged(self, sentence: Sentence) -> list[Naming]:
        out: list[Naming] = []
        for name in sentence.names:
            if not name.label.startswith("place:"):
                continue
            kind = name.label.removeprefix("place:")
            for start, end in self._pieces(name.start, name.end):
                naming = Naming(start, end, self.document.text[start:end], sentence, tagged=kind if kind in _KINDS else None)
                if self._believable(naming, name.score):
                    out.append(naming)
        return out

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A tagged span without article and possessive, parted at commas where the whole isn't one known name."""
        text = self.document.text[start:end]
        parts = [(0, len(text))]
        if _SPLIT.search(text) and not self.gazetteer.find(text, False):
            cuts = [m.span() for m in _SPLIT.finditer(text)]
            parts = list(zip([0, *(e for _, e in cuts)], [*(s for s, _ in cuts), len(text)], strict=True))
        for a, b in parts:
            a, b = trimmed(text, a, b)
            if b - a > 1:
                yield start + a, start + b

    def _believable(self, naming: Naming, score: float) -> bool:
        """Whether a tagged name is one: written as a name, no adjective, and nobody's own name."""
        name = naming.name
        if name.lower() in self.words.adjectives or not any(c.isupper() or (c.isalpha() and not c.isascii()) for c in name):
            return False
        if name.lower() in self.words.nouns or name.lower() in self.words.directions:
            return False
        actor = self.index.actors.at(naming.start, naming.end)
        if actor is None or score > 0.5:
            return True
        kind = next(a.kind for a in self.index.picture.actors if a.id == actor)
        return kind in ("state", "government", "other") or bool(self.gazetteer.find(name, False))

    # ---------------------------------------------------------------------------------------- from the gazetteer

    def _untagged(self, sentence: Sentence, taken: list[Naming]) -> list[Naming]:
        """Names that the tagger passed over, where the gazetteer knows them and the words speak of a place."""
        covered = {t.i for n in taken for t in sentence.tokens_in(n.start, n.end)}
        out: list[Naming] = []
        for run in _runs(sentence):
            if covered.isdisjoint(t.i for t in run) and (naming := self._known_run(sentence, run)):
                out.append(naming)
        return out

    def _known_run(self, sentence: Sentence, run: list[Token]) -> Naming | None:
        start, end = sentence.where(run[0], run[-1])
        name = self.document.text[start:end]
        if name.lower() in self.words.adjectives or len(name) < 3 or name.lower() in self.words.nouns:
            return None
        located = self._located(run)
        if not located and not self._country_like(name):
            return None
        actor = self.index.actors.at(start, end)
        if actor is not None and not located:
            return None
        found = self.gazetteer.find(name, False)
        if not found:
            return None
        return Naming(start, end, name, sentence, sure=False)

    def _country_like(self, name: str) -> bool:
        return any(p.kind in ("country", "region", "water") and not p.population == 0 for p in self.gazetteer.find(name, False)[:1])

    def _located(self, run: list[Token]) -> bool:
        """Whether the words before speak of a place: "in", "near", "the town of"."""
        first = run[0]
        if first.i == 0:
            return False
        before = first.nbor(-1)
        if before.lower_ == "the" and before.i > 0:
            before = before.nbor(-1)
        if before.lower_ == "of":
            return before.i > 0 and before.nbor(-1).lower_ in self.words.nouns
        if before.lower_ in self.words.nouns and self.words.nouns[before.lower_] in ("settlement", "admin"):
            return True
        return before.pos_ in ("ADP", "SCONJ") and before.lower_ in self.words.locative and before.lower_ not in ("for", "on", "over")

    # ------------------------------------------------------------------------------------- nouns beside the name

    def _with_noun(self, naming: Naming) -> Naming:
        tokens = naming.sentence.tokens_in(naming.start, naming.end)
        if not tokens:
            return naming
        naming = self._adjective_before(naming, tokens[0])
        return self._noun_inside(naming) or self._noun_after(naming, tokens[-1]) or self._noun_before(naming, tokens[0]) or naming

    def _adjective_before(self, naming: Naming, first: Token) -> Naming:
        """"the Syrian town of Kobani", "Iraq's Mount Sinjar" speak of a country beside the name."""
        start = naming.sentence.tokens.start
        for token in first.doc[max(start, first.i - 6) : first.i]:
            country = self.words.adjectives.get(token.lower_)
            if country and token.text[0].isupper() and (token.head == first.head or first.i - token.i < 2 or _leads_to(token, first)):
                return replace(naming, country=country)
        return naming

    def _noun_inside(self, naming: Naming) -> Naming | None:
        """"Raqqa Governorate", "Tabqa airbase", "Lake Assad" as tagged."""
        words = naming.name.split()
        for size in range(min(self.words.longest_noun, len(words) - 1), 0, -1):
            noun = " ".join(words[-size:]).lower()
            if kind := self.words.nouns.get(noun):
                core = " ".join(w for w in words[:-size] if w.lower() not in self.words.between or w is words[0])
                return replace(naming, hint=kind, noun=noun, core=core or None)
        if len(words) > 1 and (kind := self.words.leading.get(words[0].lower())):
            return replace(naming, hint=kind, noun=words[0].lower(), core=" ".join(words[1:]))
        return None

    def _noun_after(self, naming: Naming, last: Token) -> Naming | None:
        """"Idlib province", "Mosul international airport": the noun becomes part of the name."""
        stop, at = naming.sentence.tokens.end, last.i + 1
        doc = last.doc
        if at < stop and doc[at].text in _DASHES:
            return None
        while at < stop and doc[at].lower_ in self.words.between and at - last.i < 4:
            at += 1
        for size in range(self.words.longest_noun, 0, -1):
            if at + size > stop:
                continue
            noun = doc[at : at + size].text.lower()
            kind = self.words.nouns.get(noun)
            if kind is None or not self._goes_with(naming, doc[at + size - 1], kind):
                continue
            end = naming.sentence.offset + doc[at + size - 1].idx + len(doc[at + size - 1])
            text = self.document.text[naming.start : end]
            return replace(naming, end=end, name=" ".join(text.split()), hint=kind, noun=noun, core=naming.name)
        return None

    def _goes_with(self, naming: Naming, noun: Token, kind: PlaceKind) -> bool:
        """Whether a noun after a name forms one name with it: "Aleppo city", not "Aleppo residents" nor "US base"."""
        if noun.pos_ not in ("NOUN", "PROPN") or noun.lower_ in ("country", "nation", "office", "house", "area", "state", "parliament"):
            return noun.lower_ == "area" and noun.pos_ == "NOUN"
        if kind in ("settlement", "admin") and noun.tag_ in ("NNS", "NNPS"):
            return False
        following = noun.nbor(1) if noun.i + 1 < naming.sentence.tokens.end else None
        return not (following is not None and following.lower_ == "of" and kind == "settlement")

    def _noun_before(self, naming: Naming, first: Token) -> Naming | None:
        """"the town of Suluk", "Mount Sinjar", "the village Suluk"."""
        start = naming.sentence.tokens.start
        if first.i <= start:
            return None
        before = first.nbor(-1)
        if kind := self.words.leading.get(before.lower_):
            if before.text[0].isupper():
                at = naming.sentence.where(before)[0]
                return replace(naming, start=at, name=self.document.text[at : naming.end], hint=kind, noun=before.lower_, core=naming.name)
        if before.lower_ == "the" and before.i > start:
            before = before.nbor(-1)
        if before.lower_ == "of" and before.i > start:
            noun = before.nbor(-1)
            kind = self.words.nouns.get(noun.lower_)
            if kind in ("settlement", "admin", "terrain", "water"):
                return replace(naming, hint=kind, noun=noun.lower_)
        return None


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of a text without article, quotes, possessive and punctuation at its edges."""
    m = _EDGE_START.match(text[start:end])
    start += m.end() if m else 0
    while (m := _EDGE_END.search(text[start:end])) and m.start() > 0 and not _is_initial(text[start:end]):
        end = start + m.start()
    return start, end


def _is_initial(name: str) -> bool:
    """"U.S.", "B.C.", "Ky.": the full stop belongs to the name."""
    return bool(re.fullmatch(r"(?:[A-Z]\.)+|[A-Z][a-z]{1,4}\.", name))


def _leads_to(token: Token, name: Token) -> bool:
    """Whether an adjective belongs to a noun that the name specifies: "Syrian town of Kobani"."""
    head = token.head
    return any(head == a for a in name.ancestors) and head.i < name.i and name.i - head.i <= 3


def _runs(sentence: Sentence) -> Iterator[list[Token]]:
    """The runs of capitalised words of a sentence, Arabic articles and dashes inside them included."""
    run: list[Token] = []
    for token in sentence.tokens:
        text = token.text
        capital = text[:1].isupper() and (text[-1:].isalpha() or "." in text) and token.pos_ != "PRON"
        joint = bool(run) and text in _DASHES and not run[-1].whitespace_ and not token.whitespace_
        article = token.lower_ in _ARTICLE and not text.isupper() and _before_capital(token, sentence)
        if capital or joint or article:
            run.append(token)
            continue
        yield from _whole(run)
        run = []
    yield from _whole(run)


def _before_capital(token: Token, sentence: Sentence) -> bool:
    at = token.i + 1
    if at < sentence.tokens.end and token.doc[at].text in _DASHES:
        at += 1
    return at < sentence.tokens.end and token.doc[at].text[:1].isupper() and at - token.i < 3


def _whole(run: list[Token]) -> Iterator[list[Token]]:
    while run and (run[-1].text in _DASHES or not run[-1].text[:1].isupper()):
        run = run[:-1]
    if run and any(t.text[:1].isupper() for t in run):
        yield run


def _contained(text: str, namings: list[Naming]) -> list[Naming]:
    """Names with what the words put them in: "Paris, Texas", "Saraqib in Idlib province", "Saraqib (Idlib)"."""
    out: list[Naming] = []
    for at, naming in enumerate(namings):
        within: list[str] = []
        last = naming
        for other in namings[at + 1 : at + 4]:
            between = text[last.end : other.start]
            if not _CONTAINS.fullmatch(between):
                break
            within.append(other.name)
            last = other
        out.append(replace(naming, within=tuple(within)))
    return out


_CONTAINS = re.compile(r"\s*(?:,|\()\s*(?:in\s+|the\s+)*|,?\s+in\s+(?:the\s+)?(?:(?:\w+ern|central)\s+)?", re.IGNORECASE)
