"""Bytes become text: the encoding is told by marks, by what a page declares, or by what fits."""

from __future__ import annotations

import codecs
import re

from situate.intake.failure import IntakeError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"%PDF", "a PDF", "save its text, as with pdftotext, and give that"),
    (b"PK\x03\x04", "a zip or an office document", "unpack it, or save its text as .txt or .html"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save its text as .txt"),
    (b"{\\rtf", "an RTF document", "save its text as .txt"),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
    (b"\x89PNG", "a picture", "give the text of the report"),
    (b"\xff\xd8\xff", "a picture", "give the text of the report"),
    (b"GIF8", "a picture", "give the text of the report"),
    (b"SQLite format 3", "a database", "list what is in it with the listing commands and --store"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]{3,20})|<\?xml[^>]+encoding\s*=\s*["']([\w-]{3,20})""", re.IGNORECASE
)
_CALLED_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"})  # in practice Windows-1252
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
HEAD = 4_096  # bytes that are looked at for what the rest is
MOST_ACCENTS = 0.08  # of the bytes
MOST_CONTROL = 0.02  # of the characters; text holds hardly any


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of these bytes. `declared` is the encoding that came with them. Raises IntakeError."""
    for magic, what, remedy in _FORMATS:
        if data.startswith(magic):
            raise IntakeError(f"{what}, not text", remedy)
    text = _decoded(data, declared)
    if text is None or len(_CONTROL.findall(text[:HEAD])) > MOST_CONTROL * len(text[:HEAD]) + 1:
        raise IntakeError("not text", "give .txt, .md, .html or .jsonl files in UTF-8 or another known encoding")
    return text


def _decoded(data: bytes, declared: str | None) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    wide = _wide(data[:HEAD])
    if wide:
        return _try(data, wide)
    in_page = _DECLARED.search(data[:HEAD])
    stated = declared or (in_page and (in_page[1] or in_page[2]).decode("ascii")) or ""
    western = "cp1252" if stated.lower() in _CALLED_LATIN or _mostly_ascii(data) else ""
    tries = (_try(data, encoding) for encoding in ("utf-8", western, stated) if encoding)
    return next((text for text in tries if text is not None), None) or _guessed(data)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte of Western text is zero."""
    if len(head) < 8:
        return None
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def _mostly_ascii(data: bytes) -> bool:
    """Whether the text is one of Western letters, with a few accents and typographic quotes."""
    head = data[: 16 * HEAD]
    return b"\0" not in head and sum(byte > 127 for byte in head) < MOST_ACCENTS * len(head)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guessed(data: bytes) -> str | None:
    if b"\0" in data[:HEAD]:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best is not None else None
