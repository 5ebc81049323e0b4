"""The drawings: bodies whose limbs reach, keep their length and stay above the floor."""

from math import dist
from xml.etree import ElementTree as ET

import pytest

from lumbar.knowledge.library import library
from lumbar.plan.figure import FOREARM_M, SHANK_M, THIGH_M, TRUNK_M, UPPER_ARM_M, bent, body, draw_exercise
from lumbar.training.movements import movements

EXERCISES = list(library().exercises.values())
POSES = [(each.id, pose) for each in EXERCISES for pose in each.poses]


@pytest.mark.parametrize(("name", "pose"), POSES, ids=[name for name, _ in POSES])
def test_hands_and_feet_are_where_the_pose_says(name: str, pose) -> None:
    """A centimetre: what a reader of the drawing can see."""
    drawn = body(pose)
    wanted = (pose.hand_m, pose.far_hand_m or pose.hand_m, pose.foot_m, pose.far_foot_m or pose.foot_m)
    for limb, target in zip((*drawn.arms, *drawn.legs), wanted, strict=True):
        assert dist(limb.end_m, target) < 0.01, name


@pytest.mark.parametrize(("name", "pose"), POSES, ids=[name for name, _ in POSES])
def test_segments_keep_their_length_and_nobody_sinks_into_the_floor(name: str, pose) -> None:
    drawn = body(pose)
    for limb, (first, second) in [
        *((arm, (UPPER_ARM_M, FOREARM_M)) for arm in drawn.arms),
        *((leg, (THIGH_M, SHANK_M)) for leg in drawn.legs),
    ]:
        assert dist(limb.root_m, limb.joint_m) == pytest.approx(first, abs=1e-6)
        assert dist(limb.joint_m, limb.end_m) == pytest.approx(second, abs=1e-6)
    assert dist(drawn.trunk_m[0], drawn.trunk_m[2]) == pytest.approx(TRUNK_M, abs=1e-9)
    assert min(y for _, y in drawn.points) > -0.02, name


def test_a_limb_that_cannot_reach_points_there_straight() -> None:
    limb = bent((0.0, 0.0), (2.0, 0.0), (0.4, 0.4), 1)
    assert limb.end_m == pytest.approx((0.8, 0.0), abs=1e-4)


def test_a_knee_bends_to_the_side_that_it_is_told() -> None:
    forward, back = (bent((0.0, 0.9), (0.0, 0.2), (0.42, 0.42), side).joint_m for side in (1, -1))
    assert forward[0] > 0.2
    assert back[0] == pytest.approx(-forward[0])


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.id)
def test_every_figure_is_a_picture_with_a_title(exercise) -> None:
    root = ET.fromstring(draw_exercise(exercise))  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.find(f"{space}title").text
    assert root.find(f"{space}desc").text
    assert len(root.findall(f"{space}g")) == len(exercise.poses)
    assert "#" not in ET.tostring(root.find(f"{space}g"), encoding="unicode")  # colours are the page's


def test_what_is_logged_as_a_movement_is_one() -> None:
    names = [name for each in EXERCISES for name in each.logged_as]
    assert set(names) <= movements().keys()
    assert len(names) == len(set(names))
    assert all(movements()[name].is_pull for name in names)
