"""How fast the bar goes up, how long each part of the rep lasts, and where it is slowest."""

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form.angles import EVENT_S
from lumbar.form.definition import OURS, VELOCITY, Measure
from lumbar.form.moments import Moments
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

#: Noise of a peak speed, m/s.
PEAK_M_PER_S = 0.02
#: A stretch is a sticking region when the bar loses this share of the speed it had reached, and regains half of
#: what it lost: engineering rules, well above the noise of a speed.
_STICKS, _REGAINS = 0.20, 0.5
#: Of a Romanian pull.
NO_FLOOR = "The bar turns round in the air, so it does not meet the floor between reps."
_SMOOTH = "The bar speeds up and slows down once, without a slower stretch between."

MEASURES = (
    Measure(
        "mean_concentric_velocity", "Mean speed up", "m/s",
        "How far the bar rises from lift-off to lockout, over the time that takes.",
        VELOCITY, grade="A", usual="0.14 ± 0.05 m/s in a maximal deadlift (Helms 2017).",
        least=0.0, most=2.5,
    ),
    Measure(
        "peak_concentric_velocity", "Peak speed up", "m/s",
        "The bar's highest upward speed between lift-off and lockout.", VELOCITY, least=0.0, most=4.0,
    ),
    Measure(
        "sticking_speed", "Slowest stretch", "m/s",
        "The bar's lowest speed between its first and its second burst: the sticking region.",
        "Hales 2009, J Strength Cond Res 23:2574 (sticking region of the deadlift)",
        grade="A", usual="0.20 m/s in maximal competition deadlifts (Hales 2009).", least=-0.5, most=2.0,
        missing="Missing where the bar has no slower stretch on its way.",
    ),
    Measure(
        "sticking_height", "Slowest stretch, height", "1",
        "How much of its way the bar has risen where it is slowest, from its rest to lockout.",
        "Hales 2009, J Strength Cond Res 23:2574 (sticking region of the deadlift)", grade="B",
        least=0.0, most=1.0, missing="Missing where the bar has no slower stretch on its way.",
    ),
    Measure(
        "concentric_duration", "Time up", "s",
        "From lift-off (the bar is 1 cm above its rest) to lockout (it has stopped rising near its top).",
        OURS, usual="4.08 ± 0.86 s in maximal competition deadlifts (Escamilla 2000).", least=0.0, most=30.0,
    ),
    Measure("hold_duration", "Time at the top", "s", "From lockout until the bar starts down.", OURS, "lockout",
            least=0.0, missing="Missing when the clip ends before the bar starts down."),
    Measure("pause_duration", "Rest before", "s", "From the rep before touching down to this lift-off.", OURS,
            "rest", least=0.0,
            missing="Missing for the first rep, for reps that start hanging, and when the bar was lost."),
)  # fmt: skip


def measure_speed(motion: Motion, rep: Rep, moments: Moments, before: Rep | None) -> dict[str, Measured]:
    """Return the measures of this module by id, in SI units."""
    speed, height = _sticking(motion, rep, moments)
    return {
        "mean_concentric_velocity": _mean(motion, rep),
        "peak_concentric_velocity": _peak(motion, moments),
        "sticking_speed": speed,
        "sticking_height": height,
        "concentric_duration": around(rep.lockout_s - rep.lift_off_s, EVENT_S * np.sqrt(2)),
        "hold_duration": between(around(rep.lockout_s, EVENT_S), rep.lowering_s),
        "pause_duration": _pause(rep, before),
    }


def scale_ratio(motion: Motion) -> float:
    """Return how wrong the bar's scale may be, as a share."""
    plate = motion.scale.plate_m_per_px
    return plate.half_width / plate.value


def widened(value: float, share_ratio: float, noise: float) -> Estimate:
    """Return a value whose range has a part in proportion to it and one that is not, both independent."""
    return around(value, float(np.hypot(value * share_ratio, noise)))


def between(start: Measured, end: Measured) -> Measured:
    """Return the time between two events; Missing when either is."""
    if isinstance(start, Missing):
        return start
    if isinstance(end, Missing):
        return end
    margin = np.hypot(start.half_width, end.half_width)
    value = max(0.0, end.value - start.value)
    return Estimate(value, max(0.0, value - float(margin)), value + float(margin))


def _mean(motion: Motion, rep: Rep) -> Measured:
    duration_s = rep.lockout_s - rep.lift_off_s
    ratio = np.hypot(scale_ratio(motion), EVENT_S * np.sqrt(2) / duration_s)
    known = np.isfinite(motion.bar_m[:, 1])
    off_m, locked_m = np.interp([rep.lift_off_s, rep.lockout_s], motion.time_s[known], motion.bar_m[known, 1])
    return widened(float((locked_m - off_m) / duration_s), float(ratio), 0.0)


def _peak(motion: Motion, moments: Moments) -> Measured:
    peak = float(np.nanmax(motion.bar_speed_m_per_s[moments.up, 1]))
    return widened(peak, scale_ratio(motion), PEAK_M_PER_S)


def _pause(rep: Rep, before: Rep | None) -> Measured:
    if rep.starts_hanging:
        return Missing(NO_FLOOR)
    if before is None:
        return Missing("This is the first rep.")
    return between(before.floor_s, around(rep.lift_off_s, EVENT_S))


def _sticking(motion: Motion, rep: Rep, moments: Moments) -> tuple[Measured, Measured]:
    """Return the lowest speed between two bursts, and the share of the way at which it is."""
    index = np.flatnonzero(moments.up & np.isfinite(motion.bar_speed_m_per_s[:, 1]))
    speed = motion.bar_speed_m_per_s[index, 1]
    slowest = _valley(speed) if len(speed) >= 5 else None
    if slowest is None:
        return Missing(_SMOOTH), Missing(_SMOOTH)
    share = (motion.bar_m[index[slowest], 1] - rep.rest_m) / (rep.top_m - rep.rest_m)
    # Around its lowest the speed is flat: where it lies is known to the stretch that is within the noise.
    flat = np.abs(speed - speed[slowest]) <= PEAK_M_PER_S
    heights = (motion.bar_m[index[flat], 1] - rep.rest_m) / (rep.top_m - rep.rest_m)
    low, high = (float(np.clip(end, 0, 1)) for end in (heights.min(), heights.max()))
    value = float(np.clip(share, low, high))
    return widened(float(speed[slowest]), scale_ratio(motion), PEAK_M_PER_S), Estimate(value, low, high)


def _valley(speed: Floats) -> int | None:
    """Return where the speed is lowest between two bursts, or None when there is one burst only."""
    before, after = np.maximum.accumulate(speed), np.maximum.accumulate(speed[::-1])[::-1]
    lost, regained = before - speed, after - speed
    deep = np.flatnonzero((lost >= _STICKS * before) & (lost >= 3 * PEAK_M_PER_S) & (regained >= _REGAINS * lost))
    return int(deep[np.argmax(lost[deep])]) if deep.size else None
