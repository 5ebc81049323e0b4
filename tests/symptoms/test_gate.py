"""What a check leaves of the plan is kept, and nothing else of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lumbar.bench.people import usual
from lumbar.errors import AnswersError, ValueRangeError
from lumbar.symptoms import journal
from lumbar.symptoms.gate import Gate, keep_gate, kept_gate
from lumbar.symptoms.urgency import assess

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_a_calm_check_opens_a_routine_one_modifies_a_soon_one_locks() -> None:
    for answers, left in (
        ({}, "open"),
        ({"days": 8, "improving": "no"}, "modified"),
        ({"leg_numb_one": "yes"}, "locked"),
        ({"age": 16}, "locked"),
        ({"age": "dk"}, "locked"),
    ):
        keep_gate(assess({**usual(), **answers}), now=NOW)
        assert kept_gate() == Gate(NOW, left)


def test_an_emergency_is_kept_as_nothing_but_locked(home: Path) -> None:
    keep_gate(assess({**usual(), "self_harm": "yes"}), now=NOW)
    text = (home / "gate.json").read_text()
    assert "locked" in text
    assert "self" not in text
    assert "EMERGENCY" not in text


def test_an_unfinished_check_closes_what_was_open_and_leaves_no_trace_where_nothing_was(home: Path) -> None:
    keep_gate(assess({}), now=NOW)
    assert not home.exists()
    keep_gate(assess(usual()), now=NOW)
    keep_gate(assess({"pain": 2}), now=NOW)
    assert kept_gate() == Gate(NOW, "locked")


def test_the_age_that_nobody_said_locks_the_diary_too() -> None:
    assert journal.is_locking(assess({**usual(), "age": "dk"}))
    assert not journal.is_locking(assess(usual()))


def test_a_damaged_file_says_what_to_do(home: Path) -> None:
    home.mkdir()
    (home / "gate.json").write_text('{"form": 1, "checks": [{"at": "2026-11-23T09:00:00+00:00", "left": "ajar"}]}')
    with pytest.raises(AnswersError, match="lumbar check"):
        kept_gate()


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="zone"):
        Gate(datetime(2026, 11, 23), "open")  # noqa: DTZ001 - that is the point
