"""Markdown becomes plain text: the words without the marks, and the front matter as metadata."""

from __future__ import annotations

import re

import yaml

_FRONT = re.compile(r"\ufeff?---\s*\n(.*?)\n(?:---|\.\.\.)\s*(?:\n|$)", re.DOTALL)
_LINES = (  # marks that belong to lines
    (re.compile(r"^\s*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"^\s*(?:[=]{3,}|[-]{3,}|[*]{3,}|[_]{3,})\s*$", re.MULTILINE), ""),
    (re.compile(r"^\s*\[[^\]\n]+\]:\s*\S+.*$", re.MULTILINE), ""),  # where a link leads
    (re.compile(r"^\s*\|?[\s:|-]*-{3,}[\s:|-]*\|[\s:|-]*$", re.MULTILINE), ""),  # the rule below a table's head
    (re.compile(r"^[^\S\n]{0,3}#{1,6}[^\S\n]+(.*?)[^\S\n]*#*[^\S\n]*$", re.MULTILINE), r"\1"),
    (re.compile(r"^(?:[^\S\n]*>)+[^\S\n]?", re.MULTILINE), ""),
    (re.compile(r"^[^\S\n]*(?:[*+-]|\d{1,3}[.)])[^\S\n]+", re.MULTILINE), ""),
    (re.compile(r"^[^\S\n]*\||\|[^\S\n]*$", re.MULTILINE), ""),
)
_WORDS = (  # marks that belong to words
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])"), ""),  # a picture
    (re.compile(r"\[\^[^\]\n]+\]"), ""),  # a footnote's number
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\]\[[^\]\n]*\]"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`+([^`\n]+)`+"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])"), r"\1"),
)
_FIELDS = {
    "title": "title",
    "date": "published",
    "published": "published",
    "author": "byline",
    "byline": "byline",
    "publisher": "publisher",
    "source": "republished_from",
    "url": "url",
}


def text_of_markdown(source: str) -> tuple[str, dict[str, str]]:
    """The words of a Markdown text, and the fields of a report that its front matter gives."""
    front = _FRONT.match(source)
    fields = _fields(front[1]) if front else {}
    text = (source[front.end() :] if front else source).replace("\r\n", "\n")
    for pattern, instead in (*_LINES, *_WORDS):
        text = pattern.sub(instead, text)
    return re.sub(r"\n{3,}", "\n\n", text).strip(), fields


def _fields(front: str) -> dict[str, str]:
    try:
        values = yaml.safe_load(front)
    except yaml.YAMLError:
        return {}
    if not isinstance(values, dict):
        return {}
    given = ((_FIELDS[k], v) for k, v in values.items() if k in _FIELDS and v)
    return {field: ", ".join(map(str, v)) if isinstance(v, list) else str(v) for field, v in given}
