"""Garmin FIT: the sample that `build_fit.py` made with another library, and what breaks of it."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from build_fit import build

from lumbar.training.formats import read_log
from lumbar.training.quantities import Load
from lumbar.training.tables import Source

SAMPLE = Path(__file__).parents[1] / "data" / "logs" / "garmin-strength.fit"


def test_the_sample_is_what_the_builder_makes() -> None:
    assert SAMPLE.read_bytes() == build()


def test_sets_have_names_reps_and_weights_and_rests_are_none() -> None:
    file = read_log(Source("watch", SAMPLE))
    (session,) = file.sessions
    assert file.app == "Garmin FIT"
    assert session.started == datetime(2026, 5, 1, 16)
    assert [(entry.exercise, entry.reps) for entry in session.sets] == [
        ("Back Squat", 5), ("Barbell Deadlift", 3), ("Romanian Deadlift", 8),
    ]  # fmt: skip
    assert session.sets[2].load == Load(Decimal("90.0625"), "kg")
    assert session.zone == "Z"
