"""What a clip says of the lifter: landmarks of both sides, how far each can be believed, and the plate."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Bools, Floats, freeze
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.bias import BENT_SINE, VIEW_BIAS_RAD, bias_m, postures
from lumbar.motion.chain import CROWN, FAR, FRONT, MARKS, PLATE, PROPORTIONS, TOP
from lumbar.motion.hidden import FEET
from lumbar.motion.scale import Scale
from lumbar.motion.smooth import HALF_WINDOW_S, smooth
from lumbar.vision.farplate import USUAL_FOCAL
from lumbar.vision.tracks import BarTrack, Tracks

#: Deviations of a seen landmark per axis (m): the part that changes slowly, and the part that stays all clip.
_SLOW_M = {
    "shoulder": 0.020,
    "wrist": 0.030,
    "hip": 0.022,
    "knee": 0.022,
    "ankle": 0.030,
    "heel": 0.035,
    "toe": 0.035,
}
_FIXED_M = {
    "shoulder": 0.018,
    "wrist": 0.025,
    "hip": 0.018,
    "knee": 0.020,
    "ankle": 0.025,
    "heel": 0.03,
    "toe": 0.03,
}
#: The same of one that the plate hides: the network guesses, and its guess drifts along with the plate.
_HIDDEN_M = {"shoulder": 0.06, "wrist": 0.08, "hip": 0.09, "knee": 0.13, "ankle": 0.22, "heel": 0.22, "toe": 0.22}
#: How long an error of each kind lasts (s), and how much worse the far side is.
_SEEN_S, _HIDDEN_S, _FEET_S, _FAR = 0.8, 6.0, 60.0, 1.7
#: The plate's width and height are off by these shares all clip long.
RIM_SHARE = (0.02, 0.012)
#: What is left of that from frame to frame (px), and how long it lasts (s).
_RIM_PX, _RIM_S = 0.5, 0.3
#: Landmarks that the network itself thinks hidden are worse by up to this.
_UNSURE = 2.5
#: The plate's centre is this well known (px), and is an independent look each time.
_PLATE_PX, _PLATE_S = 0.8, 0.05
#: A pose whose trunk is longer or shorter than usual by this (logarithm) is none; nor is one whose shoulders are
#: lower over a bar in the hands than this share of an arm.
_TRUNK_RATIO, _LEAST_ARM = 0.35, 0.6
#: Hips within this share of their way from the top are as high as they ever are; so long (s) makes a posture.
_TALL, _TALL_S = 0.08, 0.3
#: The bar is in the hands when it is this far above where it lies (m); at that height and slow, it lies.
_HELD_M, _LIES_M = 0.03, 0.015
#: Who pulls has gripped the bar, and stands at it, at least so long before (s); an engineering rule.
_GRIP_S = 0.5
#: A head this near to the picture's edge (px) is cut off.
_LEAST_MARGIN_PX = 4
#: At this distance from where it goes at most (m), the bar is at the top.
_TOP_M = 0.03
#: How well the crown's height is known where the outline is tallest (m), and how near to that counts (px, share).
_CROWN_M, _TALLEST = 0.018, 0.008
#: Bar over lifter, where their masses are not known.
_USUAL_LOAD = 1.2
#: The far plate is off by this share of the near one's radius, in one look for the whole clip: 0.04 on twelve
#: drawn clips of the tune split.
_FAR_RATIO = 0.05
#: What is taken for granted until the fit knows better: the plate's distance from the sagittal plane, stature.
USUAL_PLATE_M, _USUAL_STATURE_M = 0.745, 1.73
#: Where a lying bar is (m, ahead of the ankle): at the shin of who bends the knees to it (train split,
#: design/motion/balance.py). Over the middle of the foot it would be 0.072, which is within the spread.
OVER_FOOT_M = 0.10


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What was seen in one clip, with ahead to the right of the picture.

    ``seen_px`` (time, row, 2) are the marks of :data:`~lumbar.motion.chain.MARKS`, then the plate's middle, top
    and front, the crown and the far plate's middle; ``believed_score`` (time, mark) in 0–1 what the network thinks
    of them.
    ``cover_px`` (time, 4) is what the near plate hides: its middle, half width and half height; where it was
    not followed, where it was next to that. ``is_held``, ``lies`` and ``is_top`` (time,) tell where the bar
    is, ``is_tall`` when the lifter stands tallest. ``px_per_m`` is the scale in the sagittal plane,
    ``load_ratio`` the bar's mass over the lifter's.
    """

    time_s: Floats
    seen_px: Floats
    believed_score: Floats
    cover_px: Floats
    is_held: Bools
    lies: Bools
    is_tall: Bools
    is_top: Bools
    centre_px: Floats
    long_side_px: int
    px_per_m: float
    plate_px: float
    plate_radius_m: float
    view_rad: float
    stature_m: float | None
    is_scale_doubtful: bool
    load_ratio: float

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def is_gripped(self) -> Bools:
        """Return when the bar is in the hands or will be in a moment, (time,)."""
        held_s = self.time_s[self.is_held]
        if not held_s.size:
            return self.is_held
        following = held_s[np.searchsorted(held_s, self.time_s).clip(max=len(held_s) - 1)]
        return np.asarray(self.is_held | ((following >= self.time_s) & (following - self.time_s < _GRIP_S)))

    @property
    def step_s(self) -> Floats:
        """Return how long each frame stands for, (time,)."""
        return np.asarray(np.gradient(self.time_s))

    def at(self, rows: NDArray[np.intp]) -> "Evidence":
        """Return some of the frames."""
        over_time = ("time_s", "seen_px", "believed_score", "cover_px", "is_held", "lies", "is_tall", "is_top")
        chosen: dict[str, Any] = {name: getattr(self, name)[rows] for name in over_time}
        return replace(self, **chosen)


def offsets_sd_m(joint: str, side: int) -> float:
    """Return how far off a landmark usually is all clip long, per axis."""
    return _FIXED_M[joint] * (1 if side > 0 else _FAR)


def noise(evidence: Evidence, hidden: Bools) -> tuple[Floats, Floats]:
    """Return each row's deviation in pixels (time, row) and how long an error of it lasts (time, row)."""
    sigma, lasts = np.empty(evidence.seen_px.shape[:2]), np.empty(evidence.seen_px.shape[:2])
    for index, (joint, side) in enumerate(MARKS):
        unsure = 1 + (_UNSURE - 1) * np.clip(1 - evidence.believed_score[:, index], 0, 1)
        sigma[:, index] = np.where(hidden[:, index], _HIDDEN_M[joint], _SLOW_M[joint] * unsure)
        sigma[:, index] *= 1 if side > 0 else _FAR
        lasts[:, index] = np.where(hidden[:, index], _FEET_S if joint in FEET else _HIDDEN_S, _SEEN_S)
    sigma *= evidence.px_per_m
    sigma[:, PLATE], lasts[:, PLATE] = _PLATE_PX, _PLATE_S
    tall = np.isfinite(evidence.seen_px[:, CROWN, 1]).sum()
    sigma[:, CROWN] = _CROWN_M * evidence.px_per_m * np.sqrt(max(1, tall))
    lasts[:, CROWN] = 1e-3
    sigma[:, [TOP, FRONT]], lasts[:, [TOP, FRONT]] = _RIM_PX, _RIM_S
    sigma[:, FAR] = _FAR_RATIO * evidence.plate_px
    lasts[:, FAR] = max(1e-3, float(evidence.step_s[np.isfinite(evidence.seen_px[:, FAR, 0])].sum()))
    return sigma, lasts


def gather(
    tracks: Tracks, bar: BarTrack, lifter: Lifter, barbell: Barbell, scale: Scale, view: tuple[bool, float]
) -> Evidence:
    """Bring a clip's tracks into the form of the fit; ``view`` is whether ahead is right, and the view's angle."""
    is_right, view_rad = view
    marks = landmark_names("right" if is_right else "left")
    radius_px, radius_m = float(np.nanmedian(bar.half_height_px)), barbell.plate_m / 2
    long_side = max(tracks.width_px, tracks.height_px)
    px_per_m = USUAL_FOCAL * long_side / (USUAL_FOCAL * long_side * radius_m / radius_px + USUAL_PLATE_M)
    seen = _rows(tracks, bar, marks, is_right=is_right)
    # The nearer half of a disc that is seen aslant looks larger, so the middle of its outline lies nearer, too.
    aslant = radius_m / (USUAL_FOCAL * long_side * radius_m / radius_px) * np.sin(view_rad) * np.cos(view_rad)
    seen[:, PLATE, 0] -= radius_px * aslant
    upright = _uprightness(seen, tracks.time_s)
    held, lies, top = _where_bar_is(bar, radius_px / radius_m)
    posture_ratio = postures(upright, held)
    to_px = px_per_m * np.array([np.sin(view_rad), -1])
    seen[:, :PLATE] -= to_px * np.stack(
        [bias_m(*mark, posture_ratio, view_rad - VIEW_BIAS_RAD) for mark in MARKS], axis=1
    )
    seen[~_is_whole(seen, held, (lifter.height_m or _USUAL_STATURE_M) * px_per_m), :PLATE] = np.nan
    has_masses = barbell.mass_kg is not None and lifter.mass_kg is not None
    return Evidence(
        time_s=tracks.time_s,
        seen_px=seen,
        believed_score=np.stack([tracks.pose.seen(mark) for mark in marks], axis=1),
        cover_px=_cover(seen[:, PLATE], bar),
        is_held=held,
        lies=lies,
        is_tall=_is_tall(seen, held, tracks.time_s),
        is_top=top,
        centre_px=np.array([tracks.width_px, tracks.height_px]) / 2,
        long_side_px=long_side,
        px_per_m=px_per_m,
        plate_px=radius_px,
        plate_radius_m=radius_m,
        view_rad=view_rad - VIEW_BIAS_RAD,
        stature_m=lifter.height_m,
        is_scale_doubtful=bool(scale.plate_seems),
        load_ratio=(barbell.mass_kg or 0.0) / (lifter.mass_kg or 1.0) if has_masses else _USUAL_LOAD,
    )


def landmark_names(near: str) -> list[str]:
    """Return the network's names of the marks; ``near`` is the side nearer to the camera."""
    sides = {1: near, -1: "left" if near == "right" else "right"}
    return [f"{sides[side]}_{'foot_index' if joint == 'toe' else joint}" for joint, side in MARKS]


def _rows(tracks: Tracks, bar: BarTrack, marks: list[str], *, is_right: bool) -> Floats:
    """Return marks, plate, crown and far plate (time, row, 2), ahead to the right."""
    far_px = np.full_like(bar.centre_px, np.nan) if bar.far_px is None else bar.far_px
    marks_px = (tracks.pose.landmark_px(mark) for mark in marks)
    seen = np.stack([*marks_px, *_rim(bar), _crown(tracks), far_px], axis=1)
    if not is_right:
        seen[..., FRONT, 0] -= 2 * bar.half_width_px
        seen[..., 0] = tracks.width_px - seen[..., 0]
    return seen


def _rim(bar: BarTrack) -> tuple[Floats, Floats, Floats]:
    """Return the plate's middle, its top and its right edge, (time, 2) each."""
    none = np.zeros_like(bar.half_width_px)
    up, out = np.stack([none, -bar.half_height_px], axis=1), np.stack([bar.half_width_px, none], axis=1)
    return bar.centre_px, bar.centre_px + up, bar.centre_px + out


def _crown(tracks: Tracks) -> Floats:
    """Return the outline's highest point in the frames where the lifter stands tallest, (time, 2); else NaN."""
    outline = tracks.silhouette.outline_px
    known = np.isfinite(outline[..., 1]).all(axis=1)
    crown = np.full((len(outline), 2), np.nan)
    if not known.any():
        return crown
    rows = np.flatnonzero(known)
    top = outline[rows, outline[rows][..., 1].argmin(axis=1)]
    high = np.percentile(top[:, 1], 4)
    tallest = np.abs(top[:, 1] - high) < _TALLEST * max(tracks.width_px, tracks.height_px)
    if high > _LEAST_MARGIN_PX:
        crown[rows[tallest]] = top[tallest]
    return crown


def _cover(centre_px: Floats, bar: BarTrack) -> Floats:
    """Return the near plate's ellipse, (time, 4); where it was not followed, the next or the last that was."""
    ellipse = np.column_stack([centre_px, bar.half_width_px, bar.half_height_px])
    known = np.flatnonzero(np.isfinite(ellipse).all(axis=1))
    if not known.size:
        return ellipse
    index = np.arange(len(ellipse))
    nearest = np.rint(np.interp(index, known, np.arange(len(known)))).astype(int)
    return np.asarray(ellipse[known[nearest]])


def _where_bar_is(bar: BarTrack, px_per_m: float) -> tuple[Bools, Bools, Bools]:
    """Say when the bar is in the hands, when it lies and when it is at the top, each (time,)."""
    row = smooth(bar.time_s, bar.centre_px[:, 1], HALF_WINDOW_S)[0]
    up_m = (np.nanpercentile(row, 97) - row) / px_per_m
    with np.errstate(invalid="ignore"):
        return up_m > _HELD_M, up_m < _LIES_M, (up_m > _HELD_M) & (up_m > np.nanpercentile(up_m, 98) - _TOP_M)


def _uprightness(seen_px: Floats, time_s: Floats) -> Floats:
    """Return the sine of the trunk's angle above the level, (time,); as of who bends where it was not seen."""
    trunk = trunk_px(seen_px, time_s)
    return np.asarray(np.nan_to_num(-trunk[:, 1] / np.hypot(*trunk.T), nan=BENT_SINE))


def trunk_px(seen_px: Floats, time_s: Floats) -> Floats:
    """Return the way from the hips' middle to that of the shoulders in the picture, smoothed, (time, 2)."""
    return smooth(time_s, _middle(seen_px, "shoulder") - _middle(seen_px, "hip"), HALF_WINDOW_S)[0]


def _middle(seen_px: Floats, joint: str) -> Floats:
    """Return the middle of a joint's two sides, (time, 2)."""
    return np.asarray((seen_px[:, MARKS.index((joint, 1))] + seen_px[:, MARKS.index((joint, -1))]) / 2)


def _is_whole(seen_px: Floats, held: Bools, stature_px: float) -> Bools:
    """Say in which frames the pose is a lifter's at all, (time,): trunk as long as ever, shoulders above the bar.

    Behind plates the network at times loses the body and folds it together, or takes somebody else.
    """
    shoulder, trunk = _middle(seen_px, "shoulder"), _middle(seen_px, "shoulder") - _middle(seen_px, "hip")
    length = np.hypot(*trunk.T)
    with np.errstate(invalid="ignore"):
        whole = np.abs(np.log(length / np.nanmedian(length))) < _TRUNK_RATIO
        above = seen_px[:, PLATE, 1] - shoulder[:, 1]
        whole &= ~held | ~(above < _LEAST_ARM * PROPORTIONS["arm"][0] * stature_px)
    return np.asarray(whole)


def _is_tall(seen_px: Floats, held: Bools, time_s: Floats) -> Bools:
    """Say when the lifter stands tallest, (time,): the hips are as high as they ever are for long.

    Without the bar, where the lifter is seen so: who locks out with soft knees still stands straight beside it.
    """
    hip = _middle(seen_px, "hip")[:, 1]
    if not np.isfinite(hip).any():
        return np.zeros(len(hip), bool)
    highest, lowest = np.nanpercentile(hip, [5, 95])
    with np.errstate(invalid="ignore"):
        tall = np.abs(hip - highest) < _TALL * (lowest - highest)
    beside = tall & ~held
    return np.asarray(beside if np.gradient(time_s)[beside].sum() >= _TALL_S else tall)
