"""The figure burned into pictures: for the annotated clip and for stills. The page draws the same in page.js."""

import numpy as np

from lumbar.arrays import Floats, Pixels
from lumbar.form.analysis import SetAnalysis
from lumbar.motion.motion import Motion
from lumbar.report.figure import (
    BAR_RGB,
    OUTLINE_RGB,
    SKELETON_RGB,
    TRAIL_S,
    VEIL,
    bones,
    figure_of,
)
from lumbar.report.view import columns_of
from lumbar.report.words import format_number, join_unit
from lumbar.vision import image as picture
from lumbar.vision.tracks import BarTrack, Silhouette, Tracks

#: A moment farther than this from every frame that was looked at is not known; an engineering rule: longer
#: than a skipped frame of the slowest clip, shorter than anything a lifter does.
_STALE_S = 0.15
#: Lines are this thin in a picture this wide, and grow with it.
_THIN_PX, _BASIS_PX = 1.0, 480
#: A speed below half of what is printed is printed without a direction.
_STILL_M_PER_S = 0.005


def draw(
    frame_image: Pixels,
    analysis: SetAnalysis,
    time_s: float,
    *,
    has_veil: bool = True,
) -> Pixels:
    """Return a copy of a frame, (height, width, 3) RGB of any size, with all that is known at ``time_s``.

    Hidden joints are dashed; what is not known is not drawn.
    """
    tracks = analysis.tracks
    image = _veiled(frame_image) if has_veil else frame_image.copy()
    row = row_at(tracks.time_s, time_s)
    if row is None:
        return image
    scale = frame_image.shape[1] / tracks.width_px
    thin_px = _THIN_PX * max(1.0, frame_image.shape[1] / _BASIS_PX)
    _draw_outline(image, tracks.silhouette, time_s, scale, thin_px)
    if tracks.bar is not None:
        _draw_bar(image, tracks.bar, time_s, scale, thin_px)
    _draw_skeleton(image, tracks, row, scale, thin_px)
    _write_legend(image, analysis, time_s, thin_px)
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


def _draw_skeleton(image: Pixels, tracks: Tracks, row: int, scale: float, thin_px: float) -> None:
    figure = figure_of(tracks)
    xy, is_hidden = figure.xy_px[row] * scale, figure.is_hidden[row]
    quiet = (150, 150, 150)
    near: set[int] = set()
    for bone in bones(tracks):
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
