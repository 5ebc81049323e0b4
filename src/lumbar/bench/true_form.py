"""The truth of the measures of form: set-up, way up, lockout, way down; by the printed definition of each.

``standing`` is the lifter tall before the grip, which every made set begins with.
"""

from collections.abc import Callable, Mapping

import numpy as np

from lumbar.bench.true_posture import UNTOLD, RepTruthOf, SetTruthOf, angle_at, angle_of, angle_truth
from lumbar.bench.true_reps import TrueRep, TrueSet

# The numbers in the printed definitions.
_SLACK_S, _DIP_SHARE, _HALF_WAY, _TOUCH_M, _BROKEN = 0.8, 0.45, 0.5, 0.05, 0.25
#: The set-up that a dip is told against: from and until how long before lift-off (s).
_SET_UP_S = (0.5, 0.2)
#: Where L5/S1 is taken, from hip to shoulder, in the definition of the lever's growth.
_L5_SHARE = 0.18
#: A dip of the bar's speed is a sticking region when it loses this share of what it had and wins back half of it.
_STICKS, _REGAINS = 0.20, 0.5
#: A knee that turns less than this has no share of its turn to tell (rad).
_LEAST_TURN_RAD = float(np.radians(20))
#: How long from its beginning a set shows the lifter standing at least (lumbar.synth.chance).
_STANDS_S = 0.5
#: How long a bar that is not seen to leave the top counts as held there (lumbar.form.angles).
_UNENDED_S = 0.5


def _shoulders_ahead(true: TrueSet, rep: TrueRep) -> float:
    return true.at(true.near_m("shoulder")[:, 0] - true.truth.bar_m[:, 0], rep.lift_off_s)


def _bar_over_foot(true: TrueSet, rep: TrueRep) -> float:
    middle = (true.near_m("heel") + true.near_m("toe"))[:, 0] / 2
    return true.at(true.truth.bar_m[:, 0] - middle, rep.lift_off_s)


def _slack(true: TrueSet, rep: TrueRep) -> float | None:
    start_s = rep.lift_off_s - _SLACK_S
    rests_s = _rests_since_s(true, rep)
    if rests_s is None or start_s < rests_s:
        return None
    height = true.near_m("hip")[:, 1]
    return true.at(height, rep.lift_off_s) - float(height[true.during(start_s, rep.lift_off_s)].min())


def _rests_since_s(true: TrueSet, rep: TrueRep) -> float | None:
    """Return since when the bar rests before a pull; None where it does not."""
    before = true.before(rep)
    return None if true.hangs(rep) else 0.0 if before is None else before.floor_s


def _until_share(true: TrueSet, rep: TrueRep, share: float) -> float | None:
    """Return when the bar has done a share of its way up."""
    if rep.lockout_s is None:
        return None
    height = true.truth.bar_m[:, 1]
    up = np.flatnonzero(true.during(rep.lift_off_s, rep.stops_s))
    level_m = rep.rest_m + share * (true.at(height, rep.lockout_s) - rep.rest_m)
    return float(np.interp(level_m, height[up], true.time_s[up]))


def _trunk_dip(true: TrueSet, rep: TrueRep) -> float | None:
    end_s = _until_share(true, rep, _DIP_SHARE)
    if end_s is None:
        return None
    trunk = angle_of("trunk", true.near_m)
    rests_s, (first_s, last_s) = _rests_since_s(true, rep), (rep.lift_off_s - before for before in _SET_UP_S)
    is_set_up = rests_s is not None and rests_s <= first_s
    start = float(np.median(trunk[true.during(first_s, last_s)])) if is_set_up else true.at(trunk, rep.lift_off_s)
    return max(0.0, start - float(trunk[true.during(rep.lift_off_s, end_s)].min()))


def _knee_share(true: TrueSet, rep: TrueRep) -> float | None:
    start, passing, end = (
        angle_at(true, "knee", when) for when in (rep.lift_off_s, rep.knee_pass_s, rep.lockout_s)
    )
    if start is None or passing is None or end is None:
        return None
    return (passing - start) / (end - start) if end - start >= _LEAST_TURN_RAD else UNTOLD


def _drift_share(true: TrueSet, rep: TrueRep) -> float | None:
    if rep.lockout_s is None:
        return None
    path = true.truth.bar_m[true.during(rep.lift_off_s, rep.lockout_s), 0]
    return float(np.ptp(path)) / true.truth.body_height_m


def _lever_growth(true: TrueSet, rep: TrueRep) -> float | None:
    end_s = _until_share(true, rep, _HALF_WAY)
    if end_s is None:
        return None
    hip, shoulder = true.near_m("hip"), true.near_m("shoulder")
    lever = true.truth.bar_m[:, 0] - (hip + _L5_SHARE * (shoulder - hip))[:, 0]
    grown = float(lever[true.during(rep.lift_off_s, end_s)].max()) - true.at(lever, rep.lift_off_s)
    return max(0.0, grown)


def _stuck(true: TrueSet, rep: TrueRep) -> tuple[float, float] | None:
    """Return the least speed between two bursts and the share of the way where it is; None without two bursts."""
    if rep.lockout_s is None:
        return None
    height = true.truth.bar_m[:, 1]
    up = np.flatnonzero(true.during(rep.lift_off_s, rep.lockout_s))
    speed = np.gradient(height, true.time_s)[up]
    before, after = np.maximum.accumulate(speed), np.maximum.accumulate(speed[::-1])[::-1]
    lost = before - speed
    deep = np.flatnonzero((lost >= _STICKS * before) & (after - speed >= _REGAINS * lost))
    if not deep.size:
        return None
    at = int(deep[np.argmax(lost[deep])])
    share = (height[up[at]] - rep.rest_m) / (true.at(height, rep.lockout_s) - rep.rest_m)
    return float(speed[at]), float(share)


def _sticking(place: int) -> RepTruthOf:
    def told(true: TrueSet, rep: TrueRep) -> float | None:
        found = _stuck(true, rep)
        # Whether a shallow dip counts is a threshold's matter: a value there is no mistake.
        return UNTOLD if found is None else found[place]

    return told


def _short(joint: str) -> RepTruthOf:
    """Return the truth of how far a joint is from the lifter's own standing while the bar is held at the top."""

    def told(true: TrueSet, rep: TrueRep) -> float | None:
        top = _held(true, rep, joint)
        return None if top is None else _standing(true, joint) - top

    return told


def _standing(true: TrueSet, joint: str) -> float:
    return float(np.median(angle_of(joint, true.near_m)[true.time_s <= _STANDS_S]))


def _lean_back(true: TrueSet, rep: TrueRep) -> float | None:
    top = _held(true, rep, "trunk")
    return None if top is None else top - _standing(true, "trunk")


def _held(true: TrueSet, rep: TrueRep, joint: str) -> float | None:
    """Return the median of an angle from lockout until the bar starts down, else of half a second."""
    if rep.lockout_s is None:
        return None
    end_s = rep.lockout_s + _UNENDED_S if rep.lowering_s is None else rep.lowering_s
    return float(np.median(angle_of(joint, true.near_m)[true.during(rep.lockout_s, end_s)]))


def _going_down(pick: Callable[[TrueSet, TrueRep, float, float], float | None]) -> RepTruthOf:
    """Return the truth of something about the way down; None when it does not end in the clip."""

    def told(true: TrueSet, rep: TrueRep) -> float | None:
        if rep.lowering_s is None or rep.floor_s is None or rep.lockout_s is None:
            return None
        return pick(true, rep, rep.lowering_s, rep.floor_s)

    return told


def _mean_down(true: TrueSet, rep: TrueRep, start_s: float, end_s: float) -> float:
    top_m = true.at(true.truth.bar_m[:, 1], rep.stops_s)
    return (top_m - rep.rest_m) / (end_s - start_s)


def _peak_down(true: TrueSet, rep: TrueRep, start_s: float, end_s: float) -> float:
    _ = rep
    return float(-np.gradient(true.truth.bar_m[:, 1], true.time_s)[true.during(start_s, end_s)].min())


def _touch_speed(true: TrueSet, rep: TrueRep, start_s: float, end_s: float) -> float | None:
    height = true.truth.bar_m[:, 1]
    down = np.flatnonzero(true.during(start_s, end_s))
    low = down[height[down] - rep.rest_m <= _TOUCH_M]
    return float(-np.gradient(height, true.time_s)[low[0]]) if low.size else None


def _landing_speed(true: TrueSet, rep: TrueRep) -> float | None:
    """Return the speed at the floor of the rep before."""
    before = true.before(rep)
    return None if before is None or true.hangs(rep) else _going_down(_touch_speed)(true, before)


def _knee_break(true: TrueSet, rep: TrueRep, start_s: float, end_s: float) -> float | None:
    knee, height = angle_of("knee", true.near_m), true.truth.bar_m[:, 1]
    bend = true.at(knee, start_s) - true.at(knee, end_s)
    if bend < _LEAST_TURN_RAD:
        return UNTOLD
    down = np.flatnonzero(true.during(start_s, end_s))
    bent = down[true.at(knee, start_s) - knee[down] >= _BROKEN * bend]
    if not bent.size:
        return None
    return float((height[bent[0]] - rep.rest_m) / (true.at(height, rep.stops_s) - rep.rest_m))


#: Per rep: the measure's id → its truth.
FORM_TRUTHS: Mapping[str, RepTruthOf] = {
    "shank_lift_off": angle_truth("shank", "lift_off"),
    "shoulders_ahead": _shoulders_ahead,
    "bar_over_foot": _bar_over_foot,
    "slack_hip_rise": _slack,
    "trunk_dip": _trunk_dip,
    "knee_share": _knee_share,
    "bar_drift_share": _drift_share,
    "lever_growth": _lever_growth,
    "sticking_speed": _sticking(0),
    "sticking_height": _sticking(1),
    "knee_short": _short("knee"),
    "hip_short": _short("hip"),
    "lean_back": _lean_back,
    "lowering_speed": _going_down(_mean_down),
    "lowering_peak_speed": _going_down(_peak_down),
    "touch_speed": _going_down(_touch_speed),
    "landing_speed": _landing_speed,
    "knee_break_height": _going_down(_knee_break),
}


def _trunks(true: TrueSet) -> list[float]:
    return [true.at(angle_of("trunk", true.near_m), rep.lift_off_s) for rep in true.reps if rep.is_completed]


def _set_up_creep(true: TrueSet) -> float | None:
    """Return how much more upright the trunk is at the last lift-off than at the first, along a straight line."""
    trunks = _trunks(true)
    if len(trunks) < 2:
        return None
    return float(np.polyfit(np.arange(len(trunks)), trunks, 1)[0]) * (len(trunks) - 1)


def _set_up_spread(true: TrueSet) -> float | None:
    trunks = _trunks(true)
    return float(np.ptp(trunks)) if len(trunks) >= 2 else None


#: Of the whole set: the measure's id → its truth.
FORM_SET_TRUTHS: Mapping[str, SetTruthOf] = {"set_up_creep": _set_up_creep, "set_up_spread": _set_up_spread}
