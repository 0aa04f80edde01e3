"""What a layer was made with, and when it is out of date."""

from __future__ import annotations

from pathlib import Path

import pytest

from situate.reading import first_outdated, made_by, readers, settings

NOT_READ_BY = {  # data of other stations
    "attention.yaml", "brief", "furniture.yaml", "languages.yaml", "merging.yaml", "settling.yaml", "voices.yaml",
}  # fmt: skip


def module_of(layer: str) -> str:
    return next(type(reader).__module__ for reader in readers() if reader.layer == layer)


def test_every_data_file_is_some_readers_or_named_here() -> None:
    read = {path for reader in readers() for path in settings.data_of(type(reader).__module__)}
    others = {p.relative_to(settings.DATA).parts[0] for p in settings._files_under([settings.DATA]) if p not in read}
    assert others <= NOT_READ_BY, "name it in NOT_READ_BY if no reader reads it"


def test_readers_have_their_own_files() -> None:
    def names(layer: str) -> set[str]:
        return {path.relative_to(settings.DATA).parts[0] for path in settings.data_of(module_of(layer))}

    assert {"forecasts.yaml", "likelihood.yaml"} <= names("forecasts")
    assert "actors" in names("actors")
    assert "places" in names("places")
    assert "events" in names("events")
    assert not {"forecasts.yaml", "events"} & names("quantities")


def test_a_changed_file_makes_its_layer_out_of_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {reader.layer: made_by(reader) for reader in readers()}
    assert first_outdated(made, readers()) is None
    assert first_outdated(made | {"forecasts": "0+00000000"}, readers()) == "forecasts"
    assert first_outdated({}, readers()) == "actors"
    settings.fingerprint.cache_clear()
    with monkeypatch.context() as patch:
        digest = settings._digest
        patch.setattr(settings, "_digest", lambda path: "other" if path.name == "forecasts.yaml" else digest(path))
        assert first_outdated(made, readers()) == "forecasts"
    settings.fingerprint.cache_clear()
    (tmp_path / "gazetteer-more").mkdir()
    (tmp_path / "gazetteer-more" / "about.json").write_text("{}")
    monkeypatch.setenv("SITUATE_HOME", str(tmp_path))
    assert first_outdated(made, readers()) == "actors"
    settings.fingerprint.cache_clear()
