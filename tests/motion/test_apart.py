import numpy as np
import pytest

from lumbar.errors import ShapeError
from lumbar.lifter import Barbell, Lifter
from lumbar.motion.apart import PLACES, Apart, unknown
from lumbar.motion.motion import Motion, to_motion

from .pulls import ONE_PULL, STATURE_M, clock, film_of, heights


@pytest.fixture(scope="module")
def motions() -> tuple[Motion, Motion]:
    """One pull of a lifter who said how tall they are, and of the same who did not."""
    time_s = clock(5.5)
    seen = film_of(time_s, heights(time_s, ONE_PULL))
    said, unsaid = (to_motion(seen, Lifter(height_m), Barbell()) for height_m in (STATURE_M, None))
    return said, unsaid


def test_places_against_the_hip_share_the_hip_s_error(motions: tuple[Motion, Motion]) -> None:
    motion = motions[0]
    seen = np.isfinite(motion.point("hip")[:, 0]) & np.isfinite(motion.bar_m[:, 0])
    covariance = motion.apart.covariance_m2[seen]
    assert (np.linalg.eigvalsh(covariance) > 0).all()
    # If each erred on its own, both would be as far off as hip and place together.
    hip, shoulder = (motion.point_sd(name)[seen, 0] for name in ("hip", "shoulder"))
    alone = {"shoulder_x": np.hypot(hip, shoulder), "bar_x": np.hypot(hip, motion.bar_sd_m[seen, 0])}
    for name, most in alone.items():
        place = PLACES.index(name)
        assert (np.sqrt(covariance[:, place, place]) < most).all(), name
    # The hip's own error is in both.
    assert (covariance[:, PLACES.index("shoulder_x"), PLACES.index("bar_x")] > 0).all()


def test_who_did_not_say_their_height_has_a_less_certain_scale(motions: tuple[Motion, Motion]) -> None:
    at = int(np.nanargmax(motions[0].bar_m[:, 1]))  # at lockout the shoulder is high, and moves with the scale
    said, unsaid = (abs(motion.apart.scale_m[at, PLACES.index("shoulder_y")]) for motion in motions)
    assert 0 < said < 0.02
    assert unsaid > 1.5 * said


def test_a_body_that_was_not_seen_is_known_nowhere() -> None:
    assert np.isnan(unknown(3).covariance_m2).all()
    with pytest.raises(ShapeError, match="scale_m"):
        Apart(np.zeros((3, 3, 3)), np.zeros((2, 3)))
