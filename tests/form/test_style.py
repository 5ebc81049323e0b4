"""Style: what the lifter says counts; else the witnesses are weighed, and none is guessed from little."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.estimate import around
from lumbar.form.style import STYLES, recognise, said, turns_above_floor, witnesses
from lumbar.motion.apart import unknown
from lumbar.vision.tracks import LANDMARKS

from ..motion.pulls import clock, heights
from .sets import BEHIND, filmed, measured
from .sets_of_numbers import still_motion

PULLED = measured(filmed(camera=BEHIND))


def with_stance(apart_m: float):
    """Return the film with the feet this far apart in the estimator's guess, and a trunk of half a metre."""
    world = np.zeros_like(PULLED.tracks.pose.world_m)
    for side, sign in (("left", 1), ("right", -1)):
        world[:, LANDMARKS.index(f"{side}_ankle"), 2] = sign * apart_m / 2
        world[:, LANDMARKS.index(f"{side}_shoulder"), 1] = -0.5
    return replace(PULLED.tracks, pose=replace(PULLED.tracks.pose, world_m=world))


def test_what_the_lifter_says_is_certain() -> None:
    for style in STYLES:
        assert (said(style).style, said(style).confidence_ratio) == (style, 1.0)


def test_the_witnesses_are_what_was_filmed() -> None:
    seen = witnesses(with_stance(0.8), PULLED.motion)
    assert seen["stance"] == pytest.approx(0.8 / 0.5)
    # 0.55 m of travel; the stature is filmed.
    assert seen["travel"] == pytest.approx(0.55 / 1.75, rel=0.06)


def test_a_wide_stance_is_sumo_and_a_narrow_one_conventional() -> None:
    assert recognise(with_stance(0.85), PULLED.motion).style == "sumo"
    assert recognise(with_stance(0.32), PULLED.motion).style == "conventional"


def test_between_the_two_it_cannot_be_told_and_says_what_to_do() -> None:
    found = recognise(with_stance(0.50), PULLED.motion)
    assert found.style is None
    assert found.confidence_ratio < 0.8
    assert "--style" in found.reason


def test_reps_that_turn_above_the_floor_are_counted() -> None:
    still = still_motion(3)
    assert turns_above_floor(still) == 0
    time_s = clock(12.0)
    # Picked up once, then down to 20 cm and up again three times.
    legs = [
        (0.5, 1.0, 0.5),
        *((2.0 + 3 * n + half, 1.0, 0.5 if half else 0.2) for n in range(3) for half in (0, 1.5)),
    ]
    height = heights(time_s, legs)
    bar = np.stack([np.zeros_like(height), height], axis=1)
    points = np.full((len(time_s), *still.points_m.shape[1:]), np.nan)
    hinges = replace(
        still, time_s=time_s, bar_m=bar, bar_sd_m=0 * bar, apart=unknown(len(time_s)),
        bar_speed_m_per_s=0 * bar, points_m=points,
        points_sd_m=points, points_px=points, angles_rad=np.full((len(time_s), 5), np.nan),
        trunk_seen_rad=np.full(len(time_s), np.nan),
        angles_sd_rad=np.full((len(time_s), 5), np.nan), view_angle_rad=around(1.6, 0.1),
    )  # fmt: skip
    assert turns_above_floor(hinges) == 3
