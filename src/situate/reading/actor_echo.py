"""Names that the report gives again where nobody saw them: what was a name in one sentence is one in the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from situate.knowledge.catalogue_roles import roles
from situate.language import Sentence
from situate.reading.actor_aliases import is_short_for
from situate.reading.actor_unit import Unit

SHORTEST = 3  # characters of a word that is a name by itself
Heard = dict[str, list[tuple[tuple[str, ...], Unit]]]  # by first word: the words of a name, and the name


def heard_names(sentences: list[Sentence], all_units: list[list[Unit]]) -> Heard:
    """The names by which actors may be named again: whole names, family names, and abbreviations in brackets."""
    heard: Heard = defaultdict(list)
    places = Counter(
        s.tokens[u.first : u.last + 1].text
        for s, its in zip(sentences, all_units, strict=True)
        for u in its
        if u.label.startswith("place:")
    )
    seen = set[tuple[str, ...]]()
    for sentence, its in zip(sentences, all_units, strict=True):
        for unit in its:
            for words in _ways(sentence, unit):
                if words not in seen and " ".join(words) not in places:
                    seen.add(words)
                    heard[words[0]].append((words, unit))
    for names in heard.values():
        names.sort(key=lambda n: -len(n[0]))
    return heard


def _ways(sentence: Sentence, unit: Unit) -> Iterator[tuple[str, ...]]:
    """The ways in which an actor that is named here may be named again."""
    tokens = sentence.tokens[unit.first : unit.last + 1]
    if unit.person and len(tokens) > 1:
        word = tokens[-1].text
        if word[0].isupper() and len(word) >= SHORTEST and not roles().ends(word.lower()):
            yield (word,)
    named = unit.label.startswith("actor:") and unit.certain and not unit.surfaces and tokens[-1].text[0].isupper()
    if named and (len(tokens) > 1 or len(tokens[0]) > SHORTEST):
        yield tuple(t.text for t in tokens)
    if not unit.person and (unit.surfaces or unit.label.startswith("actor:")):
        short = _abbreviation(sentence, unit)
        if short:
            yield (short,)


def echo(sentence: Sentence, its: list[Unit], heard: Heard) -> None:
    """Adds the names that the report gives elsewhere, where nobody saw them in this sentence."""
    if not heard:
        return
    at = {i: u for u in its for i in range(u.first, u.last + 1)}
    tokens = list(sentence.tokens)
    for i, token in enumerate(tokens):
        for words, like in heard.get(token.text, ()):
            last = i + len(words) - 1
            if last < len(tokens) and all(t.text == w for t, w in zip(tokens[i : last + 1], words, strict=True)):
                _add(its, at, Unit(i, last, like.surfaces, like.label, like.score))
                break
    its.sort(key=lambda u: u.first)


def _add(its: list[Unit], at: dict[int, Unit], unit: Unit) -> None:
    """Puts a name among those of its sentence, or tells one that nobody knows who it is."""
    there = {id(at[i]): at[i] for i in range(unit.first, unit.last + 1) if i in at}
    if not there:
        its.append(unit)
        at.update(dict.fromkeys(range(unit.first, unit.last + 1), unit))
        return
    known = next(iter(there.values()))
    same = len(there) == 1 and (known.first, known.last) == (unit.first, unit.last)
    if same and not known.surfaces and not known.certain:
        known.surfaces, known.label, known.score = unit.surfaces, unit.label, unit.score


def _abbreviation(sentence: Sentence, unit: Unit) -> str | None:
    """The abbreviation in brackets after a name that it is made of: "Harrat Brigade (HB)"."""
    after = sentence.tokens[unit.last + 1 : unit.last + 4]
    if len(after) < 3 or after[0].text != "(" or after[2].text != ")":
        return None
    short = after[1].text
    return short if is_short_for(short, sentence.tokens[unit.first : unit.last + 1].text) else None
