"""Every printed number has a truth, or a reason why not; truths agree with what can be worked out by hand."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from lumbar.bench.outcomes import PLACES
from lumbar.bench.truths import MOMENT, REP_TRUTHS, SET_TRUTHS, WITHOUT, lumbar_change
from lumbar.form.measures import REP_MEASURES, SET_MEASURES

from .made import SEATED, made_set, pull, ramp, truth_of

HEIGHT = ramp(1, 1, 1, 2, 1)
REP = pull(1, 1.0, 1.0, 1.0, 2.0, knee_s=1.5)


def told(measure: str, **made: object) -> float:
    true = made_set(truth_of(HEIGHT, (REP,), **made))  # type: ignore[arg-type]
    value = REP_TRUTHS[measure](true, true.reps[0])
    assert value is not None
    return value


def test_every_printed_number_has_a_truth_or_a_reason() -> None:
    for printed, truths in ((REP_MEASURES, REP_TRUTHS), (SET_MEASURES, SET_TRUTHS)):
        ids = {measure.id for measure in printed}
        assert ids - set(truths) - set(WITHOUT) == set()
    assert set(WITHOUT) & {*REP_TRUTHS, *SET_TRUTHS} == set()
    assert all(reason.strip() for reason in WITHOUT.values())


def test_no_measure_is_named_like_a_joints_place() -> None:
    assert {f"{joint}_place" for joint in PLACES} & {*REP_TRUTHS, *SET_TRUTHS} == set()


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("mean_concentric_velocity", 0.5),
        ("peak_concentric_velocity", 0.5),
        ("concentric_duration", 0.97),  # 99 % of the way less the first centimetre
        ("hold_duration", 3.08 - 1.99),
        ("lowering_duration", 4.94 - 3.08),
        ("lowering_speed", 0.5 / (4.94 - 3.08)),
        ("touch_speed", 0.25),
        ("range_of_motion", 0.495),  # 99 % of 0.5 m
        ("trunk_lift_off", np.pi / 2),
        ("hip_lockout", np.pi / 2),
        ("knee_knee_pass", np.pi / 2),
        ("shank_lift_off", np.pi / 2),
        ("shoulders_ahead", -0.40),
        ("bar_over_foot", -0.05),
        ("slack_hip_rise", 0.0),
    ],
)
def test_truths_of_an_even_pull_by_hand(measure: str, value: float) -> None:
    assert told(measure) == pytest.approx(value, abs=0.012)  # a frame of 0.01 s, or what the bar does in it


def test_a_bar_that_hangs_in_the_hands_before_it_rises_has_no_slack_and_no_rest() -> None:
    lying = truth_of(HEIGHT, (REP,))
    hanging = made_set(replace(lying, load_share=np.ones(len(HEIGHT))))
    assert hanging.hangs(hanging.reps[0])
    assert REP_TRUTHS["slack_hip_rise"](hanging, hanging.reps[0]) is None
    assert not made_set(lying).hangs(made_set(lying).reps[0])


def test_the_loads_peak_is_that_from_the_first_movement_to_lockout() -> None:
    # 100 N·m for each metre of the bar's height, 99 % of the way up; a frame lifts it by 5 mm.
    assert told(MOMENT) == pytest.approx(200 + 100 * 0.72, abs=0.6)


def test_the_drift_is_the_bars_spread_between_lift_off_and_lockout() -> None:
    ahead = np.where((np.arange(len(HEIGHT)) > 140) & (np.arange(len(HEIGHT)) < 160), 0.04, 0.0)
    assert told("bar_drift", ahead_m=ahead) == pytest.approx(0.04)
    assert told("bar_drift_share", ahead_m=ahead) == pytest.approx(0.04 / 1.75)
    assert told("lever_growth", ahead_m=ahead) == pytest.approx(0.04)
    late = np.where(np.arange(len(HEIGHT)) > 250, 0.3, 0.0)
    assert told("bar_drift", ahead_m=late) == 0.0


def test_the_hips_over_the_shoulders_is_a_ratio_of_rises() -> None:
    up = np.clip(np.arange(len(HEIGHT)) / 100 - 1, 0, 1)[:, None]
    hip, shoulder = np.array(SEATED["hip"]), np.array(SEATED["shoulder"])
    joints = {**SEATED, "hip": hip + up * [0, 0.3], "shoulder": shoulder + up * [0, 0.2]}
    assert told("hip_shoulder_rise_ratio", joints=joints) == pytest.approx(1.5, abs=0.01)


def test_a_trunk_that_tips_has_a_dip() -> None:
    lean = np.radians(90 - 10 * np.interp(np.arange(len(HEIGHT)), [102, 120, 140], [0, 1, 0]))
    hip = np.array(SEATED["hip"])
    joints = {**SEATED, "shoulder": hip + 0.5 * np.stack([np.cos(lean), np.sin(lean)], axis=1)}
    assert np.degrees(told("trunk_dip", joints=joints)) == pytest.approx(10, abs=0.1)


def test_the_backs_change_is_its_most_before_the_knee_less_that_at_the_start() -> None:
    lumbar = np.interp(np.arange(len(HEIGHT)), [0, 100, 130, 160, 180], [20, 20, 32, 20, 50])
    true = made_set(truth_of(HEIGHT, (REP,), lumbar_deg=lumbar))
    rep = true.reps[0]
    assert np.degrees(lumbar_change(true, rep)) == pytest.approx(12)
    assert np.degrees(REP_TRUTHS["lumbar_start"](true, rep) or 0) == pytest.approx(20)
    assert REP_TRUTHS["lumbar_worst_at"](true, rep) == pytest.approx(0.15 / 0.5)
    assert REP_TRUTHS["thoracic_change"](true, rep) == 0


def test_a_back_that_does_not_bend_has_no_worst_moment() -> None:
    assert isnan(told("lumbar_worst_at"))


def test_the_set_counts_whole_reps_and_compares_their_speeds() -> None:
    height = np.concatenate([HEIGHT, ramp(1, 2, 1, 2, 1)])
    second = pull(2, 7.01, 2.0, 1.0, 2.0)
    true = made_set(truth_of(height, (REP, second)))
    assert SET_TRUTHS["reps"](true) == 2
    assert SET_TRUTHS["velocity_loss"](true) == pytest.approx(0.5, abs=0.01)
    assert SET_TRUTHS["lumbar_creep"](true) == 0
    assert SET_TRUTHS["set_up_creep"](true) == pytest.approx(0)
    pause = REP_TRUTHS["pause_duration"](true, true.reps[1])
    assert pause == pytest.approx(7.01 + 0.04 - 4.94, abs=0.012)
    assert REP_TRUTHS["pause_duration"](true, true.reps[0]) is None
    assert REP_TRUTHS["landing_speed"](true, true.reps[1]) == pytest.approx(0.25, abs=0.01)
    assert REP_TRUTHS["landing_speed"](true, true.reps[0]) is None
