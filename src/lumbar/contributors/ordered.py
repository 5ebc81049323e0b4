"""An ordered logit with shrinkage for one person's soreness: 0 to 10 is an order, not a length (card ST-06).

P(level ≤ k) = 1 / (1 + exp(slopes · columns − cut_k)). Slopes are drawn towards none by a normal prior, so that
few sessions say little (ST-02, ST-03). The posterior is worked out by importance sampling: draws from a Student t
around its mode, weighed by how probable they are, and drawn again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from lumbar.arrays import Floats, check_shape, freeze

Levels = NDArray[np.int64]

#: How far slopes wander before any data, in log odds: 2.5, the usual weakly informative scale for a logit (Gelman
#: 2008, Ann Appl Stat 2:1360, from memory). Cuts are wide about the levels, log steps between them keep them in
#: order: engineering rules.
SLOPE_SPREAD, CUT_SPREAD, STEP_SPREAD = 2.5, 3.0, 1.0

#: Draws around the mode, and those kept; degrees of freedom of the t. Engineering rules, checked by the tests
#: against a grid.
PROPOSED, KEPT, FREEDOM = 2000, 500, 6


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """What the data leave probable: ``cuts`` (draws, levels − 1) and ``slopes`` (draws, columns), log odds."""

    cuts: Floats
    slopes: Floats

    def __post_init__(self) -> None:
        check_shape("slopes", self.slopes, "draws, columns", (len(self.cuts), self.slopes.shape[1]))
        freeze(self)

    def expected(self, columns: Floats, level_score: Floats) -> Floats:
        """Return the soreness expected of each row (rows, columns) under each draw: (draws, rows)."""
        drive = self.slopes @ columns.T
        # E = top level − Σ steps · P(level ≤ k)
        total = np.full(drive.shape, level_score[-1])
        for cut, step in zip(self.cuts.T, np.diff(level_score), strict=True):
            total -= step * expit(cut[:, None] - drive)
        return total


def fit(levels: Levels, columns: Floats, count: int) -> Posterior:
    """Return the posterior for ``levels`` (rows; 0 to ``count`` − 1) under ``columns`` (rows, columns).

    The same data always give the same draws.
    """
    check_shape("columns", columns, "rows, columns", (len(levels), columns.shape[1]))
    model = _Model(levels, columns, count)
    start = np.zeros(model.size)
    start[0], start[1 : count - 1] = -1.0, 0.0
    found = minimize(model.cost, start, method="BFGS", options={"gtol": 1e-4})
    drawn = _drawn(model, found.x)
    return Posterior(model.cuts(drawn), drawn[:, count - 1 :])


class _Model:
    """The log posterior of (first cut, log steps, slopes), for one point or for many at once."""

    def __init__(self, levels: Levels, columns: Floats, count: int) -> None:
        self.levels, self.columns, self.count = levels, columns, count
        self.size = count - 1 + columns.shape[1]
        self.spread = np.concatenate((
            [CUT_SPREAD], np.full(count - 2, STEP_SPREAD), np.full(columns.shape[1], SLOPE_SPREAD),
        ))  # fmt: skip

    def cuts(self, points: Floats) -> Floats:
        """Return the cuts (points, levels − 1), rising."""
        steps = np.concatenate((points[:, :1], np.exp(np.clip(points[:, 1 : self.count - 1], -20, 5))), axis=1)
        return np.cumsum(steps, axis=1)

    def log_posterior(self, points: Floats) -> Floats:
        """Return the log posterior, up to a constant, of each of (points, size)."""
        cuts = self.cuts(points)
        drive = points[:, self.count - 1 :] @ self.columns.T
        edge = np.full((len(points), 1), np.inf)
        below = np.concatenate((-edge, cuts), axis=1)[:, self.levels]
        above = np.concatenate((cuts, edge), axis=1)[:, self.levels]
        likely = expit(above - drive) - expit(below - drive)
        data = np.log(np.maximum(likely, 1e-12)).sum(axis=1)
        return np.asarray(data - 0.5 * ((points / self.spread) ** 2).sum(axis=1))

    def cost(self, point: Floats) -> float:
        """Return what the search for the mode makes small."""
        return -float(self.log_posterior(point[None])[0])


def _drawn(model: _Model, mode: Floats) -> Floats:
    """Return (KEPT, size) draws of the posterior."""
    rng = np.random.default_rng(20_261_122)
    root = np.linalg.cholesky(_spread_at(model, mode))
    normal = rng.standard_normal((PROPOSED, model.size))
    stretch = np.sqrt(FREEDOM / rng.chisquare(FREEDOM, PROPOSED))[:, None]
    points = mode + stretch * (normal @ root.T)
    # the density of the t at each draw, up to a constant
    distance = (normal**2).sum(axis=1) * stretch[:, 0] ** 2
    proposal = -0.5 * (FREEDOM + model.size) * np.log1p(distance / FREEDOM)
    weight = model.log_posterior(points) - proposal
    weight = np.exp(weight - weight.max())
    # evenly spaced picks along the summed weights: less noise than drawing each by itself
    edges = np.cumsum(weight) / weight.sum()
    picks = np.searchsorted(edges, (np.arange(KEPT) + rng.random()) / KEPT)
    return np.asarray(points[np.minimum(picks, PROPOSED - 1)])


def _spread_at(model: _Model, mode: Floats) -> Floats:
    """Return the covariance of a normal with the posterior's curvature at the mode."""
    step = 1e-3
    size = model.size
    moves = np.eye(size) * step
    pairs = [(i, j) for i in range(size) for j in range(i, size)]
    points = [mode + si * moves[i] + sj * moves[j] for i, j in pairs for si in (1, -1) for sj in (1, -1)]
    value = model.log_posterior(np.array(points)).reshape(-1, 4)
    curve = np.zeros((size, size))
    for (i, j), (pp, pm, mp, mm) in zip(pairs, value, strict=True):
        curve[i, j] = curve[j, i] = -(pp - pm - mp + mm) / (4 * step**2)
    vals, vectors = np.linalg.eigh(curve)
    # the prior's own curvature is the least that can be; rounding may show less
    floor = 1 / model.spread.max() ** 2
    return np.asarray((vectors / np.maximum(vals, floor)) @ vectors.T)
