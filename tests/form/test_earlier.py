"""This set beside earlier ones: real changes are found, none is made up, and unlike sets are not compared."""

import numpy as np
import pytest

from lumbar.estimate import Estimate, Missing, around
from lumbar.form.earlier import COMPARED, SURER, Change, KeptSet, changes, compare, kept_set
from lumbar.form.measures import BY_ID

from .sets_of_numbers import GONE, deg

SPEED = "mean_concentric_velocity"


def lifted(name: str, *values: Estimate, bar_kg: float | None = 100.0, style: str | None = None) -> KeptSet:
    return KeptSet(style, bar_kg, tuple({name: value} for value in values))


def test_every_compared_measure_is_one_of_a_rep() -> None:
    assert all(BY_ID[name].phase != "set" for name in COMPARED)


def test_a_change_is_this_sets_middle_rep_less_the_mean_of_earlier_ones() -> None:
    now = lifted("trunk_dip", deg(14, 3), deg(16, 3), deg(15, 3))
    found = compare("trunk_dip", now, [lifted("trunk_dip", deg(2, 4)), lifted("trunk_dip", deg(4, 4))])
    assert isinstance(found, Change)
    assert np.degrees(found.change.value) == pytest.approx(12)
    # Independent errors: 3° of this set, and 4° / 2 of each of two.
    assert np.degrees(found.change.half_width) == pytest.approx(np.sqrt(3**2 + 2 * 2**2))
    assert (found.sets, found.is_usual_known, found.is_clear) == (2, False, True)


def test_what_is_within_the_error_of_both_is_not_named() -> None:
    now, before = lifted("trunk_dip", deg(8, 3)), [lifted("trunk_dip", deg(2, 3))]
    # 6° apart; the range of the difference is ±4.24°, and eight measures at once ask for 1.66 times that.
    assert pytest.approx(1.662, abs=0.01) == SURER
    assert changes(now, before) == ()
    assert [one.measure for one in changes(lifted("trunk_dip", deg(10, 3)), before)] == ["trunk_dip"]


def test_three_earlier_sets_that_lie_apart_anyway_make_a_change_less_clear() -> None:
    now = lifted("trunk_lift_off", deg(35, 2))
    alike = [lifted("trunk_lift_off", deg(value, 2)) for value in (24, 25, 26)]
    apart = [lifted("trunk_lift_off", deg(value, 2)) for value in (15, 25, 35)]
    assert [one.is_usual_known for one in changes(now, alike)] == [True]
    assert changes(now, apart) == ()


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ({"bar_kg": None}, {}),
        ({}, {"bar_kg": None}),
        ({}, {"bar_kg": 89.0}),
        ({"style": "sumo"}, {"style": "conventional"}),
    ],
    ids=["this load unknown", "that load unknown", "another load", "another style"],
)
def test_sets_that_are_not_alike_are_not_compared(now, before) -> None:
    found = compare(
        "trunk_dip", lifted("trunk_dip", deg(20, 1), **now), [lifted("trunk_dip", deg(0, 1), **before)]
    )
    assert isinstance(found, Missing)


@pytest.mark.parametrize("name", [SPEED, "l5s1_moment_peak"])
def test_speed_and_load_are_compared_at_the_same_weight_only(name: str) -> None:
    now, near = lifted(name, around(0.3, 0.01)), lifted(name, around(0.5, 0.01), bar_kg=95.0)
    assert isinstance(compare(name, now, [near]), Missing)
    assert isinstance(compare(name, now, [lifted(name, around(0.5, 0.01), bar_kg=102.5)]), Change)
    trunk = [lifted("trunk_dip", deg(2, 1), bar_kg=kg) for kg in (100.0, 95.0)]
    assert isinstance(compare("trunk_dip", *trunk[:1], trunk[1:]), Change)


def test_what_is_missing_on_either_side_is_not_compared() -> None:
    known = lifted("trunk_dip", deg(20, 1))
    gone = KeptSet(None, 100.0, ({"trunk_dip": GONE},))
    assert changes(known, [gone]) == changes(gone, [known]) == changes(known, []) == ()


@pytest.mark.parametrize("earlier", [1, 2, 4])
def test_a_change_is_seldom_made_up(earlier) -> None:
    """Two sets that are alike, each misread as its ranges say: something is named in one of twenty at most."""
    rng = np.random.default_rng(earlier)

    def drawn() -> KeptSet:
        # Ranges that hold 90 %: 1.645 deviations. Reps of one clip share their error.
        off = rng.normal(0, 1 / 1.645, len(COMPARED))
        rep = {name: around(float(x), 1.0) for name, x in zip(COMPARED, off, strict=True)}
        return KeptSet("conventional", 100.0, (rep, rep, rep))

    named = sum(bool(changes(drawn(), [drawn() for _ in range(earlier)])) for _ in range(600))
    # 5 % by its definition; 600 draws of that have a deviation of 0.9 %.
    assert named / 600 <= 0.05 + 2 * 0.009


def test_a_record_gives_back_what_it_was_made_from() -> None:
    record = {
        "refused": None,
        "style": {"name": None},
        "bar": {"mass_kg": 110.0},
        "reps": [
            {"measures": {"trunk_dip": {"value": 0.1, "low": 0.0, "high": 0.2, "unit": "rad"}}},
            {"measures": {"trunk_dip": {"missing": "The plate hides it."}}},
        ],
    }
    kept = kept_set(record)
    assert kept is not None
    assert (kept.style, kept.bar_kg) == (None, 110.0)
    assert [one["trunk_dip"] for one in kept.measures] == [Estimate(0.1, 0.0, 0.2), GONE]
    assert kept_set({"refused": {"id": "no-bar"}, "reps": []}) is None
