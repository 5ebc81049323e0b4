import numpy as np
import pytest

from lumbar.motion.bias import POSTURES, bias_m, postures
from lumbar.motion.chain import JOINTS

BENT, TALL, TOP = np.eye(len(POSTURES))[:, None]


def test_a_moment_is_bent_or_upright_and_upright_with_or_without_the_bar() -> None:
    got = postures(np.array([0.1, 1.0, 1.0, 0.65]), np.array([True, False, True, True]))
    assert got == pytest.approx(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0, 0.5]]))


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize("side", [1, -1])
def test_every_mark_has_a_bias_as_large_as_joints_are_missed_by(joint: str, side: int) -> None:
    for posture in (BENT, TALL, TOP):
        for view_deg in (75, 100, 125):
            got = bias_m(joint, side, posture, np.radians(view_deg))
            assert got.shape == (1, 2)
            assert np.abs(got).max() < 0.2


def test_at_lockout_the_hip_is_seen_lower_than_in_empty_handed_standing() -> None:
    # The plate lies over the hip there: 3 cm lower on 53 drawn clips of the train split and seven of tune.
    tall, top = (bias_m("hip", 1, posture, np.radians(100)) for posture in (TALL, TOP))
    assert (tall - top)[0, 1] == pytest.approx(0.034, abs=0.01)


def test_beyond_the_views_that_were_learned_from_a_bias_stays_what_it_was() -> None:
    assert bias_m("knee", 1, TALL, 0.2) == pytest.approx(bias_m("knee", 1, TALL, np.radians(70)))


def test_a_face_has_no_bias() -> None:
    assert bias_m("ear", 1, BENT, 1.6) == pytest.approx(np.zeros((1, 2)))
