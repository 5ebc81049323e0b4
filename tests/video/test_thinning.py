import itertools
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lumbar.video.thinning import GIVE, LONGEST_GAP, thin

RATE_HZ = 30.0
STEP_S = 1 / RATE_HZ


def kept(times_s: list[float]) -> list[float]:
    return [time_s for time_s, _ in thin([(time_s, None) for time_s in times_s], RATE_HZ)]


def steady(rate_hz: float, length_s: float = 4.0, start_s: float = 0.0) -> list[float]:
    return [start_s + index / rate_hz for index in range(math.ceil(length_s * rate_hz))]


@pytest.mark.parametrize(
    ("rate_hz", "every"), [(60, 2), (60 / 1.001, 2), (90, 3), (120, 4), (120 / 1.001, 4), (240, 8), (960, 32)]
)
@pytest.mark.parametrize("start_s", [0.0, 1.5])
def test_a_multiple_of_the_rate_keeps_exactly_every_nth_frame(rate_hz: float, every: int, start_s: float) -> None:
    film = steady(rate_hz, start_s=start_s)
    assert kept(film) == film[::every]


def test_a_60_hz_film_with_an_unsteady_clock_still_keeps_every_second_frame() -> None:
    # Alternating 3 ms early and 3 ms late, more than phones show.
    film = [index / 60 + (0.003 if index % 4 == 2 else -0.003) for index in range(240)]
    assert kept(film) == film[::2]


def test_57_hz_keeps_30_a_second_and_not_28_5() -> None:
    film = steady(57, length_s=10)
    thinned = kept(film)
    # 300 gaps of the grid; each may give way by 0.2 %.
    assert 299 <= len(thinned) - 1 <= 301
    assert max(b - a for a, b in itertools.pairwise(thinned)) == pytest.approx(2 / 57)


def test_a_film_at_the_rate_itself_is_kept_whole() -> None:
    assert kept(steady(30)) == steady(30)
    assert kept(steady(25)) == steady(25)


@pytest.mark.parametrize("frames", [0, 1, 2])
def test_next_to_no_frames_are_no_trouble(frames: int) -> None:
    film = steady(30)[:frames]
    assert kept(film) == film


def test_at_most_one_frame_is_held_back() -> None:
    drawn = 0

    def frames() -> "itertools.chain[tuple[float, None]]":
        nonlocal drawn
        for time_s in steady(240):
            drawn += 1
            yield time_s, None

    asked_at = [(time_s, drawn) for time_s, _ in thin(frames(), RATE_HZ)]
    # At time t, 240·t + 1 frames have passed, and one more was looked at.
    assert all(seen <= round(time_s * 240) + 2 for time_s, seen in asked_at)


gaps = st.lists(st.floats(0.001, 0.2), min_size=1, max_size=300)


@given(gaps)
def test_a_gap_over_one_and_a_half_steps_was_there_before(gaps_s: list[float]) -> None:
    film = list(itertools.accumulate(gaps_s, initial=0.5))
    thinned = kept(film)
    assert set(thinned) <= set(film)
    assert thinned[0] == film[0]
    neighbours = set(itertools.pairwise(film))
    for pair in itertools.pairwise(thinned):
        assert pair[1] - pair[0] <= LONGEST_GAP * STEP_S or pair in neighbours


@given(st.floats(31, 1000), st.lists(st.floats(-0.4, 0.4), min_size=2, max_size=300))
def test_the_mean_rate_never_falls_below_the_rate_asked_for(rate_hz: float, jitter: list[float]) -> None:
    film = [(index + shake) / rate_hz for index, shake in enumerate(jitter)]
    assume(max(b - a for a, b in itertools.pairwise(film)) <= STEP_S)
    thinned = kept(film)
    # Less the grid's give (59.94 Hz counts as 60) and one frame for the film's two ends.
    assert len(thinned) >= (film[-1] - film[0]) * RATE_HZ * (1 - GIVE) - 1
