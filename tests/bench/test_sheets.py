"""The tables behind the rows: strata, units, and points for the plots."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.bench.outcomes import Pair
from lumbar.bench.rows import Sheet
from lumbar.bench.sheets import sheets_of, shown_unit

from .made import TRAITS, outcome

DEG = float(np.radians(1))
KNEE = Pair("knee_lift_off", 1, 100 * DEG, 110 * DEG, 95 * DEG, 125 * DEG)


@pytest.fixture(scope="module")
def sheets() -> dict[str, Sheet]:
    clips = [
        replace(
            outcome(KNEE, Pair("hold_duration", 1, 1.0, 1.2, 1.1, 1.3)), raw=(Pair("knee_lift_off", 1, 1.0, 1.5),)
        ),
        outcome(replace(KNEE, value=96 * DEG), traits=replace(TRAITS, style="sumo")),
        outcome(
            replace(KNEE, value=None, low=None, high=None, why="hidden"), traits=replace(TRAITS, view_deg=60.0)
        ),
        outcome(
            Pair("knee_lift_off", 1, 1.0, None, why="view"), traits=replace(TRAITS, view_deg=5.0), refused="view"
        ),
    ]
    return {sheet.id: sheet for sheet in sheets_of({"fast": clips, "rendered": []})}


def test_every_band_has_its_line_of_clips(sheets: dict[str, Sheet]) -> None:
    views = {line["stratum"]: line for line in sheets["clips"].records() if line["kind"] == "view"}
    assert [views[band]["clips"] for band in ("front", "45-80", "80-120", "120-150", "rear")] == [1, 1, 2, 0, 0]
    assert (views["front"]["refused"], views["front"]["counted"], views["80-120"]["exact"]) == (1, 0, 2)


def test_errors_are_told_in_the_units_of_people(sheets: dict[str, Sheet]) -> None:
    lines = {(line["stratum"], line["measure"]): line for line in sheets["errors"].records()}
    knee = lines["80-120", "knee_lift_off"]
    assert (knee["unit"], knee["n"], knee["mae"], knee["bias"], knee["width"]) == ("°", 2, 7.0, 3.0, 30.0)
    assert knee["raw"] == pytest.approx(28.6)
    assert lines["80-120", "hold_duration"]["coverage"] == 0.0
    assert lines["sumo", "knee_lift_off"]["mae"] == 4.0
    assert lines["45-80", "knee_lift_off"]["cannot"] == 1.0


def test_finer_strata_are_told_of_the_main_measures_alone(sheets: dict[str, Sheet]) -> None:
    told = {line["measure"] for line in sheets["errors"].records() if line["kind"] != "view"}
    assert told == {"knee_lift_off"}


def test_plots_get_points_with_ranges_and_errors_by_view(sheets: dict[str, Sheet]) -> None:
    first = sheets["points"].records()[0]
    assert {name: first[name] for name in ("truth", "value", "low", "high")} == {
        "truth": 100.0, "value": 110.0, "low": 95.0, "high": 125.0,
    }  # fmt: skip
    side = next(line for line in sheets["by-view"].records() if line["view_deg"] == 95)
    assert (side["n"], side["mae"], side["raw"]) == (2, 7.0, 28.6)


@pytest.mark.parametrize(
    ("measure", "unit", "factor"),
    [("hip_place", "mm", 1000), ("lift_off", "ms", 1000), ("bar_drift", "cm", 100), ("velocity_loss", "", 1)],
)
def test_units(measure: str, unit: str, factor: float) -> None:
    assert shown_unit(measure) == (unit, factor)
