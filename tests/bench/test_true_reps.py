"""Events are the printed definitions, applied to a path whose every point is known."""

from dataclasses import replace

import numpy as np
import pytest

from .made import made_set, pull, ramp, truth_of

#: Rests 1 s, rises 0.5 m in 1 s, stays 1 s, falls in 2 s.
HEIGHT = ramp(1, 1, 1, 2, 1)
REP = pull(1, 1.0, 1.0, 1.0, 2.0, knee_s=1.5)


def test_the_events_of_an_even_pull_lie_where_the_definitions_put_them() -> None:
    (rep,) = made_set(truth_of(HEIGHT, (REP,))).reps
    assert rep.lift_off_s == pytest.approx(1.02, abs=1e-6)  # 1 cm of 0.5 m in 1 s
    assert rep.lockout_s == pytest.approx(1.99, abs=0.011)  # 99 % of the way; the speed falls within a frame
    assert rep.lowering_s == pytest.approx(3.08, abs=1e-6)  # 2 cm below the top at 0.25 m/s
    assert rep.floor_s == pytest.approx(4.94, abs=1e-6)  # 1.5 cm above rest
    assert (rep.starts_s, rep.stops_s, rep.knee_pass_s) == (1.0, 2.0, 1.5)
    assert rep.rest_m == pytest.approx(0.225)


def test_a_creeping_top_is_lockout_when_it_is_slower_than_4_cm_a_second() -> None:
    height = np.concatenate([np.full(100, 0.225), np.linspace(0.225, 0.690, 100), np.linspace(0.690, 0.725, 200)])
    rep = replace(REP, lockout_s=3.99, lowering_s=None, floor_s=None)
    (found,) = made_set(truth_of(height, (rep,))).reps
    # 93 % of the way is done at 1.99 s, and the rest creeps at 1.75 cm/s; 99 % would be 3.7 s.
    assert found.lockout_s == pytest.approx(2.0, abs=0.02)


def test_a_pull_that_dies_has_no_lockout_and_one_that_is_cut_off_is_none() -> None:
    failed = replace(REP, is_completed=False, lockout_s=None, lowering_s=3.0)
    (rep,) = made_set(truth_of(HEIGHT, (failed,))).reps
    assert (rep.lockout_s, rep.stops_s, rep.is_completed) == (None, 3.0, False)
    assert made_set(truth_of(HEIGHT[:150], (REP,))).reps == ()


def test_a_bar_that_is_still_in_the_air_at_the_end_has_no_floor() -> None:
    (rep,) = made_set(truth_of(HEIGHT[:400], (REP,))).reps
    assert rep.lowering_s is not None
    assert rep.floor_s is None
