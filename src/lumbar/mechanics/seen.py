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
from lumbar.motion.apart import Apart
from lumbar.motion.back import NOT_READ, BackCurve
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep

#: The fit says that its errors are larger than they are: with this share of its deviations 97 % of 275 peak
#: moments on 150 clips without pictures of the tune split lie in their range (91 to 100 % of each of its five
#: bodies), and 30 of 31 on drawn ones (design/tune_accuracy.py --of l5s1_moment_peak).
_SURER = 0.85
#: The bar's mass (plates in gyms), and what a planar body that stands still at each moment leaves out (top-down
#: against bottom-up: 3.6 %, de Looze 1992; tests/mechanics/test_stoop.py).
_BAR_MASS_RATIO, _MODEL_RATIO = 0.01, 0.03
_LEAST_FRAMES = 5
#: No place is known better than this, m: what keeps a covariance one when it was read between two frames.
_LEAST_M = 1e-4
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
    bent, bent_sd = flexion(motion, back)
    columns = np.column_stack([
        start.rise_m_per_s2[:-1], start.sd_m_per_s2[:-1],
        motion.point("hip"), motion.point("shoulder"), motion.bar_m, bent, bent_sd,
        motion.apart.scale_m, motion.apart.covariance_m2.reshape(len(motion.time_s), -1),
    ])  # fmt: skip
    frames = inside & np.isfinite(columns).all(axis=1)
    if frames.sum() < _LEAST_FRAMES:
        return Missing(
            "Your hip, shoulder or bar is hidden for most of this rep, so the load on your back is unknown."
        )
    time_s, seen = _with_start(motion.time_s[frames], columns[frames], start)
    pull = Pull(
        time_s=time_s,
        hip_m=seen[:, 2:4],
        shoulder_m=seen[:, 4:6],
        bar_m=seen[:, 6:8],
        lumbar_rad=seen[:, 8],
        rise_m_per_s2=seen[:, 0],
        load_share=usual_share(time_s, hangs_from(rep, start.start_s)),
    )
    known = Apart(seen[:, 13:].reshape(-1, 3, 3), seen[:, 10:13])
    return Window(pull, _doubts(person, known, seen[:, 9], seen[:, 1]), frames, start.start_s)


def _with_start(time_s: Floats, columns: Floats, start: Takeoff) -> tuple[Floats, Floats]:
    """Return times and columns with the start as a row of its own, where the bar's push is at its highest."""
    row = np.array([np.interp(start.start_s, time_s, column) for column in columns.T])
    row[:2] = start.at_start()
    at = int(np.searchsorted(time_s, start.start_s))
    return np.insert(time_s, at, start.start_s), np.insert(columns, at, row, axis=0)


def flexion(motion: Motion, back: BackCurve | Missing) -> tuple[Floats, Floats]:
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
    read, spread = (
        np.interp(motion.time_s, at_s, values[known]) for values in (back.lumbar_change_rad, back.lumbar_sd_rad)
    )
    wide = np.hypot(spread, _READING_SD_RAD)
    return np.where(is_read, read, usual), np.where(is_read, np.minimum(wide, unread), unread)


def _doubts(person: Person, known: Apart, flexion_sd_rad: Floats, rise_sd_m_per_s2: Floats) -> Doubts:
    """Return the doubts: what the scale leaves of the places' errors goes to one after the other (Cholesky)."""

    def one(number: float) -> Floats:
        return np.array([number])

    shared = known.scale_m[:, :, None] * known.scale_m[:, None, :]
    own = np.asarray(np.linalg.cholesky(known.covariance_m2 - shared + np.eye(3) * _LEAST_M**2), float)
    return Doubts(
        scale_m=_SURER * known.scale_m,
        body_m=_SURER * own[:, :, :2],
        bar_m=_SURER * own[:, 2, 2],
        lumbar_rad=flexion_sd_rad,
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
