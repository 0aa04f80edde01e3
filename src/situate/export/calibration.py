"""Calibration as a picture (SVG): how often what was called so likely happened, against the diagonal."""

from __future__ import annotations

from collections.abc import Sequence

from situate.picture.scores import Bin

SIZE, EDGE = 480, 56
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1d2026}.bg{fill:#fffefb}.axis{stroke:#5b616c}"
    ".even{stroke:#a2a8b3;stroke-dasharray:5 5}.bar{stroke:#0b5c99;stroke-width:2}.dot{fill:#0b5c99}"
    "@media (prefers-color-scheme:dark){text{fill:#e8e5de}.bg{fill:#1b1e24}.axis{stroke:#a2a8b3}"
    ".bar{stroke:#7ab8ee}.dot{fill:#7ab8ee}}"
)


def draw(bins: Sequence[Bin]) -> str:
    """A point for each step of probability, with the interval of the share that happened; bigger ones count more."""
    inner = SIZE - 2 * EDGE
    x = [EDGE + b.chance * inner for b in bins]
    marks = "".join(_mark(b, at, inner) for b, at in zip(bins, x, strict=True))
    ticks = "".join(_tick(n / 4, inner) for n in range(5))
    end = SIZE - EDGE
    axes = (
        f'<line class="axis" x1="{EDGE}" y1="{end}" x2="{end}" y2="{end}"/>'
        f'<line class="axis" x1="{EDGE}" y1="{EDGE}" x2="{EDGE}" y2="{end}"/>'
        f'<line class="even" x1="{EDGE}" y1="{end}" x2="{end}" y2="{EDGE}"/>'
    )
    words = (
        f'<text x="{SIZE / 2}" y="{SIZE - 12}" text-anchor="middle">called how likely</text>'
        f'<text x="16" y="{SIZE / 2}" text-anchor="middle" transform="rotate(-90 16 {SIZE / 2})">happened</text>'
        f'<text x="{EDGE}" y="28">{sum(b.count for b in bins)} settled forecasts; bars: 95 % interval</text>'
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" aria-label="Calibration">'
    ground = f'<rect class="bg" width="{SIZE}" height="{SIZE}"/>'
    return f"{head}<style>{_STYLE}</style>{ground}{axes}{ticks}{marks}{words}</svg>\n"


def _mark(b: Bin, x: float, inner: float) -> str:
    def height(share: float) -> float:
        return SIZE - EDGE - share * inner

    title = f"called {b.chance:.0%}: {b.happened:.0%} of {b.count} happened ({b.low:.0%} – {b.high:.0%})"
    bar = f'<line class="bar" x1="{x:.1f}" y1="{height(b.low):.1f}" x2="{x:.1f}" y2="{height(b.high):.1f}"/>'
    radius = 3 + min(9.0, b.count**0.5)
    dot = f'<circle class="dot" cx="{x:.1f}" cy="{height(b.happened):.1f}" r="{radius:.1f}">'
    return f"{bar}{dot}<title>{title}</title></circle>"


def _tick(share: float, inner: float) -> str:
    along, up = EDGE + share * inner, SIZE - EDGE - share * inner
    return (
        f'<text x="{along:.1f}" y="{SIZE - EDGE + 18}" text-anchor="middle">{share:.0%}</text>'
        f'<text x="{EDGE - 8}" y="{up + 4:.1f}" text-anchor="end">{share:.0%}</text>'
    )
