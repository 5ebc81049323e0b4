"""A posed body is a body: bones keep their lengths, feet stay, hands hold, the spine bends as asked."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.arrays import Floats
from lumbar.synth.body import LEVELS, body_names, load_body
from lumbar.synth.lift import STYLES, Lift
from lumbar.synth.perform import Performance, perform
from lumbar.synth.posture import LUMBAR_SHARES, THORACIC_SHARES, Posed, pose, two_links
from lumbar.synth.turns import FORWARD, LEFT, UP, turn

CASES = [(style, body) for style in STYLES for body in ("b_m", "r03", "r13")]


def _play(body: str, lift: Lift) -> tuple[Performance, Posed]:
    held = load_body(body)
    done = perform(held, lift, np.arange(0, 16, 0.05))
    return done, pose(held, done.posture)


def _length(posed: Posed, first: str, second: str) -> Floats:
    return np.linalg.norm(posed.joint_m(first) - posed.joint_m(second), axis=1)


@pytest.mark.parametrize(("style", "body"), CASES)
def test_bones_keep_their_lengths_through_the_whole_set(style: str, body: str) -> None:
    _, posed = _play(body, Lift(style=style, block_m=0.1 * (style == "block"), lean_deg=2.0))
    for side in ("left", "right"):
        for first, second in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "elbow"), ("elbow", "wrist")):
            length = _length(posed, f"{side}_{first}", f"{side}_{second}")
            assert np.ptp(length) < 1e-9, (side, first)
    assert np.ptp(np.linalg.norm(np.diff(posed.spine_m, axis=1), axis=2), axis=0).max() < 1e-9


@pytest.mark.parametrize(("style", "body"), CASES)
def test_feet_stay_and_hands_hold_the_bar_while_it_hangs(style: str, body: str) -> None:
    done, posed = _play(body, Lift(style=style, block_m=0.1 * (style == "block"), lean_deg=1.5))
    for name in ("left_ankle", "right_ankle", "left_heel", "left_toe"):
        # The leg that a lean lengthens may pull its ankle up: by less than the sole of a shoe gives.
        assert np.ptp(posed.joint_m(name), axis=0).max() < 0.006, name
    hangs = done.load_share == 1
    assert posed.over_reach_m[hangs].max() < 1e-3
    middle = (posed.joint_m("left_knuckle") + posed.joint_m("right_knuckle"))[hangs] / 2
    assert np.abs(middle[:, :2] - done.bar_m[hangs]).max() < 0.035  # the palm's thickness


@pytest.mark.parametrize("body", ["b_f", "b_h", "r09"])
def test_flexion_read_from_the_spine_joints_is_the_flexion_that_was_asked(body: str) -> None:
    lift = Lift(lumbar_start_deg=18, lumbar_peak_deg=40, thoracic_deg=12)
    done, posed = _play(body, lift)
    tilt = lambda vector: np.unwrap(np.arctan2(vector[:, 0], vector[:, 1]))  # noqa: E731
    pelvis = tilt(posed.spine_m[:, 0] - posed.middle_m("hip"))
    above_t12 = tilt(posed.spine_m[:, LEVELS.index("T11T12")] - posed.spine_m[:, LEVELS.index("T12L1")])
    lumbar = (above_t12 - pelvis) - (above_t12 - pelvis)[0]
    assert np.allclose(lumbar, done.posture.lumbar_rad, atol=1e-9)
    top = tilt(posed.joint_m("neck") - posed.spine_m[:, -1])
    thoracic = (top - above_t12) - (top - above_t12)[0]
    assert np.allclose(thoracic, done.posture.thoracic_rad, atol=1e-9)
    # Between two frames of 50 ms the peak may be missed by a little.
    assert np.degrees(done.posture.lumbar_rad.max()) == pytest.approx(40, abs=1.0)


def test_flexion_is_shared_out_whole() -> None:
    assert LUMBAR_SHARES.sum() == pytest.approx(1)
    assert THORACIC_SHARES.sum() == pytest.approx(1)


@pytest.mark.slow
def test_standing_is_the_reference_and_shows_no_flexion() -> None:
    for name in body_names():
        body = load_body(name)
        posed = pose(body, perform(body, Lift(), np.array([0.0])).posture)
        rest = body.spine_m - body.spine_m[0]
        tip = (posed.spine_m[0] - posed.spine_m[0, 0]) @ turn(LEFT, 0.0)
        # The pelvis may tip as a whole by under a degree; nothing bends.
        assert np.abs(tip - rest).max() < 0.01


def test_turning_about_left_tips_forwards_and_about_up_turns_left() -> None:
    assert np.allclose(turn(LEFT, np.pi / 2) @ UP, FORWARD)
    assert np.allclose(turn(UP, np.pi / 2) @ FORWARD, LEFT)


@settings(max_examples=50, deadline=None)
@given(
    st.floats(0.2, 0.5),
    st.floats(0.2, 0.5),
    st.floats(0.1, 0.99),
    st.floats(-np.pi, np.pi),
    st.floats(-1.4, 1.4),
)
def test_two_links_of_any_lengths_meet_their_ends_and_bend_to_the_pole(
    first: float, second: float, stretch: float, around: float, up: float
) -> None:
    shortest = abs(first - second) + 0.01
    reach = shortest + stretch * (first + second - shortest) * 0.999
    end = reach * np.array([[np.cos(up) * np.sin(around), np.sin(up), np.cos(up) * np.cos(around)]])
    pole = np.array([0.3, 0.1, 0.2])
    joint = two_links(np.zeros((1, 3)), end, (first, second), pole)
    assert np.linalg.norm(joint) == pytest.approx(first, abs=1e-9)
    # The second link may fall short by the slack that a straight limb keeps: half a thousandth.
    assert np.linalg.norm(end - joint) == pytest.approx(second, abs=6e-4)
