"""A brief as Markdown, as one self-contained HTML page, or as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape

from situate.brief.brief import Brief, CitedSentence
from situate.brief.citations import Citation

SCHEMA = "situate-brief/1"
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
        lines += [f"- {_md(text_of(s))} {''.join(f'[{n}]' for n in s.cited)}" for s in section.sentences]
        lines += ["", f"*{section.left_out} more not shown.*"] if section.left_out else []
        lines.append("")
    if brief.citations:
        lines += ["## Sources", "", *(f"{c.number}. {_md(source(c))}: “{_md(c.words)}”" for c in brief.citations), ""]
    return "\n".join(lines)


def html(brief: Brief) -> str:
    """One page without scripts or anything from elsewhere."""
    parts = [f"<h1>{escape(brief.title)}</h1>", f"<p>{escape(brief.scope)}</p>"]
    for section in brief.sections:
        parts += [f"<section><h2>{escape(section.title)}</h2>", "<ul>"]
        parts += [f"<li>{escape(text_of(s))} {''.join(map(_mark, s.cited))}</li>" for s in section.sentences]
        parts.append("</ul>")
        parts += [f'<p class="note">{section.left_out} more not shown.</p>'] if section.left_out else []
        parts.append("</section>")
    if brief.citations:
        parts += ['<section><h2>Sources</h2><ol class="sources">']
        parts += [f'<li id="s{c.number}">{escape(source(c))}: <q>{escape(c.words)}</q></li>' for c in brief.citations]
        parts.append("</ol></section>")
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
    title = f"<title>{escape(brief.title)}</title><style>{STYLE}</style>"
    return (
        f'<!doctype html><html lang="en"><head>{head}{title}</head><body><main>{"".join(parts)}</main></body></html>\n'
    )


def text_of(sentence: CitedSentence) -> str:
    """The sentence, with a mark where the last brief had it too."""
    return f"{sentence.text} (New reports of it.)" if sentence.more else sentence.text


def _mark(number: int) -> str:
    return f'<sup><a href="#s{number}">[{number}]</a></sup>'


def source(c: Citation) -> str:
    """A citation's outlet, day, title and report."""
    named = f"{c.outlet}, {c.published or 'date not known'}"
    return f"{named}, “{c.title}” (report {c.report[:8]})" if c.title else f"{named} (report {c.report[:8]})"


def _md(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)


def as_json(brief: Brief) -> str:
    """JSON with all that the brief says and rests on; the next brief takes it as the last one."""
    return json.dumps({"schema": SCHEMA, **asdict(brief)}, ensure_ascii=False, indent=1) + "\n"
