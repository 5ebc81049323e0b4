"""Lifts with true joints: the synthetic lifter's own, as a pull and a case to reckon with."""

from dataclasses import replace
from functools import cache

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Missing
from lumbar.lifter import Lifter
from lumbar.mechanics.person import person_of
from lumbar.mechanics.pull import Doubts, Pull
from lumbar.mechanics.reckon import Case
from lumbar.motion.reps import Rep
from lumbar.synth.body import load_body
from lumbar.synth.case import Case as Clip
from lumbar.synth.case import Phone
from lumbar.synth.lift import Lift
from lumbar.synth.render import act, clip_times
from lumbar.synth.truth import Truth, tell_truth

#: How well a good film knows each thing; of the size that the whole-body fit gives.
GOOD = {
    "scale_ratio": 0.0, "hip_m": 0.02, "shoulder_m": 0.02, "bar_m": 0.015, "lumbar_rad": np.radians(6), "l5s1_m": 0.008,
    "mass_ratio": 0.06, "centre_ratio": 0.05, "rise_m_per_s2": 0.25, "bar_ratio": 0.01, "model_ratio": 0.03,
}  # fmt: skip
LIFT = Lift(reps=1, set_up_s=0.5, fidgets=0, stand_s=0.4, bar_kg=140, plate_m=0.45)


def doubts(**other: float) -> Doubts:
    return Doubts(**{name: np.array([value]) for name, value in (GOOD | other).items()})


@cache
def truth_of(lift: Lift, body: str = "r04", rate_hz: float = 30.0) -> Truth:
    clip = Clip("pull", body=body, lift=lift, phone=Phone(frame_rate_hz=rate_hz))
    played = act(clip, clip_times(clip))
    return tell_truth(clip, load_body(body), played.done, played.posed, played.view)


def middle(truth: Truth, name: str) -> Floats:
    return ((truth.joint_m(f"left_{name}") + truth.joint_m(f"right_{name}")) / 2)[:, :2]


def case_of(lift: Lift = LIFT, body: str = "r04", rate_hz: float = 30.0) -> tuple[Case, Truth]:
    """The first rep with true joints; what the film would not know is taken as known well."""
    truth = truth_of(lift, body, rate_hz)
    rep = truth.reps[0]
    window = (truth.time_s >= rep.lift_off_s - 0.5) & (truth.time_s <= rep.lockout_s)
    bar = truth.bar_m[:, :2]
    speed = np.gradient(bar[:, 1], truth.time_s)
    pull = Pull(
        truth.time_s, middle(truth, "hip"), middle(truth, "shoulder"), bar, truth.lumbar_rad,
        np.gradient(speed, truth.time_s), np.ones(len(truth.time_s)),
    )  # fmt: skip
    shown = Pull(**{name: getattr(pull, name)[window] for name in Pull.__slots__})
    found = Rep(1, rep.lift_off_s + 0.05, Missing("x"), rep.lockout_s, Missing("x"), Missing("x"), 0.0, 0.5)
    lifter = Lifter(truth.body_height_m, truth.body_mass_kg, truth.body_sex)
    return Case(found, shown, doubts(), person_of(lifter, Missing("x")), lift.bar_kg), truth


def true_peak(truth: Truth) -> float:
    rep = truth.reps[0]
    up = (truth.time_s >= rep.lift_off_s) & (truth.time_s <= rep.lockout_s) & (truth.load_share > 0.99)
    return float(truth.moment_n_m[up].max())


def with_bar(case: Case, bar_kg: float | None) -> Case:
    return replace(case, bar_kg=bar_kg)
