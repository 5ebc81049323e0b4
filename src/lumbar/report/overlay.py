"""The figure burned into pictures: for the annotated clip and for stills; page/figure.js draws it on the page."""

from collections.abc import Sequence

import numpy as np

from lumbar.arrays import Floats, Pixels
from lumbar.form.analysis import SetAnalysis
from lumbar.motion.motion import Motion
from lumbar.report.figure import (
    BACK_RGB,
    BAR_RGB,
    LEVER_RGB,
    OUTLINE_RGB,
    SKELETON_RGB,
    TRAIL_S,
    VEIL,
    Bone,
    Figure,
    bones,
    figure_of,
)
from lumbar.report.overlay_lines import BackLine, LeverLine, back_line, lever_line
from lumbar.report.view import columns_of
from lumbar.report.words import format_number, join_unit
from lumbar.vision import image as picture
from lumbar.vision.tracks import BarTrack, Silhouette

#: A moment farther than this from every frame that was looked at is not known; an engineering rule: longer
#: than a skipped frame of the slowest clip, shorter than anything a lifter does.
_STALE_S = 0.15
#: Lines are this thin in a picture this wide, and grow with it.
_THIN_PX, _BASIS_PX = 1.0, 480
#: A speed below half of what is printed is printed without a direction.
_STILL_M_PER_S = 0.005


def draw(frame_image: Pixels, analysis: SetAnalysis, time_s: float, *, has_veil: bool = True) -> Pixels:
    """Return a copy of a frame, (height, width, 3) RGB of any size, with all that is known at ``time_s``.

    Hidden joints are dashed; what is not known is not drawn.
    """
    return Overlay(analysis).draw(frame_image, time_s, has_veil=has_veil)


class Overlay:
    """What is drawn over one set's frames, made ready once for all of them."""

    def __init__(self, analysis: SetAnalysis) -> None:
        self._analysis = analysis
        self._bones = bones(analysis.tracks)
        self._figure = figure_of(analysis.tracks, analysis.motion)
        self._back, self._lever = back_line(analysis), lever_line(analysis)

    def draw(
        self, frame_image: Pixels, time_s: float, *, has_veil: bool = True, has_legend: bool = True
    ) -> Pixels:  # fmt: skip
        """Return a copy of a frame with all that is known at a time; without a legend, with no words in it."""
        tracks = self._analysis.tracks
        image = _veiled(frame_image) if has_veil else frame_image.copy()
        row = row_at(tracks.time_s, time_s)
        if row is None:
            return image
        scale = frame_image.shape[1] / tracks.width_px
        thin_px = _THIN_PX * max(1.0, frame_image.shape[1] / _BASIS_PX)
        if self._back is None:
            _draw_outline(image, tracks.silhouette, time_s, scale, thin_px)
        if self._lever is not None:
            _draw_lever(image, self._lever, row, scale, thin_px)
        if tracks.bar is not None:
            _draw_bar(image, tracks.bar, time_s, scale, thin_px)
        if self._back is not None:
            _draw_back(image, self._back, row, scale, thin_px)
        _draw_skeleton(image, self._figure, self._bones, row, scale, thin_px)
        if has_legend:
            _write_legend(image, self._analysis, time_s, thin_px)
        return image


def row_at(times_s: Floats, time_s: float) -> int | None:
    """Return the frame shown at a time, or None when no frame near it was looked at."""
    row = int(np.searchsorted(times_s, time_s + 0.0005, side="right")) - 1
    if row < 0 or time_s - times_s[row] > _STALE_S:
        return None
    return row


def _veiled(frame_image: Pixels) -> Pixels:
    darker = np.round(np.arange(256) * (1 - VEIL)).astype(np.uint8)
    return darker[frame_image]


def _draw_outline(image: Pixels, silhouette: Silhouette, time_s: float, scale: float, thin_px: float) -> None:
    row = row_at(silhouette.time_s, time_s)
    if row is not None:
        outline = silhouette.outline_px[row] * scale
        picture.draw_polyline(image, outline, OUTLINE_RGB, thin_px, is_closed=True)


def _draw_bar(image: Pixels, bar: BarTrack, time_s: float, scale: float, thin_px: float) -> None:
    """Draw the plate, and the bar's trail: thicker the fresher it is."""
    row = row_at(bar.time_s, time_s)
    if row is None:
        return
    half_axes = np.array([bar.half_width_px[row], bar.half_height_px[row]]) * scale
    picture.draw_ellipse(image, bar.centre_px[row] * scale, half_axes, BAR_RGB, thin_px)
    start = int(np.searchsorted(bar.time_s, time_s - TRAIL_S))
    fresh = 1 - (time_s - bar.time_s[start : row + 1]) / TRAIL_S
    width = np.round(thin_px * (1 + 3 * fresh))
    for step in np.unique(width):
        # Each width is one line, so that its joints are smooth; neighbours share a point.
        of_width = np.flatnonzero(width == step) + start
        path = bar.centre_px[max(of_width[0] - 1, start) : of_width[-1] + 1] * scale
        picture.draw_polyline(image, path, BAR_RGB, float(step))
    centre = np.full(2, 2.5 * thin_px)
    picture.draw_ellipse(image, bar.centre_px[row] * scale, centre, BAR_RGB, None)


def _draw_back(image: Pixels, back: BackLine, row: int, scale: float, thin_px: float) -> None:
    """Draw the edge of the back, over the shape that it has standing tall."""
    curve = back.curve_px[row]
    if not np.isfinite(curve).all():
        return
    standing = back.standing_px(row)
    if standing is not None:
        dash = (6 * thin_px, 5 * thin_px)
        picture.draw_polyline(image, standing * scale, SKELETON_RGB, thin_px, dash_px=dash)
    picture.draw_polyline(image, curve * scale, BACK_RGB, 4 * thin_px)


def _draw_lever(image: Pixels, lever: LeverLine, row: int, scale: float, thin_px: float) -> None:
    """Draw the level distance from joint to bar as a dimension line, with its length in centimetres."""
    if not np.isfinite(lever.arm_m[row]):
        return
    joint, bar = lever.joint_px[row] * scale, lever.bar_px[row] * scale
    foot, tick = np.array([bar[0], joint[1]]), np.array([0.0, 6 * thin_px])
    dash = (3 * thin_px, 4 * thin_px)
    picture.draw_polyline(image, np.array([bar, foot]), LEVER_RGB, thin_px, dash_px=dash)
    for end in (joint, foot):
        picture.draw_polyline(image, np.array([end - tick, end + tick]), LEVER_RGB, 2 * thin_px)
    picture.draw_polyline(image, np.array([joint, foot]), LEVER_RGB, 2 * thin_px)
    text, size = join_unit(format_number(float(lever.arm_m[row]) * 100, 0), "cm"), round(16 * thin_px)
    # Beyond the bar, where no body is.
    gap, wide = 10 * thin_px, picture.text_width_px(text, size)
    left = round(foot[0] - gap - wide if foot[0] < joint[0] else foot[0] + gap)
    base, pad = round(foot[1] + 0.36 * size), round(4 * thin_px)
    box = image[max(base - size, 0) : base + pad, max(left - pad, 0) : left + wide + pad]
    box[:] = box // 2  # so that it reads on a bright wall
    picture.draw_text(image, text, (left, base), size, LEVER_RGB)


def _draw_skeleton(
    image: Pixels, figure: Figure, lines: Sequence[Bone], row: int, scale: float, thin_px: float
) -> None:  # fmt: skip
    xy, is_hidden = figure.xy_px[row] * scale, figure.is_hidden[row]
    quiet = (150, 150, 150)
    near: set[int] = set()
    for bone in lines:
        dash = (4 * thin_px, 5 * thin_px) if is_hidden[[bone.start, bone.end]].any() else None
        colour, width = (quiet, thin_px) if bone.is_far else (SKELETON_RGB, 2 * thin_px)
        picture.draw_polyline(image, xy[[bone.start, bone.end]], colour, width, dash_px=dash)
        if not bone.is_far:
            near |= {bone.start, bone.end}
    for joint in near:
        if not is_hidden[joint]:
            picture.draw_ellipse(image, xy[joint], np.full(2, 3 * thin_px), SKELETON_RGB, None)


def _write_legend(image: Pixels, analysis: SetAnalysis, time_s: float, thin_px: float) -> None:
    """Write which rep this is and how fast the bar moves, in the lower left corner."""
    lines = [*_rep_words(analysis, time_s), *_speed_words(analysis.motion, time_s)]
    if not lines:
        return
    size = round(18 * thin_px)
    pad, step = size // 2, round(size * 1.4)
    wide = max(picture.text_width_px(line, size) for line in lines) + 2 * pad
    top = image.shape[0] - step * len(lines) - 2 * pad
    box = image[top : image.shape[0] - pad, pad : pad + wide]
    box[:] = box // 3
    for index, line in enumerate(lines):
        baseline = top + pad // 2 + round(step * (index + 0.78))
        picture.draw_text(image, line, (2 * pad, baseline), size, SKELETON_RGB)


def _rep_words(analysis: SetAnalysis, time_s: float) -> list[str]:
    total = len(analysis.reps)
    return [f"Rep {rep.number} of {total}" for rep in columns_of(analysis) if rep.from_s <= time_s <= rep.to_s]


def _speed_words(motion: Motion | None, time_s: float) -> list[str]:
    row = row_at(motion.time_s, time_s) if motion is not None else None
    if motion is None or row is None or not np.isfinite(motion.bar_speed_m_per_s[row, 1]):
        return []
    speed = float(motion.bar_speed_m_per_s[row, 1])
    way = "" if abs(speed) < _STILL_M_PER_S else " up" if speed > 0 else " down"
    return [f"Bar {join_unit(format_number(abs(speed), 2), 'm/s')}{way}"]
