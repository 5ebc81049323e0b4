"""How large a pixel is: the near plate is nearer than the lifter, and a tilted phone sees it shrink on its way."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.estimate import Estimate, Missing
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.scale import FOCAL_OVER_SIDE, find_scale, plate_metres, standing_height_px
from lumbar.vision.tracks import Silhouette

from .pulls import ONE_PULL, PLATE_M, PLATE_OUT_M, STATURE_M, Camera, bar_seen, clock, film_of, heights

TIME_S = clock(5.0)
#: reference/biomechanics §8.2, plate face 0.70 m from the mid-plane: the plate.s raw length over the true one.
RAW_OVER_TRUE = {2.5: 0.720, 3.0: 0.767, 4.0: 0.825, 5.0: 0.860, 6.0: 0.883, 8.0: 0.912}


def filmed(camera: Camera):
    return film_of(TIME_S, heights(TIME_S, ONE_PULL), camera)


@pytest.mark.parametrize(("distance_m", "ratio"), RAW_OVER_TRUE.items())
def test_the_depth_correction_is_the_published_one(distance_m, ratio) -> None:
    """The camera has the lens that is taken for granted; the table has three digits."""
    film = filmed(Camera(distance_m=distance_m, focal_px=FOCAL_OVER_SIDE.value * 1280))
    scale = find_scale(film, film.bar, Lifter(), Barbell())
    assert 1 / scale.depth_ratio == pytest.approx(ratio, abs=0.001)


@pytest.mark.parametrize("focal_over_side", [0.62, 0.67, 0.78, 0.95, 1.10])
@pytest.mark.parametrize("distance_m", [2.5, 4.0, 6.0])
def test_any_phones_lens_lies_in_the_range(distance_m, focal_over_side) -> None:
    camera = Camera(distance_m=distance_m, focal_px=focal_over_side * 1280)
    film = filmed(camera)
    scale = find_scale(film, film.bar, Lifter(), Barbell())
    assert scale.body_m_per_px.low <= distance_m / camera.focal_px <= scale.body_m_per_px.high
    assert scale.source == "the plate and a typical phone lens"


@pytest.mark.parametrize("distance_m", [2.5, 4.0, 6.0])
def test_a_given_height_is_the_better_ruler(distance_m) -> None:
    camera = Camera(distance_m=distance_m, focal_px=700)
    film = filmed(camera)
    scale = find_scale(film, film.bar, Lifter(height_m=STATURE_M), Barbell())
    # The drawn lifter stands with knees at 175° and a trunk at 87°: 1 % shorter than upright, at most.
    assert scale.body_m_per_px.value == pytest.approx(distance_m / camera.focal_px, rel=0.015)
    assert scale.source == "the height you gave"
    assert scale.depth_ratio == pytest.approx(distance_m / (distance_m - PLATE_OUT_M), rel=0.015)


def test_the_plates_size_is_taken_as_given_and_as_assumed_with_more_doubt() -> None:
    film = filmed(Camera())
    full, iron = (find_scale(film, film.bar, Lifter(), Barbell(plate_m=plate_m)) for plate_m in (0.45, 0.38))
    assert full.plate_m_per_px.value == pytest.approx((4.0 - PLATE_OUT_M) / 1024, rel=1e-3)
    assert iron.plate_m_per_px.value == pytest.approx(full.plate_m_per_px.value * 0.38 / 0.45)
    doubt = [one.plate_m_per_px.half_width / one.plate_m_per_px.value for one in (full, iron)]
    assert doubt == pytest.approx([0.025, 0.015])


@pytest.mark.parametrize("pitch_deg", [-15, -8, 0, 8, 15])
@pytest.mark.parametrize("height_m", [0.3, 0.9, 1.5])
def test_a_tilted_camera_does_not_bend_the_bars_path(pitch_deg, height_m) -> None:
    camera = Camera(distance_m=3.0, height_m=height_m, pitch_rad=np.radians(pitch_deg))
    lifted = heights(TIME_S, ONE_PULL)
    bar = bar_seen(TIME_S, np.column_stack([np.zeros_like(lifted), lifted + PLATE_M / 2]), camera)
    up_m = plate_metres(bar, Barbell())[:, 1]
    # One per cent of the travel; what there is of it comes from taking the plate's size for a straight line.
    assert up_m - up_m[0] == pytest.approx(lifted, abs=0.01 * 0.55)


def test_a_camera_that_looks_up_sees_the_plate_shrink() -> None:
    """Without the plate as its own ruler the travel would be several per cent off."""
    camera = Camera(distance_m=3.0, height_m=0.3, pitch_rad=np.radians(15))
    lifted = heights(TIME_S, ONE_PULL)
    bar = bar_seen(TIME_S, np.column_stack([np.zeros_like(lifted), lifted + PLATE_M / 2]), camera)
    naive_m = np.ptp(bar.centre_px[:, 1]) * PLATE_M / 2 / bar.half_height_px[0]
    assert abs(naive_m / 0.55 - 1) > 0.03


def test_a_bar_that_stays_down_has_no_slope_to_learn_from() -> None:
    film = film_of(TIME_S, heights(TIME_S, [(1.0, 0.5, 0.03)]))
    assert np.ptp(plate_metres(film.bar, Barbell())[:, 1]) == pytest.approx(0.03, rel=0.01)


def test_sideways_counts_from_where_the_plate_mostly_is() -> None:
    drift_m = np.where(TIME_S < 4.5, 0.0, 0.1)
    film = film_of(TIME_S, heights(TIME_S, ONE_PULL), Camera(yaw_rad=np.radians(25)), drift_m)
    across_m = plate_metres(film.bar, Barbell())[:, 0]
    assert np.median(across_m) == pytest.approx(0, abs=1e-6)
    # A turned camera sees the plate and its way sideways shortened alike; perspective along the way leaves 2 %.
    assert across_m[-1] - across_m[0] == pytest.approx(0.1, rel=0.02)


def test_standing_height_needs_the_whole_body() -> None:
    film = filmed(Camera())
    seen = standing_height_px(film)
    assert isinstance(seen, Estimate)
    assert seen.low < STATURE_M * 1024 / 4.0 < seen.high
    everywhere = np.ones(len(TIME_S), bool)
    for cropped in (
        replace(film, quality=replace(film.quality, is_cropped=everywhere)),
        replace(film, quality=replace(film.quality, is_seen=~everywhere)),
        replace(film, silhouette=Silhouette(TIME_S, np.full((len(TIME_S), 160, 2), np.nan))),
    ):
        assert isinstance(standing_height_px(cropped), Missing)


def test_a_cropped_body_falls_back_on_the_plate() -> None:
    film = filmed(Camera())
    film = replace(film, quality=replace(film.quality, is_cropped=np.ones(len(TIME_S), bool)))
    scale = find_scale(film, film.bar, Lifter(height_m=STATURE_M), Barbell())
    assert scale.source == "the plate and a typical phone lens"
    assert isinstance(scale.stature_px, Missing)
    assert "head to feet" in scale.stature_px.reason
