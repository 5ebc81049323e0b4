"""What came out is laid beside what was true: by time, once each, with the reason where there is nothing."""

import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from lumbar.bench.outcomes import CRASHED, Outcome, Pair, crash_of, match_reps, outcome_of
from lumbar.bench.true_reps import TrueRep
from lumbar.estimate import Missing, around
from lumbar.form.analysis import Limit
from lumbar.motion.motion import POINTS
from lumbar.motion.reps import Rep
from lumbar.synth.case import Case

from .made import SEATED, made_set, outcome, pull, ramp, truth_of

HEIGHT = ramp(1, 1, 1, 2, 1)
TRUE = made_set(truth_of(HEIGHT, (pull(1, 1.0, 1.0, 1.0, 2.0, knee_s=1.5),)))


def true_rep(number: int, start_s: float, stop_s: float) -> TrueRep:
    return TrueRep(number, True, start_s, stop_s, start_s, None, stop_s, None, None, 0.0)


def found(lift_off_s: float, lockout_s: float) -> Rep:
    gone = Missing("not looked for")
    return Rep(1, lift_off_s, around(1.52, 0.05), lockout_s, gone, gone, 0.0, 0.5)


def analysis(**changed: Any) -> Any:
    """Return what stands for an analysis: one rep, its body seen 2 cm too far ahead but for the knee, 5 cm."""
    frames = len(HEIGHT)
    off = {"knee": 0.05}
    places = {point: np.array(SEATED.get(point, (0.0, 0.0))) + [off.get(point, 0.02), 0] for point in POINTS}
    motion = SimpleNamespace(
        time_s=TRUE.time_s,
        view_angle_rad=around(1.6, 0.1),
        point=lambda name: np.tile(places[name], (frames, 1)),
    )
    told = {
        "refused": None,
        "motion": motion,
        "reps": (found(1.03, 1.97),),
        "measures": ({"mean_concentric_velocity": around(0.52, 0.03), "knee_lockout": Missing("hidden")},),
        "set_measures": {"reps": around(1.0, 0.0)},
    }
    return SimpleNamespace(**(told | changed))


def tracks() -> Any:
    nobody = np.full((len(HEIGHT), 2), np.nan)
    return SimpleNamespace(time_s=TRUE.time_s, pose=SimpleNamespace(landmark_px=lambda _: nobody))


def came_out(**changed: Any) -> Outcome:
    return outcome_of(Case("one"), "fast", TRUE, tracks(), analysis(**changed))


def pair(told: Outcome, measure: str) -> Pair:
    return next(one for one in told.pairs if one.measure == measure)


def test_each_rep_belongs_to_the_true_one_that_it_overlaps_most_and_is_used_once() -> None:
    true = (true_rep(1, 1, 2), true_rep(2, 5, 6), true_rep(3, 9, 10))
    assert match_reps(true, (found(5.1, 6.0), found(1.1, 2.2))) == {1: 1, 2: 0}
    assert match_reps(true, (found(1.0, 2.0), found(1.1, 2.0))) == {1: 0}
    assert match_reps(true, (found(5.8, 7.0),)) == {}


def test_a_number_stands_beside_its_truth_with_its_range() -> None:
    speed = pair(came_out(), "mean_concentric_velocity")
    assert (speed.value, speed.low, speed.high) == (0.52, 0.49, pytest.approx(0.55))
    assert speed.truth == pytest.approx(0.5, abs=0.012)
    assert speed.error == pytest.approx(0.02, abs=0.012)
    assert speed.holds


def test_what_was_not_given_says_why() -> None:
    told = came_out()
    assert pair(told, "knee_lockout").why == "hidden"
    assert pair(told, "hip_lockout").why == "not a measure yet"
    assert pair(came_out(reps=(), measures=()), "hip_lockout").why == "rep not found"
    view = Limit("view", "in front", "turn")
    assert pair(came_out(refused=view, reps=(), measures=()), "hip_lockout").why == "view"


def test_events_are_compared_by_definition_and_with_the_bars_own_movement() -> None:
    told = came_out()
    assert pair(told, "lift_off").error == pytest.approx(0.01, abs=1e-6)
    assert pair(told, "lift_off_from_start").error == pytest.approx(0.03)
    assert pair(told, "lockout_from_stop").error == pytest.approx(-0.03)
    assert pair(told, "knee_pass").holds


def test_joints_are_compared_after_one_shift_for_the_clip() -> None:
    told = came_out()
    # Three joints are 2 cm ahead and one 5 cm: the mean, 2.75 cm, is taken for the origin.
    assert pair(told, "hip_place").value == pytest.approx(0.0075)
    assert pair(told, "knee_place").value == pytest.approx(0.0225)


def test_a_clip_that_breaks_us_misses_every_number() -> None:
    told = crash_of(Case("one"), "fast", TRUE, ZeroDivisionError("of nothing"))
    assert told.refused == CRASHED
    assert {one.why for one in told.pairs} == {"ZeroDivisionError: of nothing"}
    assert all(one.value is None for one in told.pairs)


def test_an_outcome_survives_being_kept() -> None:
    told = came_out()
    assert Outcome.from_json(json.loads(json.dumps(told.as_json()))) == told
    rules = outcome(rules=({"rep": 1, "true_change": 0.1, "spine-rule": None},))
    assert Outcome.from_json(json.loads(json.dumps(rules.as_json()))) == rules
