"""What the page's script unpacks is what was seen, to the step that it was rounded to."""

from base64 import b64decode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lumbar.arrays import Floats
from lumbar.form.analysis import SetAnalysis
from lumbar.motion.side import near_side
from lumbar.report.figure import DRAWN, bones, figure_data, figure_of, pack


def unpack(text: str, columns: int, step: float) -> Floats:
    """Undo pack, as page/packed.js does."""
    numbers: list[float] = []
    last = [0] * columns
    code = shift = 0
    for byte in b64decode(text):
        code |= (byte & 127) << shift
        shift += 7
        if byte & 128:
            continue
        column = len(numbers) % columns
        if code:
            zigzag = code - 1
            last[column] += (zigzag >> 1) ^ -(zigzag & 1)
        numbers.append(last[column] * step if code else np.nan)
        code = shift = 0
    return np.array(numbers).reshape(-1, columns)


@given(
    arrays(float, st.tuples(st.integers(0, 20), st.just(3)), elements=st.floats(-5e3, 5e3) | st.just(np.nan)),
    st.sampled_from([0.1, 0.5, 1.0]),
)
def test_what_was_packed_comes_back_to_half_a_step(values: Floats, step: float) -> None:
    back = unpack(pack(values, step), 3, step)
    assert (np.isnan(back) == np.isnan(values)).all()
    assert np.nan_to_num(np.abs(back - values)).max(initial=0) <= step / 2 + 1e-6


def test_a_landmark_that_moves_little_takes_one_byte() -> None:
    values = np.cumsum(np.full((100, 1), 3.0), axis=0)
    assert len(b64decode(pack(values, 0.1))) == 100


def test_the_page_gets_the_landmarks_that_are_drawn(pulled: SetAnalysis) -> None:
    data = figure_data(pulled)
    xy = unpack(data["pose"]["xy"], 2 * len(DRAWN), 0.1).reshape(-1, len(DRAWN), 2)
    knee = xy[:, DRAWN.index("right_knee")]
    assert pulled.motion is not None
    seen = pulled.motion.point_px("knee")
    assert np.nanmax(np.abs(knee - seen)) <= 0.05 + 1e-6
    assert (np.isnan(knee) == np.isnan(seen)).all()
    hidden = unpack(data["pose"]["hidden"], 1, 1).astype(int).ravel()
    figure = figure_of(pulled.tracks, pulled.motion)
    assert [bool(flags >> DRAWN.index("right_hip") & 1) for flags in hidden] == figure.is_hidden[
        :, DRAWN.index("right_hip")
    ].tolist()


def test_where_a_lifter_was_fitted_that_one_is_drawn_and_no_guess_of_the_network(pulled: SetAnalysis) -> None:
    assert pulled.motion is not None
    figure = figure_of(pulled.tracks, pulled.motion)
    near = near_side(pulled.tracks)
    at, far = DRAWN.index(f"{near}_hip"), DRAWN.index(f"{'left' if near == 'right' else 'right'}_hip")
    np.testing.assert_array_equal(figure.xy_px[:, at], pulled.motion.point_px("hip"))
    assert np.isnan(figure.xy_px[:, far]).all()


def test_a_clip_in_which_nothing_was_seen_is_packed_too() -> None:
    assert pack(np.zeros((0, 36)), 0.1) == ""


def test_far_bones_come_first_so_that_near_ones_lie_over_them(pulled: SetAnalysis) -> None:
    lines = bones(pulled.tracks)
    far = [bone.is_far for bone in lines]
    assert far == sorted(far, reverse=True)
    assert all(DRAWN[bone.start].startswith("left") == bone.is_far for bone in lines)


def test_a_set_without_a_bar_says_so(refused: SetAnalysis) -> None:
    assert figure_data(refused)["bar"] is None


@pytest.mark.parametrize("name", ["left_ear", "right_foot_index"])
def test_every_limb_is_drawn_on_both_sides(name: str) -> None:
    assert name in DRAWN
    assert len(DRAWN) == 18
