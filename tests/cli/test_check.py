"""`lumbar check`, typed from beginning to end."""

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner
from typist import script, unsaid

from lumbar.bench.people import Vignette, usual, vignettes
from lumbar.cli.app import app
from lumbar.cli.conversation import Conversation
from lumbar.cli.marks import Marks, read_marks
from lumbar.symptoms.checkin import CheckIn
from lumbar.symptoms.telling import tell

RUN = CliRunner()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def typed(*lines: str, options: tuple[str, ...] = ()) -> tuple[int, str]:
    result = RUN.invoke(app, ["check", *options], input="".join(f"{line}\n" for line in lines))
    return result.exit_code, result.output


def flat(text: str) -> str:
    return " ".join(text.split())


def test_an_ordinary_sore_back_comes_through() -> None:
    code, output = typed(*script(usual()))
    assert code == 0
    assert "No warning sign reported today. This check can miss serious problems." in flat(output)
    assert "day 3, day 7 and day 14" in flat(output)


def test_an_emergency_stops_at_once_with_the_number_of_the_region() -> None:
    code, output = typed("3", "2")
    assert code == 0
    assert "Question 2" not in output
    assert "Call 999 now. Seek emergency care now." in flat(output)


def test_without_a_region_the_number_is_the_local_one() -> None:
    _, output = typed("1", "1")
    assert "Call your local emergency number now (112 in many countries)." in flat(output)


def test_not_sure_is_asked_once_more_with_an_example() -> None:
    _, output = typed("2", "2?", "?")
    assert "did you know that you were full" in flat(output)


def test_what_cannot_be_is_refused_and_asked_again() -> None:
    _, output = typed("9", "2", "0", "0", "0", "14", "3")
    assert "There is no line 9. Allowed: 1 to 6." in flat(output)
    assert "pain cannot be 14. Allowed: 0 to 10 points." in flat(output)
    assert "Question 5" in output


def test_stopping_loses_nothing_and_the_next_run_goes_on_there(home: Path) -> None:
    code, output = typed("2", "0", "0", "0", "4")
    assert code == 130
    assert "Nothing answered so far is lost" in flat(output)
    kept = json.loads((home / "check.json").read_text("utf-8"))["answers"]
    assert kept["pain"] == 4
    assert not {"sexual_change", "self_harm", "pregnancy_alarm"} & kept.keys()
    _, output = typed()
    assert "Going on where you stopped" in output
    assert "Where are you?" not in output
    assert "Pain right now" not in output


def test_after_the_result_only_the_region_is_kept(home: Path) -> None:
    typed(*script(usual()))
    content = json.loads((home / "check.json").read_text("utf-8"))
    assert content["answers"] == {}
    assert content["region"] == "europe"


def test_starting_anew_forgets_the_kept_answers() -> None:
    typed("2", "0", "0", "0", "4")
    _, output = typed(options=("--fresh",))
    assert "Going on" not in output


def test_private_answers_are_kept_when_asked_for(home: Path) -> None:
    _, output = typed("2", "0", options=("--keep-private",))
    assert "as you asked" in flat(output)
    assert "sexual_change" in json.loads((home / "check.json").read_text("utf-8"))["answers"]


def test_a_folder_that_cannot_be_written_is_told(home: Path) -> None:
    home.write_text("a file where the folder should be")
    result = RUN.invoke(app, ["check"], input="2\n")
    assert result.exit_code == 1
    assert "LUMBAR_HOME" in result.output


def answers_file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "answers.toml"
    path.write_text(text)
    return str(path)


def test_an_answers_file_gives_the_result_for_machines(tmp_path: Path) -> None:
    file = answers_file(tmp_path, 'region = "united-kingdom"\nfever = true\nvery_unwell = "yes"\n')
    result = RUN.invoke(app, ["check", "--answers", file, "--json"])
    content = json.loads(result.output)
    assert (result.exit_code, content["urgency"], content["plan"]) == (0, "EMERGENCY_NOW", "hidden")
    assert content["rules"] == ["TR-07", "TR-16", "TR-21"]
    assert content["says"][0] == "Call 999 now."


def test_an_unfinished_file_says_what_was_not_asked(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["check", "--answers", answers_file(tmp_path, "pain = 3\n")])
    assert result.exit_code == 3
    assert "there is no result yet" in flat(result.output)
    assert "fever: Is there fever" in flat(result.output)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("pain = 14\nfevr = true\n", ["pain cannot be 14", "Did you mean fever?"]),
        ('escalating = true\nimproving = "yes"\n', ["Not both can be so: escalating, improving."]),
    ],
)
def test_a_file_that_cannot_be_so_is_refused(tmp_path: Path, text: str, says: list[str]) -> None:
    result = RUN.invoke(app, ["check", "--answers", answers_file(tmp_path, text)])
    assert result.exit_code == 2
    assert all(part in flat(result.output) for part in says)


def test_a_contradiction_does_not_hide_an_emergency(tmp_path: Path) -> None:
    file = answers_file(tmp_path, 'saddle_change = true\nescalating = true\nimproving = "yes"\n')
    assert "Seek emergency care now." in RUN.invoke(app, ["check", "--answers", file]).output


class Typed(Console):
    """A console that types a script and shows what was typed nowhere."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(file=io.StringIO(), width=80, highlight=False)
        self.lines = iter(lines)

    def input(self, *_: object, **__: object) -> str:
        return next(self.lines)


@pytest.mark.parametrize("person", vignettes(), ids=lambda person: person.id)
def test_every_word_on_the_screen_comes_from_the_wording(person: Vignette, sayings: re.Pattern[str]) -> None:
    console = Typed(script(person.answers))
    conversation = Conversation(console, with_private=False)
    check = conversation.run(CheckIn())
    assert check.triage.urgency.name in person.expect
    conversation.result(tell(check.triage, check.answers, check.region))
    assert isinstance(console.file, io.StringIO)
    assert not unsaid(console.file.getvalue(), sayings)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("1 3", Marks((1, 3))),
        ("1,3?", Marks((1,), (3,))),
        ("0", Marks()),
        ("0 4-", Marks(left_out=(4,))),
        ("?", Marks(is_unknown=True)),
    ],
)
def test_marks_are_read(text: str, marks: Marks) -> None:
    assert read_marks(text, 4) == marks


@pytest.mark.parametrize("text", ["", "5", "0 1", "0 2?", "one", "1.", "-1"])
def test_marks_that_mean_nothing_are_refused(text: str) -> None:
    assert not isinstance(read_marks(text, 4), Marks)
