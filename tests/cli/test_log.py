"""The commands of the log, as a lifter types them."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lumbar.cli.app import main

LOGS = Path(__file__).parents[1] / "data" / "logs"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Return a function that runs a command line; it returns the exit code and everything that was said."""
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LUMBAR_DATABASE_URL", raising=False)
    monkeypatch.setattr("lumbar.cli.say.console.width", 200)

    def call(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["lumbar", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    return call


def test_a_dry_run_says_what_would_happen_and_changes_nothing(run: Run) -> None:
    code, said = run("log", "import", str(LOGS / "strong-breinsp.csv"), "--dry-run")
    assert code == 0
    assert "Would add 129 sessions with 2,078 sets." in said
    assert "kg was assumed. If it is lb: --unit lb" in said
    assert "Nothing was changed." in said
    assert "Your log is empty" in run("log", "show")[1]


def test_a_second_import_adds_nothing(run: Run) -> None:
    assert "Added 129 sessions with 2,078 sets." in run("log", "import", str(LOGS / "strong-breinsp.csv"))[1]
    said = run("log", "import", str(LOGS / "strong-breinsp.csv"))[1]
    assert "Added 0 sessions with 0 sets." in said
    assert "129 sessions are in your log already, set for set." in said


def test_what_was_imported_is_there_for_a_program(run: Run) -> None:
    facts = json.loads(run("log", "import", str(LOGS / "hevy-dakheera47.csv"), "--json")[1])
    assert (facts["app"], facts["sets_added"], facts["assumed_unit"]) == ("Hevy", 7211, None)


def test_rows_that_are_left_out_are_named_with_their_lines(run: Run, tmp_path: Path) -> None:
    lines = (LOGS / "strong-breinsp.csv").read_text().splitlines()
    lines[3] = lines[3].replace(",75.0,", ",heavy,")
    (tmp_path / "log.csv").write_text("\n".join(lines[:8]))
    said = run("log", "import", str(tmp_path / "log.csv"))[1]
    assert "1 rows left out:" in said
    assert "“heavy” is not a number (line 4)" in said


def test_a_broken_file_is_not_imported_unasked(run: Run, tmp_path: Path) -> None:
    content = (LOGS / "hevy-dakheera47.csv").read_text()
    broken = tmp_path / "log.csv"
    broken.write_text(content[: content.index("Back Extension") + 5])
    code, said = run("log", "import", str(broken))
    assert code == 1
    assert "Nothing was imported; --partial takes what could be read." in said
    assert "Your log is empty" in run("log", "show")[1]
    code, said = run("log", "import", str(broken), "--partial")
    assert code == 0
    assert "Added 1 sessions with 9 sets." in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("log", "import", "nowhere.csv"), "nowhere.csv: there is no such file"),
        (("log", "import", "README.md"), "this is a table that begins with"),
        (("log", "export", "log.txt"), "the ending must be .csv, .json, .parquet"),
        (("log", "add", "Deadlift", "140", "5"), "“” is not a unit of weight"),
        (("log", "map", "Lower Back", "nonsense"), "cannot be nonsense"),
        (("restore", "nowhere.zip"), "the backup cannot be read"),
        (("forget", "nobody", "--yes"), "the lifter cannot be nobody"),
        (("export", "x.zip"), "Say --all for everything"),
        (("log", "show", "--lifter", "nobody"), "the lifter cannot be nobody"),
        (("load", "--lifter", "nobody"), "one of the store's: none yet"),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_not_a_traceback(
    run: Run, arguments: tuple[str, ...], says: str
) -> None:
    code, said = run(*arguments)
    assert code != 0
    assert says in said
    assert "Traceback" not in said


def test_sets_added_by_hand_are_shown_as_they_were_typed(run: Run) -> None:
    added = ("log", "add", "Deadlift", "315lb", "5", "--sets", "3", "--rpe", "8", "--at", "2026-11-20 18:00")
    assert "Added 3 × 5 Deadlift at 315lb, 2026-11-20 18:00." in run(*added)[1]
    assert run("log", "show")[1].count("315 lb × 5 RPE 8") == 3
    code, said = run(*added)
    assert code == 1
    assert "Give another time with --at" in said


@pytest.mark.slow
def test_an_export_comes_back(run: Run, tmp_path: Path) -> None:
    run("log", "import", str(LOGS / "strong-breinsp.csv"))
    for ending in ("csv", "json", "parquet"):
        path = tmp_path / f"log.{ending}"
        assert "Wrote 129 sessions with 2,078 sets" in run("log", "export", str(path))[1]
        assert "129 sessions are in your log already" in run("log", "import", str(path))[1]
        said = run("log", "import", str(path), "--lifter", f"other {ending}")[1]
        assert "Added 129 sessions with 2,078 sets." in said


def test_names_nobody_has_decided_are_listed_once(run: Run) -> None:
    run("log", "import", str(LOGS / "strong-breinsp.csv"))
    assert "Lower Back  (6 sets)" in run("log", "map")[1]
    run("log", "map", "Lower Back", "back-extension")
    run("log", "map", "Back Deltoids", "little")
    assert "Every exercise in your log has its movement." in run("log", "map")[1]


def test_load_sets_the_week_beside_the_lifters_own_history(run: Run, tmp_path: Path) -> None:
    run("log", "import", str(LOGS / "strong-breinsp.csv"))
    picture = tmp_path / "load.svg"
    code, said = run(
        "load", "--on", "2021-05-14", "--svg", str(picture), "--past", "--height", "180", "--mass", "82"
    )
    assert code == 0
    assert "This week: 2 sessions, 1 with pulls, 4 hard sets, 1,895 kg, top set 107 kg × 5;" in said
    assert "Estimated single, conventional deadlift: 125 kg (range over formulas 119–131)." in said
    assert "TL-04" in said
    assert "+52 % estimated single" in said
    assert "Say --height" not in said
    root = ET.fromstring(picture.read_text())  # noqa: S314  (we wrote it ourselves a line ago)
    assert {child.tag.rpartition("}")[2] for child in root} >= {"title", "desc", "style"}


def test_load_without_a_log_says_the_one_step_to_take(run: Run) -> None:
    assert "lumbar log import FILE" in run("load")[1]


def test_backup_restore_export_and_forget(run: Run, tmp_path: Path) -> None:
    run("log", "import", str(LOGS / "strong-breinsp.csv"))
    backup, everything = str(tmp_path / "backup.zip"), tmp_path / "everything.zip"
    assert "1 lifters, 129 sessions, 2,078 sets, 0 clips" in run("backup", backup)[1]
    assert "Wrote" in run("export", str(everything), "--all")[1]
    assert everything.stat().st_size > 0
    said = run("forget", "me", "--yes")[1]
    assert "2,078 rows of sets deleted" in said
    assert "none is left" in said
    assert "Backups and exports that you made elsewhere are not touched" in said
    assert "Restored 129 sessions, 2,078 sets." in run("restore", backup)[1]
    assert "Thursday" not in run("log", "show")[1]


def test_a_damaged_database_is_moved_aside_by_restore_and_only_then(run: Run, tmp_path: Path) -> None:
    run("log", "import", str(LOGS / "strong-breinsp.csv"))
    backup = str(tmp_path / "backup.zip")
    run("backup", backup)
    database = tmp_path / "home" / "lumbar.sqlite"
    database.write_bytes(b"no database at all, " * 500)
    assert "lumbar restore" in run("log", "show")[1]
    assert run("restore", backup)[0] == 1
    said = run("restore", backup, "--replace")[1]
    assert "The damaged database was moved to" in said
    assert "Restored 129 sessions" in said
