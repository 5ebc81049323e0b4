"""The lifter and the bar in metres, in the sagittal plane."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats, check_shape, freeze
from lumbar.estimate import Estimate, Measured, Missing, around
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.angles import ANGLES, joint_angles, seen_trunk
from lumbar.motion.apart import PLACES, Apart, apart, unknown
from lumbar.motion.chain import AT, BAR, HAND_Z, PLATE, SHOULDER_Z, near_joint
from lumbar.motion.evidence import Evidence, gather
from lumbar.motion.fit import Fit, fit
from lumbar.motion.hidden import behind
from lumbar.motion.scale import Scale, find_scale, plate_metres
from lumbar.motion.side import faces_right, side_turn, view_angle
from lumbar.motion.smooth import HALF_WINDOW_S, cutoff_hz, half_window_for, smooth, smooth_bar
from lumbar.motion.steady import steadied
from lumbar.vision.tracks import BarTrack, Tracks

__all__ = ["ANGLES", "POINTS", "Motion", "to_motion"]

#: Points of the side nearer to the camera that a side view can follow, and their landmarks.
POINTS = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "toe")
#: Those that are read off the picture at a known distance from the sagittal plane (in statures), not fitted.
_READ = {"ear": 0.045, "elbow": (SHOULDER_Z + HAND_Z) / 2, "wrist": HAND_Z}

# Engineering rules.
#: A moving rim is blurred: its centre is never known better than this.
_MOVING_NOISE_PX = 0.3
#: A landmark that the network itself thinks is hidden is not used.
_LEAST_VISIBILITY = 0.3
#: A landmark that is read, not fitted, is known to this (m): vision.md §3, 1 to 2 % of the trunk, and its bias.
_READ_SD_M = 0.04
#: A clip whose marks usually lie this far from the lifter's is not one lifter with this bar: some other disc was
#: followed, or several people.
_CLIP_MISFIT_M = 0.10
#: The view is never known better than this: what a body turns against its own feet.
_LEAST_VIEW_SD_RAD = np.radians(2)
#: Of the frames with the bar in the hands, how many must show a pose that could hold it.
_LEAST_HELD = 0.4
_NO_FIT = "Body and bar do not fit together as one lifter who holds one bar, so joints cannot be measured."
#: A frame whose marks usually lie this far from the lifter's shows somebody else, or nobody.
_MISFIT_M = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """One set in metres.

    One frame for body and bar: x points from heel to toe and is zero at the ankles' middle, y points up and is
    zero at the bar's axis where it rests. ``bar_m`` (time, 2) is the bar's axis in the sagittal plane and
    ``bar_speed_m_per_s`` (time, 2) its velocity, smoothed at ``cutoff_hz``; its height is hardly smoothed, so that
    it is seen to turn and to land. ``points_m`` (time, point, 2) is the
    side of the body nearer to the camera, projected to the sagittal plane; ``points_px`` the same in the picture.
    ``angles_rad`` is (time, angle). ``points_sd_m``, ``bar_sd_m`` and ``angles_sd_rad`` are one standard
    deviation of each, and ``apart`` is how well shoulder and bar are known against the hip. ``trunk_seen_rad``
    (time,) is the trunk's angle as the network has it: farther off than that of the fitted lifter, but always by
    nearly as much, and as quick as the trunk is. What was not seen, and does not follow from what was, is NaN.

    Where the view does not show the side, there is the bar alone, and its x is zero where it usually is.
    """

    time_s: Floats
    points_m: Floats
    points_sd_m: Floats
    points_px: Floats
    bar_m: Floats
    bar_sd_m: Floats
    apart: Apart
    bar_speed_m_per_s: Floats
    angles_rad: Floats
    angles_sd_rad: Floats
    trunk_seen_rad: Floats
    scale: Scale
    faces_right: bool
    view_angle_rad: Measured
    cutoff_hz: float

    def __post_init__(self) -> None:
        freeze(self)
        frames = len(self.time_s)
        for name in ("points_m", "points_sd_m", "points_px"):
            check_shape(name, getattr(self, name), "(time, point, 2)", (frames, len(POINTS), 2))
        for name in ("bar_m", "bar_sd_m", "bar_speed_m_per_s"):
            check_shape(name, getattr(self, name), "(time, 2)", (frames, 2))
        for name in ("angles_rad", "angles_sd_rad"):
            check_shape(name, getattr(self, name), "(time, angle)", (frames, len(ANGLES)))
        check_shape("trunk_seen_rad", self.trunk_seen_rad, "(time,)", (frames,))
        check_shape("apart.scale_m", self.apart.scale_m, "(time, place)", (frames, len(PLACES)))

    def angle(self, name: str) -> Floats:
        """Return one angle over time, (time,), in radians."""
        return self.angles_rad[:, ANGLES.index(name)]

    def angle_sd(self, name: str) -> Floats:
        """Return the standard deviation of one angle over time, (time,), in radians."""
        return self.angles_sd_rad[:, ANGLES.index(name)]

    def point(self, name: str) -> Floats:
        """Return one point's path, (time, 2), in metres."""
        return self.points_m[:, POINTS.index(name)]

    def point_px(self, name: str) -> Floats:
        """Return one point's path in the picture, (time, 2)."""
        return self.points_px[:, POINTS.index(name)]

    def point_sd(self, name: str) -> Floats:
        """Return the standard deviation of one point per axis, (time, 2), in metres."""
        return self.points_sd_m[:, POINTS.index(name)]


@dataclass(frozen=True, slots=True, eq=False)
class _Body:
    """The body's part of a motion, y from the floor; ``bar_x_m`` (time,) the bar's, and where it rests."""

    points_m: Floats
    points_sd_m: Floats
    points_px: Floats
    angles_rad: Floats
    angles_sd_rad: Floats
    trunk_seen_rad: Floats
    bar_x_m: Floats
    bar_sd_m: Floats
    apart: Apart
    rest_m: float
    view_rad: Measured


def to_motion(tracks: Tracks, lifter: Lifter, barbell: Barbell) -> Motion:
    """Turn tracks in pixels into metres; needs a bar (``tracks.bar``), which is the ruler."""
    bar = tracks.bar
    if bar is None:
        raise TypeError("metres need a plate: tracks.bar is None; ask form.limits.refusal first")
    still = steadied(tracks)
    tracks, bar = still.tracks, still.tracks.bar or bar
    scale = find_scale(tracks, bar, lifter, barbell)
    is_right = faces_right(tracks)
    view = view_angle(tracks, bar, side_turn(tracks, bar))
    body = None if isinstance(view, Missing) else _body(tracks, bar, lifter, barbell, scale)
    if body is None:
        body = _no_body(len(tracks.time_s), view if isinstance(view, Missing) else Missing(_NO_FIT))
    step_s = float(np.median(np.diff(tracks.time_s)))
    half_window_s = half_window_for(max(bar.noise_px, _MOVING_NOISE_PX) * scale.plate_m_per_px.value, step_s)
    path_m = plate_metres(bar, barbell) * [1.0 if is_right else -1.0, 1.0]
    if np.isfinite(body.bar_x_m).any():
        path_m[:, 0] = np.where(np.isfinite(path_m[:, 0]), body.bar_x_m, np.nan)
    bar_m, speed = smooth_bar(tracks.time_s, path_m, half_window_s)
    return Motion(
        time_s=tracks.time_s,
        points_m=body.points_m - [0, body.rest_m],
        points_sd_m=body.points_sd_m,
        points_px=still.as_seen(body.points_px),
        bar_m=bar_m,
        bar_sd_m=np.where(np.isfinite(bar_m), body.bar_sd_m, np.nan),
        apart=body.apart,
        bar_speed_m_per_s=speed,
        angles_rad=body.angles_rad,
        angles_sd_rad=body.angles_sd_rad,
        trunk_seen_rad=body.trunk_seen_rad,
        scale=scale,
        faces_right=is_right,
        view_angle_rad=body.view_rad,
        cutoff_hz=cutoff_hz(half_window_s, step_s),
    )


def _no_body(frames: int, why: Missing) -> _Body:
    """Return nothing, for each frame."""
    none = np.full((frames, len(POINTS), 2), np.nan)
    angles, bar = np.full((frames, len(ANGLES)), np.nan), np.full((frames, 2), np.nan)
    return _Body(none, none, none, angles, angles, angles[:, 0], bar[:, 0], bar, unknown(frames), 0.0, why)


def _body(tracks: Tracks, bar: BarTrack, lifter: Lifter, barbell: Barbell, scale: Scale) -> _Body | None:
    """Fit the lifter and return it in metres and pixels, where it was seen; None when no lifter fits."""
    is_right = faces_right(tracks)
    moving = np.isfinite(bar.half_width_px)
    view_rad = float(np.nanmedian(tracks.quality.view_angle_rad[moving]))
    if not np.isfinite(tracks.pose.xy_px).any():
        return None
    evidence = gather(tracks, bar, lifter, barbell, scale, (is_right, view_rad))
    found = fit(evidence)
    if not _is_one_lifter(evidence, found):
        return None
    points_m, points_sd_m, points_px = _points(tracks, evidence, found, near="right" if is_right else "left")
    angles, angles_sd = joint_angles(found)
    trunk_seen = seen_trunk(evidence, found)
    gone = ~(tracks.quality.is_seen & ~(found.misfit_m > _MISFIT_M))
    for each in (points_m, points_sd_m, points_px, angles, angles_sd, trunk_seen):
        each[gone] = np.nan
    if not is_right:
        points_px[..., 0] = tracks.width_px - points_px[..., 0]
    lies = evidence.lies if evidence.lies.any() else moving
    return _Body(
        points_m=points_m,
        points_sd_m=points_sd_m,
        points_px=points_px,
        angles_rad=angles,
        angles_sd_rad=angles_sd,
        trunk_seen_rad=trunk_seen,
        bar_x_m=found.pinhole.place(evidence.seen_px[:, PLATE], found.clip[AT["plate_z"]])[:, 0],
        bar_sd_m=np.sqrt(found.state_cov[:, [6, 7], [6, 7]]),
        apart=apart(found),
        rest_m=float(np.median(found.state_m[lies, BAR.start + 1])),
        view_rad=_view(found),
    )


def _view(found: Fit) -> Estimate:
    """Return the camera's angle about the lifter as the fit has it: 90 % of a normal error, on either side."""
    spread = float(np.sqrt(found.clip_cov[AT["view"], AT["view"]]))
    return around(float(found.clip[AT["view"]]), 1.645 * max(spread, _LEAST_VIEW_SD_RAD))


def _is_one_lifter(evidence: Evidence, found: Fit) -> bool:
    """Say whether the marks lie near the lifter's, and whether poses and a bar in the hands go together."""
    far_m = found.misfit_m[np.isfinite(found.misfit_m)]
    held = np.isfinite(evidence.seen_px[evidence.is_held, 0, 0])
    fits = not far_m.size or float(np.median(far_m)) <= _CLIP_MISFIT_M
    return fits and (not held.size or float(held.mean()) >= _LEAST_HELD)


def _points(tracks: Tracks, evidence: Evidence, found: Fit, near: str) -> tuple[Floats, Floats, Floats]:
    """Return the near side's points in metres, their deviations, and in (mirrored) pixels, (time, point, 2)."""
    frames = len(found.state_m)
    points_m, sd_m, px = (np.full((frames, len(POINTS), 2), np.nan) for _ in range(3))
    for index, name in enumerate(POINTS):
        if name in _READ:
            px[:, index], points_m[:, index] = _read(tracks, evidence, found, name, near)
            sd_m[:, index] = np.where(np.isfinite(points_m[:, index]), _READ_SD_M, np.nan)
        if name not in _READ or name == "wrist":
            joint = near_joint(found.state_m, found.clip, name)
            fitted = evidence.is_held | (name != "wrist")
            points_m[fitted, index], px[fitted, index] = joint[fitted, :2], found.pinhole.project(joint)[0][fitted]
            sd_m[fitted, index] = _spread(found, name)[fitted]
    return points_m, sd_m, px


def _spread(found: Fit, name: str) -> Floats:
    """Return the standard deviation of a fitted point per axis, (time, 2)."""
    starts = {"knee": 0, "hip": 2, "shoulder": 4, "wrist": 6}
    if name in starts:
        own = np.arange(starts[name], starts[name] + 2)
        return np.asarray(np.sqrt(found.state_cov[:, own, own]))
    height = np.sqrt(found.clip_cov[AT["ankle_y"], AT["ankle_y"]])
    # The ankle's x is where x is zero; how far heel and toe are from it is known, and not where they lie.
    ahead = {"ankle": 0.0, "heel": AT["heel_x"], "toe": AT["toe_x"]}[name]
    wide = np.sqrt(found.clip_cov[int(ahead), int(ahead)]) if ahead else 0.0
    return np.tile([wide, height], (len(found.state_m), 1))


def _read(tracks: Tracks, evidence: Evidence, found: Fit, name: str, near: str) -> tuple[Floats, Floats]:
    """Return a landmark that is not fitted, smoothed: in (mirrored) pixels and in metres, (time, 2) each."""
    seen = tracks.pose.landmark_px(f"{near}_{name}").copy()
    seen[tracks.pose.seen(f"{near}_{name}") < _LEAST_VISIBILITY] = np.nan
    if near == "left":
        seen[:, 0] = tracks.width_px - seen[:, 0]
    seen[behind(evidence.cover_px, seen[:, None])[:, 0]] = np.nan
    at_px = smooth(tracks.time_s, seen, HALF_WINDOW_S)[0]
    return at_px, found.pinhole.place(at_px, _READ[name] * found.clip[AT["stature"]])
