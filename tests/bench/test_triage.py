"""The bench of the urgency check: its goals are met, and it says when it cannot measure."""

from pathlib import Path

import pytest

from lumbar.bench import people, triage
from lumbar.bench.rows import Row


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(triage, "QUICK_CASES", 100)
        return {row.id: row for row in triage.run(quick=True, say=lambda _: None)}


def test_no_goal_is_missed(rows: dict[str, Row]) -> None:
    assert [row.id for row in rows.values() if row.met is False] == []
    assert rows["emergency-sensitivity"].value == 1.0
    assert rows["same-day-sensitivity"].n >= 30


def test_an_emergency_shows_in_under_ten_questions(rows: dict[str, Row]) -> None:
    assert rows["questions-to-emergency-worst"].value <= 9


def test_most_single_signs_do_not_call_an_ambulance(rows: dict[str, Row]) -> None:
    """Weak single flags raise one step and ask more; a few specific ones act alone (card RF-02)."""
    assert rows["single-sign-emergency"].value < 0.3


def test_a_wrong_level_shows_in_the_rows() -> None:
    person = people.vignettes()[0]
    well = people.talk(people.usual())
    found = {row.id: row for row in triage._sorted_rows([(person, well), (person, people.talk(person.answers))])}
    assert found["emergency-sensitivity"].value == 0.5
    assert found["emergency-sensitivity"].met is False
    assert found["under-triage-rate"].value == 0.5


def test_without_the_repository_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage, "vignettes", tuple)
    (row,) = triage.run(quick=True, say=lambda _: None)
    assert row.value is None
    assert "repository" in row.note


def test_the_vignettes_are_where_the_bench_looks_for_them() -> None:
    assert Path(__file__).parents[1] / "vignettes" / "triage" == people.FOLDER
