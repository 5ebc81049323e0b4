"""Best beside worst: only where reps differ by more than an error, at the same heights of the bar."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from lumbar.estimate import around
from lumbar.form.analysis import SetAnalysis
from lumbar.form.extremes import extremes
from lumbar.report.ghosts import ghosts_of


def with_speeds(analysis: SetAnalysis, speeds: Sequence[float]) -> SetAnalysis:
    measures = tuple(
        {**mapping, "mean_concentric_velocity": around(speed, 0.03)}
        for mapping, speed in zip(analysis.measures, speeds, strict=True)
    )
    return replace(analysis, measures=measures)


def test_reps_within_an_error_are_not_told_apart(pulled: SetAnalysis) -> None:
    # 0.05 m/s is what four equal reps may lie apart: 2.39 · √2 · 0.015.
    assert ghosts_of(with_speeds(pulled, (0.50, 0.52, 0.48, 0.50))) is None


def test_the_fastest_and_the_slowest_are_named_where_they_differ(pulled: SetAnalysis) -> None:
    ghosts = ghosts_of(with_speeds(pulled, (0.50, 0.54, 0.48, 0.42)))
    assert ghosts is not None
    assert (ghosts.best, ghosts.worst) == (2, 4)
    assert "0.54" in ghosts.sentence
    assert "range" in ghosts.sentence
    assert len(ghosts.panels) == 4


def test_both_figures_have_the_bar_at_one_height(pulled: SetAnalysis) -> None:
    ghosts = ghosts_of(with_speeds(pulled, (0.50, 0.54, 0.48, 0.42)))
    assert ghosts is not None
    for panel in ghosts.panels:
        heights = [float(y) for y in re.findall(r'class="bar" cx="[\d.]+" cy="([\d.]+)"', panel.svg)]
        assert len(heights) == 2
        assert heights[0] == pytest.approx(heights[1], abs=0.2)  # of 220 px; written to a tenth each


def test_ranges_that_touch_tell_nothing_of_rounding() -> None:
    close = [{"lumbar_change": around(np.radians(deg), np.radians(5))} for deg in (5, 14)]
    apart = [{"lumbar_change": around(np.radians(deg), np.radians(4))} for deg in (5, 14)]
    assert extremes(close) is None
    found = extremes(apart)
    assert found is not None
    assert (found.best, found.worst, found.by_wobble) == (0, 1, False)


def test_without_a_fitted_lifter_there_are_no_ghosts(refused: SetAnalysis) -> None:
    assert ghosts_of(refused) is None
