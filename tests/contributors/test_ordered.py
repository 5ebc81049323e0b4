"""The ordered logit against a grid, against its own formula, and against nothing at all."""

import numpy as np
import pytest
from scipy.special import expit

from lumbar.contributors.ordered import CUT_SPREAD, SLOPE_SPREAD, Posterior, fit


def test_draws_agree_with_a_grid() -> None:
    """Two levels and one column: the posterior has two numbers, and a grid gives their means and spreads."""
    levels = np.array([0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1])
    column = np.array([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]) - 0.5
    cuts, slopes = np.meshgrid(np.linspace(-6, 6, 301), np.linspace(-6, 8, 301), indexing="ij")
    above = expit(slopes[..., None] * column - cuts[..., None])
    log = np.log(np.where(levels == 1, above, 1 - above)).sum(-1)
    log -= 0.5 * ((cuts / CUT_SPREAD) ** 2 + (slopes / SLOPE_SPREAD) ** 2)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    mean = (weight * slopes).sum()
    spread = np.sqrt((weight * (slopes - mean) ** 2).sum())
    drawn = fit(levels, column[:, None], 2).slopes[:, 0]
    # 2000 weighed draws: the mean is good to about a thirtieth of the spread, the spread to about as much
    assert drawn.mean() == pytest.approx(mean, abs=0.1 * spread)
    assert drawn.std() == pytest.approx(spread, rel=0.1)


def test_the_same_data_give_the_same_draws() -> None:
    levels, column = np.array([0, 1, 2, 1, 0, 2]), np.array([[0.0], [1], [1], [0], [0], [1]])
    one, two = fit(levels, column, 3), fit(levels, column, 3)
    assert np.array_equal(one.slopes, two.slopes)
    assert not one.slopes.flags.writeable


def test_expected_soreness_is_the_levels_weighed_by_their_chances() -> None:
    posterior = Posterior(np.array([[-1.0, 0.5]]), np.array([[2.0]]))
    columns, score = np.array([[0.0], [1.0]]), np.array([0.0, 2.0, 5.0])
    for row, drive in enumerate((0.0, 2.0)):
        below = expit(np.array([-1.0, 0.5]) - drive)
        chances = np.diff(np.concatenate(([0], below, [1])))
        assert posterior.expected(columns, score)[0, row] == pytest.approx(chances @ score, abs=1e-12)


def test_without_a_difference_the_slope_is_about_none_and_with_few_sessions_wide() -> None:
    levels = np.tile([0, 1, 2], 8)
    column = np.repeat([0.0, 1.0], 12)[:, None] - 0.5
    many = fit(levels, column, 3).slopes[:, 0]
    few = fit(levels[[0, 1, 2, 12, 13, 14]], column[[0, 1, 2, 12, 13, 14]], 3).slopes[:, 0]
    assert abs(many.mean()) < 0.2  # the truth is 0; a tenth of its spread is the draws' own error
    assert few.std() > 1.5 * many.std()
