"""What is burned into a frame lies where it was seen, and nothing is drawn where nothing is known."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.arrays import Pixels
from lumbar.form.analysis import SetAnalysis
from lumbar.report.figure import BAR_RGB, SKELETON_RGB, VEIL
from lumbar.report.overlay import draw, row_at

UNSEEN_S, MID_PULL_S = 12.3, 8.6  # the conftest's lifter is not seen at the one, and pulls rep 2 at the other


def grey(width: int = 720, height: int = 1278) -> Pixels:
    return np.full((height, width, 3), 100, np.uint8)


@pytest.fixture
def barless(pulled: SetAnalysis) -> SetAnalysis:
    return replace(pulled, tracks=replace(pulled.tracks, bar=None), motion=None)


def test_the_frame_itself_stays_as_it_was(pulled: SetAnalysis) -> None:
    frame = grey()
    drawn = draw(frame, pulled, MID_PULL_S)
    assert (frame == 100).all()
    assert drawn.shape == frame.shape
    assert drawn.dtype == np.uint8


def test_nothing_is_drawn_where_nothing_is_known(barless: SetAnalysis) -> None:
    between_reps = draw(grey(), barless, UNSEEN_S, has_veil=False)
    assert (between_reps == 100).all()


@pytest.mark.parametrize("time_s", [-1.0, 99.0])
def test_a_moment_outside_the_clip_shows_only_the_veil(pulled: SetAnalysis, time_s: float) -> None:
    assert (draw(grey(), pulled, time_s) == round(100 * (1 - VEIL))).all()


def test_a_visible_joint_is_a_white_dot_and_a_hidden_one_is_not(pulled: SetAnalysis) -> None:
    time_s = 0.5  # at the start the plate hides the ankle
    row = row_at(pulled.tracks.time_s, time_s)
    drawn = draw(grey(), pulled, time_s)
    assert pulled.motion is not None
    hip, shoulder, ankle = (
        np.round(pulled.motion.point_px(name)[row]).astype(int) for name in ("hip", "shoulder", "ankle")
    )
    for x, y in (hip, shoulder):
        assert tuple(drawn[y, x]) == SKELETON_RGB
    # The ankle's bones are dashed and it has no dot: of a disc as large as a dot only a part is white.
    x, y = ankle
    patch = drawn[y - 3 : y + 4, x - 3 : x + 4]
    assert (patch == 255).all(axis=2).sum() < (drawn[hip[1] - 3 : hip[1] + 4, hip[0] - 3 : hip[0] + 4] == 255).all(
        axis=2
    ).sum()


def test_a_frame_of_another_size_is_drawn_to_its_own_scale(pulled: SetAnalysis) -> None:
    row = row_at(pulled.tracks.time_s, MID_PULL_S)
    drawn = draw(grey(1440, 2556), pulled, MID_PULL_S)
    assert pulled.motion is not None
    x, y = np.round(pulled.motion.point_px("hip")[row] * 2).astype(int)
    assert tuple(drawn[y, x]) == SKELETON_RGB


def test_the_plate_and_the_trail_lie_where_the_bar_was(pulled: SetAnalysis) -> None:
    bar = pulled.tracks.bar
    assert bar is not None
    drawn = draw(grey(), pulled, MID_PULL_S)
    row = row_at(bar.time_s, MID_PULL_S)
    assert row is not None
    x, y = np.round(bar.centre_px[row]).astype(int)
    assert tuple(drawn[y, x]) == BAR_RGB
    rim = round(float(bar.centre_px[row, 0] - bar.half_width_px[row]))
    near_rim = drawn[y, rim - 2 : rim + 3].astype(int)
    assert np.abs(near_rim - np.array(BAR_RGB)).sum(axis=1).min() < 60  # antialiased, so not the pure colour
    half_a_second_ago = np.round(bar.centre_px[row - 15]).astype(int)
    around = drawn[half_a_second_ago[1] - 2 : half_a_second_ago[1] + 3, half_a_second_ago[0]]
    assert (np.abs(around.astype(int) - np.array(BAR_RGB)).sum(axis=1) < 60).any()


def test_the_legend_is_there_in_a_rep_and_while_the_bar_is_known(
    pulled: SetAnalysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("lumbar.vision.image.draw_text", lambda _, text, *__: said.append(text))
    draw(grey(480, 850), pulled, MID_PULL_S)
    draw(grey(480, 850), pulled, 5.0)
    draw(grey(480, 850), pulled, 17.8)  # the bar is lost in rep 3
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in said] == [
        "6 cm",  # the lever arm, in a rep only
        "Rep 2 of 4",
        "Bar 0.43 m/s up",  # 0.56 m in 1 s with the least jerk, 0.8 s in: 0.56 · 30 · 0.8² · 0.2²
        "Bar 0.00 m/s",
        "Rep 3 of 4",
    ]


def test_the_legend_fits_a_small_picture(pulled: SetAnalysis) -> None:
    with_legend = draw(grey(480, 850), pulled, MID_PULL_S)
    corner = with_legend[780:, :240].astype(int)
    assert corner.max() == 255  # white letters
    assert (corner.min(axis=2) < 30).any()  # on a darker ground


def test_a_frame_stands_for_the_time_until_the_next_and_no_longer() -> None:
    times = np.array([1.0, 1.1, 2.0])
    assert [row_at(times, at) for at in (0.99, 1.0, 1.05, 1.1, 1.2, 1.5, 2.0, 2.1, 2.2)] == [
        None, 0, 0, 1, 1, None, 2, 2, None,
    ]  # fmt: skip
    assert row_at(np.array([]), 0.0) is None
