"""Builds the parts of the catalogue of actors that are converted from open lists.

    python training/build_actors.py PHOENIX_NON_STATE_FILE UCDP_SIDES_FILE

The first is Phoenix.MilNonState.actors.txt of the Phoenix and PETRARCH dictionaries (MIT licence), from the START TOPS
list of 2013: names in capitals with underscores, aliases after "+", a code that begins with a country. The second is a
CSV of the sides of UCDP's georeferenced events (CC BY 4.0): name, events, countries, first_year, last_year.

What the catalogue written by hand knows already is left out. Names of one or two words, and abbreviations, count only
in a report that speaks of the group's country (they end in "?"), and are left out where the country is unknown.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from situate.knowledge.actors import ACTOR_COLUMNS, FOLDER, Catalogue

MADE = ("actors_phoenix.csv", "actors_ucdp.csv")
SMALL = frozenset(
    [
        "of",
        "the",
        "for",
        "and",
        "with",
        "in",
        "to",
        "on",
        "against",
        "by",
        "at",
        "de",
        "del",
        "la",
        "los",
        "las",
        "y",
        "e",
        "et",
        "en",
        "du",
        "des",
        "di",
        "da",
        "i",
        "u",
        "fi",
    ]
)
ARTICLES = frozenset(["al", "el", "ul", "ash", "as", "ad", "ar", "an", "az", "e", "i", "wal", "bin", "ibn"])
CODE = re.compile(r"\[([A-Z]{3})(?:REB|INS|SEP|UAF)")
ANY_CODE = re.compile(r"\[[A-Z]")
MONTH = re.compile(r"\b(january|february|march|april|may|june|july|august|september|october|november|december)\b", re.I)
SIDES_TAKEN = re.compile(
    r"\b(cartel|gang|boys|faction|brigades?|battalion|division|corps|front|army|movement|force|forces|militia|"
    r"jaysh|jaish|liwa|jund|ansar|lashkar|jamaat|harak[ai]t|command|council|taleban|union|operations|cult|shabaab)\b"
    r"|^(los|las|la) ", re.I,
)  # fmt: skip
ACRONYM = re.compile(r"[A-Z]{3,6}(-[A-Z]+)?")
ABBREVIATION = re.compile(r"\s*\(([A-Z][A-Z/' -]{1,9})\)")
SIDES_LEFT_OUT = re.compile(
    r"^(government of|opponents of|supp+orters of|forces of|military faction|civilians|farmers|herders)", re.I
)
COUNTRY_NAMES = {
    "Yemen (North Yemen)": "YEM", "Myanmar (Burma)": "MMR", "Russia (Soviet Union)": "RUS", "DR Congo (Zaire)": "COD",
    "Serbia (Yugoslavia)": "SRB", "Kingdom of eSwatini (Swaziland)": "SWZ", "Congo": "COG",
    "Bosnia-Herzegovina": "BIH", "Macedonia, FYR": "MKD", "Cambodia (Kampuchea)": "KHM", "Zimbabwe (Rhodesia)": "ZWE",
    "Madagascar (Malagasy)": "MDG", "Vietnam (North Vietnam)": "VNM",
}  # fmt: skip


@dataclass
class Group:
    """A group as a list has it."""

    name: str
    country: str = ""
    aliases: list[str] = field(default_factory=list)
    since: str = ""
    until: str = ""
    armed: bool = False


def main(phoenix: Path, sides: Path) -> None:
    """Writes both files, the Phoenix list first: what it has is left out of the other."""
    for made in MADE:
        (FOLDER / made).unlink(missing_ok=True)
    states = {a.id for a in Catalogue.load().actors.values() if a.kind == "state"}
    first = phoenix_groups(phoenix.read_text(encoding="utf-8", errors="replace").splitlines(), states)
    origin = "Phoenix non-state dictionary, 2014 Open Event Data Alliance, MIT licence; changed: spelling, selection"
    write(MADE[0], origin, first)
    with sides.open(encoding="utf-8") as file:
        second = list(ucdp_groups(csv.DictReader(file)))
    write(MADE[1], "sides of UCDP GED events, Uppsala Conflict Data Program, CC BY 4.0; changed: selection", second)


def phoenix_groups(lines: Iterable[str], states: set[str]) -> list[Group]:
    """The groups of the Phoenix file. Lines of people and codes of their own are passed over."""
    groups: list[Group] = []
    for line in lines:
        text = line.split("#")[0].rstrip()
        if not text.strip():
            continue
        code = CODE.search(text)
        names = spelled(text.split("[")[0].lstrip("+"))
        if text.startswith("+") and groups:
            groups[-1].aliases += names
        elif text[0].isalnum() and names:
            groups.append(Group(names[0], aliases=names[1:]))
        if ANY_CODE.search(text) and groups:
            groups[-1].armed = groups[-1].armed or code is not None
            if code and not groups[-1].country and code.group(1) in states:
                groups[-1].country = code.group(1)
    return [g for g in groups if g.armed]


def spelled(raw: str) -> list[str]:
    """A name in capitals with underscores as it is written, and the abbreviation in its brackets."""
    text = " ".join(raw.replace("_", " ").split("+")[0].split()).strip(" -")
    found = ABBREVIATION.search(text)
    short = found.group(1).strip() if found and " " not in found.group(1).strip() else None
    text = re.sub(r"\s*\([^)]*\)?", "", text)
    text = re.sub(r"^(.*), THE$", r"The \1", text, flags=re.I)
    if not text or text.isdigit() or not any(c.isalpha() for c in text):
        return []
    name = " ".join(_word(w, i) for i, w in enumerate(text.split()))
    return [name, *([short] if short else [])]


def _word(word: str, at: int) -> str:
    """One word of a name: "of" and "al-" small, abbreviations in capitals, the rest with one capital."""
    if at and word.lower() in SMALL:
        return word.lower()
    if word.lower() in ARTICLES:
        return word.lower()
    if re.fullmatch(r"\d+(ST|ND|RD|TH)", word):
        return word.lower()
    if re.fullmatch(r"[IVX]+|[^AEIOUY'\-]{2,5}|[A-Z]{3,5}[-/][A-Z]{1,2}|[A-Z]\.", word):
        return word
    parts = re.split(r"([-/])", word)
    return "".join(
        p.lower() if p.lower() in ARTICLES | SMALL and len(parts) > 1 else p[:1].upper() + p[1:].lower() for p in parts
    )


def ucdp_groups(rows: Iterable[dict[str, str]]) -> Iterator[Group]:
    """The groups among UCDP's sides: no governments, no alliances of several, no followers of a politician."""
    countries = {a.name: a.id for a in Catalogue.load().actors.values() if a.kind == "state"} | COUNTRY_NAMES
    for row in rows:
        name = row["name"].strip()
        alone = not any(sign in name for sign in (",", ";", " - ", " clan", "'"))
        if SIDES_LEFT_OUT.match(name) or not alone or not (SIDES_TAKEN.search(name) or ACRONYM.fullmatch(name)):
            continue
        country = countries.get(row["countries"].split(";")[0].strip(), "")
        short = re.sub(r"\s*\(.*?\)", "", name)
        yield Group(name, country, [] if short == name else [short], row["first_year"], row["last_year"])


def write(file: str, origin: str, groups: Iterable[Group]) -> None:
    """Writes the groups that the catalogue doesn't know yet."""
    known = Catalogue.load()
    with (FOLDER / file).open("w", encoding="utf-8", newline="") as out:
        out.write(f"# Armed groups. Converted by training/build_actors.py from: {origin}.\n")
        out.write(
            '# Columns as in actors_groups.csv. A form that ends in "?" counts only where the country is spoken of.\n'
        )
        table = csv.writer(out, lineterminator="\n")
        table.writerow(ACTOR_COLUMNS)
        taken = set(known.actors)
        for group in groups:
            names = [n for n in dict.fromkeys([group.name, *group.aliases]) if len(n) > 1]
            if any(known.named(n) for n in names) or not names:
                continue
            forms = _forms(group, names)
            if forms is None:
                continue
            key = slug(group.name)
            if key not in taken:
                taken.add(key)
                table.writerow(
                    [key, group.name, "armed_group", group.country, ";".join(forms), "", group.since, group.until, ""]
                )


def _forms(group: Group, names: list[str]) -> list[str] | None:
    """The aliases as the catalogue writes them, or None where no name is safe to look for."""
    sure = [n for n in names if len(re.findall(r"[^\W\d_]+", n)) > 2]
    sure = [n for n in sure if not (MONTH.search(n) and len(n.split()) < 4)]
    doubtful = [
        n for n in names if n not in sure and not MONTH.search(n) and (len(n.split()) > 1 or n.isupper() or "-" in n)
    ]
    if group.name not in sure and (not group.country or MONTH.search(group.name)):
        return None
    shaky = [f"{n}?" for n in doubtful] if group.country else []
    if group.name not in sure and f"{group.name}?" not in shaky:
        shaky.insert(0, f"{group.name}?")
    return [*(n for n in sure if n != group.name), *shaky]


def slug(name: str) -> str:
    """A name as an id."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’.]", "", plain)).strip("-")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
