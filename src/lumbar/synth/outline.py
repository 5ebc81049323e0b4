"""A lifter's outline without a renderer: skin points are dropped on a grid, closed, and walked around."""

import numpy as np
from scipy.ndimage import binary_closing, binary_fill_holes, label

from lumbar.arrays import Bools, Floats
from lumbar.synth.body import Body
from lumbar.synth.posture import Skin
from lumbar.vision.tracks import OUTLINE_POINTS

#: Grid cells between the feet and the top of the head when the lifter stands: about 7 mm each.
_CELLS = 250
#: Points dropped per face, on a 3 × 3 pattern.
_PATTERN = np.array(
    [
        [(1 - a) * (1 - b), a * (1 - b), a * b, (1 - a) * b]
        for a in (1 / 6, 0.5, 5 / 6)
        for b in (1 / 6, 0.5, 5 / 6)
    ]
)
#: The eight neighbours of a cell, clockwise on the screen (row down, column right), beginning with the left
#: one.
_RING = ((0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1))


class Sampler:
    """The points of a body's skin whose outline is the lifter's: the tights, and what they leave bare."""

    def __init__(self, body: Body) -> None:
        faces = body.faces("body")
        bare = faces[body.carried_by("head", "neck", "hand", "finger", "foot")[faces].mean(axis=1) > 0.5]
        tights = body.faces("tights")
        vertices, self._rows = np.unique(np.r_[tights, bare], return_inverse=True)
        self._rows = self._rows.reshape(-1, 4)
        self._wide = len(tights)
        self.skin = Skin(body, vertices)

    def spread(self, skin_m: Floats) -> Floats:
        """Return points from the vertices' places: nine on wide faces, one on small ones."""
        corners = skin_m[self._rows]
        wide = np.tensordot(corners[: self._wide], _PATTERN, axes=([1], [1]))
        small = corners[self._wide :].mean(axis=1)
        return np.concatenate([np.swapaxes(wide, 1, 2).reshape(-1, 3), small])


def trace(points_px: Floats, cell_px: float, covered_px: Floats | None = None) -> Floats:
    """Return the outline of points (point, 2) in pixels, (OUTLINE_POINTS, 2), closed and clockwise.

    ``covered_px`` is an ellipse (x, y, half height, half width) that hides what lies in it. NaN where nothing
    is left.
    """
    points = points_px[np.isfinite(points_px).all(axis=1)]
    low = points.min(axis=0) - 4 * cell_px
    cells = np.floor((points - low) / cell_px).astype(np.int64)
    columns, rows = cells.max(axis=0) + 5
    grid = np.bincount(cells[:, 1] * columns + cells[:, 0], minlength=rows * columns).reshape(rows, columns) > 0
    solid = binary_fill_holes(binary_closing(grid, iterations=3))
    if covered_px is not None:
        down, across = np.mgrid[:rows, :columns]
        x, y = low[0] + (across + 0.5) * cell_px, low[1] + (down + 0.5) * cell_px
        solid &= ((x - covered_px[0]) / covered_px[3]) ** 2 + ((y - covered_px[1]) / covered_px[2]) ** 2 > 1
    piece = _largest(solid)
    if piece is None:
        return np.full((OUTLINE_POINTS, 2), np.nan)
    edge = _walk(piece)
    return _even(low + (edge[:, ::-1] + 0.5) * cell_px)


def _largest(solid: Bools) -> Bools | None:
    pieces, count = label(solid)
    if count == 0:
        return None
    sizes = np.bincount(pieces.ravel())
    sizes[0] = 0
    return np.asarray(pieces == sizes.argmax())


def _walk(solid: Bools) -> Floats:
    """Return the border cells (row, column) of one piece in clockwise order (Moore's neighbour tracing)."""
    filled = solid.tolist()
    start = tuple(int(value) for value in np.unravel_index(int(solid.argmax()), solid.shape))
    path, at, came = [start], start, 0
    while len(path) < solid.size:
        for turn in range(8):
            index = (came + turn) % 8
            row, column = at[0] + _RING[index][0], at[1] + _RING[index][1]
            if filled[row][column]:
                break
        else:
            break
        at, came = (row, column), (index + 5) % 8 if index % 2 else (index + 6) % 8
        if at == start and len(path) > 2:
            break
        path.append(at)
    return np.array(path, float)


def _even(edge: Floats) -> Floats:
    """Return points spread evenly along a closed edge."""
    closed = np.vstack([edge, edge[:1]])
    steps = np.hypot(*np.diff(closed, axis=0).T)
    along = np.r_[0, np.cumsum(steps)]
    at = np.linspace(0, along[-1], OUTLINE_POINTS, endpoint=False)
    return np.stack([np.interp(at, along, closed[:, axis]) for axis in range(2)], axis=1)


def cell_size_px(stature_px: float) -> float:
    """Return the edge of a grid cell for a lifter who stands that tall in the picture."""
    return max(stature_px / _CELLS, 0.5)
