"""The lifter and the bar in metres, in the sagittal plane."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Bools, Floats, check_shape, freeze
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.scale import Scale, find_scale, plate_metres
from lumbar.motion.smooth import HALF_WINDOW_S, cutoff_hz, half_window_for, smooth
from lumbar.vision.tracks import LANDMARKS, BarTrack, Tracks

#: Points of the side nearer to the camera that a side view can follow, and their landmarks.
POINTS = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
_LANDMARK_OF = {point: "foot_index" if point == "toe" else point for point in POINTS}

#: Angles, in radians. Elevations are above the horizontal; inner angles are between two segments, π when
#: straight (reference/biomechanics: internal angle = 180° − flexion). docs/conventions.md has the table.
ANGLES = (
    "trunk",  # elevation of hip→shoulder; π/2 is upright, more is leaning back
    "hip",  # inner angle shoulder–hip–knee
    "knee",  # inner angle hip–knee–ankle
    "shank",  # elevation of ankle→knee; π/2 is vertical, less is knees forward
    "arm",  # angle of shoulder→wrist from straight down; positive is hands forward
)

# Engineering rules.
#: A landmark that the network itself thinks is hidden is not used.
_LEAST_VISIBILITY = 0.3
#: Feet stay where they are during a set: a hidden ankle is where it was whenever it was seen.
_PLANTED = ("ankle", "heel", "toe")
#: A moving rim is blurred: its centre is never known better than this.
_MOVING_NOISE_PX = 0.3
#: A view this far off the exact side still gives sagittal angles, corrected for the turn.
_MOST_TURN_RAD = np.pi / 3


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """One set in metres.

    x points from heel to toe, y up. ``bar_m`` (time, 2) is the bar's axis, zero where it rests;
    ``bar_speed_m_per_s`` (time, 2) its velocity. ``points_m`` (time, point, 2) is the near side of the body in
    the mid-plane, with its own origin at the ankles: how far the bar is from the body is not known from it.
    ``angles_rad`` is (time, angle). The bar is smoothed at ``cutoff_hz``. What was not seen is NaN.
    """

    time_s: Floats
    points_m: Floats
    bar_m: Floats
    bar_speed_m_per_s: Floats
    angles_rad: Floats
    scale: Scale
    faces_right: bool
    view_angle_rad: Measured
    cutoff_hz: float

    def __post_init__(self) -> None:
        freeze(self)
        frames = len(self.time_s)
        check_shape("points_m", self.points_m, "(time, point, 2)", (frames, len(POINTS), 2))
        check_shape("bar_m", self.bar_m, "(time, 2)", (frames, 2))
        check_shape("bar_speed_m_per_s", self.bar_speed_m_per_s, "(time, 2)", (frames, 2))
        check_shape("angles_rad", self.angles_rad, "(time, angle)", (frames, len(ANGLES)))

    def angle(self, name: str) -> Floats:
        """Return one angle over time, (time,), in radians."""
        return self.angles_rad[:, ANGLES.index(name)]

    def point(self, name: str) -> Floats:
        """Return one point's path, (time, 2), in metres."""
        return self.points_m[:, POINTS.index(name)]


def to_motion(tracks: Tracks, lifter: Lifter, barbell: Barbell) -> Motion:
    """Turn tracks in pixels into metres; needs a bar (``tracks.bar``), which is the ruler."""
    bar = tracks.bar
    if bar is None:
        raise TypeError("metres need a plate: tracks.bar is None; ask form.limits.refusal first")
    scale = find_scale(tracks, bar, lifter, barbell)
    faces_right = _faces_right(tracks)
    forward = np.array([1.0 if faces_right else -1.0, 1.0])
    turn = side_turn(tracks, bar)
    step_s = float(np.median(np.diff(tracks.time_s)))
    half_window_s = half_window_for(max(bar.noise_px, _MOVING_NOISE_PX) * scale.plate_m_per_px.value, step_s)
    bar_m, speed = smooth(tracks.time_s, plate_metres(bar, barbell) * forward, half_window_s)
    points_px = smooth(tracks.time_s, _near_side_px(tracks, bar), HALF_WINDOW_S)[0]
    squeeze = np.cos(turn.value) if isinstance(turn, Estimate) else np.nan
    points_m = (points_px - _origin_px(points_px)) * [1, -1] * forward * scale.body_m_per_px.value / [squeeze, 1]
    return Motion(
        time_s=tracks.time_s,
        points_m=points_m,
        bar_m=bar_m,
        bar_speed_m_per_s=speed,
        angles_rad=_angles(points_m),
        scale=scale,
        faces_right=faces_right,
        view_angle_rad=_view(tracks, bar, turn),
        cutoff_hz=cutoff_hz(half_window_s, step_s),
    )


def _origin_px(points_px: Floats) -> Floats:
    """Return where the ankle stands, (2,); else the lowest of the other points."""
    usual = np.array([_usual_px(points_px[:, index]) for index in range(len(POINTS))])
    ankle = usual[POINTS.index("ankle")]
    if np.isfinite(ankle).all():
        return np.asarray(ankle)
    return np.asarray(usual[np.nanargmax(usual[:, 1])] if np.isfinite(usual[:, 1]).any() else np.zeros(2))


def _usual_px(path_px: Floats) -> Floats:
    """Return where a point mostly is, (2,); NaN when it was never seen."""
    seen = path_px[np.isfinite(path_px[:, 0])]
    return np.median(seen, axis=0) if len(seen) else np.full(2, np.nan)


def side_turn(tracks: Tracks, bar: BarTrack) -> Measured:
    """Return how far the camera is from the exact side, 0 or more, in radians.

    Two witnesses: the near plate is a circle that looks narrower by the cosine of the turn (§8.2), and the
    estimator's own 3-D guess of the line through shoulders and hips. Each misses some of the turn (a thick plate
    shows its rim, a network leans towards the side view), so the larger is the value and both are in the range.
    """
    narrow = np.clip(bar.half_width_px / bar.half_height_px, 0, 1)
    by_plate = float(np.nanmedian(np.arccos(narrow)))
    moving = np.isfinite(bar.half_width_px)
    by_pose = float(np.nanmedian(np.abs(tracks.quality.view_angle_rad[moving] - np.pi / 2)))
    turn = max(by_plate, by_pose)
    if not np.isfinite(turn) or turn > _MOST_TURN_RAD:
        return Missing("The camera stands too far in front of you or behind you to see your side.")
    margin = float(np.radians(7))
    return Estimate(turn, max(0.0, min(by_plate, by_pose) - margin), turn + margin)


def _view(tracks: Tracks, bar: BarTrack, turn: Measured) -> Measured:
    """Return the camera's angle about the lifter: 0 in front, π/2 at the side, π behind."""
    if isinstance(turn, Missing):
        return turn
    moving = np.isfinite(bar.half_width_px)
    behind = np.nanmedian(tracks.quality.view_angle_rad[moving]) > np.pi / 2
    return turn.shifted(np.pi / 2) if behind else turn.scaled(-1).shifted(np.pi / 2)


def _faces_right(tracks: Tracks) -> bool:
    """Say which way the lifter faces: bent over, the shoulders are in front of the hips."""
    shoulder, hip = _middle_px(tracks, "shoulder"), _middle_px(tracks, "hip")
    lean = shoulder[:, 0] - hip[:, 0]
    bent = np.abs(lean) > 0.3 * np.abs(shoulder[:, 1] - hip[:, 1])
    lean = lean[bent] if bent.any() else lean
    return bool(np.nansum(np.sign(lean)) > 0)


def _middle_px(tracks: Tracks, joint: str) -> Floats:
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


def _near_side_px(tracks: Tracks, bar: BarTrack) -> Floats:
    """Return the near side's points, (time, point, 2); hidden ones are NaN, but planted feet stay."""
    side = near_side(tracks)
    points = np.stack(
        [tracks.pose.landmark_px(f"{side}_{_LANDMARK_OF[point]}") for point in POINTS], axis=1
    ).copy()
    seen = np.stack([tracks.pose.seen(f"{side}_{_LANDMARK_OF[point]}") for point in POINTS], axis=1)
    hidden = (seen < _LEAST_VISIBILITY) | behind_plate(points, bar)
    for index, point in enumerate(POINTS):
        if point in _PLANTED:
            clear = ~hidden[:, index] & (seen[:, index] > 0.5) & np.isfinite(points[:, index, 0])
            place = np.median(points[clear, index], axis=0) if clear.sum() >= 5 else np.array([np.nan, np.nan])
            points[:, index] = np.where(tracks.quality.is_seen[:, None], place, np.nan)
        else:
            points[hidden[:, index], index] = np.nan
    return points


def behind_plate(points_px: Floats, bar: BarTrack) -> Bools:
    """Say which points, (time, point, 2), lie behind the near plate; (time, point)."""
    away = points_px - bar.centre_px[:, None]
    size = np.stack([bar.half_width_px, bar.half_height_px], axis=-1)[:, None]
    with np.errstate(invalid="ignore"):
        return np.asarray((np.square(away / size)).sum(axis=-1) < 1.0)


def _angles(points_m: Floats) -> Floats:
    """Return the joint angles of a chain of points, (time, angle), in radians; signs as in ANGLES."""
    at = {point: points_m[:, index] for index, point in enumerate(POINTS)}

    def elevation(low: str, high: str) -> Floats:
        reach = at[high] - at[low]
        return np.asarray(np.arctan2(reach[:, 1], reach[:, 0]))

    def inner(one: str, middle: str, other: str) -> Floats:
        to_one, to_other = at[one] - at[middle], at[other] - at[middle]
        cosine = (to_one * to_other).sum(1) / np.hypot(*to_one.T) / np.hypot(*to_other.T)
        return np.asarray(np.arccos(np.clip(cosine, -1, 1)))

    hang = at["wrist"] - at["shoulder"]
    angles = {
        "trunk": elevation("hip", "shoulder"),
        "hip": inner("shoulder", "hip", "knee"),
        "knee": inner("hip", "knee", "ankle"),
        "shank": elevation("ankle", "knee"),
        "arm": np.arctan2(hang[:, 0], -hang[:, 1]),
    }
    return np.column_stack([angles[name] for name in ANGLES])
