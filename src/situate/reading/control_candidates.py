"""What the words of a report say of control, place by place and holder by holder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from situate.contract import ControlState, Status
from situate.knowledge.frames import Lexicon, lexicon
from situate.language import Document, Sentence
from situate.reading.frames import Compound, Match, compounds, matches
from situate.reading.names import Names
from situate.reading.phrases import after
from situate.reading.standing import DONE, attempted, negated, present, standing

_HOLDERS = frozenset(
    {"state", "government", "military", "police", "armed_group", "political_group", "international_org", "other"}
)
_PEOPLE = frozenset({"civilians", "ethnic_or_religious_group"})  # holders where they are armed or act as a party
_UNDER_ARMS = frozenset({"military", "armed_group", "ethnic_or_religious_group"})
_PARTY_STATES = frozenset({"captured", "holds", "besieges", "occupies", "contests"})
_LASTING = frozenset({"besieges", "occupies"})
_POINTING = frozenset({"which", "where"})
_TRIED: dict[ControlState, ControlState] = {  # "an attempt to retake it"
    "captured": "contests",
    "contests": "contests",
    "lost": "holds",
}


@dataclass(frozen=True, slots=True)
class ControlCandidate:
    """What one place in the report says of control, before mentions of the same are put together."""

    sentence: Sentence
    at: int
    place: str
    holder: str
    state: ControlState
    status: Status
    score: float
    frame: str
    exception: tuple[int, int] | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Place, holder and state: entries with the same are one."""
        return self.place, self.holder, self.state


def candidates(document: Document, names: Names) -> Iterator[ControlCandidate]:
    """What word frames show, in no special order."""
    words = lexicon("control")
    for match in matches(document, words):
        yield from (c for c in _of_match(match, names, words) if _may_hold(c, names, words))
    for compound in compounds(document, words):
        yield from _of_compound(compound, names)


def _may_hold(c: ControlCandidate, names: Names, words: Lexicon) -> bool:
    """Whether the holder is one who holds places: a party, a people that acts as one, or somebody's armed men."""
    holder = names.actors[c.holder]
    if holder.kind not in _PEOPLE:
        return holder.kind in _HOLDERS
    if holder.kind == "civilians":
        return holder.name.lower().split()[-1] in words.lists["men"]
    return c.state in _PARTY_STATES


def suggested(document: Document, names: Names, least: float) -> Iterator[ControlCandidate]:
    """What the model suggests with at least a score."""
    for sentence, proposal in document.proposals("control"):
        if proposal.score < least:
            continue
        place = names.index.places.at(proposal.start, proposal.end)
        for role in proposal.roles:
            holder = names.index.actors.at(role.start, role.end)
            if role.role == "holder" and place and holder and names.actors[holder].kind in _HOLDERS:
                if not _happens(sentence, proposal.start):
                    continue
                state: ControlState = proposal.label  # type: ignore[assignment]
                yield ControlCandidate(
                    sentence, proposal.start, place, holder, state, "actual", proposal.score, "suggested"
                )


def _happens(sentence: Sentence, at: int) -> bool:
    """Whether the verb over a word tells what is so, not what is planned, wished or denied."""
    token = sentence.token_at(at)
    verb = next((t for t in token.ancestors if t.pos_ == "VERB"), None) if token is not None else None
    return verb is None or standing(verb) in DONE


def _of_match(match: Match, names: Names, words: Lexicon) -> Iterator[ControlCandidate]:
    sentence, token = match.sentence, match.token
    if token.dep_ in ("aux", "auxpass"):
        return
    places = _allowed_places(match, names) or _lone_place(match, names)
    if not places or (match.frame.needs and not any(_holders(match, role, names) for role in match.frame.needs)):
        return
    status, tried = _status(token), attempted(token)
    if tried and (negated(token.head) or not _under_way(token.head)):
        return
    for role, given in match.frame.gives.items():
        state: ControlState = given  # type: ignore[assignment]
        for holder in _holders(match, role, names):
            for place in places:
                made = ControlCandidate(
                    sentence, match.span[0], place, holder, state, status, match.frame.weight, match.frame.name
                )
                if tried:
                    if state in _TRIED and names.places[place].kind != "country":
                        yield replace(made, state=_TRIED[state], status="actual")
                elif status in DONE:
                    yield replace(made, status=_tensed(match, state, status), exception=_exception(match, state, words))


def _under_way(aim: Token) -> bool:
    """Whether what aims at a place has begun: an offensive that is launched, not one that is planned, nor a plan."""
    return aim.lemma_.lower() not in lexicon("names").lists["planning"] and standing(aim) in DONE


def _status(token: Token) -> Status:
    """How a thing stands that a word tells; what a noun tells stands no surer than the verb over it."""
    status = standing(token)
    if status == "actual" and (_headline_plan(token) or _asked_for(token)):
        return "planned"
    if status not in DONE or token.pos_ not in ("NOUN", "PROPN"):
        return status
    verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
    above = standing(verb) if verb is not None else status
    return status if above in DONE else above


def _headline_plan(verb: Token) -> bool:
    """Whether a headline announces it: "Country to withdraw troops"."""
    return verb.dep_ == "ROOT" and verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children if c.dep_ == "aux")


def _asked_for(verb: Token) -> bool:
    """Whether it is only asked for or promised: "required foreign forces to leave", "agreed to give it up"."""
    while verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.tag_ == "VB":
        verb = verb.head  # "agreed to disarm and give it up"
    infinitive = any(c.lower_ == "to" for c in verb.children if c.dep_ == "aux")
    asked = lexicon("control").lists["asking"]
    return infinitive and verb.dep_ in ("xcomp", "ccomp") and verb.head.lemma_.lower() in asked


def _allowed_places(match: Match, names: Names) -> tuple[str, ...]:
    places: tuple[str, ...] = ()
    for tokens in match.roles("place"):
        places = tuple(p for t in tokens for p in _places_of(match.sentence, t, names))
        if places:
            break
    allowed = match.frame.only.get("place")
    return tuple(p for p in places if names.places[p].kind in allowed) if allowed else places


def _places_of(sentence: Sentence, token: Token, names: Names) -> tuple[str, ...]:
    """The places that a word names, or that "which" stands for; part of a country isn't the country."""
    if token.lower_ in _POINTING:
        clause = next((t for t in token.ancestors if t.dep_ == "relcl"), None)
        token = clause.head if clause is not None else token
    places = names.every_place(sentence, [token])
    return tuple(p for p in places if p not in names.countries) if names.is_part(token) else places


def _lone_place(match: Match, names: Names) -> tuple[str, ...]:
    """Where the grammar doesn't tell the place, and the frame may take it so: the only one that the sentence names."""
    if "place" not in match.frame.lone or any(match.roles("place")):
        return ()
    here = {p for _, _, p in names.index.places.within(match.sentence.start, match.sentence.end)}
    return tuple(here) if len(here) == 1 and not here.intersection(names.countries) else ()


def _holders(match: Match, role: str, names: Names) -> tuple[str, ...]:
    actors: tuple[str, ...] = ()
    for tokens in match.roles(role):
        named = [t for t in tokens if not _beside(t)] or tokens
        actors = names.every_actor(match.sentence, named) or _they(match.sentence, named, names)
        if actors:
            break
    allowed = match.frame.only.get(role)
    return tuple(a for a in actors if names.actors[a].kind in allowed) if allowed else actors


def _they(sentence: Sentence, words: list[Token], names: Names) -> tuple[str, ...]:
    """Who "they" are that nothing else tells: the first party under arms that the sentence before speaks of."""
    if [t.lower_ for t in words] != ["they"] or not sentence.index:
        return ()
    last = names.document.sentences[sentence.index - 1]
    told = (a for _, _, a in names.index.actors.within(last.start, last.end) if names.actors[a].kind in _UNDER_ARMS)
    return tuple(list(told)[:1]) if last.paragraph >= sentence.paragraph - 1 else ()


def _beside(token: Token) -> bool:
    """Whether a word only says that others went along: "the brigade and its allies", "and allied forces"."""
    near = {token.lower_, *(c.lower_ for c in token.lefts)}
    return token.dep_ == "conj" and bool(near & lexicon("control").lists["beside"])


def _tensed(match: Match, state: ControlState, status: Status) -> Status:
    """A siege or an occupation told in the present goes on; to hold a place is a plain fact, however it is told."""
    if state == "holds":
        return "actual"
    return "ongoing" if status == "actual" and state in _LASTING and present(match.token) else status


def _exception(match: Match, state: ControlState, words: Lexicon) -> tuple[int, int] | None:
    """The side that a siege leaves open: "with the exception of the west", "on all sides but the north"."""
    if state != "besieges":
        return None
    for token in match.sentence.tokens:
        if token.i < match.token.i or token.lower_ not in words.lists["except"]:
            continue
        open_side = _open_side(token, words)
        if open_side is not None:
            return match.sentence.where(open_side.left_edge, open_side)
    return None


def _open_side(token: Token, words: Lexicon) -> Token | None:
    """The noun that an "except" leaves out; after "but" only where sides stand before it."""
    if token.lower_ == "but":
        before = token.doc[max(token.sent.start, token.i - 3) : token.i]
        if not any(t.lemma_.lower() in words.lists["sides"] for t in before):
            return None
    found = [*after(token, "of"), *after(token, "for"), *(c for c in token.children if c.dep_ == "pobj")]
    if found:
        return found[0]
    return next((t for t in token.doc[token.i + 1 : token.sent.end] if t.pos_ in ("NOUN", "PROPN")), None)


def _of_compound(compound: Compound, names: Names) -> Iterator[ControlCandidate]:
    holder = names.pointed(compound.sentence, *compound.left)
    place = names.place_after(compound.sentence, compound.left[0], compound.end)
    if holder and place:
        state: ControlState = compound.frame.gives["holder"]  # type: ignore[assignment]
        frame = compound.frame
        at = compound.left[0]
        if state == "holds":
            holder = names.forces_of(holder, names.document.text[slice(*compound.left)])
        yield ControlCandidate(compound.sentence, at, place, holder, state, "actual", frame.weight, frame.name)
