"""Builds the encoder's gate: words that tell of conflict, politics or flight, of which a window has to hold one.

    python -m training.build_gate

The words are those of the event lexicon, of weapons, of the roles of actors and of attribution, in all their forms,
without those that everyday texts use as well (`training/everyday_words.txt`). Of verbs of speaking these too are kept,
for sentences with quotation marks. Writes `src/situate/language/gate.txt`; `benchmarks.gate` measures what it loses and
saves.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from situate.knowledge.catalogue_files import rows
from situate.knowledge.catalogue_roles import COLUMNS, PATH
from situate.knowledge.cues import cues
from situate.knowledge.events import FOLDER, lexicon, noun_forms, read, verb_forms

HERE = Path(__file__).parent
OUT = Path(str(files("situate.language"))) / "gate.txt"
SAID = {"said", "says", "told", "tells", "according", "suspicion"}  # everyday words, but claims hang on them
HEADER = """\
# Words of which one has to stand in a window of sentences, or a name of a place or people, for the encoder to read it.
# After quotation marks here: words that do so only in a sentence that has some.
# Made by `python -m training.build_gate` from the event lexicon and the roles of actors. Licence: CC BY-SA 4.0.
"""


def main() -> None:
    """Writes the list."""
    lines = (HERE / "everyday_words.txt").read_text(encoding="utf-8").splitlines()
    irregular = {verb: tuple(forms) for verb, forms in read(FOLDER / "irregular.yaml").items()}
    everyday = {
        form
        for line in lines
        if not line.startswith("#")
        for word in line.split()
        for form in (*verb_forms(word, irregular), *noun_forms(word))
    }
    tables = (lexicon().verbs, lexicon().nouns)
    words = {form for table in tables for form, entries in table.items() if any(len(e.words) == 1 for e in entries)}
    weapons = (
        w for kind in read(FOLDER / "instruments.yaml").values() for w in (*kind["words"], *kind.get("deeds", ()))
    )
    words |= {form for w in weapons for form in noun_forms(w.split()[-1])}
    speech = (v for v, cue in cues().verbs.items() if {"speech", "charge"} & set(cue.takes.values()))
    spoken = {form for v in speech for form in verb_forms(v, irregular)}
    words |= spoken
    words |= {p.lower() for row in rows(PATH, COLUMNS) for p in row.many("words") if " " not in p}
    kept = sorted(w for w in (words - everyday) | SAID if w.isascii() and len(w) > 2)
    quoting = sorted(f'"{w}' for w in (spoken & everyday) - SAID if w.isascii())
    OUT.write_text(HEADER + "\n".join([*kept, *quoting]) + "\n", encoding="utf-8")
    print(f"{len(kept)} words of {len(words)}, {len(quoting)} beside quotation marks")


if __name__ == "__main__":
    main()
