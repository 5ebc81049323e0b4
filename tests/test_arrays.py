"""Arrays inside frozen types are their own, and cannot be changed."""

from dataclasses import FrozenInstanceError, dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.arrays import Bools, Floats, check_shape, freeze
from lumbar.errors import LumbarError, ShapeError


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A record as the stages have them: two arrays and a word."""

    time_s: Floats
    is_seen: Bools
    name: str = "bar"
    spare_m: Floats = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        freeze(self)
        check_shape("is_seen", self.is_seen, "(time,)", self.time_s.shape)


@given(st.lists(st.floats(allow_nan=False), min_size=1))
def test_a_record_owns_its_arrays(times: list[float]) -> None:
    outside = np.array(times)
    path = Path(outside, np.ones(len(times), dtype=bool))
    outside += 1
    outside[0] = np.nan
    assert path.time_s.tolist() == times


def test_a_record_owns_its_arrays_even_when_given_a_view() -> None:
    grid = np.arange(6.0).reshape(3, 2)
    path = Path(grid[:, 1], np.ones(3, dtype=bool))
    grid[:] = 0
    assert path.time_s.tolist() == [1, 3, 5]


@pytest.mark.parametrize("name", ["time_s", "is_seen", "spare_m"])
def test_arrays_of_a_record_are_read_only(name: str) -> None:
    path = Path(np.zeros(2), np.zeros(2, dtype=bool))
    array = getattr(path, name)
    assert not array.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        array[...] = 1


def test_the_callers_array_stays_writeable() -> None:
    outside = np.zeros(2)
    Path(outside, np.zeros(2, dtype=bool))
    outside[0] = 1
    assert outside.tolist() == [1, 0]


def test_freezing_leaves_other_fields_and_the_kind_of_number_alone() -> None:
    path = Path(np.zeros(2), np.array([True, False]))
    assert path.name == "bar"
    assert path.is_seen.dtype == np.bool_


def test_a_field_cannot_be_replaced() -> None:
    with pytest.raises(FrozenInstanceError):
        Path(np.zeros(1), np.zeros(1, dtype=bool)).name = "plate"  # type: ignore[misc]


def test_gaps_stay_gaps() -> None:
    path = Path(np.array([0.0, np.nan]), np.ones(2, dtype=bool))
    assert np.isnan(path.time_s[1])


@given(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.tuples(st.integers(0, 4), st.integers(0, 4)))
def test_a_shape_is_accepted_when_it_is_the_same_and_only_then(
    want: tuple[int, int], got: tuple[int, int]
) -> None:
    array = np.zeros(got)
    if want == got:
        check_shape("xy_px", array, "(time, 2)", want)
    else:
        with pytest.raises(ShapeError):
            check_shape("xy_px", array, "(time, 2)", want)


def test_a_wrong_shape_is_named_with_its_axes() -> None:
    with pytest.raises(ShapeError, match=r"is_seen must have shape \(time,\) = \(3,\), not \(2,\)"):
        Path(np.zeros(3), np.zeros(2, dtype=bool))


def test_a_wrong_shape_is_one_of_our_errors_and_a_value_error() -> None:
    assert issubclass(ShapeError, LumbarError)
    assert issubclass(ShapeError, ValueError)
