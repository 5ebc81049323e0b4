"""The record is valid JSON with the documented keys, and the CSV says its units and what is missing."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from math import degrees, isclose
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lumbar.estimate import Estimate, Missing
from lumbar.form.analysis import SetAnalysis
from lumbar.report.record import SCHEMA, to_csv, to_json, to_record, to_rows

DOCUMENT = Path(__file__).parents[2] / "docs" / "analysis-json.md"
#: Objects whose keys are ids or names, and so are data.
BY_ID = {"measures", "set_measures", "angles_rad"}
MEASURED = ({"value", "low", "high", "unit"}, {"missing"})


def paths(value: Any, path: str = "", *, by_id: bool = False) -> Iterator[str]:
    """Yield the documented form of each key: ``reps[].measures{}``; a measured number is a leaf."""
    if isinstance(value, dict) and value and set(value) not in MEASURED:
        for key, inner in value.items():
            if by_id:
                yield from paths(inner, f"{path}{{}}")
            else:
                yield from paths(inner, f"{path}.{key}".removeprefix("."), by_id=key in BY_ID)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from paths(inner, f"{path}[]")
    else:
        yield path


def test_the_documented_keys_are_those_of_the_record(pulled: SetAnalysis, refused: SetAnalysis) -> None:
    written = {path for analysis in (pulled, refused) for path in paths(to_record(analysis))}
    documented = set(re.findall(r"^\| `([^`]+)` \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))
    # Empty lists and mappings of the refused set appear under their own name.
    assert written - {"reps", "limits", "set_measures", "findings", "advice"} <= documented
    assert {path for path in documented if path not in written} == set()


def test_the_document_names_the_schema() -> None:
    assert f"`{SCHEMA}`" in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["pulled", "refused"])
def test_the_json_is_valid_and_comes_back_whole(kind: str, request: pytest.FixtureRequest) -> None:
    analysis: SetAnalysis = request.getfixturevalue(kind)

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    text = to_json(analysis)
    assert json.loads(text, parse_constant=refuse) == to_record(analysis)


def test_reps_carry_the_keys_of_the_bench_contract(pulled: SetAnalysis) -> None:
    record = to_record(pulled)
    assert [finding["id"] for finding in record["findings"]] == ["rounding", "slowing", "straight-path"]
    assert record["refused"] is None
    assert [rep["lift_off_s"] for rep in record["reps"]] == [rep.lift_off_s for rep in pulled.reps]
    assert [rep["lockout_s"] for rep in record["reps"]] == [rep.lockout_s for rep in pulled.reps]
    angle = pulled.measures[0]["trunk_lift_off"]
    assert isinstance(angle, Estimate)
    assert record["reps"][0]["measures"]["trunk_lift_off"] == {
        "value": angle.value,
        "low": angle.low,
        "high": angle.high,
        "unit": "rad",
    }
    reason = pulled.measures[1]["knee_knee_pass"]
    assert isinstance(reason, Missing)
    assert record["reps"][1]["measures"]["knee_knee_pass"] == {"missing": reason.reason}


def test_a_refused_set_says_why_and_has_no_rep(refused: SetAnalysis) -> None:
    record = to_record(refused)
    assert record["refused"] == {
        "id": "cropped",
        "reason": "Your head and the plate leave the picture.",
        "advice": "Step back until all of you is in it.",
    }
    assert record["reps"] == []
    assert record["series"] is None


def test_what_was_not_seen_is_null_in_a_series(pulled: SetAnalysis) -> None:
    assert pulled.motion is not None
    series = to_record(pulled)["series"]
    unseen = np.isnan(pulled.motion.bar_m[:, 1])
    assert unseen.any()
    assert [height is None for height in series["bar_height_m"]] == unseen.tolist()
    lengths = {len(values) for key, values in series.items() if key != "angles_rad"}
    lengths |= {len(values) for values in series["angles_rad"].values()}
    assert lengths == {len(pulled.motion.time_s)}


def test_the_record_names_the_clip_but_not_its_folder(pulled: SetAnalysis) -> None:
    assert "somewhere" not in to_json(pulled)
    assert to_record(pulled)["clip"]["name"] == "tuesday pull.mp4"


def test_the_csv_has_a_row_a_rep_with_the_units_in_its_header(pulled: SetAnalysis) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(pulled))))
    assert [row["rep"] for row in rows] == ["1", "2", "3", "4"]
    angle = pulled.measures[0]["trunk_lift_off"]
    assert isinstance(angle, Estimate)
    ends = ("trunk_lift_off_deg", "trunk_lift_off_low_deg", "trunk_lift_off_high_deg")
    for column, value in zip(ends, (angle.value, angle.low, angle.high), strict=True):
        assert isclose(float(rows[0][column]), degrees(value), abs_tol=5e-5)  # four decimals are written
    assert {"range_of_motion_cm", "concentric_duration_s", "hip_shoulder_rise_ratio"} <= rows[0].keys()


def test_the_csv_says_what_is_missing_and_why(pulled: SetAnalysis) -> None:
    rows = to_rows(pulled)
    assert [row["knee_knee_pass_deg"] for row in rows] == [155.0, "", "", 155.0]
    assert rows[0]["missing"] == ""
    assert rows[1]["missing"] == "knee_knee_pass: The plate hides your knee while the bar passes it."
    assert str(rows[3]["missing"]).startswith("lowering_duration: The clip ends")


def test_a_measure_that_one_rep_lacks_is_said_to_lack(pulled: SetAnalysis) -> None:
    short = {id_: one for id_, one in pulled.measures[0].items() if id_ != "bar_drift"}
    rows = to_rows(replace(pulled, measures=(short, *pulled.measures[1:])))
    assert rows[0]["bar_drift_cm"] == ""
    assert rows[0]["missing"] == "bar_drift: This was not measured on this rep."


def test_a_set_without_reps_has_a_csv_with_a_header_only(refused: SetAnalysis) -> None:
    assert to_csv(refused) == "rep,lift_off_s,lockout_s,missing\n"
