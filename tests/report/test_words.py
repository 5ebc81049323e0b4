"""Numbers in words: units of the gym, and only the digits that the range bears."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lumbar.estimate import Estimate, Missing, around
from lumbar.form.measures import Measure
from lumbar.report.words import (
    count,
    decimals_for,
    first_and_last,
    format_mass,
    format_measured,
    format_number,
    set_sentence,
)

SPEED = Measure("speed", "Mean speed up", "m/s", "", "")
DRIFT = Measure("drift", "Bar drift", "m", "", "")
ANGLE = Measure("angle", "Trunk at lift-off", "rad", "", "")
LOSS = Measure("loss", "Velocity loss", "1", "", "")
RATIO = Measure("rise_ratio", "Hips over shoulders", "1", "", "")
REPS = Measure("reps", "Reps", "reps", "", "")


@pytest.mark.parametrize(
    ("measure", "measured", "said"),
    [
        (SPEED, Estimate(0.5412, 0.5103, 0.5721), "0.54\N{NO-BREAK SPACE}m/s (range 0.51–0.57)"),
        (DRIFT, Estimate(0.0213, 0.0131, 0.0296), "2.1\N{NO-BREAK SPACE}cm (range 1.3–3.0)"),
        (DRIFT, Estimate(-0.012, -0.03, 0.006), "−1.2\N{NO-BREAK SPACE}cm (range −3.0 to 0.6)"),
        (ANGLE, around(0.5480, 0.0559), "31° (range 28–35)"),
        (LOSS, Estimate(0.09, 0.04, 0.14), "9\N{NO-BREAK SPACE}% (range 4–14)"),
        (RATIO, around(1.18, 0.14), "1.18 (range 1.04–1.32)"),
        (REPS, around(4.0, 0.0), "4\N{NO-BREAK SPACE}reps"),
    ],
)
def test_a_number_has_the_unit_of_the_gym_and_the_digits_of_its_range(
    measure: Measure, measured: Estimate, said: str
) -> None:
    assert format_measured(measured, measure).sentence == said


def test_a_missing_number_is_a_dash_with_its_reason() -> None:
    worded = format_measured(Missing("The plate hides your hip."), ANGLE)
    assert (worded.value, worded.range, worded.reason) == ("—", "", "The plate hides your hip.")


@given(value=st.floats(-5, 5), half_width=st.floats(1e-4, 2))
@example(value=2.6445157676571935, half_width=2.0)  # its ends are a rounding less than 4 apart
def test_the_last_digit_is_worth_at_most_half_of_the_half_range(value: float, half_width: float) -> None:
    decimals = decimals_for([around(value, half_width)], SPEED)
    is_capped = decimals == 2
    assert is_capped or 10**-decimals <= half_width / 2 * (1 + 1e-9) or decimals == 0
    if decimals > 0:
        assert 10 ** -(decimals - 1) > half_width / 2 * (1 - 1e-9)  # one digit fewer would be too coarse


def test_a_column_has_one_precision_and_the_widest_range_sets_it() -> None:
    assert decimals_for([around(0.5, 0.004), Missing("Hidden."), around(0.5, 0.4)], SPEED) == 1


@pytest.mark.parametrize(("number", "text"), [(-0.04, "0.0"), (-0.06, "−0.1"), (0.0, "0.0"), (12.35, "12.3")])
def test_zero_has_no_sign(number: float, text: str) -> None:
    assert format_number(number, 1) == text


@pytest.mark.parametrize(
    ("mass_kg", "unit", "text"), [(110.0, "kg", "110 kg"), (102.5, "kg", "102.5 kg"), (142.88, "lb", "315 lb")]
)
def test_a_mass_is_in_the_lifters_own_unit(mass_kg: float, unit: str, text: str) -> None:
    assert format_mass(mass_kg, unit).replace("\N{NO-BREAK SPACE}", " ") == text


def test_one_rep_is_not_one_reps() -> None:
    assert [count(number, "rep") for number in (0, 1, 4)] == ["0 reps", "1 rep", "4 reps"]


def test_a_set_measure_is_a_sentence_with_or_without_a_number() -> None:
    assert set_sentence(around(0.09, 0.052), LOSS) == "Velocity loss 9\N{NO-BREAK SPACE}% (range 4–14)."
    missing = set_sentence(Missing("Velocity loss needs at least two reps."), LOSS)
    assert missing == "Velocity loss: cannot be judged. Velocity loss needs at least two reps."


def test_the_pace_is_said_for_the_first_and_the_last_rep_that_have_one() -> None:
    speeds = [Missing("Lost."), around(0.54, 0.03), around(0.5, 0.03), around(0.45, 0.03), Missing("Lost.")]
    said = (first_and_last(speeds, SPEED) or "").replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Mean speed up 0.54 m/s (range 0.51–0.57) on rep 2, 0.45 m/s (range 0.42–0.48) on rep 4."
    alone = (first_and_last(speeds[:2], SPEED) or "").replace("\N{NO-BREAK SPACE}", " ")
    assert alone == "Mean speed up 0.54 m/s (range 0.51–0.57) on rep 2."
    assert first_and_last([Missing("Lost.")], SPEED) is None
    one = (first_and_last(speeds[1:2], SPEED) or "").replace("\N{NO-BREAK SPACE}", " ")
    assert one == "Mean speed up 0.54 m/s (range 0.51–0.57)."  # of one rep its number says nothing
