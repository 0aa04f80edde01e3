"""The cited situation report."""

from situate.brief.brief import Brief, brief
from situate.brief.last import last_brief
from situate.brief.pdf import pdf
from situate.brief.render import as_json, html, markdown

__all__ = ["Brief", "as_json", "brief", "html", "last_brief", "markdown", "pdf"]
