"""`lumbar try`: drawn, noted, told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lumbar.bench.people import usual
from lumbar.cli.app import app
from lumbar.contributors import notebook
from lumbar.symptoms import gate
from lumbar.symptoms.urgency import assess

RUN = CliRunner()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path))
    return tmp_path


def asked(*words: str) -> tuple[int, str]:
    done = RUN.invoke(app, ["try", *words])
    return done.exit_code, " ".join(done.output.split())


def test_everything_that_can_be_tried_is_listed() -> None:
    code, told = asked("list")
    assert code == 0
    assert told.count("try-") == 5


def test_nothing_is_drawn_while_no_check_opened_the_plan() -> None:
    asked("next", "try-warm-up", "--felt", "0")
    assert notebook.saved() == ()


def test_a_trial_is_drawn_once_and_waits_for_its_note(home: Path) -> None:
    gate.keep_gate(assess(usual()), home)
    _, told = asked("next", "try-warm-up", "--felt", "0")
    assert told.startswith("This time ")
    (kept,) = notebook.saved()
    assert kept.open is not None
    asked("next", "try-warm-up", "--felt", "0")
    assert len(notebook.saved()[0].rounds) == 1


def test_a_note_comes_in_its_hours_only(home: Path) -> None:
    gate.keep_gate(assess(usual()), home, datetime.now(UTC) - timedelta(hours=1))
    asked("next", "try-warm-up", "--felt", "0", "--hours", "40")
    code, told = asked("note", "try-warm-up", "3")
    assert code == 0
    assert "5" in told  # pairs that are needed
    assert notebook.saved()[0].rounds[0].score == 3


def test_what_cannot_be_tried_is_named() -> None:
    assert asked("result", "try-prayer")[0] != 0
