"""The figure drawn over the film: which landmarks and bones, what counts as hidden, and its compact form."""

from base64 import b64encode
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lumbar.arrays import Floats
from lumbar.form.analysis import SetAnalysis
from lumbar.motion.motion import Motion
from lumbar.motion.side import behind_plate, near_side
from lumbar.report.overlay_lines import BackLine, LeverLine, back_line, lever_line
from lumbar.vision.tracks import LANDMARKS, BarTrack, Silhouette, Tracks

#: Colours over the darkened film (look.md, dark palette).
SKELETON_RGB = (255, 255, 255)
OUTLINE_RGB = (45, 212, 191)
BACK_RGB = OUTLINE_RGB
BAR_RGB = (165, 180, 252)
LEVER_RGB = (251, 191, 36)

#: A joint below this visibility is drawn dashed: the value below which MediaPipe's own drawing leaves a
#: landmark out (``drawing_utils._VISIBILITY_THRESHOLD``).
HIDDEN_BELOW = 0.5

#: How long the bar's trail is; an engineering rule: one pull with its lowering.
TRAIL_S = 3.0

#: How dark the veil over the film is; an engineering rule: white lines read on a bright gym wall.
VEIL = 0.28

_LIMB = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
_BONES = (
    ("ear", "shoulder"), ("shoulder", "elbow"), ("elbow", "wrist"), ("shoulder", "hip"), ("hip", "knee"),
    ("knee", "ankle"), ("ankle", "heel"), ("heel", "foot_index"), ("ankle", "foot_index"),
)  # fmt: skip

#: The landmarks that are drawn: eyes, mouth and fingers say nothing about a pull.
DRAWN = tuple(f"{side}_{part}" for side in ("left", "right") for part in ("ear", *_LIMB))
_DRAWN_AT = np.array([LANDMARKS.index(name) for name in DRAWN])

#: Outline points sent to the page: every third of the silhouette's, some 8 cm apart on a lifter.
_OUTLINE_STEP = 3
#: What one step of an integer is on the page, px: landmarks and plate to a tenth, outline to a half.
_TENTH, _HALF = 0.1, 0.5


@dataclass(frozen=True, slots=True)
class Bone:
    """A line between two drawn landmarks, by their place in :data:`DRAWN`; ``is_far`` from the camera."""

    start: int
    end: int
    is_far: bool


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """The drawn landmarks over time: ``xy_px`` (time, drawn, 2), ``is_hidden`` (time, drawn)."""

    xy_px: Floats
    is_hidden: NDArray[np.bool_]


def bones(tracks: Tracks) -> tuple[Bone, ...]:
    """Return the bones, those of the side away from the camera first."""
    is_seen = bool(np.isfinite(tracks.pose.world_m[:, :, 2]).any())
    far = {"left": "right", "right": "left"}[near_side(tracks)] if is_seen else ""
    lines = [
        Bone(DRAWN.index(f"{side}_{start}"), DRAWN.index(f"{side}_{end}"), side == far)
        for side in ("left", "right")
        for start, end in _BONES
    ]
    return tuple(sorted(lines, key=lambda bone: not bone.is_far))


def figure_of(tracks: Tracks, motion: Motion | None = None) -> Figure:
    """Return what of a pose is drawn: the lifter that was fitted, where one was, else what the network saw.

    The fitted one is measured, so it is shown. It has one side, the nearer: the network takes a far leg for a
    near one now and then, and whoever saw that drawn would rightly doubt the numbers.
    """
    pose = tracks.pose
    xy_px, is_hidden = pose.xy_px[:, _DRAWN_AT], pose.visibility[:, _DRAWN_AT] < HIDDEN_BELOW
    if motion is not None and np.isfinite(motion.points_px).any():
        xy_px, is_hidden = _fitted(motion, near_side(tracks)), np.zeros_like(is_hidden)
    if tracks.bar is not None:
        # What lies behind the plate the network invents, and it is not measured either.
        is_hidden = is_hidden | behind_plate(xy_px, tracks.bar)
    return Figure(xy_px, is_hidden)


def _fitted(motion: Motion, near: str) -> Floats:
    """Return the fitted lifter's points in the order of :data:`DRAWN`, (time, drawn, 2); NaN on the far side."""
    xy_px = np.full((len(motion.time_s), len(DRAWN), 2), np.nan)
    for part in ("ear", *_LIMB):
        name = "toe" if part == "foot_index" else part
        xy_px[:, DRAWN.index(f"{near}_{part}")] = motion.point_px(name)
    return xy_px


def pack(values: Floats, step: float) -> str:
    """Pack (time, column) numbers into text: whole steps, each as its change since the row before.

    One change is a zigzag varint plus one; a zero byte is NaN and leaves the last known number standing. A
    landmark that moves under 3 px a frame so takes one byte. Base64 carries the bytes.
    """
    if not values.size:
        return ""
    known = np.isfinite(values)
    steps = np.where(known, np.round(np.nan_to_num(values) / step), 0).astype(np.int64)
    latest = np.maximum.accumulate(np.where(known, np.arange(len(steps))[:, None], -1), axis=0)
    before = np.vstack([np.full((1, steps.shape[1]), -1), latest[:-1]])
    last = np.where(before >= 0, np.take_along_axis(steps, np.maximum(before, 0), axis=0), 0)
    change = steps - last
    zigzag = (change << 1) ^ (change >> 63)
    return b64encode(_varints(np.where(known, zigzag + 1, 0).ravel())).decode("ascii")


def _varints(codes: NDArray[np.int64]) -> bytes:
    """Write non-negative numbers seven bits a byte, low bits first, the high bit saying "more follows"."""
    length = max(1, (int(codes.max()).bit_length() + 6) // 7)
    shifted = codes[:, None] >> (7 * np.arange(length))
    is_used = (shifted > 0) | (np.arange(length) == 0)
    has_more = np.hstack([is_used[:, 1:], np.zeros((len(codes), 1), bool)])
    written: NDArray[np.uint8] = ((shifted & 0x7F) | (has_more << 7)).astype(np.uint8)[is_used]
    return written.tobytes()


def _packed_times(time_s: Floats) -> str:
    return pack(time_s[:, None], 0.001)


def _packed_pose(tracks: Tracks, motion: Motion | None) -> dict[str, object]:
    pose = tracks.pose
    figure = figure_of(tracks, motion)
    flags = figure.is_hidden @ (1 << np.arange(len(DRAWN)))
    return {
        "time": _packed_times(pose.time_s),
        "xy": pack(figure.xy_px.reshape(-1, 2 * len(DRAWN)), _TENTH),
        "hidden": pack(flags[:, None].astype(float), 1),
    }


def _packed_outline(silhouette: Silhouette) -> dict[str, object]:
    outline = silhouette.outline_px[:, ::_OUTLINE_STEP]
    return {
        "time": _packed_times(silhouette.time_s),
        "points": outline.shape[1],
        "xy": pack(outline.reshape(-1, 2 * outline.shape[1]), _HALF),
    }


def _packed_bar(bar: BarTrack) -> dict[str, object]:
    plate = np.column_stack([bar.centre_px, bar.half_width_px, bar.half_height_px])
    return {"time": _packed_times(bar.time_s), "plate": pack(plate, _TENTH)}


def _packed_back(back: BackLine | None) -> dict[str, object] | None:
    if back is None:
        return None
    places = back.curve_px.shape[1]
    return {
        "points": places,
        "xy": pack(back.curve_px.reshape(-1, 2 * places), _HALF),
        "standing": None if back.standing_ratio is None else np.round(back.standing_ratio, 3).tolist(),
    }


def _packed_lever(lever: LeverLine | None) -> dict[str, object] | None:
    if lever is None:
        return None
    ends = np.column_stack([lever.joint_px, lever.bar_px])
    return {"ends": pack(ends, _HALF), "cm": pack(lever.arm_m[:, None] * 100, 1)}


def figure_data(analysis: SetAnalysis) -> dict[str, object]:
    """Return what the page's script needs to draw the figure over the film."""
    tracks = analysis.tracks
    return {
        "width": tracks.width_px,
        "height": tracks.height_px,
        "trail_s": TRAIL_S,
        "veil": VEIL,
        "colours": {
            "skeleton": SKELETON_RGB,
            "outline": OUTLINE_RGB,
            "back": BACK_RGB,
            "bar": BAR_RGB,
            "lever": LEVER_RGB,
        },
        "drawn": len(DRAWN),
        "bones": [[bone.start, bone.end, int(bone.is_far)] for bone in bones(tracks)],
        "pose": _packed_pose(tracks, analysis.motion),
        "outline": _packed_outline(tracks.silhouette),
        "bar": _packed_bar(tracks.bar) if tracks.bar is not None else None,
        "back": _packed_back(back_line(analysis)),
        "lever": _packed_lever(lever_line(analysis)),
    }
