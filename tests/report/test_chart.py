"""Charts say what they show, keep gaps as gaps, and have few round ticks."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.report.chart import (
    PLOT_PX,
    Column,
    Line,
    RepPath,
    Span,
    TimeChart,
    draw_path_chart,
    draw_time_chart,
    gaps,
    nice_ticks,
    runs,
    simplify,
)

TIME_S = np.arange(0, 10, 0.1)
HEIGHT = np.clip(np.sin(TIME_S), 0, None) * 0.6


def chart_of(*lines: Line, unit: str = "m") -> TimeChart:
    return TimeChart("bar-height", "Bar height", unit, "metres", 2, TIME_S, lines, from_zero=True)


def drawn(chart: TimeChart, columns: tuple[Column, ...] = (), *, with_times: bool = False) -> ET.Element:
    return ET.fromstring(draw_time_chart(chart, columns, Span(0, 10), with_times=with_times))  # noqa: S314 - ours


def of_class(svg: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in svg.iter() if name in element.get("class", "").split()]


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
def test_there_are_two_to_five_even_ticks_around_the_data(low: float, reach: float) -> None:
    ticks = nice_ticks(low, low + reach)
    steps = np.diff(ticks)
    assert 2 <= len(ticks) <= 5
    assert np.allclose(steps, steps[0])
    assert ticks[0] - 0.16 * steps[0] <= low  # a curve may pass the last line by 0.15 of a step
    assert ticks[-1] + 0.16 * steps[0] >= low + reach


def test_runs_and_gaps_tell_where_something_is_known() -> None:
    known = np.array([False, True, True, False, False, True])
    assert runs(known) == [slice(1, 3), slice(5, 6)]
    assert gaps(np.arange(6.0), known) == [(0.0, 1.0), (2.0, 5.0)]


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=60))
def test_a_simplified_line_stays_within_its_flatness(values: list[float]) -> None:
    xy = np.column_stack([np.arange(len(values)) * 10.0, values])
    kept = simplify(xy, 0.5)
    assert (kept[[0, -1]] == xy[[0, -1]]).all()
    # Vertically a point may be farther off than across the line; measure across, to the nearest piece.
    for point in xy:
        start, end = kept[:-1], kept[1:]
        along = np.clip(((point - start) * (end - start)).sum(1) / ((end - start) ** 2).sum(1), 0, 1)
        nearest = np.hypot(*(start + along[:, None] * (end - start) - point).T).min()
        assert nearest <= 0.5 + 1e-6


def test_a_gap_breaks_the_line_and_is_hatched() -> None:
    value = HEIGHT.copy()
    value[40:50] = np.nan
    svg = drawn(chart_of(Line("Bar", value)))
    (line,) = of_class(svg, "line")
    assert line.get("d", "").count("M") == 2
    (gap,) = of_class(svg, "gap")
    assert gap.get("fill") == "url(#bar-height-hatch)"
    assert (gap.get("x"), gap.get("width")) == ("39.00%", "11.00%")  # from the last known to the next


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    svg = drawn(chart_of(Line("Bar", np.full_like(TIME_S, np.nan))))
    assert of_class(svg, "line") == []
    assert [gap.get("width") for gap in of_class(svg, "gap")] == ["99.00%"]
    assert "nothing could be measured" in (svg.findtext("desc") or "")


def test_the_range_is_a_band_around_the_line() -> None:
    svg = drawn(chart_of(Line("Bar", HEIGHT, HEIGHT * 0.97, HEIGHT * 1.03)))
    assert [band.get("d", "")[-1] for band in of_class(svg, "band")] == ["Z"]
    assert len(of_class(svg, "line")) == 1


def test_a_chart_says_in_words_what_it_shows() -> None:
    svg = drawn(chart_of(Line("Bar", HEIGHT)), (Column(1, 0.1, 3.0), Column(2, 6.3, 9.4)))
    assert svg.findtext("title") == "Bar height"
    assert svg.findtext("desc") == "Over 10 seconds with 2 numbered reps. Bar: 0.00 to 0.60 metres."
    assert svg.get("aria-labelledby") == "bar-height-title bar-height-desc"


def test_reps_are_numbered_columns_at_their_times() -> None:
    svg = drawn(chart_of(Line("Bar", HEIGHT)), (Column(1, 1.0, 3.0), Column(2, 6.0, 9.0)))
    assert [(one.get("x"), one.get("width")) for one in of_class(svg, "rep")] == [
        ("10.00%", "20.00%"),
        ("60.00%", "30.00%"),
    ]
    assert [one.text for one in of_class(svg, "mid")] == ["1", "2"]


def test_crowded_reps_are_numbered_now_and_then() -> None:
    columns = tuple(Column(number, 0.3 * number, 0.3 * number + 0.2) for number in range(1, 31))
    svg = drawn(chart_of(Line("Bar", HEIGHT)), columns)
    # 0.3 s of 10 s is 8.4 of 280 px: a number of 18 px fits on every third column.
    assert [one.text for one in of_class(svg, "mid")][:3] == ["1", "4", "7"]
    assert len(of_class(svg, "rep")) == 30


def test_curves_stay_inside_the_plot() -> None:
    svg = drawn(chart_of(Line("Bar", HEIGHT)))
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", of_class(svg, "line")[0].get("d", ""))]
    assert min(numbers[1::2]) >= -0.15 * PLOT_PX
    assert max(numbers[1::2]) <= PLOT_PX
    assert (min(numbers[::2]), max(numbers[::2])) == (0.0, 990.0)


def test_two_curves_are_named_where_they_are_furthest_apart() -> None:
    other = HEIGHT + np.where(np.abs(TIME_S - 3.0) < 0.05, 2.0, 0.5)
    svg = drawn(chart_of(Line("Hip", HEIGHT), Line("Knee", other)))
    labels = {label.text: (label.get("x"), float(label.get("y", ""))) for label in of_class(svg, "label")}
    assert labels.keys() == {"Hip", "Knee"}
    assert labels["Hip"][0] == labels["Knee"][0] == "30.00%"
    assert labels["Knee"][1] < labels["Hip"][1]


def test_only_the_last_chart_of_a_stack_prints_the_seconds() -> None:
    chart = chart_of(Line("Bar", HEIGHT))
    assert [one.text for one in of_class(drawn(chart, with_times=True), "mid")] == ["0", "2.5", "5", "7.5"]
    assert of_class(drawn(chart), "mid") == []


def test_text_from_outside_is_escaped() -> None:
    svg = draw_time_chart(
        TimeChart("a", "<script>", "m", "metres", 2, TIME_S, (Line("<b>", HEIGHT), Line("&", HEIGHT + 1))),
        (),
        Span(0, 10),
    )
    assert "<script>" not in svg
    assert "<b>" not in svg
    ET.fromstring(svg)  # noqa: S314 - ours


@pytest.mark.parametrize("reps", [1, 4])
def test_the_square_chart_has_one_scale_and_names_its_first_and_last_rep(reps: int) -> None:
    height = np.linspace(0, 56, 20)
    paths = [RepPath(n, np.column_stack([np.sin(height / 18) * n, height])) for n in range(1, reps + 1)]
    svg = ET.fromstring(draw_path_chart("bar-path", "Bar path", paths))  # noqa: S314 - ours
    assert len(of_class(svg, "line")) == reps
    assert [label.text for label in of_class(svg, "label")] == [f"rep {n}" for n in sorted({1, reps})]
    across = [float(one.get("x1", "")) for one in of_class(svg, "grid")]
    heights = sorted({float(one.get("y1", "")) for one in of_class(svg, "grid")})
    width = float(of_class(svg, "grid")[0].get("x2", "")) - across[0]
    assert width == pytest.approx(heights[-1] - heights[0], abs=0.1)  # printed to a tenth of a pixel


def test_the_seconds_of_a_clip_that_starts_late_are_its_own() -> None:
    chart = TimeChart("a", "Bar", "m", "metres", 2, TIME_S + 100, (Line("Bar", HEIGHT),))
    svg = ET.fromstring(draw_time_chart(chart, (), Span(100, 109.9), with_times=True))  # noqa: S314 - ours
    assert [one.text for one in of_class(svg, "mid")] == ["100", "102.5", "105", "107.5"]


def test_a_bar_that_swings_far_stays_in_the_square() -> None:
    height = np.linspace(0, 50, 20)
    far = RepPath(1, np.column_stack([45 * np.sin(height / 16), height]))
    svg = ET.fromstring(draw_path_chart("bar-path", "Bar path", [far]))  # noqa: S314 - ours
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", of_class(svg, "line")[0].get("d", ""))]
    assert min(numbers) > 0
    assert max(numbers) < 320
