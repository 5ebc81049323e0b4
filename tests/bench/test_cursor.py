"""What the bench of the set's page says of frames, without a browser."""

import pytest

from lumbar.bench.cursor import Seen, _drag, _rows, cursor


def test_a_page_that_misses_every_tenth_frame_misses_the_goal_at_the_95th_percentile() -> None:
    steady = Seen((16.7,) * 100, moves=0, film=0, long=0)
    missing = Seen((16.7,) * 90 + (33.3,) * 10, moves=80, film=30, long=2)
    median, slow, film = _rows("drag-phone", [missing], [steady], "390 × 844")
    assert (median.id, median.value, median.met) == ("drag-phone-frame-p50-ms", 16.7, True)
    assert (slow.id, slow.value, slow.met) == ("drag-phone-frame-p95-ms", 33.3, False)
    assert median.baseline == slow.baseline == 16.7
    assert film.value == pytest.approx(30 / (90 * 0.0167 + 10 * 0.0333), rel=1e-9)
    assert slow.note.endswith("the cursor moved in 80 of 100 frames; 2 tasks over 50 ms")


def test_turns_are_taken_together() -> None:
    rows = _rows("play-desk", [Seen((10.0,), 1, 1, 0), Seen((20.0, 30.0), 1, 1, 0)], [], "")
    assert next((row.value, row.n) for row in rows) == (20.0, 3)


def test_the_quick_run_says_why_there_is_no_number() -> None:
    rows = list(cursor(quick=True, say=lambda _: None))
    assert len({row.id for row in rows}) == 12
    assert all(row.value is None and "full run" in row.note for row in rows)


def test_the_hand_stays_over_the_chart_and_lets_go() -> None:
    way = _drag(100.0, 50.0, 200.0)
    places = [float(step["x"]) for step in way if "x" in step]
    assert (way[1]["type"], way[-1]["type"]) == ("pointerDown", "pointerUp")
    assert 100 < min(places) < max(places) < 300
    assert max(places) - min(places) == pytest.approx(140, abs=1)  # seven tenths of the chart
