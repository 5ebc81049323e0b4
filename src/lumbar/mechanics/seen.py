"""From a film's motion to what the load is reckoned from: body and bar in one frame, and how sure each is."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.mechanics.pelvis import USUAL_FLEXION_SD_RAD, lean, usual_flexion
from lumbar.mechanics.person import NINETY, Person
from lumbar.mechanics.pull import Doubts, Pull
from lumbar.mechanics.ramp import UNKNOWN_S, usual_share
from lumbar.motion.motion import Motion
from lumbar.motion.reps import Rep
from lumbar.motion.smooth import HALF_WINDOW_S, smooth

#: Standard deviations along one axis, m: the landmarks of a side view (medians of 35 and 23 mm in the plane,
#: reference/simulation §2.3), and the bar's place against the body, which the wrists tell.
_HIP_M, _SHOULDER_M, _BAR_M = 0.026, 0.018, 0.022
#: The wrist's distance to the bar's axis along a hanging arm, m: palm and fingers (reference §10.2: 3–5 cm).
_WRIST_TO_BAR_M = 0.07
#: L5/S1 in one pelvis against the tables' (Reed and Dumas differ by 4 mm, and ANSUR II's hip breadth is spread by
#: 6 %, which is 6 mm of its height over the hips): m. The lower back's reading where there is one, rad.
_L5S1_M = 0.008
#: The bar's acceleration after smoothing (a plate known to 1 mm gives 0.10 m/s² at 30 Hz, §10.3; a smoothed peak
#: is too low by about as much again), its mass (plates in gyms), and what a planar body that stands still at each
#: moment leaves out (top-down against bottom-up: 3.6 %, de Looze 1992; tests/mechanics/test_stoop.py).
_RISE_M_PER_S2, _BAR_MASS_RATIO, _MODEL_RATIO = 0.25, 0.01, 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Back:
    """How far the lower back bends against standing, (time,) each: flexion and its standard deviation, rad."""

    lumbar_rad: Floats
    sd_rad: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """One rep as it was seen: the pull, its doubts, and which of the motion's frames it has, (time,)."""

    pull: Pull
    doubts: Doubts
    frames: Bools


def look_at(motion: Motion, rep: Rep, person: Person, back: Back | None) -> Window | Missing:
    """Return one rep from half a second before lift-off to the floor, where body and bar were seen."""
    end_s = rep.floor_s.value if isinstance(rep.floor_s, Estimate) else rep.lockout_s
    inside = (motion.time_s >= rep.lift_off_s - UNKNOWN_S) & (motion.time_s <= end_s)
    bar = bar_beside_body(motion)
    if isinstance(bar, Missing):
        return bar
    rise = smooth(motion.time_s, motion.bar_speed_m_per_s[:, 1], HALF_WINDOW_S)[1]
    hip, shoulder = motion.point("hip"), motion.point("shoulder")
    paths = np.hstack([hip, shoulder, bar, rise[:, None]])
    frames = inside & np.isfinite(paths).all(axis=1)
    if frames.sum() < 5:
        return Missing("Your hip or shoulder is hidden for most of this rep, so the load on your back is unknown.")
    bend = _bend(hip, shoulder, back)
    pull = Pull(
        time_s=motion.time_s[frames],
        hip_m=hip[frames],
        shoulder_m=shoulder[frames],
        bar_m=bar[frames],
        lumbar_rad=bend.lumbar_rad[frames],
        rise_m_per_s2=rise[frames],
        load_share=usual_share(motion.time_s[frames], rep.lift_off_s),
    )
    return Window(pull, _doubts(motion, person, bend.sd_rad[frames]), frames)


def bar_beside_body(motion: Motion) -> Floats | Missing:
    """Return the bar's path in the body's frame, (time, 2).

    The near plate and the body lie in two planes, each with its own origin; hands that hold the bar tie the two.
    """
    wrist, shoulder = motion.point("wrist"), motion.point("shoulder")
    arm = wrist - shoulder
    hand = wrist + _WRIST_TO_BAR_M * arm / np.hypot(arm[:, 0], arm[:, 1])[:, None]
    lifted = motion.bar_m[:, 1] > 0.05
    apart = (hand - motion.bar_m)[lifted]
    apart = apart[np.isfinite(apart).all(axis=1)]
    if len(apart) < 5:
        return Missing("Your hands are hidden, so how far the bar is from your body is unknown.")
    return np.asarray(motion.bar_m + np.median(apart, axis=0))


def _bend(hip: Floats, shoulder: Floats, back: Back | None) -> Back:
    """Return the lower back's flexion; where nobody read it, what lifters usually have at that lean."""
    usual = usual_flexion(lean(hip, shoulder))
    unread = np.full_like(usual, USUAL_FLEXION_SD_RAD)
    if back is None:
        return Back(usual, unread)
    is_read = np.isfinite(back.lumbar_rad) & np.isfinite(back.sd_rad)
    return Back(np.where(is_read, back.lumbar_rad, usual), np.where(is_read, back.sd_rad, unread))


def _doubts(motion: Motion, person: Person, lumbar_sd_rad: Floats) -> Doubts:
    scale = motion.scale.body_m_per_px

    def one(number: float) -> Floats:
        return np.array([number])

    return Doubts(
        scale_ratio=one(scale.half_width / NINETY / scale.value),
        hip_m=one(_HIP_M),
        shoulder_m=one(_SHOULDER_M),
        bar_m=one(_BAR_M),
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
