from dataclasses import replace

import numpy as np
import pytest

from lumbar.estimate import Estimate, Missing, around
from lumbar.form.rounding import NOT_READ, ROUNDING, _since, creep, measure_rounding, set_up, worst
from lumbar.motion.back import BackCurve, read_back
from lumbar.motion.course import Peak
from lumbar.motion.reps import Rep

from ..motion.backs import SeenBack, seen_back
from .sets import filmed, measured

#: How much later (s) a second pull begins.
_LATER_S = 20.0


def rep_of(seen: SeenBack) -> Rep:
    truth = seen.rep
    assert truth.knee_pass_s is not None
    none = Missing("not asked for")
    return Rep(1, truth.lift_off_s, around(truth.knee_pass_s, 0.01), truth.lift_off_s + 2, none, none, 0.0, 0.5)


def worst_deg(seen: SeenBack) -> Estimate:
    back = read_back(seen.sight)
    assert isinstance(back, BackCurve)
    peak = worst(None, back, rep_of(seen), 0)  # type: ignore[arg-type]
    assert isinstance(peak, Peak)
    return peak.height_rad.scaled(float(np.degrees(1)))


def test_rounding_of_a_round_pull_is_seen() -> None:
    got = worst_deg(seen_back(15, 42))
    assert got.low <= 27 <= got.high
    assert got.low > 8  # the floor under which nothing is called rounding (reference §6.1)


def test_a_set_tells_more_of_each_rep_than_the_rep_alone() -> None:
    one, other = seen_back(15, 42), seen_back(17, 41)
    sight = replace(one.sight, **{
        name: np.concatenate([getattr(one.sight, name), getattr(other.sight, name)])
        for name in ("joints_px", "outline_px", "bar_is_down", "bar_is_still")
    }, time_s=np.r_[one.sight.time_s, other.sight.time_s + _LATER_S])  # fmt: skip
    back = read_back(sight)
    assert isinstance(back, BackCurve)
    first, second = rep_of(one), rep_of(other)
    assert isinstance(second.knee_pass_s, Estimate)
    second = replace(
        second,
        number=2,
        lift_off_s=second.lift_off_s + _LATER_S,
        knee_pass_s=second.knee_pass_s.shifted(_LATER_S),
        lockout_s=second.lockout_s + _LATER_S,
    )
    alone, together = (
        measure_rounding(None, back, reps)[0]["lumbar_change"] for reps in ((first,), (first, second))
    )
    assert isinstance(alone, Estimate)
    assert isinstance(together, Estimate)
    assert together.half_width < 0.95 * alone.half_width
    assert np.degrees(together.low) <= 27 <= np.degrees(together.high)


def test_a_neutral_pull_is_not_called_round() -> None:
    got = worst_deg(seen_back(20, 20))
    assert got.low < 4
    assert got.value < 8


def test_the_set_up_is_the_last_third_of_a_second_before_lift_off() -> None:
    seen = seen_back(15, 42)
    back = read_back(seen.sight)
    assert isinstance(back, BackCurve)
    assert np.flatnonzero(set_up(back, rep_of(seen))).tolist() == [5, 6, 7, 8, 9]


def test_a_back_that_was_not_read_has_no_numbers() -> None:
    whole = measured(filmed())
    got = measure_rounding(whole.motion, NOT_READ, whole.reps)[0]
    assert list(got) == list(ROUNDING)
    assert all(value == NOT_READ for value in got.values())
    assert creep(whole.motion, NOT_READ, whole.reps) == NOT_READ


def test_one_rep_cannot_creep() -> None:
    seen = seen_back(15, 42)
    back = read_back(seen.sight)
    got = creep(None, back, (rep_of(seen),))  # type: ignore[arg-type]
    assert got == Missing("The creep of the back needs at least two reps.")


def test_a_worst_moment_in_which_the_back_was_not_read_cannot_creep() -> None:
    """Between frames that were read the worst moment is told all the same."""
    seen = seen_back(15, 42)
    back = read_back(seen.sight)
    assert isinstance(back, BackCurve)
    peak = worst(None, back, rep_of(seen), 0)  # type: ignore[arg-type]
    assert isinstance(_since(back, back.is_read, peak), Estimate)
    assert isinstance(_since(back, np.zeros_like(back.is_read), peak), Missing)


def test_frames_missing_before_lift_off_are_said() -> None:
    seen = seen_back(15, 42)
    back = read_back(seen.sight)
    assert isinstance(back, BackCurve)
    rep = rep_of(seen)
    early = Rep(1, 1.2, rep.knee_pass_s, rep.lockout_s, rep.lowering_s, rep.floor_s, 0.0, 0.5)
    got = worst(None, back, early, 0)  # type: ignore[arg-type]
    assert isinstance(got, Missing)
    assert "before the bar left" in got.reason or got == pytest.approx(got)
