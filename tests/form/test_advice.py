"""Camera advice: each piece only where the clip missed it, with the clip's own number."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.estimate import Estimate, Missing, around
from lumbar.form.advice import advice, distance_m, phone_height_m

from .sets import BEHIND, filmed, measured

PULLED = measured(filmed(camera=BEHIND))


def ids(tracks=PULLED.tracks, motion=PULLED.motion) -> list[str]:
    return [one.id for one in advice(tracks, motion)]


def seen_from(view_deg: float, half_width_deg: float = 4.0):
    return replace(PULLED.motion, view_angle_rad=around(np.radians(view_deg), np.radians(half_width_deg)))


@pytest.mark.parametrize(
    ("view_deg", "is_missed"), [(60, True), (79, True), (84, False), (100, False), (123, False), (140, True)]
)
def test_a_view_is_named_where_its_whole_range_is_off(view_deg, is_missed) -> None:
    assert ("advice-view" in ids(motion=seen_from(view_deg))) == is_missed


def test_the_view_is_said_with_its_number() -> None:
    (told,) = [one for one in advice(PULLED.tracks, seen_from(62)) if one.id == "advice-view"]
    assert "28° in front of" in told.reason


def test_a_view_that_is_not_known_is_left_to_the_limits() -> None:
    assert "advice-view" not in ids(motion=replace(PULLED.motion, view_angle_rad=Missing("From the front.")))


@pytest.mark.parametrize(("metres_per_px", "is_missed"), [(0.0007, True), (0.0028, False), (0.009, True)])
def test_a_phone_too_near_or_too_far_is_named(metres_per_px, is_missed) -> None:
    scale = replace(PULLED.motion.scale, body_m_per_px=around(metres_per_px, 0.02 * metres_per_px))
    motion = replace(PULLED.motion, scale=scale)
    far = distance_m(PULLED.tracks, motion)
    # Focal length 0.8 of the longer side (0.62 to 1.10): the range is what phones have.
    longer_px = max(PULLED.tracks.width_px, PULLED.tracks.height_px)
    assert far.value == pytest.approx(0.8 * longer_px * metres_per_px)
    assert far.low < 0.8 * far.value < 1.2 * far.value < far.high
    assert ("advice-distance" in ids(motion=motion)) == is_missed


@pytest.mark.parametrize("height_m", [0.2, 0.9, 2.0])
def test_the_phone_s_height_follows_from_plate_and_feet(height_m) -> None:
    # A pinhole 3.4 m away, level: the floor under plate (2.7 m) and feet (3.4 m), 800 px focal length.
    bar = PULLED.tracks.bar
    near, far = 800 / 2.7, 800 / 3.4
    feet_px, bottom_px = 500 + height_m * far, 500 + height_m * near
    frames = len(bar.time_s)
    radius_px = 0.225 * near
    lying = replace(
        bar, centre_px=np.tile([300.0, bottom_px - radius_px], (frames, 1)),
        half_height_px=np.full(frames, radius_px), half_width_px=np.full(frames, radius_px),
    )  # fmt: skip
    pose = replace(PULLED.tracks.pose, xy_px=np.full_like(PULLED.tracks.pose.xy_px, feet_px))
    scale = replace(
        PULLED.motion.scale,
        plate_m_per_px=around(1 / near, 0.015 / near),
        body_m_per_px=around(1 / far, 0.03 / far),
    )
    motion, tracks = replace(PULLED.motion, scale=scale), replace(PULLED.tracks, bar=lying, pose=pose)
    found = phone_height_m(tracks, motion)
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(height_m, abs=1e-6)
    assert ("advice-height" in ids(tracks, motion)) == (height_m in (0.2, 2.0))


def test_a_lifter_never_seen_standing_is_asked_to_stand() -> None:
    trunk = np.full_like(PULLED.motion.angles_rad, np.radians(50))
    assert "advice-stand" in ids(motion=replace(PULLED.motion, angles_rad=trunk))
