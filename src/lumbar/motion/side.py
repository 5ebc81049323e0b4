"""From which side the lifter is seen, and which way they face."""

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.vision.tracks import LANDMARKS, BarTrack, Tracks

#: The outline is cut by the picture where it comes this near to its border (px); a back's edge goes on beyond hip
#: and shoulder by this share of the trunk. Engineering rules.
_BORDER_PX, _BEYOND = 2.0, 0.25
#: A view this far off the exact side still gives sagittal angles, corrected for the turn. Engineering rule.
_MOST_TURN_RAD = np.pi / 3


def side_turn(tracks: Tracks, bar: BarTrack) -> Measured:
    """Return how far the camera is from the exact side, 0 or more, in radians.

    Two witnesses: the near plate is a circle that looks narrower by the cosine of the turn (§8.2), and the
    estimator's own 3-D guess of the line through shoulders and hips. Each misses some of the turn (a thick plate
    shows its rim, a network leans towards the side view), so the larger is the value and both are in the range.
    """
    by_plate = bar.turned_rad
    moving = np.isfinite(bar.half_width_px)
    by_pose = float(np.nanmedian(np.abs(tracks.quality.view_angle_rad[moving] - np.pi / 2)))
    turn = max(by_plate, by_pose)
    if not np.isfinite(turn) or turn > _MOST_TURN_RAD:
        return Missing("The camera stands too far in front of you or behind you to see your side.")
    margin = float(np.radians(7))
    return Estimate(turn, max(0.0, min(by_plate, by_pose) - margin), turn + margin)


def view_angle(tracks: Tracks, bar: BarTrack, turn: Measured) -> Measured:
    """Return the camera's angle about the lifter: 0 in front, π/2 at the side, π behind."""
    if isinstance(turn, Missing):
        return turn
    moving = np.isfinite(bar.half_width_px)
    behind = np.nanmedian(tracks.quality.view_angle_rad[moving]) > np.pi / 2
    return turn.shifted(np.pi / 2) if behind else turn.scaled(-1).shifted(np.pi / 2)


def faces_right(tracks: Tracks) -> bool:
    """Say which way the lifter faces: bent over, the shoulders are in front of the hips."""
    shoulder, hip = middle_px(tracks, "shoulder"), middle_px(tracks, "hip")
    lean = shoulder[:, 0] - hip[:, 0]
    bent = np.abs(lean) > 0.3 * np.abs(shoulder[:, 1] - hip[:, 1])
    lean = lean[bent] if bent.any() else lean
    return bool(np.nansum(np.sign(lean)) > 0)


def middle_px(tracks: Tracks, joint: str) -> Floats:
    """Return the middle between the left and the right landmark, (time, 2)."""
    left, right = (tracks.pose.landmark_px(f"{side}_{joint}") for side in ("left", "right"))
    return np.asarray((left + right) / 2)


def near_side(tracks: Tracks) -> str:
    """Return the side of the body nearer to the camera, ``left`` or ``right``, by the 3-D guess of the trunk.

    Where nobody was seen it is the right side, and nothing follows from it.
    """
    depth = {
        side: sum(tracks.pose.world_m[:, LANDMARKS.index(f"{side}_{joint}"), 2] for joint in ("shoulder", "hip"))
        for side in ("left", "right")
    }
    farther_m = np.asarray(depth["left"]) - np.asarray(depth["right"])
    seen_m = farther_m[np.isfinite(farther_m)]
    return "left" if seen_m.size and np.median(seen_m) < 0 else "right"


def behind_plate(points_px: Floats, bar: BarTrack) -> Bools:
    """Say which points, (time, point, 2), lie behind the near plate; (time, point)."""
    away = points_px - bar.centre_px[:, None]
    size = np.stack([bar.half_width_px, bar.half_height_px], axis=-1)[:, None]
    with np.errstate(invalid="ignore"):
        return np.asarray((np.square(away / size)).sum(axis=-1) < 1.0)


def back_leaves_picture(tracks: Tracks) -> Bools:
    """Say in which frames the picture's border cuts off the edge of the back, (time,)."""
    outline = tracks.silhouette.outline_px
    shoulder, hip = middle_px(tracks, "shoulder"), middle_px(tracks, "hip")
    beyond = _BEYOND * np.hypot(*(shoulder - hip).T)[:, None]
    top, bottom = (edge(shoulder[:, 1:], hip[:, 1:]) for edge in (np.minimum, np.maximum))
    with np.errstate(invalid="ignore"):
        of_back = (outline[..., 1] > top - beyond) & (outline[..., 1] < bottom + beyond)
        behind = outline[..., 0] < _BORDER_PX
        if not faces_right(tracks):
            behind = outline[..., 0] > tracks.width_px - 1 - _BORDER_PX
    return np.asarray((of_back & behind).any(axis=1))
