"""What if one thing were seen without error? The tracks of a clip, with one part of them true."""

from dataclasses import replace
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Floats
from lumbar.motion.bias import VIEW_BIAS_RAD
from lumbar.synth.case import Case
from lumbar.synth.fast import Errors
from lumbar.synth.landmarks import guess_pose
from lumbar.synth.truth import Truth
from lumbar.vision.estimator import Pose, Region
from lumbar.vision.silhouette import outline
from lumbar.vision.tracks import OUTLINE_POINTS, BarTrack, PoseTrack, Silhouette, Tracks

#: The part that is true: joints as a perfect network would give them, the lifter's outline, the plate, the view.
Part = Literal["joints", "outline", "plate", "view"]
PARTS: tuple[Part, ...] = get_args(Part)

#: How wrong fast clips are seen with one part true. Outlines are not traced more often than usual.
FAST_ERRORS: dict[Part, Errors] = {
    "joints": Errors(landmark_ratio=0.0),
    "outline": Errors(outline_px=0.0),
    "plate": Errors(plate_px=0.05, plate_share=0.0, stack_ratio=(0.0, 0.0), far_found_ratio=1.0, far_ratio=0.0),
    "view": Errors(view_deg=0.0),
}
#: A plate's centre is never better known than this (px): zero would promise a perfect speed.
_PLATE_PX = 0.05
#: A mask's logit inside and outside; its outline is then half way between pixels.
_SURE = 4.0

Frames: TypeAlias = NDArray[np.intp]


def with_true(part: Part, tracks: Tracks, truth: Truth, case: Case) -> Tracks:
    """Return tracks with one part true; ``truth`` is on the drawn frames, of which ``tracks`` may have fewer."""
    frames = np.abs(truth.time_s[:, None] - tracks.time_s[None]).argmin(axis=0)
    scale = tracks.width_px / truth.width_px
    if part == "joints":
        return replace(tracks, pose=_pose(truth, case, frames, scale, tracks.time_s))
    if part == "outline":
        return replace(tracks, silhouette=_outlines(truth, frames, scale, tracks.time_s))
    if part == "plate":
        return replace(tracks, bar=_plate(truth, frames, scale, tracks.time_s))
    view = np.full(len(tracks.time_s), np.radians(case.phone.view_deg) + VIEW_BIAS_RAD)
    return replace(tracks, quality=replace(tracks.quality, view_angle_rad=view))


def _pose(truth: Truth, case: Case, frames: Frames, scale: float, time_s: Floats) -> PoseTrack:
    told = guess_pose(truth, case.phone.side, np.random.default_rng([case.seed, 9]), error_ratio=0.0)
    return PoseTrack(
        time_s=time_s,
        xy_px=told.xy_px[frames] * scale,
        visibility=told.visibility[frames],
        world_m=told.world_m[frames],
        score=told.score[frames],
        estimator="true",
    )


def _outlines(truth: Truth, frames: Frames, scale: float, time_s: Floats) -> Silhouette:
    if truth.seen is None:
        raise TypeError("true outlines need the masks of a drawn clip: truth.seen is None")
    whole = np.stack([_outline(np.asarray(truth.seen.at(frame), float), scale) for frame in frames])
    return Silhouette(time_s, whole)


def _outline(mask: Floats, scale: float) -> Floats:
    """Return the outline of a mask of ones and zeros, (OUTLINE_POINTS, 2), in pixels of the working picture."""
    if not mask.any():
        return np.full((OUTLINE_POINTS, 2), np.nan)
    to_picture = scale * np.array([[1.0, 0, 0], [0, 1.0, 0]])
    nobody, nowhere = np.zeros((0, 2)), Region(0, 0, 1, 0)
    return outline(Pose(nobody, np.zeros(0), np.zeros((0, 3)), 1.0, _SURE * (2 * mask - 1), to_picture, nowhere))


def _plate(truth: Truth, frames: Frames, scale: float, time_s: Floats) -> BarTrack:
    ellipse = truth.plate_px[frames] * scale
    far_px, sure = truth.far_plate_px[frames] * scale, np.full(len(frames), 0.9)
    return BarTrack(time_s, ellipse[:, :2], ellipse[:, 2], ellipse[:, 3], sure, _PLATE_PX, far_px)
