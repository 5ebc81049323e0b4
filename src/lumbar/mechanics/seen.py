"""From a film's motion to what the load is reckoned from: body and bar in one frame, and how sure each is."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.mechanics.pelvis import USUAL_FLEXION_SD_RAD, lean, usual_flexion
from lumbar.mechanics.person import Person
from lumbar.mechanics.pull import Doubts, Pull
from lumbar.mechanics.ramp import LANDING_S, UNKNOWN_S, hangs_from, usual_share
from lumbar.mechanics.takeoff import Takeoff, take_off
from lumbar.motion.back import NOT_READ, BackCurve
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

#: Hip, shoulder and bar are placed against each other better than each against the feet: with this share of the
#: fit's own deviations 95 % of peak moments on 168 clips without pictures of the tune split lie in their range (91
#: to 98 % of each of its five bodies), and 21 of 21 on drawn ones (design/tune_accuracy.py --of l5s1_moment_peak).
_TOGETHER = 0.65
#: The bar's mass (plates in gyms), and what a planar body that stands still at each moment leaves out (top-down
#: against bottom-up: 3.6 %, de Looze 1992; tests/mechanics/test_stoop.py).
_BAR_MASS_RATIO, _MODEL_RATIO = 0.01, 0.03
_LEAST_FRAMES = 5
#: A reading of the outline holds this long; and a constant error of the reader, which its own deviations leave
#: out (form.rounding has 5° at 90 %). Engineering rules.
_READ_HOLDS_S, _READING_SD_RAD = 0.3, float(np.radians(3.0))


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """One rep as it was seen: the pull, its doubts, and which of the motion's frames it has, (time,).

    The pull has one row more than those frames, at ``start_s``: the start lies between two frames, and the bar's
    acceleration, with it the moment, is highest just there.
    """

    pull: Pull
    doubts: Doubts
    frames: Bools
    start_s: float


def look_at(motion: Motion, rep: Rep, person: Person, back: BackCurve | Missing = NOT_READ) -> Window | Missing:
    """Return one rep from half a second before its start to just over the floor, where body and bar were seen."""
    start = take_off(motion, rep)
    end_s = rep.floor_s.value - LANDING_S if isinstance(rep.floor_s, Estimate) else rep.lockout_s
    inside = (motion.time_s >= start.start_s - UNKNOWN_S) & (motion.time_s <= end_s)
    flexion, flexion_sd = _flexion(motion, back)
    deviations = [motion.point_sd(name)[:, 0] for name in ("hip", "shoulder")]
    columns = np.column_stack([
        motion.point("hip"), motion.point("shoulder"), motion.bar_m, flexion,
        *deviations, motion.bar_sd_m[:, 0], flexion_sd, start.rise_m_per_s2[:-1], start.sd_m_per_s2[:-1],
    ])  # fmt: skip
    frames = inside & np.isfinite(columns).all(axis=1)
    if frames.sum() < _LEAST_FRAMES:
        return Missing(
            "Your hip, shoulder or bar is hidden for most of this rep, so the load on your back is unknown."
        )
    time_s, seen = _with_start(motion.time_s[frames], columns[frames], start)
    pull = Pull(
        time_s=time_s,
        hip_m=seen[:, 0:2],
        shoulder_m=seen[:, 2:4],
        bar_m=seen[:, 4:6],
        lumbar_rad=seen[:, 6],
        rise_m_per_s2=seen[:, 11],
        load_share=usual_share(time_s, hangs_from(rep, start.start_s)),
    )
    return Window(pull, _doubts(person, seen[:, 7:11], seen[:, 12]), frames, start.start_s)


def _with_start(time_s: Floats, columns: Floats, start: Takeoff) -> tuple[Floats, Floats]:
    """Return times and columns with the start as a row of its own, where the bar's push is at its highest."""
    row = np.array([np.interp(start.start_s, time_s, column) for column in columns.T])
    row[11], row[12] = start.at_start()
    at = int(np.searchsorted(time_s, start.start_s))
    return np.insert(time_s, at, start.start_s), np.insert(columns, at, row, axis=0)


def _flexion(motion: Motion, back: BackCurve | Missing) -> tuple[Floats, Floats]:
    """Return the lower back's flexion against standing and its standard deviation, (time,) each.

    The outline is read a few times a second; between two readings it is on the line between them. Where nobody
    read it, it is what lifters usually have at that lean.
    """
    usual = usual_flexion(lean(motion.point("hip"), motion.point("shoulder")))
    unread = np.full_like(usual, USUAL_FLEXION_SD_RAD)
    if isinstance(back, Missing):
        return usual, unread
    known = np.isfinite(back.lumbar_change_rad) & np.isfinite(back.lumbar_sd_rad)
    if not known.any():
        return usual, unread
    at_s = back.time_s[known]
    nearest = np.abs(motion.time_s[:, None] - at_s).min(axis=1)
    is_read = nearest <= _READ_HOLDS_S
    flexion, spread = (
        np.interp(motion.time_s, at_s, values[known]) for values in (back.lumbar_change_rad, back.lumbar_sd_rad)
    )
    wide = np.hypot(spread, _READING_SD_RAD)
    return np.where(is_read, flexion, usual), np.where(is_read, np.minimum(wide, unread), unread)


def _doubts(person: Person, deviations: Floats, rise_sd_m_per_s2: Floats) -> Doubts:
    """Return the doubts; ``deviations`` (time, 4) are those of hip, shoulder, bar (m, ahead) and flexion (rad)."""

    def one(number: float) -> Floats:
        return np.array([number])

    # How far the bar is from the body counts sideways alone; the fit's own deviations hold the scale's, too.
    deviations = deviations * [_TOGETHER, _TOGETHER, _TOGETHER, 1.0]
    return Doubts(
        scale_ratio=one(0.0),
        hip_m=deviations[:, 0],
        shoulder_m=deviations[:, 1],
        bar_m=deviations[:, 2],
        lumbar_rad=deviations[:, 3],
        l5s1_m=one(person.l5s1_sd_m),
        mass_ratio=one(person.mass_sd_ratio),
        centre_ratio=one(person.centre_sd_ratio),
        rise_m_per_s2=rise_sd_m_per_s2,
        bar_ratio=one(_BAR_MASS_RATIO),
        model_ratio=one(_MODEL_RATIO),
    )


def seen_height(motion: Motion) -> Measured:
    """Return how tall the film has the lifter, m."""
    stature, scale = motion.scale.stature_px, motion.scale.body_m_per_px
    if isinstance(stature, Missing):
        return stature
    value = stature.value * scale.value
    ratio = float(np.hypot(stature.half_width / stature.value, scale.half_width / scale.value))
    return Estimate(value, value * (1 - ratio), value * (1 + ratio))
