from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.errors import ValueRangeError
from lumbar.training.quantities import Load, kg_to_lb, lb_to_kg, plain

typed = st.decimals(-1000, 1000, allow_nan=False, allow_infinity=False, places=None).filter(
    lambda number: len(number.as_tuple().digits) <= 17 and number.adjusted() > -15
)


@given(typed)
def test_pounds_to_kilograms_and_back_is_exact(pounds: Decimal) -> None:
    assert kg_to_lb(lb_to_kg(pounds)) == pounds


def test_225_pounds_are_102_kilograms_and_all_their_decimals() -> None:
    assert Load(Decimal(225), "lb").exact_kg == Decimal("102.05828325")


def test_a_load_is_shown_as_it_was_typed_in_its_own_unit() -> None:
    load = Load(Decimal("75.0"), "kg")
    assert load.shown_in("kg") == "75 kg"
    assert load.shown_in("lb") == "165.3 lb"
    assert str(load.number) == "75.0"


def test_infinity_is_no_load() -> None:
    with pytest.raises(ValueRangeError, match="a finite number"):
        Load(Decimal("inf"), "kg")


@given(typed)
def test_plain_numbers_have_the_same_value(number: Decimal) -> None:
    assert Decimal(plain(number)) == number
    assert "E" not in plain(number)
