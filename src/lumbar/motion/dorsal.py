"""The edge of the back, read from the outline: how far it lies behind the line from hip to shoulder."""

import numpy as np

from lumbar.arrays import Floats

#: Where the edge is read: shares of the way from hip to shoulder. It begins below the hip, because the buttock's
#: slope tells how the pelvis is tipped, and ends where the arm begins.
ALONG = np.linspace(-0.20, 1.0, 49)
#: The back's edge lies no farther from that line than this, in lengths of the line (engineering rule: the
#: deepest buttock of our bodies lies 0.45 behind it).
_DEEPEST = 0.62
#: A gap in the edge of up to this many places is bridged.
_BRIDGED = 4


def dorsal_profile(outline_px: Floats, hip_px: Floats, shoulder_px: Floats) -> Floats:
    """Return the back's edge, (time, len(ALONG)), in lengths of the line from hip to shoulder.

    ``outline_px`` is (time, point, 2), closed; ``hip_px`` and ``shoulder_px`` are (time, 2). The lifter faces
    right (mirror the picture if not). The outermost crossing behind the line counts. What was not found is NaN.
    """
    line = shoulder_px - hip_px
    length = np.hypot(line[:, 0], line[:, 1])[:, None]
    along = line / np.where(length > 0, length, np.nan)
    behind = np.stack([along[:, 1], -along[:, 0]], axis=1)
    away = outline_px - hip_px[:, None]
    up = np.einsum("tpi,ti->tp", away, along) / length
    back = np.einsum("tpi,ti->tp", away, behind) / length
    profile = np.full((len(outline_px), len(ALONG)), np.nan)
    known = np.flatnonzero(np.isfinite(up).all(axis=1) & np.isfinite(back).all(axis=1))
    for chunk in np.array_split(known, max(1, len(known) // 64)):
        profile[chunk] = _outermost(up[chunk], back[chunk])
    return _bridge(profile)


def _outermost(up: Floats, back: Floats) -> Floats:
    """Return the outermost crossing of a closed line, (time, point) twice, at each place of ALONG."""
    next_up, next_back = np.roll(up, -1, axis=1), np.roll(back, -1, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (ALONG[None, :, None] - up[:, None]) / (next_up - up)[:, None]
        at = back[:, None] + share * (next_back - back)[:, None]
        crossed = (share >= 0) & (share < 1) & (at < _DEEPEST) & (at > 0)
    best = np.where(crossed, at, -np.inf).max(axis=2)
    return np.where(np.isfinite(best), best, np.nan)


def _bridge(profile: Floats) -> Floats:
    """Fill short gaps along the edge by straight lines; a profile with longer ones stays as it is."""
    filled = profile.copy()
    for row in np.flatnonzero(np.isnan(profile).any(axis=1) & np.isfinite(profile).any(axis=1)):
        known = np.flatnonzero(np.isfinite(profile[row]))
        missing = np.flatnonzero(np.isnan(profile[row]))
        inside = missing[(missing > known[0]) & (missing < known[-1])]
        gap = known[np.searchsorted(known, inside)] - known[np.searchsorted(known, inside) - 1] - 1
        short = inside[gap <= _BRIDGED]
        filled[row, short] = np.interp(ALONG[short], ALONG[known], profile[row, known])
    return filled


def edge_px(profile: Floats, hip_px: Floats, shoulder_px: Floats) -> Floats:
    """Return the back's edge as points of the picture, (time, len(ALONG), 2); the lifter faces right."""
    line = (shoulder_px - hip_px)[:, None]
    behind = np.stack([line[..., 1], -line[..., 0]], axis=-1)
    return np.asarray(hip_px[:, None] + ALONG[None, :, None] * line + profile[..., None] * behind)
