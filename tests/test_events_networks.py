"""The small networks of the event reader: they judge with the encoder's states and without, and say what is broken."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from situate.contract import Picture, Report
from situate.errors import SituateError
from situate.language import parse
from situate.reading import read_document
from situate.reading.networks import Pairs, load, network

TEXT = (
    "Rebels shelled the town of Harasta on Monday. Government troops answered with air strikes. "
    "The shelling killed four people, residents said."
)


def read(encode: bool) -> Picture:
    (document,) = parse([Report("r", TEXT)], encode=encode)
    return read_document(document)


def test_the_encoder_hands_on_what_it_makes_of_words() -> None:
    (document,) = parse([Report("r", TEXT)])
    at = TEXT.index("shelled")
    word = document.states.at(at)
    assert word is not None
    assert np.array_equal(word, document.states.at(at + 3))  # within the word
    assert document.states.at(len(TEXT) + 100) is None
    assert set(document.states.sentences) == {0, 1, 2}


@pytest.mark.parametrize("encode", [True, False])
def test_parts_are_found_with_the_encoder_and_without(encode: bool) -> None:
    picture = read(encode)
    names = {a.id: a.name for a in picture.actors}
    told = {m.trigger.text: e for e in picture.events for m in (e, *e.mentions)}
    assert names[told["shelled"].actors[0]] == "Rebels"
    assert told.get("air strikes") is not told["shelled"]


@pytest.mark.parametrize("name", ["roles", "sameness"])
def test_pairs_weighed_together_are_weighed_as_alone(name: str) -> None:
    net = network(name)
    rng = np.random.default_rng(1)
    states = [*rng.normal(size=(40, 384)).astype(np.float32), None]
    seen = [("type ASSAULT", "bias"), ("never seen",), ()]

    def pairs(some: range) -> Pairs:
        out = Pairs(net)
        for i in some:
            out.add(out.word("left", 0, states[0]), out.word("right", i, states[i]), seen[i % 3 :])
        return out

    together, every = pairs(range(41)).scores(), range(41)
    alone = [pairs(range(i, i + 1)).scores()[0] for i in every]
    assert np.isfinite(together).all()
    assert np.allclose(together, alone, atol=1e-5)
    assert Pairs(net).scores() == []


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "roles.npz"
    broken.write_bytes(b"no network")
    with pytest.raises(SituateError, match=r"roles\.npz: the weights can't be read"):
        load(broken)
    np.savez(broken, features=np.array(["a"]))
    with pytest.raises(SituateError, match="embedding"):
        load(broken)
