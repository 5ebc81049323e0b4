import re
from dataclasses import replace

import numpy as np
import pytest

from lumbar.estimate import Estimate, Missing
from lumbar.form.analysis import SetAnalysis
from lumbar.lifter import Barbell, Lifter
from lumbar.mechanics.reckon import lumbar_loads
from lumbar.report.lever import draw_lever, places_px
from lumbar.report.load_record import load_record
from lumbar.report.load_view import load_chart, load_view


def test_the_hardest_rep_is_told_with_its_lever_arm(pulled: SetAnalysis) -> None:
    view = load_view(pulled)
    peaks = {load.rep: load.peak_n_m.value for load in pulled.loads if isinstance(load.peak_n_m, Estimate)}
    assert view is not None
    assert view.rep == max(peaks, key=lambda rep: peaks[rep])
    told = re.search(r"(\d[\d,]*)\sN·m \(range", view.sentences[0])
    assert told is not None
    # A number is told as finely as its range lets it be.
    assert float(told[1].replace(",", "")) == pytest.approx(peaks[view.rep], rel=0.05)
    assert "cm (range" in view.sentences[1]
    assert [what for what, _ in view.changes] == [
        "The bar 3 cm closer to you", "20 kg less on the bar", "Your trunk as upright as in sumo",
        "This rep shaped like your easiest one",
    ]  # fmt: skip
    assert view.width[0].startswith("The range comes from")


def test_no_number_is_compared_with_a_limit(pulled: SetAnalysis) -> None:
    view = load_view(pulled)
    said = " ".join([*view.sentences, *view.context, *view.width])
    assert not re.search(r"\b(3[.,]4|3400|safe\w*|dangerous|too (much|high|heavy)|exceed\w*)\b", said)
    assert "Compared with" in said
    assert "nan" not in said.lower()


def test_the_drawing_has_the_lever_arm_level_and_to_scale(pulled: SetAnalysis) -> None:
    load = next(load for load in pulled.loads if load.peak_s is not None)
    motion = pulled.motion
    row = int(np.argmin(np.abs(motion.time_s - load.peak_s)))
    joint, bar, per_m = places_px(motion, load, row)
    # The frame nearest to the peak is up to half a step away from it: 2 mm at the start of a pull.
    assert (bar[0] - joint[0]) / per_m == pytest.approx(load.lever_m.value, abs=0.01)
    drawing = draw_lever(pulled, load)
    arm = re.search(r'class="arm" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"', drawing.svg)
    assert arm is not None
    assert arm[2] == arm[4]  # level
    assert "cm" in drawing.caption


def test_the_curve_covers_the_reps_and_asks_for_nothing_between(pulled: SetAnalysis) -> None:
    chart = load_chart(pulled.motion, pulled.loads)
    assert chart.is_asked.any()
    assert not chart.is_asked.all()
    assert chart.known(chart.lines)[~chart.is_asked].all()
    line = chart.lines[0]
    known = np.isfinite(line.value)
    assert (line.low[known] <= line.value[known]).all()
    assert (line.value[known] <= line.high[known]).all()


def without_mass(pulled: SetAnalysis) -> SetAnalysis:
    return replace(pulled, loads=lumbar_loads(pulled.motion, pulled.reps, Lifter(), Barbell()), what_ifs=())


def test_without_the_bar_s_mass_it_says_how_to_get_it(pulled: SetAnalysis) -> None:
    view = load_view(without_mass(pulled))
    assert "--bar" in view.sentences[0]
    # With no moment to point back to, the lever arm is said in a sentence that stands alone.
    assert "When your lower back works hardest, the bar is" in view.sentences[1]
    assert "cm (range" in view.sentences[1]
    assert "Each kilogram on the bar adds" in " ".join(view.sentences)
    assert view.changes == ()
    assert len(view.assumed) == 3
    assert load_chart(pulled.motion, without_mass(pulled).loads) is None


def test_the_record_holds_no_nan(pulled: SetAnalysis) -> None:
    for analysis in (pulled, without_mass(pulled)):
        for at in range(len(analysis.reps)):
            record = load_record(analysis, at)
            assert "nan" not in str(record)
    assert load_record(replace(pulled, loads=()), 0) is None


def test_a_load_that_is_nowhere_known_gives_its_reason(pulled: SetAnalysis) -> None:
    hidden = Missing("Your hip is hidden.")
    none = [
        replace(load, peak_s=None, peak_n_m=hidden, compression_n=hidden, lever_m=hidden) for load in pulled.loads
    ]  # fmt: skip
    view = load_view(replace(pulled, loads=tuple(none)))
    assert view.sentences == ("Your hip is hidden.",)
    assert view.drawing is None
    assert load_view(replace(pulled, loads=())) is None
