"""Where the pose network puts its landmarks, against the joints: learned on rendered clips of the train split.

    python design/motion/landmark_biases.py RENDERS/train

Each clip needs ``truth.json``, ``truth.npz`` and ``tracks.pkl`` (what the vision saw, pickled). For every joint
and side: the mean over clips of the median error ahead and up in millimetres, the spread between clips, and the
spread within a clip. The ``bent`` and ``tall`` rows tell whether a bias keeps to the world or turns with the body.
Means, rounded to 5 mm, are what ``lumbar.motion.evidence.bias_m`` takes off; the last line is ``VIEW_BIAS_RAD``.
"""

import pickle
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from lumbar.arrays import Bools, Floats
from lumbar.synth.keep import load_truth
from lumbar.synth.landmarks import is_lost, joint_of
from lumbar.synth.truth import Truth
from lumbar.vision.tracks import Tracks

JOINTS = ("ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
#: Views in which ahead is seen at all.
VIEWS = (55, 140)
LEAST_FRAMES = 15


def near_side(truth: Truth) -> str:
    """Return the side nearer to the camera."""
    away = [np.linalg.norm(truth.joint_m(f"{side}_shoulder") - truth.camera_position_m, axis=1).mean()
            for side in ("left", "right")]  # fmt: skip
    return "left" if away[0] < away[1] else "right"


def errors(tracks: Tracks, truth: Truth, landmark: str) -> tuple[Floats, Bools, Floats]:
    """Return errors ahead and up (time, 2) in mm, where the landmark is lost, and how upright the trunk is."""
    rows = np.searchsorted(truth.time_s, tracks.time_s - 1e-6).clip(0, len(truth.time_s) - 1)
    joint = joint_of(landmark)
    at = truth.joint_m(joint)[rows]
    away = np.einsum("tj,tj->t", truth.camera_axes[rows, 2], at - truth.camera_position_m[rows])
    turned = truth.camera_axes[rows, 0, 0]
    off = (tracks.pose.landmark_px(landmark) - truth.joint_px(joint)[rows]) * (away / truth.focal_px)[:, None]
    off = off * 1000 * np.stack([1 / turned, -np.ones_like(turned)], axis=1)
    lean = (truth.joint_m("left_shoulder") - truth.joint_m("left_hip"))[rows]
    return off, is_lost(truth, landmark)[rows], lean[:, 1] / np.linalg.norm(lean[:, :2], axis=1)


def main() -> None:
    """Read every clip and print the table."""
    views_deg: list[float] = []
    found: dict[tuple[str, str], list[list[float]]] = defaultdict(list)
    for folder in (Path(each) for each in sys.argv[1:]):
        for clip in sorted(folder.iterdir()):
            if not (clip / "tracks.pkl").exists():
                continue
            tracks, truth = pickle.loads((clip / "tracks.pkl").read_bytes()), load_truth(clip)  # noqa: S301
            view = np.degrees(np.arccos(np.clip(-truth.camera_axes[0, 2, 0], -1, 1)))
            if not VIEWS[0] < view < VIEWS[1]:
                continue
            views_deg.append(np.degrees(np.nanmedian(tracks.quality.view_angle_rad)) - view)
            near = near_side(truth)
            for joint in JOINTS:
                for which, side in (("near", near), ("far", "right" if near == "left" else "left")):
                    off, lost, upright = errors(tracks, truth, f"{side}_{joint}")
                    whole = np.hypot(*off.T) < 250
                    for name, rows in (
                        (which, ~lost), (f"{which} bent", ~lost & (upright < 0.7)),
                        (f"{which} tall", ~lost & (upright > 0.95)), (f"{which} lost", lost),
                    ):  # fmt: skip
                        chosen = rows & (whole | name.endswith("lost"))
                        if chosen.sum() >= LEAST_FRAMES:
                            middle = np.nanmedian(off[chosen], axis=0)
                            spread = 1.48 * np.nanmedian(np.abs(off[chosen] - middle), axis=0)
                            found[joint, name].append([*middle, *spread])
    for (joint, name), clips in sorted(found.items()):
        rows = np.array(clips)
        mean, between, within = rows[:, :2].mean(0), rows[:, :2].std(0), rows[:, 2:].mean(0)
        print(
            f"{joint:11} {name:10} clips {len(rows):3}  ahead {mean[0]:+5.0f} up {mean[1]:+5.0f}"
            f"  between clips {between[0]:3.0f} {between[1]:3.0f}  within {within[0]:3.0f} {within[1]:3.0f}"
        )
    print(f"view told {np.mean(views_deg):+.1f} ± {np.std(views_deg):.1f}° off, {len(views_deg)} clips")


if __name__ == "__main__":
    main()
