"""An estimate is a value inside its range, in whatever unit, and nothing else is an estimate."""

from copy import deepcopy
from dataclasses import FrozenInstanceError
from itertools import permutations
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.errors import InputError, ValueRangeError
from lumbar.estimate import Estimate, Missing, around

#: Wide enough for every number of the trade in SI units, narrow enough that arithmetic does not overflow.
numbers = st.floats(-1e9, 1e9)
#: Factors between units: from the micrometre to the megapascal, either sign, never zero by rounding.
factors = st.one_of(st.floats(1e-6, 1e6), st.floats(-1e6, -1e-6))


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    low, value, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Estimate(value, low, high)


@given(st.tuples(numbers, numbers, numbers))
def test_only_one_order_of_three_numbers_is_an_estimate(three: tuple[float, float, float]) -> None:
    for value, low, high in permutations(three):
        if low <= value <= high:
            assert Estimate(value, low, high).low == min(three)
        else:
            with pytest.raises(ValueRangeError, match="low ≤ value ≤ high"):
                Estimate(value, low, high)


@pytest.mark.parametrize("bad", [nan, inf, -inf])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_estimate_of_the_unknown_is_refused_and_missing_is_named(bad: float, place: int) -> None:
    numbers = [1.0, 0.0, 2.0]
    numbers[place] = bad
    with pytest.raises(ValueRangeError, match=r"Missing\(reason\)"):
        Estimate(*numbers)


def test_a_refused_estimate_is_an_input_error_and_a_value_error() -> None:
    with pytest.raises(InputError):
        Estimate(2, 3, 4)
    with pytest.raises(ValueError, match="3"):
        Estimate(2, 3, 4)


@given(estimates(), factors)
def test_scaling_keeps_the_order_whatever_the_sign(estimate: Estimate, factor: float) -> None:
    scaled = estimate.scaled(factor)
    assert scaled.low <= scaled.value <= scaled.high
    assert scaled.value == estimate.value * factor
    assert {scaled.low, scaled.high} == {estimate.low * factor, estimate.high * factor}


@given(estimates(), factors)
def test_scaling_scales_the_range_by_the_size_of_the_factor(estimate: Estimate, factor: float) -> None:
    # Half-widths are differences of numbers up to 1e9: one unit in the last place of those is 1.2e-7.
    want = estimate.half_width * abs(factor)
    assert estimate.scaled(factor).half_width == pytest.approx(want, rel=1e-9, abs=2.4e-7 * abs(factor))


def test_a_negative_factor_swaps_low_and_high() -> None:
    assert Estimate(2, 1, 4).scaled(-10) == Estimate(-20, -40, -10)


@given(estimates(), numbers)
def test_shifting_moves_all_three_numbers_alike(estimate: Estimate, offset: float) -> None:
    shifted = estimate.shifted(offset)
    moved = (estimate.value + offset, estimate.low + offset, estimate.high + offset)
    assert (shifted.value, shifted.low, shifted.high) == moved


@given(numbers, st.floats(0, 1e9))
def test_around_is_symmetric(value: float, half_width: float) -> None:
    estimate = around(value, half_width)
    # The range's ends are rounded once each: 2e9 has a last place of 2.4e-7.
    assert estimate.half_width == pytest.approx(half_width, rel=1e-9, abs=2.4e-7)
    assert estimate.value == value


def test_around_with_a_negative_width_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="low ≤ value ≤ high"):
        around(1, -0.5)


@given(estimates())
def test_estimates_are_values(estimate: Estimate) -> None:
    assert estimate == Estimate(estimate.value, estimate.low, estimate.high)
    assert hash(estimate) == hash(Estimate(estimate.value, estimate.low, estimate.high))
    assert deepcopy(estimate) == estimate


def test_nothing_about_an_estimate_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Estimate(2, 1, 3).value = 5  # type: ignore[misc]


def test_missing_is_never_equal_to_a_number_and_keeps_its_reason() -> None:
    assert Missing("the plate hides your hip") != Estimate(0, 0, 0)
    assert Missing("the plate hides your hip").reason == "the plate hides your hip"
