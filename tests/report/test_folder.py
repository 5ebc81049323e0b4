"""A report's folder is written whole or not at all."""

import json
import os
from pathlib import Path

import pytest

from lumbar.errors import OutputError
from lumbar.report.folder import write_folder
from lumbar.report.record import SCHEMA

RECORD = json.dumps({"schema": SCHEMA})
FIRST = {"analysis.json": RECORD, "report.html": "first", "annotated.mp4": b"old"}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fail(error: BaseException) -> object:
    def write(path: Path) -> None:
        path.write_bytes(b"half")
        raise error

    return write


def test_a_new_folder_gets_text_bytes_and_what_functions_write(tmp_path: Path) -> None:
    out = write_folder(
        tmp_path / "a" / "set",
        {"analysis.json": RECORD, "clip.mp4": b"\0\1", "reps.csv": lambda path: path.write_text("é\n", "utf-8")},
    )
    assert out == tmp_path / "a" / "set"
    assert contents(out) == {"analysis.json": RECORD.encode(), "clip.mp4": b"\0\1", "reps.csv": "é\n".encode()}
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["set"]


def test_text_is_written_as_it_is_on_every_system(tmp_path: Path) -> None:
    assert contents(write_folder(tmp_path / "set", {"reps.csv": "a\nb\n"}))["reps.csv"] == b"a\nb\n"


def test_an_earlier_report_is_replaced_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "set", FIRST)
    write_folder(tmp_path / "set", {"analysis.json": RECORD, "report.html": "second"})
    assert contents(tmp_path / "set") == {"analysis.json": RECORD.encode(), "report.html": b"second"}
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    assert contents(write_folder(tmp_path / "set", FIRST)).keys() == FIRST.keys()


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), OutputError("full")])
@pytest.mark.parametrize("name", ["set", "new/deep/set"])
def test_an_error_or_an_interrupt_leaves_everything_as_it_was(
    tmp_path: Path, error: BaseException, name: str
) -> None:
    write_folder(tmp_path / "set", FIRST)
    before = contents(tmp_path)
    with pytest.raises(type(error)):
        write_folder(tmp_path / name, {"analysis.json": RECORD, "annotated.mp4": fail(error)})
    assert contents(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


def test_a_failed_renaming_brings_the_earlier_report_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "set", FIRST)
    before = contents(tmp_path)
    rename = Path.rename

    def stumble(path: Path, target: Path) -> Path:
        if path.suffix == ".partial":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stumble)
    with pytest.raises(OutputError, match=r"could not be written \(Permission denied\)\. Name a folder"):
        write_folder(tmp_path / "set", {"analysis.json": RECORD})
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "there",
    [
        {"holiday.jpg": b"x"},
        {"analysis.json": b'{"schema": "somebody.else/1"}'},
        {"analysis.json": b"not json"},
        {"analysis.json": b"[1]"},
    ],
)
def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path, there: dict[str, bytes]) -> None:
    out = tmp_path / "set"
    out.mkdir()
    for name, content in there.items():
        (out / name).write_bytes(content)
    with pytest.raises(OutputError, match=r"holds no Lumbar report\. Name a new or an empty folder"):
        write_folder(out, FIRST)
    assert contents(out) == there


def test_what_somebody_put_beside_an_earlier_report_is_not_lost(tmp_path: Path) -> None:
    out = write_folder(tmp_path / "set", FIRST)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"notes\.txt, which would be lost"):
        write_folder(out, FIRST)
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_report_of_another_version_may_be_replaced(tmp_path: Path) -> None:
    family = SCHEMA.partition("/")[0]
    write_folder(tmp_path / "set", {"analysis.json": json.dumps({"schema": f"{family}/99"})})
    assert contents(write_folder(tmp_path / "set", FIRST)).keys() == FIRST.keys()


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "set").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="this is a file, and the report needs a folder"):
        write_folder(tmp_path / "set", FIRST)


def test_a_place_under_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="could not be written"):
        write_folder(tmp_path / "file" / "set", FIRST)


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_the_folder_has_the_rights_of_any_new_folder(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    out = write_folder(tmp_path / "set", FIRST)
    assert out.stat().st_mode == (tmp_path / "other").stat().st_mode
