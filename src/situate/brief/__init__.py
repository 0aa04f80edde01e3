"""The cited situation report."""

from situate.brief.brief import Brief, brief
from situate.brief.render import html, markdown

__all__ = ["Brief", "brief", "html", "markdown"]
