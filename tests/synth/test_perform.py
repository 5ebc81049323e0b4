"""A set in time: the events fit the bar, the bar obeys physics, phases follow each other without jumps."""

import numpy as np
import pytest

from lumbar.arrays import Floats
from lumbar.synth.body import load_body
from lumbar.synth.lift import STYLES, Lift
from lumbar.synth.perform import Performance, duration_s, perform
from lumbar.synth.posture import pose

FINE_HZ = 500


def _play(lift: Lift, body: str = "r10") -> tuple[Floats, Performance]:
    held = load_body(body)
    time_s = np.arange(0, duration_s(held, lift), 1 / FINE_HZ)
    return time_s, perform(held, lift, time_s)


def _height_at(done: Performance, at_s: float) -> float:
    return float(np.interp(at_s, done.time_s, done.bar_m[:, 1]))


@pytest.mark.parametrize("style", STYLES)
def test_events_come_in_order_and_fit_the_height_of_the_bar(style: str) -> None:
    lift = Lift(style=style, block_m=0.12 * (style == "block"), reps=3, pause_s=0.8)
    _, done = _play(lift)
    assert [rep.number for rep in done.reps] == [1, 2, 3]
    top = done.bar_m[:, 1].max()
    for rep in done.reps:
        assert rep.lockout_s is not None
        assert rep.lowering_s is not None
        assert rep.lift_off_s < rep.lockout_s < rep.lowering_s
        assert _height_at(done, rep.lockout_s) == pytest.approx(
            top, abs=0.004
        )  # fatigue's spine moves it a little
        if style != "romanian":
            assert rep.floor_s is not None
            assert rep.lowering_s < rep.floor_s
            for at_s in (rep.lift_off_s, rep.floor_s):
                assert _height_at(done, at_s) == pytest.approx(lift.rest_height_m, abs=1e-3)


def test_the_bar_lies_still_until_lift_off_and_moves_right_after() -> None:
    lift = Lift(reps=1)
    time_s, done = _play(lift)
    start_s = done.reps[0].lift_off_s
    before = done.bar_m[time_s < start_s]
    assert np.ptp(before, axis=0).max() < 1e-9
    # From rest to 0.4 m/s with a time constant of 0.12 s: 5 mm within a tenth of a second.
    assert _height_at(done, start_s + 0.1) > lift.rest_height_m + 0.005


def test_mean_speed_is_the_rise_over_the_time_from_lift_off_to_lockout() -> None:
    for speed in (0.15, 0.4, 0.7):
        _, done = _play(Lift(reps=1, mean_speed_m_per_s=speed, sticking=0.6))
        rep = done.reps[0]
        assert rep.lockout_s is not None
        rise = _height_at(done, rep.lockout_s) - _height_at(done, rep.lift_off_s)
        assert rise / (rep.lockout_s - rep.lift_off_s) == pytest.approx(speed, rel=0.01)
        assert rep.mean_speed_m_per_s == pytest.approx(speed)


def test_the_told_acceleration_is_the_second_derivative_of_the_bars_height() -> None:
    time_s, done = _play(Lift(reps=1, sticking=0.5))
    rep = done.reps[0]
    assert rep.lockout_s is not None
    within = (time_s > rep.lift_off_s + 0.05) & (time_s < rep.lockout_s - 0.05)
    told = done.bar_rise_m_per_s2[within]
    found = np.gradient(np.gradient(done.bar_m[:, 1], time_s), time_s)[within]
    assert np.abs(told - found).max() < 0.05  # finite differences at 500 Hz


def test_nothing_jumps_and_no_joint_moves_faster_than_people_do() -> None:
    for style in STYLES:
        lift = Lift(style=style, block_m=0.1 * (style == "block"), reps=2, creep_deg=4, fidgets=3, pause_s=0.4)
        body = load_body("b_f")
        time_s = np.arange(0, duration_s(body, lift), 0.01)
        posed = pose(body, perform(body, lift, time_s).posture)
        speed = np.linalg.norm(np.diff(posed.joints_m, axis=0), axis=2) / 0.01
        assert speed.max() < 3.0, style  # hands on their way to the bar are the fastest
        spine = np.linalg.norm(np.diff(posed.spine_m, axis=0), axis=2) / 0.01
        assert spine.max() < 1.5, style


def test_touch_and_go_turns_at_the_floor_without_a_rest() -> None:
    _, done = _play(Lift(reps=3, pause_s=0.0))
    for before, after in zip(done.reps, done.reps[1:], strict=False):
        assert before.floor_s is not None
        assert 0 < after.lift_off_s - before.floor_s < 0.05


def test_a_rep_that_fails_has_no_lockout_and_stops_where_the_dial_says() -> None:
    lift = Lift(reps=2, fails_at=0.4)
    time_s, done = _play(lift)
    good, bad = done.reps
    assert good.is_completed
    assert not bad.is_completed
    assert bad.lockout_s is None
    assert good.lockout_s is not None
    rise = _height_at(done, good.lockout_s) - lift.rest_height_m
    highest = done.bar_m[time_s > bad.lift_off_s, 1].max() - lift.rest_height_m
    assert highest / rise == pytest.approx(0.4, abs=0.01)


def test_romanian_reps_never_touch_the_floor_between_the_first_and_the_last() -> None:
    time_s, done = _play(Lift(style="romanian", reps=3))
    first, last = done.reps[0], done.reps[-1]
    assert last.lockout_s is not None
    between = (time_s > first.lift_off_s) & (time_s < last.lockout_s)
    assert done.bar_m[between, 1].min() > 0.3
    assert (done.load_share[between] == 1).all()
    assert [rep.floor_s is None for rep in done.reps] == [True, True, False]


def test_knee_pass_is_when_the_bar_is_as_high_as_the_knees() -> None:
    lift = Lift(reps=1)
    body = load_body("r10")
    _, done = _play(lift)
    rep = done.reps[0]
    assert rep.knee_pass_s is not None
    then = perform(body, lift, np.array([rep.knee_pass_s]))
    knee = pose(body, then.posture).middle_m("knee")[0, 1]
    assert then.bar_m[0, 1] == pytest.approx(knee, abs=0.02)  # the planner's leg is planar, the rig's is not


def test_the_load_comes_before_lift_off_and_is_whole_in_the_air() -> None:
    time_s, done = _play(Lift(reps=2))
    rep = done.reps[0]
    assert rep.lockout_s is not None
    in_air = (time_s > rep.lift_off_s) & (time_s < rep.lockout_s)
    assert (done.load_share[in_air] == 1).all()
    assert (done.load_share[time_s < rep.lift_off_s - 0.41] == 0).all()
    assert 0.3 < np.interp(rep.lift_off_s - 0.2, time_s, done.load_share) < 0.7


def test_a_lean_tips_bar_and_trunk_to_the_lifters_right() -> None:
    body = load_body("b_m")
    lift = Lift(reps=1, lean_deg=2.0)
    rep = perform(body, lift, np.array([0.0])).reps[0]
    assert rep.lockout_s is not None
    posed = pose(body, perform(body, lift, np.array([rep.lockout_s])).posture)
    assert posed.joint_m("right_wrist")[0, 1] < posed.joint_m("left_wrist")[0, 1] - 0.01
    assert posed.middle_m("shoulder")[0, 2] > 0.01
