"""Lifts with true joints: the synthetic lifter's own, as a pull and a case to reckon with."""

from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import cast

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import around
from lumbar.lifter import Barbell, Lifter
from lumbar.mechanics.pull import Doubts
from lumbar.mechanics.reckon import Case, cases
from lumbar.motion.back import BackCurve
from lumbar.motion.motion import ANGLES, POINTS, Motion
from lumbar.motion.reps import find_reps
from lumbar.motion.scale import Scale
from lumbar.motion.smooth import cutoff_hz, half_window_for, smooth_bar
from lumbar.synth.body import load_body
from lumbar.synth.case import Case as Clip
from lumbar.synth.case import Phone
from lumbar.synth.lift import Lift
from lumbar.synth.render import act, clip_times
from lumbar.synth.truth import Truth, tell_truth

from ..motion.aparts import alone

#: How well a good film knows each thing; of the size that the whole-body fit gives.
GOOD = {
    "lumbar_rad": np.radians(6), "l5s1_m": 0.008, "mass_ratio": 0.06, "centre_ratio": 0.05, "rise_m_per_s2": 0.25,
    "bar_ratio": 0.01, "model_ratio": 0.03,
}  # fmt: skip
LIFT = Lift(reps=1, set_up_s=0.5, fidgets=0, stand_s=0.4, bar_kg=140, plate_m=0.45)


def doubts(*, body_m: float = 0.028, bar_m: float = 0.02, scale_m: float = 0.004, **other: float) -> Doubts:
    """A trunk known to ``body_m`` each way against the hip, the bar to that half and ``bar_m`` of its own."""
    body = np.array([[[body_m, 0.0], [0.0, body_m], [body_m / 2, 0.0]]])
    rest = {name: np.array([value]) for name, value in (GOOD | other).items()}
    return Doubts(scale_m=np.full((1, 3), scale_m), body_m=body, bar_m=np.array([bar_m]), **rest)


@cache
def truth_of(lift: Lift, body: str = "r04", rate_hz: float = 30.0) -> Truth:
    clip = Clip("pull", body=body, lift=lift, phone=Phone(frame_rate_hz=rate_hz))
    played = act(clip, clip_times(clip))
    return tell_truth(clip, load_body(body), played.done, played.posed, played.view)


def middle(truth: Truth, name: str) -> Floats:
    return ((truth.joint_m(f"left_{name}") + truth.joint_m(f"right_{name}")) / 2)[:, :2]


def motion_of(truth: Truth) -> Motion:
    """What a film of true joints would be: a bar smoothed as the product smooths it, and the usual deviations."""
    time_s, bar = truth.time_s, truth.bar_m[:, :2] - [0, truth.bar_m[0, 1]]
    step_s = float(np.median(np.diff(time_s)))
    window_s = half_window_for(0.001, step_s)
    smoothed, speed = smooth_bar(time_s, bar, window_s)
    points = np.full((len(time_s), len(POINTS), 2), np.nan)
    for index, name in enumerate(POINTS):
        if name in ("hip", "shoulder", "knee", "ankle", "elbow", "wrist", "heel", "toe"):
            points[:, index] = middle(truth, name) - [0, truth.bar_m[0, 1]]
    angles = np.full((len(time_s), len(ANGLES)), np.pi / 2)
    m_per_px = around(0.003, 0.00005)
    return Motion(
        time_s=time_s, points_m=points, points_sd_m=np.full_like(points, 0.02), points_px=points / 0.003,
        bar_m=smoothed, bar_sd_m=np.full_like(bar, 0.015), apart=alone(len(time_s), 0.02, 0.02, 0.015),
        bar_speed_m_per_s=speed, angles_rad=angles,
        angles_sd_rad=np.full_like(angles, 0.1), trunk_seen_rad=angles[:, 0],
        scale=Scale(m_per_px.scaled(0.85), m_per_px, around(truth.body_height_m / 0.003, 10), 0.225, "a test"),
        faces_right=True, view_angle_rad=around(np.pi / 2, 0.1), cutoff_hz=cutoff_hz(window_s, step_s),
    )  # fmt: skip


def back_of(truth: Truth) -> BackCurve:
    """The part of a back curve that the load reads, read without error."""
    sure = np.full(len(truth.time_s), np.radians(5))
    return cast(
        "BackCurve",
        SimpleNamespace(time_s=truth.time_s, lumbar_change_rad=truth.lumbar_rad, lumbar_sd_rad=sure),
    )


def lifter_of(truth: Truth) -> Lifter:
    return Lifter(truth.body_height_m, truth.body_mass_kg, truth.body_sex)


def case_of(lift: Lift = LIFT, body: str = "r04", rate_hz: float = 30.0, rep: int = 0) -> tuple[Case, Truth]:
    """One rep of a film of true joints, the first."""
    truth = truth_of(lift, body, rate_hz)
    motion = motion_of(truth)
    found = cases(motion, find_reps(motion), lifter_of(truth), Barbell(lift.bar_kg), back_of(truth))[rep]
    assert isinstance(found, Case)
    return found, truth


def true_peak(truth: Truth, number: int = 0) -> float:
    rep = truth.reps[number]
    up = (truth.time_s >= rep.lift_off_s) & (truth.time_s <= rep.lockout_s) & (truth.load_share > 0.99)
    return float(truth.moment_n_m[up].max())


def with_bar(case: Case, bar_kg: float | None) -> Case:
    return replace(case, bar_kg=bar_kg)
