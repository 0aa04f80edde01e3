"""A brief as a PDF: A4, its own fonts for Latin, Greek, Cyrillic, Arabic and Hebrew, citations linked to sources.

Made with fpdf2; the same brief gives the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from situate.brief.brief import Brief, CitedSentence
from situate.brief.render import source, text_of
from situate.errors import SituateError

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu"
MARGIN, INDENT = 22, 5  # mm
BODY, SMALL, MARK = 10, 8, 6.5  # points
LINE = 5.2  # mm of height for a line of the body
INK, GREY, LINK = (27, 27, 27), (95, 95, 95), (26, 79, 139)


def pdf(brief: Brief) -> bytes:
    """The whole document."""
    page = _blank(brief)
    _write(page, brief.title, 17, bold=True, after=2)
    _write(page, brief.scope, SMALL + 0.5, ink=GREY, after=3)
    links = {c.number: page.add_link() for c in brief.citations}
    for section in brief.sections:
        _heading(page, section.title)
        for sentence in section.sentences:
            _sentence(page, sentence, links)
        if section.left_out:
            _write(page, f"{section.left_out} more not shown.", SMALL, ink=GREY, after=1)
    if brief.citations:
        _heading(page, "Sources")
    for c in brief.citations:
        page.set_link(links[c.number], y=page.get_y(), page=page.page_no())
        _write(page, f"{c.number}. {source(c)}: “{c.words}”", SMALL, after=1)
    return bytes(page.output())


def _blank(brief: Brief) -> FPDF:
    try:
        from fpdf import FPDF
    except ImportError as e:
        raise SituateError("PDF needs the package fpdf2; install it, or take --format html") from e

    class Numbered(FPDF):
        """Pages with their number at the foot."""

        def footer(self) -> None:
            self.set_y(-14)
            self.set_font(FAMILY, size=SMALL)
            self.set_text_color(*GREY)
            self.cell(0, 5, f"{self.page_no()}", align="C")

    page = Numbered(format="A4")
    last = max((c.published or "" for c in brief.citations), default="") or "1970-01-01"
    page.set_creation_date(datetime.fromisoformat(last[:10]).replace(tzinfo=UTC))  # so that the same brief is the same
    page.set_title(brief.title)
    page.set_margins(MARGIN, 18)
    page.set_auto_page_break(True, 20)
    page.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
    page.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
    page.set_text_shaping(True)  # Arabic letters join, and run from right to left
    page.add_page()
    return page


def _heading(page: FPDF, title: str) -> None:
    page.ln(3)
    if page.get_y() > page.h - 45:  # no heading alone at the foot of a page
        page.add_page()
    _write(page, title, 12, bold=True, after=0.8)
    page.set_draw_color(*GREY)
    page.line(MARGIN, page.get_y(), page.w - MARGIN, page.get_y())
    page.ln(1.8)


def _write(
    page: FPDF, text: str, size: float, *, bold: bool = False, ink: tuple[int, int, int] = INK, after: float = 0
) -> None:
    page.set_font(FAMILY, "B" if bold else "", size)
    page.set_text_color(*ink)
    page.multi_cell(0, size * 0.48, text, new_x="LMARGIN", new_y="NEXT", align="L")
    page.ln(after)


def _sentence(page: FPDF, sentence: CitedSentence, links: dict[int, int]) -> None:
    page.set_text_color(*INK)
    page.set_font(FAMILY, size=BODY)
    page.cell(INDENT, LINE, "•")
    page.set_left_margin(MARGIN + INDENT)
    page.write(LINE, f"{text_of(sentence)} ")
    page.set_font(FAMILY, size=MARK)
    page.set_text_color(*LINK)
    for number in sentence.cited:
        mark = f"[{number}] "
        if page.get_x() + page.get_string_width(mark) > page.w - MARGIN:  # a mark isn't broken
            page.ln(LINE)
        page.write(LINE, mark, links[number])
    page.set_left_margin(MARGIN)
    page.ln(LINE + 1.2)
