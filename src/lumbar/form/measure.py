"""Measure every rep: each number with its range, or the reason why there is none.

The ranges here are engineering rules from published errors, until the accuracy bench calibrates them.
"""

from collections.abc import Mapping

import numpy as np

from lumbar.arrays import Bools
from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form.measures import REP_MEASURES
from lumbar.form.rounding import NOT_READ, measure_rounding
from lumbar.motion.back import BackCurve
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

#: An event lies between frames, and the smoother rounds it off: about this, each.
_EVENT_S = 0.05
#: Noise of a peak speed, m/s, and of a place, m.
_PEAK_M_PER_S, _PLACE_M = 0.02, 0.005
#: A phone is rarely level: this much roll tilts a straight path sideways.
_ROLL_RAD = np.radians(2.0)
#: Half widths of joint angles: 2.3° bias and 6.4° spread of this network's knee in side view (§10.1) make
#: 13° at 90 %; the hip moves with two segments, the trunk with one long one.
_HALF_WIDTH_RAD = {"trunk": np.radians(10), "hip": np.radians(15), "knee": np.radians(13)}
#: A landmark's own noise, m, after smoothing (vision.md §3: 1 to 2 % of the trunk, and the hip's bias moves).
_LANDMARK_M = 0.015
_HIDDEN = {
    "trunk": "The plate hides your hip at this moment. Film from one step behind your side.",
    "hip": "The plate hides your hip or knee at this moment. Film from one step behind your side.",
    "knee": "The plate hides your knee at this moment. Film from one step behind your side.",
}


def measure_rep(
    motion: Motion, rep: Rep, before: Rep | None, back: BackCurve | Missing = NOT_READ
) -> Mapping[str, Measured]:
    """Return every measure of one rep by id, in SI units and radians; ``before`` is the rep before it."""
    up = (motion.time_s >= rep.lift_off_s) & (motion.time_s <= rep.lockout_s)
    found: dict[str, Measured] = {
        "mean_concentric_velocity": _mean_velocity(motion, rep),
        "peak_concentric_velocity": _peak_velocity(motion, up),
        "concentric_duration": around(rep.lockout_s - rep.lift_off_s, _EVENT_S * np.sqrt(2)),
        "hold_duration": _between(around(rep.lockout_s, _EVENT_S), rep.lowering_s),
        "lowering_duration": _between(rep.lowering_s, rep.floor_s),
        "pause_duration": _pause(rep, before),
        "range_of_motion": _widened(rep.top_m - rep.rest_m, _scale_ratio(motion), _PLACE_M),
        "bar_drift": _drift(motion, up),
        "hip_shoulder_rise_ratio": _rise_ratio(motion, rep, up),
    }
    events = {"lift_off": rep.lift_off_s, "knee_pass": rep.knee_pass_s, "lockout": rep.lockout_s}
    for event, when in events.items():
        for joint in _HALF_WIDTH_RAD:
            found[f"{joint}_{event}"] = _angle_at(motion, joint, when)
    found |= measure_rounding(motion, back, rep)
    return {measure.id: found[measure.id] for measure in REP_MEASURES if measure.id in found}


def measure_set(
    reps: tuple[Rep, ...], measures: tuple[Mapping[str, Measured], ...], lumbar_creep: Measured = NOT_READ
) -> Mapping[str, Measured]:
    """Return the measures of the whole set by id; ``lumbar_creep`` as ``form.rounding.creep`` gives it."""
    return {
        "reps": around(float(len(reps)), 0.0),
        "velocity_loss": _velocity_loss(measures),
        "lumbar_creep": lumbar_creep,
    }


def _scale_ratio(motion: Motion) -> float:
    plate = motion.scale.plate_m_per_px
    return plate.half_width / plate.value


def _widened(value: float, ratio: float, noise: float) -> Estimate:
    """Return a value whose range has a part in proportion to it and one that is not, both independent."""
    return around(value, float(np.hypot(value * ratio, noise)))


def _mean_velocity(motion: Motion, rep: Rep) -> Measured:
    duration_s = rep.lockout_s - rep.lift_off_s
    ratio = np.hypot(_scale_ratio(motion), _EVENT_S * np.sqrt(2) / duration_s)
    known = np.isfinite(motion.bar_m[:, 1])
    off_m, locked_m = np.interp([rep.lift_off_s, rep.lockout_s], motion.time_s[known], motion.bar_m[known, 1])
    rise_m = locked_m - off_m
    return _widened(float(rise_m / duration_s), float(ratio), 0.0)


def _peak_velocity(motion: Motion, up: Bools) -> Measured:
    peak = float(np.nanmax(motion.bar_speed_m_per_s[up, 1]))
    return _widened(peak, _scale_ratio(motion), _PEAK_M_PER_S)


def _between(start: Measured, end: Measured) -> Measured:
    """Return the time between two events; Missing when either is."""
    if isinstance(start, Missing):
        return start
    if isinstance(end, Missing):
        return end
    margin = np.hypot(start.half_width, end.half_width)
    value = max(0.0, end.value - start.value)
    return Estimate(value, max(0.0, value - float(margin)), value + float(margin))


def _pause(rep: Rep, before: Rep | None) -> Measured:
    if before is None:
        return Missing("This is the first rep.")
    return _between(before.floor_s, around(rep.lift_off_s, _EVENT_S))


def _drift(motion: Motion, up: Bools) -> Measured:
    path = motion.bar_m[up & np.isfinite(motion.bar_m).all(axis=1)]
    spread, travel = float(np.ptp(path[:, 0])), float(np.ptp(path[:, 1]))
    margin = float(np.hypot(travel * np.sin(_ROLL_RAD), np.hypot(spread * _scale_ratio(motion), _PLACE_M)))
    return Estimate(spread, max(0.0, spread - margin), spread + margin)


def _rise_ratio(motion: Motion, rep: Rep, up: Bools) -> Measured:
    """Return the hips' rise over the shoulders' while the bar rises its first 30 %."""
    index = np.flatnonzero(up)
    share = (motion.bar_m[index, 1] - rep.rest_m) / (rep.top_m - rep.rest_m)
    early = index[share <= 0.3]
    hip, shoulder = motion.point("hip")[early, 1], motion.point("shoulder")[early, 1]
    both = np.isfinite(hip) & np.isfinite(shoulder)
    if both.sum() < 4:
        return Missing("The plate hides your hip while the bar leaves the floor.")
    hips = float(hip[both][-1] - hip[both][0])
    shoulders = float(shoulder[both][-1] - shoulder[both][0])
    if shoulders < 3 * _LANDMARK_M:
        return Missing("Your shoulders rise too little at first to compare the hips with them.")
    value = hips / shoulders
    margin = _LANDMARK_M * np.sqrt(2) * np.hypot(1, value) / shoulders
    return around(value, float(margin))


def _angle_at(motion: Motion, joint: str, when: float | Measured) -> Measured:
    """Return an angle at an event: the median over the frames around it."""
    if isinstance(when, Missing):
        return when
    if isinstance(motion.view_angle_rad, Missing):
        return motion.view_angle_rad
    moment, margin = (when.value, when.half_width) if isinstance(when, Estimate) else (when, _EVENT_S)
    near = np.abs(motion.time_s - moment) <= 0.07
    angle = motion.angle(joint)[near]
    if np.isfinite(angle).sum() < 2:
        return Missing(_HIDDEN[joint])
    value = float(np.nanmedian(angle))
    # While the joint turns, not knowing the moment is not knowing the angle.
    around_it = motion.angle(joint)[np.abs(motion.time_s - moment) <= margin]
    turn = float(np.nanmax(around_it) - np.nanmin(around_it)) / 2 if np.isfinite(around_it).any() else 0.0
    return around(value, float(np.hypot(_HALF_WIDTH_RAD[joint], turn)))


def _velocity_loss(measures: tuple[Mapping[str, Measured], ...]) -> Measured:
    speeds = [rep["mean_concentric_velocity"] for rep in measures]
    known = [speed for speed in speeds if isinstance(speed, Estimate)]
    if len(known) < 2 or not isinstance(speeds[-1], Estimate):
        return Missing("Velocity loss needs at least two reps.")
    fastest, last = max(known, key=lambda speed: speed.value), speeds[-1]
    # The scale is the same for both reps and cancels; the timing of each remains.
    own = [max(0.0, (speed.half_width / speed.value) ** 2 - 0.025**2) for speed in (fastest, last)]
    value = 1 - last.value / fastest.value
    margin = last.value / fastest.value * float(np.sqrt(sum(own)))
    return around(value, margin)
