"""Answers, diary and test results live beside the store, and go where the store goes."""

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest

from lumbar.errors import BackupError, StoreError, ValueRangeError
from lumbar.home import NOTES, notes_in
from lumbar.store.backup import back_up, restore
from lumbar.store.forget import export_all, forget
from lumbar.store.home import Home
from lumbar.store.store import Store

AT = datetime(2026, 11, 22, 9, 0)


@pytest.fixture
def answered(store: Store) -> Store:
    for name in NOTES:
        (store.home.folder / name).write_text(f'{{"what": "{name}"}}', encoding="utf-8")
    return store


def test_forgetting_oneself_takes_the_answers_along(answered: Store) -> None:
    answered.lifter()
    proof = forget(answered, "me")
    assert proof.is_clean
    assert proof.searched >= len(NOTES)
    assert notes_in(answered.home.folder) == ()


def test_who_has_only_answered_can_be_forgotten_too(answered: Store) -> None:
    assert forget(answered, "me").is_clean
    assert notes_in(answered.home.folder) == ()


def test_forgetting_another_leaves_the_answers(answered: Store) -> None:
    answered.lifter("Ida")
    forget(answered, "Ida")
    assert len(notes_in(answered.home.folder)) == len(NOTES)


def test_nobody_is_forgotten_by_a_wrong_name(answered: Store) -> None:
    with pytest.raises(ValueRangeError):
        forget(answered, "mee")
    assert len(notes_in(answered.home.folder)) == len(NOTES)


def test_everything_that_is_exported_has_the_answers(answered: Store) -> None:
    with zipfile.ZipFile(BytesIO(export_all(answered, "me"))) as archive:
        assert {f"notes/{name}" for name in NOTES} <= set(archive.namelist())


def test_a_backup_brings_the_answers_back(answered: Store, tmp_path: Path) -> None:
    before = {place.name: place.read_text(encoding="utf-8") for place in notes_in(answered.home.folder)}
    back_up(answered, tmp_path / "all.zip", AT)
    with pytest.raises(StoreError, match="--replace"):
        restore(answered, tmp_path / "all.zip")
    (answered.home.folder / NOTES[0]).write_text("{}", encoding="utf-8")
    restore(answered, tmp_path / "all.zip", replace=True)
    assert {place.name: place.read_text(encoding="utf-8") for place in notes_in(answered.home.folder)} == before


def test_a_backup_goes_into_an_empty_folder(answered: Store, tmp_path: Path) -> None:
    back_up(answered, tmp_path / "all.zip", AT)
    with Store(Home(tmp_path / "elsewhere")) as other:
        restore(other, tmp_path / "all.zip")
    assert len(notes_in(tmp_path / "elsewhere")) == len(NOTES)


def test_a_backup_whose_answers_are_damaged_is_refused(answered: Store, tmp_path: Path) -> None:
    back_up(answered, tmp_path / "all.zip", AT)
    with zipfile.ZipFile(tmp_path / "all.zip") as whole, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in whole.namelist():
            bad.writestr(name, b"[]" if name == f"notes/{NOTES[1]}" else whole.read(name))
    with Store(Home(tmp_path / "elsewhere")) as other, pytest.raises(BackupError, match="damaged"):
        restore(other, tmp_path / "bad.zip")
