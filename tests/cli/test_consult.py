"""`lumbar consult` and `lumbar demo`: what is told, what is written, and when the check comes first."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lumbar.cli.app import app

RUN = CliRunner()
CHECK = str(files("lumbar.cli") / "demo" / "check.toml")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(tmp_path: Path, *options: str) -> tuple[int, str, Path]:
    out = tmp_path / "out"
    result = RUN.invoke(app, ["consult", "--out", str(out), *options])
    return result.exit_code, " ".join(result.output.split()), out


def answers(tmp_path: Path, **changed: str) -> str:
    """The bundled check with some answers changed."""
    kept = [line for line in Path(CHECK).read_text("utf-8").splitlines() if line.split(" =")[0] not in changed]
    place = tmp_path / "answers.toml"
    place.write_text("\n".join([*kept, *(f'{name} = "{answer}"' for name, answer in changed.items())]))
    return str(place)


def test_with_nothing_known_the_check_comes_first_and_the_page_is_there(tmp_path: Path) -> None:
    code, output, out = run(tmp_path)
    assert code == 3
    assert "the check comes first" in output
    assert "the check comes first" in (out / "consultation.html").read_text("utf-8")
    assert json.loads((out / "consultation.json").read_text("utf-8"))["plan"] == "locked"


def test_with_answers_there_is_a_consultation(tmp_path: Path) -> None:
    code, output, out = run(tmp_path, "--answers", CHECK)
    assert code == 0
    assert output.startswith("No warning sign reported today. This check can miss serious problems.")
    assert {path.name for path in out.iterdir()} == {"consultation.html", "consultation.json", "summary.html"}


def test_for_machines_there_is_json_alone(tmp_path: Path) -> None:
    code, output, _ = run(tmp_path, "--answers", CHECK, "--json")
    record = json.loads(output)
    assert (code, record["schema"], record["urgency"]) == (0, "lumbar.consultation/1", "SELF_CARE")
    assert len(record["contributors"]) == 12


def test_an_emergency_leaves_one_page_and_no_old_summary(tmp_path: Path) -> None:
    """What an earlier consultation wrote in the same folder must not stand beside an emergency."""
    run(tmp_path, "--answers", CHECK)
    code, output, out = run(tmp_path, "--answers", answers(tmp_path, saddle_change="yes"))
    assert code == 0
    assert output.startswith("Call 112 now.")
    assert "Today:" not in output
    assert {path.name for path in out.iterdir()} == {"consultation.html", "consultation.json"}
    assert json.loads((out / "consultation.json").read_text("utf-8"))["is_stopped"] is True


def test_an_unfinished_check_is_told(tmp_path: Path) -> None:
    place = tmp_path / "answers.toml"
    place.write_text("pain = 3\n")
    code, output, _ = run(tmp_path, "--answers", str(place))
    assert code == 3
    assert "there is no result yet" in output


@pytest.mark.slow
def test_the_demo_is_the_whole_consultation(tmp_path: Path) -> None:
    """Bundled film, log, diary and check; the film is measured here, so it takes its time."""
    out = tmp_path / "demo"
    result = RUN.invoke(app, ["demo", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "1 rep in 9.6 s of film." in result.output
    record = json.loads((out / "consultation.json").read_text("utf-8"))
    assert (record["urgency"], record["is_stopped"], record["plan"]) == ("SELF_CARE", False, "open")
    page = (out / "consultation.html").read_text("utf-8")
    assert 'href="report.html"' in page
    assert (out / "report.html").is_file()
