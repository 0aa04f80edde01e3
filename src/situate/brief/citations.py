"""Numbered citations: each sentence of a brief names the reports, outlets, days and words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from situate.store import Listed

LONGEST = 240  # characters of quoted words


@dataclass(frozen=True, slots=True)
class Citation:
    """One source of a sentence, by its number in the brief."""

    number: int
    report: str  # key
    title: str | None
    outlet: str
    published: str | None
    url: str | None
    words: str


class Citations:
    """The citations of a brief, numbered as they come; the same words of the same report keep their number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], Citation] = {}

    def cite(self, *entries: Listed) -> tuple[int, ...]:
        """The numbers of the entries' words."""
        return tuple(dict.fromkeys(self._one(entry).number for entry in entries))

    def all(self) -> list[Citation]:
        """All, in order."""
        return list(self._numbers.values())

    def _one(self, entry: Listed) -> Citation:
        words = " ".join(entry.evidence.text.split())
        key = (entry.report.key, words)
        if key not in self._numbers:
            report = entry.report
            shown = words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + " …"
            self._numbers[key] = Citation(
                len(self._numbers) + 1,
                report.key,
                report.title,
                report.publisher or report.id,
                report.published,
                report.url,
                shown,
            )
        return self._numbers[key]
