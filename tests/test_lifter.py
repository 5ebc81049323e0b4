"""Who lifts and what: a mistaken unit is caught at the door, and the message says what is allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.errors import InputError, ValueRangeError
from lumbar.lifter import FULL_PLATE_M, Barbell, Lifter
from lumbar.units import KG_PER_LB, M_PER_INCH

#: People who lift, from a small teenager to the tallest and heaviest in the sport.
heights_m = st.floats(1.2, 2.3)
masses_kg = st.floats(30, 250)


@given(st.none() | heights_m, st.none() | masses_kg, st.sampled_from([None, "female", "male"]))
def test_every_lifter_may_lift(height_m: float | None, mass_kg: float | None, sex: str | None) -> None:
    lifter = Lifter(height_m, mass_kg, sex)
    assert (lifter.height_m, lifter.mass_kg, lifter.sex) == (height_m, mass_kg, sex)


def test_nothing_need_be_said() -> None:
    assert Lifter() == Lifter(height_m=None, mass_kg=None, sex=None)
    assert Barbell() == Barbell(mass_kg=None, plate_m=FULL_PLATE_M)


@given(heights_m)
def test_no_height_in_inches_or_centimetres_passes_for_metres(height_m: float) -> None:
    for other in (height_m / M_PER_INCH, height_m * 100):
        with pytest.raises(ValueRangeError):
            Lifter(height_m=other)


@given(st.floats(115, 250))
def test_a_heavy_body_in_pounds_does_not_pass_for_kilograms(mass_kg: float) -> None:
    # Only above 113.4 kg: a lighter body's pounds are another body's kilograms, and no limit can tell.
    with pytest.raises(ValueRangeError):
        Lifter(mass_kg=mass_kg / KG_PER_LB)


@pytest.mark.parametrize("height_m", [82, 180, 1.1, 0, -1.8, float("nan"), float("inf")])
def test_an_impossible_height_is_answered_with_the_value_and_the_range(height_m: float) -> None:
    with pytest.raises(ValueRangeError, match=f"height cannot be {height_m:g} m: allowed is 1.2 to 2.3 m"):
        Lifter(height_m=height_m)


@pytest.mark.parametrize("mass_kg", [29, 300, 0, float("nan")])
def test_an_impossible_body_mass_is_answered_with_the_range(mass_kg: float) -> None:
    with pytest.raises(ValueRangeError, match=f"body mass cannot be {mass_kg:g} kg: allowed is 30 to 250 kg"):
        Lifter(mass_kg=mass_kg)


def test_a_word_that_no_table_has_is_answered_with_the_words_they_have() -> None:
    with pytest.raises(ValueRangeError, match="sex cannot be m: allowed is female or male"):
        Lifter(sex="m")


@pytest.mark.parametrize("mass_kg", [5, 20, 110, 501, 600])
def test_bars_from_the_training_bar_to_the_record_are_taken(mass_kg: float) -> None:
    assert Barbell(mass_kg=mass_kg).mass_kg == mass_kg


@pytest.mark.parametrize("mass_kg", [0, 4.9, 601, 1100])
def test_an_impossible_bar_is_answered_with_the_range(mass_kg: float) -> None:
    with pytest.raises(ValueRangeError, match=f"bar cannot be {mass_kg:g} kg: allowed is 5 to 600 kg"):
        Barbell(mass_kg=mass_kg)


@pytest.mark.parametrize("plate_m", [45, 450, 17.7, 0.1])
def test_a_plate_in_centimetres_millimetres_or_inches_is_caught(plate_m: float) -> None:
    with pytest.raises(ValueRangeError, match=r"plate diameter cannot be .* allowed is 0\.15 to 0\.6 m"):
        Barbell(plate_m=plate_m)


def test_the_error_carries_its_parts_for_the_page() -> None:
    with pytest.raises(InputError) as caught:
        Lifter(height_m=82)
    error = caught.value
    assert isinstance(error, ValueRangeError)
    assert (error.name, error.given, error.allowed) == ("height", "82 m", "1.2 to 2.3 m")
