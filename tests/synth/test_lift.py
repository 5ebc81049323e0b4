import pytest

from lumbar.errors import ValueRangeError
from lumbar.synth.lift import Lift


@pytest.mark.parametrize(
    ("dial", "value"),
    [
        ("style", "snatch"),
        ("mean_speed_m_per_s", 0.0),
        ("lumbar_start_deg", 90),
        ("reps", 0),
        ("drift_m", 0.5),
    ],
)
def test_a_dial_that_no_lifter_has_is_refused_by_name(dial: str, value: object) -> None:
    with pytest.raises(ValueRangeError, match="allowed"):
        Lift(**{dial: value})  # type: ignore[arg-type]


def test_fatigue_slows_and_rounds_each_rep_more_than_the_one_before() -> None:
    lift = Lift(fatigue=0.9, creep_deg=2.0, lumbar_start_deg=20, lumbar_peak_deg=25)
    third = lift.rep(2)
    assert third.mean_speed_m_per_s == pytest.approx(0.9**2 * lift.mean_speed_m_per_s)
    assert (third.lumbar_start_deg, third.lumbar_peak_deg) == (24, 29)
    assert lift.rep(0) == lift


def test_a_rep_of_its_own_bends_further_or_less_but_never_less_than_at_its_set_up() -> None:
    lift = Lift(lumbar_start_deg=20, lumbar_peak_deg=23, uneven_deg=(0.0, 4.0, -8.0), creep_deg=1.0)
    assert [lift.rep(number).lumbar_peak_deg for number in range(4)] == [23, 28, 22, 26]
    assert [lift.rep(number).lumbar_start_deg for number in range(4)] == [20, 21, 22, 23]


def test_the_bar_rests_on_its_plates_and_on_the_blocks() -> None:
    assert Lift(plate_m=0.45).rest_height_m == pytest.approx(0.225)
    assert Lift(plate_m=0.35, block_m=0.1).rest_height_m == pytest.approx(0.275)
