"""`lumbar screen`, typed from beginning to end, without waiting for anything."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner
from typist import script, unsaid

from lumbar.bench.people import usual
from lumbar.cli import screen_talk
from lumbar.cli.app import app
from lumbar.cli.timer import Clock, count_down, time_hold
from lumbar.screening.results import saved

RUN = CliRunner()
#: The whole check of somebody well, and then the hours since the session, which it did not need.
WELL = (*script({**usual(), "days": 3, "pain": 2}), "72")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


class Ticks:
    """A clock that moves on only when told."""

    def __init__(self, *readings_s: float) -> None:
        self.readings_s = iter(readings_s)
        self.waited_s: list[float] = []

    @property
    def clock(self) -> Clock:
        return Clock(lambda: next(self.readings_s), self.waited_s.append)


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_talk, "Clock", lambda: Ticks(100.0, 183.4, 200.0, 255.0, 300.0, 350.0).clock)


def typed(*lines: str, options: tuple[str, ...] = ()) -> tuple[int, str]:
    result = RUN.invoke(app, ["screen", *options], input="".join(f"{line}\n" for line in lines))
    return result.exit_code, " ".join(result.output.split())


@pytest.mark.usefixtures("_quick")
def test_the_check_comes_first_then_the_limits_then_a_timed_test() -> None:
    code, output = typed(*WELL, "n", "n", "4", "", "", "0", options=("--sex", "male"))
    assert code == 0
    assert output.index("Is any of this new?") < output.index("blood pressure") < output.index("Which test?")
    assert "Plank: 83.4 seconds" in output
    assert "mean 124 seconds" in output
    assert saved()[0].values == (83.4,)


@pytest.mark.usefixtures("_quick")
def test_a_test_with_sides_times_left_then_right() -> None:
    _, output = typed(*WELL, "n", "n", "3", "", "", "", "", "0")
    assert "Side bridge: left 83.4 seconds, right 55 seconds" in output
    assert "The right side is 34 of 100 lower." in output


def test_a_length_is_typed_in_degrees_and_refused_out_of_range() -> None:
    _, output = typed(*WELL, "n", "n", "6", "95", "20", "flat", "21", "0")
    assert "active-knee-extension cannot be 95. Allowed: 0 to 90 deg." in output
    assert "active-knee-extension cannot be flat." in output
    assert saved()[0].values == (20.0, 21.0)


def test_no_test_after_an_answer_that_speaks_against_it() -> None:
    code, output = typed(*WELL, "y")
    assert code == 3
    assert "No tests today, because:" in output
    assert "Which test?" not in output


def test_no_test_within_two_days_of_a_session() -> None:
    code, output = typed(*script(usual()), "24")
    assert code == 3
    assert "less than 48 hours ago" in output


def test_an_emergency_shows_the_emergency_only() -> None:
    code, output = typed("2", "1")
    assert code == 3
    assert "Call 112 now." in output
    assert "Which test?" not in output
    assert "No tests today" not in output


def test_stopping_keeps_what_was_noted() -> None:
    RUN.invoke(app, ["screen", "note", "plank-hold", "60"])
    code, output = typed("2")
    assert code == 130
    assert "are kept" in output
    assert len(saved()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["note", "plonk", "60"], "No test is called plonk."),
        (["note", "plank-hold", "3000"], "plank-hold cannot be 3000. Allowed: 0 to 600 s."),
        (["note", "plank-hold", "60", "--sex", "other"], "female or male"),
    ],
)
def test_what_cannot_be_is_refused(arguments: list[str], says: str) -> None:
    result = RUN.invoke(app, ["screen", *arguments])
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())
    assert saved() == ()


def test_a_result_from_elsewhere_is_noted_and_compared() -> None:
    RUN.invoke(app, ["screen", "note", "trunk-extensor-hold", "100"])
    result = RUN.invoke(app, ["screen", "note", "trunk-extensor-hold", "120"])
    assert "No difference seen: 20 seconds since last time" in " ".join(result.output.split())


def test_results_are_shown_with_their_balances() -> None:
    assert "No test is noted yet." in RUN.invoke(app, ["screen", "show"]).output
    for test, value in (("trunk-extensor-hold", "200"), ("trunk-flexor-hold", "100")):
        RUN.invoke(app, ["screen", "note", test, value])
    output = " ".join(RUN.invoke(app, ["screen", "show"]).output.split())
    assert "Yours: 0.50. That meets the target." in output


def answers_file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "answers.toml"
    path.write_text(text)
    return str(path)


def test_a_file_says_whether_to_test(tmp_path: Path) -> None:
    person = {
        **usual(), "hours_since_lift": 72, "blood_pressure_uncontrolled": "no", "recent_trunk_surgery": "no",
    }  # fmt: skip
    text = "".join(f"{name} = {answer!r}\n" for name, answer in person.items())
    result = RUN.invoke(app, ["screen", "--answers", answers_file(tmp_path, text)])
    assert result.exit_code == 0
    assert "Nothing that was asked speaks against testing today." in result.output
    held = RUN.invoke(
        app,
        [
            "screen",
            "--answers",
            answers_file(tmp_path, text.replace("recent_trunk_surgery = 'no'", "recent_trunk_surgery = 'yes'")),
        ],
    )
    assert held.exit_code == 3


def test_factors_show_the_lifters_own_first_and_refuse_what_nobody_asks(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["screen", "factors", "--answers", answers_file(tmp_path, 'smoking = "now"\n')])
    output = " ".join(result.output.split())
    assert output.index("Smoking You said that this is so for you.") < output.index("Your age")
    refused = RUN.invoke(app, ["screen", "factors", "--answers", answers_file(tmp_path, "age = 300\nsmoke = 1\n")])
    assert refused.exit_code == 2
    assert "age cannot be 300. Allowed: 0 to 120 years." in refused.output
    assert "Did you mean smoking?" in refused.output


def test_the_timer_counts_from_start_to_end_and_stops_at_the_limit() -> None:
    console = Console(file=io.StringIO())
    assert time_hold(console, Ticks(10.0, 75.5).clock, lambda: None, None) == 65.5
    assert time_hold(console, Ticks(10.0, 400.0).clock, lambda: None, 240.0) == 240.0


def test_the_time_to_get_ready_is_waited_second_by_second() -> None:
    ticks = Ticks()
    count_down(Console(file=io.StringIO()), ticks.clock, 3)
    assert ticks.waited_s == [1.0, 1.0, 1.0]


def test_a_terminal_shows_the_seconds_left() -> None:
    console = Console(file=io.StringIO(), force_terminal=True)
    count_down(console, Ticks().clock, 2)
    assert isinstance(console.file, io.StringIO)
    assert "2" in console.file.getvalue()


@pytest.mark.usefixtures("_quick")
def test_every_word_on_the_screen_comes_from_the_wording(sayings: re.Pattern[str]) -> None:
    lines = [*WELL, "n", "n", "4", "", "", "3", "", "", "", "", "6", "20", "30", "0"]
    first = RUN.invoke(app, ["screen", "--sex", "male"], input="".join(f"{line}\n" for line in lines))
    assert first.exit_code == 0
    outputs = [
        RUN.invoke(app, ["screen", *words]).output
        for words in (["show"], ["factors"], ["note", "plank-hold", "3"])
    ]
    assert unsaid(" ".join([first.output, *outputs]), sayings) == []
