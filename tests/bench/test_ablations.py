"""One part of what is seen made true, the rest left as it was; and what that says."""

from dataclasses import replace

import numpy as np
import pytest

from lumbar.arrays import Floats
from lumbar.bench.ablations import FAST_ERRORS, PARTS, Part, with_true
from lumbar.bench.outcomes import Outcome, Pair
from lumbar.bench.rows import Row
from lumbar.bench.what_limits import ablation_rows, ablation_sheet
from lumbar.motion.bias import VIEW_BIAS_RAD
from lumbar.synth.case import Case, Phone
from lumbar.synth.fast import FastClip, fast_clip
from lumbar.synth.landmarks import shift_m
from lumbar.synth.lift import Lift
from lumbar.synth.truth import Masks, Truth, join_masks, pack_mask
from lumbar.vision.tracks import LANDMARKS, Tracks

from .made import outcome

DEG = float(np.radians(1))
#: A tune-split body, cut to the second in which it bends.
CASE = Case("tune-one", 2_000_001, "r04", Lift(reps=1), Phone(view_deg=110), from_s=2.0, until_s=2.5)


@pytest.fixture(scope="module")
def clip() -> FastClip:
    return fast_clip(CASE)


def _box(frames: int) -> Masks:
    mask = np.zeros((854, 480), bool)
    mask[200:600, 100:300] = True
    return join_masks([pack_mask(mask)] * frames)


def made(clip: FastClip, part: Part) -> Tracks:
    truth = replace(clip.truth, seen=_box(len(clip.truth.time_s)))
    return with_true(part, clip.tracks, truth, CASE)


def test_only_that_part_changes(clip: FastClip) -> None:
    kept = {"joints": "pose", "outline": "silhouette", "plate": "bar", "view": "quality"}
    for part in PARTS:
        changed = made(clip, part)
        same = [name for name in kept.values() if getattr(changed, name) is getattr(clip.tracks, name)]
        assert set(kept.values()) - set(same) == {kept[part]}


def perfect_px(truth: Truth, landmark: str) -> Floats:
    """Return where a perfect network puts a landmark: at the joint, but for the bias that all networks have."""
    side, row = landmark.split("_")
    depth_m = np.einsum("tj,tj->t", truth.camera_axes[:, 2], truth.joint_m(landmark) - truth.camera_position_m)
    off_m = shift_m(truth, row, near=side == CASE.phone.side)
    return truth.joint_px(landmark) + off_m * (truth.focal_px / depth_m)[:, None]


def test_true_joints_are_where_the_joints_are(clip: FastClip) -> None:
    pose = made(clip, "joints").pose
    for landmark in ("left_knee", "right_shoulder", "left_ankle"):
        at = pose.xy_px[:, LANDMARKS.index(landmark)]
        assert at == pytest.approx(perfect_px(clip.truth, landmark), abs=1e-9)


def test_a_true_outline_runs_along_the_mask(clip: FastClip) -> None:
    ring = made(clip, "outline").silhouette.outline_px[0]
    # Pixels have their centres at halves, and the edge lies half way between two: within a pixel of the box.
    assert ring.min(axis=0) == pytest.approx([100, 200], abs=1)
    assert ring.max(axis=0) == pytest.approx([300, 600], abs=1)


def test_a_true_plate_and_view_are_those_of_the_truth(clip: FastClip) -> None:
    bar = made(clip, "plate").bar
    assert bar is not None
    assert bar.centre_px == pytest.approx(clip.truth.plate_px[:, :2])
    # As a network without error tells it: the fit takes the bias that all networks have off again.
    assert set(made(clip, "view").quality.view_angle_rad) == {np.radians(110) + VIEW_BIAS_RAD}


def test_frames_that_were_left_out_are_left_out(clip: FastClip) -> None:
    few = slice(None, None, 2)
    names = ("time_s", "xy_px", "visibility", "world_m", "score")
    pose = replace(clip.tracks.pose, **{name: getattr(clip.tracks.pose, name)[few] for name in names})
    tracks = replace(clip.tracks, pose=pose)
    pose = with_true("joints", tracks, clip.truth, CASE).pose
    assert pose.landmark_px("left_knee") == pytest.approx(perfect_px(clip.truth, "left_knee")[few], abs=1e-9)


def test_a_fast_clip_without_landmark_error_has_none(clip: FastClip) -> None:
    exact = fast_clip(CASE, FAST_ERRORS["joints"])
    assert exact.tracks.pose.landmark_px("left_knee") == pytest.approx(perfect_px(exact.truth, "left_knee"))
    assert exact.tracks.silhouette.outline_px == pytest.approx(clip.tracks.silhouette.outline_px, nan_ok=True)


def change(value_deg: float | None, name: str) -> Outcome:
    value = None if value_deg is None else value_deg * DEG
    return outcome(Pair("lumbar_change", 1, 10 * DEG, value, why="" if value_deg else "hidden"), name=name)


def test_a_part_is_judged_on_the_reps_that_have_a_number_both_times() -> None:
    seen = [change(14, "one"), change(16, "two"), change(30, "three")]
    true = [change(11, "one"), change(13, "two"), change(None, "three")]
    found = {None: seen, **dict.fromkeys(PARTS, true)}
    rows: dict[str, Row] = {row.id: row for row in ablation_rows(found, "-fast")}
    row = rows["lumbar-flexion-change-mae-true-joints-fast"]
    assert (row.value, row.baseline, row.n) == (pytest.approx(2), pytest.approx(5), 2)
    assert rows["l5s1-moment-peak-mae-true-joints-fast"].value is None
    sheet = ablation_sheet({"fast": found})
    assert sheet.records()[0] == {
        "source": "fast", "number": "lumbar-flexion-change", "unit": "°", "part": "joints", "n": 2, "seen": 5.0,
        "true": 2.0,
    }  # fmt: skip
