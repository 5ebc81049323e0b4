"""Discs in one picture: find ellipses of about the right size, and fit one to its rim.

No trained model for plates exists; this is classical vision. A plate's rim is the one long, closed, round edge
in a gym, but racks and floors hold lookalikes: which disc is the lifted one is decided over time, in ``bar``.
"""

from dataclasses import dataclass, replace
from math import pi

import numpy as np

from lumbar.arrays import Floats, Pixels
from lumbar.vision import image

# Engineering rules of the search.
#: The search works on a picture in which the expected disc has this radius.
_SEARCH_RADIUS_PX = 28.0
#: Half widths over half heights that are tried: a camera up to 45° off the exact side.
_SQUEEZES = (1.0, 0.92, 0.82, 0.70)
#: Radii that are tried, over the expected one.
_SIZES = np.linspace(0.66, 1.42, 26)
#: The weakest edge that may vote, in grey levels per pixel.
_LEAST_SLOPE = 2.0
_RAYS = 96
_ANGLES = np.linspace(0, 2 * pi, _RAYS, endpoint=False)
_COS, _SIN = np.cos(_ANGLES), np.sin(_ANGLES)


@dataclass(frozen=True, slots=True)
class Disc:
    """An upright ellipse in pixels; ``support`` in 0–1 is the share of its rim that is an edge."""

    x_px: float
    y_px: float
    half_width_px: float
    half_height_px: float
    support: float

    def holds(self, point_px: Floats) -> bool:
        """Say whether a point, (2,), lies within the rim."""
        across, down = (point_px - [self.x_px, self.y_px]) / [self.half_width_px, self.half_height_px]
        return bool(np.hypot(across, down) < 1)

    def grown(self, ratio: float) -> "Disc":
        """Return a disc about the same middle, so many times as large."""
        return replace(self, half_width_px=ratio * self.half_width_px, half_height_px=ratio * self.half_height_px)


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look for discs: a square about a point, and how large they should be."""

    x_px: float
    y_px: float
    half_side_px: float
    radius_px: float


def find_discs(grey: Pixels, search: Search, most: int = 4) -> tuple[Disc, ...]:
    """Find the discs of about the expected size in a square, best supported first."""
    shrink = _SEARCH_RADIUS_PX / search.radius_px
    side = round(2 * search.half_side_px * shrink)
    corner = np.array([search.x_px, search.y_px]) - search.half_side_px
    to_picture = np.array([[1 / shrink, 0, corner[0]], [0, 1 / shrink, corner[1]]])
    small = image.sample(image.box_softened(grey, 1 / shrink), to_picture, side, side)
    found: list[Disc] = []
    for x, y, radius, squeeze in _votes(small, most):
        centre = corner + np.array([x, y]) / shrink
        guess = Disc(centre[0], centre[1], radius * squeeze / shrink, radius / shrink, 0.0)
        disc = fit_disc(grey, guess, gate=0.16, resize=True)
        disc = fit_disc(grey, disc, gate=0.08, resize=True)
        if not any(_same(disc, other) for other in found):
            found.append(disc)
    return tuple(sorted(found, key=lambda disc: -disc.support))


def _same(one: Disc, other: Disc) -> bool:
    """Say whether two discs are one and the same, fitted twice."""
    apart = np.hypot(one.x_px - other.x_px, one.y_px - other.y_px)
    return bool(apart < 0.35 * max(one.half_height_px, other.half_height_px))


def _votes(small: Pixels, most: int) -> list[tuple[float, float, float, float]]:
    """Let each edge vote for the centres it could belong to; return (x, y, radius, squeeze) of the best."""
    across, down = image.slopes(small)
    strength = np.hypot(across, down)
    y, x = np.nonzero(strength > max(_LEAST_SLOPE, float(np.percentile(strength, 70))))
    across, down = across[y, x], down[y, x]
    height, width = small.shape
    best: list[tuple[float, float, float, float, float]] = []
    for squeeze in _SQUEEZES:
        # In a picture stretched to make the ellipse round, an edge's normal points at the centre.
        normal = np.stack([across * squeeze, down])
        normal = normal / np.hypot(*normal)
        for size in _SIZES:
            radius = size * _SEARCH_RADIUS_PX
            votes = np.zeros(height * width)
            for sign in (-1, 1):
                cx = np.rint(x + sign * radius * squeeze * normal[0]).astype(int)
                cy = np.rint(y + sign * radius * normal[1]).astype(int)
                inside = (cx >= 0) & (cx < width) & (cy >= 0) & (cy < height)
                votes += np.bincount(cy[inside] * width + cx[inside], minlength=height * width)
            share = image.softened(votes.reshape(height, width), 1.2) / radius
            for _ in range(2):
                peak = int(share.argmax())
                py, px = divmod(peak, width)
                best.append((float(share[py, px]), float(px), float(py), radius, squeeze))
                share[max(0, py - 6) : py + 7, max(0, px - 6) : px + 7] = 0
    best.sort(reverse=True)
    kept: list[tuple[float, float, float, float]] = []
    for _, px, py, radius, squeeze in best:
        if all(np.hypot(px - other[0], py - other[1]) > 0.3 * _SEARCH_RADIUS_PX for other in kept):
            kept.append((px, py, radius, squeeze))
        if len(kept) == most:
            break
    return kept


def fit_disc(grey: Pixels, guess: Disc, gate: float, *, resize: bool = False) -> Disc:
    """Fit an ellipse to the rim near a guess, by its edges along rays from the centre.

    ``gate`` is how far an edge may lie from the guess, as a share of the radius. Without ``resize`` the half
    axes stay, and only the centre moves: a plate keeps its distance from the camera.
    """
    steps = np.linspace(1 - gate, 1 + gate, max(9, 2 * round(gate * guess.half_height_px) + 1))
    x = guess.x_px + np.outer(guess.half_width_px * _COS, steps)
    y = guess.y_px + np.outer(guess.half_height_px * _SIN, steps)
    along = np.abs(np.gradient(image.softened_along(image.read_at(grey, x, y)), axis=1))
    at = along.argmax(axis=1)
    strength = along[np.arange(_RAYS), at]
    peak = _peak_offset(along, at)
    step_px = (steps[1] - steps[0]) * np.hypot(guess.half_width_px * _COS, guess.half_height_px * _SIN)
    slope = strength / step_px
    share = steps[0] + (at + peak) * (steps[1] - steps[0])
    weight = np.minimum(slope, 8.0) * (slope > 0.6)
    solution = _solve(share, weight, guess, resize=resize)
    residual = np.abs(share - _share_of(solution, guess))
    near = residual * guess.half_height_px < max(1.5, 0.03 * guess.half_height_px)
    support = float(np.mean(near & (slope > _LEAST_SLOPE / 2)))
    return Disc(*solution, support)


def _peak_offset(along: Floats, at: np.ndarray) -> Floats:
    """Return where between samples each ray's edge is strongest, by a parabola through three samples."""
    inner = np.clip(at, 1, along.shape[1] - 2)
    rays = np.arange(len(at))
    before, here, after = along[rays, inner - 1], along[rays, inner], along[rays, inner + 1]
    bend = before - 2 * here + after
    offset = np.where(bend < 0, 0.5 * (before - after) / np.where(bend < 0, bend, -1), 0.0)
    return np.asarray(np.clip(offset, -0.5, 0.5) + (inner - at), dtype=float)


def _share_of(solution: tuple[float, float, float, float], guess: Disc) -> Floats:
    """Return where the solved rim crosses the guess's rays, as shares of the guess's radius (first order)."""
    x, y, half_width, half_height = solution
    toward = (x - guess.x_px) / guess.half_width_px * _COS + (y - guess.y_px) / guess.half_height_px * _SIN
    grown = half_width / guess.half_width_px * _COS**2 + half_height / guess.half_height_px * _SIN**2
    return np.asarray(toward + grown)


def _solve(share: Floats, weight: Floats, guess: Disc, *, resize: bool) -> tuple[float, float, float, float]:
    """Solve for centre (and half axes) by least squares, re-weighted against clutter (Cauchy)."""
    columns = [_COS, _SIN, _COS**2, _SIN**2] if resize else [_COS, _SIN]
    design = np.stack(columns, axis=1)
    target = share if resize else share - 1
    answer = np.array([0.0, 0.0, 1.0, 1.0])[: design.shape[1]]
    scale = 0.03
    for _ in range(5):
        residual = target - design @ answer
        robust = weight / (1 + (residual / scale) ** 2)
        gram = design.T @ (design * robust[:, None]) + 1e-6 * np.eye(design.shape[1])
        answer = answer + np.linalg.solve(gram, design.T @ (robust * residual))
        scale = max(0.006, 0.6 * scale)
    wide, high = (answer[2], answer[3]) if resize else (1.0, 1.0)
    return (
        guess.x_px + answer[0] * guess.half_width_px,
        guess.y_px + answer[1] * guess.half_height_px,
        float(wide * guess.half_width_px),
        float(high * guess.half_height_px),
    )
