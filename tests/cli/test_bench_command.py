"""``lumbar bench`` prints what a bench found, writes it, and says sentences when it cannot."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lumbar.bench import speed
from lumbar.bench.rows import Row, at_least
from lumbar.cli import app
from lumbar.errors import BenchError


@pytest.fixture
def _measured(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*, quick: bool, say: Callable[[str], None]) -> Iterator[Row]:
        say("one turn")
        yield at_least(1.0, Row("film-fps-vs-baseline", 0.5 if quick else 2.0, "ratio", note="of three turns"))

    monkeypatch.setattr(speed, "run", run)


@pytest.mark.usefixtures("_measured")
def test_the_table_goes_out_and_the_progress_goes_beside_it() -> None:
    done = CliRunner().invoke(app.app, ["bench", "speed", "--quick"])
    assert done.exit_code == 0
    assert "missed" in done.stdout
    assert "film-fps-vs-baseline: of three turns" in done.stdout
    assert "one turn" in done.stderr
    assert "one turn" not in done.stdout


@pytest.mark.usefixtures("_measured")
def test_the_rows_are_written_where_they_were_asked_for(tmp_path: Path) -> None:
    done = CliRunner().invoke(app.app, ["bench", "speed", "--json", str(tmp_path / "speed.json")])
    assert done.exit_code == 0
    written = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert [(row["id"], row["met"]) for row in written["rows"]] == [("film-fps-vs-baseline", True)]


def test_a_bench_that_is_not_there_is_answered_with_those_that_are() -> None:
    done = CliRunner().invoke(app.app, ["bench", "beauty"])
    assert done.exit_code == 2
    assert "speed" in done.stderr


def test_an_error_of_ours_is_a_sentence_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise BenchError("no clip. Put one there.")

    monkeypatch.setattr(speed, "run", fail)
    monkeypatch.setattr("sys.argv", ["lumbar", "bench", "speed"])
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == 1
    assert capsys.readouterr().err.strip() == "lumbar: no clip. Put one there."
