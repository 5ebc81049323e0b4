"""Make the camera stand still for all that follows: without a hand's sway, and from one place alone."""

from dataclasses import dataclass, replace

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.motion.side import middle_px
from lumbar.motion.smooth import HALF_WINDOW_S, runs, smooth
from lumbar.vision.tracks import BarTrack, Tracks

# Engineering rules.
#: The bar lies while it is this near, in plate radii, to where it is lowest, for this many frames.
_LIES, _LEAST_FRAMES = 0.4, 8


@dataclass(frozen=True, slots=True, eq=False)
class Steadied:
    """``tracks`` as a still phone would have seen them; ``sway_px_rad`` (time, 3) is what was taken out."""

    tracks: Tracks
    sway_px_rad: Floats

    def as_seen(self, points_px: Floats) -> Floats:
        """Return points (time, point, 2) of the still picture where they are in the clip's own."""
        return (
            _turned(points_px - self._middle_px, self.sway_px_rad[:, 2])
            + self._middle_px
            + self.sway_px_rad[:, None, :2]
        )

    @property
    def _middle_px(self) -> Floats:
        return np.array([self.tracks.width_px, self.tracks.height_px]) / 2


def standing(tracks: Tracks) -> Tracks:
    """Return the tracks of one place of the phone, that which shows a lifter longer: nothing is seen in the other.

    A picture in which everything is turned over tells nothing of the lifter, and misleads about all the rest.
    """
    moved = tracks.quality.is_moved
    if not moved.any():
        return tracks
    stands = _stands(tracks)
    gone = moved if (stands & moved).sum() <= (stands & ~moved).sum() else ~moved
    pose, bar, silhouette = tracks.pose, tracks.bar, tracks.silhouette
    return replace(
        tracks,
        pose=replace(pose, xy_px=_hidden(pose.xy_px, gone), world_m=_hidden(pose.world_m, gone)),
        silhouette=replace(silhouette, outline_px=_hidden(silhouette.outline_px, gone)),
        bar=bar
        and replace(
            bar,
            centre_px=_hidden(bar.centre_px, gone),
            half_height_px=_hidden(bar.half_height_px, gone),
            half_width_px=_hidden(bar.half_width_px, gone),
            far_px=None if bar.far_px is None else _hidden(bar.far_px, gone),
        ),
        quality=replace(
            tracks.quality,
            is_seen=tracks.quality.is_seen & ~gone,
            view_angle_rad=_hidden(tracks.quality.view_angle_rad, gone),
        ),
    )


def _stands(tracks: Tracks) -> Bools:
    """Say when somebody is seen whose shoulders are above their ankles rather than beside them, (time,)."""
    down = middle_px(tracks, "ankle") - middle_px(tracks, "shoulder")
    with np.errstate(invalid="ignore"):
        return np.asarray(down[:, 1] > np.abs(down[:, 0]))


def _hidden(values: Floats, gone: Bools) -> Floats:
    """Return values, (time, …), that are NaN in some frames."""
    return np.where(gone.reshape(-1, *[1] * (values.ndim - 1)), np.nan, values)


def steadied(tracks: Tracks) -> Steadied:
    """Return the tracks without the phone's sway, where it was seen and the lying plate says that it is right."""
    none = np.zeros((len(tracks.time_s), 3))
    if len(tracks.sway_px_rad) != len(tracks.time_s) or tracks.bar is None:
        return Steadied(tracks, none)
    still = _without(tracks, tracks.bar)
    before, after = (_wander_px(bar) for bar in (tracks.bar, still.bar) if bar is not None)
    # A lying plate is quieter without the sway exactly when it went along with more than half of it: not with a
    # background that is mistaken for the lifter.
    return Steadied(still, tracks.sway_px_rad) if after < before else Steadied(tracks, none)


def _without(tracks: Tracks, bar: BarTrack) -> Tracks:
    middle_px = np.array([tracks.width_px, tracks.height_px]) / 2

    def still(points_px: Floats) -> Floats:
        away = points_px - middle_px - tracks.sway_px_rad[:, None, :2]
        return _turned(away, -tracks.sway_px_rad[:, 2]) + middle_px

    return replace(
        tracks,
        pose=replace(tracks.pose, xy_px=still(tracks.pose.xy_px)),
        silhouette=replace(tracks.silhouette, outline_px=still(tracks.silhouette.outline_px)),
        bar=replace(
            bar,
            centre_px=still(bar.centre_px[:, None])[:, 0],
            far_px=None if bar.far_px is None else still(bar.far_px[:, None])[:, 0],
        ),
    )


def _turned(points_px: Floats, by_rad: Floats) -> Floats:
    """Turn points (time, point, 2) about zero, clockwise in a picture whose y points down, by (time,)."""
    cos, sin = np.cos(by_rad)[:, None], np.sin(by_rad)[:, None]
    x, y = points_px[..., 0], points_px[..., 1]
    return np.stack([cos * x - sin * y, sin * x + cos * y], axis=-1)


def _wander_px(bar: BarTrack) -> float:
    """Return how far the lying plate wanders about its mean, over all its rests; 0 where it never lies."""
    left = [
        bar.centre_px[start:stop] for start, stop in runs(bar.time_s, _lies(bar)) if stop - start >= _LEAST_FRAMES
    ]
    about = [rest - rest.mean(axis=0) for rest in left]
    return float(np.sqrt((np.concatenate(about) ** 2).mean())) if about else 0.0


def _lies(bar: BarTrack) -> Bools:
    row = smooth(bar.time_s, bar.centre_px[:, 1], HALF_WINDOW_S)[0]
    with np.errstate(invalid="ignore"):
        return np.asarray(row > np.nanpercentile(row, 97) - _LIES * np.nanmedian(bar.half_height_px))
