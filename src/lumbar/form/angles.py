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
#: An angle that is not known this near to an event (s) is not known at it.
_NEAR_S = 0.07
#: What a joint angle's standard deviation, as the fit has it, is multiplied by to make half of a 90 % range:
#: design/motion/fit_accuracy.py --calibrate, tune split, fast cases and rendered clips from 80° to 120°; those of
#: trunk and hip held 95 to 96 % in 60 fast cases with 1.645.
_HALF_WIDTHS = {"trunk": 1.5, "hip": 1.55, "knee": 1.645, "shank": 1.645, "arm": 1.645}
#: An angle whose standard deviation is larger than this says nothing of how somebody lifts: half of its range is
#: 30° and more (engineering rule).
MOST_SD_RAD = np.radians(18)
_WIDEST_RAD = 1.645 * MOST_SD_RAD
#: A difference between two postures of one clip: what both share cancels, and this share of the two deviations is
#: left. design/form_ranges.py, on a dozen clips of the tune split: 0.5 to 0.6 would have held 90 %.
_LEFT = {"trunk": 0.6, "hip": 0.6, "knee": 0.6, "shank": 0.6, "arm": 0.6}
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
#: So long (s) the bar counts as held at the top where it is not seen to leave it: engineering rule.
_UNENDED_S = 0.5
NOT_STANDING = (
    "You are not seen standing tall beside the resting bar, so your own straight posture is not known."
    " Stand tall for a second before you grip."
)


def angle_at(motion: Motion, joint: Joint, when_s: float | Measured) -> Measured:
    """Return an angle (rad) at an event; Missing where it is not known, or hardly."""
    if isinstance(when_s, Missing):
        return when_s
    if isinstance(motion.view_angle_rad, Missing):
        return motion.view_angle_rad
    moment_s, margin_s = (when_s.value, when_s.half_width) if isinstance(when_s, Estimate) else (when_s, EVENT_S)
    angle, spread = motion.angle(joint), motion.angle_sd(joint)
    known = np.isfinite(angle) & np.isfinite(spread)
    if not (known & (np.abs(motion.time_s - moment_s) <= _NEAR_S)).any():
        return Missing(_HIDDEN[joint])
    value = float(np.interp(moment_s, motion.time_s[known], angle[known]))
    own = _HALF_WIDTHS[joint] * float(np.interp(moment_s, motion.time_s[known], spread[known]))
    # While the joint turns, not knowing the moment is not knowing the angle.
    around_it = angle[known & (np.abs(motion.time_s - moment_s) <= margin_s)]
    turn = float(np.ptp(around_it)) / 2 if around_it.size else 0.0
    return Missing(_HIDDEN[joint]) if own > _WIDEST_RAD else around(value, float(np.hypot(own, turn)))


def angle_held(motion: Motion, joint: Joint, lockout_s: float, lowering_s: Measured) -> Measured:
    """Return the usual angle (rad) between lockout and when the bar starts down: its median.

    Bodies still straighten as the bar stops, so the moment of lockout itself says less of how somebody stands
    there. A bar that is not seen to leave counts as held for half a second; one that is not held has that moment.
    """
    end_s = lowering_s.value if isinstance(lowering_s, Estimate) else lockout_s + _UNENDED_S
    held = (motion.time_s >= lockout_s) & (motion.time_s <= end_s)
    return _usual(motion, joint, held) or angle_at(motion, joint, lockout_s)


def turned(joint: Joint, first: Measured, second: Measured) -> Measured:
    """Return second − first (rad) of two angles of the same joint in one clip, whose shared error cancels."""
    if isinstance(first, Missing):
        return first
    if isinstance(second, Missing):
        return second
    return around(second.value - first.value, float(_LEFT[joint] * np.hypot(first.half_width, second.half_width)))


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
    return _usual(motion, joint, standing(motion)) or Missing(NOT_STANDING)


def _usual(motion: Motion, joint: Joint, during: Bools) -> Measured | None:
    """Return the median of an angle (rad) over frames; None where it is known in fewer than two."""
    if isinstance(motion.view_angle_rad, Missing):
        return motion.view_angle_rad
    angle, spread = motion.angle(joint), motion.angle_sd(joint)
    known = during & np.isfinite(angle) & np.isfinite(spread)
    if known.sum() < 2:
        return None
    own = _HALF_WIDTHS[joint] * float(np.median(spread[known]))
    return Missing(_HIDDEN[joint]) if own > _WIDEST_RAD else around(float(np.median(angle[known])), own)
