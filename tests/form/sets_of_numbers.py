"""Sets given by their numbers alone: reps with measures as a test wants them."""

from collections.abc import Mapping

import numpy as np

from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.form.measured_set import MeasuredSet
from lumbar.form.measures import REP_MEASURES, SET_MEASURES
from lumbar.form.style import Style
from lumbar.motion.apart import unknown
from lumbar.motion.motion import ANGLES, POINTS, Motion
from lumbar.motion.reps import Rep
from lumbar.motion.scale import Scale

GONE = Missing("The plate hides it.")
DEG = np.pi / 180


def still_motion(reps: int) -> Motion:
    """Return ten seconds a rep in which the bar goes up in one second from second 2, the trunk lowest at 2.2 s."""
    time_s = np.arange(0, 10.0 * reps, 0.1)
    in_rep = time_s % 10
    height = np.clip(in_rep - 2, 0, 1) * 0.5 * (in_rep < 6)
    aside = 0.05 * np.exp(-(((in_rep - 2.5) / 0.2) ** 2))
    frames = len(time_s)
    angles = np.full((frames, len(ANGLES)), np.nan)
    angles[:, ANGLES.index("trunk")] = 0.5 - 0.1 * np.exp(-(((in_rep - 2.2) / 0.1) ** 2))
    scale = Scale(around(0.002, 0.0), around(0.0025, 0.0), around(700.0, 10.0), 0.225, "the height you gave")
    points = np.full((frames, len(POINTS), 2), np.nan)
    return Motion(
        time_s=time_s, points_m=points, points_sd_m=points, points_px=points,
        bar_m=np.stack([aside, height], axis=1), bar_sd_m=np.zeros((frames, 2)), apart=unknown(frames),
        bar_speed_m_per_s=np.gradient(np.stack([aside, height], axis=1), time_s, axis=0),
        angles_rad=angles, angles_sd_rad=np.zeros_like(angles), trunk_seen_rad=angles[:, ANGLES.index("trunk")],
        scale=scale, faces_right=True,
        view_angle_rad=around(np.pi / 2, 0.05), cutoff_hz=6.0,
    )  # fmt: skip


def rep(number: int) -> Rep:
    start_s = 10.0 * (number - 1)
    return Rep(
        number=number, lift_off_s=start_s + 2.0, knee_pass_s=around(start_s + 2.5, 0.05), lockout_s=start_s + 3.0,
        lowering_s=around(start_s + 6.0, 0.05), floor_s=around(start_s + 7.0, 0.05), rest_m=0.0, top_m=0.5,
    )  # fmt: skip


def measured(
    *reps: Mapping[str, Measured],
    style: Style | None = "conventional",
    whole: Mapping[str, Measured] | None = None,
) -> MeasuredSet:
    """Return a set whose reps have these measures and no others."""
    return MeasuredSet(
        motion=still_motion(len(reps)),
        reps=tuple(rep(number) for number in range(1, len(reps) + 1)),
        measures=tuple({measure.id: GONE for measure in REP_MEASURES} | dict(mine) for mine in reps),
        set_measures={measure.id: GONE for measure in SET_MEASURES} | dict(whole or {}),
        style=style,
    )


def deg(value: float, half_width: float) -> Estimate:
    return around(value * DEG, half_width * DEG)
