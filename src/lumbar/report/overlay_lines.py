"""Two lines over the film beside the landmarks: the back's edge with its standing shape, and the lever arm."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats, freeze
from lumbar.form.analysis import SetAnalysis
from lumbar.motion.back import BackCurve, Reference
from lumbar.report.lever import places_px

#: The back is read at 49 places; every sixth makes a line that looks the same.
_STEP = 6


@dataclass(frozen=True, slots=True, eq=False)
class BackLine:
    """The edge of the back in the picture, ``curve_px`` (time, place, 2), from below the hip to the shoulder.

    ``standing_ratio`` (place, 2) is the same edge when standing tall, its first place at (0, 0) and its last at
    (1, 0); None where the lifter was never seen so.
    """

    time_s: Floats
    curve_px: Floats
    standing_ratio: Floats | None

    def __post_init__(self) -> None:
        freeze(self)

    def standing_px(self, row: int) -> Floats | None:
        """Return the standing shape between the ends that the back has in a frame, (place, 2)."""
        if self.standing_ratio is None:
            return None
        ends = _complex(self.curve_px[row, [0, -1]])
        laid = ends[0] + _complex(self.standing_ratio) * (ends[1] - ends[0])
        return np.column_stack([laid.real, laid.imag])


@dataclass(frozen=True, slots=True, eq=False)
class LeverLine:
    """The lever arm of the bar to L5/S1 over the clip.

    ``joint_px`` and ``bar_px`` are (time, 2), ``arm_m`` is (time,); NaN where it is not known, and between reps.
    """

    time_s: Floats
    joint_px: Floats
    bar_px: Floats
    arm_m: Floats

    def __post_init__(self) -> None:
        freeze(self)


def back_line(analysis: SetAnalysis) -> BackLine | None:
    """Return the back as it is drawn; None where it was not read."""
    back = analysis.back
    if not isinstance(back, BackCurve):
        return None
    curve_px = np.where(back.is_read[:, None, None], back.curve_px, np.nan)[:, ::_STEP]
    if not np.isfinite(curve_px).all(axis=(1, 2)).any():
        return None
    return BackLine(back.time_s, curve_px, _standing(back, curve_px))


def _standing(back: BackCurve, curve_px: Floats) -> Floats | None:
    """Return the shape of the back standing tall: each frame turned and sized to one chord, then averaged."""
    if not isinstance(back.reference, Reference):
        return None
    whole = back.reference.is_used & np.isfinite(curve_px).all(axis=(1, 2))
    if not whole.any():
        return None
    curves = _complex(curve_px[whole])
    shape = ((curves - curves[:, :1]) / (curves[:, -1:] - curves[:, :1])).mean(axis=0)
    return np.column_stack([shape.real, shape.imag])


def _complex(xy: Floats) -> np.ndarray:
    return np.asarray(xy[..., 0] + 1j * xy[..., 1])


def lever_line(analysis: SetAnalysis) -> LeverLine | None:
    """Return the lever arm as it is drawn; None where it is known at no moment."""
    motion = analysis.motion
    if motion is None:
        return None
    frames = len(motion.time_s)
    joint_px, bar_px, arm_m = np.full((frames, 2), np.nan), np.full((frames, 2), np.nan), np.full(frames, np.nan)
    for load in analysis.loads:
        for row, arm in zip(load.rows_in(motion.time_s), load.bar_lever_m, strict=True):
            placed = places_px(motion, load, int(row))
            if placed is not None and np.isfinite(arm):
                joint_px[row], bar_px[row], _ = placed
                arm_m[row] = arm
    return LeverLine(motion.time_s, joint_px, bar_px, arm_m) if np.isfinite(arm_m).any() else None
