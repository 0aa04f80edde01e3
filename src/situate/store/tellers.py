"""Who tells what within a report: an entry's figures and its further mentions may be told by others than the entry."""

from __future__ import annotations

from situate.contract import Actor, Claim, Entry, Event, Movement, Picture, Quantity, Span


def claim_over(words: Span, picture: Picture) -> Claim | None:
    """The claim within which words are said, the innermost of several; None in the report's own voice."""
    over = [c for c in picture.claims if c.content.start <= words.start and words.end <= c.content.end]
    return min(over, key=lambda c: c.content.end - c.content.start, default=None)


def figure_claim(entry: Entry, quantity: Quantity, picture: Picture) -> str | None:
    """The id of the claim that gives an entry's figure: the one around it, or the entry's own in the same sentence."""
    over = claim_over(quantity.span, picture)
    if over is not None:
        return over.id
    told_there = isinstance(entry, Event | Movement) and entry.evidence.overlaps(quantity.span)
    return getattr(entry, "claim", None) if told_there else None


def further_claims(entry: Entry, picture: Picture) -> tuple[str, ...]:
    """The ids of the claims in which an event is mentioned again, less the one that the event names."""
    if not isinstance(entry, Event):
        return ()
    over = (claim_over(mention.trigger, picture) for mention in entry.mentions)
    return tuple(dict.fromkeys(c.id for c in over if c is not None and c.id != entry.claim))


def source_words(claim: Claim, actor: Actor | None) -> str | None:
    """The words for who says it: those of the claim, or what a pronoun in them stands for; else the actor's name."""
    if claim.source is None:
        return actor.name if actor else None
    if actor is None:
        return claim.source.text
    same = (m for m in actor.mentions if (m.start, m.end) == (claim.source.start, claim.source.end))
    if not any(m.form == "pronoun" for m in same):
        return claim.source.text
    before = [m.text for m in actor.mentions if m.form != "pronoun" and m.end <= claim.source.start]
    return before[-1] if before else actor.name
