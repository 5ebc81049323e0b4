"""How far off is a pose that the network is unsure of? ``python design/motion/pose_scores.py FOLDER``.

Watches the drawn clips of the tune split in FOLDER (``lumbar synth --split tune``) and prints, by the score that
the network gives a pose, how many poses there are and how far hip, shoulder and knee of the near side lie from the
true ones beyond what is the same all clip long: median and 90th percentile, in metres. Nine clips have 23 poses
between 0.5 and 0.8, a third of them with shoulders more than half a metre off, and 4,200 above 0.9, nine in ten of
them within 0.06 m (knees, which plates hide: 0.14 m). A minute for each clip. ``lumbar.vision.people`` goes by it.
"""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

from lumbar.arrays import Floats
from lumbar.synth.chance import Range, draw_case
from lumbar.synth.keep import load_truth
from lumbar.synth.truth import Truth
from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.vision import people
from lumbar.vision.blazepose import BlazePose
from lumbar.vision.tracks import Tracks
from lumbar.vision.watch import watch

_JOINTS = ("hip", "shoulder", "knee")
_SCORES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


def errors_m(tracks: Tracks, truth: Truth, side: str) -> Floats:
    """Return how far each joint lies from the true one beyond the clip's median, (time, joint) in metres."""
    rows = np.abs(truth.time_s[:, None] - tracks.time_s[None]).argmin(axis=0)
    scale = tracks.width_px / truth.width_px
    px_per_m = truth.focal_px / float(np.median(truth.depth_m(truth.joint_m("neck")))) * scale
    found = []
    for joint in _JOINTS:
        off = tracks.pose.landmark_px(f"{side}_{joint}") - truth.joint_px(f"{side}_{joint}")[rows] * scale
        found.append(np.hypot(*(off - np.nanmedian(off, axis=0)).T) / px_per_m)
    return np.stack(found, axis=1)


def main() -> None:
    """Measure and print."""
    people._BELIEVED = people._LEAST_SCORE  # noqa: SLF001 - here the others are looked at, too
    scores, errors = [], []
    for path in sorted(Path(sys.argv[1]).glob("tune-*/clip.mp4")):
        case = draw_case("tune", int(path.parent.name.removeprefix("tune-")), Range(is_filmed=True))
        tracks = watch(read_frames(open_clip(path)), BlazePose(), plate_m=case.lift.plate_m)
        scores.append(tracks.pose.score)
        errors.append(errors_m(tracks, load_truth(path.parent), case.phone.side))
    score, error = np.concatenate(scores), np.concatenate(errors)
    print(f"{'score':12s}{'poses':>8s}", *(f"{joint:>16s}" for joint in _JOINTS))
    for low, high in pairwise(_SCORES):
        chosen = error[(score >= low) & (score < high)]
        if len(chosen):
            cells = np.percentile(chosen, [50, 90], axis=0).T
            print(f"{low:.2f}–{high:.2f} {len(chosen):8d}", *(f"{half:8.3f}{most:8.3f}" for half, most in cells))


if __name__ == "__main__":
    main()
