"""The truth of every number that Lumbar prints, from what truly happened; by the printed definition of each.

A measure that has no truth here stands in :data:`WITHOUT`, with the reason.
"""

from collections.abc import Mapping

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.true_form import FORM_SET_TRUTHS, FORM_TRUTHS
from lumbar.bench.true_posture import UNTOLD, RepTruthOf, SetTruthOf, angle_truth, event_s
from lumbar.bench.true_reps import TrueRep, TrueSet

#: The id of the load's peak, which has rows of its own.
MOMENT = "l5s1_moment_peak"

_EVENTS = ("lift_off", "knee_pass", "lockout")
#: A lower back that bends less than this in a pull has no worst moment to speak of (an engineering rule).
_NO_CHANGE_RAD = float(np.radians(3))


def _between(start: str, end: str) -> RepTruthOf:
    def told(_: TrueSet, rep: TrueRep) -> float | None:
        first, last = event_s(rep, start), event_s(rep, end)
        return None if first is None or last is None else last - first

    return told


def _rise_m(true: TrueSet, rep: TrueRep) -> float | None:
    if rep.lockout_s is None:
        return None
    return true.at(true.truth.bar_m[:, 1], rep.stops_s) - rep.rest_m


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
    before = true.before(rep)
    if before is None or before.floor_s is None or true.hangs(rep):
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


def _window_end_s(rep: TrueRep) -> float:
    """Return until when a back is looked at: the knee, or the top where the bar starts above the knee."""
    return rep.stops_s if rep.knee_pass_s is None else rep.knee_pass_s


def _worst(true: TrueSet, rep: TrueRep, flexion: Floats) -> tuple[float, float]:
    """Return the most flexion from the start of the pull to the knee, and when that is."""
    inside = np.flatnonzero(true.during(rep.starts_s, _window_end_s(rep)))
    at = int(inside[np.argmax(flexion[inside])])
    return float(flexion[at]), float(true.time_s[at])


def lumbar_change(true: TrueSet, rep: TrueRep) -> float:
    """Return the most lumbar flexion from the floor to the knee, less that at the set-up (biomechanics §6.1)."""
    lumbar = true.truth.lumbar_rad
    return _worst(true, rep, lumbar)[0] - true.at(lumbar, rep.starts_s)


def _thoracic_change(true: TrueSet, rep: TrueRep) -> float:
    thoracic = true.truth.thoracic_rad
    return _worst(true, rep, thoracic)[0] - true.at(thoracic, rep.starts_s)


def _lumbar_start(true: TrueSet, rep: TrueRep) -> float:
    return true.at(true.truth.lumbar_rad, rep.starts_s)


def _worst_at(true: TrueSet, rep: TrueRep) -> float | None:
    """Return at which share of the bar's way the back is bent most; nowhere in a back that hardly bends."""
    rise_m = _rise_m(true, rep)
    if rise_m is None or lumbar_change(true, rep) < _NO_CHANGE_RAD:
        return UNTOLD
    height = true.at(true.truth.bar_m[:, 1], _worst(true, rep, true.truth.lumbar_rad)[1])
    return (height - rep.rest_m) / rise_m


def _moment_peak(true: TrueSet, rep: TrueRep) -> float | None:
    """Return the highest net extensor moment at L5/S1 from the bar's first movement to lockout (N·m)."""
    if rep.lockout_s is None:
        return None
    return float(true.truth.moment_n_m[true.during(rep.starts_s, rep.lockout_s)].max())


def _impulse(true: TrueSet, rep: TrueRep) -> float | None:
    """Return the moment added up from the bar's first movement to lockout (N·m·s)."""
    if rep.lockout_s is None:
        return None
    during = true.during(rep.starts_s, rep.lockout_s)
    return float(np.trapezoid(true.truth.moment_n_m[during], true.truth.time_s[during]))


def _lever_arm(true: TrueSet, rep: TrueRep) -> float | None:
    """Return how far the bar is ahead of L5/S1, level, where the moment is highest (m)."""
    if rep.lockout_s is None:
        return None
    during = true.during(rep.starts_s, rep.lockout_s)
    at = int(np.argmax(true.truth.moment_n_m[during]))
    return float((true.truth.bar_m[during, 0] - true.truth.spine_m[during, 0, 0])[at])


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
    **{f"{joint}_{event}": angle_truth(joint, event) for event in _EVENTS for joint in ("trunk", "hip", "knee")},
    "hip_shoulder_rise_ratio": _rise_ratio,
    "lumbar_change": lumbar_change,
    "thoracic_change": _thoracic_change,
    "lumbar_start": _lumbar_start,
    "lumbar_worst_at": _worst_at,
    MOMENT: _moment_peak,
    "l5s1_impulse": _impulse,
    "bar_lever_arm_peak": _lever_arm,
    **FORM_TRUTHS,
}


def _completed(true: TrueSet) -> float:
    return float(sum(rep.is_completed for rep in true.reps))


def _velocity_loss(true: TrueSet) -> float | None:
    speeds = [speed for rep in true.reps if (speed := _mean_velocity(true, rep)) is not None]
    return 1 - speeds[-1] / max(speeds) if len(speeds) >= 2 else None


def _lumbar_creep(true: TrueSet) -> float | None:
    """Return how much more the lower back is bent at the worst moment of the last rep than of the first."""
    done = [rep for rep in true.reps if rep.is_completed]
    if len(done) < 2:
        return None
    first, last = (_worst(true, rep, true.truth.lumbar_rad)[0] for rep in (done[0], done[-1]))
    return last - first


#: Of the whole set: the measure's id → its truth.
SET_TRUTHS: Mapping[str, SetTruthOf] = {
    "reps": _completed,
    "velocity_loss": _velocity_loss,
    "lumbar_creep": _lumbar_creep,
    **FORM_SET_TRUTHS,
}

#: Measures that no truth is known for, and why.
WITHOUT: Mapping[str, str] = {
    "compression_peak": "no model of muscles is true: drawn lifters have none",
    "bar_tilt": "it is not read from one side, and a tilted bar is drawn in too few clips",
}
