"""Claims: who says what, by which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from situate.contract import Claim, Picture
from situate.knowledge.cues import cues
from situate.language import Document
from situate.reading.attribution.assemble import Statement, statements
from situate.reading.attribution.find import attributions
from situate.reading.attribution.model import inside
from situate.reading.attribution.quotes import quotations
from situate.reading.attribution.share import shared
from situate.reading.attribution.sources import Sources
from situate.reading.attribution.suggested import weighed
from situate.reading.attribution.tags import Tags
from situate.reading.index import Index


class ClaimReader:
    """Reads the layer `claims`."""

    layer = "claims"
    version = "6"

    def read(self, document: Document, picture: Picture) -> Sequence[Claim]:
        """The layer's entries in text order: one for each sentence that a source says."""
        words = cues()
        by_rule = [shared(list(attributions(s, words))) for s in document.sentences]
        tags = Tags(document)
        found = [a for some in weighed(by_rule, tags, document, words) for a in some]
        quoted = quotations(document)
        if not found and not quoted:
            return []
        said = statements(document, found, quoted, tags.content())
        sources = Sources(document, Index(picture))
        return _nested([_claim(document, sources, f"c{i + 1}", s) for i, s in enumerate(said)])


def _claim(document: Document, sources: Sources, name: str, statement: Statement) -> Claim:
    by = statement.by
    who = sources.of(by)
    return Claim(
        id=name,
        content=document.span(*statement.content),
        kind=statement.kind,
        cue=document.span(*by.cue),
        source=document.span(*by.source) if by.source else None,
        actor=who.actor,
        anonymous=who.anonymous,
        source_kind=who.kind,
        side=who.side if who.anonymous else None,
    )


def _nested(claims: list[Claim]) -> list[Claim]:
    """Each claim with the innermost claim in whose content it stands."""
    out = []
    for claim in claims:
        here = claim.content.start, claim.content.end
        around = [
            c
            for c in claims
            if c.id != claim.id
            and c.cue != claim.cue
            and claim.cue is not None
            and inside(here, (c.content.start, c.content.end))
            and inside((claim.cue.start, claim.cue.end), (c.content.start, c.content.end))
        ]
        outer = min(around, key=lambda c: c.content.end - c.content.start, default=None)
        out.append(replace(claim, within=outer.id) if outer else claim)
    return out
