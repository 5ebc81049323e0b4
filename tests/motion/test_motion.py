"""Metres and angles of a drawn lifter: signs as in docs/conventions.md, either way round, from either side."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lumbar.estimate import Estimate, Missing
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.motion import ANGLES, POINTS, behind_plate, near_side, side_turn, to_motion
from lumbar.vision.tracks import LANDMARKS, BarTrack, Tracks

from .pulls import (
    ONE_PULL,
    PLATE_M,
    STATURE_M,
    Camera,
    angles_of,
    bar_seen,
    body_of,
    clock,
    film_of,
    heights,
    pose_seen,
)

TIME_S = clock(5.0)
LIFTED_M = heights(TIME_S, ONE_PULL)
LIFTER = Lifter(height_m=STATURE_M)


def held(angles_deg: dict[str, float], camera: Camera | None = None) -> Tracks:
    """Return a film of a lifter who bends for a second, to be seen to face right, and then holds these angles."""
    camera = camera or Camera()
    film = film_of(TIME_S, LIFTED_M, camera)
    bent = {**POSTURES["at lift-off"]}
    angles = {name: np.radians(np.where(TIME_S < 1, bent[name], value)) for name, value in angles_deg.items()}
    far = np.column_stack([np.full(len(TIME_S), 1.0), 0.225 + LIFTED_M])
    return replace(film, pose=pose_seen(TIME_S, body_of(angles), camera), bar=bar_seen(TIME_S, far, camera))


def filmed_with_the_plate_away() -> Tracks:
    """Return a film in which the plate hides nothing."""
    return film_of(TIME_S, LIFTED_M, drift_m=np.full(len(TIME_S), 0.9))


def mirrored(film: Tracks) -> Tracks:
    """Return the film as in a mirror: x the other way round, left for right."""
    swap = [
        LANDMARKS.index(
            name.replace("left", "RIGHT").replace("right", "left").replace("RIGHT", "right")
        )
        for name in LANDMARKS
    ]  # fmt: skip
    flip = lambda xy: np.concatenate([film.width_px - xy[..., :1], xy[..., 1:]], axis=-1)  # noqa: E731
    pose = film.pose
    world = pose.world_m[:, swap] * [-1, 1, 1]
    assert film.bar is not None
    return replace(
        film,
        pose=replace(pose, xy_px=flip(pose.xy_px[:, swap]), visibility=pose.visibility[:, swap], world_m=world),
        bar=replace(film.bar, centre_px=flip(film.bar.centre_px)),
        silhouette=replace(film.silhouette, outline_px=flip(film.silhouette.outline_px)),
    )


POSTURES = {
    "upright": {"shank": 90, "knee": 180, "trunk": 90, "arm": 0},
    "at lift-off": {"shank": 70, "knee": 115, "trunk": 30, "arm": 8},
    "folded": {"shank": 80, "knee": 150, "trunk": 5, "arm": -10},
    "leaning back": {"shank": 92, "knee": 178, "trunk": 97, "arm": 4},
}


@pytest.mark.parametrize("posture", POSTURES.values(), ids=POSTURES)
def test_angles_count_as_the_conventions_say(posture) -> None:
    motion = to_motion(held(posture), LIFTER, Barbell())
    want = {**posture, "hip": min(posture["trunk"] + posture["knee"] - posture["shank"], 360)}
    want["hip"] = 180 - abs(180 - want["hip"])  # an inner angle has no sign
    for name in ANGLES:
        # The joints lie in one plane that the camera faces: what is left is rounding.
        assert np.degrees(motion.angle(name)[TIME_S > 1.2]) == pytest.approx(want[name], abs=0.05), name


def test_the_conventions_page_lists_the_same_points_and_angles() -> None:
    page = (Path(__file__).parents[2] / "docs/conventions.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert rows == [*POINTS, *ANGLES]


def test_points_are_metres_from_the_ankle_forward_and_up() -> None:
    motion = to_motion(held(POSTURES["at lift-off"]), LIFTER, Barbell())
    body = body_of({name: np.radians([value]) for name, value in POSTURES["at lift-off"].items()})
    for name in POINTS:
        # 1.5 % for the height read from the outline, and the near side's joints 0.1 m nearer at 4 m.
        assert motion.point(name)[0] == pytest.approx(body[name][0] - body["ankle"][0], rel=0.045, abs=0.002), name
    assert motion.point("ankle") == pytest.approx(0, abs=1e-9)


def test_a_mirrored_film_gives_the_same_motion() -> None:
    film = film_of(TIME_S, LIFTED_M, drift_m=0.05 * LIFTED_M)
    there, back = (to_motion(each, LIFTER, Barbell()) for each in (film, mirrored(film)))
    assert (there.faces_right, back.faces_right) == (True, False)
    assert (near_side(film), near_side(mirrored(film))) == ("right", "left")
    for name in ("points_m", "bar_m", "bar_speed_m_per_s", "angles_rad"):
        assert getattr(back, name) == pytest.approx(getattr(there, name), abs=1e-9, nan_ok=True), name


@pytest.mark.parametrize("yaw_deg", [-40, -25, -10, 0, 10, 25, 40])
def test_a_turned_camera_gives_the_same_angles(yaw_deg) -> None:
    """What is left is perspective: from 4 m away and 40° off, the plate, 0.7 m nearer, is seen 48° off."""
    camera = Camera(yaw_rad=np.radians(yaw_deg))
    film = film_of(TIME_S, LIFTED_M, camera)
    motion = to_motion(film, LIFTER, Barbell())
    truth = angles_of(LIFTED_M / 0.55)
    for name in ("trunk", "hip", "knee"):
        error = np.degrees(motion.angle(name) - truth[name])
        # Those 8° of 40° would be 8° of an angle if all of it were foreshortened; less turn, less of it.
        assert np.nanmax(np.abs(error)) < 0.1 + abs(yaw_deg) / 5, name
    assert isinstance(motion.view_angle_rad, Estimate)
    assert motion.view_angle_rad.low <= np.pi / 2 - camera.yaw_rad <= motion.view_angle_rad.high


@pytest.mark.parametrize("yaw_deg", [-75, 70])
def test_a_view_from_the_front_or_behind_gives_no_angles_but_keeps_the_bar(yaw_deg) -> None:
    film = film_of(TIME_S, LIFTED_M, Camera(yaw_rad=np.radians(yaw_deg)))
    assert isinstance(side_turn(film, film.bar), Missing)
    motion = to_motion(film, LIFTER, Barbell())
    assert isinstance(motion.view_angle_rad, Missing)
    assert np.isnan(motion.angle("trunk")).all()
    assert np.nanmax(motion.bar_m[:, 1]) == pytest.approx(0.55, rel=0.02)


def hidden(film: Tracks, name: str, where: np.ndarray, to: float = 0.1) -> Tracks:
    visibility = film.pose.visibility.copy()
    visibility[where, LANDMARKS.index(name)] = to
    return replace(film, pose=replace(film.pose, visibility=visibility))


def test_feet_stay_where_they_were_seen() -> None:
    film = hidden(filmed_with_the_plate_away(), "right_ankle", TIME_S < 3)
    motion = to_motion(film, LIFTER, Barbell())
    assert motion.point("ankle") == pytest.approx(0, abs=1e-9)
    assert np.isfinite(motion.angle("knee")[TIME_S > 2.7]).all()


def test_feet_that_are_never_seen_take_only_their_own_angles_with_them() -> None:
    film = hidden(filmed_with_the_plate_away(), "right_ankle", TIME_S >= 0)
    motion = to_motion(film, LIFTER, Barbell())
    assert np.isnan(motion.angle("knee")).all()
    assert np.isnan(motion.angle("shank")).all()
    assert np.degrees(motion.angle("trunk")) == pytest.approx(
        np.degrees(angles_of(LIFTED_M / 0.55)["trunk"]), abs=0.7, nan_ok=True
    )


def test_a_joint_behind_the_plate_is_not_seen() -> None:
    film = film_of(TIME_S, LIFTED_M)
    assert film.bar is not None
    knee = film.pose.landmark_px("right_knee")
    film = replace(film, bar=replace(film.bar, centre_px=np.where(TIME_S[:, None] < 2, knee, film.bar.centre_px)))
    motion = to_motion(film, LIFTER, Barbell())
    assert np.isnan(motion.point("knee")[TIME_S < 2]).all()
    assert np.isfinite(motion.point("hip")[TIME_S < 1]).all()


def test_the_rim_is_the_border_of_what_is_hidden() -> None:
    one, two = np.array([0.0]), np.array([[100.0, 100.0]])
    plate = BarTrack(one, two, np.array([50.0]), np.array([40.0]), np.array([0.9]), 0.1)
    points = np.array([[[100, 51], [100, 49], [139, 100], [141, 100], [np.nan, np.nan]]], dtype=float)
    assert behind_plate(points, plate).tolist() == [[True, False, True, False, False]]


def test_a_body_lost_for_a_while_is_missing_for_that_while() -> None:
    film = filmed_with_the_plate_away()
    xy_px = film.pose.xy_px.copy()
    gone = (TIME_S > 2) & (TIME_S < 2.5)
    xy_px[gone] = np.nan
    film = replace(film, pose=replace(film.pose, xy_px=xy_px), quality=replace(film.quality, is_seen=~gone))
    motion = to_motion(film, LIFTER, Barbell())
    assert np.isnan(motion.angle("trunk")[gone]).all()
    assert np.isfinite(motion.angle("trunk")[~gone]).all()
    assert np.isfinite(motion.bar_m).all()


def test_metres_need_a_plate() -> None:
    with pytest.raises(TypeError, match="need a plate"):
        to_motion(replace(film_of(TIME_S, LIFTED_M), bar=None), LIFTER, Barbell())


def test_the_bars_metres_are_the_drawn_ones() -> None:
    motion = to_motion(film_of(TIME_S, LIFTED_M, drift_m=0.1 * LIFTED_M), LIFTER, Barbell(plate_m=PLATE_M))
    assert motion.bar_m[:, 1] == pytest.approx(LIFTED_M, abs=0.004)
    assert np.ptp(motion.bar_m[:, 0]) == pytest.approx(0.055, abs=0.002)
    assert motion.bar_m[60, 0] > motion.bar_m[0, 0]
