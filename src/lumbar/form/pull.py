"""From lift-off to lockout: do hips and shoulders rise together, does the bar stay close, what is done by when."""

import numpy as np

from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form.angles import Joint, angle_at, turned
from lumbar.form.definition import COACHING, ESCAMILLA, Grade, Measure
from lumbar.form.moments import Moments
from lumbar.form.set_up import LANDMARK_M
from lumbar.form.speed import scale_ratio, widened
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep
from lumbar.motion.smooth import runs

#: Noise of a place of the bar, m.
PLACE_M = 0.005
#: A phone is rarely level: this much roll tilts a straight path sideways.
_ROLL_RAD = np.radians(2.0)
#: The bar rests when it is this low and this slow, for this many frames.
_LYING_M, _LYING_M_PER_S, _REST_FRAMES = 0.05, 0.15, 8
#: The set-up begins this long before lift-off; what is smoothed mixes its last part with the pull. Where there is
#: none, the trunk's angle is that of this long about lift-off. Engineering rules.
_SET_UP_S, _UNTOUCHED_S, _TURN_S = 0.50, 0.20, 0.07
#: The trunk's deepest place is looked for over this much of the bar's way: after it, the trunk rises in any pull.
DIP_WAY = 0.45
#: L5/S1 lies this share of the way from hip to shoulder (reference/biomechanics §3.1 and F3: 0.094 of 0.5155).
L5_SHARE = 0.094 / 0.5155
#: Half width at 90 % of what is read off moving landmarks: design/form_ranges.py, on the tune split.
LEVER_M = 0.030
#: What is smoothed plays a dip down. By how much, and half of a 90 % range, of any dip and by its depth: 72 pulls
#: with a dip of 1.5 to 15° and 48 with none (design/form_dips.py: 1.2 to 1.3), 87 and 229 of clips in which
#: everything else varies, too (design/tune_accuracy.py: 0.95 to 1.2); tune split, without pictures.
_DIP_GAIN, _DIP_RAD, _DIP_RATIO = 1.15, np.radians(2.5), 0.42


def _angle(joint: str, name: str, meaning: str, *, grade: Grade = "A", usual: str = "") -> Measure:
    return Measure(
        f"{joint}_knee_pass", f"{name} when the bar passes the knee", "rad",
        f"{meaning}, when the bar passes the knee.", ESCAMILLA, "pull", grade, usual,
        missing="Missing when a joint that it needs is hidden, or the moment is not known.",
    )  # fmt: skip


MEASURES = (
    Measure(
        "range_of_motion", "Bar travel", "m", "How far the bar rises from its rest to where it is held.",
        "Escamilla 2000: 26.0 ± 2.3 % of stature in conventional pulls", grade="A",
        usual="26.0 ± 2.3 % of stature in conventional pulls, a fifth less in sumo (Escamilla 2000).",
        least=0.0, most=1.1,
    ),
    Measure(
        "hip_shoulder_rise_ratio", "Hips over shoulders", "1",
        "How far the hips rise over how far the shoulders rise, while the bar rises its first 30 %.", COACHING,
        grade="C", usual="Near or under 1; no published norm.", least=-2.0, most=20.0,
        missing="Missing when the hip is hidden, or the shoulders hardly rise.",
    ),
    Measure(
        "trunk_dip", "Trunk tips forward", "rad",
        "How far the trunk sinks below its angle in the set-up (0.5 to 0.2 s before lift-off) until the bar "
        "has risen 45 % of its way; 0 when it only rises. It sinks when the hips rise ahead of the shoulders.",
        COACHING, grade="C",
        usual="0 to 5°: trained lifters raise hips and shoulders together.", least=0.0, most=0.9,
        missing="Missing when hip or shoulder are hidden while the bar leaves the floor.",
    ),
    Measure(
        "knee_share", "Knees done by knee pass", "1",
        "How much of the knees' straightening between lift-off and lockout is done when the bar passes them.",
        "Escamilla 2000, Med Sci Sports Exerc 32:1265: 56° to 19° of flexion", grade="A",
        usual="About 66 % (Escamilla 2000); knees first, then hips, is normal (Hales 2009).", least=-0.3, most=1.6,
        missing="Missing when the knee is hidden at one of the three moments, or straightens too little.",
    ),
    Measure(
        "bar_drift", "Bar drift", "m", "The widest horizontal spread of the bar's path from lift-off to lockout.",
        COACHING, grade="C", usual="Under 4 % of stature is called good by coaches.", least=0.0, most=0.6,
    ),
    Measure(
        "bar_drift_share", "Bar drift, of stature", "1", "The bar's drift over the lifter's height.", COACHING,
        grade="C", usual="Under 2 % very good, 2–4 % good, 4–6 % watch, over 6 % far (coaching bands).", least=0.0,
        most=0.35, missing="Missing when the height is neither given nor to be seen.",
    ),
    Measure(
        "lever_growth", "Bar leaves the lower back", "m",
        "How much farther in front of L5/S1 the bar comes after lift-off than it was at lift-off; L5/S1 is taken "
        "18 % of the way from hip to shoulder. 0 when it only comes closer.",
        "Derived from reference posture F5: each millimetre adds about 0.26 % to the lift-off moment", grade="E",
        usual="0: in a good pull the bar comes closer from the start.", least=0.0, most=0.4,
        missing="Missing when hip or shoulder are hidden in the first half of the pull.", leads=False,
    ),
    _angle("trunk", "Trunk", "The line from hip to shoulder above the horizontal; 90° is upright"),
    _angle("hip", "Hip", "The inner angle between trunk and thigh; 180° is straight"),
    _angle("knee", "Knee", "The inner angle between thigh and shank; 180° is straight",
           usual="About 161° (19° of flexion, Escamilla 2000)."),
)  # fmt: skip
_ANGLES: tuple[Joint, ...] = ("trunk", "hip", "knee")


def measure_pull(motion: Motion, rep: Rep, moments: Moments, before: Rep | None) -> dict[str, Measured]:
    """Return the measures of this module by id, in metres, radians and shares."""
    drift = _drift(motion, moments)
    return {
        "range_of_motion": widened(rep.top_m - rep.rest_m, scale_ratio(motion), PLACE_M),
        "hip_shoulder_rise_ratio": _rise_ratio(motion, moments),
        "trunk_dip": _dip(motion, rep, moments, before),
        "knee_share": _knee_share(motion, rep),
        "bar_drift": drift,
        "bar_drift_share": _of_stature(motion, drift),
        "lever_growth": _lever_growth(motion, rep, moments),
        **{f"{joint}_knee_pass": angle_at(motion, joint, rep.knee_pass_s) for joint in _ANGLES},
    }


def _drift(motion: Motion, moments: Moments) -> Measured:
    path = motion.bar_m[moments.up & np.isfinite(motion.bar_m).all(axis=1)]
    spread, travel = float(np.ptp(path[:, 0])), float(np.ptp(path[:, 1]))
    parts = (
        travel * np.sin(_ROLL_RAD),
        spread * scale_ratio(motion),
        PLACE_M,
        1.645 * np.sqrt(2) * sway_m(motion),
    )
    margin = float(np.linalg.norm(parts))
    return Estimate(spread, max(0.0, spread - margin), spread + margin)


def sway_m(motion: Motion) -> float:
    """Return how far the bar seems to wander sideways while it lies on the floor: the sway of a hand-held phone.

    The standard deviation over all rests of the clip, each about its own mean; 0 where the bar never rests.
    """
    lying = (motion.bar_m[:, 1] < _LYING_M) & (np.abs(motion.bar_speed_m_per_s[:, 1]) < _LYING_M_PER_S)
    rests = [motion.bar_m[start:stop, 0] for start, stop in runs(motion.time_s, lying)]
    left = [rest - rest.mean() for rest in rests if len(rest) >= _REST_FRAMES]
    return float(np.concatenate(left).std()) if left else 0.0


def stature_m(motion: Motion) -> Measured:
    """Return the lifter's height as it is seen, or as it was given."""
    scale = motion.scale
    if isinstance(scale.stature_px, Missing):
        return Missing("Your height is not known: say it, or let the whole of you be seen standing.")
    value = scale.stature_px.value * scale.body_m_per_px.value
    ratio = scale.body_m_per_px.half_width / scale.body_m_per_px.value
    return widened(value, ratio, 0.0)


def _of_stature(motion: Motion, drift: Measured) -> Measured:
    stature = stature_m(motion)
    if isinstance(stature, Missing) or isinstance(drift, Missing):
        return stature if isinstance(stature, Missing) else drift
    value = drift.value / stature.value
    ratio = stature.half_width / stature.value
    low, high = drift.low / stature.value, drift.high / stature.value
    return Estimate(
        value,
        max(0.0, value - np.hypot(value - low, value * ratio)),
        value + np.hypot(high - value, value * ratio),
    )


def _rise_ratio(motion: Motion, moments: Moments) -> Measured:
    """Return the hips' rise over the shoulders' while the bar rises its first 30 %."""
    hip, shoulder = motion.point("hip")[moments.early, 1], motion.point("shoulder")[moments.early, 1]
    both = np.isfinite(hip) & np.isfinite(shoulder)
    if both.sum() < 4:
        return Missing("The plate hides your hip while the bar leaves the floor.")
    hips = float(hip[both][-1] - hip[both][0])
    shoulders = float(shoulder[both][-1] - shoulder[both][0])
    if shoulders < 3 * LANDMARK_M:
        return Missing("Your shoulders rise too little at first to compare the hips with them.")
    value = hips / shoulders
    margin = LANDMARK_M * np.sqrt(2) * np.hypot(1, value) / shoulders
    return around(value, float(margin))


def _dip(motion: Motion, rep: Rep, moments: Moments, before: Rep | None) -> Measured:
    """Return how far the trunk sinks below its angle in the set-up, until the bar is on its way."""
    if isinstance(motion.view_angle_rad, Missing):
        return motion.view_angle_rad
    start_rad = _trunk_set_up(motion, rep, before)
    index = np.flatnonzero(moments.up)
    with np.errstate(invalid="ignore"):
        index = index[(motion.bar_m[index, 1] - rep.rest_m) <= DIP_WAY * (rep.top_m - rep.rest_m)]
    trunk = motion.trunk_seen_rad[index]
    if not np.isfinite(start_rad) or np.isfinite(trunk).sum() < max(4, 0.6 * len(index)):
        return Missing("Your hip or shoulder is hidden while the bar leaves the floor.")
    dip = _DIP_GAIN * max(0.0, start_rad - float(np.nanpercentile(trunk, 5)))
    half = float(np.hypot(_DIP_RAD, _DIP_RATIO * dip))
    return Estimate(dip, max(0.0, dip - half), dip + half)


def _trunk_set_up(motion: Motion, rep: Rep, before: Rep | None) -> float:
    """Return the trunk's angle just before lift-off, or at it where the bar did not lie still; NaN if not seen."""
    since_s = motion.time_s - rep.lift_off_s
    start_s = -_SET_UP_S
    if before is not None and isinstance(before.floor_s, Estimate):
        start_s = max(start_s, before.floor_s.value - rep.lift_off_s)
    known = np.isfinite(motion.trunk_seen_rad)
    still = known & (since_s >= start_s) & (since_s <= -_UNTOUCHED_S)
    if rep.starts_hanging or still.sum() < 3:
        still = known & (np.abs(since_s) <= _TURN_S)
    return float(np.median(motion.trunk_seen_rad[still])) if still.any() else np.nan


def _knee_share(motion: Motion, rep: Rep) -> Measured:
    start, end = angle_at(motion, "knee", rep.lift_off_s), angle_at(motion, "knee", rep.lockout_s)
    passing = angle_at(motion, "knee", rep.knee_pass_s)
    whole, done = turned("knee", start, end), turned("knee", start, passing)
    if isinstance(whole, Missing) or isinstance(done, Missing):
        return whole if isinstance(whole, Missing) else done
    if whole.low <= 0 or whole.value < np.radians(20):
        return Missing("Your knees straighten too little between lift-off and lockout to share it out.")
    value = done.value / whole.value
    when = passing.half_width if isinstance(passing, Estimate) else 0.0
    margin = np.hypot(max(done.half_width, when), abs(value) * whole.half_width) / whole.value
    return around(value, float(margin))


def _lever_growth(motion: Motion, rep: Rep, moments: Moments) -> Measured:
    """Return the largest growth of the bar's distance ahead of L5/S1 after lift-off.

    Bar and body have their own origins, but how far each moves is known, so the change of their distance is.
    """
    if isinstance(motion.view_angle_rad, Missing):
        return motion.view_angle_rad
    hip, shoulder = motion.point("hip"), motion.point("shoulder")
    lever = motion.bar_m[:, 0] - (hip + L5_SHARE * (shoulder - hip))[:, 0]
    near = np.abs(motion.time_s - rep.lift_off_s) <= 0.07
    index = np.flatnonzero(moments.up)
    with np.errstate(invalid="ignore"):
        index = index[(motion.bar_m[index, 1] - rep.rest_m) <= 0.5 * (rep.top_m - rep.rest_m)]
    known = np.isfinite(lever[index])
    if (
        np.isfinite(lever[near]).sum() < 2
        or known.sum() < 0.6 * len(index)
        or not runs(motion.time_s[index], known)
    ):
        return Missing("Your hip or shoulder is hidden in the first half of the pull.")
    growth = max(0.0, float(np.nanpercentile(lever[index], 95)) - float(np.nanmedian(lever[near])))
    return Estimate(growth, max(0.0, growth - LEVER_M), growth + LEVER_M)
