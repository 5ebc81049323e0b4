"""The sway of a phone is taken out of everything seen, where the lying plate agrees."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.motion.steady import standing, steadied
from lumbar.synth.case import Case, Phone
from lumbar.synth.fast import fast_clip
from lumbar.vision.tracks import Tracks


@pytest.fixture(scope="module")
def shaky() -> Tracks:
    return fast_clip(Case("shaky", 5, phone=Phone(shake_deg=0.4))).tracks


def test_a_lying_plate_lies_still_once_the_sway_is_out(shaky: Tracks) -> None:
    still = steadied(shaky).tracks
    assert shaky.bar is not None
    assert still.bar is not None
    standing = shaky.time_s < 1.0
    # Sway is read to 0.6 px and 0.0015 rad; a deviation of 0.4° is 5 px.
    assert shaky.bar.centre_px[standing].std(axis=0).max() > 1.5
    assert still.bar.centre_px[standing].std(axis=0).max() < 1.2


def test_a_sway_that_is_mostly_right_is_taken_out(shaky: Tracks) -> None:
    """A bar that is rolled about where it lies hides how much quieter it is without the sway."""
    assert shaky.bar is not None
    rolled = 12.0 * np.sin(shaky.time_s * 7.0)[:, None] * [1.0, 0.0]
    still = steadied(replace(shaky, bar=replace(shaky.bar, centre_px=shaky.bar.centre_px + rolled)))
    assert np.ptp(still.sway_px_rad[:, 0]) > 1


def test_points_go_back_to_where_they_were_seen(shaky: Tracks) -> None:
    still = steadied(shaky)
    assert still.as_seen(still.tracks.pose.xy_px) == pytest.approx(shaky.pose.xy_px, abs=1e-6)


def test_of_a_phone_that_fell_only_what_it_saw_before_is_used(shaky: Tracks) -> None:
    """The longer part of the clip lies on its side: the lifter is beside their feet there."""
    moved = shaky.time_s > shaky.time_s[-1] / 3
    xy_px = np.asarray(shaky.pose.xy_px).copy()
    xy_px[moved] = xy_px[moved][..., ::-1]
    fallen = replace(shaky, pose=replace(shaky.pose, xy_px=xy_px), quality=replace(shaky.quality, is_moved=moved))
    kept = standing(fallen)
    assert kept.bar is not None
    assert np.isnan(kept.bar.centre_px[moved]).all()
    assert np.isfinite(kept.bar.centre_px[~moved]).all()
    assert not kept.quality.is_seen[moved].any()
    set_down = standing(replace(shaky, quality=replace(shaky.quality, is_moved=moved)))
    assert np.isnan(set_down.pose.xy_px[~moved]).all()
    assert set_down.quality.is_seen[moved].all()
    assert standing(shaky) is shaky


def test_a_sway_that_makes_the_plate_restless_is_not_believed(shaky: Tracks) -> None:
    wrong = replace(shaky, sway_px_rad=-np.asarray(shaky.sway_px_rad))
    assert steadied(wrong).tracks is wrong
    assert steadied(replace(shaky, sway_px_rad=np.zeros((0, 3)))).tracks.sway_px_rad.size == 0
