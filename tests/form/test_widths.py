import pytest

from lumbar.estimate import Estimate, Missing
from lumbar.form.measures import BY_ID
from lumbar.form.widths import FACTORS, stretched


def test_a_range_is_stretched_about_its_value_and_the_value_stays():
    found = stretched(BY_ID["mean_concentric_velocity"], Estimate(0.50, 0.48, 0.53))
    assert isinstance(found, Estimate)
    factor = FACTORS["mean_concentric_velocity"]
    assert found.value == 0.50
    # Exact but for rounding: one multiplication at each end.
    assert (found.low, found.high) == pytest.approx((0.50 - 0.02 * factor, 0.50 + 0.03 * factor))


def test_no_range_goes_beyond_what_the_measure_can_be():
    found = stretched(BY_ID["hold_duration"], Estimate(0.05, 0.0, 0.12))
    assert found.low == 0.0


def test_what_is_missing_stays_missing():
    assert stretched(BY_ID["hold_duration"], Missing("hidden")) == Missing("hidden")


def test_a_range_can_be_narrowed_about_its_value():
    found = stretched(BY_ID["hip_lift_off"], Estimate(1.0, 0.9, 1.2))
    factor = FACTORS["hip_lift_off"]
    assert factor < 1
    assert (found.low, found.high) == pytest.approx((1.0 - 0.1 * factor, 1.0 + 0.2 * factor))


def test_only_known_measures_have_a_factor():
    assert set(FACTORS) <= set(BY_ID)
