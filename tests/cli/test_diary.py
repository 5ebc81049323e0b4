"""`lumbar diary`, typed from beginning to end."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner
from typist import script, unsaid

from lumbar.bench.people import usual
from lumbar.cli.app import app
from lumbar.symptoms.diary import Entry
from lumbar.symptoms.journal import save, saved

RUN = CliRunner()
#: pain; hours; onset, kind, new, before, lifting, leg; places; bending, worst, stiffness, stops, sleep.
FIRST = ("3", "24", "next-day", "dull", "y", "0", "2", "n", "4 6", "4", "4", "10", "training", "7")
CHECK = tuple(script({**usual(), "hours_since_lift": 24}))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def typed(*lines: str) -> tuple[int, str]:
    result = RUN.invoke(app, ["diary", "add"], input="".join(f"{line}\n" for line in lines))
    return result.exit_code, flat(result.output)


def flat(text: str) -> str:
    return " ".join(text.split())


def without_what_the_entry_says(check: tuple[str, ...]) -> list[str]:
    """What is typed in the check when pain is known already: 3 and 24 hours are not asked."""
    return [word for word in check if word not in ("3", "24")]


def test_a_first_entry_asks_the_check_and_then_compares() -> None:
    code, output = typed(*told())
    assert code == 0
    assert "No warning sign reported today." in output
    assert "This fits ordinary post-exercise soreness." in output
    assert "day 1: 4 of 10 · expected: 5.0 of 10 or less" in output
    assert "No traffic light yet" in output
    assert output.index("No warning sign reported") < output.index("This fits ordinary")
    (entry,) = saved()
    assert (entry.is_checked, entry.is_locked, entry.hours) == (True, False, 24)


def test_the_check_does_not_ask_again_what_the_entry_says() -> None:
    _, output = typed(*told())
    assert output.count("Pain right now, 0 (none)") == 1


def told(first: tuple[str, ...] = FIRST, check: tuple[str, ...] = CHECK) -> list[str]:
    """A first entry as it is typed: pain and hours, the check, then the rest."""
    return [*first[:2], *without_what_the_entry_says(check), *first[2:]]


def calm(hours_ago: int = 10, **answers) -> Entry:
    at = datetime.now(UTC) - timedelta(hours=hours_ago)
    given = {
        "pain": 4, "soreness_onset": "next-day", "soreness_kind": "dull", "leg_sign": "no", "changed": "no",
        "pain_before": 0, "pain_lifting": 2, **answers,
    }  # fmt: skip
    places = frozenset({"low-back-left", "low-back-right"})
    return Entry(at, at - timedelta(hours=14), given, places, is_checked=True)


def test_an_emergency_shows_before_the_diary_asks_its_details() -> None:
    _, output = typed("3", "24", "2", "1")
    assert "Call 112 now. Seek emergency care now." in output
    assert "first entry after a session" not in output
    assert saved()[0].is_locked


def test_a_calm_day_is_two_questions() -> None:
    save([calm()])
    code, output = typed("3", "0", "")
    assert code == 0
    assert "Question 1" not in output
    assert "This fits ordinary post-exercise soreness." in output
    assert len(saved()) == 2


def test_an_emergency_shows_nothing_of_the_diary() -> None:
    save([calm()])
    code, output = typed("3", "1", "2", "1")
    assert code == 0
    assert "Call 112 now. Seek emergency care now." in output
    assert not [word for word in ("ordinary", "expected", "light") if word in output.partition("Call 112")[2]]
    shown = flat(RUN.invoke(app, ["diary", "show"]).output)
    assert "That comes before this diary." in shown
    assert not [word for word in ("ordinary", "expected", "light") if word in shown]
    machine = json.loads(RUN.invoke(app, ["diary", "show", "--json"]).output)
    assert (machine["is_locked"], machine["fit"], machine["light"]) == (True, None, None)


def test_a_stopped_check_locks_the_entry_until_it_was_finished() -> None:
    save([calm()])
    code, output = typed("5", "0", "")
    assert code == 130
    assert "Run lumbar check to go on." in output
    assert saved()[-1].is_locked
    RUN.invoke(app, ["check"], input="".join(f"{line}\n" for line in script(usual())))
    assert not saved()[-1].is_locked


def test_stopping_loses_nothing_answered_so_far() -> None:
    code, output = typed(*told()[:-12])
    assert code == 130
    assert "Nothing answered so far is lost." in output
    (entry,) = saved()
    assert (entry.answers, entry.hours, entry.is_checked) == ({"pain": 3}, 24, True)


def test_what_cannot_be_is_refused_and_asked_again() -> None:
    _, output = typed("14", "3", "24", *without_what_the_entry_says(CHECK), "pink", "next-day")
    assert "pain cannot be 14. Allowed: 0 to 10 points." in output
    assert "soreness_onset cannot be pink. Allowed: next-day," in output


def test_a_worst_below_what_it_is_now_is_asked_over() -> None:
    _, output = typed(*told((*FIRST[:10], "2", "3", "5", *FIRST[11:])))
    assert "The worst since the session is lower than what it is now." in output
    assert (saved()[0].answers["pain_bending"], saved()[0].answers["pain_worst"]) == (3, 5)


def test_a_new_session_begins_a_new_episode() -> None:
    save([calm()])
    typed("3", "3", "5", "same-day", "dull", "y", "0", "2", "n", "4 6", "4", "4", "10", "training", "7")
    assert saved()[-1].hours == 5


def test_not_fitting_is_one_step_more_urgent() -> None:
    first = list(FIRST)
    first[2] = "during"
    _, output = typed(*told(tuple(first)))
    assert "This does not fit ordinary post-exercise soreness." in output
    assert "counts one step more urgent" in output
    assert "Book a routine appointment" in output


def test_not_fitting_locks_the_plan_where_it_raises_to_soon() -> None:
    first = list(FIRST)
    first[2] = "during"
    routine = script({**usual(), "reds": "yes"})
    _, output = typed(*told(tuple(first), tuple(routine)))
    assert "counts one step more urgent" in output
    assert "Book a clinician within about a week" in output
    assert saved()[-1].is_locked


def test_a_broken_diary_never_hides_the_result_of_the_check(home: Path) -> None:
    home.mkdir()
    (home / "diary.json").write_text("broken")
    result = RUN.invoke(app, ["check"], input="2\n1\n")
    assert "Call 112 now." in flat(result.output)
    assert "Move it away" in flat(result.output)


def entry_file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "entry.toml"
    path.write_text(text)
    return str(path)


def test_an_entry_from_a_file_that_needs_the_check_says_so(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["diary", "add", "--answers", entry_file(tmp_path, "pain = 3\n")])
    assert result.exit_code == 3
    assert "Run lumbar check to go on." in flat(result.output)
    assert saved()[-1].is_locked


def test_a_file_that_cannot_be_so_is_refused_whole(tmp_path: Path) -> None:
    text = 'pain = 14\nplaces = ["elbow"]\nstps = "bending"\n'
    result = RUN.invoke(app, ["diary", "add", "--answers", entry_file(tmp_path, text)])
    assert result.exit_code == 2
    assert all(part in flat(result.output) for part in ("0 to 10", "elbow", "Did you mean stops?"))
    assert saved() == ()


def test_an_empty_diary_says_what_would_be_there() -> None:
    assert "Nothing is noted yet." in flat(RUN.invoke(app, ["diary", "show"]).output)


def test_the_pictures_are_written_where_they_were_asked_for(tmp_path: Path) -> None:
    save([calm()])
    result = RUN.invoke(app, ["diary", "show", "--picture", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["body.svg", "course.svg"]


def test_the_comparison_for_machines_has_its_reasons() -> None:
    save([calm(soreness_kind="sharp")])
    content = json.loads(RUN.invoke(app, ["diary", "show", "--json"]).output)
    assert content["fit"] == "partly"
    assert content["against"] == ["It is sharp. Ordinary soreness is dull or tight."]


def test_every_word_on_the_screen_comes_from_the_wording(sayings: re.Pattern[str]) -> None:
    lines = told()
    first = RUN.invoke(app, ["diary", "add"], input="".join(f"{line}\n" for line in lines)).output
    second = RUN.invoke(app, ["diary", "add"], input="2\n0\n\n").output
    shown = RUN.invoke(app, ["diary", "show"]).output
    assert "ordinary" in first
    assert "ordinary" in second
    assert unsaid(first + second + shown, sayings) == []
