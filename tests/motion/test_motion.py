"""Metres and angles of a drawn lifter: signs as in docs/conventions.md, either way round, from either side."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.estimate import Estimate, Missing
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.motion import ANGLES, POINTS, Motion, to_motion
from lumbar.motion.side import back_leaves_picture, behind_plate, near_side, side_turn
from lumbar.motion.sight import back_sight
from lumbar.vision.tracks import LANDMARKS, BarTrack, Tracks

from .pulls import (
    BAR_REST_M,
    BAR_X_M,
    ONE_PULL,
    OUT_M,
    PLATE_M,
    STATURE_M,
    TOP_M,
    Camera,
    angles_of,
    body_of,
    clock,
    film_of,
    guessed,
    heights,
    lift_up,
    mirrored,
)

TIME_S = clock(5.0)
LIFTED_M = heights(TIME_S, ONE_PULL)
LIFTER = Lifter(height_m=STATURE_M)


def film(camera: Camera | None = None, drift_m: np.ndarray | None = None) -> Tracks:
    return film_of(TIME_S, LIFTED_M, camera, drift_m)


@pytest.fixture(scope="module")
def pulled() -> Motion:
    """One pull, seen a little from behind, all landmarks where the network has them."""
    return to_motion(film(Camera(yaw_rad=np.radians(-15))), LIFTER, Barbell())


@pytest.mark.parametrize("name", ANGLES)
def test_angles_count_as_the_conventions_say(pulled, name) -> None:
    error = pulled.angle(name) - angles_of(LIFTED_M / TOP_M)[name]
    # What proportions leave open: a lifter of the tables' mean is not this one. Within 8°, and known to be so.
    assert np.degrees(np.abs(error).max()) < 8
    assert np.mean(np.abs(error) < 2 * pulled.angle_sd(name)) > 0.95


def test_the_conventions_page_lists_the_same_points_and_angles() -> None:
    page = (Path(__file__).parents[2] / "docs/conventions.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert rows == [*POINTS, *ANGLES]


def test_body_and_bar_are_metres_in_one_frame(pulled) -> None:
    body = body_of(angles_of(LIFTED_M / TOP_M))
    for name in ("shoulder", "hip", "knee", "ankle", "heel", "toe"):
        want = body[name] - [0, BAR_REST_M]
        assert np.abs(pulled.point(name) - want).max() < 0.05, name
        near = np.abs(pulled.point(name) - want) < 2.5 * pulled.point_sd(name) + 0.01
        assert near.mean() > 0.95, name
    assert pulled.bar_m == pytest.approx(np.column_stack([np.full(len(TIME_S), BAR_X_M), LIFTED_M]), abs=0.03)
    assert pulled.bar_m[:, 1] == pytest.approx(LIFTED_M, abs=0.004)


def test_points_in_the_picture_are_the_near_joints(pulled) -> None:
    camera = Camera(yaw_rad=np.radians(-15))
    body = body_of(angles_of(LIFTED_M / TOP_M))
    for name in ("shoulder", "hip", "knee"):
        seen = camera.project(lift_up(body[name], OUT_M[name]))
        # 1 cm is 2.6 px here: 3 cm is what marks are off all clip long, after their bias of up to 45 mm.
        assert np.abs(pulled.point_px(name) - seen).max() < 8, name


def test_a_mirrored_film_gives_the_same_motion() -> None:
    seen = film(drift_m=0.05 * LIFTED_M)
    there, back = (to_motion(each, LIFTER, Barbell()) for each in (seen, mirrored(seen)))
    assert (there.faces_right, back.faces_right) == (True, False)
    assert (near_side(seen), near_side(mirrored(seen))) == ("right", "left")
    for name in ("points_m", "points_sd_m", "bar_m", "bar_speed_m_per_s", "angles_rad", "angles_sd_rad"):
        # The fit stops when a step is a millimetre; rounding may make it stop a step sooner or later.
        assert getattr(back, name) == pytest.approx(getattr(there, name), abs=2e-3, nan_ok=True), name
    flipped = seen.width_px - back.points_px[..., 0]
    assert flipped == pytest.approx(there.points_px[..., 0], abs=0.5, nan_ok=True)


@pytest.mark.parametrize("yaw_deg", [-40, 0, 30])
def test_a_turned_camera_gives_the_same_angles(yaw_deg) -> None:
    camera = Camera(yaw_rad=np.radians(yaw_deg))
    motion = to_motion(film(camera), LIFTER, Barbell())
    truth = angles_of(LIFTED_M / TOP_M)
    for name in ("trunk", "hip", "knee"):
        error = np.abs(motion.angle(name) - truth[name])
        assert np.degrees(error.max()) < 10, name
        assert np.mean(error < 2 * motion.angle_sd(name)) > 0.95, name
    assert isinstance(motion.view_angle_rad, Estimate)
    assert motion.view_angle_rad.low <= np.pi / 2 - camera.yaw_rad <= motion.view_angle_rad.high


@pytest.mark.parametrize("off_deg", [-8, 8])
def test_the_far_plate_tells_the_view_better_than_the_pose_does(off_deg: float) -> None:
    camera = Camera(yaw_rad=np.radians(-9))
    seen = film(camera)
    told = replace(seen.quality, view_angle_rad=seen.quality.view_angle_rad + np.radians(off_deg))
    bar_m = np.column_stack([np.full(len(TIME_S), BAR_X_M), LIFTED_M + PLATE_M / 2])
    far_px = camera.project(lift_up(bar_m, -0.655))
    errors = []
    for far in (None, far_px, far_px + [0.0, 300.0]):
        bar = replace(seen.bar, far_px=far)  # type: ignore[type-var]
        view = to_motion(replace(seen, quality=told, bar=bar), LIFTER, Barbell()).view_angle_rad
        assert isinstance(view, Estimate)
        errors.append(abs(np.degrees(view.value - (np.pi / 2 - camera.yaw_rad))))
    without, with_it, mistaken = errors
    assert with_it < 1.0
    assert with_it < without / 2
    # What cannot be the far plate loses its hold.
    assert mistaken == pytest.approx(without, abs=1.0)


@pytest.mark.parametrize("yaw_deg", [-75, 70])
def test_a_view_from_the_front_or_behind_gives_no_angles_but_keeps_the_bar(yaw_deg) -> None:
    seen = film(Camera(yaw_rad=np.radians(yaw_deg)))
    assert isinstance(side_turn(seen, seen.bar), Missing)
    motion = to_motion(seen, LIFTER, Barbell())
    assert isinstance(motion.view_angle_rad, Missing)
    assert np.isnan(motion.angle("trunk")).all()
    assert np.nanmax(motion.bar_m[:, 1]) == pytest.approx(0.55, rel=0.02)


def test_joints_behind_the_plate_are_found_from_the_rest_of_the_body() -> None:
    """From the exact side the plate hides feet and knees at first and the hip at last; all guesses are wrong."""
    seen = guessed(film())
    wrong_px = np.linalg.norm(seen.pose.xy_px - film().pose.xy_px, axis=2)[:, LANDMARKS.index("right_ankle")]
    assert np.median(wrong_px) > 50  # 22 cm
    motion = to_motion(seen, LIFTER, Barbell())
    body, truth = body_of(angles_of(LIFTED_M / TOP_M)), angles_of(LIFTED_M / TOP_M)
    for name in ("hip", "knee"):
        off_m = np.linalg.norm(motion.point(name) - body[name] + [0, BAR_REST_M], axis=1)
        assert np.median(off_m) < 0.05, name
        assert np.degrees(np.median(np.abs(motion.angle(name) - truth[name]))) < 8, name
        assert np.mean(np.abs(motion.angle(name) - truth[name]) < 2 * motion.angle_sd(name)) > 0.9, name


def test_what_the_plate_hides_is_less_sure() -> None:
    aside, behind = (to_motion(film(Camera(yaw_rad=yaw)), LIFTER, Barbell()) for yaw in (np.radians(-20), 0.0))
    low = LIFTED_M < 0.01
    assert np.median(behind.angle_sd("knee")[low]) > 1.2 * np.median(aside.angle_sd("knee")[low])


def test_the_rim_is_the_border_of_what_is_hidden() -> None:
    one, two = np.array([0.0]), np.array([[100.0, 100.0]])
    plate = BarTrack(one, two, np.array([50.0]), np.array([40.0]), np.array([0.9]), 0.1)
    points = np.array([[[100, 51], [100, 49], [139, 100], [141, 100], [np.nan, np.nan]]], dtype=float)
    assert behind_plate(points, plate).tolist() == [[True, False, True, False, False]]


def test_a_body_lost_for_a_while_is_missing_for_that_while() -> None:
    seen = film()
    xy_px = seen.pose.xy_px.copy()
    gone = (TIME_S > 2) & (TIME_S < 2.5)
    xy_px[gone] = np.nan
    seen = replace(seen, pose=replace(seen.pose, xy_px=xy_px), quality=replace(seen.quality, is_seen=~gone))
    motion = to_motion(seen, LIFTER, Barbell())
    assert np.isnan(motion.angle("trunk")[gone]).all()
    assert np.isfinite(motion.angle("trunk")[~gone]).all()
    assert np.isfinite(motion.bar_m).all()


def test_somebody_else_for_a_while_is_missing_or_unsure_for_that_while() -> None:
    seen = film(Camera(yaw_rad=np.radians(-15)))
    xy_px = seen.pose.xy_px.copy()
    other = (TIME_S > 2.0) & (TIME_S < 2.6)
    # A bystander stands bent over a metre and a half behind the lifter.
    xy_px[other] = xy_px[0] - [400, 0]
    motion = to_motion(replace(seen, pose=replace(seen.pose, xy_px=xy_px)), LIFTER, Barbell())
    truth = angles_of(LIFTED_M / TOP_M)
    for name in ("trunk", "knee"):
        error = np.abs(motion.angle(name) - truth[name])
        assert np.degrees(error[~other].max()) < 8, name
        assert not (error[other] > 2.5 * motion.angle_sd(name)[other]).any(), name


def test_legs_swapped_for_a_while_change_little() -> None:
    seen = film(Camera(yaw_rad=np.radians(-25)))
    xy_px = seen.pose.xy_px.copy()
    swapped = (TIME_S > 1.8) & (TIME_S < 2.4)
    for part in ("knee", "ankle", "heel", "foot_index"):
        left, right = LANDMARKS.index(f"left_{part}"), LANDMARKS.index(f"right_{part}")
        xy_px[np.ix_(swapped, [left, right])] = xy_px[np.ix_(swapped, [right, left])]
    plain = to_motion(seen, LIFTER, Barbell())
    motion = to_motion(replace(seen, pose=replace(seen.pose, xy_px=xy_px)), LIFTER, Barbell())
    assert np.degrees(np.abs(motion.angle("knee") - plain.angle("knee")).max()) < 6


def test_metres_need_a_plate() -> None:
    with pytest.raises(TypeError, match="need a plate"):
        to_motion(replace(film(), bar=None), LIFTER, Barbell())


def test_the_bars_metres_are_the_drawn_ones() -> None:
    motion = to_motion(film(drift_m=0.1 * LIFTED_M), LIFTER, Barbell(plate_m=PLATE_M))
    assert motion.bar_m[:, 1] == pytest.approx(LIFTED_M, abs=0.004)
    assert np.ptp(motion.bar_m[:, 0]) == pytest.approx(0.055, abs=0.004)
    assert motion.bar_m[60, 0] > motion.bar_m[0, 0]


@settings(max_examples=5, deadline=None)
@given(st.floats(0.6, 1.6), st.floats(-50, 50))
def test_neither_the_pictures_size_nor_the_clocks_start_changes_the_motion(pulled, size, start_s) -> None:
    seen = film(Camera(yaw_rad=np.radians(-15)))
    assert seen.bar is not None
    later = TIME_S + start_s
    other = replace(
        seen,
        pose=replace(seen.pose, time_s=later, xy_px=seen.pose.xy_px * size),
        silhouette=replace(seen.silhouette, time_s=later, outline_px=seen.silhouette.outline_px * size),
        bar=replace(
            seen.bar, time_s=later, centre_px=seen.bar.centre_px * size,
            half_height_px=seen.bar.half_height_px * size, half_width_px=seen.bar.half_width_px * size,
        ),
        width_px=round(seen.width_px * size), height_px=round(seen.height_px * size),
    )  # fmt: skip
    motion = to_motion(other, LIFTER, Barbell())
    # The plate's noise is stated in pixels, and pictures have whole ones: within 1 cm and 2°.
    assert motion.points_m == pytest.approx(pulled.points_m, abs=0.01, nan_ok=True)
    assert np.degrees(motion.angles_rad) == pytest.approx(np.degrees(pulled.angles_rad), abs=2, nan_ok=True)


@pytest.mark.parametrize("is_left", [False, True])
def test_a_back_that_the_border_cuts_off_is_not_read_there(*, is_left: bool) -> None:
    seen = film()
    whole = back_leaves_picture(seen)
    back_px = seen.silhouette.outline_px[..., 0].min(axis=1)
    away_px = np.where(TIME_S > 2.0, back_px, 0.0)[:, None, None] * [1.0, 0.0]
    cut = replace(
        seen,
        silhouette=replace(seen.silhouette, outline_px=seen.silhouette.outline_px - away_px),
        pose=replace(seen.pose, xy_px=seen.pose.xy_px - away_px),
    )
    assert not whole.any()
    assert back_leaves_picture(mirrored(cut) if is_left else cut).tolist() == (TIME_S > 2.0).tolist()
    motion = to_motion(seen, LIFTER, Barbell())
    assert np.isnan(back_sight(cut, motion).outline_px[TIME_S > 2.0]).all()
    assert np.isfinite(back_sight(cut, motion).outline_px[TIME_S <= 2.0]).all()
