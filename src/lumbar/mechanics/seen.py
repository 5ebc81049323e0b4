"""From a film's motion to what the load is reckoned from: body and bar in one frame, and how sure each is."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.mechanics.pelvis import USUAL_FLEXION_SD_RAD, lean, usual_flexion
from lumbar.mechanics.person import Person
from lumbar.mechanics.pull import Doubts, Pull
from lumbar.mechanics.ramp import UNKNOWN_S, usual_share
from lumbar.motion.back import NOT_READ, BackCurve
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep
from lumbar.motion.smooth import HALF_WINDOW_S, smooth

#: L5/S1 in one pelvis against the tables' (Reed and Dumas differ by 4 mm, and ANSUR II's hip breadth is spread by
#: 6 %, which is 6 mm of its height over the hips): m.
_L5S1_M = 0.008
#: The bar's acceleration after smoothing (a plate known to 1 mm gives 0.10 m/s² at 30 Hz, §10.3; a smoothed peak
#: is too low by about as much again), its mass (plates in gyms), and what a planar body that stands still at each
#: moment leaves out (top-down against bottom-up: 3.6 %, de Looze 1992; tests/mechanics/test_stoop.py).
_RISE_M_PER_S2, _BAR_MASS_RATIO, _MODEL_RATIO = 0.25, 0.01, 0.03
#: A reading of the outline holds this long; and a constant error of the reader, which its own deviations leave
#: out (form.rounding has 5° at 90 %). Engineering rules.
_READ_HOLDS_S, _READING_SD_RAD = 0.3, float(np.radians(3.0))


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """One rep as it was seen: the pull, its doubts, and which of the motion's frames it has, (time,)."""

    pull: Pull
    doubts: Doubts
    frames: Bools


def look_at(motion: Motion, rep: Rep, person: Person, back: BackCurve | Missing = NOT_READ) -> Window | Missing:
    """Return one rep from half a second before lift-off to the floor, where body and bar were seen."""
    end_s = rep.floor_s.value if isinstance(rep.floor_s, Estimate) else rep.lockout_s
    inside = (motion.time_s >= rep.lift_off_s - UNKNOWN_S) & (motion.time_s <= end_s)
    rise = smooth(motion.time_s, motion.bar_speed_m_per_s[:, 1], HALF_WINDOW_S)[1]
    hip, shoulder = motion.point("hip"), motion.point("shoulder")
    frames = inside & np.isfinite(np.hstack([hip, shoulder, motion.bar_m, rise[:, None]])).all(axis=1)
    if frames.sum() < 5:
        return Missing("Your hip or shoulder is hidden for most of this rep, so the load on your back is unknown.")
    flexion, flexion_sd = _flexion(motion, back)
    pull = Pull(
        time_s=motion.time_s[frames],
        hip_m=hip[frames],
        shoulder_m=shoulder[frames],
        bar_m=motion.bar_m[frames],
        lumbar_rad=flexion[frames],
        rise_m_per_s2=rise[frames],
        load_share=usual_share(motion.time_s[frames], rep.lift_off_s),
    )
    return Window(pull, _doubts(motion, person, frames, flexion_sd[frames]), frames)


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


def _doubts(motion: Motion, person: Person, frames: Bools, lumbar_sd_rad: Floats) -> Doubts:
    def one(number: float) -> Floats:
        return np.array([number])

    # How far the bar is from the body counts sideways alone; the fit's own deviations hold the scale's, too.
    return Doubts(
        scale_ratio=one(0.0),
        hip_m=motion.point_sd("hip")[frames, 0],
        shoulder_m=motion.point_sd("shoulder")[frames, 0],
        bar_m=motion.bar_sd_m[frames, 0],
        lumbar_rad=lumbar_sd_rad,
        l5s1_m=one(_L5S1_M),
        mass_ratio=one(person.mass_sd_ratio),
        centre_ratio=one(person.centre_sd_ratio),
        rise_m_per_s2=one(_RISE_M_PER_S2),
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
