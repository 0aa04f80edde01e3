"""The network of actors as a picture (SVG): friends near each other, foes apart; sign by colour and by dash."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from situate.picture.network import Edge

SIZE = 1000
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1d2026}.bg{fill:#fffefb}.with{stroke:#0b5c99}"
    ".against{stroke:#b03a06;stroke-dasharray:6 4}.node{fill:#5b616c}"
    "@media (prefers-color-scheme:dark){text{fill:#e8e5de}.bg{fill:#1b1e24}.with{stroke:#7ab8ee}"
    ".against{stroke:#f39068}.node{fill:#a2a8b3}}"
)


def draw(edges: Sequence[Edge], most: int = 120) -> str:
    """The heaviest edges as SVG. Positions are seeded: the same edges give the same picture."""
    import networkx

    shown = [e for e in edges if e.weight][:most]
    graph: networkx.Graph[str] = networkx.Graph()
    names: dict[str, str] = {}
    for e in shown:
        names |= {e.a: e.a_name, e.b: e.b_name}
        graph.add_edge(e.a, e.b, weight=abs(e.weight) if e.weight > 0 else abs(e.weight) / 8)
    at = (
        networkx.spring_layout(graph, seed=1, k=2.2 / math.sqrt(max(1, len(graph))), iterations=200)
        if len(graph)
        else {}
    )
    point = {n: (SIZE / 2 + 0.42 * SIZE * x, SIZE / 2 + 0.42 * SIZE * y) for n, (x, y) in at.items()}
    lines = [_line(e, point) for e in shown]
    nodes = [_node(n, names[n], graph.degree(n), point[n]) for n in sorted(graph)]
    legend = '<text x="16" y="28">solid: with; dashed: against; width: weight of the reports</text>'
    body = "".join([*lines, *nodes, legend])
    view = f'viewBox="0 0 {SIZE} {SIZE}" role="img" aria-label="Network of actors"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {view}>'
    return f'{head}<style>{STYLE}</style><rect class="bg" width="{SIZE}" height="{SIZE}"/>{body}</svg>\n'


def _line(e: Edge, point: Mapping[str, tuple[float, float]]) -> str:
    (x, y), (u, v) = point[e.a], point[e.b]
    width = 1 + 2 * math.log1p(abs(e.weight))
    side = "with" if e.weight > 0 else "against"
    title = escape(f"{e.a_name} – {e.b_name}: {e.weight:+.2f} ({', '.join(e.kinds)})")
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{u:.1f}" y2="{v:.1f}"'
    return f'<line class="{side}" {ends} stroke-width="{width:.1f}"><title>{title}</title></line>'


def _node(key: str, name: str, degree: int, at: tuple[float, float]) -> str:
    x, y = at
    size = 4 + 2 * math.sqrt(degree)
    label = escape(name if len(name) <= 28 else name[:27] + "…")
    circle = f'<circle class="node" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"><title>{escape(name)}</title></circle>'
    return f'{circle}<text x="{x + size + 3:.1f}" y="{y + 4:.1f}">{label}</text>'
