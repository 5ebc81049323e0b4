"""What is kept between plans comes back as it was."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifters import _CLIMBS, _EQUIPMENT, _TICKS, NOW

from lumbar.errors import AnswersError, ValueRangeError
from lumbar.plan.progress import Climb, PlanProgress, from_row, save, saved, to_row

ANY = st.builds(PlanProgress, _EQUIPMENT, st.none() | _CLIMBS, _TICKS)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@given(ANY)
@settings(max_examples=50, deadline=None)
def test_it_goes_through_json_and_back(progress: PlanProgress) -> None:
    assert from_row(json.loads(json.dumps(to_row(progress)))) == progress


def test_it_goes_through_the_file_and_back(home: Path) -> None:
    assert saved() == PlanProgress()
    progress = PlanProgress(frozenset({"band"}), Climb(3, since=NOW)).ticked(NOW.date(), "plank")
    save(progress)
    assert saved() == progress
    assert (home / "plan.json").stat().st_mode & 0o077 == 0


def test_a_day_counts_once_and_can_be_taken_back() -> None:
    progress = PlanProgress().ticked(NOW.date(), "plank").ticked(NOW.date(), "plank")
    assert progress.done("plank", NOW.date()) == 1
    assert progress.unticked(NOW.date(), "plank").done("plank", NOW.date()) == 0


def test_what_is_not_known_is_refused_with_what_is_near() -> None:
    with pytest.raises(AnswersError, match="Did you mean “plank”"):
        PlanProgress().ticked(NOW.date(), "plnk")
    with pytest.raises(AnswersError, match="foam-roller"):
        PlanProgress(frozenset({"zzz"}))
    with pytest.raises(ValueRangeError):
        Climb(7)


@pytest.mark.parametrize("text", ["", "[]", '{"form": 2}', '{"form": 1, "progress": [{"equipment": null}]}'])
def test_a_damaged_file_says_what_to_do(home: Path, text: str) -> None:
    home.mkdir()
    (home / "plan.json").write_text(text)
    with pytest.raises(AnswersError, match="Move the file away"):
        saved()
