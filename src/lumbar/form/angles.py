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
#: Half widths of joint angles: 2.3° bias and 6.4° spread of this network's knee in side view (reference §10.1)
#: make 13° at 90 %; the hip moves with two segments, the trunk with one long one, shank and arm with one short.
_HALF_WIDTH_RAD = {
    "trunk": np.radians(10), "hip": np.radians(15), "knee": np.radians(13), "shank": np.radians(13),
    "arm": np.radians(10),
}  # fmt: skip
#: The same for the difference between two postures of one clip, where the error that stays all clip cancels:
#: design/form_ranges.py, on the tune split.
TURN_HALF_WIDTH_RAD = {
    "trunk": np.radians(8), "hip": np.radians(15), "knee": np.radians(12), "shank": np.radians(12),
    "arm": np.radians(8),
}  # fmt: skip
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
    near = angle[np.abs(motion.time_s - moment_s) <= _NEAR_S]
    if np.isfinite(near).sum() < 2:
        return Missing(_HIDDEN[joint])
    # While the joint turns, not knowing the moment is not knowing the angle.
    around_it = angle[np.abs(motion.time_s - moment_s) <= margin_s]
    turn = float(np.nanmax(around_it) - np.nanmin(around_it)) / 2 if np.isfinite(around_it).any() else 0.0
    return around(float(np.nanmedian(near)), float(np.hypot(_HALF_WIDTH_RAD[joint], turn)))


def turned(joint: Joint, first: Measured, second: Measured) -> Measured:
    """Return second − first (rad) of two angles of the same joint in one clip, whose shared error cancels."""
    if isinstance(first, Missing):
        return first
    if isinstance(second, Missing):
        return second
    return around(second.value - first.value, float(TURN_HALF_WIDTH_RAD[joint]))


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
    angle = motion.angle(joint)[standing(motion)]
    if np.isfinite(angle).sum() < 2:
        return Missing(NOT_STANDING)
    return around(float(np.nanmedian(angle)), float(_HALF_WIDTH_RAD[joint]))
