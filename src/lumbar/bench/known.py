"""What every measure of a synthetic set would be if nothing were misread: our definitions on the true motion."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form.measure import measure_rep, measure_set
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.apart import Apart
from lumbar.motion.motion import ANGLES, POINTS, Motion, to_motion
from lumbar.motion.reps import Rep, find_reps
from lumbar.motion.scale import find_scale
from lumbar.synth.fast import FastClip
from lumbar.synth.perform import RepTruth
from lumbar.synth.truth import Truth

Measures = Mapping[str, Measured]
#: Lift-off, a centimetre up, comes at most so long after the bar begins to move.
_LIFT_OFF_S = 1.0


def true_motion(clip: FastClip) -> Motion:
    """Return the motion that was performed, in the middle plane; the scale is the one that the product finds."""
    truth = clip.truth
    bar_track = clip.tracks.bar
    if bar_track is None:
        raise TypeError("a fast clip has a plate; this one has none")
    lifter, barbell = said_of(clip)
    points = np.stack([_middle(truth, point) for point in POINTS], axis=1)
    bar = truth.bar_m[:, :2]
    origin = np.array([float(points[0, POINTS.index("ankle"), 0]), float(bar[:, 1].min())])
    angles = _angles(points)
    return Motion(
        time_s=truth.time_s,
        points_m=points - origin,
        points_sd_m=np.zeros_like(points),
        points_px=np.full_like(points, np.nan),
        bar_m=bar - origin,
        bar_sd_m=np.zeros_like(bar),
        apart=Apart(np.zeros((len(bar), 3, 3)), np.zeros((len(bar), 3))),
        bar_speed_m_per_s=np.gradient(bar, truth.time_s, axis=0),
        angles_rad=angles,
        angles_sd_rad=np.zeros_like(angles),
        trunk_seen_rad=angles[:, ANGLES.index("trunk")],
        scale=find_scale(clip.tracks, bar_track, lifter, barbell),
        faces_right=True,
        view_angle_rad=around(float(np.radians(90)), 0.0),
        cutoff_hz=6.0,
    )


def _middle(truth: Truth, point: str) -> Floats:
    return np.asarray((truth.joint_m(f"left_{point}") + truth.joint_m(f"right_{point}"))[:, :2] / 2)


def _angles(points_m: Floats) -> Floats:
    at = {point: points_m[:, index] for index, point in enumerate(POINTS)}

    def towards(first: str, second: str) -> Floats:
        return at[second] - at[first]

    def inner(one: Floats, other: Floats) -> Floats:
        lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
        return np.asarray(np.arccos(np.clip((one * other).sum(axis=1) / lengths, -1, 1)))

    trunk, shank, arm = towards("hip", "shoulder"), towards("ankle", "knee"), towards("shoulder", "wrist")
    angles = {
        "trunk": np.arctan2(trunk[:, 1], trunk[:, 0]),
        "hip": inner(trunk, towards("hip", "knee")),
        "knee": inner(towards("knee", "hip"), towards("knee", "ankle")),
        "shank": np.arctan2(shank[:, 1], shank[:, 0]),
        "arm": np.arctan2(arm[:, 0], -arm[:, 1]),
    }
    return np.column_stack([angles[name] for name in ANGLES])


def true_reps(motion: Motion, told: Sequence[RepTruth]) -> tuple[Rep, ...]:
    """Return the reps of the true motion by the product's own definitions of their events.

    Only the knee pass, which the product infers across two planes, is the one that happened.
    """
    found = find_reps(motion)
    return tuple(replace(rep, knee_pass_s=_knee_pass(rep, told)) for rep in found)


def _knee_pass(rep: Rep, told: Sequence[RepTruth]) -> Measured:
    for one in told:
        if one.knee_pass_s is not None and rep.lift_off_s <= one.knee_pass_s <= rep.lockout_s:
            return around(one.knee_pass_s, 0.0)
    return Missing("The bar does not pass the knee in this pull.")


def true_measures(clip: FastClip, motion: Motion) -> tuple[tuple[Rep, ...], tuple[Measures, ...], Measures]:
    """Return the reps of the true motion, their measures and the set's, each range narrowed to nothing."""
    reps = true_reps(motion, clip.truth.reps)
    pairs = zip(reps, (None, *reps), strict=False)
    measures = tuple(
        {**narrow(measure_rep(motion, rep, before)), **_spine(clip.truth, rep)} for rep, before in pairs
    )
    return reps, measures, narrow(measure_set(reps, measures, _creep(clip.truth, reps)))


def narrow(measures: Measures) -> Measures:
    """Return the measures as if they were known exactly."""
    return {name: around(one.value, 0.0) if isinstance(one, Estimate) else one for name, one in measures.items()}


def _spine(truth: Truth, rep: Rep) -> Measures:
    """Return what the back's curve would tell: flexion at the set-up, and what is added until the knee pass."""
    start_s = _starts_s(truth, rep)
    end_s = rep.knee_pass_s.value if isinstance(rep.knee_pass_s, Estimate) else rep.lockout_s
    pulling = (truth.time_s >= start_s) & (truth.time_s <= end_s)
    found = {}
    for name, flexion in (("lumbar", truth.lumbar_rad), ("thoracic", truth.thoracic_rad)):
        start = float(np.interp(start_s, truth.time_s, flexion))
        found[f"{name}_start"] = around(start, 0.0)
        found[f"{name}_change"] = around(float(flexion[pulling].max(initial=start)) - start, 0.0)
    return found


def _starts_s(truth: Truth, rep: Rep) -> float:
    """Return when the bar begins to move: a back can round before it is the centimetre up that lift-off is."""
    before = [one.lift_off_s for one in truth.reps if one.lift_off_s <= rep.lift_off_s]
    start_s = max(before, default=rep.lift_off_s)
    return start_s if rep.lift_off_s - start_s < _LIFT_OFF_S else rep.lift_off_s


def _creep(truth: Truth, reps: tuple[Rep, ...]) -> Measured:
    """Return how much more the lower back bends at its worst on the last rep than on the first."""
    if len(reps) < 2:
        return Missing("One rep shows no change.")
    worst = [sum(one.value for one in _lumbar(truth, rep)) for rep in (reps[0], reps[-1])]
    return around(worst[1] - worst[0], 0.0)


def _lumbar(truth: Truth, rep: Rep) -> list[Estimate]:
    spine = _spine(truth, rep)
    return [one for name in ("lumbar_start", "lumbar_change") if isinstance(one := spine[name], Estimate)]


def said_of(clip: FastClip) -> tuple[Lifter, Barbell]:
    """Return what a lifter would tell of themselves and the bar: their height, the load, the plates."""
    lift = clip.case.lift
    return Lifter(height_m=clip.truth.body_height_m), Barbell(lift.bar_kg, lift.plate_m)


def seen_motion(clip: FastClip) -> Motion:
    """Return the motion as the product reads it off the clip's tracks."""
    return to_motion(clip.tracks, *said_of(clip))
