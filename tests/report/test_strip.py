"""The rep strip shows every rep: translucent where its range is wider than the number, empty without one."""

import re

import pytest

from lumbar.estimate import Estimate, Missing
from lumbar.form.analysis import SetAnalysis
from lumbar.report.strip import kind_of, strips_of


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (Estimate(0.5, 0.4, 0.6), "sure"),
        (Estimate(-0.5, -0.6, -0.4), "sure"),
        (Estimate(0.1, 0.0, 0.2), "unsure"),
        (Missing("The plate hides it."), "missing"),
    ],
)
def test_a_rep_is_unsure_where_the_range_is_wider_than_the_number(one: Estimate | Missing, kind: str) -> None:
    assert kind_of(one) == kind


def test_each_strip_has_a_bar_for_every_rep_as_high_as_its_measure(pulled: SetAnalysis) -> None:
    strip = next(one for one in strips_of(pulled) if one.id == "mean_concentric_velocity")
    assert [bar.rep for bar in strip.bars] == [rep.number for rep in pulled.reps]
    heights = [float(re.search(r'class="bar".* height="([\d.]+)"/><rect', bar.svg)[1]) for bar in strip.bars]
    values = [mapping["mean_concentric_velocity"].value for mapping in pulled.measures]
    # Heights are written to a tenth of a pixel, of some fifty.
    assert [high / heights[0] for high in heights] == pytest.approx([v / values[0] for v in values], abs=0.003)
    assert "range 0.51–0.57" in strip.bars[0].words


def test_a_refused_set_has_no_strip(refused: SetAnalysis) -> None:
    assert strips_of(refused) == ()
