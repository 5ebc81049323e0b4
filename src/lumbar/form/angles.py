"""Joint angles at a moment, and how far they turned between two, with ranges.

The only place of ``form`` that knows how wrong an angle may be.
"""

from typing import Literal

import numpy as np

from lumbar.arrays import Bools
from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.motion.motion import Motion

Joint = Literal["trunk", "hip", "knee", "shank", "arm"]

#: An event lies between frames, and the smoother rounds it off: about this, each.
EVENT_S = 0.05
#: An angle is the median over this long on both sides of a moment.
_NEAR_S = 0.07
#: From one standard deviation to the half width of a 90 % range.
_P90 = 1.645
#: A difference between two postures of one clip: what both share cancels, and this share of the two deviations is
#: left. design/form_ranges.py, on the tune split.
_LEFT = {"trunk": 1.0, "hip": 1.0, "knee": 1.0, "shank": 1.0, "arm": 1.0}
#: An angle less sure than this is not printed, rad (standard deviation): it could be anything.
_MOST_SD_RAD = np.radians(20)
_HIDDEN = {
    "trunk": "The plate hides your hip at this moment. Film from one step behind your side.",
    "hip": "The plate hides your hip or knee at this moment. Film from one step behind your side.",
    "knee": "The plate hides your knee at this moment. Film from one step behind your side.",
    "shank": "The plate hides your knee or foot at this moment. Film from one step behind your side.",
    "arm": "Your shoulder or hand is hidden at this moment. Film from your side or one step behind it.",
}

# Engineering rules of what counts as standing.
#: The bar lies on the floor, and the trunk and the knee are this close to straight, for this long.
_LYING_M, _UPRIGHT_RAD, _STRAIGHT_RAD, _LEAST_S = 0.05, np.radians(72), np.radians(155), 0.3
_NEAR_TALLEST_RAD = np.radians(8)
NOT_STANDING = (
    "You are not seen standing tall beside the resting bar, so your own straight posture is not known."
    " Stand tall for a second before you grip."
)


def angle_at(motion: Motion, joint: Joint, when_s: float | Measured) -> Measured:
    """Return an angle (rad) at an event: the median over the frames around it."""
    if isinstance(when_s, Missing):
        return when_s
    if isinstance(motion.view_angle_rad, Missing):
        return motion.view_angle_rad
    moment_s, margin_s = (when_s.value, when_s.half_width) if isinstance(when_s, Estimate) else (when_s, EVENT_S)
    angle = motion.angle(joint)
    near = np.abs(motion.time_s - moment_s) <= _NEAR_S
    sd = spread_rad(motion, joint, near)
    if sd is None:
        return Missing(_HIDDEN[joint])
    # While the joint turns, not knowing the moment is not knowing the angle.
    around_it = angle[np.abs(motion.time_s - moment_s) <= margin_s]
    turn = float(np.nanmax(around_it) - np.nanmin(around_it)) / 2 if np.isfinite(around_it).any() else 0.0
    return around(float(np.nanmedian(angle[near])), float(np.hypot(_P90 * sd, turn)))


def turned(joint: Joint, first: Measured, second: Measured) -> Measured:
    """Return second − first (rad) of two angles of the same joint in one clip, whose shared error cancels."""
    if isinstance(first, Missing):
        return first
    if isinstance(second, Missing):
        return second
    return around(second.value - first.value, float(_LEFT[joint] * np.hypot(first.half_width, second.half_width)))


def spread_rad(motion: Motion, joint: Joint, when: Bools) -> float | None:
    """Return the usual standard deviation (rad) of an angle in these frames, None where it is not known."""
    known = when & np.isfinite(motion.angle(joint)) & np.isfinite(motion.angle_sd(joint))
    if known.sum() < 2:
        return None
    sd = float(np.median(motion.angle_sd(joint)[known]))
    return sd if sd <= _MOST_SD_RAD else None


def standing(motion: Motion) -> Bools:
    """Return the frames in which the lifter stands tall while the bar lies still, (time,); none may be."""
    trunk, knee = motion.angle("trunk"), motion.angle("knee")
    with np.errstate(invalid="ignore"):
        lies = motion.bar_m[:, 1] < _LYING_M
        tall = lies & (trunk > _UPRIGHT_RAD) & (knee > _STRAIGHT_RAD)
        if tall.any():
            tall &= trunk > float(np.median(trunk[tall])) - _NEAR_TALLEST_RAD
    step_s = float(np.median(np.diff(motion.time_s))) if len(motion.time_s) > 1 else 1.0
    return np.asarray(tall if tall.sum() * step_s >= _LEAST_S else np.zeros(len(tall), dtype=bool))


def angle_standing(motion: Motion, joint: Joint) -> Measured:
    """Return the lifter's own angle (rad) when they stand tall beside the bar."""
    if isinstance(motion.view_angle_rad, Missing):
        return motion.view_angle_rad
    tall = standing(motion)
    sd = spread_rad(motion, joint, tall)
    if sd is None:
        return Missing(NOT_STANDING)
    return around(float(np.nanmedian(motion.angle(joint)[tall])), _P90 * sd)
