"""Thousands of cases without a renderer: the tracks that vision would have given, with errors of known size.

What a clip costs here is milliseconds a frame; what it cannot show is everything that a picture does to a
model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from lumbar.arrays import Bools, Floats
from lumbar.motion.evidence import VIEW_BIAS_RAD
from lumbar.synth.body import Body, load_body
from lumbar.synth.case import Case
from lumbar.synth.landmarks import guess_pose
from lumbar.synth.outline import Sampler, cell_size_px, trace
from lumbar.synth.render import Act, act, clip_times
from lumbar.synth.truth import Truth, tell_truth
from lumbar.vision.tracks import OUTLINE_POINTS, BarTrack, Quality, Silhouette, Tracks

#: How long an error of the sway lasts (s).
_SWAY_S = 0.35


@dataclass(frozen=True, slots=True)
class Errors:
    """How wrong the tracks are made.

    ``outline_m`` is the deviation of the outline across itself, smooth over a few centimetres and new in
    each frame (4 mm in the lab's contour study); ``outline_hz`` how often there is an outline at all: frames
    between are NaN; ``plate_px`` the deviation of a plate's centre (0.05 to 0.52 px, 0.12 at the median, while it
    lies still on 11 rendered clips of the train and tune splits; a moving one more), ``plate_share`` that of its
    size; ``view_deg`` that of the view's angle over a clip; ``landmark_ratio`` how much of the usual error
    landmarks have. ``sway_px`` and ``sway_rad`` are how wrong the phone's sway is read, slowly: of two drawn clips
    of the tune split one was left with 0.6 px of 6 px, the other with 1.5 px of 5 px; what lies between is taken.
    """

    outline_m: float = 0.004
    outline_hz: float = 10.0
    plate_px: float = 0.15
    plate_share: float = 0.01
    view_deg: float = 4.0
    landmark_ratio: float = 1.0
    sway_px: float = 1.1
    sway_rad: float = 0.0025


@dataclass(frozen=True, slots=True, eq=False)
class FastClip:
    """Tracks with errors, and the truth that they were made from."""

    case: Case
    tracks: Tracks
    truth: Truth


def fast_clip(case: Case, errors: Errors | None = None) -> FastClip:
    """Return a case's tracks and truth; the same for the same case."""
    errors = errors or Errors()
    rng = np.random.default_rng([case.seed, 9])
    body = load_body(case.body)
    played = act(case, clip_times(case))
    truth = tell_truth(case, body, played.done, played.posed, played.view)
    pose = guess_pose(truth, case.phone.side, rng, error_ratio=errors.landmark_ratio)
    tracks = Tracks(
        pose=pose,
        silhouette=_outlines(body, played, truth, errors, rng),
        bar=_bar(truth, errors, rng),
        quality=_quality(case, truth, errors, rng),
        width_px=truth.width_px,
        height_px=truth.height_px,
        people=1 + len(case.gym.bystanders),
        sway_px_rad=_sway(case, truth, errors, rng),
    )
    return FastClip(case, tracks, truth)


def _outlines(body: Body, played: Act, truth: Truth, errors: Errors, rng: np.random.Generator) -> Silhouette:
    outlines = np.full((len(truth.time_s), OUTLINE_POINTS, 2), np.nan)
    sampler = Sampler(body)
    stature_px = truth.focal_px * body.height_m / np.median(played.view.depth_m(truth.joint_m("neck")))
    cell_px = cell_size_px(float(stature_px))
    for frame in _chosen(truth.time_s, errors.outline_hz):
        spread = sampler.spread(sampler.skin.at(played.posed.moves[frame]))
        seen = played.view.at(frame).project(spread[None])[0]
        outline = trace(seen, cell_px, truth.plate_px[frame, :4])
        outlines[frame] = _roughen(outline, errors.outline_m * stature_px / body.height_m, rng)
    return Silhouette(truth.time_s, outlines)


def _chosen(time_s: Floats, rate_hz: float) -> NDArray[np.int64]:
    """Return the frames that come first in each period of that rate."""
    slots = np.floor(time_s * rate_hz + 1e-9)
    return np.asarray(np.flatnonzero(np.r_[True, np.diff(slots) > 0]), np.int64)


def _roughen(outline: Floats, size_px: float, rng: np.random.Generator) -> Floats:
    """Move an outline in and out by smooth noise of that deviation."""
    along = np.roll(outline, -1, axis=0) - np.roll(outline, 1, axis=0)
    across = np.stack([along[:, 1], -along[:, 0]], axis=1) / (np.linalg.norm(along, axis=1, keepdims=True) + 1e-9)
    noise = gaussian_filter1d(rng.standard_normal(len(outline)), 2.0, mode="wrap") * np.sqrt(4 * np.sqrt(np.pi))
    return np.asarray(outline + across * (noise * size_px)[:, None])


def _bar(truth: Truth, errors: Errors, rng: np.random.Generator) -> BarTrack:
    frames = len(truth.time_s)
    size = 1 + rng.normal(0, errors.plate_share)
    return BarTrack(
        time_s=truth.time_s,
        centre_px=truth.plate_px[:, :2] + rng.normal(0, errors.plate_px, (frames, 2)),
        half_height_px=truth.plate_px[:, 2] * size,
        half_width_px=truth.plate_px[:, 3] * size,
        score=np.full(frames, 0.9),
        noise_px=errors.plate_px,
    )


def _quality(case: Case, truth: Truth, errors: Errors, rng: np.random.Generator) -> Quality:
    frames = len(truth.time_s)
    view = np.radians(case.phone.view_deg + rng.normal(0, errors.view_deg)) + VIEW_BIAS_RAD
    moved = np.abs(np.diff(truth.camera_axes[:, 2], axis=0, prepend=truth.camera_axes[:1, 2])).max(axis=1)
    return Quality(
        is_seen=np.ones(frames, bool),
        is_cropped=_cropped(truth),
        is_cut=np.zeros(frames, bool),
        is_moved=truth.time_s > (np.inf if case.phone.falls_at_s is None else case.phone.falls_at_s),
        blur_score=np.full(frames, 1 / (1 + case.spoil.blur_px)),
        camera_shift_px=moved * truth.focal_px,
        view_angle_rad=np.full(frames, np.clip(view, 0, np.pi)),
    )


def _sway(case: Case, truth: Truth, errors: Errors, rng: np.random.Generator) -> Floats:
    """Return where a far background has gone since the first frame, (time, 3); of a phone that falls, nothing."""
    if case.phone.falls_at_s is not None:
        return np.zeros((0, 3))
    axes = truth.camera_axes
    ahead = axes @ axes[0, 2]
    turn = np.arctan2(axes[:, 1] @ axes[0, 0], axes[:, 0] @ axes[0, 0])
    true = np.column_stack([truth.focal_px * ahead[:, :2] / ahead[:, 2:], turn])
    step_s = float(np.median(np.diff(truth.time_s)))
    noise = gaussian_filter1d(rng.standard_normal(true.shape), _SWAY_S / step_s, axis=0, mode="wrap")
    noise *= np.sqrt(2 * np.sqrt(np.pi) * _SWAY_S / step_s)
    return np.asarray(true + noise * [errors.sway_px, errors.sway_px, errors.sway_rad])


def _cropped(truth: Truth) -> Bools:
    ends = np.stack([truth.joint_px(name) for name in ("head_top", "left_toe", "right_toe", "left_heel")], axis=1)
    size = np.array([truth.width_px, truth.height_px])
    return np.asarray(~np.all((ends >= 0) & (ends < size), axis=(1, 2)))
