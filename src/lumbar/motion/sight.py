"""What the back is read from, taken from the tracks of one clip."""

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Missing
from lumbar.motion.back import BACK_JOINTS, BackCurve, BackSight, read_back
from lumbar.motion.motion import Motion
from lumbar.motion.side import back_leaves_picture, near_side
from lumbar.motion.smooth import HALF_WINDOW_S, smooth
from lumbar.vision.tracks import Tracks

#: The bar is down while it is no higher than this above its rest (m), an engineering rule.
_DOWN_M = 0.03
#: The bar is still while it is slower than this (m/s), an engineering rule: above its noise, below any pull.
_STILL_M_PER_S = 0.08
#: A height to go on when the lifter was never seen whole and gave none (m): adults' mean, 1.62 to 1.76.
_STATURE_M = 1.70


def back_of(tracks: Tracks, motion: Motion) -> BackCurve | Missing:
    """Read the back of one clip."""
    if isinstance(motion.view_angle_rad, Missing):
        return motion.view_angle_rad
    return read_back(back_sight(tracks, motion))


def back_sight(tracks: Tracks, motion: Motion) -> BackSight:
    """Return what the back is read from.

    The joints are the network's own, smoothed: for a change between two moments their constant errors cancel, and
    a joint that is wrong in some frames harms those alone (docs/back.md, ablation "true joints").
    """
    view = motion.view_angle_rad
    if isinstance(view, Missing):
        raise TypeError("a back is read only where the view is known: ask motion.view_angle_rad first")
    with np.errstate(invalid="ignore"):
        down = motion.bar_m[:, 1] < _DOWN_M
        still = np.abs(motion.bar_speed_m_per_s[:, 1]) < _STILL_M_PER_S
    return BackSight(
        time_s=tracks.time_s,
        joints_px=smooth(tracks.time_s, _near_joints_px(tracks), HALF_WINDOW_S)[0],
        outline_px=np.where(back_leaves_picture(tracks)[:, None, None], np.nan, tracks.silhouette.outline_px),
        bar_is_down=down | ~np.isfinite(motion.bar_m[:, 1]),
        bar_is_still=still,
        view_angle_rad=view.value,
        stature_px=_stature_px(motion),
        faces_right=motion.faces_right,
    )


def _near_joints_px(tracks: Tracks) -> Floats:
    side = near_side(tracks)
    return np.stack([tracks.pose.landmark_px(f"{side}_{joint}") for joint in BACK_JOINTS], axis=1)


def _stature_px(motion: Motion) -> float:
    stature = motion.scale.stature_px
    if isinstance(stature, Estimate):
        return stature.value
    return _STATURE_M / motion.scale.body_m_per_px.value
