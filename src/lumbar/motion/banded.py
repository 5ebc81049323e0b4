"""Least squares over a clip: unknowns of each frame, which know only their neighbours, and unknowns of the clip.

The normal equations have the shape of an arrow: a band along the diagonal for the frames, a border for the clip.
The band is factored in time proportional to the clip's length, the border follows by its Schur complement.
"""

from dataclasses import dataclass

import numpy as np
from numpy.linalg import LinAlgError
from scipy.linalg import cho_factor, cho_solve, cho_solve_banded, cholesky_banded

from lumbar.arrays import Floats


@dataclass(slots=True, eq=False)
class Arrow:
    """Normal equations H δ = −g of a step.

    ``blocks`` (time, n, n) couples a frame with itself, ``next_one`` and ``next_two`` (time, n) each of its
    unknowns with the same unknown one and two frames on; ``border`` (time, n, clip) frames with the clip,
    ``corner`` (clip, clip) the clip with itself; ``slope`` (time, n) and ``corner_slope`` (clip,) are g.
    """

    blocks: Floats
    next_one: Floats
    next_two: Floats
    border: Floats
    corner: Floats
    slope: Floats
    corner_slope: Floats

    def band(self, damping: float) -> Floats:
        """Return the band in LAPACK's lower form, its diagonal raised by a share ``damping``."""
        frames, size, _ = self.blocks.shape
        band = np.zeros((2 * size + 1, frames * size))
        rows, columns = np.tril_indices(size)
        places = np.arange(frames)[:, None] * size + columns
        band[np.broadcast_to(rows - columns, places.shape), places] = self.blocks[:, rows, columns]
        band[0] *= 1 + damping
        band[size] = self.next_one.ravel()
        band[2 * size] = self.next_two.ravel()
        return band

    def step(self, damping: float) -> tuple[Floats, Floats] | None:
        """Return the step of the frames (time, n) and of the clip (clip,); None where there is none."""
        frames, size, clip = self.border.shape
        try:
            factor = cholesky_banded(self.band(damping), lower=True, check_finite=False)
            right = np.column_stack([self.border.reshape(-1, clip), self.slope.ravel()])
            solved = cho_solve_banded((factor, True), right, check_finite=False)
            across = self.border.reshape(-1, clip)
            corner = self.corner + damping * np.diag(np.diag(self.corner))
            schur = cho_factor(corner - across.T @ solved[:, :clip], lower=True)
        except LinAlgError:
            return None
        of_clip = -cho_solve(schur, self.corner_slope - across.T @ solved[:, clip])
        of_frames = -(solved[:, clip] + solved[:, :clip] @ of_clip)
        return of_frames.reshape(frames, size), of_clip

    def covariance(self) -> tuple[Floats, Floats, Floats]:
        """Return what H⁻¹ has of each frame (time, n, n), of frames with the clip (time, n, clip), of the clip.

        Only the blocks on the diagonal of the inverse are made, frame pair by frame pair (Takahashi 1973).
        """
        frames, size, clip = self.border.shape
        factor = cholesky_banded(self.band(0.0), lower=True, check_finite=False)
        across = self.border.reshape(-1, clip)
        solved = cho_solve_banded((factor, True), across, check_finite=False)
        of_clip = np.asarray(np.linalg.inv(self.corner - across.T @ solved), np.float64)
        reach = solved.reshape(frames, size, clip)
        with_clip = -reach @ of_clip
        own = self._own_blocks() - with_clip @ np.swapaxes(reach, 1, 2)
        return own, np.asarray(with_clip), of_clip

    def _own_blocks(self) -> Floats:
        """Return the diagonal blocks of the band's inverse, (time, n, n)."""
        frames, size, _ = self.blocks.shape
        pairs = (frames + 1) // 2
        main = np.tile(np.eye(2 * size), (pairs, 1, 1))
        couple = np.zeros((pairs, 2 * size, 2 * size))
        first, second = slice(0, size), slice(size, 2 * size)
        each = np.arange(size)
        main[:, first, first] = self.blocks[0::2]
        main[: frames // 2, second, second] = self.blocks[1::2]
        one, two = self.next_one, self.next_two
        even, odd = one[0 : frames - 1 : 2], one[1 : frames - 1 : 2]
        main[: len(even), each + size, each] = main[: len(even), each, each + size] = even
        couple[: len(odd), each, each + size] = odd
        skip_even, skip_odd = two[0 : frames - 2 : 2], two[1 : frames - 2 : 2]
        couple[: len(skip_even), each, each] = skip_even
        couple[: len(skip_odd), each + size, each + size] = skip_odd
        return _chain_inverse(main, couple).reshape(-1, size, size)[:frames]


def _chain_inverse(main: Floats, couple: Floats) -> Floats:
    """Return the diagonal blocks (k, 2, n/2, n/2) of the inverse of a block-tridiagonal matrix.

    ``couple[k]`` has the rows of block k + 1 and the columns of block k.
    """
    count, size, _ = main.shape
    ahead = np.empty_like(main)
    ahead[0] = np.linalg.inv(main[0])
    for k in range(1, count):
        ahead[k] = np.linalg.inv(main[k] - couple[k - 1] @ ahead[k - 1] @ couple[k - 1].T)
    whole = ahead.copy()
    for k in range(count - 2, -1, -1):
        gain = ahead[k] @ couple[k].T
        whole[k] = ahead[k] + gain @ whole[k + 1] @ gain.T
    half = size // 2
    return np.stack([whole[:, :half, :half], whole[:, half:, half:]], axis=1)
