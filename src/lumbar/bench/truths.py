"""The truth of every number that Lumbar prints, from what truly happened; by the printed definition of each.

A measure that has no truth here stands in :data:`WITHOUT`, with the reason.
"""

from collections.abc import Callable, Mapping

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.true_reps import TrueRep, TrueSet

#: The true value of one rep's measure in SI units; None where the rep has none (no lockout, no rest before).
RepTruthOf = Callable[[TrueSet, TrueRep], float | None]
SetTruthOf = Callable[[TrueSet], float | None]

_EVENTS = ("lift_off", "knee_pass", "lockout")


def inner_angle(one: Floats, middle: Floats, other: Floats) -> Floats:
    """Return the angle at ``middle`` between two points, each (…, 2), in radians; π is straight."""
    to_one, to_other = one - middle, other - middle
    cosine = (to_one * to_other).sum(-1) / np.linalg.norm(to_one, axis=-1) / np.linalg.norm(to_other, axis=-1)
    return np.asarray(np.arccos(np.clip(cosine, -1, 1)))


def elevation(low: Floats, high: Floats) -> Floats:
    """Return how steeply ``high`` lies above ``low``, each (…, 2), in radians; π/2 is upright."""
    reach = high - low
    return np.asarray(np.arctan2(reach[..., 1], reach[..., 0]))


def angle_of(joint: str, point: Callable[[str], Floats]) -> Floats:
    """Return the angle of trunk, hip or knee from points by name; signs as in docs/conventions.md."""
    if joint == "trunk":
        return elevation(point("hip"), point("shoulder"))
    names = {"hip": ("shoulder", "hip", "knee"), "knee": ("hip", "knee", "ankle")}[joint]
    return inner_angle(*(point(name) for name in names))


def _event_s(rep: TrueRep, event: str) -> float | None:
    time_s: float | None = getattr(rep, f"{event}_s")
    return time_s


def _angle(joint: str, event: str) -> RepTruthOf:
    def told(true: TrueSet, rep: TrueRep) -> float | None:
        when = _event_s(rep, event)
        return None if when is None else true.at(angle_of(joint, true.near_m), when)

    return told


def _between(start: str, end: str) -> RepTruthOf:
    def told(_: TrueSet, rep: TrueRep) -> float | None:
        first, last = _event_s(rep, start), _event_s(rep, end)
        return None if first is None or last is None else last - first

    return told


def _rise_m(true: TrueSet, rep: TrueRep) -> float | None:
    if rep.lockout_s is None:
        return None
    return true.at(true.truth.bar_m[:, 1], rep.lockout_s) - rep.rest_m


def _mean_velocity(true: TrueSet, rep: TrueRep) -> float | None:
    if rep.lockout_s is None:
        return None
    height = true.truth.bar_m[:, 1]
    rise_m = true.at(height, rep.lockout_s) - true.at(height, rep.lift_off_s)
    return rise_m / (rep.lockout_s - rep.lift_off_s)


def _peak_velocity(true: TrueSet, rep: TrueRep) -> float | None:
    if rep.lockout_s is None:
        return None
    speed = np.gradient(true.truth.bar_m[:, 1], true.time_s)
    return float(speed[true.during(rep.lift_off_s, rep.lockout_s)].max())


def _drift(true: TrueSet, rep: TrueRep) -> float | None:
    if rep.lockout_s is None:
        return None
    return float(np.ptp(true.truth.bar_m[true.during(rep.lift_off_s, rep.lockout_s), 0]))


def _pause(true: TrueSet, rep: TrueRep) -> float | None:
    before = next((other for other in true.reps if other.number == rep.number - 1), None)
    if before is None or before.floor_s is None:
        return None
    return max(0.0, rep.lift_off_s - before.floor_s)


def _rise_ratio(true: TrueSet, rep: TrueRep) -> float | None:
    """Return the hips' rise over the shoulders' while the bar rises its first 30 %."""
    rise_m = _rise_m(true, rep)
    if rise_m is None:
        return None
    height = true.truth.bar_m[:, 1]
    up = np.flatnonzero(true.during(rep.lift_off_s, rep.stops_s))
    end_s = float(np.interp(rep.rest_m + 0.3 * rise_m, height[up], true.time_s[up]))
    hips, shoulders = (
        true.at(true.near_m(joint)[:, 1], end_s) - true.at(true.near_m(joint)[:, 1], rep.lift_off_s)
        for joint in ("hip", "shoulder")
    )
    return hips / shoulders if shoulders > 0 else None


def lumbar_change(true: TrueSet, rep: TrueRep) -> float:
    """Return the most lumbar flexion from lift-off to the knee, less that at the set-up (biomechanics §6.1)."""
    end_s = rep.stops_s if rep.knee_pass_s is None else rep.knee_pass_s
    lumbar = true.truth.lumbar_rad
    return float(lumbar[true.during(rep.starts_s, end_s)].max()) - true.at(lumbar, rep.starts_s)


#: Per rep: the measure's id → its truth.
REP_TRUTHS: Mapping[str, RepTruthOf] = {
    "mean_concentric_velocity": _mean_velocity,
    "peak_concentric_velocity": _peak_velocity,
    "concentric_duration": _between("lift_off", "lockout"),
    "hold_duration": _between("lockout", "lowering"),
    "lowering_duration": _between("lowering", "floor"),
    "pause_duration": _pause,
    "range_of_motion": _rise_m,
    "bar_drift": _drift,
    **{f"{joint}_{event}": _angle(joint, event) for event in _EVENTS for joint in ("trunk", "hip", "knee")},
    "hip_shoulder_rise_ratio": _rise_ratio,
    "lumbar_change": lumbar_change,
}


def _completed(true: TrueSet) -> float:
    return float(sum(rep.is_completed for rep in true.reps))


def _velocity_loss(true: TrueSet) -> float | None:
    speeds = [speed for rep in true.reps if (speed := _mean_velocity(true, rep)) is not None]
    return 1 - speeds[-1] / max(speeds) if len(speeds) >= 2 else None


#: Of the whole set: the measure's id → its truth.
SET_TRUTHS: Mapping[str, SetTruthOf] = {"reps": _completed, "velocity_loss": _velocity_loss}

#: Measures that no truth is known for, and why.
WITHOUT: Mapping[str, str] = {}
