"""A brief as Markdown or as one self-contained HTML page."""

from __future__ import annotations

from html import escape

from situate.brief.brief import Brief
from situate.brief.citations import Citation

STYLE = """
body{font:16px/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #bbb}li{margin:.35rem 0}
sup a{text-decoration:none;color:#1a4f8b}
.sources{font-size:.9rem}.sources q{color:#444}.note{color:#555;font-style:italic}
@media (prefers-color-scheme:dark){
body{color:#e6e6e6;background:#161616}sup a{color:#8ab8ea}.sources q,.note{color:#aaa}
}
"""


def markdown(brief: Brief) -> str:
    """Markdown; citations as [1], sources at the end."""
    lines = [f"# {_md(brief.title)}", "", brief.scope, ""]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        lines += [f"- {_md(text)} {''.join(f'[{n}]' for n in cited)}" for text, cited in section.sentences]
        lines += ["", f"*{section.left_out} more not shown.*"] if section.left_out else []
        lines.append("")
    if brief.citations:
        lines += ["## Sources", "", *(f"{c.number}. {_md(_source(c))}: “{_md(c.words)}”" for c in brief.citations), ""]
    return "\n".join(lines)


def html(brief: Brief) -> str:
    """One page without scripts or anything from elsewhere."""
    parts = [f"<h1>{escape(brief.title)}</h1>", f"<p>{escape(brief.scope)}</p>"]
    for section in brief.sections:
        parts += [f"<section><h2>{escape(section.title)}</h2>", "<ul>"]
        parts += [f"<li>{escape(text)} {''.join(map(_mark, cited))}</li>" for text, cited in section.sentences]
        parts.append("</ul>")
        parts += [f'<p class="note">{section.left_out} more not shown.</p>'] if section.left_out else []
        parts.append("</section>")
    if brief.citations:
        parts += ['<section><h2>Sources</h2><ol class="sources">']
        parts += [f'<li id="s{c.number}">{escape(_source(c))}: <q>{escape(c.words)}</q></li>' for c in brief.citations]
        parts.append("</ol></section>")
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
    title = f"<title>{escape(brief.title)}</title><style>{STYLE}</style>"
    return (
        f'<!doctype html><html lang="en"><head>{head}{title}</head><body><main>{"".join(parts)}</main></body></html>\n'
    )


def _mark(number: int) -> str:
    return f'<sup><a href="#s{number}">[{number}]</a></sup>'


def _source(c: Citation) -> str:
    named = f"{c.outlet}, {c.published or 'date not known'}"
    return f"{named}, “{c.title}” (report {c.report[:8]})" if c.title else f"{named} (report {c.report[:8]})"


def _md(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)
