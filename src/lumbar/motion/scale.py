"""How large a pixel is: from the plate, corrected for depth, and checked against the lifter's height."""

from dataclasses import dataclass

import numpy as np

from lumbar.arrays import Floats
from lumbar.estimate import Estimate, Measured, Missing
from lumbar.lifter import FULL_PLATE_M, Barbell, Lifter
from lumbar.motion.smooth import HALF_WINDOW_S, smooth
from lumbar.vision.tracks import BarTrack, Tracks

#: How far the near plate's face is from the lifter's mid-plane: inner face 0.655 m, outer up to 0.75 m (§8.2).
_PLATE_OFFSET_M = Estimate(0.70, 0.655, 0.75)
#: A phone's focal length over its picture's long side. Engineering rule: main cameras of 24–28 mm equivalent
#: give 0.67–0.78, video stabilisation crops up to a quarter, an ultra-wide or a re-framed clip lies outside.
FOCAL_OVER_SIDE = Estimate(0.80, 0.62, 1.10)
#: How well the rim is found, and how true plates are: engineering rule until the accuracy bench replaces it.
_RIM_RATIO, _ASSUMED_PLATE_RATIO = 0.015, 0.025
#: Distance to the lifter over distance to the plate: from 12 m away and from 1.6 m.
_LEAST_RATIO, _MOST_RATIO = 1.05, 1.8
#: Standing height is read from the outline, head to sole, to about this share (hair, shoes, posture).
_STATURE_RATIO = 0.04


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """How many metres a pixel is, in the plane of the near plate and in the lifter's mid-plane.

    The near plate is closer to the camera than the lifter, so the two differ (reference §8.2).
    ``stature_px`` is the lifter's standing height in the picture; ``source`` says where the body's scale is from.
    """

    plate_m_per_px: Estimate
    body_m_per_px: Estimate
    stature_px: Measured
    plate_radius_m: float
    source: str

    @property
    def depth_ratio(self) -> float:
        """Return the body's metres per pixel over the plate's: distance over distance to the plate."""
        return self.body_m_per_px.value / self.plate_m_per_px.value

    @property
    def plate_seems(self) -> str:
        """Return ``smaller`` or ``larger`` when the plate and the height that was given do not fit, else nothing.

        The body is farther away than the plate, never nearer (reference §8.2).
        """
        if isinstance(self.stature_px, Missing) or "height" not in self.source:
            return ""
        low = self.body_m_per_px.low / self.plate_m_per_px.high
        high = self.body_m_per_px.high / self.plate_m_per_px.low
        return "smaller" if high < _LEAST_RATIO else "larger" if low > _MOST_RATIO else ""


def find_scale(tracks: Tracks, bar: BarTrack, lifter: Lifter, barbell: Barbell) -> Scale:
    """Return the scale of a clip whose plate is known."""
    radius_px = float(np.nanmedian(bar.half_height_px))
    m_per_px = barbell.plate_m / 2 / radius_px
    ratio = _RIM_RATIO if barbell.plate_m != FULL_PLATE_M else _ASSUMED_PLATE_RATIO
    plate = Estimate(m_per_px, m_per_px * (1 - ratio), m_per_px * (1 + ratio))
    stature_px = standing_height_px(tracks)
    if lifter.height_m is not None and isinstance(stature_px, Estimate):
        body = Estimate(
            lifter.height_m / stature_px.value,
            lifter.height_m / stature_px.high,
            lifter.height_m / stature_px.low,
        )
        return Scale(plate, body, stature_px, barbell.plate_m / 2, "the height you gave")
    side_px = max(tracks.width_px, tracks.height_px)
    return Scale(
        plate,
        _body_from_focal(plate, side_px),
        stature_px,
        barbell.plate_m / 2,
        "the plate and a typical phone lens",
    )


def _body_from_focal(plate: Estimate, side_px: int) -> Estimate:
    """Return the mid-plane's scale: the plate's, times D / (D − z), with D from a typical phone's lens (§8.2)."""

    def grown(focal_over_side: float, offset_m: float, m_per_px: float) -> float:
        to_plate_m = focal_over_side * side_px * m_per_px
        return m_per_px * (1 + offset_m / to_plate_m)

    return Estimate(
        grown(FOCAL_OVER_SIDE.value, _PLATE_OFFSET_M.value, plate.value),
        grown(FOCAL_OVER_SIDE.high, _PLATE_OFFSET_M.low, plate.low),
        grown(FOCAL_OVER_SIDE.low, _PLATE_OFFSET_M.high, plate.high),
    )


def standing_height_px(tracks: Tracks) -> Measured:
    """Return how tall the lifter stands in the picture: the outline's height where they stand tallest."""
    outline_y = tracks.silhouette.outline_px[:, :, 1]
    whole = tracks.quality.is_seen & ~tracks.quality.is_cropped & np.isfinite(outline_y).all(axis=1)
    if whole.sum() < 10:
        return Missing("You are never seen from head to feet, so your height cannot be used for the scale.")
    tall = np.ptp(outline_y[whole], axis=1)
    high = float(np.percentile(tall, 90))
    return Estimate(high, high * (1 - _STATURE_RATIO), high * (1 + _STATURE_RATIO))


def plate_metres(bar: BarTrack, barbell: Barbell) -> Floats:
    """Return the plate's path in metres in its own plane, (time, 2): x right, y up, zero at its lowest place.

    A camera that looks up or down sees the plate shrink on its way; the plate itself is the ruler at each
    height. Its size is taken as a straight line over the picture's rows, so metres are the integral of
    half a diameter over half its image.
    """
    row = bar.centre_px[:, 1]
    known = np.isfinite(row) & (bar.score > 0)
    radius_m = barbell.plate_m / 2
    high = _line(row[known], bar.half_height_px[known], bar.score[known])
    wide = _line(row[known], bar.half_width_px[known], bar.score[known])
    smooth_row = smooth(bar.time_s, row, HALF_WINDOW_S)[0]
    lowest = float(np.nanpercentile(smooth_row, 98))
    up_m = _integral(high, row, lowest) * -radius_m
    across_m = (
        (bar.centre_px[:, 0] - float(np.nanmedian(bar.centre_px[known, 0]))) * radius_m / np.polyval(wide, row)
    )
    return np.column_stack([across_m, up_m])


def _line(row: Floats, size_px: Floats, weight: Floats) -> Floats:
    """Fit size over row; a straight line only where the plate travels far enough to show one."""
    middle = float(np.median(size_px))
    if np.ptp(row) < middle:
        return np.array([0.0, middle])
    line = np.polyfit(row, size_px, 1, w=weight)
    for _ in range(3):
        off = np.abs(size_px - np.polyval(line, row))
        line = np.polyfit(row, size_px, 1, w=weight / (1 + (off / (0.01 * middle)) ** 2))
    return np.asarray(line)


def _integral(line: Floats, row: Floats, start: float) -> Floats:
    """Return the integral of 1 / (slope · row + size) from ``start`` to each row."""
    slope, size = line
    if abs(slope) < 1e-9:
        return np.asarray((row - start) / size)
    return np.asarray(np.log((slope * row + size) / (slope * start + size)) / slope)
