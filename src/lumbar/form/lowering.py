"""The way down: how fast, where the knees bend, and how the bar meets the floor."""

import numpy as np

from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form.angles import angle_at
from lumbar.form.definition import COACHING, OURS, Measure
from lumbar.form.moments import Moments, moments_of
from lumbar.form.speed import NO_FLOOR, PEAK_M_PER_S, between, scale_ratio, widened
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

#: The bar's speed is read this high above its rest, m: lower down the smoother mixes it with the rest.
_TOUCH_M = 0.05
#: The knees have broken when they have done this share of their bending on the way down.
_BROKEN = 0.25
_LOST = "Missing when the clip ends, or the bar is lost, before it is back down."

#: A falling bar is at its fastest for a tenth of a second: the smoothing takes up to this share off its peak, more
#: at few frames per second. An engineering rule.
_BRIEF = 0.06
MEASURES = (
    Measure("lowering_duration", "Time down", "s",
            "From when the bar starts down until it is back at rest.", OURS, "lowering", least=0.0, most=20.0,
            missing=_LOST),
    Measure("lowering_speed", "Mean speed down", "m/s",
            "How far the bar falls from the start of the lowering to the floor, over the time that takes.",
            OURS, "lowering", least=0.0, most=4.0, missing=_LOST),
    Measure("lowering_peak_speed", "Peak speed down", "m/s", "The bar's highest downward speed.", OURS, "lowering",
            usual="A bar let go from 0.5 m reaches 3.1 m/s.", least=0.0, most=5.0, missing=_LOST),
    Measure("touch_speed", "Speed at the floor", "m/s",
            "The bar's downward speed 5 cm above its rest.", OURS, "lowering", least=0.0, most=5.0, missing=_LOST),
    Measure("landing_speed", "Speed at the floor before", "m/s",
            "The bar's downward speed 5 cm above its rest at the end of the rep before this one.", OURS, "rest",
            least=0.0, most=5.0, missing="Missing for the first rep, and for reps that start hanging. " + _LOST),
    Measure("knee_break_height", "Bar height when the knees bend", "1",
            "How high the bar is, as a share of its way, when the knees have done a quarter of their bending on "
            "the way down.", COACHING, "lowering", "C", "Hips first, and knees when the bar is near them.",
            least=0.0, most=1.0, missing=_LOST + " Also when the knee is hidden."),
)  # fmt: skip


def measure_lowering(motion: Motion, rep: Rep, moments: Moments, before: Rep | None) -> dict[str, Measured]:
    """Return the measures of this module by id, in seconds, metres per second and shares."""
    return {**_way_down(motion, rep, moments), "landing_speed": _landing(motion, rep, before)}


def _landing(motion: Motion, rep: Rep, before: Rep | None) -> Measured:
    if rep.starts_hanging:
        return Missing(NO_FLOOR)
    if before is None:
        return Missing("This is the first rep.")
    return _way_down(motion, before, moments_of(motion, before))["touch_speed"]


def _way_down(motion: Motion, rep: Rep, moments: Moments) -> dict[str, Measured]:
    duration = between(rep.lowering_s, rep.floor_s)
    if isinstance(duration, Missing) or not moments.down.any():
        gone = duration if isinstance(duration, Missing) else Missing("The bar was lost on its way down.")
        return {measure.id: gone for measure in MEASURES}
    down = -motion.bar_speed_m_per_s[moments.down, 1]
    ratio = scale_ratio(motion)
    peak = float(np.nanmax(down)) if np.isfinite(down).any() else np.nan
    return {
        "lowering_duration": duration,
        "lowering_speed": _mean(rep, duration, ratio),
        "lowering_peak_speed": _lost()
        if np.isnan(peak)
        else widened(max(0.0, peak), float(np.hypot(ratio, _BRIEF)), PEAK_M_PER_S),
        "touch_speed": _touch(motion, rep, moments, ratio),
        "knee_break_height": _knee_break(motion, rep, moments),
    }


def _lost() -> Missing:
    return Missing("The bar was lost on its way down.")


def _mean(rep: Rep, duration: Estimate, ratio: float) -> Measured:
    if duration.value < 0.05:
        return Missing("The bar falls too quickly for the pictures to time it.")
    value = (rep.top_m - rep.rest_m) / duration.value
    return widened(value, float(np.hypot(ratio, duration.half_width / duration.value)), 0.0)


def _touch(motion: Motion, rep: Rep, moments: Moments, ratio: float) -> Measured:
    index = np.flatnonzero(moments.down)
    with np.errstate(invalid="ignore"):
        low = index[motion.bar_m[index, 1] - rep.rest_m <= _TOUCH_M]
    speed = -motion.bar_speed_m_per_s[low[:1], 1]
    if not np.isfinite(speed).all() or not speed.size:
        return _lost()
    return widened(max(0.0, float(speed[0])), ratio, 2 * PEAK_M_PER_S)


def _knee_break(motion: Motion, rep: Rep, moments: Moments) -> Measured:
    """Return how high the bar is, of its way, when the knees have done a quarter of their bending."""
    start = angle_at(motion, "knee", rep.lowering_s)
    end = angle_at(motion, "knee", rep.floor_s)
    if isinstance(start, Missing) or isinstance(end, Missing):
        return start if isinstance(start, Missing) else end
    bend = start.value - end.value
    if bend < np.radians(20):
        return Missing("Your knees bend too little on the way down to say where they start.")
    index = np.flatnonzero(moments.down)
    with np.errstate(invalid="ignore"):
        gone = (start.value - motion.angle("knee")[index]) / bend
        share = (motion.bar_m[index, 1] - rep.rest_m) / (rep.top_m - rep.rest_m)
        # The angle's drift of about 6° moves the crossing by as much bending as that is.
        off = np.radians(6) / bend
        crossings = [share[gone >= level][:1] for level in (_BROKEN + off, _BROKEN, _BROKEN - off)]
    if not all(crossing.size and np.isfinite(crossing[0]) for crossing in crossings):
        return Missing("Your knee is hidden on the way down.")
    ends = sorted(float(np.clip(crossing[0], 0, 1)) for crossing in crossings)
    return Estimate(ends[1], ends[0], ends[2]) if ends[2] > ends[0] else around(ends[1], 0.02)
