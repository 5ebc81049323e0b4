"""How the lifter stands and holds when the bar leaves the floor, and what moved just before."""

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Measured, Missing, around
from lumbar.form.angles import Joint, angle_at
from lumbar.form.definition import COACHING, ESCAMILLA, OURS, Grade, Measure
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

#: How long before lift-off the slack is looked for, s; a touch-and-go rep has less. An engineering rule.
_SLACK_S = 0.8
#: A landmark's own noise after smoothing, m (vision.md §3: 1 to 2 % of the trunk, and the hip's bias moves).
LANDMARK_M = 0.015
#: A normal deviation that 90 % stay within.
_NINETY = 1.645
#: What is read at lift-off is the median over this long on both sides; from a deviation to a 90 % range.
_NEAR_S, _P90 = 0.07, 1.645
_UNPLACED = "How far the bar is from your feet cannot be read: your feet are not seen, or the view shows no side."
_DEG = np.pi / 180


def _angle(joint: str, name: str, meaning: str, *, grade: Grade, usual: str) -> Measure:
    return Measure(
        f"{joint}_lift_off", f"{name} at lift-off", "rad", f"{meaning}, at lift-off.", ESCAMILLA, "set-up", grade,
        usual, missing="Missing when the plate hides a joint that it needs, or the view is too far off the side.",
    )  # fmt: skip


MEASURES = (
    _angle("trunk", "Trunk", "The line from hip to shoulder above the horizontal; 90° is upright", grade="A",
           usual="24 ± 10° (Escamilla 2000) and 17 ± 7° (McGuigan 1996) in conventional pulls, "
                 "5–10° more in sumo."),
    _angle("hip", "Hip", "The inner angle between trunk and thigh; 180° is straight", grade="A",
           usual="72 ± 12° (Escamilla 2000), 67 ± 5° (McGuigan 1996) in conventional pulls."),
    _angle("knee", "Knee", "The inner angle between thigh and shank; 180° is straight", grade="A",
           usual="124 ± 9° (Escamilla 2000), 111–124° across seven studies; sumo about 126°."),
    _angle("shank", "Shin", "The line from ankle to knee above the horizontal; 90° is vertical", grade="A",
           usual="76 ± 5° (Escamilla 2000)."),
    Measure(
        "shoulders_ahead", "Shoulders ahead of the bar", "m",
        "How far the shoulder is in front of the bar, level with the floor, at lift-off; "
        "negative is behind it.", COACHING, "set-up", "C", "A little ahead of the bar in conventional pulls.",
        least=-0.35, most=0.45, missing="Missing when the shoulder is hidden.", leads=False,
    ),
    Measure(
        "bar_over_foot", "Bar ahead of mid-foot", "m",
        "How far the bar is in front of the middle between heel and toe, level with the floor, at lift-off.",
        COACHING, "set-up", "C", "Over the middle of the foot.", least=-0.3, most=0.4,
        missing="Missing when the feet are not seen, and from views that do not show the side.", leads=False,
    ),
    Measure(
        "slack_hip_rise", "Hip rise before lift-off", "m",
        "How far the hip rises in the 0.8 s before the bar leaves the floor.", OURS, "set-up", least=-0.3,
        most=0.5, missing="Missing for touch-and-go and Romanian reps and when the hip is hidden.", leads=False,
    ),
)  # fmt: skip
_ANGLES: tuple[Joint, ...] = ("trunk", "hip", "knee", "shank")


def measure_set_up(motion: Motion, rep: Rep, before: Rep | None) -> dict[str, Measured]:
    """Return the measures of this module by id, in metres and radians."""
    return {
        **{f"{joint}_lift_off": angle_at(motion, joint, rep.lift_off_s) for joint in _ANGLES},
        "shoulders_ahead": _shoulders_ahead(motion, rep),
        "bar_over_foot": _bar_over_foot(motion, rep),
        "slack_hip_rise": _slack(motion, rep, before),
    }


def _shoulders_ahead(motion: Motion, rep: Rep) -> Measured:
    if isinstance(motion.view_angle_rad, Missing):
        return motion.view_angle_rad
    near = np.abs(motion.time_s - rep.lift_off_s) <= _NEAR_S
    ahead = _median_m(motion.point("shoulder")[near, 0] - motion.bar_m[near, 0])
    spread = _median_m(np.hypot(motion.point_sd("shoulder")[near, 0], motion.bar_sd_m[near, 0]))
    if ahead is None or spread is None:
        return Missing("Your shoulder is hidden when the bar leaves the floor.")
    return around(ahead, _P90 * spread)


def _bar_over_foot(motion: Motion, rep: Rep) -> Measured:
    if isinstance(motion.view_angle_rad, Missing):
        return motion.view_angle_rad
    near = np.abs(motion.time_s - rep.lift_off_s) <= _NEAR_S
    middle = (motion.point("heel") + motion.point("toe"))[near, 0] / 2
    ahead = _median_m(motion.bar_m[near, 0] - middle)
    ends = np.hypot(motion.point_sd("heel")[near, 0], motion.point_sd("toe")[near, 0]) / 2
    spread = _median_m(np.hypot(ends, motion.bar_sd_m[near, 0]))
    if ahead is None or spread is None:
        return Missing(_UNPLACED)
    return around(ahead, _P90 * spread)


def _median_m(values_m: Floats) -> float | None:
    """Return the median of the known numbers; None when hardly any is."""
    known = values_m[np.isfinite(values_m)]
    return float(np.median(known)) if known.size >= 2 else None


def _slack(motion: Motion, rep: Rep, before: Rep | None) -> Measured:
    """Return how far the hip rises from its lowest place in the last moments before lift-off until then."""
    if rep.starts_hanging:
        return Missing("The bar hangs from your hands when this rep starts: there is no slack to take out.")
    start_s = rep.lift_off_s - _SLACK_S
    if before is not None and (isinstance(before.floor_s, Missing) or before.floor_s.value > start_s):
        return Missing("The bar rests too briefly before this rep to tell what moves before it leaves the floor.")
    waiting = (motion.time_s >= start_s) & (motion.time_s <= rep.lift_off_s)
    height = motion.point("hip")[waiting, 1]
    known = np.isfinite(height)
    if known.sum() < 0.8 * len(height) or known.sum() < 4:
        return Missing("Your hip is hidden before the bar leaves the floor.")
    return around(float(height[known][-1] - np.nanmin(height)), _NINETY * LANDMARK_M * float(np.sqrt(2)))
