"""What others read from the same landmarks: plain trigonometry, and two popular rules about a rounded back.

They are given what a program alone would have to find: which side is near, and when the events are.
"""

from collections.abc import Mapping

import numpy as np

from lumbar.arrays import Floats
from lumbar.bench.true_posture import angle_of, inner_angle
from lumbar.bench.true_reps import TrueRep, TrueSet
from lumbar.vision.tracks import Tracks

#: "Rounded when shoulder–hip–knee is under 170°": it reads how far the hips are bent, which is the lift itself.
HIP_RULE_RAD = float(np.radians(170))
#: "Spine ≥ 145°", here ear–shoulder–hip; no source for the number exists (reference/biomechanics §6.4).
SPINE_RULE_RAD = float(np.radians(145))

_JOINTS = ("trunk", "hip", "knee")
_EVENTS = ("lift_off", "knee_pass", "lockout")
_SMOOTH_FRAMES = 5


def raw_points(tracks: Tracks, side: str) -> Mapping[str, Floats]:
    """Return the near side's landmarks as they come, by name, (time, 2): x forward, y up, in pixels."""
    forward = -1.0 if side == "left" else 1.0
    names = ("ear", "shoulder", "hip", "knee", "ankle")
    return {name: tracks.pose.landmark_px(f"{side}_{name}") * [forward, -1.0] for name in names}


def raw_angles(tracks: Tracks, true: TrueSet, rep: TrueRep) -> dict[str, float | None]:
    """Return each angle at each true event, in radians; None where there is no frame near."""
    points = raw_points(tracks, true.side)
    found: dict[str, float | None] = {}
    for joint in _JOINTS:
        angle = angle_of(joint, points.__getitem__)
        for event in _EVENTS:
            when = getattr(rep, f"{event}_s")
            found[f"{joint}_{event}"] = None if when is None else _nearest(tracks.time_s, angle, when)
    return found


def _nearest(time_s: Floats, values: Floats, when_s: float) -> float | None:
    """Return the value of the frame nearest to a moment; None when it lies far or nobody was seen in it."""
    frame = int(np.abs(time_s - when_s).argmin())
    near = abs(time_s[frame] - when_s) < 0.1 and np.isfinite(values[frame])
    return float(values[frame]) if near else None


def says_rounded(tracks: Tracks, true: TrueSet, rep: TrueRep) -> dict[str, bool | None]:
    """Say whether each rule calls a pull rounded in any of its frames; None where no frame shows it."""
    points = raw_points(tracks, true.side)
    during = (tracks.time_s >= rep.lift_off_s) & (tracks.time_s <= rep.stops_s)
    hip = inner_angle(points["shoulder"], points["hip"], points["knee"])[during]
    spine = inner_angle(points["ear"], points["shoulder"], points["hip"])[during]
    rules = (("hip-angle-rule", hip, HIP_RULE_RAD), ("spine-rule", spine, SPINE_RULE_RAD))
    return {name: _ever_below(angle, limit) for name, angle, limit in rules}


def _ever_below(angle: Floats, limit_rad: float) -> bool | None:
    """Say whether an angle, as the median over a few frames, ever falls below a limit."""
    known = angle[np.isfinite(angle)]
    if known.size < _SMOOTH_FRAMES:
        return None
    windows = np.lib.stride_tricks.sliding_window_view(known, _SMOOTH_FRAMES)
    return bool(np.median(windows, axis=1).min() < limit_rad)
