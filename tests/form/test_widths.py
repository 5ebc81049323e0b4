import numpy as np
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
    found = stretched(BY_ID["touch_speed"], Estimate(0.05, 0.0, 0.12))
    assert FACTORS["touch_speed"] > 1
    assert found.low == 0.0


def test_what_errs_alike_in_all_that_was_read_is_added_as_a_root_of_squares():
    bent, straight = (
        stretched(BY_ID["lumbar_change"], Estimate(*np.radians(numbers)))
        for numbers in ((20.0, 8.0, 32.0), (0.0, 0.0, 2.0))
    )
    assert np.degrees((bent.value, bent.low, bent.high)) == pytest.approx((20, 20 - 13, 20 + 13))
    assert np.degrees((straight.low, straight.high)) == pytest.approx((0, 29**0.5))


def test_what_is_missing_stays_missing():
    assert stretched(BY_ID["hold_duration"], Missing("hidden")) == Missing("hidden")


def test_a_range_can_be_narrowed_about_its_value():
    found = stretched(BY_ID["hip_lift_off"], Estimate(1.0, 0.9, 1.2))
    factor = FACTORS["hip_lift_off"]
    assert factor < 1
    assert (found.low, found.high) == pytest.approx((1.0 - 0.1 * factor, 1.0 + 0.2 * factor))


def test_only_known_measures_have_a_factor():
    assert set(FACTORS) <= set(BY_ID)
