"""`lumbar plan`, from nothing known to a week with a calendar."""

import json
import re
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner
from typist import unsaid

from lumbar.bench.people import usual
from lumbar.cli.app import app
from lumbar.knowledge.library import library
from lumbar.plan.progress import saved
from lumbar.store.store import Store
from lumbar.symptoms.diary import Entry
from lumbar.symptoms.gate import keep_gate
from lumbar.symptoms.journal import save
from lumbar.symptoms.urgency import assess
from lumbar.training.entries import Session, SetEntry
from lumbar.training.formats import LogFile
from lumbar.training.quantities import Load

RUN = CliRunner()
CALM = {
    "pain": 0, "pain_bending": 0, "pain_worst": 2, "pain_lifting": 1, "pain_before": 0, "leg_sign": "no",
    "soreness_kind": "dull", "soreness_onset": "next-day", "new_effort": "yes", "changed": "no",
}  # fmt: skip
#: What a plan shows besides sentences: ids to type and marks of the list; dots, signs, and the lifter's own words.
TYPED = re.compile(r"lumbar plan done \S+|\[[ x]\]")
MARKS = re.compile(r"[●○.:,×+]+|kg|Barbell|Row|Row\.")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path / "home"


def run(*arguments: str) -> tuple[int, str]:
    result = RUN.invoke(app, ["plan", *arguments])
    return result.exit_code, " ".join(result.output.split())


def lifted(days: float = 2.5) -> datetime:
    """Log a session so many days ago; return when, on this machine's clock."""
    at = (datetime.now() - timedelta(days=days)).replace(microsecond=0)  # noqa: DTZ005 - the lifter's clock
    pulls = (SetEntry("Deadlift", load=Load(Decimal(140), "kg"), reps=5),) * 3
    rows = (SetEntry("Barbell Row", load=Load(Decimal(70), "kg"), reps=8),) * 3
    with Store() as store:
        store.lifter().log.add(LogFile("by hand", "lumbar", (Session(at, pulls + rows),), rows=6), at)
    return at


def noted(session: datetime, **answers) -> None:
    """Note two calm entries after a session, the check asked with them."""
    began = session.astimezone()
    places = frozenset({"low-back-left", "low-back-right"})
    save(Entry(began + timedelta(hours=h), began, CALM | answers, places, is_checked=True) for h in (20, 58))
    keep_gate(assess(usual()))


def test_with_nothing_known_it_says_what_comes_first() -> None:
    code, output = run()
    assert code == 3
    assert "There is no plan yet: the check comes first." in output
    assert "lumbar diary add" in output


def test_a_check_that_locks_leaves_no_plan_and_no_files(tmp_path: Path) -> None:
    keep_gate(assess({**usual(), "leg_numb_one": "yes"}))
    code, output = run("--ics", str(tmp_path / "a.ics"), "--page", str(tmp_path / "a.html"))
    assert code == 3
    assert "There is no plan for now" in output
    assert list(tmp_path.glob("a.*")) == []


def test_a_green_week_names_the_pull_and_what_to_tick() -> None:
    noted(lifted())
    code, output = run("--equipment", "barbell, bench")
    assert code == 0
    assert "Deadlift from the floor: 3 × 5 at 142.5 kg, effort 8 of 10 at most" in output
    assert "[ ] Plank · lumbar plan done plank" in output
    assert "From now on the plan uses: barbell with plates, bench." in output


def test_everything_on_the_screen_is_in_the_wording(sayings: re.Pattern[str]) -> None:
    noted(lifted())
    for arguments in ((), ("--equipment", "none"), ("card", "floor-pull"), ("done", "plank")):
        _, output = run(*arguments)
        left = unsaid(TYPED.sub(" ", output), sayings)
        assert [word for word in left if not MARKS.fullmatch(word)] == [], arguments


def test_the_calendar_and_the_page_are_written(tmp_path: Path) -> None:
    noted(lifted())
    code, _ = run("--ics", str(tmp_path / "week.ics"), "--page", str(tmp_path / "week.html"))
    assert code == 0
    assert Calendar.from_ical((tmp_path / "week.ics").read_bytes()).walk("VEVENT")
    assert "Training plan" in (tmp_path / "week.html").read_text()


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    noted(lifted())
    code, output = run("--ics", str(tmp_path / "nowhere" / "week.ics"))
    assert code == 1
    assert "cannot be written" in output


def test_machines_get_the_same_plan() -> None:
    noted(lifted())
    result = RUN.invoke(app, ["plan", "--json"])
    record = json.loads(result.output)
    assert record["light"] == "green"
    assert record["week"]["pulls"][0]["sets"] == [{"sets": 3, "reps": 5, "load_kg": 142.5}]
    assert all(
        said["cards"] for part in ("today", "week") for said in record[part].get("lead", record[part].get("rules"))
    )
    keep_gate(assess({**usual(), "leg_numb_one": "yes"}))
    locked = RUN.invoke(app, ["plan", "--json"])
    assert locked.exit_code == 3
    assert json.loads(locked.output)["locked"]["text"].startswith("There is no plan for now")


def test_what_was_done_is_ticked_and_kept() -> None:
    noted(lifted())
    assert run("done", "plank", "walk")[0] == 0
    assert "[x] Plank" in run()[1]
    assert run("done", "plank", "--undo")[0] == 0
    assert {tick.exercise for tick in saved().ticks} == {"walk"}


def test_a_wrong_name_is_refused_with_a_near_one() -> None:
    code, output = run("done", "plnk")
    assert code == 2
    assert "Did you mean “plank”?" in output
    assert run("--equipment", "barbel")[0] == 2


def test_the_way_back_is_kept_between_plans() -> None:
    lifted(45)
    noted(datetime.now() - timedelta(hours=60))  # noqa: DTZ005 - the lifter's clock
    code, output = run("--equipment", "barbell")
    assert code == 0
    assert "You are on step 4 of 6." in output
    assert saved().climb is not None


def test_a_card_shows_how_errors_easier_and_harder(tmp_path: Path) -> None:
    code, output = run("card", "plank", "--svg", str(tmp_path / "plank.svg"))
    assert code == 0
    for words in ("On forearms and toes", "Common error:", "Easier:", "Harder:", "Needs nothing."):
        assert words in output
    assert (tmp_path / "plank.svg").read_text().startswith("<svg")
    assert all(name in run("card")[1] for name in library().exercises)
