"""Thousands of cases without a renderer: the tracks that vision would have given, with errors of known size.

What a clip costs here is milliseconds a frame; what it cannot show is everything that a picture does to a
model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from lumbar.arrays import Bools, Floats
from lumbar.motion.bias import VIEW_BIAS_RAD
from lumbar.synth.body import Body, load_body
from lumbar.synth.case import Case
from lumbar.synth.landmarks import guess_pose
from lumbar.synth.outline import Sampler, cell_size_px, trace
from lumbar.synth.render import Act, act, clip_times
from lumbar.synth.truth import Truth, tell_truth
from lumbar.vision.tracks import OUTLINE_POINTS, BarTrack, Quality, Silhouette, Tracks

#: How long an error of the sway lasts (s).
_SWAY_S = 0.35
#: Outlines cost most of a fast clip's time, so there are no more than this many a second but around pulls: from
#: this long before lift-off until this long after knee pass (s), or so long where a pull was given up before it.
_ELSEWHERE_HZ = 10.0
_SET_UP_S, _BEYOND_S, _UNKNOWN_PULL_S = 0.4, 0.1, 1.0


@dataclass(frozen=True, slots=True)
class Errors:
    """How wrong the tracks are made.

    ``outline_px`` is the deviation of the outline across itself, smooth over a few centimetres,
    ``outline_spread_ratio`` how much clips differ in that (of the logarithm), and ``outline_s`` how long it takes
    to forget it. Readings of the back are then nearly as far off, and for as long, as on nine drawn clips of the
    tune split, where that goes with the size of a pixel (design/back/lasting.py: 0.2 to 1.1 px, 0.6 at the median;
    two readings 0.4 s apart differ by 3.2° beyond what they share, on drawn clips by 3.9°).
    ``outline_hz`` is how often there is an outline from the set-up to knee pass, where the back bends, and at most
    every tenth of a second elsewhere: frames between are NaN. ``plate_px`` is the deviation of a plate's centre
    (0.05 to 0.52 px, 0.12 at the median, while it lies still on 11 rendered clips of the train and tune splits; a
    moving one more), ``plate_share`` that of its size; ``stack_ratio`` the least and the most of a stack of plates
    that is taken for the near one, which is wider then, and its middle further in (0.1 to 1.7 on ten drawn clips
    of the tune split); ``far_found_ratio`` is how many clips the far plate is found in, and ``far_ratio`` how far
    off it is all clip long, in radii of the near one (12 of 18 drawn clips of the tune split, 0.04 to 0.05);
    ``view_deg`` that of the view's angle over a clip;
    ``landmark_ratio`` how much of the usual error landmarks have. ``sway_px`` and ``sway_rad`` are how wrong the
    phone's sway is read, slowly: of two drawn clips of the tune split one was left with 0.6 px of 6 px, the other
    with 1.5 px of 5 px; what lies between is taken.
    """

    outline_px: float = 0.6
    outline_spread_ratio: float = 0.4
    outline_s: float = 0.15
    outline_hz: float = 30.0
    plate_px: float = 0.15
    plate_share: float = 0.01
    view_deg: float = 4.0
    landmark_ratio: float = 1.0
    stack_ratio: tuple[float, float] = (0.2, 1.2)
    far_found_ratio: float = 0.67
    far_ratio: float = 0.045
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
        bar=_bar(case, truth, errors, rng),
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
    chosen = _chosen(truth, errors)
    noise = _waves(truth.time_s[chosen], errors.outline_s, rng) * errors.outline_px
    noise *= np.exp(rng.normal(0, errors.outline_spread_ratio))
    for frame, wave in zip(chosen, noise, strict=True):
        spread = sampler.spread(sampler.skin.at(played.posed.moves[frame]))
        seen = played.view.at(frame).project(spread[None])[0]
        outlines[frame] = _roughen(trace(seen, cell_px, truth.plate_px[frame, :4]), wave)
    return Silhouette(truth.time_s, outlines)


def _chosen(truth: Truth, errors: Errors) -> NDArray[np.int64]:
    """Return the frames that have an outline: the first in each period, which is shorter in pulls."""
    time_s = truth.time_s
    pulls = np.zeros(len(time_s), bool)
    for rep in truth.reps:
        end_s = rep.knee_pass_s or rep.lockout_s or rep.lift_off_s + _UNKNOWN_PULL_S
        pulls |= (time_s >= rep.lift_off_s - _SET_UP_S) & (time_s <= end_s + _BEYOND_S)
    elsewhere = _first_of(time_s, min(errors.outline_hz, _ELSEWHERE_HZ))
    return np.asarray(np.flatnonzero(elsewhere | (pulls & _first_of(time_s, errors.outline_hz))), np.int64)


def _first_of(time_s: Floats, rate_hz: float) -> Bools:
    """Say which frames come first in each period of that rate, (time,)."""
    return np.asarray(np.r_[True, np.diff(np.floor(time_s * rate_hz + 1e-9)) > 0])


def _waves(time_s: Floats, lasts_s: float, rng: np.random.Generator) -> Floats:
    """Return noise of deviation one, (time, point): smooth along an outline, and forgotten at an even rate."""
    waves = smooth_noise((len(time_s), OUTLINE_POINTS), 2.0, rng)
    kept = np.exp(-np.diff(time_s) / lasts_s)
    for index, share in enumerate(kept, 1):
        waves[index] = share * waves[index - 1] + np.sqrt(1 - share**2) * waves[index]
    return waves


def smooth_noise(shape: tuple[int, ...], width_ratio: float, rng: np.random.Generator, axis: int = -1) -> Floats:
    """Return noise of deviation one, smooth along an axis whose ends meet.

    ``width_ratio`` is how wide its waves are, over a step of the axis.
    """
    noise = gaussian_filter1d(rng.standard_normal(shape), width_ratio, axis=axis, mode="wrap")
    return np.asarray(noise * np.sqrt(2 * np.sqrt(np.pi) * width_ratio))


def _roughen(outline: Floats, wave_px: Floats) -> Floats:
    """Move an outline (point, 2) in and out by so much, (point,)."""
    along = np.roll(outline, -1, axis=0) - np.roll(outline, 1, axis=0)
    across = np.stack([along[:, 1], -along[:, 0]], axis=1) / (np.linalg.norm(along, axis=1, keepdims=True) + 1e-9)
    return np.asarray(outline + across * wave_px[:, None])


def _bar(case: Case, truth: Truth, errors: Errors, rng: np.random.Generator) -> BarTrack:
    frames = len(truth.time_s)
    size = 1 + rng.normal(0, errors.plate_share)
    inward_px, wider_px = _stack_px(case, truth, errors)
    return BarTrack(
        time_s=truth.time_s,
        centre_px=truth.plate_px[:, :2] + inward_px + rng.normal(0, errors.plate_px, (frames, 2)),
        half_height_px=truth.plate_px[:, 2] * size,
        half_width_px=truth.plate_px[:, 3] * size + wider_px,
        score=np.full(frames, 0.9),
        noise_px=errors.plate_px,
        far_px=_far_px(case, truth, errors),
    )


def _far_px(case: Case, truth: Truth, errors: Errors) -> Floats | None:
    """Return the far plate's middle, (time, 2), where it is found."""
    rng = np.random.default_rng([case.seed, 10])
    if rng.random() > errors.far_found_ratio:
        return None
    off_px = rng.normal(0, errors.far_ratio, 2) * np.median(truth.plate_px[:, 2])
    return np.asarray(truth.far_plate_px + off_px)


def _stack_px(case: Case, truth: Truth, errors: Errors) -> tuple[Floats, Floats]:
    """Return how far in the middle of a seen stack of plates lies (time, 2), and how much wider it is (time,)."""
    seen_ratio = np.random.default_rng([case.seed, 8]).uniform(*errors.stack_ratio)
    half_m = seen_ratio * sum(thick for _, thick in case.look.plates) / 2
    px_per_m = truth.plate_px[:, 2] / (case.lift.plate_m / 2)
    ahead = half_m * np.cos(np.radians(case.phone.view_deg)) * px_per_m
    return np.column_stack([ahead if case.phone.side == "right" else -ahead, 0 * ahead]), np.abs(ahead)


def _quality(case: Case, truth: Truth, errors: Errors, rng: np.random.Generator) -> Quality:
    frames = len(truth.time_s)
    view = np.radians(case.phone.view_deg + rng.normal(0, errors.view_deg)) + VIEW_BIAS_RAD
    moved = np.abs(np.diff(truth.camera_axes[:, 2], axis=0, prepend=truth.camera_axes[:1, 2])).max(axis=1)
    return Quality(
        is_seen=np.ones(frames, bool),
        is_cropped=_cropped(truth),
        is_elsewhere=np.zeros(frames, bool),
        is_dark=np.zeros(frames, bool),
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
    noise = smooth_noise(true.shape, _SWAY_S / step_s, rng, axis=0)
    return np.asarray(true + noise * [errors.sway_px, errors.sway_px, errors.sway_rad])


def _cropped(truth: Truth) -> Bools:
    ends = np.stack([truth.joint_px(name) for name in ("head_top", "left_toe", "right_toe", "left_heel")], axis=1)
    size = np.array([truth.width_px, truth.height_px])
    return np.asarray(~np.all((ends >= 0) & (ends < size), axis=(1, 2)))
