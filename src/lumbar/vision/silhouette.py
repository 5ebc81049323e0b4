"""The lifter's outline, from the mask that comes with the pose."""

import numpy as np

from lumbar.arrays import Floats
from lumbar.vision import image
from lumbar.vision.estimator import Pose
from lumbar.vision.tracks import OUTLINE_POINTS


def outline(pose: Pose) -> Floats:
    """Return the outline of one person, (OUTLINE_POINTS, 2) in picture pixels; NaN where there is no mask."""
    ring = image.largest_outline(pose.mask)
    if ring is None or len(ring) < OUTLINE_POINTS // 4:
        return np.full((OUTLINE_POINTS, 2), np.nan)
    at_edge = _to_edge(ring, pose.mask)
    closed = np.vstack([at_edge, at_edge[:1]])
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    even = np.linspace(0, length[-1], OUTLINE_POINTS, endpoint=False)
    spread = np.column_stack([np.interp(even, length, closed[:, axis]) for axis in (0, 1)])
    # The network's pixels have their centres at halves.
    return np.asarray((spread + 0.5) @ pose.mask_to_picture[:, :2].T + pose.mask_to_picture[:, 2])


def _to_edge(ring: Floats, mask: Floats) -> Floats:
    """Move outline pixels, which lie just inside, to where the mask's logit crosses zero (one Newton step)."""
    x, y = ring[:, 0].astype(int), ring[:, 1].astype(int)
    down = np.gradient(np.clip(mask, -8, 8), axis=0)
    across = np.gradient(np.clip(mask, -8, 8), axis=1)
    slope = np.stack([across[y, x], down[y, x]], axis=1)
    steepness = np.maximum((slope**2).sum(axis=1), 0.05)
    step = -np.clip(mask[y, x], -8, 8)[:, None] * slope / steepness[:, None]
    long = np.maximum(np.hypot(*step.T), 1.0)
    return np.asarray(ring + step / long[:, None])
