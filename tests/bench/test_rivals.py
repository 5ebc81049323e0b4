"""What others would read: plain angles between landmarks, and two rules, on poses drawn by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from lumbar.bench.rivals import raw_angles, says_rounded

from .made import made_set, pull, ramp, truth_of

HEIGHT = ramp(1, 1, 1, 2, 1)
TRUE = made_set(truth_of(HEIGHT, (pull(1, 1.0, 1.0, 1.0, 2.0, knee_s=1.5),)))
#: In pixels, y down, facing right: shank upright, thigh level, trunk upright, head 30° forward of the trunk.
POSE = {"ankle": (100, 500), "knee": (100, 400), "hip": (0, 400), "shoulder": (0, 250), "ear": (30, 198)}


def seen(pose: dict[str, tuple[float, float]], *, mirrored: bool = False) -> Any:
    sign = -1 if mirrored else 1

    def landmark(name: str) -> np.ndarray:
        _, _, point = name.partition("_")
        return np.tile(np.array(pose[point], float) * [sign, 1], (len(HEIGHT), 1))

    return SimpleNamespace(time_s=TRUE.time_s, pose=SimpleNamespace(landmark_px=landmark))


def test_plain_trigonometry_reads_the_angles_of_the_picture() -> None:
    angles = raw_angles(seen(POSE), TRUE, TRUE.reps[0])
    assert {np.degrees(angle or 0).round(6) for angle in angles.values()} == {90.0}
    assert len(angles) == 9


def test_a_lifter_who_faces_left_is_mirrored() -> None:
    lying = POSE | {"shoulder": (150, 400)}
    right = raw_angles(seen(lying), TRUE, TRUE.reps[0])
    left = made_set(truth_of(HEIGHT, (pull(1, 1.0, 1.0, 1.0, 2.0, knee_s=1.5),)))
    left = type(left)(left.truth, "left", left.view_rad, left.bar_kg, left.reps)
    assert raw_angles(seen(lying, mirrored=True), left, left.reps[0]) == pytest.approx(right)
    assert right["trunk_lift_off"] == pytest.approx(0)


def test_the_hip_rule_calls_every_bent_hip_rounded_and_the_spine_rule_a_bowed_head() -> None:
    told = says_rounded(seen(POSE), TRUE, TRUE.reps[0])
    assert told == {"hip-angle-rule": True, "spine-rule": False}  # ear–shoulder–hip is 150°
    bowed = says_rounded(seen(POSE | {"ear": (52, 220)}), TRUE, TRUE.reps[0])
    assert bowed["spine-rule"] is True  # 120°
    standing = {"ankle": (0, 500), "knee": (0, 400), "hip": (0, 300), "shoulder": (0, 150), "ear": (0, 100)}
    assert says_rounded(seen(standing), TRUE, TRUE.reps[0]) == {"hip-angle-rule": False, "spine-rule": False}


def test_what_was_not_seen_is_not_judged() -> None:
    nobody = seen(dict.fromkeys(POSE, (np.nan, np.nan)))
    assert set(raw_angles(nobody, TRUE, TRUE.reps[0]).values()) == {None}
    assert set(says_rounded(nobody, TRUE, TRUE.reps[0]).values()) == {None}
